use super::*;
use proptest::prelude::*;

fn a_certificate() -> Certificate {
    Certificate {
        heading: "Intyg om deltagande".into(),
        name: "Åsa Öberg".into(),
        did: "har deltagit i".into(),
        what: "Konferens om samverkan".into(),
        when: "12 mars 2027".into(),
        place: "Göteborg".into(),
        parts: vec!["Att fråga om våld".into()],
        hours: Some("6 timmar".into()),
        issuer: "Länsstyrelsen".into(),
        code: "K7QM-2F4X".into(),
        check_url: "https://frid.example/intyg/K7QM-2F4X".into(),
    }
}

fn a_badge() -> Badge {
    Badge { name: "Åsa Öberg".into(), code_url: Some("https://frid.example/i/1".into()), ..Badge::default() }
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let (certificate, badge) = (a_certificate(), a_badge());
    let rows = [vec!["Åsa".to_owned(), String::new()]];
    let made = || {
        [
            badges("Konferens", std::slice::from_ref(&badge)).unwrap(),
            certificates(std::slice::from_ref(&certificate)).unwrap(),
            list("Dörrlista", &["Namn", "Kommit"], &rows).unwrap(),
        ]
    };
    assert_eq!(made(), made());
}

#[test]
fn nothing_to_print_is_a_page_that_says_so() {
    for made in [badges("", &[]), certificates(&[]), list("", &[], &[]), list("Tom", &["Namn"], &[])] {
        assert!(made.unwrap().starts_with(b"%PDF-1.7"));
    }
}

#[test]
fn what_is_empty_is_left_out() {
    badges("", &[Badge::default()]).unwrap();
    certificates(&[Certificate::default()]).unwrap();
    list("", &["", ""], &[vec![], vec![String::new(); 3]]).unwrap();
}

#[test]
fn an_address_that_no_code_can_hold_is_refused() {
    let long = format!("https://frid.example/{}", "a".repeat(3000));
    assert!(badges("", &[Badge { code_url: Some(long.clone()), ..a_badge() }]).is_err());
    assert!(certificates(&[Certificate { check_url: long, ..a_certificate() }]).is_err());
}

#[test]
fn more_than_a_page_holds_is_counted_or_cut() {
    let long = "Länsstyrelsen ".repeat(60);
    badges(
        &long,
        &[Badge {
            name: long.clone(),
            organisation: long.clone(),
            role: long.clone(),
            track: long.clone(),
            ..a_badge()
        }],
    )
    .unwrap();
    let parts = vec![long.clone(); 60];
    certificates(&[Certificate { name: long.clone(), what: long.clone(), parts, ..a_certificate() }]).unwrap();
    list(&long, &[long.as_str(); 20], &vec![vec![long.clone(); 20]; 2]).unwrap();
}

/// What people type and what programs make of it: letters of any script, marks, turns of direction, what is no letter.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zåäöÅÄÖ .-]{0,40}",
        "\\PC{0,20}",
        proptest::collection::vec(any::<char>(), 0..20).prop_map(|letters| letters.into_iter().collect()),
        "[\u{0}-\u{20}\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{feff}\u{fffd}-\u{ffff}אبéあ🙂]{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_is_typed_can_be_printed(typed in proptest::collection::vec(anything(), 12), count in 0usize..4) {
        let text = |at: usize| typed[at].clone();
        let badge = Badge {
            name: text(0),
            organisation: text(1),
            role: text(2),
            track: text(3),
            code_url: (count > 1).then(|| text(4)),
        };
        badges(&typed[5], &[badge]).unwrap();
        let certificate = Certificate {
            heading: text(0),
            name: text(1),
            did: text(2),
            what: text(3),
            when: text(4),
            place: text(5),
            parts: typed[6..6 + count].to_vec(),
            hours: Some(text(10)),
            issuer: text(11),
            code: text(7),
            check_url: text(8),
        };
        certificates(&[certificate]).unwrap();
        let columns: Vec<&str> = typed[..count].iter().map(String::as_str).collect();
        list(&typed[4], &columns, &[typed[5..8].to_vec(), typed[8..].to_vec()]).unwrap();
    }
}
