//! What the portal does without being asked: publishes at the time that was set, reminds of reviews, forgets what is old.

use crate::clock;
use crate::courses;
use crate::editor::StoredEditing;
use crate::editor::reminders::Sender;
use crate::events::purging;
use crate::mail::{self, Mailer, outbox};
use crate::portal::Portal;
use anyhow::Result;
use std::sync::Arc;
use std::time::Duration;

/// A page set for eight o'clock is there within so many seconds.
const EVERY: Duration = Duration::from_secs(2);

/// How often it is looked for what begins soon, in milliseconds by a watch that nobody sets.
const REMINDING: f64 = 600_000.0;

/// Runs until it is dropped. What fails is told in the log and tried again.
pub async fn run(portal: Arc<Portal>, mailer: Arc<Mailer>) {
    let editing = StoredEditing::new(portal.db.clone());
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut tidied = None;
    let mut reminded: Option<Box<dyn Fn() -> f64 + Send>> = None;
    loop {
        ticks.tick().await;
        if portal.config.metrics_addr.is_some() {
            tell("measuring the outbox", mail::measure(&portal.db, clock::now()).await);
        }
        match editing.publish_due(clock::now()).await {
            Ok(0) => {}
            Ok(_) => tell("showing what was published at its time", portal.refresh().await.map(drop)),
            Err(error) => tell("publishing at the time that was set", Err(error)),
        }
        tell("giving on what was not answered in time", portal.stores.events.settle_due(clock::now()).await);
        if reminded.as_ref().is_none_or(|since| since() >= REMINDING) {
            reminded = Some(Box::new(clock::stopwatch()));
            tell("reminding of what begins soon", portal.stores.events.remind(clock::now()).await.map(drop));
            tell("asking those who came", portal.stores.events.send_surveys(clock::now()).await.map(drop));
        }
        let today = clock::today();
        if tidied != Some(today) {
            tidied = Some(today);
            tell("forgetting old drafts", editing.purge(clock::now()).await);
            let decision = &portal.config.deletion_decision;
            tell("forgetting who came", purging::purge(&portal.db, decision, clock::now()).await.map(drop));
            tell("forgetting unused courses", courses::purge(&portal.db, clock::now()).await.map(drop));
            tell("giving places on the day of release", portal.stores.events.settle_lines(clock::now()).await);
            tell("forgetting old mail", outbox::forget_old(&portal.db, clock::now()).await);
            tell("forgetting mail that was written to files", mailer.forget_old().await);
            let config = &portal.config;
            let sender =
                Sender { from: &config.mail_from, site_name: &config.site_name, base_url: config.base_url.as_str() };
            tell("reminding of reviews", editing.remind(&mailer, sender, today).await.map(drop));
        }
    }
}

fn tell(work: &str, done: Result<()>) {
    if let Err(error) = done {
        tracing::error!(error = format!("{error:#}"), "{work} failed; it is tried again");
    }
}
