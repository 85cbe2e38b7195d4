//! A chapter or a section of a regulation, in the wording of a day.

use super::{Block, BlockKind, CitingKind, CitingPage, Part, Regulation};
use crate::routes::paths;
use crate::text::dates::swedish;
use crate::ui::external::External;
use jiff::civil::Date;
use leptos::prelude::*;

/// Its heading, the wording of the day, links to other wordings and to the pages that use it.
pub(super) fn part_view(part: &Part, regulation: &Regulation, day: Date) -> AnyView {
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
                <External href=regulation.source.clone() text="Läs den hos källan" />
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
