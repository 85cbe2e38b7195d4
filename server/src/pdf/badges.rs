//! Name badges: ten on a sheet of A4, 85 × 54 mm each, as holders for cards take them.

use super::code::Code;
use super::paper::{INK, LINE, PINE, Paper, SOFT, Sheet, UPRIGHT, WHITE, heading, mm, part};
use super::writing::{Block, Style, plain};
use krilla::tagging::{ArtifactType, Tag, TagGroup};

/// What stands on somebody's badge. Whoever has protected personal data is called by the alias here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Badge {
    pub name: String,
    pub organisation: String,
    /// May be empty.
    pub role: String,
    /// "Press", "Medverkande" …: set off, so that it is seen from afar. May be empty.
    pub track: String,
    /// What the code for the check-in leads to.
    pub code_url: Option<String>,
}

/// Sheets to print on both thin and thick paper, with marks to cut along. The title stands on each badge in small
/// letters: the caller decides how much it says. Fails if an address is too long for a QR code.
pub fn badges(event_title: &str, badges: &[Badge]) -> anyhow::Result<Vec<u8>> {
    let mut paper = Paper::new(&format!("Namnskyltar {}", plain(event_title)), "Namnskyltar")?;
    let title = Block::fit(event_title, TITLE, INNER, mm(4.0));
    for (number, on_sheet) in badges.chunks(COLUMNS * ROWS).enumerate() {
        let drawn = paper.page(UPRIGHT, &format!("Blad {}", number + 1), |sheet| {
            sheet.decorate(ArtifactType::Page, LINE, cut_marks());
            let places = (0..ROWS * COLUMNS)
                .map(|place| (LEFT + (place % COLUMNS) as f32 * WIDTH, TOP + (place / COLUMNS) as f32 * HEIGHT));
            let drawn = on_sheet.iter().zip(places).map(|(badge, place)| draw(sheet, &title, badge, place));
            drawn.collect::<anyhow::Result<Vec<TagGroup>>>()
        })?;
        drawn?.into_iter().for_each(|badge| paper.add(badge));
    }
    if badges.is_empty() {
        paper.note("Det finns inga namnskyltar att skriva ut.")?;
    }
    paper.finish()
}

const COLUMNS: usize = 2;
const ROWS: usize = 5;
const WIDTH: f32 = mm(85.0);
const HEIGHT: f32 = mm(54.0);
/// Of the first badge.
const LEFT: f32 = (UPRIGHT.0 - COLUMNS as f32 * WIDTH) / 2.0;
const TOP: f32 = (UPRIGHT.1 - ROWS as f32 * HEIGHT) / 2.0;

/// Within a badge: what the holder's edge may cover, and what a hand that cuts may miss.
const EDGE: f32 = mm(6.0);
const INNER: f32 = WIDTH - 2.0 * EDGE;
const BOTTOM: f32 = HEIGHT - mm(5.0);
const NAME_TOP: f32 = mm(9.5);
const TRACK_HEIGHT: f32 = mm(5.5);
/// The white margin of the code counts as well.
const CODE: f32 = mm(24.0);

const TITLE: Style = Style::regular(8.0).down_to(7.0);
const NAME: Style = Style { leading: 1.1, ..Style::bold(26.0).down_to(8.0) };
const BELOW: Style = Style { leading: 1.2, ..Style::regular(11.0).down_to(7.0) };
const TRACK: Style = Style::bold(10.0).down_to(7.0);

/// Who somebody is: each part as large as the others let it be.
struct Person {
    name: Block,
    organisation: Block,
    role: Block,
}

impl Person {
    /// Between name and organisation, and between organisation and role.
    const GAPS: (f32, f32) = (mm(1.5), mm(0.5));

    /// The name gets less room where the rest would be cut short, but is not cut short itself for that.
    fn fit(badge: &Badge, beside_code: f32) -> Self {
        let room = BOTTOM - TRACK_HEIGHT - mm(1.5) - NAME_TOP;
        let fit = |for_name: f32| {
            let name = Block::fit(&badge.name, NAME, INNER, for_name);
            let room = room - name.height() - Self::GAPS.0;
            let organisation = Block::fit(&badge.organisation, BELOW, beside_code, room * 0.6);
            let role = Block::fit(&badge.role, BELOW, beside_code, room - organisation.height() - Self::GAPS.1);
            Self { name, organisation, role }
        };
        let whole = |person: &Self| person.name.whole && person.organisation.whole && person.role.whole;
        [mm(15.0), mm(12.0)].into_iter().map(fit).find(whole).unwrap_or_else(|| fit(mm(17.5)))
    }
}

fn draw(sheet: &mut Sheet, title: &Block, badge: &Badge, (left, top): (f32, f32)) -> anyhow::Result<TagGroup> {
    let code = badge.code_url.as_deref().map(Code::of).transpose()?;
    let beside_code = if code.is_some() { INNER - CODE + mm(1.0) } else { INNER };
    let x = left + EDGE;
    let mut parts = Vec::new();
    parts.extend(part(Tag::P, sheet.write(title, x, top + mm(4.5), SOFT)));

    let Person { name, organisation, role } = Person::fit(badge, beside_code);
    let mut y = top + NAME_TOP;
    parts.extend(heading(1, &name, sheet.write(&name, x, y, INK)));
    y += name.height() + Person::GAPS.0;
    parts.extend(part(Tag::P, sheet.write(&organisation, x, y, INK)));
    y += organisation.height() + Person::GAPS.1;
    parts.extend(part(Tag::P, sheet.write(&role, x, y, SOFT)));

    let track = Block::fit(&badge.track, TRACK, beside_code - mm(5.0), TRACK_HEIGHT);
    if !track.is_empty() {
        let y = top + BOTTOM - TRACK_HEIGHT;
        sheet.decorate(ArtifactType::Layout, PINE, [[x, y, track.width() + mm(5.0), TRACK_HEIGHT]]);
        let above = (TRACK_HEIGHT - track.height()) / 2.0;
        parts.extend(part(Tag::P, sheet.write(&track, x + mm(2.5), y + above, WHITE)));
    }
    if let Some(code) = code {
        // Its white margin may reach into the edge.
        let margin = code.margin(CODE);
        parts.push(sheet.code(&code, x + INNER - CODE + margin, top + BOTTOM - CODE + margin, CODE));
    }
    Ok(TagGroup::with_children(Tag::Section, parts.into_iter().map(Into::into).collect()))
}

/// Lines in the sheet's margins for a guillotine, and small crosses between the badges for scissors.
fn cut_marks() -> Vec<[f32; 4]> {
    const HAIR: f32 = 0.4;
    let mut marks = Vec::new();
    let mut lying = |x: f32, y: f32, length: f32| marks.push([x, y - HAIR / 2.0, length, HAIR]);
    for row in 0..=ROWS {
        let y = TOP + row as f32 * HEIGHT;
        lying(LEFT - mm(8.0), y, mm(6.0));
        lying(UPRIGHT.0 - LEFT + mm(2.0), y, mm(6.0));
        lying(LEFT + WIDTH - mm(1.5), y, mm(3.0));
    }
    let mut standing = |x: f32, y: f32, length: f32| marks.push([x - HAIR / 2.0, y, HAIR, length]);
    for column in 0..=COLUMNS {
        let x = LEFT + column as f32 * WIDTH;
        standing(x, TOP - mm(8.0), mm(6.0));
        standing(x, UPRIGHT.1 - TOP + mm(2.0), mm(6.0));
    }
    for row in 1..ROWS {
        standing(LEFT + WIDTH, TOP + row as f32 * HEIGHT - mm(1.5), mm(3.0));
    }
    marks
}
