//! The one place where parts meet: configuration in, services out.

use crate::assets;
use crate::clock;
use crate::config::Config;
use crate::db::Db;
use crate::http::page_cache::PageCache;
use crate::library::authorship::Author;
use crate::library::import::{self, File, Report};
use crate::library::shelf::Shelf;
use crate::library::store;
use anyhow::{Context, Result};
use app::services::{Assets, Services, Site};
use arc_swap::ArcSwap;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// A running portal.
pub struct Portal {
    pub config: Config,
    pub db: Db,
    site: Arc<Site>,
    snapshot: ArcSwap<Snapshot>,
    /// Held while a new snapshot is made, so that an older one never replaces a newer.
    refreshing: Mutex<()>,
}

/// One generation of the library on one day, with the pages already made from it. A page that is still being
/// rendered when something is published ends up in the snapshot it was made from, never in the new one.
pub struct Snapshot {
    pub shelf: Arc<Shelf>,
    pub services: Services,
    pub pages: PageCache,
}

impl Portal {
    /// Opens the database, imports `content` as the author that ships with the program, and fills the shelf.
    pub async fn open(config: Config, content: &[File]) -> Result<(Arc<Self>, Report)> {
        if let crate::config::DatabaseUrl::Sqlite(path) = &config.database_url
            && let Some(folder) = std::path::Path::new(path).parent()
        {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        }
        let db = Db::open(&config.database_url).await?;
        let report = import::import(&db, content, Author::Shipped, clock::now()).await?;
        let site = Arc::new(site(&config));
        let snapshot = load(&db, &site).await?;
        let portal = Self { config, db, site, snapshot: ArcSwap::from_pointee(snapshot), refreshing: Mutex::new(()) };
        Ok((Arc::new(portal), report))
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Takes up what has been published, here or on another node, and a new day. Tells whether anything was new.
    pub async fn refresh(&self) -> Result<bool> {
        let _turn = self.refreshing.lock().await;
        let current = self.snapshot.load();
        if store::generation(&self.db).await? == current.shelf.generation && clock::today() == current.shelf.day {
            return Ok(false);
        }
        self.snapshot.store(Arc::new(load(&self.db, &self.site).await?));
        Ok(true)
    }

    /// Publishes or keeps as a draft what somebody wrote in the editor; the next request sees it.
    pub async fn edit(&self, path: &str, body: &str, publish: bool) -> Result<()> {
        store::edit(&self.db, path, body, publish, clock::now()).await?;
        self.refresh().await.map(drop)
    }

    /// Follows the library until cancelled: what another node publishes is here within two seconds.
    pub async fn follow(&self) {
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        let mut failing = false;
        loop {
            ticks.tick().await;
            match self.refresh().await {
                Ok(_) => failing = false,
                // Pages are served from memory all the same; said once, not every second.
                Err(error) if !failing => {
                    failing = true;
                    tracing::error!(
                        error = format!("{error:#}"),
                        "the library cannot be read; serving what is in memory"
                    );
                }
                Err(_) => {}
            }
        }
    }
}

async fn load(db: &Db, site: &Arc<Site>) -> Result<Snapshot> {
    let (generation, texts) = store::published(db).await?;
    let today = clock::today();
    // Rendering markdown is work for a processor, not for the task that also answers requests.
    let (shelf, problems) = tokio::task::spawn_blocking(move || build(&texts, generation, today)).await?;
    for problem in problems {
        tracing::warn!(%problem, "published content has a fault");
    }
    let shelf = Arc::new(shelf);
    let services = Services {
        site: Arc::clone(site),
        guidance: shelf.clone(),
        glossary: shelf.clone(),
        help_lines: shelf.clone(),
        pages: shelf.clone(),
        accessibility: shelf.clone(),
        search: shelf.clone(),
    };
    Ok(Snapshot { shelf, services, pages: PageCache::new() })
}

fn build(texts: &[store::Published], generation: i64, today: Date) -> (Shelf, Vec<crate::content::Problem>) {
    Shelf::build(texts.iter().map(|text| (text.path.as_str(), text.body.as_str())), generation, today)
}

fn site(config: &Config) -> Site {
    Site {
        name: config.site_name.clone(),
        base_url: config.base_url.as_str().to_owned(),
        exit_url: config.exit_url.clone(),
        assets: Assets { style: assets::STYLE, guard: assets::GUARD, leave: assets::LEAVE, favicon: assets::FAVICON },
    }
}
