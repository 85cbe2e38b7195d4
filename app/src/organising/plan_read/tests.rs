use super::*;
use crate::desk::Fields;
use crate::organising::plan_typed::Change;
use crate::organising::template;
use jiff::civil::date;

/// A plan with something in every field.
fn a_plan() -> Plan {
    let mut plan = template::plan(
        crate::events::Kind::Conference,
        "Konferens om frihet från våld",
        "Göteborg",
        date(2027, 3, 10),
        date(2027, 1, 4),
    );
    plan.lead = "En dag för dig som möter utsatta.".into();
    plan.text = "## Innehåll\n\nText.".into();
    plan.audiences = vec![Audience::ALL[0], Audience::ALL[2]];
    plan.place = Some(Place {
        name: "Kongresshallen".into(),
        address: "Storgatan 1".into(),
        town: "Göteborg".into(),
        map: Some("https://karta.example/".into()),
        travel: "Spårvagn.\n\nHörslinga finns.".into(),
    });
    plan.programme[3].speakers = vec!["Medverkande ett".into(), "Medverkande två".into()];
    plan.speakers = vec![Speaker { name: "Medverkande ett".into(), role: "utredare".into() }];
    plan.limited_by = Some(LimitedBy::County);
    plan.tracks[0].limits = Limits {
        each: Some(20),
        reserved: vec![Reserved { group: "skane".into(), seats: 40 }],
        release: Some(date(2027, 2, 1)),
    };
    plan.tracks[1].broadcast = "https://sandning.example/".into();
    plan.tracks[0].price = 250;
    let choice = |id: &str, seats| Choice { id: id.into(), label: format!("Med {id}"), seats };
    let question = |id: &str, kind, choices, only_if| Question {
        id: id.into(),
        label: format!("Om {id}?"),
        help: "Hjälp.".into(),
        kind,
        required: true,
        choices,
        only_if,
    };
    plan.questions = vec![
        question("resa", Kind::One, vec![choice("tag", None), choice("buss", Some(40))], None),
        question(
            "hallplats",
            Kind::Text,
            Vec::new(),
            Some(Condition { question: "resa".into(), choice: "buss".into() }),
        ),
    ];
    plan.fee = Some(Fee { amount: 500, free_until: date(2027, 2, 24).at(12, 0, 0, 0) });
    plan.contact = Contact {
        name: "Kvinnofridsteamet".into(),
        email: "kvinnofrid@lansstyrelsen.example".into(),
        phone: "010-000 00 00".into(),
    };
    plan.summary = "Det här sades.".into();
    plan.open_questions = vec!["Vem betalar?".into(), "När?".into()];
    plan
}

#[test]
fn a_plan_comes_through_its_form_as_it_was() {
    let plan = a_plan();
    let typed = PlanTyped::of(&plan);
    assert_eq!(super::plan(&typed, &plan), Ok(plan.clone()));
    assert_eq!(unsound(&typed, &plan), Faults::default());
}

#[test]
fn what_cannot_be_read_is_told_beside_its_field_and_nothing_else_is() {
    for (name, value) in [
        ("borjar-dag", "i vår"),
        ("borjar-dag", "2027-13-10"),
        ("slutar-tid", "25:00"),
        ("program-3-tid", "nio"),
        ("program-3-platser", "många"),
        ("spar-0-platser", "-1"),
        ("spar-0-platser", "9999999"),
        ("spar-0-slapps", "snart"),
        ("spar-0-reserv-0-platser", "x"),
        ("fraga-0-val-1-platser", "1,5"),
        ("fraga-1-om", "fraga-9-val-1"),
        ("storsta-grupp", "31"),
        ("avgift-belopp", "500 kr"),
        ("avgift-tid", ""),
    ] {
        let mut typed = PlanTyped::of(&a_plan());
        typed.set(name, value);
        let read = super::plan(&typed, &a_plan());
        let Err(faults) = read else { panic!("{name} = {value} is no fault") };
        assert_eq!(faults.iter().map(|(name, _)| name).collect::<Vec<_>>(), [name], "{value}");
        assert_eq!(typed.get(name), value);
    }
}

#[test]
fn what_a_plan_lacks_is_told_beside_its_field() {
    for (name, value) in [
        ("titel", ""),
        ("slutar-dag", "2027-03-09"),
        ("stanger-dag", "2027-06-01"),
        ("plats-ort", ""),
        ("program-4-rubrik", ""),
        ("program-4-till", "12:00"),
        ("spar-1-sandning", "sandning.example"),
        ("spar-0-reserv-0-vem", "Skåneland"),
        ("fordelas", ""),
        ("fraga-0-fraga", ""),
        ("fraga-0-val-1-text", ""),
        ("kontakt-epost", "kvinnofrid"),
        ("kontakt-namn", ""),
    ] {
        let mut typed = PlanTyped::of(&a_plan());
        typed.set(name, value);
        let faults = unsound(&typed, &super::plan(&typed, &a_plan()).unwrap());
        assert!(faults.of(name).is_some(), "{name}: {faults:?}");
    }
}

#[test]
fn a_time_may_be_written_as_people_do() {
    let mut typed = PlanTyped::of(&a_plan());
    typed.set("borjar-tid", "9.15");
    typed.set("spar-0-platser", "1 200");
    typed.set("spar-0-reserv-0-vem", "  skåne  LÄN ");
    let plan = super::plan(&typed, &a_plan()).unwrap();
    assert_eq!((plan.starts.time().hour(), plan.starts.time().minute()), (9, 15));
    assert_eq!((plan.tracks[0].seats, plan.tracks[0].limits.reserved[0].group.as_str()), (Some(1200), "skane"));
}

#[test]
fn rows_come_go_and_move_and_keep_their_ids() {
    let plan = a_plan();
    let mut typed = PlanTyped::of(&plan);
    assert_eq!(typed.change(&Change::parse("ny:spar").unwrap()), "spar-3");
    // A new one that is called as an old one gets an id of its own.
    typed.set("spar-3-namn", "På plats");
    assert_eq!(typed.change(&Change::parse("upp:spar-3").unwrap()), "spar-3");
    typed.change(&Change::parse("bort:spar-1").unwrap());
    typed.change(&Change::parse("bort:fraga-1").unwrap());
    let changed = super::plan(&typed, &plan).unwrap();
    let ids: Vec<_> = changed.tracks.iter().map(|track| track.id.as_str()).collect();
    assert_eq!(ids, ["pa-plats", "pa-plats-2", "press"]);
    assert_eq!(changed.questions.len(), 1);
    // The new question's answers are two at once.
    let row = typed.change(&Change::parse("ny:fraga").unwrap());
    typed.change(&Change::parse(&format!("ny:{row}-val")).unwrap());
    assert_eq!(typed.rows(&format!("{row}-val")).len(), 2);
}

#[test]
fn what_two_have_written_differently_is_told_by_the_fields_names() {
    let (mine, mut theirs) = (PlanTyped::of(&a_plan()), PlanTyped::of(&a_plan()));
    theirs.set("titel", "En annan rubrik");
    theirs.set("program-3-rubrik", "Workshop Z");
    theirs.set("fraga-0-val-1-text", "Med tåg");
    let told = mine.differs_from(&theirs);
    let told: Vec<_> = told.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(
        told,
        [("Rubrik", "En annan rubrik"), ("Programpunkt 4: Rubrik", "Workshop Z"), ("Fråga 1: Svar 2: Svar", "Med tåg"),]
    );
}

#[test]
fn no_form_makes_more_rows_than_anybody_needs() {
    let many = (0..5_000).map(|number| ("program".to_owned(), number.to_string()));
    assert_eq!(PlanTyped::read(&Fields::new(many)).rows("program").len(), 200);
}
