//! The door in the database: keeps what [`app::door::Door`] promises.

mod expected;
mod opening;
mod receiving;

use crate::clock;
use crate::events::StoredEvents;
use crate::keys::Keys;
use crate::pdf::code::Code;
use crate::pending::pending;
use app::desk::Pending;
use app::door::sent::Sent;
use app::door::{Door, List, OpenDoor, OpenRefusal};
use app::events::Event;
use app::ui::qr_code::QrCode;
use app::viewer::Editor;
use std::sync::Arc;

pub struct StoredDoors(pub Arc<StoredEvents>);

/// What is asked of each registration at the door, as a purpose of [`Keys::token`].
const BADGE: &str = "dorr";

/// What a badge holds: ten letters and digits (50 bits) that only the portal's key can make. Each holder of a place has
/// another, by `turn`.
pub fn badge_code(keys: &Keys, registration: &str, turn: i64) -> String {
    let mut code = keys.token(BADGE, registration, turn);
    code.truncate(10);
    code
}

impl Door for StoredDoors {
    fn open<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Result<String, OpenRefusal>> {
        pending(self.open_at(&editor.account, event, clock::now()))
    }

    fn links<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, u32> {
        pending(self.links_at(event, clock::now()))
    }

    fn close<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, ()> {
        pending(self.close_at(&editor.account, event, clock::now()))
    }

    fn door<'a>(&'a self, token: &'a str) -> Pending<'a, Option<OpenDoor>> {
        pending(self.door_at(token, clock::now()))
    }

    fn list<'a>(&'a self, door: &'a OpenDoor) -> Pending<'a, List> {
        pending(self.expected(&door.event))
    }

    fn receive<'a>(&'a self, door: &'a OpenDoor, sent: Vec<Sent>) -> Pending<'a, u32> {
        pending(self.receive_at(&door.event, sent, clock::now()))
    }

    fn qr_code(&self, address: &str) -> Option<QrCode> {
        Some(Code::of(address).ok()?.picture())
    }

    fn new_id(&self) -> String {
        clock::new_id()
    }
}
