use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn lexicon() -> Lexicon {
    let naming = |names: &[&str], short: &[&str], periods: &[(&str, Date, Option<Date>, bool)]| Naming {
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        short: short.iter().map(|n| (*n).to_owned()).collect(),
        periods: periods
            .iter()
            .map(|(id, from, until, chapters)| Period {
                instrument: (*id).to_owned(),
                from: *from,
                until: *until,
                chapters: Some(*chapters),
            })
            .collect(),
    };
    let (old, new) = (date(2002, 1, 1), date(2025, 7, 1));
    let namings = vec![
        naming(
            &["socialtjänstlagen"],
            &["SoL"],
            &[("sfs/2001:453", old, Some(new), true), ("sfs/2025:400", new, None, true)],
        ),
        naming(&["offentlighets- och sekretesslagen"], &["OSL"], &[("sfs/2009:400", date(2009, 6, 30), None, true)]),
        naming(&[], &["LVU"], &[("sfs/1990:52", date(1990, 7, 1), None, false)]),
        naming(&["brottsbalken"], &["BrB"], &[("sfs/1962:700", date(1965, 1, 1), None, true)]),
    ];
    let series = [("SFS", "sfs"), ("SOSFS", "sosfs"), ("HSLF-FS", "hslf-fs")]
        .map(|(short, id)| Series { short: short.to_owned(), id: id.to_owned() });
    Lexicon::new(namings, &series)
}

fn targets_of(text: &str, day: Date, own: Option<&str>) -> Vec<String> {
    let lexicon = lexicon();
    Reader::new(&lexicon, day, own).read(text).citations.into_iter().map(|c| c.target).collect()
}

fn targets(text: &str) -> Vec<String> {
    targets_of(text, date(2026, 1, 1), None)
}

#[test]
fn a_name_means_what_it_meant_on_the_day() {
    assert_eq!(targets_of("5 kap. 11 § SoL", date(2025, 6, 30), None), ["sfs/2001:453#K5P11"]);
    assert_eq!(targets_of("5 kap. 11 § SoL", date(2025, 7, 1), None), ["sfs/2025:400#K5P11"]);
    assert_eq!(targets_of("5 kap. 11 § SoL", date(2001, 12, 31), None), [""; 0]);
    assert_eq!(targets("5 kap. 11 § SoL i lydelsen före den 1 juli 2025"), ["sfs/2001:453#K5P11"]);
    assert_eq!(targets("5 kap. 11 § gamla socialtjänstlagen"), ["sfs/2001:453#K5P11"]);
}

#[test]
fn each_number_of_a_list_is_a_reference_of_its_own() {
    assert_eq!(targets("4, 5 och 7 §§ LVU"), ["sfs/1990:52#P4", "sfs/1990:52#P5", "sfs/1990:52#P7"]);
    assert_eq!(targets("31 a–31 f §§ LVU"), ["sfs/1990:52#P31a", "sfs/1990:52#P31f"]);
    assert_eq!(targets("10 kap. 18 a och b §§ OSL"), ["sfs/2009:400#K10P18a", "sfs/2009:400#K10P18b"]);
    assert_eq!(targets("3, 4 eller 6 kap. brottsbalken"), ["sfs/1962:700#K3", "sfs/1962:700#K4", "sfs/1962:700#K6"]);
    assert_eq!(
        targets("6 kap. 4 §, 6 § och 10 kap. 1 § SoL"),
        ["sfs/2025:400#K6P4", "sfs/2025:400#K6P6", "sfs/2025:400#K10P1"]
    );
}

#[test]
fn stycken_and_punkter_are_read() {
    assert_eq!(targets("5 kap. 11 § andra och tredje styckena SoL"), ["sfs/2025:400#K5P11S2", "sfs/2025:400#K5P11S3"]);
    assert_eq!(targets("2 § första stycket 2 och 3 LVU"), ["sfs/1990:52#P2S1N2", "sfs/1990:52#P2S1N3"]);
    assert_eq!(targets("2 § 1 st. andra meningen LVU"), ["sfs/1990:52#P2S1M2"]);
    assert_eq!(targets("2 § första stycket 2 och 3 § LVU"), ["sfs/1990:52#P2S1N2", "sfs/1990:52#P3"]);
}

#[test]
fn what_nobody_knows_borrows_nothing() {
    for text in ["23 § okändalagen", "3 § i hyresavtalet", "stadgarnas 5 §", "5 § ABL", "barnevernloven § 4"] {
        assert_eq!(targets_of(text, date(2026, 1, 1), Some("sfs/1990:52")), [""; 0], "{text}");
    }
    assert_eq!(targets_of("enligt 3 § får", date(2026, 1, 1), Some("sfs/1990:52")), ["sfs/1990:52#P3"]);
}

#[test]
fn a_place_that_cannot_be_is_a_doubt() {
    let lexicon = lexicon();
    let found = Reader::new(&lexicon, date(2026, 1, 1), None).read("3 § OSL och 2 kap. 3 § LVU");
    assert_eq!(found.citations, []);
    assert_eq!(found.doubts.iter().map(|d| d.reason).collect::<Vec<_>>(), [Reason::NoSuchPlace, Reason::NoSuchPlace]);
}

#[test]
fn a_text_of_law_knows_its_own_chapters() {
    let text = "5 kap. Barn\n\n1 § Nämnden ska göra det som står i 2 §.\n\n6 kap. Vuxna\n\n3 § Se 2 § och 5 kap. 1 §.";
    assert_eq!(
        targets_of(text, date(2026, 1, 1), Some("sfs/2025:400")),
        ["sfs/2025:400#K5P2", "sfs/2025:400#K6P2", "sfs/2025:400#K5P1"]
    );
}

#[test]
fn a_name_with_its_number_is_learnt() {
    assert_eq!(
        targets("alkohollagen (2010:1622). Av 3 kap. 1 § alkohollagen"),
        ["sfs/2010:1622", "sfs/2010:1622#K3P1"]
    );
    assert_eq!(
        targets("lagen (1994:137) om mottagande av asylsökande, LMA. Enligt 8 § LMA"),
        ["sfs/1994:137", "sfs/1994:137#P8"]
    );
}

#[test]
fn code_and_links_are_blanked_out_without_moving_anything() {
    let text = "se `5 kap. 11 § SoL` och [6 § LVU](/x) men 7 § LVU";
    let bare = without_code(text);
    assert_eq!(bare.len(), text.len());
    assert_eq!(targets(&bare), ["sfs/1990:52#P7"]);
}

/// Pieces that references are made of, in any order.
fn crumbs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "5",
        " ",
        "kap.",
        "§",
        "§§",
        "11",
        " a",
        "–",
        ",",
        "och",
        "SoL",
        "LVU",
        "socialtjänstlagen",
        "(2001:453)",
        "andra",
        "stycket",
        "st.",
        "\n",
        "\n\n",
        "\u{a0}",
        "SOSFS",
        "2014:4",
        "prop.",
        "2006/07:38",
        "s.",
        "samma lag",
        "i",
        "9:30",
        "å",
        "`",
        "[",
        "](",
        ")",
        "lagen",
        "p.",
        "2",
        "denna lag",
        "i lydelsen före den 1 juli 2025",
        "FS",
        "kap",
        ":",
        "JO",
        "SOU",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_makes_the_reader_panic_and_ranges_never_overlap(text in prop_oneof![any::<String>(), crumbs()], own in any::<bool>()) {
        let lexicon = lexicon();
        let bare = without_code(&text);
        prop_assert_eq!(bare.len(), text.len());
        let found = Reader::new(&lexicon, date(2026, 1, 1), own.then_some("sfs/2025:400")).read(&text);
        let mut end = 0;
        for citation in &found.citations {
            prop_assert!(citation.range.start >= end && citation.range.end > citation.range.start, "{:?}", found);
            prop_assert!(text.is_char_boundary(citation.range.start) && text.is_char_boundary(citation.range.end));
            end = citation.range.end;
        }
    }
}
