//! What the publishing check says: faults that stop a page, and advice that helps it.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Readers would meet a fault: the page cannot be published.
    Fault,
    /// Worth a thought.
    Advice,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    pub gravity: Gravity,
    /// Line of the text, from 1; nothing where it is about a field or the whole.
    pub line: Option<usize>,
    /// A Swedish sentence.
    pub message: String,
}

impl Remark {
    pub fn fault(line: Option<usize>, message: impl Into<String>) -> Self {
        Self { gravity: Gravity::Fault, line, message: message.into() }
    }

    pub fn advice(line: Option<usize>, message: impl Into<String>) -> Self {
        Self { gravity: Gravity::Advice, line, message: message.into() }
    }
}

pub fn has_faults(remarks: &[Remark]) -> bool {
    remarks.iter().any(|remark| remark.gravity == Gravity::Fault)
}

#[component]
pub fn Remarks(remarks: Vec<Remark>) -> impl IntoView {
    if remarks.is_empty() {
        return view! { <p>"Kontrollen hittar inget att anmärka på."</p> }.into_any();
    }
    let (faults, advice): (Vec<_>, Vec<_>) = remarks.into_iter().partition(|remark| remark.gravity == Gravity::Fault);
    let list = |remarks: Vec<Remark>| {
        let items = remarks.into_iter().map(|remark| {
            let line = remark.line.map(|line| view! { <strong>{format!("Rad {line}: ")}</strong> });
            view! { <li>{line} {remark.message}</li> }
        });
        view! { <ul>{items.collect_view()}</ul> }
    };
    view! {
        {(!faults.is_empty()).then(|| view! {
            <h3>"Måste åtgärdas före publicering"</h3>
            {list(faults)}
        })}
        {(!advice.is_empty()).then(|| view! {
            <h3>"Värt att tänka på"</h3>
            {list(advice)}
        })}
    }
    .into_any()
}
