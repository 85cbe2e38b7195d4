//! A point in time, as people in Sweden read it.

use crate::text::dates::swedish_moment;
use leptos::prelude::*;

/// `seconds` is unix time.
#[component]
pub fn Moment(seconds: i64) -> impl IntoView {
    let (iso, words) = swedish_moment(seconds);
    view! { <time datetime=iso>{words}</time> }
}
