//! The grammar and the rules, with questions of every kind.

use super::grammar::{Choice, Question, Said, Step, Task, Then, Told, parse};
use super::marking::{Given, right_answer, shuffled};
use super::progress::{Answers, Progress, Score, Standing};
use super::{Course, Module, Piece, Shown, renewal};
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::Arc;

fn said(text: &str) -> Said {
    Said { text: text.into(), line: 0 }
}

/// A text that is one paragraph and cannot be taken for a part of the grammar.
fn a_text() -> impl Strategy<Value = Said> {
    "[A-ZÅÄÖ][a-zåäö ,]{0,30}[a-zåäö]".prop_map(|text| said(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn different(least: usize, most: usize) -> impl Strategy<Value = Vec<Said>> {
    prop::collection::btree_set("[A-Z][a-z]{1,12}", least..=most)
        .prop_map(|texts| texts.into_iter().map(|text| said(&text)).collect())
}

fn a_task() -> impl Strategy<Value = Task> {
    let choices = |most: usize| prop::collection::vec((a_text(), a_text()), 2..=most);
    let one = (choices(6), any::<prop::sample::Index>()).prop_map(|(texts, right)| {
        let right = right.index(texts.len());
        let choice = |(at, (text, feedback))| Choice { text, is_right: at == right, feedback };
        Task::One(texts.into_iter().enumerate().map(choice).collect())
    });
    let several = (choices(6), 1_u32..63).prop_map(|(texts, mask)| {
        let mut choices: Vec<Choice> = texts
            .into_iter()
            .enumerate()
            .map(|(at, (text, feedback))| Choice { text, is_right: mask >> at & 1 == 1, feedback })
            .collect();
        choices[0].is_right = true;
        choices[1].is_right = false;
        Task::Several(choices)
    });
    let told = || (a_text(), a_text()).prop_map(|(right, wrong)| Told { right, wrong });
    let order = (different(3, 6), told()).prop_map(|(parts, told)| Task::Order { parts, told });
    let matching = (different(3, 6), told()).prop_map(|(parts, told)| {
        let right = |part: &Said| said(&format!("Till {}", part.text));
        Task::Match { pairs: parts.iter().map(|part| (part.clone(), right(part))).collect(), told }
    });
    let reflect = prop::option::of(a_text()).prop_map(|hint| Task::Reflect { hint });
    let case = prop::collection::vec((a_text(), a_text(), a_text()), 1..5).prop_map(|steps| {
        let many = steps.len();
        let step = |(at, (text, on, off)): (usize, (Said, Said, Said))| Step {
            id: format!("steg-{at}"),
            text,
            then: Then::Choose(vec![(on, at + 1), (off, many + 1)]),
        };
        let mut steps: Vec<Step> = steps.into_iter().enumerate().map(step).collect();
        steps.push(Step { id: "bra".into(), text: said("Bra."), then: Then::End { is_right: true } });
        steps.push(Step { id: "illa".into(), text: said("Illa."), then: Then::End { is_right: false } });
        Task::Case(steps)
    });
    prop_oneof![one, several, order, matching, reflect, case]
}

fn a_question() -> impl Strategy<Value = Question> {
    ("[a-z]{1,10}", a_text(), a_task(), a_text()).prop_map(|(id, text, task, ground)| {
        let ground = (!matches!(task, Task::Reflect { .. })).then_some(ground);
        Question { id, text, task, ground }
    })
}

fn read(written: &str) -> Result<Question, Vec<super::grammar::Fault>> {
    let mut lines: Vec<&str> = written.lines().collect();
    let info = lines.remove(0).trim_start_matches('`');
    lines.pop();
    parse(info, &lines)
}

fn a_course(modules: Vec<Vec<Question>>) -> Course {
    let module = |(at, questions): (usize, Vec<Question>)| {
        let shown = |question| {
            Piece::Question(Arc::new(Shown { question, html: Default::default(), labels: Default::default() }))
        };
        Arc::new(Module {
            slug: format!("modul-{at}"),
            title: format!("Modul {at}"),
            short_title: format!("Modul {at}"),
            lead: String::new(),
            version: 1,
            minutes: 10,
            goals: vec![],
            talk: vec![],
            legal_date: date(2026, 7, 9),
            headings: vec![],
            pieces: questions.into_iter().map(shown).collect(),
            sources: vec![],
            cites: vec![],
        })
    };
    Course {
        slug: "prov".into(),
        title: "Prov".into(),
        short_title: "Prov".into(),
        lead: String::new(),
        version: 1,
        pass_mark: 80,
        audiences: vec![],
        builds_on: vec![],
        updated: date(2026, 11, 22),
        reviewed: date(2026, 11, 22),
        modules: modules.into_iter().enumerate().map(module).collect(),
        guide: None,
    }
}

/// One right of two.
fn plain(id: &str) -> Question {
    let choice = |text: &str, is_right| Choice { text: said(text), is_right, feedback: said("Så är det.") };
    Question {
        id: id.into(),
        text: said("Vad?"),
        task: Task::One(vec![choice("A", false), choice("B", true)]),
        ground: Some(said("SoL")),
    }
}

fn plain_course(modules: usize, questions: usize) -> Course {
    a_course(vec![(0..questions).map(|at| plain(&format!("f{at}"))).collect(); modules])
}

#[test]
fn the_whole_grammar_is_read() {
    let case = "```fraga fall kvall\nKlockan är fem.\n\n== start\nVad gör du?\n- Ringer hem. -> illa\n- Ringer jouren. -> bra\n\n\
                == illa\nInte så.\nUtfall: fel\n\n== bra\nJa.\nUtfall: rätt\n\nGrund: LVU\n```\n";
    let question = read(case).unwrap();
    assert_eq!((question.kind(), question.id.as_str()), ("fall", "kvall"));
    assert_eq!(right_answer(&question).unwrap().to_string(), "2");
    for (from, to, message) in [
        ("-> illa", "-> borta", "som inte finns"),
        ("Utfall: fel", "- Om igen. -> start\n- Vidare. -> bra", "leder tillbaka"),
        ("== bra", "== illa", "heter likadant"),
        ("Utfall: rätt", "Utfall: fel", "inget steg slutar rätt"),
        ("- Ringer hem. -> illa\n", "", "1 val och inget utfall"),
    ] {
        let faults = read(&case.replacen(from, to, 1)).unwrap_err();
        assert!(faults.iter().any(|fault| fault.message.contains(message)), "{message}: {faults:?}");
    }
}

#[test]
fn a_module_is_done_when_enough_is_right_and_stays_done() {
    let course = plain_course(1, 5);
    let module = Arc::clone(&course.modules[0]);
    let mut progress = Progress::default();
    let mut answer = |id: &str, kept: &str| {
        let question = &module.find(id).unwrap().question;
        progress.answer(&course, &module, question, &Given::parse(question, kept).unwrap())
    };
    for id in ["f0", "f1", "f2"] {
        assert!(!answer(id, "2"));
    }
    assert!(!answer("f3", "1") && !answer("f4", "1"), "3 of 5 are too few");
    assert!(answer("f3", "2"), "4 of 5 are enough");
    assert!(!answer("f0", "1") && !answer("f1", "1"), "and done is done");
    assert_eq!(progress.standing(&course, &module), Standing::Done);
    assert!(progress.is_done(course.modules.iter().map(AsRef::as_ref)));
}

#[test]
fn an_update_has_the_modules_that_have_changed_and_no_other() {
    let mut course = plain_course(7, 1);
    let taken = renewal::versions(&course);
    assert!(renewal::changed(&course, &taken).is_empty());
    Arc::make_mut(&mut course.modules[3]).version = 2;
    let changed: Vec<&str> = renewal::changed(&course, &taken).iter().map(|module| module.slug.as_str()).collect();
    assert_eq!(changed, ["modul-3"]);
}

#[test]
fn a_rewritten_question_does_not_trip_over_old_answers() {
    let question = plain("f0");
    for kept in ["", "0", "3", "1,2", "x", "99999999999999999999", "1,"] {
        assert_eq!(Given::parse(&question, kept), None, "{kept}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(question in a_question()) {
        let written = question.to_string();
        prop_assert_eq!(read(&written).map_err(|faults| format!("{faults:?}\n{written}")), Ok(question));
    }

    #[test]
    fn nothing_that_is_typed_stops_the_reader(info in ".{0,40}", lines in prop::collection::vec(".{0,40}", 0..20)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        drop(parse(&info, &lines));
    }

    #[test]
    fn nor_does_a_question_that_was_mangled(question in a_question(), at in any::<prop::sample::Index>(), sign in any::<char>()) {
        let mut written: Vec<char> = question.to_string().chars().collect();
        let at = at.index(written.len());
        written[at] = sign;
        drop(read(&written.into_iter().collect::<String>()));
    }

    #[test]
    fn the_right_answer_is_right_and_kept_as_it_was(question in a_question()) {
        if let Some(given) = right_answer(&question) {
            prop_assert!(given.is_right(&question) && given.is_whole(&question));
            prop_assert_eq!(Given::parse(&question, &given.to_string()), Some(given));
        }
    }

    #[test]
    fn parts_are_never_shown_in_the_right_order(id in "[a-z]{1,12}", parts in 2_usize..7) {
        let question = Question { id, ..plain("x") };
        let mut order = shuffled(&question, parts);
        prop_assert!(order.iter().enumerate().any(|(at, part)| at != *part));
        order.sort_unstable();
        prop_assert!(order.into_iter().eq(0..parts));
    }

    #[test]
    fn the_score_is_that_of_the_last_answers_and_nothing_done_is_undone(
        answers in prop::collection::vec((0_usize..3, 0_usize..5, 1_usize..3), 0..60),
    ) {
        let course = plain_course(3, 5);
        let mut progress = Progress::default();
        let mut last = [[0_usize; 5]; 3];
        let mut done = [false; 3];
        for (module, question, choice) in answers {
            last[module][question] = choice;
            let here = &course.modules[module];
            let asked = &here.find(&format!("f{question}")).unwrap().question;
            progress.answer(&course, here, asked, &Given::parse(asked, &choice.to_string()).unwrap());
            for at in 0..3 {
                let right = last[at].iter().filter(|choice| **choice == 2).count();
                let answered = last[at].iter().filter(|choice| **choice != 0).count();
                done[at] |= answered == 5 && right >= 4;
                let score = Score::of(&course.modules[at], progress.answers(&format!("modul-{at}")));
                prop_assert_eq!((score.right, score.answered), (right, answered));
                prop_assert_eq!(progress.standing(&course, &course.modules[at]) == Standing::Done, done[at]);
            }
        }
        let next = progress.next(course.modules.iter().map(AsRef::as_ref)).map(|module| module.slug.clone());
        prop_assert_eq!(next, done.iter().position(|done| !done).map(|at| format!("modul-{at}")));
    }

    #[test]
    fn answers_that_go_along_survive_anything(sent in ".{0,200}") {
        let course = plain_course(1, 5);
        let taken: Answers = super::module::so_far(&course.modules[0], &sent);
        prop_assert!(taken.len() <= 5);
        prop_assert_eq!(super::module::so_far(&course.modules[0], &super::module::written(&taken)), taken);
    }
}
