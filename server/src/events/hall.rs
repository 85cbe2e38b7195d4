//! What the seat writer works in: a transaction that holds the line, and what has been counted in it.

use super::ledger::Ledger;
use crate::db::Tx;
use crate::on_tx;
use anyhow::Result;
use app::text::dates::swedish_time;
use jiff::civil::DateTime;
use std::collections::BTreeMap;

pub struct Hall {
    tx: Tx,
    /// When the work was asked for, in unix seconds.
    pub now: i64,
    ledgers: BTreeMap<String, Ledger>,
    is_broken: bool,
}

impl Hall {
    pub(super) fn new(tx: Tx) -> Self {
        Self { tx, now: 0, ledgers: BTreeMap::new(), is_broken: false }
    }

    /// The day and the hour in Sweden.
    pub fn moment(&self) -> DateTime {
        swedish_time(self.now)
    }

    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// What is counted of an event, once for each transaction. Nothing: there is no such event.
    pub async fn ledger(&mut self, event: &str) -> Result<Option<&mut Ledger>> {
        if !self.ledgers.contains_key(event) {
            let Some(ledger) = Ledger::read(&mut self.tx, event).await? else { return Ok(None) };
            self.ledgers.insert(event.to_owned(), ledger);
        }
        Ok(self.ledgers.get_mut(event))
    }

    pub(super) fn believe(&mut self, ledger: Option<Ledger>) {
        self.ledgers.extend(ledger.map(|ledger| (ledger.event.clone(), ledger)));
    }

    /// What was counted is counted anew.
    pub fn forget(&mut self) {
        self.ledgers.clear();
    }

    pub(super) async fn undo(&mut self) {
        let undone = on_tx!(&mut self.tx, c => sqlx::query("ROLLBACK TO SAVEPOINT work").execute(c).await.map(drop));
        let released = on_tx!(&mut self.tx, c => sqlx::query("RELEASE SAVEPOINT work").execute(c).await.map(drop));
        self.is_broken = undone.is_err() || released.is_err();
    }

    /// Could what failed not be undone?
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    pub(super) fn into_tx(self) -> Tx {
        self.tx
    }
}
