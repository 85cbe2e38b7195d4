use super::words::Forms;
use super::*;
use proptest::prelude::*;

fn engine(bodies: &[&str]) -> Engine {
    let sections = bodies.iter().enumerate().map(|(id, body)| Section {
        id: id as u64,
        body: (*body).to_owned(),
        ..Section::default()
    });
    Engine::build(sections, &Arc::new(Forms::new()), None).unwrap()
}

fn ids(engine: &Engine, typed: &str) -> Vec<u64> {
    let question = Question::read(typed, &mut engine.stems(), &Lexis::default());
    engine.answer(&question).unwrap().found.into_iter().map(|found| found.id).collect()
}

const TEXTS: [&str; 5] = [
    "Våldet i nära relationer är ett brott.",
    "Barnets rätt att höras i en utredning.",
    "En vald styrelse i föreningen.",
    "Kvinnojouren ordnar skyddat boende åt våldsutsatta.",
    "Orosanmälan görs till socialnämnden.",
];

#[test]
fn inflections_compounds_slips_and_missing_dots_are_found() {
    let engine = engine(&TEXTS);
    for (typed, first) in [
        ("våld", 0),
        ("barn", 1),
        ("vald", 2),
        ("kvinnojourer", 3),
        ("boende skydd", 3),
        ("orosanmälningar", 4),
        ("orosamälan", 4),
        ("valdsutsatta", 3),
        ("socialnamnden", 4),
        ("socialnamndernas", 4),
    ] {
        assert_eq!(ids(&engine, typed).first(), Some(&first), "{typed}");
    }
    assert!(!ids(&engine, "våld").contains(&2), "a word with a ring is another word");
}

#[test]
fn a_keyboard_without_dots_asks_the_same_question() {
    let engine = engine(&["Vad som ingår i kursen.", "Ing är ett namn.", "Rätt för barn att höras.", "Höras om rätt."]);
    for (dotted, typed) in
        [("ingår", "ingar"), ("\"rätt för barn\"", "\"ratt for barn\""), ("höras rätt", "horas ratt")]
    {
        let ask = |typed: &str| {
            let question = Question::read(typed, &mut engine.stems(), &Lexis::default());
            engine.answer(&question).unwrap()
        };
        assert_eq!(ask(typed).found, ask(dotted).found, "{typed}");
        assert!(!ask(typed).found.is_empty() && ask(dotted).corrected.is_empty(), "{typed}");
    }
    assert_eq!(ids(&engine, "ing"), [1], "a word that stands as it was typed is that word");
}

#[test]
fn a_long_text_with_every_word_is_found_behind_many_short_ones_with_half_of_them() {
    let half = "Här står annat, men inget mer än så.";
    let [one, other] = ["Stöd", "Umgänge"].map(|word| format!("{word}. {half}"));
    let both = format!("Stöd. {} Umgänge.", [half; 12].join(" "));
    let mut texts = [one.as_str(), other.as_str()].repeat(400);
    texts.push(&both);
    assert_eq!(ids(&engine(&texts), "stöd umgänge").first(), Some(&800));
}

#[test]
fn what_somebody_pastes_is_found_where_it_stands_so() {
    let texts = [
        "Nämnden ska utan dröjsmål inleda utredning. Barnet skyddas av nämnden. Utredning av nämnden.",
        "Den som av nämnden får en utredning ska av nämnden också få ett beslut i utredning.",
        "Det som framkommer ska av nämnden tas upp i utredningen.",
    ];
    assert_eq!(ids(&engine(&texts), "ska av nämnden tas upp i utredning").first(), Some(&2));
}

#[test]
fn the_form_that_was_typed_stands_before_other_forms() {
    let engine = engine(&["Om beslutens form.", "Om beslutet i sak.", "Om beslutens form.", "Om beslut i sak."]);
    assert_eq!(ids(&engine, "beslut form")[..2], [0, 2], "both words in any form before one of them as typed");
    assert_eq!(ids(&engine, "beslutet").first(), Some(&1));
    assert_eq!(ids(&engine, "beslut sak").first(), Some(&3));
}

#[test]
fn a_phrase_must_stand_together_and_a_minus_leaves_out() {
    let engine = engine(&["skyddat boende för kvinnor", "ett boende som är skyddat", "skyddat boende för män"]);
    assert_eq!(ids(&engine, "\"skyddat boende\"").len(), 2);
    assert_eq!(ids(&engine, "boende -män").len(), 2);
}

#[test]
fn a_synonym_of_several_words_is_found() {
    let engine = engine(&["Hedersrelaterat våld och förtryck förekommer.", "Något annat."]);
    let mut lexis = Lexis::default();
    lexis.add_group(["hrv", "hedersrelaterat våld och förtryck"], &mut engine.stems());
    let question = Question::read("HRV", &mut engine.stems(), &lexis);
    assert_eq!(engine.answer(&question).unwrap().found.first().map(|found| found.id), Some(0));
}

#[test]
fn what_may_be_meant_leads_one_way() {
    let engine = engine(&["Skriv i journalen.", "Papper och penna."]);
    let mut lexis = Lexis::default();
    lexis.add_hint("papper", ["journal"], &mut engine.stems());
    let found = |typed: &str| {
        let question = Question::read(typed, &mut engine.stems(), &lexis);
        engine.answer(&question).unwrap().found.into_iter().map(|found| found.id).collect::<Vec<_>>()
    };
    assert_eq!(found("papper"), [1, 0]);
    assert_eq!(found("journal"), [0]);
}

#[test]
fn a_compound_written_apart_is_found_and_so_is_its_synonym() {
    let engine = engine(&["Om äktenskapstvång.", "Om gifte och tvångs.", "Om utreseförbud.", "Ett förbud."]);
    let mut lexis = Lexis::default();
    lexis.add_group(["tvångsgifte", "äktenskapstvång"], &mut engine.stems());
    let question = Question::read("tvångs gifte", &mut engine.stems(), &lexis);
    let found = engine.answer(&question).unwrap().found;
    assert!(found.iter().any(|found| found.id == 0 && found.coverage > 0.5), "{found:?}");
    assert_eq!(ids(&engine, "utrese förbud").first(), Some(&2));
}

#[test]
fn many_ways_of_saying_a_word_do_not_drown_the_other_words() {
    let engine = engine(&["Skola, lärare, rektor och elev.", "Sekretess i skolan."]);
    let mut lexis = Lexis::default();
    lexis.add_group(["skola", "lärare", "rektor", "elev"], &mut engine.stems());
    let question = Question::read("skola sekretess", &mut engine.stems(), &lexis);
    assert_eq!(engine.answer(&question).unwrap().found.first().map(|found| found.id), Some(1));
}

#[test]
fn the_excerpt_marks_inflected_words_and_compounds() {
    let engine = engine(&TEXTS);
    let question = Question::read("barn anmälan", &mut engine.stems(), &Lexis::default());
    let answer = engine.answer(&question).unwrap();
    let marked = |text: &str| -> Vec<String> {
        let pieces = excerpt(text, &answer.marks, &question.words, &mut engine.stems());
        pieces.into_iter().filter(|(_, marked)| *marked).map(|(text, _)| text).collect()
    };
    assert_eq!(marked("Om barnets rätt: en orosanmälan."), ["barnets", "orosanmälan"]);
}

proptest! {
    #[test]
    fn no_question_is_an_error(typed in prop_oneof![any::<String>(), "[\\[\\](){}\"'+\\-*:^~ a-ö\u{0}\u{200b}\u{308}]{0,80}"]) {
        thread_local! { static ENGINE: Engine = engine(&TEXTS); }
        ENGINE.with(|engine| {
            let question = Question::read(&typed, &mut engine.stems(), &Lexis::default());
            let answer = engine.answer(&question).unwrap();
            excerpt(TEXTS[0], &answer.marks, &question.words, &mut engine.stems());
        });
    }
}

#[test]
fn ten_thousand_brackets_and_twenty_thousand_words_are_answered() {
    let engine = engine(&TEXTS);
    ids(&engine, &"(".repeat(10_000));
    ids(&engine, &"våld ".repeat(20_000));
    ids(&engine, &"\"".repeat(9_999));
}
