//! PostgreSQL's full text: every word of the question, filled up with any word where that finds fewer than ten.

use super::contender::{Built, Contender, LIMIT, SUGGESTIONS};
use super::corpus::Corpus;
use super::measure::{Marks, place};
use anyhow::{Context, Result};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::time::Instant;

pub struct Postgres {
    connection: PgConnection,
    built: Built,
    rank: Rank,
}

/// Documents sent at once.
const BATCH: usize = 1000;

const EVERY_WORD: &str = "websearch_to_tsquery('swedish', $1)";
const ANY_WORD: &str = "replace(plainto_tsquery('swedish', $1)::text, ' & ', ' | ')::tsquery";

/// How matches are put in order: of every word, and of any word. `{query}` is the question.
#[derive(Debug, Clone, Copy)]
struct Rank {
    name: &'static str,
    every: &'static str,
    any: &'static str,
}

/// Those worth trying; the best of them stands in the table. Titles weigh more (A), or as much as the rest.
const RANKS: [Rank; 4] = [
    Rank {
        name: "ts_rank_cd",
        every: "ts_rank_cd('{1,1,1,1}', words, {query})",
        any: "ts_rank_cd('{1,1,1,1}', words, {query})",
    },
    Rank {
        name: "ts_rank",
        every: "ts_rank('{1,1,1,1}', words, {query}, 1)",
        any: "ts_rank('{1,1,1,1}', words, {query}, 1)",
    },
    Rank {
        name: "ts_rank_cd, filled up by ts_rank",
        every: "ts_rank_cd('{1,1,1,1}', words, {query})",
        any: "ts_rank('{1,1,1,1}', words, {query}, 1)",
    },
    Rank {
        name: "ts_rank, titles first",
        every: "ts_rank('{0.4,0.4,0.4,1}', words, {query}, 1)",
        any: "ts_rank('{0.4,0.4,0.4,1}', words, {query}, 1)",
    },
];

/// Questions that choose among them.
const TRIAL: usize = 200;

impl Postgres {
    pub async fn index(corpus: &Corpus, url: &str) -> Result<Self> {
        let options: PgConnectOptions = url.parse().context("the address of PostgreSQL cannot be read")?;
        // Compiling a plan takes longer than these questions.
        let options = options.options([
            ("plan_cache_mode", "force_custom_plan"),
            ("jit", "off"),
            ("search_path", "frid_search_bench"),
            ("client_min_messages", "warning"),
            ("maintenance_work_mem", "256MB"),
        ]);
        let mut connection = options.connect().await.context("PostgreSQL cannot be reached")?;
        for statement in [
            "DROP SCHEMA IF EXISTS frid_search_bench CASCADE",
            "CREATE SCHEMA frid_search_bench",
            "CREATE TABLE documents (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, words tsvector NOT NULL)",
        ] {
            sqlx::query(statement).execute(&mut connection).await?;
        }
        let began = Instant::now();
        for (batch, documents) in corpus.documents.chunks(BATCH).enumerate() {
            let ids: Vec<i64> = (batch * BATCH..).take(documents.len()).map(|id| id as i64).collect();
            sqlx::query(
                "INSERT INTO documents SELECT id, title, body, \
                 setweight(to_tsvector('swedish', title), 'A') || to_tsvector('swedish', body) \
                 FROM unnest($1::bigint[], $2::text[], $3::text[]) AS new (id, title, body)",
            )
            .bind(ids)
            .bind(documents.iter().map(|document| without_nul(document.whole_title())).collect::<Vec<_>>())
            .bind(documents.iter().map(|document| without_nul(document.whole_body())).collect::<Vec<_>>())
            .execute(&mut connection)
            .await?;
        }
        for statement in [
            "CREATE INDEX documents_words ON documents USING gin (words)",
            // The words as typed, for suggestions: full text itself has none to give.
            "CREATE TABLE typed AS SELECT word, ndoc FROM \
             ts_stat('SELECT to_tsvector(''simple'', title || '' '' || body) FROM frid_search_bench.documents')",
            "CREATE INDEX typed_word ON typed (word text_pattern_ops)",
            "VACUUM ANALYZE documents",
            "VACUUM ANALYZE typed",
        ] {
            sqlx::query(statement).execute(&mut connection).await?;
        }
        let time = began.elapsed();
        let bytes: i64 = sqlx::query_scalar(
            "SELECT (pg_relation_size('documents_words') + pg_total_relation_size('typed') + sum(pg_column_size(words)))::bigint \
             FROM documents",
        )
        .fetch_one(&mut connection)
        .await?;
        let built = Built { name: "PostgreSQL".to_owned(), time, bytes: bytes.cast_unsigned() };
        Ok(Self { connection, built, rank: RANKS[0] })
    }

    /// Chooses the way of ranking that answers best.
    pub async fn take_better_rank(&mut self, corpus: &Corpus) -> Result<()> {
        let spread = corpus.questions.len().div_ceil(TRIAL).max(1);
        let (mut best, mut best_rank) = (f64::MIN, self.rank);
        for rank in RANKS {
            self.rank = rank;
            let mut places = Vec::new();
            for question in corpus.questions.iter().step_by(spread) {
                places.push(place(&self.answer(&question.typed).await?, &question.right));
            }
            let mrr = Marks::of(&places).mrr;
            if mrr > best {
                (best, best_rank) = (mrr, rank);
            }
        }
        self.rank = best_rank;
        self.built.name = format!("PostgreSQL ({})", best_rank.name);
        Ok(())
    }

    /// Leaves nothing behind.
    pub async fn clear(mut self) -> Result<()> {
        sqlx::query("DROP SCHEMA frid_search_bench CASCADE").execute(&mut self.connection).await?;
        Ok(())
    }

    async fn best(&mut self, typed: &str, query: &str, rank: &str) -> Result<Vec<i64>> {
        let rank = rank.replace("{query}", query);
        let statement = format!("SELECT id FROM documents WHERE words @@ {query} ORDER BY {rank} DESC, id LIMIT $2");
        // Built of the constants above only.
        let statement = sqlx::query_scalar(AssertSqlSafe(statement));
        Ok(statement.bind(question(typed)).bind(LIMIT).fetch_all(&mut self.connection).await?)
    }

    async fn ids(&mut self, typed: &str) -> Result<Vec<i64>> {
        let mut found = self.best(typed, EVERY_WORD, self.rank.every).await?;
        if found.len() < LIMIT as usize {
            for id in self.best(typed, ANY_WORD, self.rank.any).await? {
                if found.len() < LIMIT as usize && !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        Ok(found)
    }
}

/// To `websearch_to_tsquery` each dash of a run is a "not" around the next, until its stack is full: a run is a blank.
fn question(typed: &str) -> String {
    without_nul(typed.replace("--", "  "))
}

/// PostgreSQL's text cannot hold it.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', " ") } else { text }
}

impl Contender for Postgres {
    fn built(&self) -> Built {
        self.built.clone()
    }

    async fn answer(&mut self, typed: &str) -> Result<Vec<usize>> {
        self.ids(typed).await?.into_iter().map(|id| Ok(usize::try_from(id)?)).collect()
    }

    async fn answer_with_snippets(&mut self, typed: &str) -> Result<Vec<String>> {
        let ids = self.ids(typed).await?;
        let statement = format!("SELECT ts_headline('swedish', body, {ANY_WORD}) FROM documents WHERE id = ANY($2)");
        let statement = sqlx::query_scalar(AssertSqlSafe(statement));
        Ok(statement.bind(question(typed)).bind(ids).fetch_all(&mut self.connection).await?)
    }

    async fn suggest(&mut self, start: &str) -> Result<Vec<String>> {
        let words = sqlx::query_scalar("SELECT word FROM typed WHERE word LIKE $1 ORDER BY ndoc DESC LIMIT $2");
        // Letters and digits only, so nothing in it has a meaning of its own.
        Ok(words.bind(format!("{start}%")).bind(SUGGESTIONS as i64).fetch_all(&mut self.connection).await?)
    }
}
