//! Badges, certificates and lists: what they say, how they are heard, and whether their codes can be scanned. Told by
//! programs that are not ours, through `end2end/checks/pdf.py`.

use serde_json::Value;
use server::pdf::{Badge, Certificate, badges, certificates, list};
use std::path::Path;
use std::process::Command;

pub fn read(pdf: &[u8]) -> Value {
    told_by("pdf.py", pdf)
}

/// What one of `end2end/checks/` says of a file.
pub fn told_by(check: &str, bytes: &[u8]) -> Value {
    let python = std::env::var("FRID_TEST_PYTHON").expect(
        "FRID_TEST_PYTHON names a Python with end2end/checks/requirements.txt; script/test makes one and sets it",
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, bytes).unwrap();
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/checks").join(check);
    let told = Command::new(python).arg(check).arg(file).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

/// Each tag that has a text or stands for a picture, in the order of reading: "H1 Åsa Öberg".
fn heard(told: &Value) -> Vec<String> {
    fn hear(tag: &Value, heard: &mut Vec<String>) {
        let said = tag.get("alt").or(tag.get("text")).and_then(Value::as_str).unwrap_or_default();
        if !said.is_empty() {
            heard.push(format!("{} {said}", tag["tag"].as_str().unwrap()));
        }
        tag["parts"].as_array().into_iter().flatten().for_each(|part| hear(part, heard));
    }
    let mut all = Vec::new();
    told["tags"].as_array().unwrap().iter().for_each(|tag| hear(tag, &mut all));
    all
}

/// Left, top, right and bottom of each word on a page, in millimetres, and the word.
fn words(told: &Value, page: usize) -> Vec<(String, [f64; 4])> {
    let side = |word: &Value, at: usize| word[at].as_f64().unwrap() * 25.4 / 72.0;
    let words = told["words"][page].as_array().unwrap().iter();
    words.map(|word| (word[0].as_str().unwrap().to_owned(), [1, 2, 3, 4].map(|at| side(word, at)))).collect()
}

fn a_badge(name: &str) -> Badge {
    Badge {
        name: name.into(),
        organisation: "Länsstyrelsen Skåne".into(),
        role: "Sakkunnig".into(),
        track: "Press".into(),
        code_url: Some("https://frid.example/incheckning/7f3a9c".into()),
    }
}

fn a_certificate() -> Certificate {
    Certificate {
        heading: "Intyg om deltagande".into(),
        name: "Åsa Öberg".into(),
        did: "har deltagit i".into(),
        what: "Konferens om samverkan".into(),
        when: "12 mars 2027".into(),
        place: "Göteborg".into(),
        parts: vec!["Att fråga om våld".into(), "Orosanmälan".into()],
        hours: Some("6 timmar".into()),
        issuer: "Länsstyrelsen Skåne".into(),
        code: "K7QM-2F4X".into(),
        check_url: "https://frid.example/intyg/K7QM-2F4X".into(),
    }
}

#[test]
fn every_file_is_swedish_has_a_name_and_can_be_heard() {
    let rows = vec![vec!["Åsa".to_owned(), String::new()]; 100];
    for (title, pdf) in [
        ("Namnskyltar Konferens", badges("Konferens", &[a_badge("Åsa Öberg")]).unwrap()),
        ("Intyg om deltagande", certificates(&[a_certificate()]).unwrap()),
        ("Dörrlista", list("Dörrlista", &["Namn", "Kommit"], &rows).unwrap()),
        ("Lista", list("", &[], &[]).unwrap()),
    ] {
        let told = read(&pdf);
        assert_eq!(told["title"], title);
        assert_eq!(told["language"], "sv", "{title}");
        assert_eq!(told["pdfua"], "1", "{title}");
        assert_eq!((&told["shows_title"], &told["marked"]), (&true.into(), &true.into()), "{title}");
        assert_eq!(told["dates"].as_array().unwrap().len(), 0, "{title}: bytes would differ from day to day");
        assert_eq!(told["loose"], 0, "{title}: something is drawn but neither heard nor known to be decoration");
        assert_eq!(told["unread"].as_array().unwrap().len(), 0, "{title}");
        assert_eq!(told["bookmarks"].as_array().unwrap().len() as u64, told["pages"].as_u64().unwrap(), "{title}");
        assert!(told["fonts"].as_object().unwrap().values().all(|embedded| embedded == true), "{title}");
    }
}

#[test]
fn a_badge_is_heard_in_order_and_its_code_is_scanned() {
    let alias = Badge { name: "Deltagare 12".into(), ..Badge::default() };
    let told = read(&badges("Konferens i Göteborg", &[a_badge("Åsa Öberg"), alias]).unwrap());
    assert_eq!(
        heard(&told),
        [
            "P Konferens i Göteborg",
            "H1 Åsa Öberg",
            "P Länsstyrelsen Skåne",
            "P Sakkunnig",
            "P Press",
            "Figure QR-kod som leder till https://frid.example/incheckning/7f3a9c",
            "P Konferens i Göteborg",
            "H1 Deltagare 12",
        ]
    );
    assert_eq!(told["codes"], serde_json::json!([["https://frid.example/incheckning/7f3a9c"]]));
}

#[test]
fn ten_badges_stand_on_a_sheet_and_each_has_its_own_code() {
    let numbered = |number: usize| Badge {
        code_url: Some(format!("https://frid.example/incheckning/{number:032}")),
        ..a_badge("Åsa Öberg")
    };
    let told = read(&badges("Konferens", &(0..11).map(numbered).collect::<Vec<_>>()).unwrap());
    let codes: Vec<Vec<String>> = serde_json::from_value(told["codes"].clone()).unwrap();
    assert_eq!(codes.iter().map(Vec::len).collect::<Vec<_>>(), [10, 1]);
    let expected: Vec<String> = (0..11).filter_map(|number| numbered(number).code_url).collect();
    assert_eq!(codes.concat(), expected);
}

#[test]
fn nothing_on_a_badge_leaves_it_or_covers_its_code() {
    let long = "Socialförvaltningen i Upplands Väsby, enheten för våld i nära relationer ".repeat(4);
    let names = ["Maximilian-Alexander von Svärdstad", &"Anna-Karin ".repeat(19), &"x".repeat(200), "李 🙂 علي", ""];
    let full = names.map(|name| Badge {
        organisation: long.clone(),
        role: long.clone(),
        track: long.clone(),
        ..a_badge(name)
    });
    let told = read(&badges(&long, &full).unwrap());
    let words = words(&told, 0);
    assert!(words.len() > 100);
    for (word, [left, top, right, bottom]) in words {
        let (column, row) = (((left - 20.0) / 85.0).floor(), ((top - 13.5) / 54.0).floor());
        let (x, y) = (20.0 + column * 85.0, 13.5 + row * 54.0);
        assert!(left > x + 5.9 && right < x + 79.1, "{word} at {left}");
        assert!(top > y + 3.0 && bottom < y + 50.5, "{word} at {top}");
        // The code stands in the lower right corner.
        assert!(right < x + 58.5 || bottom < y + 30.0, "{word} at {right}, {bottom}");
    }
    assert_eq!(told["codes"][0].as_array().unwrap().len(), names.len());
    assert!(heard(&told).contains(&format!("H1 {}", "Anna-Karin ".repeat(19).trim_end())), "200 letters have room");
}

#[test]
fn a_certificate_says_what_was_done_and_leads_to_where_that_is_checked() {
    let told = read(&certificates(&[a_certificate()]).unwrap());
    assert_eq!(
        heard(&told),
        [
            "P Länsstyrelsen Skåne",
            "H1 Intyg om deltagande",
            "P Vi intygar att",
            "P Åsa Öberg",
            "P har deltagit i",
            "P Konferens om samverkan",
            "Lbl När:",
            "LBody 12 mars 2027",
            "Lbl Var:",
            "LBody Göteborg",
            "Lbl Omfattning:",
            "LBody 6 timmar",
            "H2 Innehåll",
            "Lbl •",
            "LBody Att fråga om våld",
            "Lbl •",
            "LBody Orosanmälan",
            "H2 Kontrollera intyget",
            "P Skanna koden eller gå till adressen. Sidan säger om intyget är äkta och vad det gäller, men inte vem som \
             har fått det.",
            "Link https://frid.example/intyg/K7QM-2F4X",
            "P Intygets kod: K7QM-2F4X",
            "Figure QR-kod som leder till https://frid.example/intyg/K7QM-2F4X",
        ]
    );
    assert_eq!(told["links"], serde_json::json!(["https://frid.example/intyg/K7QM-2F4X"]));
    assert_eq!(told["codes"], serde_json::json!([["https://frid.example/intyg/K7QM-2F4X"]]));
}

#[test]
fn a_certificate_takes_one_page_however_much_is_certified() {
    let full = |count: usize| Certificate {
        name: "Maximilian-Alexander ".repeat(10),
        what: "Grundutbildning om våld i nära relationer för socialtjänsten ".repeat(5),
        parts: (1..=count).map(|at| format!("Kapitel {at}: socialtjänstlagen (2025:400)")).collect(),
        ..a_certificate()
    };
    let told = read(&certificates(&[full(12), full(100)]).unwrap());
    assert_eq!(told["pages"], 2);
    let heard = heard(&told);
    assert!(heard.contains(&"LBody Kapitel 12: socialtjänstlagen (2025:400)".to_owned()));
    let parts = heard.iter().filter(|said| said.starts_with("LBody Kapitel")).count() - 12;
    assert!(heard.contains(&format!("LBody och {} till", 100 - parts)), "{parts} of 100");
    for page in 0..2 {
        for (word, [left, top, right, bottom]) in words(&told, page) {
            assert!(left > 26.9 && right < 183.1 && top > 20.0 && bottom < 280.0, "{word}");
        }
        // Between what is certified and the check is a line with room around it.
        assert!(words(&told, page).iter().all(|(_, [_, top, _, bottom])| *bottom < 236.0 || *top > 236.0));
    }
}

#[test]
fn a_list_has_its_head_on_each_page_but_is_heard_as_one_table() {
    let rows: Vec<_> = (1..=90).map(|row| vec![format!("Deltagare {row}"), "Region Skåne".into()]).collect();
    let told = read(&list("Dörrlista", &["Namn", "Organisation", "Kommit"], &rows).unwrap());
    assert_eq!(told["pages"], 3);
    let heard = heard(&told);
    assert_eq!(
        heard[..6],
        ["H1 Dörrlista", "TH Namn", "TH Organisation", "TH Kommit", "TD Deltagare 1", "TD Region Skåne"]
    );
    assert_eq!(heard.len(), 4 + 2 * 90);
    let table = &told["tags"][0]["parts"][1];
    assert_eq!(table["tag"], "Table");
    assert_eq!(table["parts"][0]["parts"][0]["parts"][0]["scope"], "Column");
    let body = table["parts"][1]["parts"].as_array().unwrap();
    assert!(body.iter().all(|row| row["parts"].as_array().unwrap().len() == 3), "an empty cell is a cell");
    assert_eq!(
        told["artifacts"],
        serde_json::json!(["Sida 1 av 3", "NamnOrganisationKommitSida 2 av 3", "NamnOrganisationKommitSida 3 av 3"])
    );
}

#[test]
fn a_name_is_read_as_it_was_typed() {
    for name in ["A\u{30a}sa O\u{308}berg", "Zażółć Gęślą Jaźń", "Nguyễn Thị Ánh", "Иван Петров", "Office fjord ﬁ"]
    {
        let told = read(&badges("", &[a_badge(name)]).unwrap());
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(name).collect();
        assert_eq!(heard(&told)[0], format!("H1 {composed}"));
    }
}
