//! Mail about pages that should be read again: to whoever answers for them, once for each day of review.

use super::StoredEditing;
use crate::mail::Mailer;
use crate::mail::letter::{self, Letter, Line, Text};
use crate::{clock, on};
use anyhow::{Context, Result};
use app::editor::owners::{Due, letter};
use app::editor::{Life, Listed};
use app::viewer::Role;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How the portal is called and where it stands, as letters need it.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    pub from: &'a str,
    pub site_name: &'a str,
    pub base_url: &'a str,
}

impl StoredEditing {
    /// Tells owners and their stand-ins of the pages whose day of review has come, and returns how many pages somebody
    /// was told of. Without either, the administrators are told.
    pub async fn remind(&self, mailer: &Mailer, sender: Sender<'_>, today: Date) -> Result<usize> {
        const CLAIM: &str =
            "INSERT INTO review_reminders (path, due, told_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let is_due = |page: &Listed| {
            matches!(page.live, Some(Life::Published | Life::Archived))
                && page.review_due.is_some_and(|due| due <= today)
        };
        let due: Vec<Listed> = self.list().await?.into_iter().filter(is_due).collect();
        let mut letters: BTreeMap<String, Vec<(Due, String)>> = BTreeMap::new();
        let mut told = 0;
        for page in due {
            let Some(day) = page.review_due else { continue };
            let readers = self.readers(&page).await?;
            if readers.is_empty() {
                continue;
            }
            // Of several machines one tells.
            let path = page.path.clone();
            let claimed = on!(&self.db, pool => sqlx::query(CLAIM).bind(&path).bind(day.to_string()).bind(clock::now())
                .execute(pool).await.map(|done| done.rows_affected()))?;
            if claimed == 0 {
                continue;
            }
            told += 1;
            for reader in readers {
                let due = Due { kind: page.kind, slug: page.slug.clone(), title: page.title.clone(), day };
                letters.entry(reader).or_default().push((due, path.clone()));
            }
        }
        for (to, pages) in letters {
            if let Err(error) = post(mailer, sender, &to, pages.iter().map(|(due, _)| due)).await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "a reminder of review could not be sent; it is tried again tomorrow"
                );
                for (due, path) in &pages {
                    self.untold(path, due.day).await?;
                }
            }
        }
        Ok(told)
    }

    async fn readers(&self, page: &Listed) -> Result<Vec<String>> {
        const ADMINS: &str = "SELECT email FROM accounts WHERE role = $1 AND ended_at IS NULL ORDER BY email";
        let staff = self.colleagues().await?;
        let asked = [&page.owners.owner, &page.owners.stand_in].into_iter().flatten();
        let readers: Vec<String> = asked
            .filter_map(|account| staff.iter().find(|one| one.account == *account))
            .map(|one| one.email.clone())
            .collect();
        if !readers.is_empty() {
            return Ok(readers);
        }
        Ok(on!(&self.db, pool => sqlx::query_scalar(ADMINS).bind(Role::Admin.as_str()).fetch_all(pool).await)?)
    }

    async fn untold(&self, path: &str, due: Date) -> Result<()> {
        const UNTOLD: &str = "DELETE FROM review_reminders WHERE path = $1 AND due = $2";
        Ok(on!(&self.db, pool => sqlx::query(UNTOLD).bind(path).bind(due.to_string()).execute(pool).await.map(drop))?)
    }
}

async fn post(mailer: &Mailer, sender: Sender<'_>, to: &str, due: impl Iterator<Item = &Due>) -> Result<()> {
    let due: Vec<&Due> = due.collect();
    let (subject, body) = letter(&due, sender.site_name, sender.base_url);
    let letter = Letter {
        to: to.parse().context("an account has no address that mail can be sent to")?,
        to_name: None,
        subject: Line::of(&subject),
        text: Text::of(&body),
        calendar: None,
        unsubscribe: None,
    };
    let from = letter::Sender::new(sender.from, sender.site_name)?;
    mailer.send(letter.message(&from, &clock::new_id())?).await?;
    Ok(())
}
