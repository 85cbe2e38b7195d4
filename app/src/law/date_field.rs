//! "Vad gällde när?": a day in, the instruments that were in force then. A plain form.

use super::day::{Asked, KNOWN};
use super::standing::{Chain, Link};
use crate::routes::paths;
use crate::text::dates::swedish;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

impl Asked {
    /// Of the page being rendered.
    pub fn current() -> Self {
        use_query_map().with_untracked(|query| query.get("datum")).map_or(Self::Nothing, |typed| Self::parse(&typed))
    }
}

/// The field, with its answer if a day was asked. `path` is the page's own address.
#[component]
pub fn DateField(path: String, asked: Asked, chains: Vec<Chain>) -> impl IntoView {
    let unreadable = matches!(asked, Asked::Unreadable(_));
    let (typed, day) = (asked.typed(), asked.day());
    // A field for dates would throw away what it cannot read; a text field keeps it to be mended.
    let kind = if unreadable { "text" } else { "date" };
    let described = if unreadable { "datum-fel" } else { "datum-om" };
    view! {
        <section class="when" aria-labelledby="nar">
            <h2 id="nar">"Vad gällde när?"</h2>
            <p id="datum-om">"Skriv en dag, till exempel den då ett beslut fattades. Du får veta vilka regler som gällde då."</p>
            <form action=format!("{path}#nar")>
                <label for="datum">"Dag"</label>
                {unreadable.then(|| view! {
                    <p class="fault" id="datum-fel" role="alert">"Dagen går inte att läsa. Skriv år, månad och dag så här: 2014-10-01."</p>
                })}
                <input
                    type=kind
                    id="datum"
                    name="datum"
                    value=typed
                    min=(!unreadable).then(|| KNOWN.start().to_string())
                    max=(!unreadable).then(|| KNOWN.end().to_string())
                    autocomplete="off"
                    aria-invalid=unreadable.then_some("true")
                    aria-describedby=described
                />
                <button>"Visa"</button>
            </form>
            {day.map(|day| view! { <Answer day chains=chains.clone() path /> })}
        </section>
    }
}

#[component]
fn Answer(day: Date, chains: Vec<Chain>, path: String) -> impl IntoView {
    let said = swedish(day);
    let items: Vec<_> = chains.iter().map(|chain| view! { <li>{in_force_on(chain, day)}</li> }).collect();
    if items.is_empty() {
        return view! { <p role="status">"Sidan hänvisar inte till några regler som vi känner giltighetstiden för."</p> }.into_any();
    }
    view! {
        <div role="status">
            <p>{format!("Den {said} gällde:")}</p>
            <ul>{items}</ul>
            <p><a href=path>"Till dagens regler"</a></p>
        </div>
    }
    .into_any()
}

/// "SOSFS 2014:4 (från 1 oktober 2014 till och med 31 oktober 2022)", linked as it was read that day.
fn in_force_on(chain: &Chain, day: Date) -> AnyView {
    match chain.in_force(day) {
        Some(link) => view! { <LinkTo link=link.clone() day=Some(day) /> " " {during(link)} }.into_any(),
        None => {
            let first = chain.0.first().map_or_else(String::new, |link| link.label.clone());
            let from = chain.0.first().and_then(|link| link.span.from);
            let text = match from.filter(|from| day < *from) {
                Some(from) => format!("ännu inte {first}, som började gälla {}", swedish(from)),
                None => format!("{first} gällde inte"),
            };
            text.into_any()
        }
    }
}

/// An instrument's name, as a link to its page if there is one.
#[component]
pub fn LinkTo(link: Link, #[prop(optional_no_strip)] day: Option<Date>) -> impl IntoView {
    match link.slug {
        Some(slug) => {
            let path = paths::regulation(&slug);
            let href = day.map_or_else(|| path.clone(), |day| paths::on_day(&path, day));
            view! { <a href=href>{link.label}</a> }.into_any()
        }
        None => link.label.into_any(),
    }
}

/// "(från 1 oktober 2014 till och med 31 oktober 2022)"
pub fn during(link: &Link) -> String {
    match (link.span.from, link.span.last_day()) {
        (Some(from), Some(last)) => format!("(från {} till och med {})", swedish(from), swedish(last)),
        (Some(from), None) => format!("(från {})", swedish(from)),
        (None, Some(last)) => format!("(till och med {})", swedish(last)),
        (None, None) => String::new(),
    }
}
