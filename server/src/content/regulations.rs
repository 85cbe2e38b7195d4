//! `content/regler/{slug}.md`: acts, ordinances and agencies' regulations.

use super::fields::{Checker, Day};
use super::{Problem, slug_of};
use crate::citations::Sections;
use app::law::place::{Number, Place};
use app::law::standing::Span;
use app::law::{Amendment, BlockKind, Kind, naming};
use app::text::slug::slug;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// One instrument as its author wrote it.
#[derive(Debug)]
pub struct RegulationSource {
    pub slug: String,
    /// `sosfs/2014:4`
    pub id: String,
    pub title: String,
    /// "SOSFS 2014:4", "socialtjänstlagen (2001:453)".
    pub label: String,
    pub kind: Kind,
    pub publisher: String,
    pub lead: String,
    pub span: Span,
    pub replaces: Vec<String>,
    pub amendments: Vec<Amendment>,
    pub source: String,
    pub authoritative: String,
    pub checked: Date,
    pub transition: Option<String>,
    pub full_text: bool,
    pub keywords: Vec<String>,
    /// Every section that exists, where the whole text was read.
    pub sections: Option<Sections>,
    /// Before the first heading.
    pub intro: TextSource,
    pub parts: Vec<PartSource>,
}

#[derive(Debug)]
pub struct PartSource {
    /// 2 or 3.
    pub level: u8,
    pub anchor: String,
    pub place: Option<Place>,
    pub title: String,
    pub blocks: Vec<BlockSource>,
}

#[derive(Debug)]
pub struct BlockSource {
    pub kind: BlockKind,
    pub span: Span,
    /// The stycke that the block is about.
    pub place: Option<Place>,
    pub text: TextSource,
}

/// Markdown with the line of the file on which it starts.
#[derive(Debug, Default)]
pub struct TextSource {
    pub markdown: String,
    pub line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    serie: Spanned<String>,
    nummer: Spanned<String>,
    titel: Spanned<String>,
    namn: Spanned<String>,
    forkortning: Option<Spanned<String>>,
    slag: Spanned<String>,
    utgivare: Spanned<String>,
    ingress: Spanned<String>,
    i_kraft: Option<Day>,
    upphavd: Option<Spanned<Day>>,
    #[serde(default)]
    ersatter: Vec<Spanned<String>>,
    kalla: Spanned<String>,
    bindande_text: Spanned<String>,
    kontrollerad: Day,
    overgang: Option<Spanned<String>>,
    #[serde(default)]
    fulltext: bool,
    #[serde(default)]
    amnesord: Vec<String>,
    #[serde(default)]
    andringar: Vec<Andring>,
    #[serde(default)]
    paragrafer: BTreeMap<String, Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Andring {
    nummer: Spanned<String>,
    i_kraft: Day,
    om: Spanned<String>,
}

pub fn parse(path: &str, text: &str) -> Result<RegulationSource, Vec<Problem>> {
    let (front, parts, mut check): (FrontMatter, _, _) = Checker::read_page(path, text)?;
    let file_slug = slug_of(path, &mut check.problems).to_owned();

    let (series, number) = (check.text("serie", &front.serie), check.text("nummer", &front.nummer));
    let id = format!("{}/{number}", slug(&series));
    if slug(&id) != file_slug {
        check.fault(front.nummer.span().start, format!("filen ska heta `{}.md` efter serie och nummer", slug(&id)));
    }
    let kind = Kind::parse(front.slag.get_ref()).unwrap_or_else(|| {
        let known = Kind::ALL.map(|(_, name)| name).join(", ");
        check.fault(front.slag.span().start, format!("okänt slag `{}`; välj bland {known}", front.slag.get_ref()));
        Kind::Act
    });
    let span = Span { from: front.i_kraft.map(|day| day.0), until: front.upphavd.as_ref().map(|day| day.get_ref().0) };
    if let (Some(upphavd), Some(from), Some(until)) = (&front.upphavd, span.from, span.until)
        && until <= from
    {
        check.fault(upphavd.span().start, "`upphavd` är inte senare än `i_kraft`");
    }
    if let Some(short) = &front.forkortning {
        check.text("forkortning", short);
    }
    let name = check.text("namn", &front.namn);
    let label = if kind.is_agency() { format!("{series} {number}") } else { naming::with_number(&name, &number) };
    let amendments = front
        .andringar
        .iter()
        .map(|change| Amendment {
            number: check.text("nummer", &change.nummer),
            from: change.i_kraft.0,
            about: check.text("om", &change.om),
        })
        .collect();
    let sections = (!front.paragrafer.is_empty()).then(|| sections(&front.paragrafer, &mut check));
    let replaces = front.ersatter.iter().map(|id| check.instrument("ersatter", id)).collect();
    let (intro, body_parts) = body(path, parts.body, parts.body_line, front.fulltext, &mut check.problems);
    let regulation = RegulationSource {
        slug: file_slug,
        id,
        title: check.text("titel", &front.titel),
        label,
        kind,
        publisher: check.text("utgivare", &front.utgivare),
        lead: check.text("ingress", &front.ingress),
        span,
        replaces,
        amendments,
        source: check.https("kalla", Some(&front.kalla)).unwrap_or_default(),
        authoritative: check.text("bindande_text", &front.bindande_text),
        checked: front.kontrollerad.0,
        transition: front.overgang.as_ref().map(|text| check.text("overgang", text)),
        full_text: front.fulltext,
        keywords: front.amnesord,
        sections,
        intro,
        parts: body_parts,
    };
    check.finish(regulation)
}

/// `"19" = "1-7, 7 a"`: an empty key for an act without chapters.
fn sections(table: &BTreeMap<String, Spanned<String>>, check: &mut Checker) -> Sections {
    let mut sections = Sections::new();
    for (chapter, list) in table {
        let number = if chapter.is_empty() { Some(None) } else { read_number(chapter).map(Some) };
        let mut found = BTreeSet::new();
        let well_formed = list.get_ref().split(',').all(|part| read_range(part, &mut found).is_some());
        match number {
            Some(chapter) if well_formed => {
                sections.insert(chapter, found);
            }
            _ => check.fault(list.span().start, format!("`{chapter}`: skriv paragraferna som \"1-4, 4 a, 5\"")),
        }
    }
    sections
}

fn read_range(part: &str, found: &mut BTreeSet<Number>) -> Option<()> {
    let Some((first, last)) = part.split_once(['-', '–']) else {
        found.insert(read_number(part)?);
        return Some(());
    };
    let (first, last) = (read_number(first)?, read_number(last)?);
    match (first.letter, last.letter) {
        (None, None) if first.value < last.value => found.extend((first.value..=last.value).map(Number::plain)),
        (Some(from), Some(to)) if first.value == last.value && from < to => {
            found.extend((from..=to).map(|letter| Number { value: first.value, letter: Some(letter) }));
        }
        _ => return None,
    }
    Some(())
}

/// `4`, `4 a`
fn read_number(text: &str) -> Option<Number> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let mut letters = text[digits.len()..].chars();
    let number = Number { value: digits.parse().ok()?, letter: letters.next() };
    letters.next().is_none().then_some(number)
}

/// Cuts the body at its headings and at its `:::` fences.
fn body(
    path: &str,
    body: &str,
    first_line: usize,
    full_text: bool,
    problems: &mut Vec<Problem>,
) -> (TextSource, Vec<PartSource>) {
    let mut intro = TextSource { line: first_line, ..TextSource::default() };
    let mut parts: Vec<PartSource> = Vec::new();
    let mut anchors = BTreeSet::new();
    let mut chapter = None;
    let mut open: Option<(BlockSource, usize)> = None;
    for (index, line) in body.lines().enumerate() {
        let number = first_line + index;
        let mut fault = |message: String| problems.push(Problem::new(path, number, message));
        if let Some(fence) = line.strip_prefix(":::") {
            let fence = fence.trim();
            match (open.take(), fence.is_empty(), parts.last_mut()) {
                (Some((block, _)), true, Some(part)) => part.blocks.push(block),
                (Some(still), false, _) => {
                    fault("ett block börjar innan det förra är slut; avsluta det med `:::` på en egen rad".into());
                    open = Some(still);
                }
                (None, true, _) => fault("`:::` avslutar inget block".into()),
                (_, _, None) => fault("ett block ska stå under en rubrik".into()),
                (None, false, Some(part)) => match block(fence, number + 1, part.place) {
                    Ok(block) => open = Some((block, number)),
                    Err(message) => fault(message),
                },
            }
            continue;
        }
        if let Some((block, _)) = &mut open {
            push_line(&mut block.text.markdown, line);
            continue;
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if (2..=3).contains(&level) && line[level..].starts_with(' ') {
            let mut part = part(u8::try_from(level).unwrap_or(2), line[level..].trim(), &mut chapter);
            if !anchors.insert(part.anchor.clone()) {
                fault(format!("`{}` står två gånger på sidan", part.title));
                part.anchor = format!("{}-{number}", part.anchor);
            }
            parts.push(part);
            continue;
        }
        match parts.last_mut() {
            None => push_line(&mut intro.markdown, line),
            Some(part) => {
                if !matches!(part.blocks.last(), Some(block) if block.kind == BlockKind::Comment) {
                    if line.trim().is_empty() {
                        continue;
                    }
                    let text = TextSource { line: number, ..TextSource::default() };
                    part.blocks.push(BlockSource {
                        kind: BlockKind::Comment,
                        span: Span::default(),
                        place: None,
                        text,
                    });
                }
                if let Some(block) = part.blocks.last_mut() {
                    push_line(&mut block.text.markdown, line);
                }
            }
        }
    }
    if let Some((_, line)) = open {
        problems.push(Problem::new(path, line, "blocket har inget slut; avsluta det med `:::` på en egen rad"));
    }
    if full_text {
        number_stycken(&mut parts);
    }
    (intro, parts)
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// `## 19 kap. Titel`, `### 1 § Titel`, or any other heading.
fn part(level: u8, heading: &str, chapter: &mut Option<Number>) -> PartSource {
    let digits = heading.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = heading.split_at(digits);
    let rest = rest.trim_start();
    let (letter, rest) = match rest.split_once(' ') {
        Some((letter, after)) if letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_lowercase()) => (letter, after),
        _ => ("", rest),
    };
    let number = read_number(&format!("{number}{letter}"));
    let place = number.and_then(|number| {
        if rest.starts_with("kap.") {
            *chapter = Some(number);
            return Some(Place::chapter(number));
        }
        let own_chapter = if level == 3 { *chapter } else { None };
        rest.starts_with('§').then(|| Place { chapter: own_chapter, section: Some(number), ..Place::default() })
    });
    if place.is_none() && level == 2 {
        *chapter = None;
    }
    PartSource {
        level,
        anchor: place.map_or_else(|| slug(heading), |place| place.to_string()),
        place,
        title: heading.to_owned(),
        blocks: Vec::new(),
    }
}

/// `foreskrift stycke=1 fran=2026-01-15`
fn block(fence: &str, line: usize, part: Option<Place>) -> Result<BlockSource, String> {
    let mut words = fence.split_whitespace();
    let kind = match words.next() {
        Some("foreskrift") => BlockKind::Binding,
        Some("allmant-rad") => BlockKind::Advice,
        other => {
            return Err(format!("okänt block `{}`; skriv :::foreskrift eller :::allmant-rad", other.unwrap_or("")));
        }
    };
    let mut block =
        BlockSource { kind, span: Span::default(), place: None, text: TextSource { line, ..TextSource::default() } };
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let day = || value.parse::<Date>().map(Some).map_err(|_| format!("`{word}`: skriv dagen som 2026-01-15"));
        match name {
            "fran" => block.span.from = day()?,
            "till" => block.span.until = day()?,
            "stycke" => {
                let stycke = value.parse().map_err(|_| format!("`{word}`: skriv styckets nummer, som stycke=2"))?;
                let section = part.filter(|place| place.section.is_some());
                let section = section.ok_or_else(|| format!("`{word}`: bara en paragraf har stycken"))?;
                block.place = Some(Place { stycke: Some(stycke), ..section });
            }
            _ => return Err(format!("okänd uppgift `{word}`; blocket kan ha stycke=, fran= och till=")),
        }
    }
    Ok(block)
}

/// In the full text each block is a stycke, in order, for each wording anew.
fn number_stycken(parts: &mut [PartSource]) {
    for part in parts {
        let Some(section) = part.place.filter(|place| place.section.is_some()) else { continue };
        let mut counts: Vec<(Span, u16)> = Vec::new();
        for block in part.blocks.iter_mut().filter(|block| block.kind == BlockKind::Binding && block.place.is_none()) {
            let at = counts.iter().position(|(span, _)| *span == block.span).unwrap_or_else(|| {
                counts.push((block.span, 0));
                counts.len() - 1
            });
            counts[at].1 += 1;
            block.place = Some(Place { stycke: Some(counts[at].1), ..section });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRONT: &str = "serie = 'SOSFS'\nnummer = '2014:4'\ntitel = 'Föreskrifter (SOSFS 2014:4)'\nnamn = 'föreskrifterna'\n\
        slag = 'föreskrifter och allmänna råd'\nutgivare = 'Socialstyrelsen'\ningress = 'Om.'\ni_kraft = 2014-10-01\nupphavd = 2022-11-01\n\
        kalla = 'https://example.se/'\nbindande_text = 'Den tryckta.'\nkontrollerad = 2020-12-10\n";

    fn read(front: &str, body: &str) -> Result<RegulationSource, Vec<Problem>> {
        parse("regler/sosfs-2014-4.md", &format!("+++\n{front}+++\n{body}"))
    }

    #[test]
    fn a_regulation_is_cut_into_chapters_sections_and_blocks() {
        let body = "Inledning.\n\n## 3 kap. Planering\n\n### 2 a § Mål\n\nVår kommentar.\n\n:::foreskrift stycke=1 fran=2014-10-01\nNämnden ska.\n:::\n\n:::allmant-rad\nNämnden bör.\n:::\n\n## Annat\n";
        let regulation = read(&format!("{FRONT}[paragrafer]\n'3' = '1, 2 a-2 c, 3-5'\n"), body).unwrap();
        assert_eq!(regulation.id, "sosfs/2014:4");
        assert_eq!(regulation.label, "SOSFS 2014:4");
        let anchors: Vec<_> = regulation.parts.iter().map(|part| part.anchor.as_str()).collect();
        assert_eq!(anchors, ["K3", "K3P2a", "annat"]);
        let blocks = &regulation.parts[1].blocks;
        assert_eq!(
            blocks.iter().map(|block| block.kind).collect::<Vec<_>>(),
            [BlockKind::Comment, BlockKind::Binding, BlockKind::Advice]
        );
        assert_eq!(blocks[1].place.unwrap().to_string(), "K3P2aS1");
        assert_eq!((blocks[1].text.markdown.as_str(), blocks[1].text.line), ("Nämnden ska.\n", 26));
        let sections = &regulation.sections.unwrap()[&Some(Number::plain(3))];
        assert_eq!(sections.len(), 7);
    }

    #[test]
    fn a_full_text_numbers_its_stycken() {
        let body = "## 3 §\n\n:::foreskrift\nEtt.\n:::\n\n:::foreskrift\nTvå.\n:::\n";
        let regulation = read(&format!("{FRONT}fulltext = true\n"), body).unwrap();
        let places: Vec<_> = regulation.parts[0].blocks.iter().map(|block| block.place.unwrap().to_string()).collect();
        assert_eq!(places, ["P3S1", "P3S2"]);
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        for (front, body, line, message) in [
            (FRONT.replace("2014:4'\n", "2014:5'\n"), "", 3, "sosfs-2014-5"),
            (FRONT.replace("2022-11-01", "2014-10-01"), "", 10, "inte senare"),
            (FRONT.replace("slag = 'föreskrifter och allmänna råd'", "slag = 'dom'"), "", 6, "okänt slag"),
            (FRONT.to_owned(), "## 1 kap. A\n:::foreskrift\nx\n", 16, "inget slut"),
            (FRONT.to_owned(), "## 1 kap. A\n:::\n", 16, "avslutar inget"),
            (FRONT.to_owned(), ":::foreskrift\nx\n:::\n", 15, "under en rubrik"),
            (FRONT.to_owned(), "## 1 kap. A\n:::rad\nx\n:::\n", 16, "okänt block"),
            (FRONT.to_owned(), "## 1 kap. A\n:::foreskrift stycke=1\nx\n:::\n", 16, "bara en paragraf"),
            (FRONT.to_owned(), "## 1 kap. A\n:::foreskrift fran=igår\nx\n:::\n", 16, "skriv dagen"),
            (FRONT.to_owned(), "## 1 kap. A\n## 1 kap. B\n", 16, "två gånger"),
            (format!("{FRONT}[paragrafer]\n'3' = '5-1'\n"), "", 15, "skriv paragraferna"),
        ] {
            let problems = read(&front, body).unwrap_err();
            assert!(
                problems.iter().any(|p| p.line == line && p.message.contains(message)),
                "{line} {message}: {problems:?}"
            );
        }
    }
}
