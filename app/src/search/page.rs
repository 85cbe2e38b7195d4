//! `/sok?q=`: a plain page that needs no script.

use super::{Answer, Hit, Kind, Piece, Query, Request};
use crate::counties;
use crate::document::{Document, Head};
use crate::guidance::Audience;
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks.
#[derive(Debug, Clone)]
struct Asked {
    request: Option<Request>,
    page: usize,
}

impl Asked {
    fn current() -> Self {
        use_query_map().with_untracked(|query| {
            let page = query
                .get("sida")
                .and_then(|page| page.parse::<usize>().ok())
                .filter(|page| (1..=10).contains(page))
                .unwrap_or(1);
            let request = query.get("q").as_deref().and_then(Query::parse).map(|asked| Request {
                kind: query.get("typ").as_deref().and_then(Kind::parse),
                audience: query.get("malgrupp").as_deref().and_then(Audience::parse),
                county: query.get("lan").as_deref().and_then(counties::find),
                also_repealed: query.get("status").as_deref() == Some("alla"),
                offset: (page - 1) * Request::PAGE,
                ..Request::new(asked)
            });
            Self { request, page }
        })
    }
}

/// The address of the same question, narrowed otherwise.
fn address(request: &Request, page: usize) -> String {
    let encoded = request.query.as_str().bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        b' ' => "+".to_owned(),
        other => format!("%{other:02X}"),
    });
    let encoded = encoded.collect::<String>();
    let mut parts = vec![format!("q={encoded}")];
    parts.extend(request.kind.map(|kind| format!("typ={}", kind.slug())));
    parts.extend(request.audience.map(|audience| format!("malgrupp={}", audience.slug())));
    parts.extend(request.county.map(|county| format!("lan={}", county.slug)));
    parts.extend(request.also_repealed.then(|| "status=alla".to_owned()));
    parts.extend((page > 1).then(|| format!("sida={page}")));
    format!("{}?{}", paths::SEARCH, parts.join("&"))
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let Asked { request, page } = Asked::current();
    // The words stay out of the window's title: titles stand in the browser's history.
    let head = Head {
        title: "Sök".into(),
        description: "Sök i vägledning, regler, handboken och ordlistan.".into(),
        path: paths::SEARCH.into(),
        hidden: true,
        ..Head::default()
    };
    let typed = request.as_ref().map(|request| request.query.as_str().to_owned());
    let answer = request.map(|request| {
        let answer = Services::current().search.search(&request);
        view! { <Found request answer page /> }
    });
    view! {
        <Document head>
            <h1>"Sök"</h1>
            <form class="search" role="search" action=paths::SEARCH aria-label="Sök i vägledning, regler och ordlista">
                <label for="sok-text">"Vad söker du?"</label>
                <input type="search" id="sok-text" name="q" value=typed maxlength="200" autocomplete="off" />
                <button>"Sök"</button>
            </form>
            {answer}
        </Document>
    }
}

#[component]
fn Found(request: Request, answer: Answer, page: usize) -> impl IntoView {
    let asked = request.query.as_str().to_owned();
    let narrowed = request.kind.is_some() || request.audience.is_some() || request.county.is_some();
    let count = match answer.total {
        0 => format!("Inga träffar på ”{asked}”."),
        1 => format!("1 träff på ”{asked}”"),
        many => format!("{many} träffar på ”{asked}”"),
    };
    let instead: Vec<String> =
        answer.corrected.iter().map(|(typed, meant)| format!("”{meant}” i stället för ”{typed}”")).collect();
    let corrected = (!instead.is_empty())
        .then(|| view! { <p class="aside">{format!("Vi sökte efter {}.", instead.join(" och "))}</p> });
    let repealed = (answer.repealed > 0 && !request.also_repealed).then(|| {
        let href = address(&Request { also_repealed: true, ..request.clone() }, 1);
        let text = if answer.repealed == 1 {
            "Visa även 1 träff som inte längre gäller".to_owned()
        } else {
            format!("Visa även {} träffar som inte längre gäller", answer.repealed)
        };
        view! { <p><a href=href>{text}</a></p> }
    });
    let filters =
        (answer.total > 0 || narrowed).then(|| view! { <Filters request=request.clone() answer=answer.clone() /> });
    let empty = (answer.total == 0).then(|| view! { <Nothing /> });
    let from = request.offset + 1;
    let pages = (answer.total.div_ceil(Request::PAGE)).min(10);
    let items = answer.hits.into_iter().map(result).collect_view();
    view! {
        <p class="hits" role="status">{count}</p>
        {corrected}
        {filters}
        {empty}
        <ol class="list results" start=from.to_string()>{items}</ol>
        {repealed}
        {(pages > 1).then(|| view! { <Pages request=request.clone() page pages /> })}
    }
}

/// What to do when nothing was found.
#[component]
fn Nothing() -> impl IntoView {
    view! {
        <ul class="plain">
            <li>"Pröva ett annat ord, eller färre ord."</li>
            <li>"Kontrollera stavningen."</li>
            <li>"Leta bland " <a href=paths::GUIDANCE>"ämnena"</a> ", i " <a href=paths::REGULATIONS>"reglerna"</a> " eller i " <a href=paths::GLOSSARY>"ordlistan"</a> "."</li>
            <li>"Saknar du något? " <a href=paths::CONTACT>"Hör av dig till oss"</a> "."</li>
            <li>"Behöver du själv stöd? Se " <a href=paths::HELP>"vart du kan vända dig"</a> "."</li>
        </ul>
    }
}

/// Choices as links, each with how many pages it leaves.
#[component]
fn Filters(request: Request, answer: Answer) -> impl IntoView {
    let choice = |text: String, href: String, chosen: bool| {
        view! { <li><a href=href aria-current=chosen.then_some("true")>{text}</a></li> }
    };
    let kinds: Vec<_> = answer
        .kinds
        .iter()
        .map(|(kind, count)| {
            let chosen = request.kind == Some(*kind);
            let next = Request { kind: (!chosen).then_some(*kind), offset: 0, ..request.clone() };
            choice(format!("{} ({count})", kind.name()), address(&next, 1), chosen)
        })
        .collect();
    let audiences: Vec<_> = answer
        .audiences
        .iter()
        .map(|(audience, count)| {
            let chosen = request.audience == Some(*audience);
            let next = Request { audience: (!chosen).then_some(*audience), offset: 0, ..request.clone() };
            choice(format!("{} ({count})", audience.name()), address(&next, 1), chosen)
        })
        .collect();
    let counties: Vec<_> = answer
        .counties
        .iter()
        .map(|(county, count)| {
            let chosen = request.county == Some(*county);
            let next = Request { county: (!chosen).then_some(*county), offset: 0, ..request.clone() };
            choice(format!("{} ({count})", county.name), address(&next, 1), chosen)
        })
        .collect();
    let all = (request.kind.is_some() || request.audience.is_some() || request.county.is_some()).then(|| {
        let next = Request { kind: None, audience: None, county: None, offset: 0, ..request.clone() };
        view! { <p><a href=address(&next, 1)>"Ta bort alla val"</a></p> }
    });
    let group = |name: &'static str, id: &'static str, items: Vec<_>| {
        (!items.is_empty()).then(|| view! { <div><h2 id=id>{name}</h2> <ul aria-labelledby=id>{items}</ul></div> })
    };
    view! {
        <nav class="facets" aria-label="Begränsa sökningen">
            {group("Typ", "val-typ", kinds)}
            {group("Målgrupp", "val-malgrupp", audiences)}
            {group("Län", "val-lan", counties)}
            {all}
        </nav>
    }
}

#[component]
fn Pages(request: Request, page: usize, pages: usize) -> impl IntoView {
    let links = (1..=pages).map(|number| {
        let current = (number == page).then_some("page");
        view! { <li><a href=address(&request, number) aria-current=current aria-label=format!("Sida {number}")>{number}</a></li> }
    });
    let links = links.collect_view();
    view! { <nav class="pages" aria-label="Fler träffar"><ul>{links}</ul></nav> }
}

fn result(hit: Hit) -> impl IntoView {
    let excerpt = hit.excerpt.into_iter().map(|piece| match piece {
        Piece::Plain(text) => text.into_any(),
        Piece::Marked(text) => view! { <mark>{text}</mark> }.into_any(),
    });
    let excerpt = excerpt.collect_view();
    let sections = (!hit.sections.is_empty()).then(|| {
        let links = hit.sections.into_iter().map(|(path, heading)| view! { <li><a href=path>{heading}</a></li> });
        view! { <ul class="plain">{links.collect_view()}</ul> }
    });
    let place = match hit.standing {
        Some(standing) => format!("{} · {standing}", hit.kind.name()),
        None => hit.kind.name().to_owned(),
    };
    view! {
        <li>
            <h2><a href=hit.path>{hit.title}</a></h2>
            <p class="where">{place}</p>
            <p>{excerpt}</p>
            {sections}
        </li>
    }
}
