//! A list on paper: what is taken to the door when all else fails.

use super::paper::{INK, LINE, LYING, PINE, Paper, SOFT, Sheet, UPRIGHT, heading, mm};
use super::writing::{Block, Style};
use krilla::tagging::{ArtifactType, TableHeaderScope, Tag, TagGroup, TagKind};
use std::ops::Range;

/// A table over as many pages as it takes, with its head on each. A row may have more or fewer cells than there are
/// columns: what is too much is left out. An empty cell leaves room to write in.
pub fn list(title: &str, columns: &[&str], rows: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    let mut paper = Paper::new(title, "Lista")?;
    if columns.is_empty() || rows.is_empty() {
        paper.note("Listan är tom.")?;
        return paper.finish();
    }
    let size = if columns.len() > 4 { LYING } else { UPRIGHT };
    let width = size.0 - 2.0 * SIDE;
    let title = Block::fit(paper.title(), TITLE, width, mm(20.0));
    let below_title = TOP + title.height() + mm(4.0);
    let table = Table::set(columns, rows, width);

    let pages = table.pages(below_title, size.1 - BOTTOM);
    let mut tags = TagGroup::new(Tag::Table);
    let mut body = TagGroup::new(Tag::TBody);
    for (number, rows) in pages.iter().enumerate() {
        let name = format!("Sida {} av {}", number + 1, pages.len());
        let said = paper.page(size, &name, |sheet| {
            let mut said = None;
            let mut y = TOP;
            if number == 0 {
                said = heading(1, &title, sheet.write(&title, SIDE, y, INK));
                y = below_title;
                let head = table.draw(sheet, &table.head, y, || Tag::TH(TableHeaderScope::Column).into());
                tags.push(TagGroup::with_children(Tag::THead, vec![head.into()]));
            } else {
                table.repeat_head(sheet, y);
            }
            y += table.head.height;
            let mut lines = vec![[SIDE, y - 1.0, width, 1.0]];
            for row in &table.rows[rows.clone()] {
                body.push(table.draw(sheet, row, y, || Tag::TD.into()));
                y += row.height;
                lines.push([SIDE, y - 0.4, width, 0.4]);
            }
            sheet.decorate(ArtifactType::Layout, LINE, lines);
            let foot = Block::wrapped(&name, Style::regular(9.0), width);
            sheet.repeat(&foot, size.0 - SIDE - foot.width(), size.1 - mm(12.0), SOFT);
            said
        })?;
        said.into_iter().for_each(|title| paper.add(title));
    }
    tags.push(body);
    paper.add(tags);
    paper.finish()
}

const SIDE: f32 = mm(17.0);
const TOP: f32 = mm(17.0);
const BOTTOM: f32 = mm(17.0);

const TITLE: Style = Style::bold(18.0).down_to(12.0);
const HEAD: Style = Style::bold(10.0).down_to(8.0);
const CELL: Style = Style::regular(10.5).down_to(8.5);
/// Above and below what stands in a row.
const AIR: f32 = mm(1.4);
/// A row is never so tall that it would not fit on a page.
const TALLEST: f32 = mm(60.0);

struct Table {
    /// Left edge and width of each column.
    columns: Vec<(f32, f32)>,
    head: Row,
    rows: Vec<Row>,
}

struct Row {
    cells: Vec<Block>,
    height: f32,
}

impl Table {
    fn set(columns: &[&str], rows: &[Vec<String>], width: f32) -> Self {
        let gap = mm(4.0).min(width / columns.len() as f32 / 4.0);
        let unbroken = |text: &str, style: Style| Block::wrapped(text, style, f32::INFINITY).width();
        let wished = columns.iter().enumerate().map(|(at, head)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|text| unbroken(text, CELL));
            // A hair more, so that rounding breaks no line.
            cells.fold(unbroken(head, HEAD), f32::max) + 0.5
        });
        let widths = shared(&wished.collect::<Vec<f32>>(), width - gap * (columns.len() - 1) as f32);
        let mut left = SIDE;
        let places = widths.iter().map(|width| {
            let place = (left, *width);
            left += width + gap;
            place
        });
        let places: Vec<(f32, f32)> = places.collect();

        let row = |texts: &[&str], style: Style| {
            let text = |at: usize| texts.get(at).copied().unwrap_or_default();
            let cells = places.iter().enumerate().map(|(at, (_, width))| Block::fit(text(at), style, *width, TALLEST));
            let cells: Vec<Block> = cells.collect();
            let tallest = cells.iter().map(Block::height).fold(style.largest * style.leading, f32::max);
            Row { cells, height: tallest + 2.0 * AIR }
        };
        let head = row(columns, HEAD);
        let rows = rows.iter().map(|texts| row(&texts.iter().map(String::as_str).collect::<Vec<_>>(), CELL)).collect();
        Self { columns: places, head, rows }
    }

    /// Which rows stand on each page. The first has less room.
    fn pages(&self, first_top: f32, bottom: f32) -> Vec<Range<usize>> {
        let mut pages = Vec::new();
        let (mut start, mut y) = (0, first_top + self.head.height);
        for (at, row) in self.rows.iter().enumerate() {
            if y + row.height > bottom && at > start {
                pages.push(start..at);
                (start, y) = (at, TOP + self.head.height);
            }
            y += row.height;
        }
        pages.push(start..self.rows.len());
        pages
    }

    fn draw(&self, sheet: &mut Sheet, row: &Row, top: f32, tag: impl Fn() -> TagKind) -> TagGroup {
        let colour = if std::ptr::eq(row, &self.head) { PINE } else { INK };
        let mut tags = TagGroup::new(Tag::TR);
        for ((left, _), cell) in self.columns.iter().zip(&row.cells) {
            let mut nodes = sheet.write(cell, *left, top + AIR, colour);
            if nodes.is_empty() {
                nodes.push(sheet.write_nothing());
            }
            tags.push(TagGroup::with_children(tag(), nodes));
        }
        tags
    }

    fn repeat_head(&self, sheet: &mut Sheet, top: f32) {
        for ((left, _), cell) in self.columns.iter().zip(&self.head.cells) {
            sheet.repeat(cell, *left, top + AIR, PINE);
        }
    }
}

/// Columns get what they wish, and an equal part of what is left over. Where there is too little, those that wish for
/// more than their share have to do with it.
fn shared(wished: &[f32], width: f32) -> Vec<f32> {
    let mut widths = wished.to_vec();
    let mut least_first: Vec<usize> = (0..wished.len()).collect();
    least_first.sort_by(|a, b| wished[*a].total_cmp(&wished[*b]));
    let mut left = width;
    for (done, column) in least_first.iter().enumerate() {
        let share = left / (wished.len() - done) as f32;
        widths[*column] = wished[*column].min(share);
        left -= widths[*column];
    }
    let each = left / wished.len() as f32;
    widths.into_iter().map(|width| width + each.max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width() {
        assert_eq!(shared(&[10.0, 20.0], 50.0), [20.0, 30.0]);
        assert_eq!(shared(&[10.0, 200.0, 100.0], 90.0), [10.0, 40.0, 40.0]);
        assert_eq!(shared(&[0.0], 90.0), [90.0]);
    }
}
