//! What has changed in a regulation, and which of its sections correspond to older or newer ones.

use super::{Correspondence, Regulation, Spot};
use crate::text::capital::capital;
use crate::text::dates::swedish;
use crate::ui::day::Day;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Amendments(regulation: Arc<Regulation>) -> impl IntoView {
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
        let rows = rows.collect_view();
        view! {
            <section class="text" aria-labelledby="andringar">
                <h2 id="andringar">"Ändringar som rör våra läsare"</h2>
                <TableBox about="ändringar">
                    <table>
                        <thead>
                            <tr><th scope="col">"Nummer"</th><th scope="col">"I kraft"</th><th scope="col">"Vad som ändrades"</th></tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableBox>
            </section>
        }
    })
}

#[component]
pub(super) fn Correspondences(regulation: Arc<Regulation>) -> impl IntoView {
    let rows = regulation.correspondences.clone();
    rows.first().cloned().map(|first| {
        let rows = rows.into_iter().map(correspondence).collect_view();
        let stamp = format!("Kontrollerad av {} {}. {}", first.checked_by, swedish(first.checked), first.basis);
        view! {
            <section class="text" aria-labelledby="motsvarigheter">
                <h2 id="motsvarigheter">"Gammal paragraf och ny"</h2>
                <TableBox about="gammal paragraf och ny">
                    <table>
                        <thead>
                            <tr><th scope="col">"Före"</th><th scope="col">"Efter"</th><th scope="col">"Slag"</th><th scope="col">"Skillnad"</th></tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableBox>
                <p class="stamp">{stamp}</p>
            </section>
        }
    })
}

fn correspondence(row: Correspondence) -> impl IntoView {
    let spot = |spot: Spot| view! { <a href=spot.href>{spot.label}</a> };
    let from = row.from.map_or_else(|| "–".into_any(), |from| spot(from).into_any());
    let to = if row.to.is_empty() {
        "–".into_any()
    } else {
        let links = row.to.into_iter().map(|to| view! { <li>{spot(to)}</li> });
        view! { <ul class="plain">{links.collect_view()}</ul> }.into_any()
    };
    view! { <tr><td>{from}</td><td>{to}</td><td>{capital(row.kind.name())}</td><td>{row.about}</td></tr> }
}
