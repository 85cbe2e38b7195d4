//! The door: those who have a place are let in, on several phones at once and without a network. The nouns, the refusals,
//! and what the feature needs from the world.

pub mod check_in;
pub mod merging;
pub mod opening;
pub mod sent;

use crate::desk::Pending;
use crate::events::Event;
use crate::ui::qr_code::QrCode;
use crate::viewer::Editor;
use merging::Came;
use sent::Sent;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A door that is open, for whoever has its link.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDoor {
    pub event: Arc<Event>,
    /// Unix seconds.
    pub until: i64,
}

/// Somebody who has a place: what a door needs to know, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Guest {
    /// The registration's.
    pub id: String,
    /// With protected identity the alias; empty where no name has been told yet.
    pub name: String,
    pub organisation: String,
    /// What the badge holds: ten letters and digits, of which nothing can be read.
    pub code: String,
}

/// Who is expected, in the order of names, and who has come, by registration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    pub guests: Vec<Guest>,
    pub came: BTreeMap<String, Came>,
}

/// Why a door is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenRefusal {
    /// It is over, cancelled, or not published.
    NotNow,
}

/// What the feature needs from the world. What an [`Editor`] does stands in the log, written in the act's own
/// transaction.
pub trait Door: Send + Sync {
    /// The token of a new link, shown this once. It opens until the day after the event has ended.
    fn open<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Result<String, OpenRefusal>>;

    /// How many links open the event's door.
    fn links<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, u32>;

    /// Ends every link.
    fn close<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, ()>;

    fn door<'a>(&'a self, token: &'a str) -> Pending<'a, Option<OpenDoor>>;

    fn list<'a>(&'a self, door: &'a OpenDoor) -> Pending<'a, List>;

    /// Takes up what was done at the door; what has been taken up before changes nothing. How much of it was about
    /// nobody who is registered.
    fn receive<'a>(&'a self, door: &'a OpenDoor, sent: Vec<Sent>) -> Pending<'a, u32>;

    /// The address as a code for a camera; none if it is too long for one.
    fn qr_code(&self, address: &str) -> Option<QrCode>;

    /// A new random id: of a page that was loaded, or of a check-in.
    fn new_id(&self) -> String;
}
