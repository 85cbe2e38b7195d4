//! Courses in the editor: what is broken is told with its line, and what somebody has done stays done.

use crate::courses::{TWO, a_course, answer_all, begin, course};
use crate::editor::publish;
use crate::on_both;
use crate::organising::encoded;
use crate::portal::TestPortal;
use app::viewer::Role;

/// The fields of a module as the editor sends them.
fn written(version: &str, title: &str, text: &str) -> String {
    encoded(&[
        ("version", version),
        ("titel", title),
        ("ingress", "Om modulen."),
        ("mal", "göra rätt\r\nfråga i enrum"),
        ("samtal", "Hur gör ni?"),
        ("langd", "12"),
        ("lagrum_datum", "2026-07-09"),
        ("text", text),
    ])
}

const TEXT: &str = "## Kort sagt\n\nFråga i enrum.\n\n```fraga enval en\nVad gör du?\n\n- [ ] Väntar.\n  > Nej.\n- [x] Frågar.\n  > Ja.\n\n\
                    Grund: SoL\n```\n";

on_both!(courses_are_written_in_the_editor_and_what_is_done_stays_done, |on| async move {
    let portal = TestPortal::with(on, &a_course(&TWO)).await;
    let own = begin(&portal, "").await;
    for module in &course(&portal).modules {
        answer_all(&portal, &format!("{own}{}/", module.slug), module).await;
    }
    let eva = portal.sign_in(Role::Editor, None).await;
    let ada = portal.sign_in(Role::Admin, None).await;
    let open = async |path: &str| {
        let opened = portal.submit(&eva, &format!("/redaktion/sidor/{path}/andra"), "").await;
        assert_eq!(opened.status, 303, "{path}: {}", opened.text());
        opened.header("location").to_owned()
    };

    // A module: what is broken is told with its line, and cannot be published.
    let draft = open("kursmodul/prov~ett").await;
    let page = portal.get_as(&eva, &draft).await;
    assert!(page.text().contains("Så skriver du frågor") && page.text().contains("fraga enval tva"));
    let broken = TEXT.replace("[x]", "[ ]");
    assert_eq!(portal.submit(&eva, &draft, &written("1", "Ett", &broken)).await.status, 303);
    let page = portal.get_as(&eva, &draft).await;
    assert!(page.text().contains("Rad 5") && page.text().contains("nget svar är rätt"), "{}", page.text());
    let refused = portal.submit(&ada, &format!("{draft}publicera/"), "version=2&storlek=mindre").await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(portal.submit(&eva, &draft, &written("2", "Ett", TEXT)).await.status, 303);
    let preview = portal.get_as(&eva, &format!("{draft}forhandsvisa/")).await;
    assert!(preview.text().contains("Fråga i enrum.") && preview.text().contains("Frågar."), "{}", preview.text());
    let published = publish(&portal, &ada, &draft, "storlek=storre&andring=Omskriven").await;
    assert_eq!(published.status, 303, "{}", published.text());
    let now = course(&portal);
    assert_eq!((now.version, now.modules[0].version, now.modules[0].questions().count()), (2, 2, 1));
    assert_eq!(now.modules[0].goals, ["göra rätt", "fråga i enrum"]);
    assert!(portal.get(&own).await.text().contains("Kursen är klar"));

    // A new one belongs to a course, and is shown when the course names it.
    let new = [("typ", "kursmodul"), ("titel", "Tredje"), ("lan", ""), ("kurs", "")];
    let refused = portal.submit(&eva, "/redaktion/sidor/ny/", &encoded(&new)).await;
    assert!(refused.status == 422 && refused.text().contains("Välj kursen"));
    let new = [("typ", "kursmodul"), ("titel", "Tredje"), ("lan", ""), ("kurs", "prov")];
    let begun = portal.submit(&eva, "/redaktion/sidor/ny/", &encoded(&new)).await;
    let draft = begun.header("location").to_owned();
    let wordy = written("1", "Tredje", TEXT).replace("langd=12", "langd=en+timme");
    assert_eq!(portal.submit(&eva, &draft, &wordy).await.status, 303);
    let page = portal.get_as(&eva, &draft).await;
    // Told once, in the form's words.
    let told =
        ["Längd i minuter: skriv med siffror", "”Längd i minuter”"].map(|told| page.text().matches(told).count());
    assert_eq!(told, [1, 0], "{}", page.text());
    assert_eq!(portal.submit(&eva, &draft, &written("2", "Tredje", TEXT)).await.status, 303);
    let published = publish(&portal, &ada, &draft, "storlek=storre&andring=Ny").await;
    assert_eq!(published.status, 303, "{}", published.text());
    assert_eq!(portal.get("/utbildning/kurser/prov/tredje/").await.status, 404);
    let draft = open("kurs/prov").await;
    let fields = encoded(&[
        ("version", "1"),
        ("titel", "Provkurs"),
        ("ingress", "En kurs."),
        ("malgrupper", "skola"),
        ("moduler", "ett\r\ntva\r\ntredje"),
        ("godkant", "80"),
    ]);
    assert_eq!(portal.submit(&eva, &draft, &fields).await.status, 303);
    let published = publish(&portal, &ada, &draft, "storlek=storre&andring=En+modul+till").await;
    assert_eq!(published.status, 303, "{}", published.text());
    assert_eq!(portal.get("/utbildning/kurser/prov/tredje/").await.status, 200);
    let now = course(&portal);
    assert_eq!((now.version, now.modules.len()), (3, 3));
    let page = portal.get(&own).await;
    assert!(page.text().contains("Börja på ”Tredje”") && page.text().matches(">Klar<").count() == 2, "{}", page.text());
});
