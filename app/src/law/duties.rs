//! `/vagledning/ansvar/?roll=`: who must do what, as a checklist.

use super::cited::CitedLink;
use super::{Duty, Force, Spot, duties_of};
use crate::document::{Document, Head};
use crate::guidance::Audience;
use crate::routes::paths;
use crate::services::Services;
use crate::text::capital::capital;
use crate::ui::crumbs::Crumb;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn DutiesPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("roll"));
    let actor = asked.as_deref().and_then(Audience::parse);
    let law = Services::current().law;
    let head = Head {
        title: "Vem ska göra vad".into(),
        description: "Skyldigheter och rekommendationer för varje verksamhet, med lagrum.".into(),
        path: actor.map_or_else(|| paths::DUTIES.to_owned(), |actor| paths::duties(paths::DUTIES, actor)),
        crumbs: vec![Crumb::new(paths::GUIDANCE, "Vägledning")],
        ..Head::default()
    };
    let actors: Vec<Audience> =
        Audience::ALL.into_iter().filter(|actor| !duties_of(law.duties(), *actor).is_empty()).collect();
    let roles = actors.into_iter().map(move |role| {
        let current = (actor == Some(role)).then_some("page");
        view! { <li><a href=paths::duties(paths::DUTIES, role) aria-current=current>{role.name()}</a></li> }
    });
    let spots = law.uncovered().to_vec();
    let unknown = asked.is_some() && actor.is_none();
    let answer = actor.map(|actor| {
        let duties: Vec<Duty> = duties_of(law.duties(), actor).into_iter().cloned().collect();
        view! { <Checklist actor duties /> }
    });
    view! {
        <Document head>
            <h1>"Vem ska göra vad?"</h1>
            <p class="lead">
                "Välj verksamhet. Du får en checklista över det som ni ska och bör göra, med lagrum. Ta med den till ledningsgruppen \
                 och skriv in er egen rutin vid varje rad."
            </p>
            <nav class="roles" aria-label="Verksamhet"><ul>{roles.collect_view()}</ul></nav>
            {unknown.then(|| view! { <p role="status">"Verksamheten finns inte i listan. Välj en av dem ovan."</p> })}
            {answer}
            <Uncovered spots />
        </Document>
    }
}

#[component]
fn Checklist(actor: Audience, duties: Vec<Duty>) -> impl IntoView {
    if duties.is_empty() {
        return view! { <p role="status">{format!("Vägledningen beskriver inga skyldigheter för {}.", actor.name())}</p> }.into_any();
    }
    let count = duties.len();
    let must = duties.iter().filter(|duty| duty.force == Force::Must).count();
    let rows = duties.into_iter().map(row).collect_view();
    view! {
        <section aria-labelledby="checklista">
            <h2 id="checklista">{format!("Checklista: {}", actor.name())}</h2>
            <p>{format!("{count} rader: {must} som ni ska göra och {} som ni bör göra.", count - must)}</p>
            <p class="downloads">
                <a href=paths::duties(paths::DUTIES_XLSX, actor) download="">"Hämta som Excel"</a> " "
                <a href=paths::duties(paths::DUTIES_CSV, actor) download="">"Hämta som CSV"</a>
            </p>
            <TableBox about="checklistan">
                <table class="duties">
                    <thead>
                        <tr>
                            <th scope="col">"Ska eller bör"</th>
                            <th scope="col">"Uppgift"</th>
                            <th scope="col">"Lagrum"</th>
                            <th scope="col">"Vår rutin"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableBox>
        </section>
    }
    .into_any()
}

fn row(duty: Duty) -> impl IntoView {
    let provisions = duty.provisions.into_iter().map(|cited| view! { <li><CitedLink cited /></li> });
    view! {
        <tr>
            <td>{capital(duty.force.name())}</td>
            <td>{duty.text} " " <a class="source" href=duty.page>{duty.page_title}</a></td>
            <td><ul class="plain">{provisions.collect_view()}</ul></td>
            <td class="own"></td>
        </tr>
    }
}

/// What binds but no guidance explains: an honest gap list.
#[component]
fn Uncovered(spots: Vec<Spot>) -> impl IntoView {
    (!spots.is_empty()).then(|| {
        let count = spots.len();
        let items = spots.into_iter().map(|spot| view! { <li><a href=spot.href>{spot.label}</a></li> });
        view! {
            <section aria-labelledby="luckor">
                <h2 id="luckor">"Bindande regler som vägledningen inte tar upp"</h2>
                <p>"De här paragraferna har vi sammanfattat, men ingen vägledning hänvisar till dem ännu."</p>
                <details>
                    <summary>{format!("Visa {count} paragrafer")}</summary>
                    <ul>{items.collect_view()}</ul>
                </details>
            </section>
        }
    })
}
