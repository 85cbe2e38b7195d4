//! `/regler/{slug}/`: one regulation, as it stood on a day.

use super::changes::{Amendments, Correspondences};
use super::date_field::{DateField, LinkTo, during};
use super::day::Asked;
use super::part::part_view;
use super::standing::Standing;
use super::{BlockKind, Regulation, naming};
use crate::document::{Document, Head};
use crate::errors::NotFound;
use crate::routes::paths;
use crate::services::Services;
use crate::text::capital::capital;
use crate::text::dates::swedish;
use crate::ui::contents::Contents;
use crate::ui::crumbs::Crumb;
use crate::ui::day::Day;
use crate::ui::external::External;
use crate::ui::notice::{Notice, Weight};
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
        ..Head::default()
    };
    let chain = regulation.chain.clone();
    let chapters = regulation.parts.iter().filter(|part| part.level == 2);
    let chapters = chapters.map(|part| (part.anchor.clone(), part.title.clone())).collect();
    let parts = regulation.parts.iter().map(|part| part_view(part, &regulation, day)).collect_view();
    view! {
        <Document head>
            <article class="guide regulation">
                <header>
                    <h1>{regulation.title.clone()}</h1>
                    <p class="lead">{regulation.lead.clone()}</p>
                </header>
                <Banner regulation=regulation.clone() standing day=asked.day() today />
                <Contents headings=chapters />
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
    if telling { naming::by_number(&regulation.id) } else { label }
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
    let (weight, title) = match standing {
        Standing::InForce => (Weight::Note, "Gäller"),
        Standing::NotYet => (Weight::Important, "Ännu inte i kraft"),
        Standing::Repealed => (Weight::Warning, "Upphävd"),
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
        <Notice weight title>
            <p>{days} {next.filter(|_| standing != Standing::InForce).map(|link| view! { " De ersattes av " <LinkTo link /> "." })}</p>
            {reading}
            {(!regulation.full_text).then(|| view! {
                <p>
                    "Det här är " <strong>"vår sammanfattning"</strong> ", inte lagtexten. "
                    <External href=regulation.source.clone() text="Läs texten hos källan" />
                </p>
            })}
        </Notice>
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
                <External href=regulation.source.clone() text="Källa" />
            </dd>
            <dt>"Lydelse som vi har läst"</dt>
            <dd><Day day=regulation.checked /></dd>
            {regulation.transition.clone().map(|text| view! { <dt>"Övergångsregler"</dt> <dd>{text}</dd> })}
        </dl>
    }
}
