//! A QR code (ISO/IEC 18004) on a page: dark on white whatever the page's colours are, or no camera reads it.

use leptos::prelude::*;

/// A code as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    /// Modules on a side, with the white margin.
    pub side: usize,
    /// Each run of dark modules, as an SVG path.
    pub bars: String,
}

#[component]
pub fn QrPicture(code: QrCode, #[prop(into)] about: String) -> impl IntoView {
    view! {
        <svg class="qr" viewBox=format!("0 0 {0} {0}", code.side) role="img" aria-label=about shape-rendering="crispEdges">
            <path fill="#fff" d=format!("M0 0h{0}v{0}h-{0}z", code.side) />
            <path fill="#000" d=code.bars />
        </svg>
    }
}
