//! Certificates of courses: a code that says which course, which version, and what it built on; and a file with the name
//! that the holder types, which is kept nowhere.

use super::StoredLearning;
use crate::certificates::code;
use crate::db::Tx;
use crate::pdf;
use crate::{on, on_tx};
use anyhow::{Context, Result};
use app::certificates::code::Code;
use app::courses::numbers::Number;
use app::courses::{About, Completed, Course, Taking, renewal};
use app::desk::Download;
use app::routes::desk;
use app::text::dates::{swedish, swedish_time};
use std::collections::BTreeSet;

impl StoredLearning {
    /// See [`app::courses::Learning::complete`].
    pub async fn complete_at(&self, taking: &Taking, course: &Course, about: Option<About>, now: i64) -> Result<Code> {
        const ISSUED: &str = "SELECT code FROM course_certificates WHERE taking_id = $1";
        const ISSUE: &str = "INSERT INTO course_certificates (code, course, version, taking_id, renews, issued_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let mut tx = self.db.begin().await?;
        edition(&mut tx, course).await?;
        if let Some(about) = about {
            count(&mut tx, &taking.id, &course.slug, about, now).await?;
        }
        let renews = taking.renews.as_ref().map(|renewing| renewing.code.as_str());
        // Of two who ask at the same time both get the code that was first.
        on_tx!(&mut tx, c => sqlx::query(ISSUE).bind(code::new().as_str()).bind(&course.slug)
            .bind(i64::from(course.version)).bind(&taking.id).bind(renews).bind(now).execute(c).await.map(drop))?;
        let code: String = on_tx!(&mut tx, c => sqlx::query_scalar(ISSUED).bind(&taking.id).fetch_one(c).await)?;
        tx.commit().await?;
        Code::parse(&code).context("course_certificates.code holds something else")
    }

    pub(super) async fn completed_with(&self, code: &Code) -> Result<Option<Completed>> {
        const FIND: &str = "SELECT c.course, e.title, c.version, e.modules, e.built_on, c.issued_at, \
             (SELECT MAX(n.code) FROM course_certificates n WHERE n.renews = c.code) FROM course_certificates c \
             JOIN course_editions e ON e.course = c.course AND e.version = c.version WHERE c.code = $1";
        type Row = (String, String, i64, String, String, i64, Option<String>);
        let row: Option<Row> =
            on!(&self.db, pool => sqlx::query_as(FIND).bind(code.as_str()).fetch_optional(pool).await)?;
        let Some((course, title, version, modules, built_on, issued_at, renewed_by)) = row else { return Ok(None) };
        Ok(Some(Completed {
            code: code.clone(),
            course,
            title,
            version: u32::try_from(version)?,
            versions: serde_json::from_str(&modules).context("course_editions.modules cannot be read")?,
            built_on: serde_json::from_str(&built_on).context("course_editions.built_on cannot be read")?,
            issued_at,
            renewed_by: renewed_by.as_deref().and_then(Code::parse),
        }))
    }

    pub(super) async fn numbers_of_all(&self) -> Result<Vec<Number>> {
        const ALL: &str = "SELECT course, year, county, profession, many FROM course_numbers \
             ORDER BY course, county, year, profession";
        let rows: Vec<(String, i64, String, String, i64)> =
            on!(&self.db, pool => sqlx::query_as(ALL).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(course, year, county, profession, many)| {
                Ok(Number { course, year: i16::try_from(year)?, county, profession, many: u32::try_from(many)? })
            })
            .collect()
    }

    pub(super) async fn paper(&self, completed: &Completed, built_on: &[String], name: &str) -> Result<Download> {
        let paper = pdf::Certificate {
            heading: "Kursintyg".into(),
            name: name.to_owned(),
            did: "har genomfört kursen".into(),
            what: completed.title.clone(),
            when: swedish(swedish_time(completed.issued_at).date()),
            place: String::new(),
            parts: std::iter::once(format!("Kursens version: {}", completed.version))
                .chain((!built_on.is_empty()).then(|| format!("Bygger på: {}", built_on.join(", "))))
                .collect(),
            hours: None,
            issuer: self.site.name.clone(),
            code: completed.code.to_string(),
            check_url: format!("{}{}", self.site.base_url, desk::certificate(completed.code.as_str())),
        };
        // Fonts and compression are work for a processor.
        let bytes = tokio::task::spawn_blocking(move || pdf::certificates(&[paper])).await??;
        Ok(Download { name: "intyg.pdf".into(), mime: "application/pdf", bytes })
    }
}

/// What this version of the course is and builds on, written down with its first certificate.
async fn edition(tx: &mut Tx, course: &Course) -> Result<()> {
    const WRITE: &str = "INSERT INTO course_editions (course, version, title, modules, built_on) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let cited = course.modules.iter().flat_map(|module| &module.cites);
    let built_on: BTreeSet<&String> = course.builds_on.iter().chain(cited).collect();
    let modules = serde_json::to_string(&renewal::versions(course))?;
    let built_on = serde_json::to_string(&built_on)?;
    on_tx!(tx, c => sqlx::query(WRITE).bind(&course.slug).bind(i64::from(course.version)).bind(&course.title)
        .bind(&modules).bind(&built_on).execute(c).await.map(drop))?;
    Ok(())
}

/// Once for each way through a course; the numbers are tied to nobody.
async fn count(tx: &mut Tx, taking: &str, course: &str, about: About, now: i64) -> Result<()> {
    const FIRST: &str = "UPDATE course_takings SET counted_at = $1 WHERE id = $2 AND counted_at IS NULL";
    const COUNT: &str = "INSERT INTO course_numbers (course, year, county, profession, many) VALUES ($1, $2, $3, $4, 1) \
         ON CONFLICT (course, year, county, profession) DO UPDATE SET many = course_numbers.many + 1";
    let first = on_tx!(tx, c => sqlx::query(FIRST).bind(now).bind(taking).execute(c).await
        .map(|done| done.rows_affected()))?;
    if first == 1 {
        let year = i64::from(swedish_time(now).year());
        let county = about.county.map_or("", |county| county.slug);
        let profession = about.profession.map_or("", |profession| profession.slug());
        on_tx!(tx, c => sqlx::query(COUNT).bind(course).bind(year).bind(county).bind(profession).execute(c)
            .await.map(drop))?;
    }
    Ok(())
}
