//! What is searched: each kind of page, cut into its sections.

use crate::content::{ArticleSource, ChapterSource, PageSource};
use crate::markdown::{Rendered, plain_text};
use app::counties::County;
use app::glossary::Term;
use app::guidance::Audience;
use app::law::standing::Standing;
use app::law::{BlockKind, Regulation};
use app::routes::paths;
use app::search::Kind;
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
    /// How many pages cite it.
    pub cited: usize,
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
            kind,
            audiences: Vec::new(),
            counties: Vec::new(),
            repealed: false,
            standing: None,
            cited: 0,
            keywords: String::new(),
            sections: Vec::new(),
        }
    }

    pub fn article(source: &ArticleSource, rendered: &Rendered) -> Self {
        let archived = source.status == crate::content::Status::Archived;
        Self {
            audiences: source.audiences.clone(),
            counties: source.counties.clone(),
            repealed: archived,
            standing: archived.then(|| "Arkiverad".to_owned()),
            keywords: source.keywords.join(" "),
            sections: sections(&source.lead, rendered),
            ..Self::new(paths::article(&source.slug), &source.title, Kind::Guidance)
        }
    }

    pub fn standing(source: &PageSource, rendered: &Rendered) -> Self {
        let sections = sections(&source.lead, rendered);
        Self { sections, ..Self::new(paths::standing(&source.slug), &source.title, Kind::Page) }
    }

    pub fn chapter(source: &ChapterSource, rendered: &Rendered, repealed: bool) -> Self {
        Self {
            repealed,
            standing: repealed.then(|| "Om en utgåva vars regler har ersatts".to_owned()),
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
            standing: regulation
                .span
                .until
                .filter(|_| repealed)
                .map(|on| format!("Upphävd {}", app::text::dates::swedish(on))),
            cited,
            keywords: [keywords.join(" "), regulation.title.clone(), regulation.id.replace('/', " ")].join(" "),
            sections: std::iter::once(first).chain(parts).collect(),
            ..Self::new(
                paths::regulation(&regulation.slug),
                &app::text::capital::capital(&regulation.label),
                Kind::Regulation,
            )
        }
    }

    /// A page that is no text of the library's: a checklist, a list.
    pub fn fixed(path: &str, title: &str, text: &str, keywords: &str) -> Self {
        let first = PageSection { anchor: None, heading: String::new(), text: text.to_owned(), first: true };
        Self { keywords: keywords.to_owned(), sections: vec![first], ..Self::new(path.to_owned(), title, Kind::Page) }
    }
}

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
