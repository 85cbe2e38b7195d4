//! A date that people and programs can read.

use crate::text::dates::swedish;
use jiff::civil::Date;
use leptos::prelude::*;

#[component]
pub fn Day(day: Date) -> impl IntoView {
    view! { <time datetime=day.to_string()>{swedish(day)}</time> }
}
