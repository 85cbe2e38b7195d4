//! `/regler/{slug}/`: one regulation, as it stood on a day.

use super::date_field::{DateField, LinkTo, during};
use super::day::Asked;
use super::standing::Standing;
use super::{Block, BlockKind, CitingKind, CitingPage, Correspondence, Part, Regulation};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use crate::text::capital::capital;
use crate::text::dates::swedish;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

#[component]
pub fn RegulationPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default());
    let law = Services::current().law;
    match law.regulation(&slug) {
        Some(regulation) => view! { <Shown regulation today=law.today() /> }.into_any(),
        None => NotFound().into_any(),
    }
}

#[component]
fn Shown(regulation: Arc<Regulation>, today: Date) -> impl IntoView {
    let asked = Asked::current();
    let day = asked.day().unwrap_or_else(|| regulation.span.reading_day(today));
    let path = paths::regulation(&regulation.slug);
    let standing = regulation.span.standing(today);
    let head = Head {
        title: neutral_title(&regulation),
        description: regulation.lead.clone(),
        path: path.clone(),
        crumbs: vec![Crumb::new(paths::REGULATIONS, "Regler")],
        version: Some(regulation.checked),
        standing: Some(printed_standing(&regulation, standing, day)),
        hidden: false,
    };
    let chain = regulation.chain.clone();
    let parts = regulation.parts.iter().map(|part| part_view(part, &regulation, day)).collect_view();
    view! {
        <Document head>
            <article class="guide regulation">
                <header>
                    <h1>{regulation.title.clone()}</h1>
                    <p class="lead">{regulation.lead.clone()}</p>
                </header>
                <Banner regulation=regulation.clone() standing day=asked.day() today />
                <Contents regulation=regulation.clone() />
                <Facts regulation=regulation.clone() />
                <DateField path asked chains=vec![chain] />
                <div class="text" inner_html=regulation.intro.clone()></div>
                <div class="text provisions">{parts}</div>
                <Amendments regulation=regulation.clone() />
                <Correspondences regulation=regulation.clone() />
                <p><a href=paths::references(&regulation.slug)>"Sidor som hänvisar hit"</a></p>
            </article>
        </Document>
    }
}

/// The number tells enough: a title stays in the browser's history.
fn neutral_title(regulation: &Regulation) -> String {
    let label = capital(&regulation.label);
    let telling = label.to_lowercase().contains("våld") || label.chars().count() > 60;
    if telling { regulation.id.replacen('/', " ", 1).to_uppercase() } else { label }
}

fn printed_standing(regulation: &Regulation, standing: Standing, day: Date) -> String {
    let word = match standing {
        Standing::NotYet => "ännu inte i kraft",
        Standing::InForce => "gäller",
        Standing::Repealed => "upphävd",
    };
    let kind = if regulation.full_text { "fulltext" } else { "sammanfattning" };
    if !regulation.span.holds(day) {
        return format!("{word}, {kind}; gällde inte {}", swedish(day));
    }
    format!("{word}, {kind}, läst för {}", swedish(day))
}

/// Whether it applies, and which day is read. First of all on the page.
#[component]
fn Banner(regulation: Arc<Regulation>, standing: Standing, day: Option<Date>, today: Date) -> impl IntoView {
    let next = regulation.chain.after(&regulation.id).cloned();
    let span = regulation.span;
    let (class, title) = match standing {
        Standing::InForce => ("notice notice-note", "Gäller"),
        Standing::NotYet => ("notice notice-important", "Ännu inte i kraft"),
        Standing::Repealed => ("notice notice-warning", "Upphävd"),
    };
    let days = match (standing, span.from, span.until) {
        (Standing::InForce, Some(from), None) => format!("Reglerna gäller sedan {}.", swedish(from)),
        (Standing::InForce, _, Some(until)) => format!("Reglerna gäller, men upphör {}.", swedish(until)),
        (Standing::InForce, None, None) => "Reglerna gäller.".to_owned(),
        (Standing::NotYet, Some(from), _) => format!("Reglerna börjar gälla {}.", swedish(from)),
        (Standing::Repealed, Some(from), Some(_)) => {
            format!(
                "Reglerna gällde från {} till och med {}.",
                swedish(from),
                span.last_day().map(swedish).unwrap_or_default()
            )
        }
        _ => format!("Reglerna gällde till och med {}.", span.last_day().map(swedish).unwrap_or_default()),
    };
    let reading = day.filter(|day| *day != today).map(|day| {
        if span.holds(day) {
            return view! { <ReadOn regulation=regulation.clone() day /> }.into_any();
        }
        let then = regulation.chain.in_force(day).cloned();
        view! {
            <p>
                <strong>{format!("Den {} gällde inte de här reglerna.", swedish(day))}</strong>
                {then.map(|link| view! { " Då gällde " <LinkTo link day=Some(day) /> "." })}
            </p>
        }
        .into_any()
    });
    view! {
        <div class=class role="note" aria-label=title>
            <p class="notice-title">{title}</p>
            <p>{days} {next.filter(|_| standing != Standing::InForce).map(|link| view! { " De ersattes av " <LinkTo link /> "." })}</p>
            {reading}
            {(!regulation.full_text).then(|| view! {
                <p>
                    "Det här är " <strong>"vår sammanfattning"</strong> ", inte lagtexten. "
                    <a class="external" rel="noreferrer" href=regulation.source.clone()>"Läs texten hos källan"</a>
                </p>
            })}
        </div>
    }
}

/// Which wording is read. We promise that of the day only for what we know the days of.
#[component]
fn ReadOn(regulation: Arc<Regulation>, day: Date) -> impl IntoView {
    let blocks =
        || regulation.parts.iter().flat_map(|part| &part.blocks).filter(|block| block.kind != BlockKind::Comment);
    let all_dated = blocks().all(|block| block.span.from.is_some() || block.span.until.is_some());
    let sure = all_dated || (regulation.full_text && regulation.amendments.iter().all(|change| change.from <= day));
    let text = if sure || day >= regulation.checked {
        format!("Du läser reglerna som de gällde {}.", swedish(day))
    } else {
        format!(
            "Du har valt {}. Det som vi vet har ändrats visas som det löd då. Resten är vår sammanfattning av lydelsen {} och kan ha sett \
             annorlunda ut.",
            swedish(day),
            swedish(regulation.checked),
        )
    };
    view! { <p><strong>{text}</strong></p> }
}

#[component]
fn Contents(regulation: Arc<Regulation>) -> impl IntoView {
    let chapters: Vec<_> = regulation.parts.iter().filter(|part| part.level == 2).collect();
    (chapters.len() >= 3).then(|| {
        let items = chapters
            .into_iter()
            .map(|part| view! { <li><a href=format!("#{}", part.anchor)>{part.title.clone()}</a></li> });
        view! {
            <nav class="contents" aria-labelledby="innehallsforteckning">
                <h2 id="innehallsforteckning">"På sidan"</h2>
                <ol>{items.collect_view()}</ol>
            </nav>
        }
    })
}

#[component]
fn Facts(regulation: Arc<Regulation>) -> impl IntoView {
    let chain = regulation.chain.0.clone();
    let own = regulation.id.clone();
    let links = chain.into_iter().map(move |link| {
        let (during, here) = (during(&link), link.instrument == own);
        view! {
            <li aria-current=here.then_some("true")>
                {if here { view! { <strong>{link.label}</strong> }.into_any() } else { view! { <LinkTo link /> }.into_any() }}
                " " {during}
            </li>
        }
    });
    view! {
        <dl class="meta">
            <dt>"Slag"</dt>
            <dd>{capital(regulation.kind.name())}</dd>
            <dt>"Beslutad av"</dt>
            <dd>{regulation.publisher.clone()}</dd>
            <dt>"I tidsordning"</dt>
            <dd><ol class="chain">{links.collect_view()}</ol></dd>
            <dt>"Text som gäller"</dt>
            <dd>
                {regulation.authoritative.clone()} " "
                <a class="external" rel="noreferrer" href=regulation.source.clone()>"Källa"</a>
            </dd>
            <dt>"Lydelse som vi har läst"</dt>
            <dd><Day day=regulation.checked /></dd>
            {regulation.transition.clone().map(|text| view! { <dt>"Övergångsregler"</dt> <dd>{text}</dd> })}
        </dl>
    }
}

fn part_view(part: &Part, regulation: &Regulation, day: Date) -> AnyView {
    let anchor = part.anchor.clone();
    let inside = view! { <a class="anchor" href=format!("#{anchor}")>{part.title.clone()}</a> };
    let heading = if part.level == 2 {
        view! { <h2 id=anchor>{inside}</h2> }.into_any()
    } else {
        view! { <h3 id=anchor>{inside}</h3> }.into_any()
    };
    let shown: Vec<&Block> = part.blocks.iter().filter(|block| block.span.holds(day)).collect();
    let stub = part.place.is_some_and(|place| place.section.is_some()) && part.blocks.is_empty();
    let blocks = shown.iter().map(|block| block_view(block, regulation)).collect_view();
    view! {
        {heading}
        {blocks}
        {stub.then(|| view! {
            <p>
                "Vi har inte sammanfattat paragrafen. "
                <a class="external" rel="noreferrer" href=regulation.source.clone()>"Läs den hos källan"</a>
            </p>
        })}
        {other_wordings(part, regulation, day)}
        {citing_line(&part.citing)}
    }
    .into_any()
}

fn block_view(block: &Block, regulation: &Regulation) -> AnyView {
    let html = block.html.clone();
    let label = match block.kind {
        BlockKind::Comment => return view! { <div inner_html=html></div> }.into_any(),
        // In an act everything binds; only an agency's text mixes both.
        BlockKind::Binding if regulation.kind.is_agency() => Some("Föreskrift – bindande"),
        BlockKind::Binding => None,
        BlockKind::Advice => Some("Allmänt råd – rekommendation"),
    };
    let class = if block.kind == BlockKind::Advice { "provision advice" } else { "provision binding" };
    let from = block.span.from.map(|from| format!("Lydelse från {}", swedish(from)));
    let until = block.span.last_day().map(|last| format!("Lydelse till och med {}", swedish(last)));
    let stamp = [label.map(str::to_owned), from.or(until)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <div class=class id=block.anchor.clone()>
            {(!stamp.is_empty()).then(|| view! { <p class="provision-kind">{stamp}</p> })}
            <div inner_html=html></div>
        </div>
    }
    .into_any()
}

/// The wordings that applied on other days, each as a link to one of them.
fn other_wordings(part: &Part, regulation: &Regulation, day: Date) -> Option<AnyView> {
    let mut others: Vec<(Date, String)> = Vec::new();
    for block in part.blocks.iter().filter(|block| !block.span.holds(day)) {
        let (on, text) = match (block.span.last_day().filter(|last| *last < day), block.span.from) {
            (Some(last), _) => (last, format!("Lydelsen till och med {}", swedish(last))),
            (None, Some(from)) => (from, format!("Lydelsen från {}", swedish(from))),
            (None, None) => continue,
        };
        if !others.iter().any(|(known, _)| *known == on) {
            others.push((on, text));
        }
    }
    let links = others.into_iter().map(|(on, text)| {
        let href = format!("{}#{}", paths::on_day(&paths::regulation(&regulation.slug), on), part.anchor);
        view! { <li><a href=href>{text}</a></li> }
    });
    let links = links.collect::<Vec<_>>();
    (!links.is_empty()).then(|| view! { <ul class="wordings plain">{links}</ul> }.into_any())
}

/// The guidance and handbook pages that use the section; other regulations that cite it stand on a page of their own.
fn citing_line(citing: &[CitingPage]) -> Option<AnyView> {
    let citing = citing.iter().filter(|page| page.source != CitingKind::Regulation);
    let links: Vec<_> =
        citing.map(|page| view! { <li><a href=page.path.clone()>{page.title.clone()}</a></li> }).collect();
    (!links.is_empty()).then(|| {
        view! {
            <div class="cited-by">
                <p>"Används i: "</p>
                <ul class="plain">{links}</ul>
            </div>
        }
        .into_any()
    })
}

#[component]
fn Amendments(regulation: Arc<Regulation>) -> impl IntoView {
    (!regulation.amendments.is_empty()).then(|| {
        let rows = regulation.amendments.iter().map(|change| {
            view! {
                <tr>
                    <th scope="row">{change.number.clone()}</th>
                    <td><Day day=change.from /></td>
                    <td>{change.about.clone()}</td>
                </tr>
            }
        });
        view! {
            <section class="text" aria-labelledby="andringar">
                <h2 id="andringar">"Ändringar som rör våra läsare"</h2>
                <div class="table-scroll" role="region" aria-label="Tabell: ändringar" tabindex="0">
                    <table>
                        <thead>
                            <tr><th scope="col">"Nummer"</th><th scope="col">"I kraft"</th><th scope="col">"Vad som ändrades"</th></tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

#[component]
fn Correspondences(regulation: Arc<Regulation>) -> impl IntoView {
    let rows = regulation.correspondences.clone();
    rows.first().cloned().map(|first| {
        let stamp = format!("Kontrollerad av {} {}. {}", first.checked_by, swedish(first.checked), first.basis);
        view! {
            <section class="text" aria-labelledby="motsvarigheter">
                <h2 id="motsvarigheter">"Gammal paragraf och ny"</h2>
                <div class="table-scroll" role="region" aria-label="Tabell: gammal paragraf och ny" tabindex="0">
                    <table>
                        <thead>
                            <tr><th scope="col">"Före"</th><th scope="col">"Efter"</th><th scope="col">"Slag"</th><th scope="col">"Skillnad"</th></tr>
                        </thead>
                        <tbody>{rows.into_iter().map(correspondence).collect_view()}</tbody>
                    </table>
                </div>
                <p class="stamp">{stamp}</p>
            </section>
        }
    })
}

fn correspondence(row: Correspondence) -> impl IntoView {
    let spot = |spot: super::Spot| view! { <a href=spot.href>{spot.label}</a> };
    let from = row.from.map_or_else(|| "–".into_any(), |from| spot(from).into_any());
    let to = if row.to.is_empty() {
        "–".into_any()
    } else {
        let links = row.to.into_iter().map(|to| view! { <li>{spot(to)}</li> });
        view! { <ul class="plain">{links.collect_view()}</ul> }.into_any()
    };
    view! { <tr><td>{from}</td><td>{to}</td><td>{capital(row.kind.name())}</td><td>{row.about}</td></tr> }
}
