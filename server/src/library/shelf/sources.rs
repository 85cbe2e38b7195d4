//! What was read, by kind, before anything is rendered.

use crate::citations::{Reader, without_code};
use crate::content::{
    self, ArticleSource, ChapterSource, ContactSource, Content, CourseSource, EditionSource, GuideSource,
    MaterialSource, ModuleSource, PageSource, Problem, SearchWords, StatisticSource, Status, TermSource,
};
use crate::events::published::Published;
use crate::law::{self, LawBook};
use app::accessibility::Statement;
use app::guidance::Subject;
use app::help_lines::HelpLine;
use app::routes::paths;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Each text with the path of its file.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) articles: Vec<(String, ArticleSource)>,
    pub(super) pages: Vec<(String, PageSource)>,
    pub(super) materials: Vec<(String, MaterialSource)>,
    pub(super) courses: Vec<(String, CourseSource)>,
    pub(super) modules: Vec<(String, ModuleSource)>,
    pub(super) guides: Vec<(String, GuideSource)>,
    pub(super) subjects: Vec<Subject>,
    pub(super) terms: Vec<TermSource>,
    pub(super) lines: Vec<HelpLine>,
    pub(super) contacts: Vec<ContactSource>,
    pub(super) figures: Vec<StatisticSource>,
    pub(super) statement: Option<(String, Arc<Statement>)>,
    pub(super) words: SearchWords,
    pub(super) law: law::Sources,
    pub(super) editions: Vec<EditionSource>,
    pub(super) chapters: Vec<(String, ChapterSource)>,
    /// From the database, and from files.
    pub(super) arranged: Published,
}

impl Sources {
    /// What cannot be read is reported, as is a second text at an address. Events in files are as they would be if the
    /// files were taken in on `day`.
    pub(super) fn sort<'a>(
        arranged: Published,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
        day: Date,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut sources = Self { arranged, ..Self::default() };
        let mut addresses = BTreeMap::<String, String>::new();
        let mut taken = |address: String, path: &str, problems: &mut Vec<Problem>| {
            let first = addresses.entry(address.clone()).or_insert_with(|| path.to_owned());
            let taken = first.as_str() != path;
            if taken {
                let message = format!("adressen {address} är upptagen av {first}; byt namn på den ena filen");
                problems.push(Problem::new(path, 1, message));
            }
            taken
        };
        let mut texts: Vec<_> = texts.into_iter().collect();
        // Subjects first: an article at a subject's address gives way to it.
        texts.sort_by_key(|(path, _)| (*path != "amnen.toml", *path));
        for (path, text) in texts {
            match content::parse(path, text) {
                Ok(Content::Subjects(subjects)) => {
                    for subject in &subjects {
                        taken(paths::article(&subject.slug), path, problems);
                    }
                    sources.subjects = subjects;
                }
                Ok(Content::Article(article)) => {
                    // A draft is not shown, so it takes nobody's place.
                    if article.status == Status::Draft || !taken(paths::article(&article.slug), path, problems) {
                        sources.articles.push((path.to_owned(), *article));
                    }
                }
                Ok(Content::Material(material)) => {
                    if material.status == Status::Draft || !taken(paths::material(&material.slug), path, problems) {
                        sources.materials.push((path.to_owned(), *material));
                    }
                }
                Ok(Content::Course(course)) => sources.courses.push((path.to_owned(), *course)),
                Ok(Content::Module(module)) => sources.modules.push((path.to_owned(), *module)),
                Ok(Content::Guide(guide)) => sources.guides.push((path.to_owned(), guide)),
                Ok(Content::Page(page)) => {
                    if paths::is_taken_by_the_portal(&page.slug) {
                        let message = format!("adressen /{}/ är portalens egen; byt namn på filen", page.slug);
                        problems.push(Problem::new(path, 1, message));
                    } else if !taken(paths::standing(&page.slug), path, problems) {
                        sources.pages.push((path.to_owned(), page));
                    }
                }
                Ok(Content::Glossary(terms)) => sources.terms = terms,
                Ok(Content::HelpLines(lines)) => sources.lines = lines,
                Ok(Content::Contacts(contacts)) => sources.contacts = contacts,
                Ok(Content::Statistics(figures)) => sources.figures = figures,
                Ok(Content::Accessibility(statement)) => {
                    sources.statement = Some((path.to_owned(), Arc::new(*statement)))
                }
                Ok(Content::SearchWords(words)) => sources.words = words,
                // Read by those who sit it.
                Ok(Content::Exam(_)) => {}
                Ok(Content::Events(source)) => sources.arranged.add(&source, day),
                Ok(Content::InstrumentNames(names)) => sources.law.names = names,
                Ok(Content::Regulation(regulation)) => {
                    if !taken(paths::regulation(&regulation.slug), path, problems) {
                        sources.law.regulations.push((path.to_owned(), *regulation));
                    }
                }
                Ok(Content::Correspondences(table)) => sources.law.tables.push((path.to_owned(), table)),
                Ok(Content::Editions(editions)) => sources.editions = editions,
                Ok(Content::Chapter(chapter)) => {
                    if !taken(paths::chapter(&chapter.edition, &chapter.slug), path, problems) {
                        sources.chapters.push((path.to_owned(), *chapter));
                    }
                }
                Err(faults) => problems.extend(faults),
            }
        }
        sources.chapters.sort_by_key(|(path, chapter)| (chapter.order, path.clone()));
        sources.articles.sort_by_key(|(path, article)| (article.order, path.clone()));
        sources
    }

    /// What readers meet: neither drafts nor what was moved or withdrawn.
    pub(super) fn shown_articles(&self) -> impl Iterator<Item = (&str, &ArticleSource)> {
        let shown =
            |(_, article): &&(String, ArticleSource)| matches!(article.status, Status::Published | Status::Archived);
        self.articles.iter().filter(shown).map(|(path, article)| (path.as_str(), article))
    }

    /// Everything that any text cites, read once before anything is shown: the regulations' pages make room for it.
    pub(super) fn cited(&self, book: &LawBook, day: Date) -> Vec<String> {
        let articles = self.shown_articles().map(|(_, article)| (&article.body, article.legal_date, None));
        let pages = self.pages.iter().map(|(_, page)| (&page.body, page.updated, None));
        let materials = self.materials.iter().map(|(_, material)| (&material.body, material.updated, None));
        let modules = self.modules.iter().flat_map(|(_, module)| {
            let asked = module.questions.iter().flat_map(|(question, _)| question.texts()).map(|said| &said.text);
            std::iter::once(&module.body).chain(asked).map(|text| (text, module.legal_date, None))
        });
        let chapters = self.chapters.iter().map(|(_, chapter)| (&chapter.body, chapter.updated, None));
        let regulations = self.law.regulations.iter().flat_map(|(_, regulation)| {
            let blocks = regulation.parts.iter().flat_map(|part| &part.blocks).map(|block| &block.text);
            let texts = std::iter::once(&regulation.intro).chain(blocks);
            texts.map(|text| (&text.markdown, regulation.checked, Some(regulation.id.as_str())))
        });
        let events = self.arranged.events.iter().flat_map(|one| {
            let plan = &one.event.plan;
            [&plan.text, &plan.summary].map(|text| (text, one.legal_date(day), None))
        });
        let texts =
            articles.chain(pages).chain(materials).chain(modules).chain(chapters).chain(regulations).chain(events);
        texts
            .flat_map(|(text, day, own)| {
                let bare = without_code(text);
                Reader::new(&book.lexicon, day, own).read(&bare).citations
            })
            .map(|citation| citation.target)
            .collect()
    }
}
