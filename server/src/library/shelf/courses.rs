//! Courses: each module rendered with its questions in their places.

use super::renderer::{Renderer, Text};
use super::sources::Sources;
use crate::content::{CourseSource, GuideSource, ModuleSource};
use crate::law::PageKind;
use crate::markdown::{self, Glossary, Rendered};
use crate::search::Page;
use app::courses::grammar::{Question, Said, Task, Then};
use app::courses::{Course, Module, Piece, Shown};
use app::routes::paths;
use app::text::collation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// In Swedish order of their titles. What cannot be put together is reported.
pub(super) fn courses(sources: &Sources, renderer: &mut Renderer) -> Vec<Arc<Course>> {
    let mut courses: Vec<_> =
        sources.courses.iter().map(|(file, source)| course(file, source, sources, renderer)).collect();
    for (file, module) in &sources.modules {
        let known = sources.courses.iter().find(|(_, course)| course.slug == module.course);
        // Told of the course: a module is written, and published, before its course names it.
        let course = format!("kurser/{}/kurs.toml", module.course);
        match known {
            None => renderer.fault(&course, 1, format!("filen saknas, men det finns en modul i {file}")),
            Some((_, known)) if !known.modules.iter().any(|(slug, _)| *slug == module.slug) => {
                renderer.fault(&course, 1, format!("`moduler` nämner inte `{}`, som finns", module.slug));
            }
            Some(_) => {}
        }
    }
    courses.sort_by_cached_key(|course| collation::key(&course.title));
    courses
}

fn course(file: &str, source: &CourseSource, sources: &Sources, renderer: &mut Renderer) -> Arc<Course> {
    let (mut modules, mut updated) = (Vec::new(), source.updated);
    for (slug, line) in &source.modules {
        match sources.modules.iter().find(|(_, module)| module.course == source.slug && module.slug == *slug) {
            Some((file, written)) => {
                updated = updated.max(written.updated.unwrap_or(updated));
                modules.push(Arc::new(module(file, written, source, renderer)));
            }
            None => renderer.fault(file, *line, format!("modulen {slug}.md saknas eller går inte att läsa")),
        }
    }
    for (id, line) in &source.builds_on {
        if renderer.book.span(id).is_none() {
            renderer.fault(file, *line, format!("`bygger_pa` nämner {id}, som inte finns i regler/"));
        }
    }
    let guide = sources.guides.iter().find(|(_, guide)| guide.course == source.slug);
    let guide = guide.map(|(file, written)| guide_of(file, written, source, renderer));
    // Whoever has taken the course meets a change of any module as a new version of the whole.
    let later: u32 = modules.iter().map(|module| module.version.saturating_sub(1)).sum();
    let course = Course {
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        lead: source.lead.clone(),
        version: source.version + later,
        pass_mark: source.pass_mark,
        audiences: source.audiences.clone(),
        builds_on: source.builds_on.iter().map(|(id, _)| id.clone()).collect(),
        updated,
        reviewed: source.reviewed,
        modules,
        guide,
    };
    renderer.found(Page::course(&course, &source.keywords));
    Arc::new(course)
}

fn module(file: &str, source: &ModuleSource, course: &CourseSource, renderer: &mut Renderer) -> Module {
    let address = paths::module(&source.course, &source.slug);
    let text = |body, body_line| Text {
        file,
        address: address.clone(),
        title: &source.title,
        kind: PageKind::Guidance,
        legal_date: source.legal_date,
        body,
        body_line,
    };
    let rendered =
        renderer.render(text(&source.body, source.body_line), |rendered| Page::module(source, course, rendered));
    let mut cites: BTreeSet<String> = targets(&rendered);
    let mut asked = Vec::new();
    for (question, line) in &source.questions {
        let mut html = BTreeMap::new();
        let mut labels = BTreeMap::new();
        for said in question.texts() {
            let read = renderer.render_part(text(&said.text, line + said.line));
            cites.extend(targets(&read));
            html.insert(said.text.clone(), read.html);
        }
        for said in labelled(question) {
            labels.insert(said.text.clone(), in_line(&said.text));
        }
        asked.push(Arc::new(Shown { question: question.clone(), html, labels }));
    }
    Module {
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        lead: source.lead.clone(),
        version: source.version,
        minutes: source.minutes,
        goals: source.goals.clone(),
        talk: source.talk.clone(),
        legal_date: source.legal_date,
        headings: rendered.headings.clone(),
        pieces: pieces(&rendered.html, asked),
        sources: source.sources.clone(),
        cites: cites.into_iter().collect(),
    }
}

/// A rule stands where a question does.
fn pieces(html: &str, asked: Vec<Arc<Shown>>) -> Vec<Piece> {
    let mut asked = asked.into_iter();
    let mut pieces = Vec::new();
    for (at, text) in html.split("<hr>").enumerate() {
        if at > 0 {
            pieces.extend(asked.next().map(Piece::Question));
        }
        if !text.trim().is_empty() {
            pieces.push(Piece::Text(text.trim().to_owned()));
        }
    }
    pieces.extend(asked.map(Piece::Question));
    pieces
}

fn targets(rendered: &Rendered) -> BTreeSet<String> {
    rendered.citations.iter().map(|found| found.target.clone()).collect()
}

/// The texts that stand in labels: a link there would be two things to press in one.
fn labelled(question: &Question) -> Vec<&Said> {
    match &question.task {
        Task::One(choices) | Task::Several(choices) => choices.iter().map(|choice| &choice.text).collect(),
        Task::Order { parts, .. } => parts.iter().collect(),
        Task::Match { pairs, .. } => pairs.iter().flat_map(|(left, right)| [left, right]).collect(),
        Task::Reflect { .. } => vec![&question.text],
        Task::Case(steps) => {
            let choices = steps.iter().filter_map(|step| match &step.then {
                Then::Choose(choices) => Some(choices),
                Then::End { .. } => None,
            });
            choices.flatten().map(|(text, _)| text).collect()
        }
    }
}

/// One paragraph without its element.
fn in_line(text: &str) -> String {
    let html = markdown::render(text, 1, &Glossary::empty()).html;
    let html = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(&html);
    html.to_owned()
}

fn guide_of(file: &str, source: &GuideSource, course: &CourseSource, renderer: &mut Renderer) -> String {
    let text = Text {
        file,
        address: paths::course_guide(&course.slug),
        title: &source.title,
        kind: PageKind::Guidance,
        legal_date: course.updated,
        body: &source.body,
        body_line: source.body_line,
    };
    renderer.render_part(text).html
}
