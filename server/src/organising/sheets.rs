//! Tables as files. No cell is run as a formula, and each fetching stands in the log.

use super::{Doing, StoredOrganising};
use anyhow::Result;
use app::accounts::Act;
use app::desk::Download;
use app::organising::{Sheet, SheetFormat};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

impl StoredOrganising {
    pub(super) async fn sheet(&self, doing: Doing, sheet: &Sheet, format: SheetFormat) -> Result<Download> {
        let file = match format {
            SheetFormat::Csv => {
                Download { name: format!("{}.csv", sheet.name), mime: "text/csv; charset=utf-8", bytes: csv(sheet)? }
            }
            SheetFormat::Xlsx => Download {
                name: format!("{}.xlsx", sheet.name),
                mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                bytes: workbook(sheet)?,
            },
        };
        let mut tx = self.events.db.begin().await?;
        doing.with(&format!(": {} rader", sheet.rows.len())).log(&mut tx, Act::FetchedList).await?;
        tx.commit().await?;
        Ok(file)
    }
}

/// Separated by semicolons and with a byte order mark, as Excel reads a CSV file in Sweden.
fn csv(sheet: &Sheet) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    for row in std::iter::once(&sheet.columns).chain(&sheet.rows) {
        writer.write_record(row.iter().map(|cell| safe_cell(cell)))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

/// Every cell as text: a program that reads the file has nothing to run.
fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    // Of no day in particular: when it was fetched stands in the log.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let head = Format::new().set_bold();
    let page = workbook.add_worksheet();
    for (column, name) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(column, 24.0)?.write_string_with_format(0, column, cell(name), &head)?;
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for (column, text) in (0_u16..).zip(row) {
            page.write_string(line, column, cell(text))?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// No longer than a cell may be (32,767 characters).
fn cell(text: &str) -> String {
    text.chars().take(32_000).collect()
}

/// What begins like a formula would be run as one by whoever opens the file.
fn safe_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_somebody_typed_is_run_as_a_formula() {
        let typed = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "Åsa; Ek \"x\""];
        let sheet = Sheet {
            name: "anmalda".into(),
            columns: vec!["=Namn".into()],
            rows: typed.iter().map(|text| vec![(*text).to_owned()]).collect(),
        };
        let bytes = csv(&sheet).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
        let cells: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        assert_eq!(cells.len(), 9);
        assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])), "{cells:?}");
        assert_eq!(cells[8], "Åsa; Ek \"x\"");
        assert!(workbook(&sheet).unwrap().starts_with(b"PK"));
    }
}
