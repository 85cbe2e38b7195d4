//! What is searched: each kind of page, cut into its sections.

use crate::content::{
    ArticleSource, ChapterSource, CourseSource, EditionSource, MaterialSource, ModuleSource, PageSource,
};
use crate::markdown::{Rendered, plain_text};
use app::counties::County;
use app::courses::Course;
use app::events::Event;
use app::events::calendar::{State, is_digital, shown_title};
use app::glossary::Term;
use app::guidance::Audience;
use app::help_lines::HelpLine;
use app::law::standing::Standing;
use app::law::{BlockKind, Regulation};
use app::routes::{desk, paths};
use app::search::Kind;
use app::text::dates::swedish;
use jiff::civil::Date;

/// A page as it is searched.
#[derive(Debug, Clone)]
pub struct Page {
    pub path: String,
    pub title: String,
    pub kind: Kind,
    pub audiences: Vec<Audience>,
    pub counties: Vec<&'static County>,
    /// It no longer applies.
    pub repealed: bool,
    pub standing: Option<String>,
    /// It has been held: whoever wants to come looks for another.
    pub past: bool,
    /// How many pages cite it.
    pub cited: usize,
    /// The day it was last changed, where that says how fresh it is: law and words grow old in other ways.
    pub updated: Option<Date>,
    /// What it is called: who asks for one of these asks for this page.
    pub names: Vec<String>,
    /// Found, never shown.
    pub keywords: String,
    pub sections: Vec<PageSection>,
}

#[derive(Debug, Clone)]
pub struct PageSection {
    pub anchor: Option<String>,
    pub heading: String,
    pub text: String,
    /// Answers for the page as a whole.
    pub first: bool,
}

impl Page {
    fn new(path: String, title: &str, kind: Kind) -> Self {
        Self {
            path,
            title: title.to_owned(),
            names: vec![title.to_owned()],
            kind,
            audiences: Vec::new(),
            counties: Vec::new(),
            repealed: false,
            standing: None,
            past: false,
            cited: 0,
            updated: None,
            keywords: String::new(),
            sections: Vec::new(),
        }
    }

    fn also_called<'a>(mut self, names: impl IntoIterator<Item = &'a String>) -> Self {
        self.names.extend(names.into_iter().cloned());
        self
    }

    pub fn article(source: &ArticleSource, rendered: &Rendered) -> Self {
        let archived = source.status == crate::content::Status::Archived;
        Self {
            updated: Some(source.updated),
            audiences: source.audiences.clone(),
            counties: source.counties.clone(),
            repealed: archived,
            standing: archived.then(|| "Arkiverad".to_owned()),
            keywords: source.keywords.join(" "),
            sections: sections(&source.lead, rendered),
            ..Self::new(paths::article(&source.slug), &source.title, Kind::Guidance).also_called([&source.short_title])
        }
    }

    pub fn standing(source: &PageSource, rendered: &Rendered) -> Self {
        Self {
            updated: Some(source.updated),
            keywords: source.keywords.join(" "),
            sections: sections(&source.lead, rendered),
            ..Self::new(paths::standing(&source.slug), &source.title, Kind::Page).also_called([&source.short_title])
        }
    }

    pub fn material(source: &MaterialSource, rendered: &Rendered) -> Self {
        let archived = source.status == crate::content::Status::Archived;
        let facts = [source.format.name(), &source.publisher, source.item_number.as_deref().unwrap_or_default()];
        Self {
            updated: Some(source.updated),
            audiences: source.audiences.clone(),
            counties: source.counties.clone(),
            repealed: archived,
            standing: archived.then(|| "Arkiverat".to_owned()),
            keywords: format!("utbildningsmaterial {} {}", facts.join(" "), source.keywords.join(" ")),
            sections: sections(&source.lead, rendered),
            ..Self::new(paths::material(&source.slug), &source.title, Kind::Training).also_called([&source.short_title])
        }
    }

    /// A course, by what it is about.
    pub fn course(course: &Course, keywords: &[String]) -> Self {
        let modules: Vec<&str> = course.modules.iter().map(|module| module.title.as_str()).collect();
        let text = format!("{} {}", course.lead, modules.join(". "));
        let first = PageSection { anchor: None, heading: String::new(), text, first: true };
        Self {
            updated: Some(course.updated),
            audiences: course.audiences.clone(),
            keywords: keywords.join(" "),
            sections: vec![first],
            ..Self::new(paths::course(&course.slug), &course.title, Kind::Training).also_called([&course.short_title])
        }
    }

    pub fn module(source: &ModuleSource, course: &CourseSource, rendered: &Rendered) -> Self {
        Self {
            updated: Some(course.updated),
            audiences: course.audiences.clone(),
            keywords: source.keywords.join(" "),
            sections: sections(&source.lead, rendered),
            ..Self::new(paths::module(&source.course, &source.slug), &source.title, Kind::Training)
        }
    }

    /// The help page, with the lines that are shown there.
    pub fn with_lines(mut self, lines: &[HelpLine]) -> Self {
        if let Some(first) = self.sections.first_mut() {
            for line in lines {
                first.text.push_str(&format!(" {}, {}. {}", line.name, line.phone, line.description));
            }
        }
        self
    }

    /// An edition of the handbook, as it is called and what it is.
    pub fn edition(source: &EditionSource, repealed: bool) -> Self {
        let number = source.article_number.as_deref().unwrap_or_default();
        let text = format!("{} {} {number} {}", source.title, source.publisher, source.about);
        let first = PageSection { anchor: None, heading: String::new(), text, first: true };
        Self {
            repealed,
            standing: repealed.then(|| REPLACED_EDITION.to_owned()),
            keywords: HANDBOOK_WORDS.to_owned(),
            sections: vec![first],
            ..Self::new(paths::edition(&source.slug), &source.short_title, Kind::Handbook).also_called([&source.title])
        }
    }

    pub fn chapter(source: &ChapterSource, edition: &EditionSource, rendered: &Rendered, repealed: bool) -> Self {
        Self {
            repealed,
            standing: repealed.then(|| REPLACED_EDITION.to_owned()),
            updated: Some(source.updated),
            keywords: format!("{HANDBOOK_WORDS} {} {}", edition.short_title, source.keywords.join(" ")),
            sections: sections(&source.lead, rendered),
            ..Self::new(paths::chapter(&source.edition, &source.slug), &source.title, Kind::Handbook)
        }
    }

    pub fn term(term: &Term) -> Self {
        let first = PageSection { anchor: None, heading: String::new(), text: term.definition.clone(), first: true };
        Self {
            keywords: [term.synonyms.join(" "), term.forms.join(" ")].join(" "),
            sections: vec![first],
            ..Self::new(paths::term(&term.id), &term.term, Kind::Term)
                .also_called(term.synonyms.iter().chain(&term.forms))
        }
    }

    pub fn regulation(regulation: &Regulation, keywords: &[String], cited: usize, today: Date) -> Self {
        let day = regulation.span.reading_day(today);
        let first = PageSection { anchor: None, heading: String::new(), text: regulation.lead.clone(), first: true };
        let parts = regulation.parts.iter().map(|part| {
            let shown = part.blocks.iter().filter(|block| block.span.holds(day) && block.kind != BlockKind::Comment);
            PageSection {
                anchor: Some(part.anchor.clone()),
                heading: match part.place.filter(|place| place.section.is_some()).and_then(|place| place.chapter) {
                    Some(chapter) => format!("{} kap. {}", chapter.spoken(), part.title),
                    None => part.title.clone(),
                },
                text: shown.map(|block| without_tags(&block.html)).collect::<Vec<_>>().join(" "),
                first: false,
            }
        });
        let repealed = regulation.span.standing(today) == Standing::Repealed;
        Self {
            repealed,
            standing: regulation.span.until.filter(|_| repealed).map(|on| format!("Upphävd {}", swedish(on))),
            cited,
            keywords: [keywords.join(" "), regulation.title.clone(), regulation.id.replace('/', " ")].join(" "),
            sections: std::iter::once(first).chain(parts).collect(),
            ..Self::new(
                paths::regulation(&regulation.slug),
                &app::text::capital::capital(&regulation.label),
                Kind::Regulation,
            )
            .also_called([&regulation.title])
        }
    }

    /// What is arranged, on a day: what is said of it, what is on, and what was said there.
    pub fn event(event: &Event, text: &Rendered, summary: &Rendered, day: Date) -> Self {
        let (plan, state) = (&event.plan, State::of(event, day));
        let mut sections = sections(&plan.lead, text);
        let programme = plan.programme.iter().map(|session| format!("{} {}", session.title, session.text));
        let spoken = programme.chain(summary.sections.iter().map(|section| section.text.clone()));
        let first = &mut sections[0].text;
        for part in spoken.chain(plan.open_questions.iter().cloned()) {
            first.push(' ');
            first.push_str(&part);
        }
        let place = plan.place.as_ref().map(|place| format!("{} {}", place.name, place.town)).unwrap_or_default();
        let digital = if is_digital(plan) { "digitalt webbinarium distans" } else { "" };
        Self {
            audiences: plan.audiences.clone(),
            counties: event.county.into_iter().collect(),
            standing: Some(match state {
                State::Coming | State::Past => format!("{}, {}", state.name(), swedish(plan.starts.date())),
                State::Cancelled => state.name().to_owned(),
            }),
            past: state != State::Coming,
            keywords: format!("{EVENT_WORDS} {} {place} {digital}", event.address.kind.name()),
            sections,
            ..Self::new(desk::event(&event.address), &shown_title(event), Kind::Event(event.address.kind))
                .also_called([&plan.title])
        }
    }

    /// A page that is no text of the library's: a checklist, a list.
    pub fn fixed(path: &str, title: &str, text: &str, keywords: &str) -> Self {
        let first = PageSection { anchor: None, heading: String::new(), text: text.to_owned(), first: true };
        Self { keywords: keywords.to_owned(), sections: vec![first], ..Self::new(path.to_owned(), title, Kind::Page) }
    }
}

const REPLACED_EDITION: &str = "Om en utgåva vars regler har ersatts";
const EVENT_WORDS: &str = "kalender anmälan program kurs utbildning seminarium";
const HANDBOOK_WORDS: &str = "handboken Socialstyrelsens handbok";

/// The sections of a rendered text; the lead stands before the first heading.
fn sections(lead: &str, rendered: &Rendered) -> Vec<PageSection> {
    let mut sections = vec![PageSection { anchor: None, heading: String::new(), text: lead.to_owned(), first: true }];
    for section in &rendered.sections {
        match &section.id {
            None => {
                sections[0].text.push(' ');
                sections[0].text.push_str(&section.text);
            }
            Some(id) => sections.push(PageSection {
                anchor: Some(id.clone()),
                heading: section.heading.clone().unwrap_or_default(),
                text: section.text.clone(),
                first: false,
            }),
        }
    }
    sections
}

/// The words of our own HTML, previews of citations left out.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest =
            match after.strip_prefix("span class=\"preview\"").and_then(|preview| preview.split_once("</span></span>"))
            {
                Some((_, after)) => after,
                None => after.split_once('>').map_or("", |(_, after)| after),
            };
        if after.starts_with("/p") || after.starts_with("/li") {
            text.push(' ');
        }
    }
    text.push_str(rest);
    plain_text(&text.replace("&nbsp;", " "))
}
