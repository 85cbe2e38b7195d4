//! The published library in memory: rendered once per generation, then only read.
//!
//! A shelf is built from texts alone, so `frid verify` builds one from files to find what no single
//! file can show: two pages at one address, a link to nowhere.

mod courses;
mod events;
mod glossary;
mod guidance;
mod handbook;
mod links;
mod pages;
mod renderer;
mod sources;
mod training;

use crate::content::Problem;
use crate::events::published::Published;
use crate::law::{self, LawBook, LawShelf};
use crate::search::{Language, Page, SearchShelf};
use app::accessibility::{Accessibility, Statement};
use app::courses::{Course, Courses};
use app::glossary::{Glossary, Term};
use app::guidance::{Article, Found, Guidance, Subject};
use app::handbook::{Edition, Handbook};
use app::help_lines::{HelpLine, HelpLines};
use app::pages::{Pages, StandingPage};
use app::routes::paths;
use app::training::{Material, Training};
use events::EventShelf;
use guidance::GuidanceShelf;
use jiff::civil::Date;
use renderer::{Renderer, Rendering};
use sources::Sources;
use std::collections::BTreeMap;
use std::sync::Arc;
use training::TrainingShelf;

/// Everything that is published, ready to be shown.
#[derive(Debug, Default)]
pub struct Shelf {
    pub generation: i64,
    /// The day it was built for; at midnight a new one takes its place.
    pub day: Date,
    guidance: GuidanceShelf,
    training: TrainingShelf,
    courses: Vec<Arc<Course>>,
    events: EventShelf,
    terms: Vec<Term>,
    lines: Vec<HelpLine>,
    pages: BTreeMap<String, Arc<StandingPage>>,
    statement: Option<Arc<Statement>>,
    editions: Vec<Arc<Edition>>,
    pub law: Arc<LawShelf>,
    pub search: Arc<SearchShelf>,
}

impl Shelf {
    /// Builds from (path, text). What cannot be read is left out and reported; so is what leads nowhere.
    pub fn build<'a>(
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
        generation: i64,
        day: Date,
    ) -> (Self, Vec<Problem>) {
        Self::build_with(Published::default(), texts, generation, day)
    }

    /// The same with the events that are published, beside those that stand in files.
    pub fn build_with<'a>(
        arranged: Published,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
        generation: i64,
        day: Date,
    ) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let sources = Sources::sort(arranged, texts, day, &mut problems);
        let mut book = LawBook::new(&sources.law, day, &mut problems);
        let stubs = law::stubs(&book, sources.cited(&book, day));
        book.add_anchors(&stubs);
        let book = Arc::new(book);

        let mut renderer = Renderer::new(&book, &sources, problems);
        let pages = pages::standing(&sources, &mut renderer);
        let guidance = guidance::guidance(&sources, &mut renderer);
        let training = training::training(&sources, &mut renderer);
        let courses = courses::courses(&sources, &mut renderer);
        let events = events::events(&sources, day, &mut renderer);
        let editions = handbook::editions(&sources, &mut renderer);
        let terms = glossary::terms(&sources, &mut renderer);
        let statement = pages::statement(&sources, &mut renderer);
        let Rendering { links, readings, mut found, mut problems } = renderer.finish();

        let law = LawShelf::build(&book, &sources.law, &stubs, readings, &mut problems);
        found.extend(terms.iter().map(Page::term));
        found.extend(law.regulations.iter().map(|regulation| {
            let cited = law.citing.get(&regulation.id).map_or(0, Vec::len);
            Page::regulation(regulation, sources.law.keywords(&regulation.id), cited, day)
        }));
        found.extend([Page::duties(), Page::calendar()]);
        found.extend(statement.as_deref().map(Page::accessibility));
        let search = SearchShelf::new(found, Language::new(&sources.terms, &sources.words), book, day);

        let lines = sources.lines;
        let (law, search) = (Arc::new(law), Arc::new(search));
        let shelf = Self {
            generation,
            day,
            guidance,
            training,
            courses,
            events,
            terms,
            lines,
            pages,
            statement,
            editions,
            law,
            search,
        };
        problems.extend(links.dead(&shelf));
        problems.sort();
        problems.dedup();
        (shelf, problems)
    }

    /// The day on which the newest of all published texts was changed.
    pub fn edition(&self) -> Date {
        let articles = self.articles().iter().map(|article| article.updated);
        let pages = self.pages.values().map(|page| page.updated);
        let materials = self.training.materials.iter().map(|material| material.updated);
        let courses = self.courses.iter().map(|course| course.updated);
        articles.chain(pages).chain(materials).chain(courses).max().unwrap_or(self.day)
    }

    /// Every address of the library that a search engine may visit, with the day it last changed.
    pub fn addresses(&self) -> Vec<(String, Option<Date>)> {
        let newest = self.articles().iter().map(|article| article.updated).max();
        let mut all = vec![
            (paths::HOME.to_owned(), newest),
            (paths::GUIDANCE.to_owned(), newest),
            (paths::GLOSSARY.to_owned(), None),
        ];
        for subject in self.subjects() {
            let newest = app::guidance::in_subject(self.articles(), &subject.slug).iter().map(|a| a.updated).max();
            all.push((paths::subject(&subject.slug), newest));
        }
        all.extend(self.articles().iter().map(|article| (paths::article(&article.slug), Some(article.updated))));
        let materials = self.training.materials.iter().map(|one| (paths::material(&one.slug), Some(one.updated)));
        all.push((paths::MATERIALS.to_owned(), self.training.materials.iter().map(|one| one.updated).max()));
        all.extend(materials);
        all.push((paths::TRAINING.to_owned(), None));
        all.push((paths::COURSES.to_owned(), self.courses.iter().map(|course| course.updated).max()));
        for course in &self.courses {
            all.push((paths::course(&course.slug), Some(course.updated)));
            all.extend(course.guide.as_ref().map(|_| (paths::course_guide(&course.slug), Some(course.updated))));
            let module = |slug: &String| (paths::module(&course.slug, slug), Some(course.updated));
            all.extend(course.modules.iter().map(|one| module(&one.slug)));
        }
        all.push((paths::CALENDAR.to_owned(), None));
        all.extend(self.events.addresses().map(|address| (address, None)));
        all.extend(self.pages.values().map(|page| (paths::standing(&page.slug), Some(page.updated))));
        all.extend([
            (paths::REGULATIONS.to_owned(), None),
            (paths::DUTIES.to_owned(), newest),
            (paths::HANDBOOK.to_owned(), None),
        ]);
        for regulation in &self.law.regulations {
            all.push((paths::regulation(&regulation.slug), Some(regulation.checked)));
            all.push((paths::references(&regulation.slug), newest));
        }
        for edition in &self.editions {
            all.push((paths::edition(&edition.slug), edition.chapters.iter().map(|chapter| chapter.updated).max()));
            all.extend(edition.chapters.iter().map(|c| (paths::chapter(&c.edition, &c.slug), Some(c.updated))));
        }
        all.extend(self.statement.iter().map(|statement| (paths::ACCESSIBILITY.to_owned(), Some(statement.updated))));
        all
    }
}

impl Guidance for Shelf {
    fn subjects(&self) -> &[Subject] {
        &self.guidance.subjects
    }

    fn articles(&self) -> &[Arc<Article>] {
        &self.guidance.articles
    }

    fn article(&self, slug: &str) -> Option<Found<Arc<Article>>> {
        self.guidance.by_slug.get(slug).cloned()
    }
}

impl Training for Shelf {
    fn materials(&self) -> &[Arc<Material>] {
        &self.training.materials
    }

    fn material(&self, slug: &str) -> Option<Found<Arc<Material>>> {
        self.training.by_slug.get(slug).cloned()
    }
}

impl Courses for Shelf {
    fn courses(&self) -> &[Arc<Course>] {
        &self.courses
    }
}

impl Glossary for Shelf {
    fn terms(&self) -> &[Term] {
        &self.terms
    }
}

impl HelpLines for Shelf {
    fn lines(&self) -> &[HelpLine] {
        &self.lines
    }
}

impl Pages for Shelf {
    fn page(&self, slug: &str) -> Option<Arc<StandingPage>> {
        self.pages.get(slug).cloned()
    }
}

impl Handbook for Shelf {
    fn editions(&self) -> &[Arc<Edition>] {
        &self.editions
    }
}

impl Accessibility for Shelf {
    fn statement(&self) -> Option<Arc<Statement>> {
        self.statement.clone()
    }
}
