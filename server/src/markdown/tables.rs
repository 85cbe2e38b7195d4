//! Tables: each in a box of its own that scrolls sideways by keyboard too, with header cells that say what they head.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::dialect::Step;
use super::html::escape;
use super::plain;

/// Wraps each table in a labelled region. The label comes from the nearest heading above; a second table under the
/// same heading is numbered, since two regions with one name cannot be told apart.
pub(super) fn wrap(steps: Vec<Step>) -> Vec<Step> {
    let mut heading = String::new();
    let mut tables_under: HashMap<String, u32> = HashMap::new();
    let mut table = Table::default();
    let mut wrapped = Vec::with_capacity(steps.len());

    for (index, Step { event, line }) in steps.iter().enumerate() {
        if let Event::Start(Tag::Heading { .. }) = event {
            heading = plain::element(&steps[index..]);
        }
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                let count = tables_under.entry(heading.clone()).or_insert(0);
                *count += 1;
                table = Table { alignments: alignments.clone(), ..Table::default() };
                opening(&heading, *count)
            }
            Event::Start(Tag::TableHead) => {
                table.start_row(true);
                "<thead>\n<tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => "</tr>\n</thead>\n<tbody>\n".to_owned(),
            Event::Start(Tag::TableRow) => {
                table.start_row(false);
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => {
                let empty = matches!(steps.get(index + 1), Some(Step { event: Event::End(TagEnd::TableCell), .. }));
                table.start_cell(empty)
            }
            Event::End(TagEnd::TableCell) => table.end_cell().to_owned(),
            Event::End(TagEnd::Table) => "</tbody>\n</table>\n</div>\n".to_owned(),
            other => {
                wrapped.push(Step { event: other.clone(), line: *line });
                continue;
            }
        };
        wrapped.push(Step { event: Event::Html(html.into()), line: *line });
    }
    wrapped
}

/// Where in a table the writing is.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    cell_is_header: bool,
}

impl Table {
    fn start_row(&mut self, in_head: bool) {
        self.in_head = in_head;
        self.column = 0;
    }

    /// An empty header cell, usually the corner, heads nothing and is an ordinary cell.
    fn start_cell(&mut self, empty: bool) -> String {
        self.cell_is_header = self.in_head && !empty;
        let tag = if self.cell_is_header { "<th scope=\"col\"" } else { "<td" };
        // A class and not a style: the content security policy allows no inline style.
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        format!("{tag}{class}>")
    }

    fn end_cell(&mut self) -> &'static str {
        self.column += 1;
        if self.cell_is_header { "</th>" } else { "</td>" }
    }
}

fn opening(heading: &str, count: u32) -> String {
    let name = if count > 1 { format!("Tabell {count}") } else { "Tabell".to_owned() };
    let label = if heading.is_empty() { name } else { format!("{name}: {heading}") };
    format!("<div class=\"table-scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">\n<table>\n", escape(&label))
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, render};

    fn html(markdown: &str) -> String {
        render(markdown, 1, &Glossary::empty()).html
    }

    #[test]
    fn a_table_stands_in_a_region_named_after_its_heading() {
        let html = html("## Vem gör \"vad\"\n\n|Vem|Vad|\n|---|---|\n|Nämnden|Utreder|");
        assert!(html.ends_with(
            "<div class=\"table-scroll\" role=\"region\" aria-label=\"Tabell: Vem gör &quot;vad&quot;\" tabindex=\"0\">\n\
             <table>\n<thead>\n<tr><th scope=\"col\">Vem</th><th scope=\"col\">Vad</th></tr>\n</thead>\n<tbody>\n\
             <tr><td>Nämnden</td><td>Utreder</td></tr>\n</tbody>\n</table>\n</div>\n"
        ), "{html}");
    }

    #[test]
    fn two_tables_under_one_heading_have_different_names() {
        let table = "|A|\n|---|\n|b|\n\n";
        let html = html(&format!("{table}{table}## Rubrik\n\n{table}Text.\n\n{table}"));
        for label in ["\"Tabell\"", "\"Tabell 2\"", "\"Tabell: Rubrik\"", "\"Tabell 2: Rubrik\""] {
            assert!(html.contains(&format!("aria-label={label}")), "{html}");
        }
    }

    #[test]
    fn an_empty_corner_is_not_a_header() {
        assert!(html("||A|\n|---|---|\n|b|c|").contains("<tr><td></td><th scope=\"col\">A</th></tr>"));
    }

    #[test]
    fn alignment_is_a_class() {
        let html = html("|A|B|\n|---:|:---:|\n|1|2|");
        assert!(html.contains("<th scope=\"col\" class=\"align-right\">A</th>"), "{html}");
        assert!(html.contains("<td class=\"align-center\">2</td>"), "{html}");
        assert!(!html.contains("style"));
    }
}
