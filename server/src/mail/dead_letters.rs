//! What was given up, for administrators.

use super::outbox;
use crate::accounts::audit::{self, Line};
use crate::clock;
use crate::db::Db;
use crate::pending::pending;
use anyhow::Result;
use app::accounts::Act;
use app::desk::Pending;
use app::mail::{DeadLetter, Outbox};
use app::viewer::Admin;

pub struct StoredOutbox(pub Db);

impl StoredOutbox {
    async fn retry(&self, admin: &Admin, id: &str) -> Result<bool> {
        let mut tx = self.0.begin().await?;
        let Some(kind) = outbox::retry(&mut tx, id).await? else { return Ok(false) };
        let line = Line { account: Some(&admin.account), act: Act::RetriedMail, subject: &format!("{kind}, {id}") };
        audit::write(&mut tx, clock::now(), line).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn retry_all(&self, admin: &Admin) -> Result<()> {
        let mut tx = self.0.begin().await?;
        let number = outbox::retry_all(&mut tx).await?;
        if number > 0 {
            let line =
                Line { account: Some(&admin.account), act: Act::RetriedMail, subject: &format!("alla {number}") };
            audit::write(&mut tx, clock::now(), line).await?;
        }
        tx.commit().await
    }
}

impl Outbox for StoredOutbox {
    fn dead<'a>(&'a self, _: &'a Admin) -> Pending<'a, Vec<DeadLetter>> {
        pending(outbox::list_dead(&self.0))
    }

    fn retry<'a>(&'a self, admin: &'a Admin, id: &'a str) -> Pending<'a, bool> {
        pending(self.retry(admin, id))
    }

    fn retry_all<'a>(&'a self, admin: &'a Admin) -> Pending<'a, ()> {
        pending(self.retry_all(admin))
    }
}
