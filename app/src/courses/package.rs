//! `/utbildning/ladda-ner/{kurs}.scorm12.zip`: what stands in a course's package for other learning platforms: the page and
//! what its player needs to judge answers.

use super::grammar::{Choice, Said, Task, Then, Told};
use super::marking::right_answer;
use super::question_form::{Way, question};
use super::{Course, Module, Piece, Shown};
use crate::desk::{Answer, Asked, Stop};
use leptos::prelude::*;
use serde_json::{Value, json};

pub async fn file(asked: Asked) -> Result<Answer, Stop> {
    let slug = asked.part("paket").strip_suffix(".scorm12.zip").unwrap_or_default();
    let Some(course) = asked.services.courses.course(slug) else { return Err(Stop::Missing) };
    Ok(Answer::File(asked.services.learning.package(&course).await?))
}

/// The page of the package. Links lead to the portal, in a window of their own; nothing is loaded from there.
pub fn page(course: &Course, base_url: &str) -> String {
    let modules: String =
        course.modules.iter().enumerate().map(|(at, one)| module(&format!("m{}-", at + 1), one, base_url)).collect();
    let title = escaped(&course.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"sv\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><title>{title}</title><link rel=\"stylesheet\" href=\"style.css\"></head><body>\n<header><p \
         class=\"course-title\">{title}</p><p>Länkar till lagrum och vägledning öppnas i ett nytt fönster.</p><nav aria-label=\"Moduler\"><ol data-contents></ol></nav></header>\n<main>{modules}</main>\n\
         <p role=\"status\" data-told></p>\n<script src=\"course.js\"></script><script src=\"player.js\"></script>\n</body></html>\n"
    )
}

fn module(prefix: &str, module: &Module, base_url: &str) -> String {
    let way = Way { prefix: prefix.to_owned(), ..Way::default() };
    let mut number = 0;
    let mut html = String::new();
    for piece in &module.pieces {
        match piece {
            Piece::Text(text) => html.push_str(text),
            Piece::Question(shown) => {
                number += usize::from(shown.question.counts());
                html.push_str(&question(number, shown, &way, None, None).to_html());
            }
        }
    }
    let goals: String = module.goals.iter().map(|goal| format!("<li>{}</li>", escaped(goal))).collect();
    let html = html.replace(" id=\"", &format!(" id=\"{prefix}")).replace(&format!("{prefix}{prefix}"), prefix);
    let html = html.replace("href=\"#", &format!("href=\"#{prefix}"));
    format!(
        "\n<section class=\"module\" data-module=\"{}\" data-title=\"{}\" tabindex=\"-1\"><h1>{}</h1><p class=\"lead\">{}</p>\
         <h2>Efter modulen kan du</h2><ul>{goals}</ul>{}</section>",
        module.slug,
        escaped(&module.short_title),
        escaped(&module.title),
        escaped(&module.lead),
        outwards(&html, base_url)
    )
}

/// Addresses of ours as they are elsewhere. What a law says is read where the link leads.
fn outwards(html: &str, base_url: &str) -> String {
    without_previews(html).replace("href=\"/", &format!("target=\"_blank\" rel=\"noopener\" href=\"{base_url}/"))
}

/// Previews of citations stand beside their links, and the package has no style for them.
fn without_previews(html: &str) -> String {
    const PREVIEW: &str = "<span class=\"preview\"";
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, preview)) = rest.split_once(PREVIEW) {
        text.push_str(before);
        // Spans stand within it: it ends where as many have ended as have begun.
        let (mut open, mut at) = (1, 0);
        while open > 0 {
            let begins = preview[at..].find("<span");
            match (preview[at..].find("</span>"), begins) {
                (Some(end), Some(begin)) if begin < end => (open, at) = (open + 1, at + begin + 5),
                (Some(end), _) => (open, at) = (open - 1, at + end + 7),
                (None, _) => (open, at) = (0, preview.len()),
            }
        }
        rest = &preview[at..];
    }
    text.push_str(rest);
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(" aria-describedby=\"lagrum-") {
        plain.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    plain + rest
}

/// `const COURSE = …`: what the player judges answers by.
pub fn script(course: &Course, base_url: &str) -> String {
    let modules: Vec<Value> = course
        .modules
        .iter()
        .map(|module| {
            let questions: Vec<Value> = module.shown().filter_map(|shown| judged(shown, base_url)).collect();
            json!({ "slug": module.slug, "title": module.short_title, "questions": questions })
        })
        .collect();
    let course = json!({
        "id": course.slug, "title": course.title, "version": course.version, "pass": course.pass_mark, "modules": modules,
    });
    format!("const COURSE = {};\n", course.to_string().replace('<', "\\u003c"))
}

fn judged(shown: &Shown, base_url: &str) -> Option<Value> {
    let asked = &shown.question;
    let right = right_answer(asked)?.to_string();
    let html = |said: &Said| outwards(&shown.html(said), base_url);
    let ground = asked.ground.as_ref().map(html).unwrap_or_default();
    let mut all = json!({ "id": asked.id, "kind": asked.kind(), "ground": ground });
    let told = |Told { right, wrong }: &Told| (html(right), html(wrong));
    match &asked.task {
        Task::One(choices) | Task::Several(choices) => {
            let feedback: Vec<String> = choices.iter().map(|Choice { feedback, .. }| html(feedback)).collect();
            all["right"] = right.into();
            all["feedback"] = feedback.into();
        }
        Task::Order { parts, told: said } => {
            (all["right"], all["parts"]) = (right.into(), parts.len().into());
            let (right, wrong) = told(said);
            (all["whenRight"], all["whenWrong"]) = (right.into(), wrong.into());
        }
        Task::Match { pairs, told: said } => {
            (all["right"], all["parts"]) = (right.into(), pairs.len().into());
            let (right, wrong) = told(said);
            (all["whenRight"], all["whenWrong"]) = (right.into(), wrong.into());
        }
        Task::Case(steps) => {
            let step = |step: &super::grammar::Step| match &step.then {
                Then::Choose(choices) => {
                    let choices: Vec<Value> = choices
                        .iter()
                        .map(|(text, to)| json!({ "html": shown.label(text), "to": steps[*to].id }))
                        .collect();
                    json!({ "id": step.id, "html": html(&step.text), "choices": choices })
                }
                Then::End { is_right } => {
                    json!({ "id": step.id, "html": html(&step.text), "outcome": if *is_right { "rätt" } else { "fel" } })
                }
            };
            all["steps"] = steps.iter().map(step).collect::<Vec<_>>().into();
        }
        Task::Reflect { .. } => return None,
    }
    Some(all)
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_a_link_and_nothing_more() {
        let cited = "(<span class=\"cited\"><a class=\"lagrum\" href=\"/regler/a/#P1\" aria-describedby=\"lagrum-1-1\">1 §</a>\
                     <span class=\"preview\" role=\"tooltip\" id=\"m1-lagrum-1-1\"><strong>1 §</strong> Gäller. <span>Så.</span></span></span>)";
        let shown = "(<span class=\"cited\"><a class=\"lagrum\" target=\"_blank\" rel=\"noopener\" \
                     href=\"https://frid.example/regler/a/#P1\">1 §</a></span>)";
        assert_eq!(outwards(&cited.repeat(2), "https://frid.example"), shown.repeat(2));
        assert_eq!(outwards("<p>Text</p>", ""), "<p>Text</p>");
    }
}
