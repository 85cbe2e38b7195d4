//! What pages get from the world, through Leptos' context.

use crate::accessibility::Accessibility;
use crate::accounts::Accounts;
use crate::certificates::Certificates;
use crate::courses::{Courses, Groups, Learning};
use crate::door::Door;
use crate::editor::Editing;
use crate::events::Events;
use crate::events::calendar::Calendar;
use crate::glossary::Glossary;
use crate::guidance::Guidance;
use crate::handbook::Handbook;
use crate::help_lines::HelpLines;
use crate::law::Law;
use crate::mail::Outbox;
use crate::media::Media;
use crate::organising::Organising;
use crate::pages::Pages;
use crate::search::Search;
use crate::survey::Surveys;
use crate::training::Training;
use leptos::prelude::use_context;
use std::sync::Arc;

#[derive(Clone)]
pub struct Services {
    pub site: Arc<Site>,
    /// The day on which the newest of all published texts was changed.
    pub edition: jiff::civil::Date,
    pub accounts: Arc<dyn Accounts>,
    pub calendar: Arc<dyn Calendar>,
    pub certificates: Arc<dyn Certificates>,
    pub courses: Arc<dyn Courses>,
    pub door: Arc<dyn Door>,
    pub editing: Arc<dyn Editing>,
    pub events: Arc<dyn Events>,
    pub groups: Arc<dyn Groups>,
    pub guidance: Arc<dyn Guidance>,
    pub glossary: Arc<dyn Glossary>,
    pub handbook: Arc<dyn Handbook>,
    pub help_lines: Arc<dyn HelpLines>,
    pub law: Arc<dyn Law>,
    pub learning: Arc<dyn Learning>,
    pub media: Arc<dyn Media>,
    pub organising: Arc<dyn Organising>,
    pub outbox: Arc<dyn Outbox>,
    pub pages: Arc<dyn Pages>,
    pub training: Arc<dyn Training>,
    pub accessibility: Arc<dyn Accessibility>,
    pub search: Arc<dyn Search>,
    pub surveys: Arc<dyn Surveys>,
}

/// What every page says about the site itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub name: String,
    /// Without a trailing slash.
    pub base_url: String,
    /// Where the staff signs in: the same, but for a portal that is asked by this machine's number, which no passkey
    /// can be tied to.
    pub staff_url: String,
    /// The neutral site that "Lämna sidan snabbt" goes to.
    pub exit_url: String,
    pub assets: Assets,
}

/// Addresses of the files that every page loads; each carries a hash of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    pub style: &'static str,
    pub guard: &'static str,
    pub leave: &'static str,
    pub passkey: &'static str,
    pub writing: &'static str,
    pub check_in: &'static str,
    /// Answers for the server at the door, where there is no network.
    pub check_in_offline: &'static str,
    /// The page of whoever leads a group.
    pub group: &'static str,
    pub favicon: &'static str,
}

impl Services {
    /// The services of the request that is being answered.
    ///
    /// # Panics
    /// Outside the rendering of a page: the server hands them over before it renders anything.
    pub fn current() -> Self {
        match use_context::<Self>() {
            Some(services) => services,
            None => panic!("pages are rendered only by the server, which provides Services first"),
        }
    }
}
