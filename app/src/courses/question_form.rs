//! A question as it is shown: its form, and what is said to whoever has answered. The same in a course of one's own, in a
//! group, and in a package for another learning platform.

use super::Shown;
use super::grammar::{Choice, Said, Step, Task, Then, Told};
use super::marking::{Given, right_answer, shuffled, walk};
use crate::ui::text_area::TextArea;
use leptos::prelude::*;

/// Where the form of a question leads, and what goes along unseen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// Nothing in a package, whose own script takes the answer.
    pub action: Option<String>,
    pub hidden: Vec<(&'static str, String)>,
    /// Before every id, where several modules stand on one page.
    pub prefix: String,
}

/// The question with that number on its page, as it stands with this answer.
pub fn question(
    number: usize,
    shown: &Shown,
    way: &Way,
    given: Option<&Given>,
    fault: Option<&'static str>,
) -> impl IntoView + use<> {
    let question = &shown.question;
    let prefix = &way.prefix;
    let id = format!("{prefix}fraga-{}", question.id);
    let heading = format!("{id}-rubrik");
    let name = match question.kind() {
        "reflektion" => "Att fundera på".to_owned(),
        "fall" => format!("Fråga {number}: ett fall"),
        _ => format!("Fråga {number}"),
    };
    let fault = fault.map(|fault| view! { <p class="fault" id=format!("{id}-fel")>{fault}</p> });
    let body = match &question.task {
        Task::Reflect { hint } => reflection(shown, hint.as_ref(), prefix).into_any(),
        _ => form(shown, way, given, fault.is_some()).into_any(),
    };
    let said = given.filter(|given| given.is_whole(question)).map(|given| feedback(shown, given));
    let answered = said.is_some();
    view! {
        <section class="question" id=id aria-labelledby=heading.clone() data-question=question.id.clone() data-kind=question.kind()>
            <h3 id=heading.clone()>{name}</h3>
            {fault}
            {body}
            <div class="feedback" id=format!("{prefix}svar-{}", question.id) data-feedback tabindex="-1" data-answered=answered>{said}</div>
        </section>
    }
}

fn reflection(shown: &Shown, hint: Option<&Said>, prefix: &str) -> impl IntoView + use<> {
    let id = format!("{prefix}{}-text", shown.question.id);
    let hint = hint.map(|hint| {
        view! { <details><summary>"Tips"</summary><div inner_html=shown.html(hint)></div></details> }
    });
    view! {
        <label class="asked" for=id.clone() inner_html=shown.label(&shown.question.text)></label>
        <TextArea id=id rows=4 unsent=true />
        <p class="aside">"Det du skriver stannar i din webbläsare och försvinner när du lämnar sidan."</p>
        {hint}
    }
}

fn form(shown: &Shown, way: &Way, given: Option<&Given>, is_faulty: bool) -> impl IntoView + use<> {
    let question = &shown.question;
    let id = &question.id;
    let hidden: Vec<_> = way
        .hidden
        .iter()
        .cloned()
        .chain(way.action.is_some().then(|| ("fraga", id.clone())))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let described = is_faulty.then(|| format!("{}fraga-{id}-fel", way.prefix));
    let prefix = way.prefix.as_str();
    let asked = shown.html(&question.text);
    let (before, legend, parts, button) = match &question.task {
        // In a package its script shows the steps.
        Task::Case(_) if way.action.is_none() => {
            let intro = view! { <div class="asked" inner_html=asked></div> <div data-steps></div> };
            (Some(intro.into_any()), String::new(), Vec::new(), None)
        }
        Task::Case(steps) => {
            let (passed, legend, choices, button) = case(shown, steps, given, prefix);
            let intro = view! { <div class="asked" inner_html=asked></div> <div data-steps>{passed}</div> };
            (Some(intro.into_any()), legend, choices, button)
        }
        Task::One(choices) => (None, asked, boxes(shown, choices, "radio", given, prefix), Some("Svara")),
        Task::Several(choices) => (None, asked, boxes(shown, choices, "checkbox", given, prefix), Some("Svara")),
        Task::Order { parts, .. } => (None, asked, ordered(shown, parts, given, prefix), Some("Svara")),
        Task::Match { pairs, .. } => (None, asked, matched(shown, pairs, given, prefix), Some("Svara")),
        Task::Reflect { .. } => (None, asked, Vec::new(), None),
    };
    let again = if given.is_some_and(|given| given.is_whole(question)) { Some("Svara igen") } else { button };
    let fieldset = (!parts.is_empty()).then(|| {
        view! {
            <fieldset aria-describedby=described>
                <legend class="asked" inner_html=in_legend(&legend)></legend>
                {parts}
            </fieldset>
        }
    });
    let button = again.map(|words| view! { <button>{words}</button> });
    let action = way.action.as_ref().map(|action| format!("{action}#fraga-{id}"));
    let method = action.as_ref().map(|_| "post");
    view! {
        <form method=method action=action novalidate>
            {hidden}
            {before}
            {fieldset}
            {button}
        </form>
    }
}

/// A legend holds words, not paragraphs (HTML, 4.10.16).
fn in_legend(html: &str) -> String {
    html.replace("<p>", "<span class=\"para\">").replace("</p>", "</span>")
}

fn boxes(shown: &Shown, choices: &[Choice], kind: &'static str, given: Option<&Given>, prefix: &str) -> Vec<AnyView> {
    let chosen = |number: usize| given.is_some_and(|given| given.numbers().contains(&number));
    let choice = |(at, choice): (usize, &Choice)| {
        let id = format!("{prefix}{}-{}", shown.question.id, at + 1);
        view! {
            <div class="choice">
                <input type=kind name="svar" value=at + 1 id=id.clone() checked=chosen(at + 1) />
                <label for=id inner_html=shown.label(&choice.text)></label>
            </div>
        }
        .into_any()
    };
    choices.iter().enumerate().map(choice).collect()
}

fn ordered(shown: &Shown, parts: &[Said], given: Option<&Given>, prefix: &str) -> Vec<AnyView> {
    let places: Vec<(usize, String)> = (1..=parts.len()).map(|place| (place, place.to_string())).collect();
    let part = |at: usize| select((shown, prefix), at, &parts[at], "Välj plats", &places, given);
    shuffled(&shown.question, parts.len()).into_iter().map(part).collect()
}

fn matched(shown: &Shown, pairs: &[(Said, Said)], given: Option<&Given>, prefix: &str) -> Vec<AnyView> {
    let order = shuffled(&shown.question, pairs.len());
    let sides: Vec<(usize, String)> = order.into_iter().map(|at| (at + 1, plain(&shown.label(&pairs[at].1)))).collect();
    pairs.iter().enumerate().map(|(at, (left, _))| select((shown, prefix), at, left, "Välj", &sides, given)).collect()
}

fn select(
    (shown, prefix): (&Shown, &str),
    at: usize,
    part: &Said,
    nothing: &'static str,
    choices: &[(usize, String)],
    given: Option<&Given>,
) -> AnyView {
    let id = format!("{prefix}{}-{}", shown.question.id, at + 1);
    let chosen = given.and_then(|given| given.numbers().get(at).copied());
    let options: Vec<_> = choices
        .iter()
        .map(|(value, text)| view! { <option value=*value selected=chosen == Some(*value)>{text.clone()}</option> })
        .collect();
    view! {
        <div class="part">
            <label for=id.clone() inner_html=shown.label(part)></label>
            <select name=format!("del-{}", at + 1) id=id>
                <option value="">{nothing}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The steps that were passed, and what can be chosen now: the legend, the choices, the button.
fn case(
    shown: &Shown,
    steps: &[Step],
    given: Option<&Given>,
    prefix: &str,
) -> (AnyView, String, Vec<AnyView>, Option<&'static str>) {
    let way = given.map(Given::numbers).unwrap_or_default();
    let passed = walk(steps, way).or_else(|| walk(steps, &[])).unwrap_or_default();
    let ends = passed.last().is_some_and(|step| matches!(step.then, Then::End { .. }));
    // Who has come to the end may begin anew.
    let (now, before) = if ends {
        (steps.first(), passed.as_slice())
    } else {
        (passed.last().copied(), &passed[..passed.len().saturating_sub(1)])
    };
    let told: Vec<_> = before
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let chosen = match (&step.then, way.get(at)) {
                (Then::Choose(choices), Some(number)) => choices.get(number - 1).map(|(text, _)| shown.label(text)),
                _ => None,
            };
            let chosen = chosen
                .map(|html| view! { <p class="chosen"><span>"Du valde: "</span><span inner_html=html></span></p> });
            view! { <div class="step"><div inner_html=shown.html(&step.text)></div>{chosen}</div> }
        })
        .collect();
    let (legend, choices) = match now {
        Some(Step { text, then: Then::Choose(choices), .. }) => (shown.html(text), choices.as_slice()),
        _ => (String::new(), [].as_slice()),
    };
    let legend = if ends { "<p>Vill du prova en annan väg? Vad gör du först?</p>".to_owned() } else { legend };
    let choice = |(at, (text, _)): (usize, &(Said, usize))| {
        let id = format!("{prefix}{}-{}", shown.question.id, at + 1);
        view! {
            <div class="choice">
                <input type="radio" name="svar" value=at + 1 id=id.clone() />
                <label for=id inner_html=shown.label(text)></label>
            </div>
        }
        .into_any()
    };
    let choices = choices.iter().enumerate().map(choice).collect();
    (told.into_any(), legend, choices, Some("Välj"))
}

/// Right or not, why, and on what ground.
pub fn feedback(shown: &Shown, given: &Given) -> impl IntoView + use<> {
    let question = &shown.question;
    let is_right = given.is_right(question);
    let said: Vec<String> = match &question.task {
        Task::One(choices) => given
            .numbers()
            .iter()
            .filter_map(|number| choices.get(number - 1))
            .map(|choice| shown.html(&choice.feedback))
            .collect(),
        // What was chosen wrongly, and what was missed; then what was right.
        Task::Several(choices) => {
            let part = |(at, choice): (usize, &Choice)| {
                let chosen = given.numbers().contains(&(at + 1));
                let standing = match (chosen, choice.is_right) {
                    (true, true) => "Rätt valt",
                    (true, false) => "Fel valt",
                    (false, true) => "Skulle ha valts",
                    (false, false) => return None,
                };
                let label = shown.label(&choice.text);
                Some(format!("<p><strong>{standing}:</strong> {label}</p>{}", shown.html(&choice.feedback)))
            };
            choices.iter().enumerate().filter_map(part).collect()
        }
        Task::Order { told, .. } | Task::Match { told, .. } => {
            let Told { right, wrong } = told;
            let mut said = vec![shown.html(if is_right { right } else { wrong })];
            if !is_right {
                said.push(solution(shown));
            }
            said
        }
        Task::Case(_) | Task::Reflect { .. } => Vec::new(),
    };
    let verdict = match (is_right, &question.task) {
        (true, Task::Case(_)) => "Det slutade bra.",
        (false, Task::Case(_)) => "Det slutade inte bra.",
        (true, _) => "Rätt.",
        (false, _) => "Inte riktigt.",
    };
    let ground = question.ground.as_ref().map(|ground| {
        view! { <div class="ground"><p class="ground-name">"Grund"</p><div inner_html=shown.html(ground)></div></div> }
    });
    view! {
        <div class=if is_right { "said right" } else { "said wrong" }>
            <p class="verdict">{verdict}</p>
            {said.into_iter().map(|html| view! { <div inner_html=html></div> }).collect_view()}
            {ground}
        </div>
    }
}

/// The right order, or the right pairs, in words.
fn solution(shown: &Shown) -> String {
    match &shown.question.task {
        Task::Order { parts, .. } => {
            let parts: String = parts.iter().map(|part| format!("<li>{}</li>", shown.label(part))).collect();
            format!("<p>Rätt ordning:</p><ol>{parts}</ol>")
        }
        Task::Match { pairs, .. } => {
            let pairs: String = pairs
                .iter()
                .map(|(left, right)| format!("<li>{}: {}</li>", shown.label(left), shown.label(right)))
                .collect();
            format!("<p>Rätt par:</p><ul>{pairs}</ul>")
        }
        _ => String::new(),
    }
}

/// The right answer and why, for the paper that holds the answers.
pub fn answer_on_paper(number: usize, shown: &Shown) -> Option<impl IntoView + use<>> {
    let right = right_answer(&shown.question)?;
    let said = match &shown.question.task {
        Task::One(choices) | Task::Several(choices) => {
            let right = choices.iter().filter(|choice| choice.is_right);
            right
                .map(|choice| {
                    format!("<p><strong>{}</strong></p>{}", shown.label(&choice.text), shown.html(&choice.feedback))
                })
                .collect()
        }
        Task::Order { told, .. } | Task::Match { told, .. } => {
            format!("{}{}", solution(shown), shown.html(&told.right))
        }
        Task::Case(steps) => walk(steps, right.numbers())?
            .iter()
            .zip(right.numbers().iter().map(Some).chain([None]))
            .map(|(step, chosen)| match (&step.then, chosen) {
                (Then::Choose(choices), Some(number)) => {
                    format!("<p><strong>{}</strong></p>", shown.label(&choices[number - 1].0))
                }
                _ => shown.html(&step.text),
            })
            .collect(),
        Task::Reflect { .. } => String::new(),
    };
    let ground = shown.question.ground.as_ref().map(|ground| shown.html(ground));
    Some(view! {
        <li value=number>
            <div inner_html=said></div>
            {ground.map(|html| view! { <div class="ground" inner_html=html></div> })}
        </li>
    })
}

/// The words of a label, for an option, which can hold nothing else.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for sign in html.chars() {
        match sign {
            '<' => within = true,
            '>' => within = false,
            sign if !within => text.push(sign),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
