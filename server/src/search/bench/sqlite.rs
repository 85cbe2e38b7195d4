//! SQLite's FTS5: any word of the question, bm25, its usual word splitter.

use super::contender::{Built, Contender, LIMIT, SUGGESTIONS, words};
use super::corpus::Corpus;
use anyhow::{Context, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Instant;

pub struct Sqlite {
    connection: SqliteConnection,
    built: Built,
}

impl Sqlite {
    pub async fn index(corpus: &Corpus, folder: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("fts5.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-262144")
            .pragma("mmap_size", "1073741824");
        let mut connection = options.connect().await.context("SQLite cannot make its file")?;
        let began = Instant::now();
        sqlx::query("CREATE VIRTUAL TABLE documents USING fts5(title, body, tokenize = 'unicode61')")
            .execute(&mut connection)
            .await?;
        let mut transaction = connection.begin().await?;
        for (id, document) in (0_i64..).zip(&corpus.documents) {
            sqlx::query("INSERT INTO documents (rowid, title, body) VALUES (?1, ?2, ?3)")
                .bind(id)
                .bind(document.whole_title())
                .bind(document.whole_body())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        for statement in [
            "INSERT INTO documents (documents) VALUES ('optimize')",
            "CREATE VIRTUAL TABLE words USING fts5vocab(documents, row)",
        ] {
            sqlx::query(statement).execute(&mut connection).await?;
        }
        let time = began.elapsed();
        // Its copy of the text stands in a table of its own.
        let bytes: i64 = sqlx::query_scalar("SELECT sum(pgsize) FROM dbstat WHERE name != 'documents_content'")
            .fetch_one(&mut connection)
            .await?;
        let built = Built { name: "SQLite FTS5".to_owned(), time, bytes: bytes.cast_unsigned() };
        Ok(Self { connection, built })
    }
}

/// `"barn" OR "våld"`; nothing if there are no words.
fn any_of(typed: &str) -> Option<String> {
    let words: Vec<String> = words(typed).map(|word| format!("\"{word}\"")).collect();
    (!words.is_empty()).then(|| words.join(" OR "))
}

impl Contender for Sqlite {
    fn built(&self) -> Built {
        self.built.clone()
    }

    async fn answer(&mut self, typed: &str) -> Result<Vec<usize>> {
        let Some(query) = any_of(typed) else { return Ok(Vec::new()) };
        let found: Vec<i64> =
            sqlx::query_scalar("SELECT rowid FROM documents WHERE documents MATCH ?1 ORDER BY rank LIMIT ?2")
                .bind(query)
                .bind(LIMIT)
                .fetch_all(&mut self.connection)
                .await?;
        found.into_iter().map(|id| Ok(usize::try_from(id)?)).collect()
    }

    async fn answer_with_snippets(&mut self, typed: &str) -> Result<Vec<String>> {
        let Some(query) = any_of(typed) else { return Ok(Vec::new()) };
        let snippets = sqlx::query_scalar(
            "SELECT snippet(documents, 1, '<b>', '</b>', '…', 32) FROM documents WHERE documents MATCH ?1 ORDER BY rank LIMIT ?2",
        );
        Ok(snippets.bind(query).bind(LIMIT).fetch_all(&mut self.connection).await?)
    }

    async fn suggest(&mut self, start: &str) -> Result<Vec<String>> {
        // U+10FFFF sorts after every letter.
        let words = sqlx::query_scalar(
            "SELECT term FROM words WHERE term >= ?1 AND term < ?1 || char(1114111) ORDER BY doc DESC LIMIT ?2",
        );
        // The splitter took the dots from what it indexed.
        let start = crate::search::engine::words::folded(start);
        Ok(words.bind(start).bind(SUGGESTIONS as i64).fetch_all(&mut self.connection).await?)
    }
}
