//! What an instrument, a chapter or a section is called, and where it is read.

use super::chains::{chains, link};
use super::readings::Stubs;
use super::replaced::standing_of;
use crate::citations::Lexicon;
use crate::content::{CorrespondenceTable, InstrumentNames, Outside, Problem, RegulationSource};
use crate::markdown::{LawSetting, Shown, Targets};
use app::law::place::Place;
use app::law::standing::{Chain, Span, Standing};
use app::law::{Cited, Spot, naming};
use app::routes::paths;
use app::text::dates::swedish;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the law book is made of, as its authors wrote it. Each with the path of its file.
#[derive(Debug, Default)]
pub struct Sources {
    pub names: InstrumentNames,
    pub regulations: Vec<(String, RegulationSource)>,
    pub tables: Vec<(String, CorrespondenceTable)>,
}

impl Sources {
    /// The words by which an instrument is found.
    pub fn keywords(&self, instrument: &str) -> &[String] {
        let source = self.regulations.iter().find(|(_, source)| source.id == instrument);
        source.map_or(&[], |(_, source)| &source.keywords)
    }
}

/// Knows every instrument that has a name or a page.
#[derive(Debug, Default)]
pub struct LawBook {
    pub lexicon: Lexicon,
    today: Date,
    known: BTreeMap<String, Known>,
    /// Instruments that replaced each other; each instrument is in at most one.
    chains: Vec<Chain>,
    outside: Vec<Outside>,
    pub(super) tables: Vec<CorrespondenceTable>,
}

#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) label: String,
    pub(super) span: Span,
    pub(super) page: Option<Page>,
}

/// What a hosted instrument's page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) slug: String,
    anchors: BTreeSet<Place>,
    summaries: BTreeMap<Place, String>,
}

impl LawBook {
    /// Builds from the sources; what contradicts itself is reported.
    pub fn new(sources: &Sources, today: Date, problems: &mut Vec<Problem>) -> Self {
        let mut lexicon = Lexicon::new(sources.names.namings.clone(), &sources.names.series);
        let mut known = BTreeMap::new();
        for naming in &sources.names.namings {
            for period in &naming.periods {
                let number = period.instrument.split_once('/').map_or("", |(_, number)| number);
                let name = naming.names.first().or(naming.short.first()).map_or("", String::as_str);
                let label = naming::with_number(name, number);
                let span = Span { from: Some(period.from), until: period.until };
                known.insert(period.instrument.clone(), Known { label, span, page: None });
            }
        }
        for (path, source) in &sources.regulations {
            match &source.sections {
                Some(sections) => lexicon.know_sections(&source.id, sections.clone()),
                None if source.parts.iter().any(|part| part.place.is_some_and(|place| place.chapter.is_some())) => {
                    lexicon.know_chapters(&source.id);
                }
                None => {}
            }
            if let Some(named) = known.get(&source.id)
                && (named.span.until != source.span.until || named.span.from < source.span.from)
            {
                problems.push(Problem::new(path, 1, "`i_kraft` eller `upphavd` stämmer inte med forkortningar.toml"));
            }
            let page = Page {
                slug: source.slug.clone(),
                anchors: source.parts.iter().flat_map(anchors_of).collect(),
                summaries: summaries(source, today),
            };
            known.insert(source.id.clone(), Known { label: source.label.clone(), span: source.span, page: Some(page) });
        }
        let chains = chains(sources, &known);
        let tables = sources.tables.iter().map(|(_, table)| table.clone()).collect();
        Self { lexicon, today, known, chains, outside: sources.names.outside.clone(), tables }
    }

    /// How the law in a text is read that was written on `day` and is about no instrument.
    pub fn setting(&self, day: Date) -> LawSetting<'_> {
        LawSetting { lexicon: &self.lexicon, day, own: None, place: Place::default(), targets: self }
    }

    pub fn today(&self) -> Date {
        self.today
    }

    /// Makes room for sections that are cited but not summarised: they get an anchor of their own.
    pub fn add_anchors(&mut self, stubs: &Stubs) {
        for (instrument, places) in stubs {
            if let Some(page) = self.known.get_mut(instrument).and_then(|known| known.page.as_mut()) {
                page.anchors.extend(places);
            }
        }
    }

    /// Whether the instrument's page has an anchor for this very place; `None` if it has no page.
    pub fn has_anchor(&self, instrument: &str, place: Place) -> Option<bool> {
        let page = self.known.get(instrument)?.page.as_ref()?;
        Some(page.anchors.contains(&place))
    }

    /// Whether the chapter or section exists; `None` where the sections are not known.
    pub fn exists(&self, instrument: &str, place: Place) -> Option<bool> {
        self.lexicon.exists(instrument, place)
    }

    /// The instrument with this number (`2014:4`), if there is just one.
    pub fn with_number(&self, number: &str) -> Option<String> {
        let mut found = self.known.keys().filter(|id| id.split_once('/').is_some_and(|(_, own)| own == number));
        found.next().filter(|_| found.next().is_none()).cloned()
    }

    pub fn label(&self, instrument: &str) -> String {
        self.known.get(instrument).map_or_else(|| naming::by_number(instrument), |known| known.label.clone())
    }

    pub fn span(&self, instrument: &str) -> Option<Span> {
        self.known.get(instrument).map(|known| known.span)
    }

    pub fn chain(&self, instrument: &str) -> Chain {
        let found = self.chains.iter().find(|chain| chain.position(instrument).is_some());
        found.cloned().unwrap_or_else(|| {
            let span = self.span(instrument).unwrap_or_default();
            Chain(vec![link(&self.known, instrument, span)])
        })
    }

    /// A target with its label and address.
    pub fn spot(&self, target: &str) -> Spot {
        let (instrument, place) = split(target);
        let label = match place {
            Some(Ok(place)) => format!("{} {}", place.spoken(), self.label(instrument)),
            Some(Err(page)) => format!("{} s.\u{a0}{}", self.label(instrument), page.trim_start_matches("sid")),
            None => self.label(instrument),
        };
        Spot { target: target.to_owned(), label, href: self.address(instrument, place).0 }
    }

    pub fn cited(&self, target: &str) -> Cited {
        let (instrument, place) = split(target);
        Cited { spot: self.spot(target), external: self.address(instrument, place).1, replaced: self.replaced(target) }
    }

    /// The address, and whether it leads out of the portal.
    fn address(&self, instrument: &str, place: Option<Result<Place, &str>>) -> (String, bool) {
        if let Some(page) = self.known.get(instrument).and_then(|known| known.page.as_ref()) {
            let path = paths::regulation(&page.slug);
            let place = place.and_then(Result::ok);
            let anchor = place.and_then(|place| place.outwards().find(|around| page.anchors.contains(around)));
            return (anchor.map_or_else(|| path.clone(), |anchor| format!("{path}#{anchor}")), false);
        }
        let (series, number) = instrument.split_once('/').unwrap_or((instrument, ""));
        let Some(outside) = self.outside.iter().find(|outside| outside.series == series) else {
            return (paths::REGULATIONS.to_owned(), false);
        };
        let mut href = outside.address.replace("{nummer}", number);
        if let (Some(pattern), Some(place)) = (&outside.place, place) {
            let place = place.map_or_else(str::to_owned, |place| place.section_only().to_string());
            href.push_str(&pattern.replace("{plats}", &place));
        }
        (href, true)
    }
}

impl Targets for LawBook {
    fn shown(&self, target: &str) -> Shown {
        let cited = self.cited(target);
        let (instrument, place) = split(target);
        let span = self.span(instrument).unwrap_or_default();
        let page = self.known.get(instrument).and_then(|known| known.page.as_ref());
        let summary =
            page.and_then(|page| place?.ok()?.outwards().find_map(|around| page.summaries.get(&around).cloned()));
        let standing = match (&cited.replaced, span.standing(self.today), span.from) {
            (Some(replaced), ..) => standing_of(replaced),
            (None, Standing::NotYet, Some(from)) => format!("Träder i kraft {}.", swedish(from)),
            (None, _, Some(from)) => format!("Gäller sedan {}.", swedish(from)),
            _ => String::new(),
        };
        Shown {
            href: cited.spot.href,
            external: cited.external,
            label: cited.spot.label,
            standing,
            summary,
            replaced: cited.replaced.is_some(),
        }
    }
}

/// `sfs/2001:453#K5P11` → the instrument, and its place or (in a bill) its page.
pub fn split(target: &str) -> (&str, Option<Result<Place, &str>>) {
    match target.split_once('#') {
        Some((instrument, place)) => (instrument, Some(place.parse::<Place>().map_err(|_| place))),
        None => (target, None),
    }
}

fn anchors_of(part: &crate::content::PartSource) -> Vec<Place> {
    part.place.into_iter().chain(part.blocks.iter().filter_map(|block| block.place)).collect()
}

/// The first words of each section and stycke, for previews: what applies on the day.
fn summaries(source: &RegulationSource, today: Date) -> BTreeMap<Place, String> {
    const LONGEST: usize = 240;
    let day = source.span.reading_day(today);
    let mut summaries = BTreeMap::new();
    for part in &source.parts {
        for block in
            part.blocks.iter().filter(|block| block.span.holds(day) && block.kind != app::law::BlockKind::Comment)
        {
            let text = crate::markdown::plain_text(&block.text.markdown);
            let short = match text.char_indices().nth(LONGEST) {
                Some((end, _)) => format!("{}…", text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole)),
                None => text,
            };
            for place in block.place.into_iter().chain(part.place) {
                summaries.entry(place).or_insert_with(|| short.clone());
            }
        }
    }
    summaries
}
