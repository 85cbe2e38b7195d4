//! Measures search beside PostgreSQL's full text and SQLite's FTS5: the same documents, questions and machine.

mod contender;
mod corpus;
mod frid;
mod measure;
mod postgres;
mod slips;
mod sqlite;
mod table;

pub use corpus::{Corpus, Document, Question, read, shipped};
pub use measure::{Marks, percentile};

use crate::search::Language;
use anyhow::Result;
use contender::{Figures, examine};
use std::fmt::Write as _;
use tempfile::TempDir;

/// Runs every contender and gives the table. `postgres` is the address of a database in which a schema
/// `frid_search_bench` may be made and dropped; without it PostgreSQL is left out. `tell` hears of progress.
pub async fn run(
    corpus: &Corpus,
    language: &Language,
    postgres: Option<&str>,
    tell: &mut (dyn FnMut(&str) + Send),
) -> Result<String> {
    let folder = TempDir::new()?;
    let mut results: Vec<Figures> = Vec::new();
    tell("Frid");
    let mut engine = frid::Frid::index(corpus, language, folder.path())?;
    results.push(examine(&mut engine, corpus).await?);
    drop(engine);
    if let Some(url) = postgres {
        tell("PostgreSQL");
        let mut server = postgres::Postgres::index(corpus, url).await?;
        server.take_better_rank(corpus).await?;
        results.push(examine(&mut server, corpus).await?);
        server.clear().await?;
    }
    tell("SQLite FTS5");
    let mut file = sqlite::Sqlite::index(corpus, folder.path()).await?;
    results.push(examine(&mut file, corpus).await?);
    let mut text = table::rows(corpus, &results);
    writeln!(text)?;
    text.push_str(&table::bars(corpus, &results));
    Ok(text)
}
