//! "Begränsa sökningen": choices as links, each with how many hits it leaves. What is chosen is taken back the same way.

use super::address::address;
use super::{Answer, Kind, Request};
use crate::guidance::Audience;
use leptos::prelude::*;

#[component]
pub fn Filters(request: Request, answer: Answer) -> impl IntoView {
    let asked = &request;
    let kinds = choices(&answer.kinds, asked.kind, Kind::name, |kind| Request { kind, ..asked.clone() });
    let audiences =
        choices(&answer.audiences, asked.audience, Audience::name, |audience| Request { audience, ..asked.clone() });
    let counties =
        choices(&answer.counties, asked.county, |county| county.name, |county| Request { county, ..asked.clone() });
    let group = |name: &'static str, id: &'static str, items: Vec<AnyView>| {
        (!items.is_empty()).then(|| view! { <div><h3 id=id>{name}</h3> <ul aria-labelledby=id>{items}</ul></div> })
    };
    let chosen = number_chosen(asked);
    let all = (chosen > 0).then(|| view! { <p><a href=address(&without_choices(asked), 1)>"Ta bort alla val"</a></p> });
    let title = match chosen {
        0 => "Begränsa sökningen".to_owned(),
        many => format!("Begränsa sökningen ({many} val)"),
    };
    view! {
        <nav class="facets" aria-label="Begränsa sökningen">
            // Folded on a phone, where the hits would otherwise begin on the second screen.
            <details open=(answer.total == 0).then_some("")>
                <summary>{title}</summary>
                <div class="groups">
                    {all}
                    {group("Typ", "val-typ", kinds)}
                    {group("Målgrupp", "val-malgrupp", audiences)}
                    {group("Län", "val-lan", counties)}
                    {group("Status", "val-status", standing(asked, &answer))}
                </div>
            </details>
        </nav>
    }
}

/// How many choices narrow the search.
pub fn number_chosen(request: &Request) -> usize {
    [request.kind.is_some(), request.audience.is_some(), request.county.is_some()].iter().filter(|one| **one).count()
}

pub fn without_choices(request: &Request) -> Request {
    Request { kind: None, audience: None, county: None, ..request.clone() }
}

fn choices<Choice: Copy + PartialEq>(
    counted: &[(Choice, usize)],
    chosen: Option<Choice>,
    name: impl Fn(Choice) -> &'static str,
    narrowed: impl Fn(Option<Choice>) -> Request,
) -> Vec<AnyView> {
    // Also a choice that leaves nothing can be taken back.
    let empty = chosen.filter(|one| counted.iter().all(|(other, _)| other != one)).map(|one| (one, 0));
    let all = counted.iter().copied().chain(empty);
    all.map(|(one, count)| {
        let is_chosen = chosen == Some(one);
        let href = address(&narrowed((!is_chosen).then_some(one)), 1);
        let undo = is_chosen.then(|| view! { <span class="sr">", ta bort valet"</span> });
        view! { <li><a href=href aria-current=is_chosen.then_some("true")>{name(one)} {format!(" ({count})")} {undo}</a></li> }
            .into_any()
    })
    .collect()
}

/// In force, or all. Two of which one is always chosen.
fn standing(request: &Request, answer: &Answer) -> Vec<AnyView> {
    if answer.repealed == 0 {
        return Vec::new();
    }
    let all = answer.total + if request.also_repealed { 0 } else { answer.repealed };
    [("Det som gäller", false, all - answer.repealed), ("Även det som inte längre gäller", true, all)]
        .map(|(name, also_repealed, count)| {
            let href = address(&Request { also_repealed, ..request.clone() }, 1);
            let current = (request.also_repealed == also_repealed).then_some("true");
            view! { <li><a href=href aria-current=current>{format!("{name} ({count})")}</a></li> }.into_any()
        })
        .into()
}
