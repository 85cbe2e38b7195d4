//! One SQL text for two databases. `on!` runs the same query on whichever is configured; `on_tx!` the same
//! inside a transaction. Types of bound and read values are checked by the compiler for both drivers.

use crate::config::DatabaseUrl;
use anyhow::{Context, Result};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;

#[derive(Debug, Clone)]
pub enum Db {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A transaction that writes. On SQLite it has the write lock from its first moment, so that it never has to
/// be refused half-way; rolled back unless committed.
pub enum Tx {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// `on!(db, pool => expression)`: the expression once for each database, with `pool` bound to its pool.
#[macro_export]
macro_rules! on {
    ($db:expr, $pool:ident => $run:expr) => {
        match $db {
            $crate::db::Db::Sqlite($pool) => $run,
            $crate::db::Db::Postgres($pool) => $run,
        }
    };
}

/// `on_tx!(tx, connection => expression)`: the same inside a transaction.
#[macro_export]
macro_rules! on_tx {
    ($tx:expr, $connection:ident => $run:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $connection = &mut **tx;
                $run
            }
            $crate::db::Tx::Postgres(tx) => {
                let $connection = &mut **tx;
                $run
            }
        }
    };
}

impl Db {
    /// Opens the database, makes it if it is SQLite and missing, and brings its tables up to date.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let db = match url {
            DatabaseUrl::Sqlite(path) => Self::open_sqlite(path).await?,
            DatabaseUrl::Postgres(url) => Self::Postgres(
                PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(Duration::from_secs(10))
                    .connect(url.reveal())
                    .await
                    .context("PostgreSQL cannot be reached; check FRID_DATABASE_URL and that the server is running")?,
            ),
        };
        let migrator = migrator();
        on!(&db, pool => migrator.run(pool).await).context(
            "the database's tables cannot be brought up to date; is an older Frid opening a newer database?",
        )?;
        Ok(db)
    }

    async fn open_sqlite(path: &str) -> Result<Self> {
        if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private_folder(folder)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what was answered "done" is still there after a power cut.
            .synchronous(SqliteSynchronous::Full)
            // What is deleted is overwritten: it is in the file no more.
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options)
            .await
            .with_context(|| format!("the SQLite database {path} cannot be opened"))?;
        Ok(Self::Sqlite(pool))
    }

    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// For people: which kind of database answers.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    pub async fn close(&self) {
        on!(self, pool => pool.close().await);
    }
}

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

fn migrator() -> Migrator {
    let migration = |(number, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(*number, (*name).into(), MigrationType::Simple, (*sql).into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.iter().map(migration).collect())
}

/// Makes a folder that only its owner may enter, if it is missing.
pub fn private_folder(folder: &Path) -> Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}

impl Tx {
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
