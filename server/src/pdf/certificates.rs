//! Certificates: a page of A4 each, with a code by which anybody can check that it is genuine.

use super::code::Code;
use super::paper::{Colour, HONEY, INK, LINE, Link, PINE, Paper, SOFT, Sheet, UPRIGHT, heading, mm, part};
use super::writing::{Block, Style, plain};
use krilla::tagging::{ArtifactType, Identifier, ListNumbering, Node, Tag, TagGroup};

/// What is certified. What is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificate {
    /// "Intyg om deltagande".
    pub heading: String,
    pub name: String,
    /// Between the name and `what`: "har deltagit i", "har genomfört".
    pub did: String,
    /// The title of the conference or course.
    pub what: String,
    pub when: String,
    pub place: String,
    /// Workshops, chapters, versions of regulations … Some twenty lines have room; of more it is told how many.
    pub parts: Vec<String>,
    /// "6 timmar".
    pub hours: Option<String>,
    pub issuer: String,
    /// As it is read out: "K7QM-2F4X".
    pub code: String,
    /// Where the code is checked: the whole address, https://….
    pub check_url: String,
}

/// In the order given, one page each. Fails if an address is too long for a QR code.
pub fn certificates(certificates: &[Certificate]) -> anyhow::Result<Vec<u8>> {
    let mut paper = Paper::new(certificates.first().map_or("", |first| &first.heading), "Intyg")?;
    for (number, certificate) in certificates.iter().enumerate() {
        let (said, check) = (Said::of(certificate), Check::of(certificate)?);
        let name = plain(&certificate.name);
        let bookmark = if name.is_empty() { format!("Intyg {}", number + 1) } else { name };

        let link = check.as_ref().and_then(Check::link);
        let tags = paper.linked_page(UPRIGHT, &bookmark, link, |sheet, link| {
            let mut column = Column { sheet, y: TOP, tags: TagGroup::new(Tag::Section) };
            said.draw(&mut column);
            if let Some(check) = &check {
                check.draw(&mut column, link);
            }
            column.tags
        })?;
        paper.add(tags);
    }
    if certificates.is_empty() {
        paper.note("Det finns inga intyg att skriva ut.")?;
    }
    paper.finish()
}

const LEFT: f32 = mm(27.0);
const WIDTH: f32 = UPRIGHT.0 - 2.0 * LEFT;
const TOP: f32 = mm(24.0);
/// Where the check begins. What is certified stands above it.
const FOOT: f32 = mm(236.0);
/// The side of the code, its white margin counted.
const CODE: f32 = mm(38.0);
/// Of what stands beside a label, and beside a list's dot.
const VALUE: f32 = mm(30.0);
const INDENT: f32 = mm(5.0);

const ISSUER: Style = Style::bold(12.0).down_to(9.0);
const HEADING: Style = Style::bold(30.0).down_to(14.0);
const RUNNING: Style = Style::regular(12.5).down_to(9.0);
const NAME: Style = Style::bold(26.0).down_to(11.0);
const WHAT: Style = Style::bold(17.0).down_to(10.0);
const FACT: Style = Style::regular(12.0).down_to(9.0);
const SUBHEADING: Style = Style::bold(12.5);
const SMALL: Style = Style::regular(10.0).down_to(8.0);

/// What is drawn from top to bottom, and the tags of it.
struct Column<'a, 'b> {
    sheet: &'a mut Sheet<'b>,
    y: f32,
    tags: TagGroup,
}

impl Column<'_, '_> {
    fn paragraph(&mut self, block: &Block, colour: Colour) {
        let nodes = self.sheet.write(block, LEFT, self.y, colour);
        self.add(part(Tag::P, nodes));
        self.y += block.height();
    }

    fn heading(&mut self, level: u16, block: &Block) {
        let nodes = self.sheet.write(block, LEFT, self.y, INK);
        self.add(heading(level, block, nodes));
        self.y += block.height();
    }

    fn add(&mut self, tags: Option<TagGroup>) {
        tags.into_iter().for_each(|tags| self.tags.push(tags));
    }
}

/// The upper part of the page: who has done what, in letters and distances that have room.
struct Said {
    issuer: Block,
    heading: Block,
    /// Name and deed, with the distance above each in millimetres.
    sentence: Vec<(f32, Block, Colour)>,
    facts: Vec<(Block, Block)>,
    contents: Option<Contents>,
    /// What is left of the distances between the blocks: 1 where there is little to say.
    air: f32,
}

impl Said {
    fn of(certificate: &Certificate) -> Self {
        let Certificate { name, did, what, when, place, hours, .. } = certificate;
        let fit = |text: &str, style: Style, height: f32| Block::fit(text, style, WIDTH, mm(height));
        let certify = if plain(name).is_empty() { "" } else { "Vi intygar att" };
        let sentence = vec![
            (10.0, fit(certify, RUNNING, 6.0), SOFT),
            (1.5, fit(name, NAME, 26.0), INK),
            (2.5, fit(did, RUNNING, 6.0), SOFT),
            (1.5, fit(what, WHAT, 26.0), INK),
        ];
        let hours = hours.as_deref().unwrap_or_default();
        let facts =
            [("När", when.as_str()), ("Var", place), ("Omfattning", hours)].into_iter().map(|(label, value)| {
                // The colon keeps the two apart for those who hear them.
                let label = Block::fit(&format!("{label}: "), FACT, VALUE, mm(6.0));
                (label, Block::fit(value, FACT, WIDTH - VALUE, mm(11.0)))
            });
        let mut said = Self {
            issuer: fit(&certificate.issuer, ISSUER, 12.0),
            heading: fit(&certificate.heading, HEADING, 26.0),
            sentence,
            facts: facts.filter(|(_, value)| !value.is_empty()).collect(),
            contents: None,
            air: 1.0,
        };

        let contents: Vec<&str> =
            certificate.parts.iter().map(String::as_str).filter(|text| !plain(text).is_empty()).collect();
        if !contents.is_empty() {
            // Closer together before smaller, and smaller before shorter.
            for (air, size) in [(1.0, 11.5), (0.7, 11.0), (0.45, 10.5), (0.45, 9.5), (0.45, 8.5)] {
                said.air = air;
                said.contents = Some(Contents::of(&contents, size));
                if said.height() <= FOOT - mm(6.0) - TOP {
                    return said;
                }
            }
            let room = FOOT - mm(6.0) - TOP;
            while said.height() > room && said.contents.as_mut().is_some_and(Contents::shorten) {}
        }
        said
    }

    /// In the order in which it is drawn.
    fn height(&self) -> f32 {
        let facts = self.facts.iter().map(|(label, value)| value.height().max(label.height()) + Self::BETWEEN_FACTS);
        let contents = self.contents.as_ref().map_or(0.0, |contents| mm(6.0) * self.air + contents.height());
        self.issuer.height()
            + mm(Self::ABOVE_RULE)
            + mm(Self::BELOW_RULE) * self.air
            + self.heading.height()
            + self.sentence.iter().map(|(above, block, _)| mm(*above) * self.air + block.height()).sum::<f32>()
            + mm(Self::ABOVE_FACTS) * self.air
            + facts.sum::<f32>()
            + contents
    }

    const ABOVE_RULE: f32 = 3.0;
    const BELOW_RULE: f32 = 20.0;
    const ABOVE_FACTS: f32 = 6.0;
    const BETWEEN_FACTS: f32 = mm(1.0);

    fn draw(&self, column: &mut Column) {
        column.paragraph(&self.issuer, PINE);
        column.y += mm(Self::ABOVE_RULE);
        column.sheet.decorate(ArtifactType::Layout, HONEY, [[LEFT, column.y, mm(24.0), mm(1.2)]]);
        column.y += mm(Self::BELOW_RULE) * self.air;
        column.heading(1, &self.heading);
        for (above, block, colour) in &self.sentence {
            column.y += mm(*above) * self.air;
            column.paragraph(block, *colour);
        }
        column.y += mm(Self::ABOVE_FACTS) * self.air;
        let mut facts = TagGroup::new(Tag::L(ListNumbering::None));
        for (label, value) in &self.facts {
            let label_nodes = column.sheet.write(label, LEFT, column.y, SOFT);
            let value_nodes = column.sheet.write(value, LEFT + VALUE, column.y, INK);
            facts.push(item(label_nodes, value_nodes));
            column.y += value.height().max(label.height()) + Self::BETWEEN_FACTS;
        }
        column.tags.push(facts);
        if let Some(contents) = &self.contents {
            column.y += mm(6.0) * self.air;
            contents.draw(column);
        }
    }
}

/// A list of what belonged to it.
struct Contents {
    heading: Block,
    dot: Block,
    items: Vec<Block>,
    style: Style,
    left_out: usize,
}

impl Contents {
    const BETWEEN: f32 = 1.5;

    fn of(texts: &[&str], size: f32) -> Self {
        let style = Style { leading: 1.25, ..Style::regular(size) };
        Self {
            heading: Block::wrapped("Innehåll", SUBHEADING, WIDTH),
            dot: Block::wrapped("•", style, INDENT),
            items: texts.iter().map(|text| Block::fit(text, style, WIDTH - INDENT, mm(30.0))).collect(),
            style,
            left_out: 0,
        }
    }

    /// Leaves out the last one, and says how many were left out. False if nothing is left to leave out.
    fn shorten(&mut self) -> bool {
        let said = usize::from(self.left_out > 0);
        if self.items.len() <= said + 1 {
            return false;
        }
        self.items.truncate(self.items.len() - said - 1);
        self.left_out += 1;
        let more = format!("och {} till", self.left_out);
        self.items.push(Block::wrapped(&more, self.style, WIDTH - INDENT));
        true
    }

    fn height(&self) -> f32 {
        self.heading.height() + self.items.iter().map(|item| item.height() + Self::BETWEEN).sum::<f32>()
    }

    fn draw(&self, column: &mut Column) {
        column.heading(2, &self.heading);
        let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
        for text in &self.items {
            let label = column.sheet.write(&self.dot, LEFT, column.y, PINE);
            let body = column.sheet.write(text, LEFT + INDENT, column.y, INK);
            list.push(item(label, body));
            column.y += text.height() + Self::BETWEEN;
        }
        column.tags.push(list);
    }
}

/// Of a list: a dot or a label, and what belongs to it.
fn item(label: Vec<Node>, body: Vec<Node>) -> TagGroup {
    let label = TagGroup::with_children(Tag::Lbl, label);
    let body = TagGroup::with_children(Tag::LBody, body);
    TagGroup::with_children(Tag::LI, vec![label.into(), body.into()])
}

/// How to find out whether the certificate is genuine: at the page's foot, whatever stands above.
struct Check {
    address: String,
    picture: Code,
    heading: Block,
    explanation: Block,
    written: Block,
    code: Block,
}

impl Check {
    const ROOM: f32 = WIDTH - CODE - mm(2.0);
    const TOP: f32 = FOOT + mm(7.0);
    const BETWEEN: f32 = mm(1.5);

    /// None without an address.
    fn of(certificate: &Certificate) -> anyhow::Result<Option<Self>> {
        let address = plain(&certificate.check_url);
        if address.is_empty() {
            return Ok(None);
        }
        let explanation = "Skanna koden eller gå till adressen. Sidan säger om intyget är äkta och vad det gäller, men inte \
                           vem som har fått det.";
        let code = match plain(&certificate.code) {
            code if code.is_empty() => code,
            code => format!("Intygets kod: {code}"),
        };
        Ok(Some(Self {
            picture: Code::of(&address)?,
            heading: Block::wrapped("Kontrollera intyget", SUBHEADING, Self::ROOM),
            explanation: Block::wrapped(explanation, Style::regular(10.0), Self::ROOM),
            written: Block::fit(&address, SMALL, Self::ROOM, mm(10.0)),
            code: Block::fit(&code, Style::bold(10.0).down_to(8.0), Self::ROOM, mm(5.0)),
            address,
        }))
    }

    fn link(&self) -> Option<Link<'_>> {
        let place = [LEFT, self.address_top(), self.written.width(), self.written.height()];
        self.address.starts_with("http").then_some(Link { address: &self.address, place })
    }

    fn address_top(&self) -> f32 {
        Self::TOP + self.heading.height() + self.explanation.height() + 2.0 * Self::BETWEEN
    }

    fn draw(&self, column: &mut Column, link: Option<Identifier>) {
        column.sheet.decorate(ArtifactType::Layout, LINE, [[LEFT, FOOT, WIDTH, 0.6]]);
        column.y = Self::TOP;
        column.heading(2, &self.heading);
        column.y += Self::BETWEEN;
        column.paragraph(&self.explanation, SOFT);

        let mut written = column.sheet.write(&self.written, LEFT, self.address_top(), PINE);
        if let Some(link) = link {
            written.insert(0, link.into());
            written = vec![TagGroup::with_children(Tag::Link, written).into()];
        }
        column.add(part(Tag::P, written));
        column.y = self.address_top() + self.written.height() + Self::BETWEEN;
        column.paragraph(&self.code, INK);

        // The bars, not the white margin around them, end where the text ends.
        let margin = self.picture.margin(CODE);
        let picture = column.sheet.code(&self.picture, LEFT + WIDTH - CODE + margin, Self::TOP - margin, CODE);
        column.tags.push(picture);
    }
}
