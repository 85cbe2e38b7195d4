//! Fields that several kinds of content share.

use super::Problem;
use super::front_matter::{self, Parts, line_at};
use app::text::slug::is_slug;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

/// A TOML date: `2026-11-21`.
#[derive(Debug, Clone, Copy)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::value::Datetime::deserialize(deserializer)?;
        match (value.date, value.time, value.offset) {
            (Some(day), None, None) => i16::try_from(day.year)
                .ok()
                .and_then(|year| Date::new(year, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok())
                .map(Self)
                .ok_or_else(|| de::Error::custom("not a day of the calendar")),
            _ => Err(de::Error::custom("invalid type: expected a date without a time")),
        }
    }
}

/// What has been done with a page, and when it should be done again.
pub struct Days {
    pub published: Date,
    pub updated: Date,
    pub reviewed: Date,
    pub review_due: Date,
}

/// Collects the faults of one file's fields, each with its line.
pub struct Checker<'a> {
    path: &'a str,
    toml: &'a str,
    first_line: usize,
    pub problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn new(path: &'a str, toml: &'a str, first_line: usize) -> Self {
        Self { path, toml, first_line, problems: Vec::new() }
    }

    /// Reads a file that is TOML and nothing else.
    pub fn read_file<T: DeserializeOwned>(path: &'a str, text: &'a str) -> Result<(T, Self), Vec<Problem>> {
        let file = front_matter::read(path, text, 1).map_err(|problem| vec![problem])?;
        Ok((file, Self::new(path, text, 1)))
    }

    /// Reads what stands above a text, and cuts the text off.
    pub fn read_page<T: DeserializeOwned>(path: &'a str, text: &'a str) -> Result<(T, Parts<'a>, Self), Vec<Problem>> {
        let parts = front_matter::split(path, text).map_err(|problem| vec![problem])?;
        let front = front_matter::read(path, parts.toml, parts.toml_line).map_err(|problem| vec![problem])?;
        let check = Self::new(path, parts.toml, parts.toml_line);
        Ok((front, parts, check))
    }

    pub fn fault(&mut self, offset: usize, message: impl Into<String>) {
        let line = line_at(self.toml, self.first_line, offset);
        self.problems.push(Problem::new(self.path, line, message));
    }

    pub fn line_of<T>(&self, value: &Spanned<T>) -> usize {
        line_at(self.toml, self.first_line, value.span().start)
    }

    /// Text that must be there: trimmed, on one line.
    pub fn text(&mut self, field: &str, value: &Spanned<String>) -> String {
        let text = value.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.fault(value.span().start, format!("`{field}` är tomt; skriv en text"));
        }
        if text.contains(char::is_control) {
            self.fault(value.span().start, format!("`{field}` innehåller ett tecken som inte syns; skriv om texten"));
        }
        text
    }

    /// A title for windows, menus and bookmarks. It stays in the reader's history, so it may not give the topic away.
    pub fn short_title(&mut self, value: Option<&Spanned<String>>, title: &str) -> String {
        let (text, offset) = match value {
            Some(value) => (self.text("kort_titel", value), value.span().start),
            None => (title.to_owned(), 0),
        };
        if text.chars().count() > 40 {
            self.fault(offset, format!("`kort_titel` är över 40 tecken: {text}"));
        }
        if text.to_lowercase().contains("våld") {
            self.fault(offset, format!("`kort_titel` syns i webbhistoriken och får inte innehålla ordet våld: {text}"));
        }
        text
    }

    /// The days of a page, in an order that can be. Without a day of review it is a year after the last one.
    pub fn days(
        &mut self,
        published: &Day,
        updated: &Spanned<Day>,
        reviewed: &Spanned<Day>,
        review_due: Option<&Spanned<Day>>,
    ) -> Days {
        let days = Days {
            published: published.0,
            updated: updated.get_ref().0,
            reviewed: reviewed.get_ref().0,
            review_due: match review_due {
                Some(due) => due.get_ref().0,
                None => reviewed.get_ref().0.saturating_add(jiff::Span::new().years(1)),
            },
        };
        if days.updated < days.published {
            self.fault(updated.span().start, "`uppdaterad` är tidigare än `publicerad`");
        }
        if days.reviewed < days.published {
            self.fault(reviewed.span().start, "`granskad` är tidigare än `publicerad`");
        }
        if let Some(due) = review_due.filter(|_| days.review_due < days.reviewed) {
            self.fault(due.span().start, "`granskas_senast` är tidigare än `granskad`");
        }
        days
    }

    /// A number as a telephone dials it: `+4620505050`, `112`.
    pub fn dial(&mut self, value: &Spanned<String>) -> String {
        let dial = value.get_ref();
        let digits = dial.strip_prefix('+').unwrap_or(dial);
        if !(3..=15).contains(&digits.len()) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            self.fault(value.span().start, format!("`tel` skrivs med siffror, till exempel +4620505050, inte {dial}"));
        }
        dial.clone()
    }

    /// A name by which texts refer to something.
    pub fn slug(&mut self, field: &str, value: &Spanned<String>) -> String {
        if !is_slug(value.get_ref()) {
            let wanted = app::text::slug::slug(value.get_ref());
            self.fault(
                value.span().start,
                format!("`{field}` ska bestå av små bokstäver, siffror och streck: {wanted}"),
            );
        }
        value.get_ref().clone()
    }

    /// An address outside the portal.
    pub fn https(&mut self, field: &str, value: Option<&Spanned<String>>) -> Option<String> {
        let value = value?;
        if !value.get_ref().starts_with("https://") {
            self.fault(value.span().start, format!("`{field}` ska börja med https://, inte {}", value.get_ref()));
        }
        Some(value.get_ref().clone())
    }

    /// An address within the portal, such as `/kontakt/`.
    pub fn internal(&mut self, field: &str, value: &Spanned<String>) -> String {
        let address = value.get_ref();
        let inside = address.starts_with('/') && !address.starts_with("//");
        if !inside || address.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
            self.fault(
                value.span().start,
                format!("`{field}` ska vara en adress här, till exempel /kontakt/, inte {address:?}"),
            );
        }
        address.clone()
    }

    /// The id of an instrument: a series, a year, a number, as in `sfs/2001:453`.
    pub fn instrument(&mut self, field: &str, value: &Spanned<String>) -> String {
        let id = value.get_ref();
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let numbered = |number: &str| {
            number.split_once(':').is_some_and(|(year, serial)| year.len() == 4 && digits(year) && digits(serial))
        };
        if !id.split_once('/').is_some_and(|(series, number)| is_slug(series) && numbered(number)) {
            self.fault(value.span().start, format!("`{field}` ska skrivas som sfs/2001:453, inte {id}"));
        }
        id.clone()
    }

    /// `Ok` only if nothing was found.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(value) } else { Err(self.problems) }
    }
}
