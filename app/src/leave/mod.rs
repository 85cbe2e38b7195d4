//! "Lämna sidan snabbt": the way out, on every page. `guard.js` blocks the way back, `leave.js` hears the keys.

use crate::services::Services;
use leptos::prelude::*;

/// A plain link without JavaScript; with it, the page is gone before the next one has begun to load.
#[component]
pub fn LeaveControl() -> impl IntoView {
    let Services { site, .. } = Services::current();
    view! {
        <aside class="leave" aria-label="Lämna sidan snabbt">
            <div role="status"></div>
            <span hidden>"Tryck Skift tre gånger eller"</span>
            <a href=site.exit_url.clone() rel="noreferrer noopener" data-leave="">"Lämna sidan snabbt"</a>
        </aside>
    }
}
