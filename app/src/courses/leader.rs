//! `/utbildning/grupp/leda/{nyckel}/`: for whoever leads a group, on a wall: the code, how many there are, how the answers
//! are spread, what to talk about.

use super::course::crumbs;
use super::grammar::{Choice, Task};
use super::marking::Given;
use super::module::find;
use super::{Course, LedGroup, Module, Shown};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::ui::moment::Moment;
use crate::ui::qr_code::{QrCode, QrPicture};
use leptos::prelude::*;
use std::sync::Arc;

/// Fewer answers to a question are not shown: one could tell whose they are.
pub const FEWEST: u32 = 3;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let token = asked.part("nyckel").to_owned();
    let Some(group) = asked.services.groups.led(&token).await? else { return Ok(ended()) };
    let Some((course, module)) = find(&asked.services, &group.course, &group.module) else { return Err(Stop::Missing) };
    let link = format!("{}{}", asked.services.site.base_url, desk::invited(&group.code));
    let code = asked.services.door.qr_code(&link);
    Ok(Answer::page(move || view(&course, &module, &group, &token, code)))
}

pub async fn end(asked: Asked) -> Result<Answer, Stop> {
    asked.services.groups.end(asked.part("nyckel")).await?;
    Ok(ended())
}

fn head(course: Option<&Course>) -> Head {
    Head {
        title: "Led en grupp".into(),
        description: "För dig som leder.".into(),
        crumbs: crumbs(course),
        hidden: true,
        ..Head::default()
    }
}

fn ended() -> Answer {
    Answer::page_with(410, || {
        view! {
            <Document head=head(None)>
                <h1>"Gruppen är avslutad"</h1>
                <p class="lead">"Svaren är raderade. Den som sparade sina egna svar har dem kvar med sin kod."</p>
                <p><a href=paths::COURSES>"Till kurserna"</a></p>
            </Document>
        }
    })
}

fn view(
    course: &Course,
    module: &Arc<Module>,
    group: &LedGroup,
    token: &str,
    code: Option<QrCode>,
) -> impl IntoView + use<> {
    let site = Services::current().site;
    let (script, typed_at) = (site.assets.group, format!("{}{}", site.base_url, desk::GROUPS));
    let talk: Vec<_> = module.talk.iter().map(|question| view! { <li>{question.clone()}</li> }).collect();
    let talk = (!talk.is_empty()).then(|| view! { <h2>"Att samtala om"</h2> <ul class="talk">{talk}</ul> });
    let guide = course.guide.is_some().then(|| {
        view! { <p><a href=paths::course_guide(&course.slug)>"Handledning"</a></p> }
    });
    let mut number = 0;
    let mut questions: Vec<AnyView> = Vec::new();
    for shown in module.shown().filter(|shown| shown.question.counts()) {
        number += 1;
        questions.push(spread(number, shown, group).into_any());
    }
    let members = match group.members {
        0 => "Ingen deltar än.".to_owned(),
        1 => "En deltar.".to_owned(),
        many => format!("{many} deltar."),
    };
    let (head, title, spelled, until) =
        (head(Some(course)), module.title.clone(), group.code.clone(), group.expires_at);
    let (changes, events) = (group.changes, desk::opened(desk::GROUP_EVENTS, token));
    let again = desk::opened(desk::LED_GROUP, token);
    let end = desk::opened(desk::END_GROUP, token);
    let or_picture = code.is_some().then_some(", eller läs av bilden");
    let code = code.map(|code| view! { <QrPicture code about="QR-kod till gruppen" /> });
    view! {
        <Document head>
            // Without a script the page is asked for again.
            <noscript><meta http-equiv="refresh" content="10" /></noscript>
            <script src=script defer></script>
            <article class="led" data-events=events data-changes=changes>
                <h1>{title}</h1>
                <div class="way-in">
                    <div>
                        <p>"Gå till " <strong>{typed_at}</strong> " och skriv koden" {or_picture} ":"</p>
                        <p class="group-code">{spelled}</p>
                    </div>
                    {code}
                </div>
                <p class="members" role="status" data-live="deltar">{members}</p>
                <p><a href=again>"Uppdatera"</a></p>
                <h2>"Så fördelar sig svaren"</h2>
                <div data-live="svar">{questions}</div>
                {talk}
                <h2>"När ni är klara"</h2>
                {guide}
                <p>"Allt raderas " <Moment seconds=until /> ", eller när du avslutar. Den som vill ha intyg sparar sina egna svar först."</p>
                <form method="post" action=end><button class="quiet">"Avsluta och radera"</button></form>
            </article>
        </Document>
    }
}

/// One question: how many have answered, and what.
fn spread(number: usize, shown: &Shown, group: &LedGroup) -> impl IntoView + use<> {
    let question = &shown.question;
    let given: Vec<(Given, u32)> = group
        .answers
        .iter()
        .filter(|(id, ..)| *id == question.id)
        .filter_map(|(_, kept, many)| Some((Given::parse(question, kept)?, *many)))
        .filter(|(given, _)| given.is_whole(question))
        .collect();
    let all: u32 = given.iter().map(|(_, many)| many).sum();
    let id = format!("spridning-{}", question.id);
    let told = match all {
        0 => "Ingen har svarat än.".to_owned(),
        few if few < FEWEST => format!("{few} har svarat. Fördelningen visas när minst {FEWEST} har svarat."),
        all => format!("{all} har svarat."),
    };
    let rows = (all >= FEWEST).then(|| {
        let rows: Vec<AnyView> = match &question.task {
            Task::One(choices) | Task::Several(choices) => choices
                .iter()
                .enumerate()
                .map(|(at, choice)| row(label(shown, choice), count(&given, |given| given.numbers().contains(&(at + 1))), all))
                .collect(),
            _ => {
                let right = count(&given, |given| given.is_right(question));
                vec![row("Rätt".into(), right, all), row("Inte rätt".into(), all - right, all)]
            }
        };
        view! {
            <table class="spread">
                <thead><tr><th scope="col">"Svar"</th><th scope="col">"Antal"</th><th scope="col">"Andel"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="question" aria-labelledby=id.clone()>
            <h3 id=id.clone()>{format!("Fråga {number}")}</h3>
            <div inner_html=shown.html(&question.text)></div>
            <p class="aside">{told}</p>
            {rows}
        </section>
    }
}

fn count(given: &[(Given, u32)], is_so: impl Fn(&Given) -> bool) -> u32 {
    given.iter().filter(|(given, _)| is_so(given)).map(|(_, many)| many).sum()
}

fn label(shown: &Shown, choice: &Choice) -> String {
    let label = shown.label(&choice.text);
    if choice.is_right { format!("{label} <strong>(rätt)</strong>") } else { label }
}

fn row(label: String, many: u32, all: u32) -> AnyView {
    let share = (many * 100 + all / 2) / all.max(1);
    view! {
        <tr>
            <th scope="row" inner_html=label></th>
            <td>{many}</td>
            <td><progress max="100" value=share aria-hidden="true"></progress> {format!("{share} %")}</td>
        </tr>
    }
    .into_any()
}
