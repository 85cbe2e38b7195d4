//! What an instrument, a chapter or a section is called, where it is read, and what it corresponds to today.

use super::readings::Stubs;
use crate::citations::Lexicon;
use crate::content::{CorrespondenceTable, InstrumentNames, Outside, Problem, RegulationSource};
use crate::markdown::{Shown, Targets};
use app::law::place::Place;
use app::law::standing::{Chain, Link, Span, Standing};
use app::law::{Cited, Replaced, Spot, naming};
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
    tables: Vec<CorrespondenceTable>,
}

#[derive(Debug, Default)]
struct Known {
    label: String,
    span: Span,
    page: Option<Page>,
}

/// What a hosted instrument's page holds.
#[derive(Debug, Default)]
struct Page {
    slug: String,
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

    /// What a repealed provision corresponds to today; `None` while it is in force, or nobody knows its days.
    pub fn replaced(&self, target: &str) -> Option<Replaced> {
        let (instrument, place) = split(target);
        let span = self.span(instrument)?;
        let on = span.until.filter(|_| span.standing(self.today) == Standing::Repealed)?;
        let chain = self.chain(instrument);
        let by = chain.after(instrument).map(|next| next.label.clone());
        let mut today: Vec<Spot> = Vec::new();
        if let Some(Ok(place)) = place {
            let mut places = vec![(instrument.to_owned(), place)];
            // Along the chain: what replaced it may have been replaced in its turn.
            for _ in 0..chain.0.len() {
                let step = |(instrument, place): &(String, Place)| -> Vec<(String, Place)> {
                    let repealed =
                        self.span(instrument).is_some_and(|span| span.standing(self.today) == Standing::Repealed);
                    if repealed { self.successors(instrument, *place) } else { vec![(instrument.clone(), *place)] }
                };
                places = places.iter().flat_map(step).collect();
            }
            for (instrument, place) in places {
                let spot = self.spot(&format!("{instrument}#{place}"));
                if !today.contains(&spot) {
                    today.push(spot);
                }
            }
        }
        Some(Replaced { on, today, by })
    }

    /// By the tables: the row of the very place, else of what holds it, else of what it holds.
    fn successors(&self, instrument: &str, place: Place) -> Vec<(String, Place)> {
        let Some(table) = self.tables.iter().find(|table| table.from == instrument) else { return Vec::new() };
        let rows = |fits: &dyn Fn(Place) -> bool| -> Vec<(String, Place)> {
            let rows = table.rows.iter().filter(|row| row.from.is_some_and(fits));
            rows.flat_map(|row| row.to.iter().map(|to| (table.to.clone(), *to))).collect()
        };
        let exact = rows(&|from| from == place);
        if !exact.is_empty() {
            return exact;
        }
        for around in place.outwards() {
            let wider = rows(&|from| from == around);
            if !wider.is_empty() {
                return wider;
            }
        }
        let mut within: Vec<_> =
            rows(&|from| place.holds(from)).into_iter().map(|(id, to)| (id, to.section_only())).collect();
        within.sort();
        within.dedup();
        within
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

/// "Upphävd 1 juli 2025. Motsvaras i dag av …"
pub fn standing_of(replaced: &Replaced) -> String {
    let labels = grouped(&replaced.today);
    let repealed = format!("Upphävd {}.", swedish(replaced.on));
    match (labels.is_empty(), &replaced.by) {
        (false, _) => format!("{repealed} Motsvaras i dag av {}.", labels),
        (true, Some(by)) => format!("{repealed} Ersatt av {by}."),
        (true, None) => repealed,
    }
}

/// "13 kap. 1 §, 18 kap. 7 § socialtjänstlagen (2025:400)": each instrument is named once.
fn grouped(spots: &[Spot]) -> String {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for spot in spots {
        let place = split(&spot.target).1.and_then(Result::ok).map(Place::spoken).unwrap_or_default();
        let instrument = spot.label.strip_prefix(&place).unwrap_or(&spot.label).trim_start();
        match groups.last_mut() {
            Some((same, places)) if *same == instrument => places.push(place),
            _ => groups.push((instrument, vec![place])),
        }
    }
    let groups: Vec<String> =
        groups.into_iter().map(|(instrument, places)| format!("{} {instrument}", places.join(", "))).collect();
    groups.join(" och ")
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

fn link(known: &BTreeMap<String, Known>, instrument: &str, span: Span) -> Link {
    let found = known.get(instrument);
    Link {
        instrument: instrument.to_owned(),
        label: found.map_or_else(|| naming::by_number(instrument), |known| known.label.clone()),
        slug: found.and_then(|known| known.page.as_ref()).map(|page| page.slug.clone()),
        span,
    }
}

/// Chains from `ersatter` and from the periods of names, joined where they share an instrument.
fn chains(sources: &Sources, known: &BTreeMap<String, Known>) -> Vec<Chain> {
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    let mut join = |ids: BTreeSet<String>| {
        let (mut joined, rest): (Vec<_>, Vec<_>) = groups.drain(..).partition(|group| !group.is_disjoint(&ids));
        joined.push(ids);
        groups = rest;
        groups.push(joined.into_iter().flatten().collect());
    };
    for (_, source) in &sources.regulations {
        join(source.replaces.iter().cloned().chain([source.id.clone()]).collect());
    }
    for naming in &sources.names.namings {
        join(naming.periods.iter().map(|period| period.instrument.clone()).collect());
    }
    let chain = |group: &BTreeSet<String>| {
        let span = |id: &String| known.get(id).map(|known| known.span).unwrap_or_default();
        let mut links: Vec<Link> = group.iter().map(|id| link(known, id, span(id))).collect();
        links.sort_by_key(|link| link.span.from);
        // One that nobody knows the days of lasted until the next began.
        for at in 0..links.len().saturating_sub(1) {
            if links[at].span.until.is_none() {
                links[at].span.until = links[at + 1].span.from;
            }
        }
        Chain(links)
    };
    groups.iter().map(chain).collect()
}
