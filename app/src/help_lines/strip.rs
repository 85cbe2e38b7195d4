//! The numbers that stand in the same place on every page, errors included.

use super::ForWhom;
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;

#[component]
pub fn HelpStrip() -> impl IntoView {
    let Services { help_lines, .. } = Services::current();
    let lines = help_lines.lines().iter().filter(|line| line.in_strip).map(|line| {
        let label = match line.for_whom {
            ForWhom::Emergency => "Akut fara".to_owned(),
            ForWhom::Professional => "För yrkesverksamma".to_owned(),
            ForWhom::Exposed | ForWhom::Using => line.name.clone(),
        };
        view! { <li>{label} ": " <a class="tel" href=format!("tel:{}", line.dial)>{line.phone.clone()}</a></li> }
    });
    view! {
        <aside class="help" aria-label="Hjälp på telefon">
            <ul>
                {lines.collect_view()}
                <li><a href=paths::SAFE_SURFING>"Surfa säkert"</a></li>
            </ul>
        </aside>
    }
}
