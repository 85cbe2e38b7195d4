//! Events in the database: keeps what [`app::events::Events`] promises.

pub mod arranging;
mod deciding;
mod deeds;
mod hall;
mod handing_over;
mod ledger;
pub mod letters;
mod placing;
pub mod published;
pub mod purging;
mod reading;
mod registering;
mod reminding;
pub mod rush;
mod seat_writer;
mod settling;
pub mod shipped;
mod store;
mod surveying;

pub use arranging::ReplanRefusal;
pub(crate) use deciding::decide;
pub use deeds::act_for;
pub use hall::Hall;
pub use ledger::Ledger;
pub(crate) use placing::{has_sealed_address, needs, protected, step};
pub use seat_writer::{Guard, SeatWriter};
pub use settling::settle;

use crate::db::Db;
use crate::keys::Keys;
use crate::pending::pending;
use crate::{accounts, clock, on};
use anyhow::Result;
use app::desk::Pending;
use app::events::plan::Plan;
use app::events::{
    Address, Application, Colleague, Deed, DeedRefusal, Event, Events, HandOver, HandOverRefusal, Kind, Occupancy,
    Party, Receipt, RegisterRefusal, Registration,
};
use app::viewer::Editor;
use std::sync::Arc;

pub struct StoredEvents {
    pub(crate) db: Db,
    pub(crate) keys: Arc<Keys>,
    pub(crate) writer: SeatWriter,
    plans: store::Plans,
}

impl StoredEvents {
    pub fn new(db: Db, keys: Arc<Keys>, guard: Guard) -> Self {
        let writer = SeatWriter::start(db.clone(), guard);
        Self { db, keys, writer, plans: store::Plans::default() }
    }

    /// Registers somebody at a given time; see [`Events::register`].
    pub async fn register_at(
        &self,
        event: &Event,
        application: Application,
        by: Option<String>,
        now: i64,
    ) -> Result<Result<Receipt, RegisterRefusal>> {
        let (keys, id) = (Arc::clone(&self.keys), event.id.clone());
        let line = line(&event.address, &event.id);
        let work = self.writer.run(&line, now, move |hall| {
            Box::pin(async move { registering::register(hall, &keys, &id, &application, by.as_deref()).await })
        });
        work.await
    }

    /// Does something with a registration at a given time; see [`Events::act`].
    pub async fn act_at(&self, token: &str, deed: Deed, now: i64) -> Result<Result<(), DeedRefusal>> {
        let Some(line) = self.line_of(token).await? else { return Ok(Err(DeedRefusal::Missing)) };
        let (keys, hash) = (Arc::clone(&self.keys), accounts::tokens::hash(token));
        self.writer
            .run(&line, now, move |hall| Box::pin(async move { deeds::act(hall, &keys, &hash, &deed).await }))
            .await
    }

    /// Events whose lines are not up to date at that time: an offer was not answered, or a day of release has come.
    pub async fn settle_due(&self, now: i64) -> Result<()> {
        const LAPSED: &str =
            "SELECT DISTINCT event_id FROM registrations WHERE standing = 'offered' AND offer_until <= $1";
        let lapsed: Vec<String> = on!(&self.db, pool => sqlx::query_scalar(LAPSED).bind(now).fetch_all(pool).await)?;
        self.settle_all(&lapsed, now).await
    }

    /// Brings every line up to date: once for each day, since what is released is so from midnight.
    pub async fn settle_lines(&self, now: i64) -> Result<()> {
        const WAITED: &str = "SELECT DISTINCT event_id FROM registrations WHERE standing = 'waiting'";
        let waited: Vec<String> = on!(&self.db, pool => sqlx::query_scalar(WAITED).fetch_all(pool).await)?;
        self.settle_all(&waited, now).await
    }

    async fn settle_all(&self, events: &[String], now: i64) -> Result<()> {
        for id in events {
            if let Some(event) = self.by_id(id).await? {
                self.settle_at(&event.address, id, now).await?;
            }
        }
        Ok(())
    }

    /// Changes a plan at a given time; see [`arranging::replan`].
    pub async fn replan_at(
        &self,
        event: &Event,
        version: i64,
        plan: Plan,
        now: i64,
    ) -> Result<Result<i64, ReplanRefusal>> {
        let (id, line) = (event.id.clone(), line(&event.address, &event.id));
        let work = self
            .writer
            .run(&line, now, move |hall| Box::pin(async move { arranging::replan(hall, &id, version, &plan).await }));
        work.await
    }

    /// Gives back what was not answered in time, and places to those who are next; see [`settle`].
    pub async fn settle_at(&self, address: &Address, event: &str, now: i64) -> Result<()> {
        let id = event.to_owned();
        self.writer.run(&line(address, event), now, move |hall| Box::pin(async move { settle(hall, &id).await })).await
    }
}

/// Whose places are counted together: the stops of a tour, between which people move; otherwise each event by itself.
pub(crate) fn line(address: &Address, event: &str) -> String {
    match address.kind {
        Kind::DialogueMeeting => format!("{}/{}", address.kind.as_str(), address.series),
        Kind::Conference | Kind::ThemeDay => event.to_owned(),
    }
}

impl Events for StoredEvents {
    fn event<'a>(&'a self, address: &'a Address) -> Pending<'a, Option<Arc<Event>>> {
        pending(self.published(address))
    }

    fn occupancy<'a>(&'a self, event: &'a Event) -> Pending<'a, Occupancy> {
        pending(self.occupancy(&event.id))
    }

    fn form_key(&self) -> String {
        clock::new_id()
    }

    fn register<'a>(
        &'a self,
        event: &'a Event,
        application: Application,
        by: Option<&'a Editor>,
    ) -> Pending<'a, Result<Receipt, RegisterRefusal>> {
        pending(self.register_at(event, application, by.map(|editor| editor.account.clone()), clock::now()))
    }

    fn registration<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Registration>> {
        pending(self.registration(token))
    }

    fn party<'a>(&'a self, token: &'a str) -> Pending<'a, Option<Party>> {
        pending(self.party(token))
    }

    fn act<'a>(&'a self, token: &'a str, deed: Deed) -> Pending<'a, Result<(), DeedRefusal>> {
        pending(self.act_at(token, deed, clock::now()))
    }

    fn offer_place<'a>(&'a self, token: &'a str) -> Pending<'a, Result<String, DeedRefusal>> {
        pending(self.offer_place_to(token, clock::now()))
    }

    fn hand_over<'a>(&'a self, token: &'a str) -> Pending<'a, Option<HandOver>> {
        pending(self.hand_over(token, clock::now()))
    }

    fn take_over<'a>(&'a self, token: &'a str, colleague: Colleague) -> Pending<'a, Result<String, HandOverRefusal>> {
        pending(self.take_over_at(token, colleague, clock::now()))
    }
}
