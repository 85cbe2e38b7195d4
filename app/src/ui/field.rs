//! A field of a form: label, help, what is wrong with it, and the control itself, tied together for everybody.

use leptos::prelude::*;

/// One line of text. `fault` stands beside the field and is read out with it; what was typed is kept.
#[component]
pub fn TextField(
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] help: Option<&'static str>,
    #[prop(optional_no_strip)] fault: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = 254)] longest: u16,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <Said name help fault />
            <input
                type=kind
                id=name
                name=name
                value=value
                maxlength=longest.to_string()
                autocomplete=autocomplete
                required
                aria-invalid=fault.map(|_| "true")
                aria-describedby=described(name, help, fault)
            />
        </div>
    }
}

/// One of several, each a value and how it is called.
#[component]
pub fn ChoiceField(
    name: &'static str,
    #[prop(into)] id: String,
    label: &'static str,
    #[prop(into)] chosen: String,
    choices: Vec<(String, String)>,
    #[prop(optional)] help: Option<&'static str>,
    #[prop(optional_no_strip)] fault: Option<&'static str>,
) -> impl IntoView {
    let options = choices.into_iter().map(|(value, called)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{called}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <Said name help fault />
            <select
                id=id
                name=name
                autocomplete="off"
                aria-invalid=fault.map(|_| "true")
                aria-describedby=described(name, help, fault)
            >
                {options}
            </select>
        </div>
    }
}

#[component]
fn Said(name: &'static str, help: Option<&'static str>, fault: Option<&'static str>) -> impl IntoView {
    let help = help.map(|help| view! { <p class="help-text" id=format!("{name}-om")>{help}</p> });
    let fault = fault.map(|fault| view! { <p class="fault" id=format!("{name}-fel")>{fault}</p> });
    view! { {help} {fault} }
}

fn described(name: &str, help: Option<&str>, fault: Option<&str>) -> Option<String> {
    let ids: Vec<String> =
        [help.map(|_| format!("{name}-om")), fault.map(|_| format!("{name}-fel"))].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What went wrong with a form as a whole, first on the page and read out at once.
#[component]
pub fn Fault(children: Children) -> impl IntoView {
    view! { <div class="notice notice-warning" role="alert"><p class="notice-title">"Det gick inte"</p>{children()}</div> }
}
