//! The one place where parts meet: configuration in, services out.

use crate::accounts::StoredAccounts;
use crate::assets;
use crate::certificates::StoredCertificates;
use crate::clock;
use crate::config::Config;
use crate::content::{self, Problem};
use crate::courses::StoredLearning;
use crate::db::Db;
use crate::door::StoredDoors;
use crate::editor::StoredEditing;
use crate::events::letters::Letters;
use crate::events::{Guard, StoredEvents, published};
use crate::http::page_cache::PageCache;
use crate::keys::Keys;
use crate::library::authorship::Author;
use crate::library::citations;
use crate::library::import::{self, File, Report};
use crate::library::shelf::Shelf;
use crate::library::store;
use crate::mail::dead_letters::StoredOutbox;
use crate::media::StoredMedia;
use crate::organising::StoredOrganising;
use crate::search::statistics::{CountedSearch, Statistics};
use crate::search::{KeptIndex, SearchShelf};
use crate::survey::StoredSurveys;
use crate::{courses, mail};
use anyhow::{Result, bail};
use app::services::{Assets, Services, Site};
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// A running portal.
pub struct Portal {
    pub config: Config,
    pub db: Db,
    /// What is sought, counted on this node.
    pub statistics: Arc<Statistics>,
    pub stores: Stores,
    site: Arc<Site>,
    snapshot: ArcSwap<Snapshot>,
    index: Arc<KeptIndex>,
    /// Held while a new snapshot is made, so that an older one never replaces a newer.
    refreshing: Mutex<()>,
}

/// What people do here, kept in the database beside the library: the same whatever is published.
pub struct Stores {
    pub accounts: Arc<StoredAccounts>,
    pub events: Arc<StoredEvents>,
    pub learning: Arc<StoredLearning>,
    pub media: Arc<StoredMedia>,
}

/// One generation of the library on one day, with the pages already made from it. A page that is still being
/// rendered when something is published ends up in the snapshot it was made from, never in the new one.
pub struct Snapshot {
    pub shelf: Arc<Shelf>,
    pub services: Services,
    pub pages: PageCache,
    /// What is wrong with the published texts; they are served all the same.
    pub problems: Vec<Problem>,
}

impl Portal {
    /// Opens the database, imports `content` as the author that ships with the program, and fills the shelf.
    pub async fn open(config: Config, content: &[File]) -> Result<(Arc<Self>, Report)> {
        let db = Db::open(&config.database_url).await?;
        let report = import::import(&db, content, Author::Shipped, clock::now()).await?;
        let site = Arc::new(site(&config));
        let statistics = Arc::<Statistics>::default();
        let keys = Arc::new(Keys::open(&config.key_file)?);
        let stores = Stores {
            accounts: Arc::new(StoredAccounts::new(db.clone(), &config)?),
            events: Arc::new(StoredEvents::new(db.clone(), Arc::clone(&keys), Guard::Held)),
            learning: Arc::new(StoredLearning::new(db.clone(), keys, Arc::clone(&site))),
            media: Arc::new(StoredMedia::new(db.clone(), config.media_quota)),
        };
        let snapshot = load(&db, &site, &statistics, &stores).await?;
        let index = Arc::new(KeptIndex::in_folder(config.data.join("index")));
        let snapshot = ArcSwap::from_pointee(snapshot);
        Ok((
            Arc::new(Self { config, db, statistics, stores, site, snapshot, index, refreshing: Mutex::new(()) }),
            report,
        ))
    }

    /// Brings the search index up to the library, which may take a while where it must be built anew. Pages are served
    /// and searched meanwhile; from then on each refresh brings the index along.
    pub async fn index(&self) {
        loop {
            let shelf = Arc::clone(&self.snapshot().shelf.search);
            self.take_up(&shelf).await;
            let _turn = self.refreshing.lock().await;
            // Something else may have been published in between.
            if Arc::ptr_eq(&shelf, &self.snapshot().shelf.search) {
                return;
            }
        }
    }

    async fn take_up(&self, shelf: &Arc<SearchShelf>) {
        let (index, shelf) = (Arc::clone(&self.index), Arc::clone(shelf));
        if tokio::task::spawn_blocking(move || index.take_up(&shelf)).await.is_err() {
            tracing::error!("the search index could not be brought up to the library; searching without");
        }
    }

    /// Who writes which letter.
    pub fn letters(&self) -> mail::letters::Letters {
        let courses = courses::letters::Letters(Arc::clone(&self.stores.learning));
        mail::letters::Letters { events: self.event_letters(), courses }
    }

    /// Who writes the letters of events.
    pub fn event_letters(&self) -> Letters {
        Letters { events: Arc::clone(&self.stores.events), site: Arc::clone(&self.site) }
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
        let indexed = current.shelf.search.is_indexed();
        let new = load(&self.db, &self.site, &self.statistics, &self.stores).await?;
        if indexed {
            self.take_up(&new.shelf.search).await;
        }
        self.snapshot.store(Arc::new(new));
        Ok(true)
    }

    /// Publishes or keeps as a draft what somebody wrote in the editor; the next request sees it.
    pub async fn edit(&self, path: &str, body: &str, publish: bool) -> Result<()> {
        if publish && let Err(problems) = content::parse(path, body) {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("the text has faults and was not published: {}", problems.join("; "));
        }
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

async fn load(db: &Db, site: &Arc<Site>, statistics: &Arc<Statistics>, stores: &Stores) -> Result<Snapshot> {
    let (generation, texts) = readable(db).await?;
    let revisions = texts
        .iter()
        .map(|text| (text.path.clone(), text.revision.clone()))
        .filter(|(_, revision)| !revision.is_empty())
        .collect();
    // Read after the generation: what is published in between moves it once more.
    let arranged = published::published(db).await?;
    let today = clock::today();
    // Rendering markdown is work for a processor, not for the task that also answers requests.
    let build = move || {
        let texts = texts.iter().map(|text| (text.path.as_str(), text.body.as_str()));
        Shelf::build_with(arranged, texts, generation, today)
    };
    let (shelf, problems) = tokio::task::spawn_blocking(build).await?;
    if let Err(error) = citations::keep(db, &revisions, &shelf.law.readings).await {
        // Pages don't need it; the next generation tries again.
        tracing::error!(error = format!("{error:#}"), "what the texts cite could not be written down");
    }
    let shelf = Arc::new(shelf);
    let services = Services {
        site: Arc::clone(site),
        edition: shelf.edition(),
        accounts: stores.accounts.clone(),
        calendar: shelf.clone(),
        certificates: Arc::new(StoredCertificates { events: stores.events.clone(), site: Arc::clone(site) }),
        courses: shelf.clone(),
        door: Arc::new(StoredDoors(stores.events.clone())),
        editing: Arc::new(StoredEditing::new(db.clone())),
        events: stores.events.clone(),
        groups: Arc::new(courses::groups::StoredGroups(db.clone())),
        guidance: shelf.clone(),
        glossary: shelf.clone(),
        handbook: shelf.clone(),
        help_lines: shelf.clone(),
        law: shelf.law.clone(),
        learning: stores.learning.clone(),
        media: stores.media.clone(),
        organising: Arc::new(StoredOrganising { events: stores.events.clone(), site: Arc::clone(site) }),
        outbox: Arc::new(StoredOutbox(db.clone())),
        pages: shelf.clone(),
        training: shelf.clone(),
        accessibility: shelf.clone(),
        search: Arc::new(CountedSearch { shelf: shelf.search.clone(), statistics: statistics.clone() }),
        surveys: Arc::new(StoredSurveys(stores.events.clone())),
    };
    Ok(Snapshot { shelf, services, pages: PageCache::new(), problems })
}

/// The published texts; where the newest of a document cannot be read (a newer program may ask more of a text than
/// the one that took it in), an older one, else the shipped one: the help-lines must never be gone.
async fn readable(db: &Db) -> Result<(i64, Vec<store::Published>)> {
    let (generation, mut texts) = store::published(db).await?;
    for text in &mut texts {
        let Err(problems) = content::parse(&text.path, &text.body) else { continue };
        for problem in &problems {
            tracing::error!(%problem, "a published text cannot be read; an older one takes its place");
        }
        let shipped = assets::SHIPPED.iter().filter(|(path, _)| *path == text.path);
        // What ships with the program is no revision of this library.
        let shipped = shipped.map(|(_, body)| (String::new(), (*body).to_owned()));
        let older =
            store::published_before(db, &text.path).await?.into_iter().map(|older| (older.revision, older.body));
        if let Some((revision, body)) = older.chain(shipped).find(|(_, body)| content::parse(&text.path, body).is_ok())
        {
            text.revision = revision;
            text.body = body;
        }
    }
    Ok((generation, texts))
}

fn site(config: &Config) -> Site {
    Site {
        name: config.site_name.clone(),
        base_url: config.base_url.as_str().to_owned(),
        staff_url: config.staff_url(),
        exit_url: config.exit_url.clone(),
        assets: Assets {
            style: assets::STYLE,
            guard: assets::GUARD,
            leave: assets::LEAVE,
            passkey: assets::PASSKEY,
            writing: assets::WRITING,
            check_in: assets::CHECK_IN,
            check_in_offline: assets::CHECK_IN_OFFLINE,
            group: assets::GROUP,
            favicon: assets::FAVICON,
        },
    }
}
