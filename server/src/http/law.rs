//! What programs and spreadsheets read about law: stale references as JSON, the duty matrix as CSV and XLSX.

use super::api::{Refusal, choice};
use crate::portal::Portal;
use app::guidance::Audience;
use app::law::{Law, Spot, Stale};
use app::routes::paths;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Status {
    /// Which references are wanted; there is one choice.
    #[param(value_type = StaleSlug, inline, required = true)]
    status: Option<String>,
}

/// The one choice.
const STALE: &str = "inaktuell";

choice!(StaleSlug, [STALE]);

#[derive(Debug, Serialize, ToSchema)]
pub struct References<'a> {
    #[schema(value_type = StaleSlug, inline)]
    status: &'static str,
    /// How many there are.
    antal: usize,
    hanvisningar: Vec<StaleReference<'a>>,
}

/// One reference to something that is no longer in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaleReference<'a> {
    /// The page's address.
    #[schema(format = "uri", example = "https://frid.example/vagledning/orosanmalan")]
    sida: String,
    /// The page's title.
    titel: &'a str,
    /// The file within the content folder.
    #[schema(example = "vagledning/orosanmalan.md")]
    fil: &'a str,
    /// Its line, from 1.
    rad: usize,
    /// As it is written there.
    #[schema(example = "14 kap. 1 § SoL")]
    text: &'a str,
    /// What it was understood as on `lagrum_datum`.
    #[schema(example = "sfs/2001:453#K14P1")]
    mal: &'a str,
    /// The day whose law the page tells.
    #[schema(format = Date, example = "2024-03-01")]
    lagrum_datum: String,
    /// The day on which it ceased to apply.
    #[schema(format = Date, example = "2025-07-01")]
    upphavd: String,
    /// What corresponds to it today, by the tables; empty if no table knows.
    forslag: Vec<Proposal<'a>>,
    /// What replaced the whole act, if that is known.
    #[schema(required = true)]
    ersatt_av: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Proposal<'a> {
    #[schema(example = "sfs/2025:400#K19P1")]
    mal: &'a str,
    #[schema(example = "19 kap. 1 § SoL")]
    text: &'a str,
    #[schema(format = "uri", example = "https://frid.example/regler/sfs-2025-400/#K19P1")]
    adress: String,
}

/// References that are out of date
///
/// Every reference on a published page to what no longer applies, unless the text says so itself.
#[utoipa::path(
    get, path = paths::API_REFERENCES, tag = "law", params(Status),
    responses(
        (status = 200, description = "The references; there may be none", body = References),
        (status = 400, description = "`status` is missing or no choice", body = Refusal),
    )
)]
pub async fn references(State(portal): State<Arc<Portal>>, asked: Result<Query<Status>, QueryRejection>) -> Response {
    if !asked.is_ok_and(|asked| asked.status.as_deref() == Some(STALE)) {
        return Refusal::new("Ange status=inaktuell; andra urval finns inte.").into_response();
    }
    let snapshot = portal.snapshot();
    let base = &snapshot.services.site.base_url;
    let list: Vec<StaleReference> = snapshot.shelf.law.stale().iter().map(|stale| reference(stale, base)).collect();
    Json(References { status: STALE, antal: list.len(), hanvisningar: list }).into_response()
}

fn reference<'a>(stale: &'a Stale, base: &str) -> StaleReference<'a> {
    let proposal =
        |spot: &'a Spot| Proposal { mal: &spot.target, text: &spot.label, adress: format!("{base}{}", spot.href) };
    StaleReference {
        sida: format!("{base}{}", stale.page),
        titel: &stale.title,
        fil: &stale.file,
        rad: stale.line,
        text: &stale.text,
        mal: &stale.target,
        lagrum_datum: stale.legal_date.to_string(),
        upphavd: stale.replaced.on.to_string(),
        forslag: stale.replaced.today.iter().map(proposal).collect(),
        ersatt_av: stale.replaced.by.as_deref(),
    }
}

#[derive(Debug, Deserialize)]
pub struct Role {
    roll: Option<String>,
}

impl Role {
    fn actor(&self) -> Option<Audience> {
        self.roll.as_deref().and_then(Audience::parse)
    }
}

/// Separated by semicolons and with a byte order mark, as Excel reads a CSV file in Sweden.
pub async fn duties_csv(State(portal): State<Arc<Portal>>, Query(role): Query<Role>) -> Response {
    let Some(actor) = role.actor() else { return StatusCode::NOT_FOUND.into_response() };
    let snapshot = portal.snapshot();
    let rows = duty_rows(snapshot.shelf.law.as_ref(), actor, &snapshot.services.site.base_url);
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let written = writer
        .write_record(DUTY_COLUMNS)
        .and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row.each_ref().map(|cell| safe_cell(cell)))));
    match written
        .map_err(anyhow::Error::from)
        .and_then(|()| Ok(writer.into_inner().map_err(|error| error.into_error())?))
    {
        Ok(bytes) => download(bytes, "text/csv; charset=utf-8", actor, "csv"),
        Err(error) => failed(&error),
    }
}

pub async fn duties_xlsx(State(portal): State<Arc<Portal>>, Query(role): Query<Role>) -> Response {
    let Some(actor) = role.actor() else { return StatusCode::NOT_FOUND.into_response() };
    let snapshot = portal.snapshot();
    let rows = duty_rows(snapshot.shelf.law.as_ref(), actor, &snapshot.services.site.base_url);
    match workbook(actor, &rows, snapshot.shelf.day) {
        Ok(bytes) => {
            download(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", actor, "xlsx")
        }
        Err(error) => failed(&error.into()),
    }
}

/// The headings of [`duty_rows`].
const DUTY_COLUMNS: [&str; 5] = ["Ska eller bör", "Uppgift", "Lagrum", "Vägledning", "Vår rutin"];

/// The duties of one actor as rows of a table: force, text, provisions, page, and a column of one's own.
fn duty_rows(law: &dyn Law, actor: Audience, base_url: &str) -> Vec<[String; 5]> {
    app::law::duties_of(law.duties(), actor)
        .into_iter()
        .map(|duty| {
            let provisions: Vec<&str> = duty.provisions.iter().map(|cited| cited.spot.label.as_str()).collect();
            [
                duty.force.name().to_owned(),
                duty.text.clone(),
                provisions.join("; "),
                format!("{base_url}{}", duty.page),
                String::new(),
            ]
        })
        .collect()
}

/// Dated by the day of the library: who asks twice gets the same bytes.
fn workbook(actor: Audience, rows: &[[String; 5]], day: Date) -> Result<Vec<u8>, XlsxError> {
    const WIDTHS: [f64; 5] = [12.0, 60.0, 40.0, 40.0, 40.0];
    let created =
        ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let (head, cell) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    let sheet = workbook.add_worksheet().set_name(actor.name())?;
    for (column, (name, width)) in (0_u16..).zip(DUTY_COLUMNS.iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, *name, &head)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            sheet.write_string_with_format(line, column, text, &cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// A cell that begins like a formula would be run as one.
fn safe_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}

fn download(bytes: Vec<u8>, kind: &'static str, actor: Audience, ending: &str) -> Response {
    let name = format!("attachment; filename=\"ansvar-{}.{ending}\"", actor.slug());
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

fn failed(error: &anyhow::Error) -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(super::door::Cause(format!("{error:#}")));
    response
}
