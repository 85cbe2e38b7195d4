//! What is sought, as daily counts: so that editors see which texts are missing, and nobody sees who sought.
//!
//! A term is counted in memory and written down once it has been sought five times on the same day in Sweden; at
//! midnight all others are forgotten. Nothing else of a search is kept: no address, no session, no time of day.
//! Each node counts for itself and forgets when it stops. With several nodes, or after a restart, five uses in all
//! may therefore leave nothing: that errs on the safe side.

use super::SearchShelf;
use super::engine::words::prepare;
use crate::db::{Db, Tx};
use crate::{clock, on, on_tx};
use anyhow::Result;
use app::search::{Answer, Query, Request, Search};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Uses on one day from which on a term is kept.
pub const FEWEST: i64 = 5;
/// How long a day's counts are kept: a year, so that seasons can be compared, and a month to do it in.
pub const DAYS_KEPT: i32 = 400;
/// Terms counted at once. Without a bound, whoever sends random words could fill the memory.
const MOST_TERMS: usize = 4096;

/// A search as it is counted: lower case, composed letters, one space between words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(String);

impl Term {
    /// Longer is somebody's story, not a term; cutting it would make up a term that nobody sought.
    pub const LONGEST: usize = 80;
    /// From so many on, digits may be a personal identity number or a telephone number.
    const MANY_DIGITS: usize = 6;

    /// `None` for what must never be kept, however often it is sought, because it may point somebody out: mail
    /// addresses, six digits or more, long texts. Numbers of acts (2025:400) fall too: they look no different.
    pub fn of(query: &Query) -> Option<Self> {
        // Marks of writing direction cannot be seen and would turn a table around.
        let directs = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let shown: String = prepare(&query.as_str().to_lowercase()).chars().filter(|c| !directs(c)).collect();
        let term = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let digits = term.chars().filter(|c| c.is_numeric()).count();
        let is_personal = digits >= Self::MANY_DIGITS || term.contains(['@', '＠']);
        (!term.is_empty() && !is_personal && term.chars().count() <= Self::LONGEST).then_some(Self(term))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Counts what is sought today. One for each node.
#[derive(Debug, Default)]
pub struct Statistics {
    today: Mutex<Today>,
    /// Held by the one who writes; on which day old rows were last purged.
    writing: tokio::sync::Mutex<Option<Date>>,
}

#[derive(Debug, Default)]
struct Today {
    day: Option<Date>,
    terms: HashMap<Term, Tally>,
    /// What must still be written of terms that are counted no more, or whose writing failed.
    left: Vec<Row>,
}

/// How often one term was sought, and how much of that is in the database.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    uses: i64,
    without_hits: i64,
    written: i64,
    written_without_hits: i64,
}

/// What is to be added to one row. Sorted before they are written, so that two nodes never wait for each other in a circle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    day: Date,
    term: Term,
    uses: i64,
    without_hits: i64,
}

impl Statistics {
    /// One search on `day`, and whether it found anything.
    pub fn count(&self, day: Date, query: &Query, found: bool) {
        let Some(term) = Term::of(query) else { return };
        let mut today = self.today();
        today.turn_to(day);
        if today.terms.len() >= MOST_TERMS && !today.terms.contains_key(&term) {
            today.forget_rarest();
        }
        let tally = today.terms.entry(term).or_default();
        tally.uses += 1;
        tally.without_hits += i64::from(!found);
    }

    /// Writes down what has reached five uses, forgets yesterday, and purges what is too old.
    /// What could not be written is tried again the next time.
    pub async fn save(self: &Arc<Self>, db: &Db, today: Date) -> Result<()> {
        let (statistics, db) = (Arc::clone(self), db.clone());
        // In a task of its own: who waits for it may be stopped half-way, the writing is not.
        tokio::spawn(async move { statistics.write(&db, today).await }).await?
    }

    /// Saves each second until cancelled.
    pub async fn keep(self: Arc<Self>, db: Db) {
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        let mut failing = false;
        loop {
            ticks.tick().await;
            match self.save(&db, clock::today()).await {
                Ok(()) => failing = false,
                // Searches are answered all the same; said once, not every second.
                Err(error) if !failing => {
                    failing = true;
                    tracing::error!(error = format!("{error:#}"), "search statistics cannot be written");
                }
                Err(_) => {}
            }
        }
    }

    async fn write(&self, db: &Db, day: Date) -> Result<()> {
        let mut purged = self.writing.lock().await;
        let rows = self.today().take(day);
        if rows.is_empty() && *purged == Some(day) {
            return Ok(());
        }
        match add(db, &rows, day.saturating_sub(DAYS_KEPT.days())).await {
            Ok(()) => *purged = Some(day),
            Err(error) => {
                self.today().leave(rows);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Whoever panicked while counting left at worst one use uncounted.
    fn today(&self) -> MutexGuard<'_, Today> {
        self.today.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Today {
    /// A new day begins with nothing; what the old one has to keep waits to be written.
    fn turn_to(&mut self, day: Date) {
        if self.day != Some(day) {
            let rows = self.reached();
            self.leave(rows);
            self.terms = HashMap::new();
            self.day = Some(day);
        }
    }

    /// All that is to be written now.
    fn take(&mut self, day: Date) -> Vec<Row> {
        self.turn_to(day);
        let mut rows = self.reached();
        rows.append(&mut self.left);
        rows.sort();
        rows
    }

    /// What has been counted since the last time, of terms that reached five; from now on it counts as written.
    fn reached(&mut self) -> Vec<Row> {
        let Some(day) = self.day else { return Vec::new() };
        let new = self.terms.iter_mut().filter(|(_, tally)| tally.uses >= FEWEST && tally.uses > tally.written);
        new.map(|(term, tally)| {
            let (uses, without_hits) = (tally.uses - tally.written, tally.without_hits - tally.written_without_hits);
            (tally.written, tally.written_without_hits) = (tally.uses, tally.without_hits);
            Row { day, term: term.clone(), uses, without_hits }
        })
        .collect()
    }

    /// Keeps for the next writing, within the same bound.
    fn leave(&mut self, rows: Vec<Row>) {
        self.left.extend(rows);
        self.left.truncate(MOST_TERMS);
    }

    /// Makes room: the terms with the fewest uses are the farthest from five, and one more of them tells least.
    fn forget_rarest(&mut self) {
        let rows = self.reached();
        self.leave(rows);
        let fewest = self.terms.values().map(|tally| tally.uses).min().unwrap_or(0);
        self.terms.retain(|_, tally| tally.uses > fewest);
    }
}

/// Adds counts to the rows of their days, and deletes the rows of days before `oldest`.
async fn add(db: &Db, rows: &[Row], oldest: Date) -> Result<()> {
    let mut tx = db.begin().await?;
    for row in rows {
        add_one(&mut tx, row).await?;
    }
    on_tx!(&mut tx, c => sqlx::query("DELETE FROM search_statistics WHERE day < $1")
        .bind(oldest.to_string()).execute(c).await.map(drop))?;
    tx.commit().await
}

/// Added by the database itself: another node may be adding to the same row.
async fn add_one(tx: &mut Tx, row: &Row) -> Result<()> {
    const ADD: &str = "INSERT INTO search_statistics (day, term, uses, uses_without_hits) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (day, term) DO UPDATE SET uses = search_statistics.uses + excluded.uses, \
         uses_without_hits = search_statistics.uses_without_hits + excluded.uses_without_hits";
    on_tx!(tx, c => sqlx::query(ADD)
        .bind(row.day.to_string())
        .bind(row.term.as_str())
        .bind(row.uses)
        .bind(row.without_hits)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// A term as editors see it, over several days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    pub term: String,
    pub uses: i64,
    pub uses_without_hits: i64,
}

/// Which terms are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The most sought first.
    All,
    /// Those that found nothing at least once, the most often first.
    WithoutHits,
}

/// What was sought on the `days` up to and with `today`.
pub async fn sought(db: &Db, today: Date, days: u16, which: Which) -> Result<Vec<Sought>> {
    // PostgreSQL sums BIGINT to a type of its own.
    const ALL: &str = "SELECT term, CAST(SUM(uses) AS BIGINT) AS uses, CAST(SUM(uses_without_hits) AS BIGINT) AS uses_without_hits \
         FROM search_statistics WHERE day > $1 GROUP BY term ORDER BY 2 DESC, 1";
    const WITHOUT_HITS: &str = "SELECT term, CAST(SUM(uses) AS BIGINT) AS uses, CAST(SUM(uses_without_hits) AS BIGINT) AS uses_without_hits \
         FROM search_statistics WHERE day > $1 GROUP BY term HAVING SUM(uses_without_hits) > 0 ORDER BY 3 DESC, 1";
    let query = match which {
        Which::All => ALL,
        Which::WithoutHits => WITHOUT_HITS,
    };
    let before = today.saturating_sub(i32::from(days).days());
    let rows: Vec<(String, i64, i64)> =
        on!(db, pool => sqlx::query_as(query).bind(before.to_string()).fetch_all(pool).await)?;
    let sought = |(term, uses, uses_without_hits)| Sought { term, uses, uses_without_hits };
    Ok(rows.into_iter().map(sought).collect())
}

/// Search as people meet it: answered by the shelf, and counted.
pub struct CountedSearch {
    pub shelf: Arc<SearchShelf>,
    pub statistics: Arc<Statistics>,
}

impl Search for CountedSearch {
    /// Further pages and narrower choices are the same question again; that a choice leaves nothing says little of
    /// what is missing. So only the question itself counts.
    fn search(&self, request: &Request) -> Answer {
        let answer = self.shelf.search(request);
        if *request == (Request { limit: request.limit, ..Request::new(request.query.clone()) }) {
            self.statistics.count(clock::today(), &request.query, answer.total > 0);
        }
        answer
    }

    /// Never counted: half a word is nothing that anyone sought.
    fn suggest(&self, typed: &Query) -> Vec<String> {
        self.shelf.suggest(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn term(text: &str) -> Option<String> {
        Term::of(&Query::parse(text)?).map(|term| term.0)
    }

    #[test]
    fn the_same_search_is_the_same_term_however_it_is_typed() {
        for typed in ["Våld i  nära", " våld I NÄRA ", "va\u{30a}ld i na\u{308}ra", "vå\u{ad}ld i\u{200b} nära"] {
            assert_eq!(term(typed).as_deref(), Some("våld i nära"), "{typed}");
        }
        assert_eq!(term("SOSFS 2014:4").as_deref(), Some("sosfs 2014:4"));
        assert_eq!(term("\u{202e}dlåv").as_deref(), Some("dlåv"));
    }

    #[test]
    fn what_may_point_somebody_out_is_no_term() {
        for typed in
            ["anna@example.se", "19850312-1234", "070 123 45 67", "850312", "٠٧٠١٢٣", "２０２５０１", "\u{200b}"]
        {
            assert_eq!(term(typed), None, "{typed}");
        }
        assert_eq!(term(&"a".repeat(Term::LONGEST + 1)), None);
        assert!(term(&"å".repeat(Term::LONGEST)).is_some());
    }

    fn counted(statistics: &Statistics, text: &str, times: usize) {
        (0..times).for_each(|_| statistics.count(date(2026, 1, 1), &Query::parse(text).unwrap(), true));
    }

    fn taken(statistics: &Statistics, day: Date) -> Vec<(String, i64)> {
        statistics.today().take(day).into_iter().map(|row| (row.term.0, row.uses)).collect()
    }

    #[test]
    fn from_five_on_a_term_is_taken_and_only_what_is_new() {
        let (statistics, day) = (Statistics::default(), date(2026, 1, 1));
        counted(&statistics, "oro", 4);
        assert_eq!(taken(&statistics, day), []);
        counted(&statistics, "oro", 1);
        assert_eq!(taken(&statistics, day), [("oro".to_owned(), 5)]);
        counted(&statistics, "oro", 2);
        assert_eq!(taken(&statistics, day), [("oro".to_owned(), 2)]);
        assert_eq!(taken(&statistics, day), []);
    }

    #[test]
    fn midnight_forgets_what_did_not_reach_five() {
        let statistics = Statistics::default();
        counted(&statistics, "ofta", 5);
        counted(&statistics, "sällan", 4);
        assert_eq!(taken(&statistics, date(2026, 1, 2)), [("ofta".to_owned(), 5)]);
        assert!(statistics.today().terms.is_empty());
    }

    #[test]
    fn a_flood_of_random_words_takes_no_memory_and_drives_out_no_frequent_term() {
        let statistics = Statistics::default();
        counted(&statistics, "våld", 3);
        counted(&statistics, "hot", 6);
        for number in 0..10 * MOST_TERMS {
            counted(&statistics, &format!("flod {}", number % 99_999), 1);
            assert!(statistics.today().terms.len() <= MOST_TERMS);
        }
        counted(&statistics, "våld", 2);
        assert_eq!(taken(&statistics, date(2026, 1, 1)), [("hot".to_owned(), 6), ("våld".to_owned(), 5)]);
    }
}
