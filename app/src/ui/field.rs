//! A field of a form: label, help, what is wrong with it, and the control itself, tied together for everybody.
//!
//! A field has its name for an id, unless a page has several of that name. `fault` stands beside the field and is read
//! out with it; what was typed is kept.

use super::text_area::TextArea;
use crate::desk::Faults;
use leptos::prelude::*;

/// Words that are there or not, given as text or as an option of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub Option<String>);

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl From<Option<&str>> for Words {
    fn from(text: Option<&str>) -> Self {
        Self(text.map(str::to_owned))
    }
}

impl From<Option<String>> for Words {
    fn from(text: Option<String>) -> Self {
        Self(text)
    }
}

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Words,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] help: Words,
    #[prop(optional, into)] fault: Words,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = 254)] longest: usize,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let (described, invalid) = (described(&id, &help, &fault), fault.0.is_some());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <Said id=id.clone() help fault />
            <input
                type=kind
                id=id
                name=name
                value=value
                maxlength=longest.to_string()
                autocomplete=autocomplete
                required=required
                aria-invalid=invalid.then_some("true")
                aria-describedby=described
            />
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn LongTextField(
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Words,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(default = 3)] rows: u8,
    #[prop(optional, into)] help: Words,
    #[prop(optional, into)] fault: Words,
    longest: usize,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let (described_by, invalid) = (described(&id, &help, &fault), fault.0.is_some());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <Said id=id.clone() help fault />
            <TextArea id name value rows longest described_by required invalid />
        </div>
    }
}

/// One of several, each a value and how it is called.
#[component]
pub fn ChoiceField(
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Words,
    #[prop(into)] label: String,
    #[prop(into)] chosen: String,
    choices: Vec<(String, String)>,
    #[prop(optional, into)] help: Words,
    #[prop(optional, into)] fault: Words,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let (described, invalid) = (described(&id, &help, &fault), fault.0.is_some());
    let options = choices.into_iter().map(|(value, called)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{called}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <Said id=id.clone() help fault />
            <select
                id=id
                name=name
                autocomplete="off"
                required=required
                aria-invalid=invalid.then_some("true")
                aria-describedby=described
            >
                {options}
            </select>
        </div>
    }
}

/// How many of the boxes may be ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    One,
    Several,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// More about it, below the label.
    pub about: String,
    pub is_chosen: bool,
}

/// All that can be chosen, seen at once: a box for each. The first box has the field's id, so that a link leads to it.
#[component]
pub fn BoxesField(
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Words,
    #[prop(into)] legend: String,
    pick: Pick,
    choices: Vec<Choice>,
    #[prop(optional, into)] help: Words,
    #[prop(optional, into)] fault: Words,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described = described(&id, &help, &fault);
    let kind = match pick {
        Pick::One => "radio",
        Pick::Several => "checkbox",
    };
    // Of check boxes each one would be required.
    let required = required && pick == Pick::One;
    let boxes = choices.into_iter().enumerate().map(|(at, Choice { value, label, about, is_chosen })| {
        let own = if at == 0 { id.clone() } else { format!("{id}--{}", at + 1) };
        let more = (!about.is_empty()).then(|| format!("{own}-mer"));
        let about = more.clone().map(|more| view! { <p class="aside" id=more>{about}</p> });
        view! {
            <div class="choice">
                <label class="box">
                    <input type=kind id=own name=name.clone() value=value checked=is_chosen required=required aria-describedby=more />
                    " " {label}
                </label>
                {about}
            </div>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="boxes" aria-describedby=described>
            <legend>{legend}</legend>
            <Said id help fault />
            {boxes}
        </fieldset>
    }
}

#[component]
fn Said(id: String, help: Words, fault: Words) -> impl IntoView {
    let help = help.0.map(|help| view! { <p class="help-text" id=format!("{id}-om")>{help}</p> });
    let fault = fault.0.map(|fault| view! { <p class="fault" id=format!("{id}-fel")>{fault}</p> });
    view! { {help} {fault} }
}

fn described(id: &str, help: &Words, fault: &Words) -> Option<String> {
    let told = [(help, "om"), (fault, "fel")].into_iter().filter(|(words, _)| words.0.is_some());
    let ids: Vec<String> = told.map(|(_, what)| format!("{id}-{what}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What went wrong with a form as a whole, first on the page and read out at once.
#[component]
pub fn Fault(children: Children) -> impl IntoView {
    view! { <div class="notice notice-warning" role="alert"><p class="notice-title">"Det gick inte"</p>{children()}</div> }
}

/// Everything that has to be put right in a form, first on the page, each a link to its field.
#[component]
pub fn FaultList(faults: Faults) -> impl IntoView {
    let lines: Vec<_> = faults
        .iter()
        .map(|(field, sentence)| match field {
            "" => view! { <li>{sentence.to_owned()}</li> }.into_any(),
            field => view! { <li><a href=format!("#{field}")>{sentence.to_owned()}</a></li> }.into_any(),
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <Fault><ul class="faults">{lines}</ul></Fault> })
}
