//! The published library in memory: rendered once per generation, then only read.
//!
//! A shelf is built from texts alone, so `frid verify` builds one from files to find what no single
//! file can show: two pages at one address, a link to nowhere.

use crate::content::{
    self, ArticleSource, ChapterSource, Content, EditionSource, PageSource, Problem, SearchWords, Status, TermSource,
};
use crate::law::{self, LawBook, LawShelf, PageKind, Reading};
use crate::markdown::{self, GlossaryEntry, LawSetting, Rendered, Setting};
use crate::search::{Language, Page, SearchShelf};
use app::accessibility::{Accessibility, Statement};
use app::glossary::{Glossary, Term};
use app::guidance::{Article, Found, Guidance, Heading, Reference, Standing, Subject};
use app::handbook::{Chapter, Edition, Handbook};
use app::help_lines::{HelpLine, HelpLines};
use app::law::place::Place;
use app::pages::{Pages, StandingPage};
use app::routes::paths;
use app::text::collation;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything that is published, ready to be shown.
#[derive(Debug, Default)]
pub struct Shelf {
    pub generation: i64,
    /// The day it was built for; at midnight a new one takes its place.
    pub day: Date,
    subjects: Vec<Subject>,
    articles: Vec<Arc<Article>>,
    by_slug: BTreeMap<String, Found<Arc<Article>>>,
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
        let mut problems = Vec::new();
        let mut sources = Sources::sort(texts, &mut problems);
        let lines = std::mem::take(&mut sources.lines);
        let mut shelf = Self { generation, day, lines, ..Self::default() };
        let glossary = markdown::Glossary::new(sources.terms.iter().map(glossary_entry));
        let mut book = LawBook::new(&sources.law, day, &mut problems);
        let stubs = law::stubs(&book, sources.cited(&book));
        for (instrument, places) in &stubs {
            places.iter().for_each(|place| book.add_anchor(instrument, *place));
        }
        let mut readings = Vec::new();
        let mut found = Vec::new();
        let no_terms = markdown::Glossary::empty();
        let mut links = Links::default();
        if let Some((path, statement)) = sources.statement.take() {
            links.require(&path, 1, &statement.report.1);
            shelf.statement = Some(statement);
        }

        for (path, page) in &sources.pages {
            let setting = reading(&no_terms, &book, page.updated);
            let rendered = markdown::render(&page.body, page.body_line, setting);
            readings.push(Reading::new(
                path,
                paths::standing(&page.slug),
                &page.title,
                PageKind::Standing,
                page.updated,
                &rendered,
            ));
            problems.extend(rendered.problems.iter().map(|p| Problem::new(path, p.line, &p.message)));
            links.add(path, &paths::standing(&page.slug), &rendered);
            let searched = Page::standing(page, &rendered);
            let is_help = searched.path == paths::HELP;
            found.push(if is_help { searched.with_lines(&shelf.lines) } else { searched });
            shelf.pages.insert(page.slug.clone(), Arc::new(standing_page(page, rendered)));
        }

        let shown: Vec<_> = sources.articles.iter().filter(|(_, a)| is_shown(a)).collect();
        shelf.subjects = sources
            .subjects
            .iter()
            .filter(|subject| shown.iter().any(|(_, a)| a.subjects.iter().any(|(slug, _)| *slug == subject.slug)))
            .cloned()
            .collect();
        let reference = |slug: &str| shown.iter().find(|(_, a)| a.slug == slug).map(|(_, a)| reference(a));
        for (path, source) in &shown {
            let rendered =
                markdown::render(&source.body, source.body_line, reading(&glossary, &book, source.legal_date));
            let kind = if source.status == Status::Archived { PageKind::Archived } else { PageKind::Guidance };
            readings.push(Reading::new(
                path,
                paths::article(&source.slug),
                &source.title,
                kind,
                source.legal_date,
                &rendered,
            ));
            problems.extend(rendered.problems.iter().map(|p| Problem::new(path, p.line, &p.message)));
            links.add(path, &paths::article(&source.slug), &rendered);
            for (slug, line) in &source.related {
                if reference(slug).is_none() {
                    problems.push(Problem::new(path, *line, format!("`relaterat` nämner `{slug}`, som inte finns")));
                }
            }
            for (slug, line) in &source.subjects {
                if !sources.subjects.iter().any(|subject| subject.slug == *slug) {
                    problems.push(Problem::new(path, *line, format!("ämnet `{slug}` finns inte i amnen.toml")));
                }
            }
            found.push(Page::article(source, &rendered));
            let article = article(source, rendered, &sources.subjects, &reference);
            shelf.articles.push(Arc::new(article));
        }
        shelf.order_articles();
        for article in &shelf.articles {
            shelf.by_slug.insert(article.slug.clone(), Found::Here(Arc::clone(article)));
        }
        for (path, source) in &sources.articles {
            match &source.status {
                Status::Moved { to, line } => {
                    links.require(path, *line, to);
                    shelf.by_slug.insert(source.slug.clone(), Found::Moved { to: to.clone() });
                }
                Status::Withdrawn { reason } => {
                    let gone = Found::Gone { title: source.title.clone(), reason: reason.clone() };
                    shelf.by_slug.insert(source.slug.clone(), gone);
                }
                Status::Draft | Status::Published | Status::Archived => {}
            }
        }

        let (editions, chapters) =
            editions(&sources, &book, &glossary, &reference, &mut links, &mut readings, &mut problems);
        shelf.editions = editions;
        found.extend(chapters);
        shelf.law = Arc::new(LawShelf::build(&book, &sources.law, &stubs, readings, &mut problems));

        shelf.terms = sources.terms.iter().map(|term| self::term(term, &reference, &mut problems)).collect();
        shelf.terms.sort_by_key(|term| collation::key(&term.term));
        found.extend(shelf.terms.iter().map(Page::term));
        for regulation in &shelf.law.regulations {
            let source = sources.law.regulations.iter().find(|(_, source)| source.id == regulation.id);
            let keywords = source.map_or(&[][..], |(_, source)| source.keywords.as_slice());
            let cited = shelf.law.citing.get(&regulation.id).map_or(0, Vec::len);
            found.push(Page::regulation(regulation, keywords, cited, day));
        }
        found.push(Page::fixed(paths::DUTIES, "Vem ska göra vad?", DUTIES_TEXT, DUTIES_WORDS));
        if let Some(statement) = &shelf.statement {
            found.push(Page::accessibility(statement));
        }
        shelf.search = Arc::new(SearchShelf::build(found, language(&sources), Arc::new(book)));

        problems.extend(links.dead(&shelf));
        problems.sort();
        problems.dedup();
        (shelf, problems)
    }

    /// By subject, within a subject as the editors want; then each page learns its neighbours.
    fn order_articles(&mut self) {
        let place = |article: &Article| {
            let main = article.subjects.first().map(|subject| subject.slug.as_str());
            self.subjects.iter().position(|subject| Some(subject.slug.as_str()) == main).unwrap_or(usize::MAX)
        };
        let mut ordered: Vec<_> = self.articles.iter().map(|article| (place(article), Arc::clone(article))).collect();
        ordered.sort_by_key(|(place, _)| *place);
        let ordered: Vec<_> = ordered.into_iter().map(|(_, article)| article).collect();
        let as_reference = |article: &Arc<Article>| Reference {
            path: paths::article(&article.slug),
            title: article.short_title.clone(),
            lead: article.lead.clone(),
        };
        self.articles = (0..ordered.len())
            .map(|at| {
                let mut article = (*ordered[at]).clone();
                article.previous = at.checked_sub(1).and_then(|before| ordered.get(before)).map(as_reference);
                article.next = ordered.get(at + 1).map(as_reference);
                Arc::new(article)
            })
            .collect();
    }

    /// The day on which the newest of all published texts was changed.
    pub fn edition(&self) -> Date {
        let articles = self.articles.iter().map(|article| article.updated);
        let pages = self.pages.values().map(|page| page.updated);
        articles.chain(pages).max().unwrap_or(self.day)
    }

    /// Every address of the library that a search engine may visit, with the day it last changed.
    pub fn addresses(&self) -> Vec<(String, Option<Date>)> {
        let newest = self.articles.iter().map(|article| article.updated).max();
        let mut all = vec![
            (paths::HOME.to_owned(), newest),
            (paths::GUIDANCE.to_owned(), newest),
            (paths::GLOSSARY.to_owned(), None),
        ];
        for subject in &self.subjects {
            let newest = app::guidance::in_subject(&self.articles, &subject.slug).iter().map(|a| a.updated).max();
            all.push((paths::subject(&subject.slug), newest));
        }
        all.extend(self.articles.iter().map(|article| (paths::article(&article.slug), Some(article.updated))));
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
        &self.subjects
    }

    fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    fn article(&self, slug: &str) -> Option<Found<Arc<Article>>> {
        self.by_slug.get(slug).cloned()
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

/// What was read, by kind, before anything is rendered.
#[derive(Default)]
struct Sources {
    articles: Vec<(String, ArticleSource)>,
    pages: Vec<(String, PageSource)>,
    subjects: Vec<Subject>,
    terms: Vec<TermSource>,
    lines: Vec<HelpLine>,
    statement: Option<(String, Arc<Statement>)>,
    words: SearchWords,
    law: law::Sources,
    editions: Vec<EditionSource>,
    chapters: Vec<(String, ChapterSource)>,
}

impl Sources {
    fn sort<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>, problems: &mut Vec<Problem>) -> Self {
        let mut sources = Self::default();
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
                Ok(Content::Accessibility(statement)) => {
                    sources.statement = Some((path.to_owned(), Arc::new(*statement)))
                }
                Ok(Content::SearchWords(words)) => sources.words = words,
                // Read by those who sit it.
                Ok(Content::Exam(_)) => {}
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
}

impl Sources {
    /// Everything that any text cites, read once before anything is shown: the regulations' pages make room for it.
    fn cited(&self, book: &LawBook) -> Vec<String> {
        let articles = self.articles.iter().filter(|(_, a)| is_shown(a)).map(|(_, a)| (&a.body, a.legal_date, None));
        let pages = self.pages.iter().map(|(_, page)| (&page.body, page.updated, None));
        let chapters = self.chapters.iter().map(|(_, chapter)| (&chapter.body, chapter.updated, None));
        let regulations = self.law.regulations.iter().flat_map(|(_, regulation)| {
            let blocks = regulation.parts.iter().flat_map(|part| &part.blocks).map(|block| &block.text);
            let texts = std::iter::once(&regulation.intro).chain(blocks);
            texts.map(|text| (&text.markdown, regulation.checked, Some(regulation.id.as_str())))
        });
        let texts = articles.chain(pages).chain(chapters).chain(regulations);
        texts
            .flat_map(|(text, day, own)| {
                let bare = crate::citations::without_code(text);
                crate::citations::Reader::new(&book.lexicon, day, own).read(&bare).citations
            })
            .map(|citation| citation.target)
            .collect()
    }
}

/// What the checklist is about, for search: its page is no text.
const DUTIES_TEXT: &str = "Checklista över skyldigheter och rekommendationer för varje verksamhet, med lagrum. Kan hämtas till Excel och skrivas ut.";
const DUTIES_WORDS: &str = "checklista skyldigheter ansvar matris excel rutin ledningssystem roller vem gör vad";

/// What search knows of words: the glossary's synonyms, and those written for it.
fn language(sources: &Sources) -> Language {
    let mut language = Language { forms: sources.words.forms.iter().cloned().collect(), ..Language::default() };
    let mut stems = language.stems();
    for term in &sources.terms {
        let ways = std::iter::once(&term.term).chain(&term.synonyms).map(String::as_str);
        language.lexis.add_group(ways, &mut stems);
    }
    for group in &sources.words.synonyms {
        language.lexis.add_group(group.iter().map(String::as_str), &mut stems);
    }
    for (said, meant) in &sources.words.hints {
        language.lexis.add_hint(said, meant.iter().map(String::as_str), &mut stems);
    }
    language
}

/// How the law in a page of our own is read.
fn reading<'a>(glossary: &'a markdown::Glossary, book: &'a LawBook, day: Date) -> Setting<'a> {
    let law = LawSetting { lexicon: &book.lexicon, day, own: None, place: Place::default(), targets: book };
    Setting { glossary, law: Some(law) }
}

/// The editions of the handbook with their chapters, that of the newest regulation first; and the chapters as search
/// finds them.
fn editions(
    sources: &Sources,
    book: &LawBook,
    glossary: &markdown::Glossary,
    reference: &impl Fn(&str) -> Option<Reference>,
    links: &mut Links,
    readings: &mut Vec<Reading>,
    problems: &mut Vec<Problem>,
) -> (Vec<Arc<Edition>>, Vec<Page>) {
    for (path, chapter) in &sources.chapters {
        if !sources.editions.iter().any(|edition| edition.slug == chapter.edition) {
            problems.push(Problem::new(
                path,
                1,
                format!("utgåvan `{}` finns inte i handbok/utgavor.toml", chapter.edition),
            ));
        }
    }
    let (mut editions, mut found) = (Vec::new(), Vec::new());
    for source in &sources.editions {
        let own = sources.chapters.iter().filter(|(_, chapter)| chapter.edition == source.slug);
        let mut chapters = Vec::new();
        let replaced = book.replaced(&source.instrument).is_some();
        found.push(Page::edition(source, replaced));
        for (path, chapter) in own {
            let address = paths::chapter(&chapter.edition, &chapter.slug);
            let rendered = markdown::render(&chapter.body, chapter.body_line, reading(glossary, book, chapter.updated));
            problems.extend(rendered.problems.iter().map(|p| Problem::new(path, p.line, &p.message)));
            links.add(path, &address, &rendered);
            found.push(Page::chapter(chapter, source, &rendered, replaced));
            let kind = PageKind::Handbook { instrument: source.instrument.clone() };
            readings.push(Reading::new(path, address, &chapter.title, kind, chapter.updated, &rendered));
            for (slug, line) in &chapter.guidance {
                if reference(slug).is_none() {
                    problems.push(Problem::new(path, *line, format!("`vagledning` nämner `{slug}`, som inte finns")));
                }
            }
            let cite = |text: &String| {
                let found = crate::citations::Reader::new(&book.lexicon, chapter.updated, None).read(text);
                found.citations.into_iter().map(|citation| book.cited(&citation.target)).collect::<Vec<_>>()
            };
            chapters.push(Arc::new(Chapter {
                edition: chapter.edition.clone(),
                slug: chapter.slug.clone(),
                title: chapter.title.clone(),
                short_title: chapter.short_title.clone(),
                lead: chapter.lead.clone(),
                provisions: chapter.provisions.iter().flat_map(cite).collect(),
                guidance: chapter.guidance.iter().filter_map(|(slug, _)| reference(slug)).collect(),
                updated: chapter.updated,
                reviewed: chapter.reviewed,
                headings: headings(rendered.headings),
                html: rendered.html,
            }));
        }
        editions.push(Arc::new(Edition {
            slug: source.slug.clone(),
            title: source.title.clone(),
            short_title: source.short_title.clone(),
            publisher: source.publisher.clone(),
            year: source.year,
            article_number: source.article_number.clone(),
            isbn: source.isbn.clone(),
            instrument: book.cited(&source.instrument),
            link: source.link.clone(),
            about: source.about.clone(),
            chapters,
        }));
    }
    let newest = |edition: &Arc<Edition>| book.span(&edition.instrument.spot.target).and_then(|span| span.from);
    editions.sort_by_key(|edition| std::cmp::Reverse(newest(edition)));
    (editions, found)
}

fn headings(headings: Vec<markdown::Heading>) -> Vec<Heading> {
    headings.into_iter().map(|heading| Heading { level: heading.level, id: heading.id, text: heading.text }).collect()
}

/// Links between pages, judged when every page is known.
#[derive(Default)]
struct Links {
    wanted: Vec<(String, usize, String)>,
    anchors: BTreeMap<String, BTreeSet<String>>,
}

impl Links {
    fn add(&mut self, path: &str, address: &str, rendered: &Rendered) {
        for link in &rendered.links {
            let href = if link.href.starts_with('#') { format!("{address}{}", link.href) } else { link.href.clone() };
            self.require(path, link.line, &href);
        }
        let ids = rendered.headings.iter().map(|heading| heading.id.clone());
        self.anchors.entry(address.to_owned()).or_default().extend(ids);
    }

    fn require(&mut self, path: &str, line: usize, href: &str) {
        if href.starts_with('/') {
            self.wanted.push((path.to_owned(), line, href.to_owned()));
        }
    }

    fn dead(mut self, shelf: &Shelf) -> Vec<Problem> {
        for (address, _) in shelf.addresses() {
            self.anchors.entry(address).or_default();
        }
        for fixed in paths::FIXED {
            self.anchors.entry((*fixed).to_owned()).or_default();
        }
        for regulation in &shelf.law.regulations {
            let anchors = self.anchors.entry(paths::regulation(&regulation.slug)).or_default();
            anchors.extend(regulation.parts.iter().map(|part| part.anchor.clone()));
            anchors
                .extend(regulation.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| block.anchor.clone()));
        }
        self.anchors.entry(paths::GLOSSARY.to_owned()).or_default().extend(shelf.terms.iter().map(|t| t.id.clone()));
        let fault = |href: &str| {
            let (address, anchor) =
                href.split_once('#').map_or((href, None), |(address, anchor)| (address, Some(anchor)));
            let address = address.split('?').next().unwrap_or(address);
            match (self.anchors.get(address), anchor) {
                (None, _) => Some(format!("länken {href} leder ingenstans; sidan finns inte")),
                (Some(known), Some(anchor)) if !known.contains(anchor) => {
                    Some(format!("länken {href} leder fel; sidan har ingen rubrik #{anchor}"))
                }
                _ => None,
            }
        };
        let dead = self.wanted.iter().filter_map(|(path, line, href)| Some(Problem::new(path, *line, fault(href)?)));
        dead.collect()
    }
}

fn is_shown(article: &ArticleSource) -> bool {
    matches!(article.status, Status::Published | Status::Archived)
}

fn glossary_entry(term: &TermSource) -> GlossaryEntry {
    let forms = std::iter::once(&term.term).chain(&term.synonyms).chain(&term.forms).cloned().collect();
    GlossaryEntry { id: term.id.clone(), forms }
}

fn reference(article: &ArticleSource) -> Reference {
    Reference { path: paths::article(&article.slug), title: article.title.clone(), lead: article.lead.clone() }
}

fn standing_page(page: &PageSource, rendered: Rendered) -> StandingPage {
    StandingPage {
        slug: page.slug.clone(),
        title: page.title.clone(),
        short_title: page.short_title.clone(),
        lead: page.lead.clone(),
        updated: page.updated,
        reviewed: page.reviewed,
        html: rendered.html,
    }
}

fn article(
    source: &ArticleSource,
    rendered: Rendered,
    subjects: &[Subject],
    reference: &impl Fn(&str) -> Option<Reference>,
) -> Article {
    let known = |slug: &String| subjects.iter().find(|subject| subject.slug == *slug).cloned();
    Article {
        slug: source.slug.clone(),
        title: source.title.clone(),
        short_title: source.short_title.clone(),
        lead: source.lead.clone(),
        subjects: source.subjects.iter().filter_map(|(slug, _)| known(slug)).collect(),
        audiences: source.audiences.clone(),
        counties: source.counties.clone(),
        standing: if source.status == Status::Archived { Standing::Archived } else { Standing::InForce },
        published: source.published,
        updated: source.updated,
        reviewed: source.reviewed,
        review_due: source.review_due,
        legal_date: source.legal_date,
        sources: source.sources.clone(),
        headings: headings(rendered.headings),
        html: rendered.html,
        related: source.related.iter().filter_map(|(slug, _)| reference(slug)).collect(),
        previous: None,
        next: None,
    }
}

fn term(source: &TermSource, reference: &impl Fn(&str) -> Option<Reference>, problems: &mut Vec<Problem>) -> Term {
    let guidance = source.guidance.as_ref().and_then(|(slug, line)| {
        let found = reference(slug);
        if found.is_none() {
            problems.push(Problem::new("ordlista.toml", *line, format!("vägledningen `{slug}` finns inte")));
        }
        found
    });
    Term {
        id: source.id.clone(),
        term: source.term.clone(),
        synonyms: source.synonyms.clone(),
        forms: source.forms.clone(),
        definition: source.definition.clone(),
        source: source.source.clone(),
        guidance,
    }
}
