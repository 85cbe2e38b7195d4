//! The log of what the staff did: only added to, each line tied to the one before.

use crate::db::{Db, Tx};
use crate::{on, on_tx};
use anyhow::{Context, Result, bail};
use app::accounts::audit_log::AT_ONCE;
use app::accounts::{Act, Entry};
use sha2::{Digest, Sha256};

/// One act to be written down; `account` is `None` for the command line.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub account: Option<&'a str>,
    pub act: Act,
    /// What it was done to, in words.
    pub subject: &'a str,
}

/// Adds a line in the transaction of the act itself: one is never there without the other.
pub async fn write(tx: &mut Tx, now: i64, line: Line<'_>) -> Result<()> {
    const HOLD: &str = "UPDATE audit_log_end SET number = number + 1 WHERE id = 1 RETURNING number, hash";
    const ADD: &str =
        "INSERT INTO audit_log (number, at, account_id, act, subject, hash) VALUES ($1, $2, $3, $4, $5, $6)";
    const END: &str = "UPDATE audit_log_end SET hash = $1 WHERE id = 1";
    let (number, before): (i64, String) = on_tx!(tx, c => sqlx::query_as(HOLD).fetch_one(c).await)?;
    let hash = link(&before, number, now, line.account, line.act.as_str(), line.subject);
    on_tx!(tx, c => sqlx::query(ADD).bind(number).bind(now).bind(line.account).bind(line.act.as_str())
        .bind(line.subject).bind(&hash).execute(c).await.map(drop))?;
    on_tx!(tx, c => sqlx::query(END).bind(&hash).execute(c).await.map(drop))?;
    Ok(())
}

/// The newest lines, those before `before` if it is given.
pub async fn read(db: &Db, before: Option<i64>) -> Result<Vec<Entry>> {
    const READ: &str = "SELECT l.number, l.at, COALESCE(a.name, ''), COALESCE(a.email, ''), l.act, l.subject \
         FROM audit_log l LEFT JOIN accounts a ON a.id = l.account_id \
         WHERE l.number < $1 ORDER BY l.number DESC LIMIT $2";
    type Row = (i64, i64, String, String, String, String);
    let most = i64::try_from(AT_ONCE)?;
    let rows: Vec<Row> =
        on!(db, pool => sqlx::query_as(READ).bind(before.unwrap_or(i64::MAX)).bind(most).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|(number, at, name, email, act, subject)| {
            let act = Act::parse(&act).with_context(|| format!("audit_log.act holds `{act}`"))?;
            let who = match (name.as_str(), email.as_str()) {
                (_, "") => String::new(),
                ("", email) => email.to_owned(),
                (name, email) => format!("{name} ({email})"),
            };
            Ok(Entry { number, at, who, act, subject })
        })
        .collect()
}

/// Reads the whole chain. Returns how many lines it has; the error names the first line that does not hold.
pub async fn verify(db: &Db) -> Result<i64> {
    const PART: &str =
        "SELECT number, at, account_id, act, subject, hash FROM audit_log WHERE number > $1 ORDER BY number LIMIT 1000";
    type Row = (i64, i64, Option<String>, String, String, String);
    // The end first: what is written meanwhile comes after it.
    let (number, end): (i64, String) =
        on!(db, pool => sqlx::query_as("SELECT number, hash FROM audit_log_end WHERE id = 1").fetch_one(pool).await)?;
    let (mut last, mut before) = (0, String::new());
    while last < number {
        let part: Vec<Row> = on!(db, pool => sqlx::query_as(PART).bind(last).fetch_all(pool).await)?;
        if part.is_empty() {
            bail!("the log ends at line {last}, but {number} lines were written: lines are missing at the end");
        }
        for (found, at, account, act, subject, hash) in part.into_iter().take_while(|row| row.0 <= number) {
            if found != last + 1 {
                bail!("line {} of the log is missing", last + 1);
            }
            if hash != link(&before, found, at, account.as_deref(), &act, &subject) {
                bail!("line {found} of the log has been changed since it was written");
            }
            (last, before) = (found, hash);
        }
    }
    if before != end {
        bail!("the log's last line is not the one that was written last");
    }
    Ok(number)
}

/// SHA-256 over the hash before and each field with its length: no two lines give the same bytes.
fn link(before: &str, number: i64, at: i64, account: Option<&str>, act: &str, subject: &str) -> String {
    let mut hasher = Sha256::new();
    for field in [before, &number.to_string(), &at.to_string(), account.unwrap_or("-"), act, subject] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
