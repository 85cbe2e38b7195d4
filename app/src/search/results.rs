//! What was found: how much, with which words, the hits, the next page.

use super::address::{MOST_PAGES, address};
use super::filters::{Filters, number_chosen};
use super::nothing::Nothing;
use super::{Answer, Hit, Piece, Request};
use leptos::prelude::*;

#[component]
pub fn Results(request: Request, answer: Answer, page: usize) -> impl IntoView {
    let pages = pages(answer.total);
    let asked = request.query.as_str();
    let count = match (answer.total, number_chosen(&request)) {
        (0, 0) => format!("Inga träffar på ”{asked}”."),
        (0, _) => format!("Inga träffar på ”{asked}” med dina val."),
        (1, _) => format!("1 träff på ”{asked}”"),
        (many, _) if page > 1 => format!("{many} träffar på ”{asked}”, sida {page} av {pages}"),
        (many, _) => format!("{many} träffar på ”{asked}”"),
    };
    let repealed = (answer.repealed > 0 && !request.also_repealed).then(|| {
        let href = address(&Request { also_repealed: true, ..request.clone() }, 1);
        let text = if answer.repealed == 1 {
            "Visa även 1 träff som inte längre gäller".to_owned()
        } else {
            format!("Visa även {} träffar som inte längre gäller", answer.repealed)
        };
        view! { <p class="more"><a href=href>{text}</a></p> }
    });
    let filters = (answer.total > 0 || number_chosen(&request) > 0)
        .then(|| view! { <Filters request=request.clone() answer=answer.clone() /> }.into_any());
    let empty = (answer.total == 0).then(|| view! { <Nothing request=request.clone() /> }.into_any());
    let past = (answer.hits.is_empty() && answer.total > 0).then(|| {
        view! { <p>"Så många träffar finns inte. Gå till " <a href=address(&request, 1)>"den första sidan"</a> "."</p> }
    });
    let corrected = answer.corrected.clone();
    let from = (request.offset + 1).to_string();
    let hits = answer.hits.into_iter().map(|one| hit(one).into_any()).collect_view();
    view! {
        // A screen reader says the title first, which holds the number; the heading says it where scripts don't run.
        <div class="hits" role="status"><h2>{count}</h2></div>
        <Corrected request=request.clone() corrected />
        <div class="found">
            {filters}
            <div>
                {empty}
                {past}
                {(!hits.is_empty()).then(|| view! { <ol class="list results" start=from>{hits}</ol> })}
                {repealed}
                {(pages > 1).then(|| view! { <Pages request=request.clone() page pages /> }.into_any())}
                {(page == MOST_PAGES && answer.total > MOST_PAGES * Request::PAGE).then(|| view! {
                    <p class="aside">{format!("Här slutar listan, vid de {} bästa träffarna. Begränsa sökningen eller lägg till ett ord.", Request::MOST)}</p>
                })}
            </div>
        </div>
    }
}

/// Pages of hits.
pub fn pages(total: usize) -> usize {
    total.div_ceil(Request::PAGE).min(MOST_PAGES)
}

/// Which words stand nowhere, and what is shown in their place.
#[component]
fn Corrected(request: Request, corrected: Vec<(String, String)>) -> impl IntoView {
    let unknown: Vec<String> = corrected.iter().map(|(typed, _)| format!("”{typed}”")).collect();
    (!corrected.is_empty()).then(|| {
        let meant = request.query.with(&corrected);
        let text = format!("”{}”", meant.as_str());
        let href = address(&Request { query: meant, ..request }, 1);
        let unknown = format!("{} finns inte i våra texter.", unknown.join(" och "));
        view! { <p class="corrected">"Visar träffar för " <a href=href>{text}</a> ". " <span>{unknown}</span></p> }
    })
}

#[component]
fn Pages(request: Request, page: usize, pages: usize) -> impl IntoView {
    let links = (1..=pages).map(|number| {
        let current = (number == page).then_some("page");
        view! { <li><a href=address(&request, number) aria-current=current aria-label=format!("Sida {number}")>{number}</a></li> }
    });
    let links = links.collect_view();
    let beside = |shown: bool, number: usize, relation: &'static str, text: &'static str| {
        shown.then(|| view! { <li><a href=address(&request, number) rel=relation>{text}</a></li> })
    };
    view! {
        <nav class="pages" aria-label="Fler träffar">
            <ul>
                {beside(page > 1, page.saturating_sub(1), "prev", "Föregående")}
                {links}
                {beside(page < pages, page + 1, "next", "Nästa")}
            </ul>
        </nav>
    }
}

fn hit(hit: Hit) -> impl IntoView {
    let excerpt = hit.excerpt.into_iter().map(|piece| match piece {
        Piece::Plain(text) => text.into_any(),
        Piece::Marked(text) => view! { <mark>{text}</mark> }.into_any(),
    });
    let excerpt = excerpt.collect_view();
    let sections = (!hit.sections.is_empty()).then(|| {
        let links = hit.sections.into_iter().map(|(path, heading)| view! { <li><a href=path>{heading}</a></li> });
        view! { <ul class="near">{links.collect_view()}</ul> }
    });
    let place = match hit.standing {
        Some(standing) => format!("{} · {standing}", hit.kind.name()),
        None => hit.kind.name().to_owned(),
    };
    view! {
        <li>
            <h3><a href=hit.path>{hit.title}</a></h3>
            <p class="where">{place}</p>
            <p>{excerpt}</p>
            {sections}
        </li>
    }
}
