//! The organisers' desk: what is arranged is planned, filled and looked after here. The nouns, the refusals, and what
//! the feature needs from the world.

pub mod by_phone;
pub mod catering;
pub mod coverage;
pub mod diet;
pub mod event;
pub mod exports;
pub mod finance;
pub mod in_use;
pub mod invitation_list;
pub mod list;
pub mod masking;
pub mod messages;
pub mod new_event;
pub mod plan_form;
pub mod plan_read;
pub mod plan_typed;
pub mod preview;
pub mod registered;
pub mod registration;
pub mod statistics;
pub mod template;
pub mod tour;

use crate::counties::County;
use crate::desk::{Asked, Download, Pending, Stop};
use crate::events::late_fee::Case;
use crate::events::placement::Why;
use crate::events::plan::Plan;
use crate::events::questions::Answers;
use crate::events::sound::Fault;
use crate::events::{Address, Event, Kind, Needs, Protected, Registration, Standing};
use crate::viewer::{Admin, Editor, Member};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line of the list of everything that is arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: String,
    pub address: Address,
    pub title: String,
    /// Of the tour or the series, if it belongs to one.
    pub series_title: Option<String>,
    pub county: Option<&'static County>,
    /// Unix seconds.
    pub starts_at: i64,
    pub ends_at: i64,
    pub is_published: bool,
    pub is_cancelled: bool,
    pub is_example: bool,
    /// On the tracks that have so many.
    pub seats: u32,
    pub held: u32,
    /// Places on those that have no limit.
    pub unlimited: u32,
    pub waiting: u32,
    /// They wait for the organiser's word.
    pub applied: u32,
}

/// What is to be arranged. A tour has an event for each stop.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvents {
    pub kind: Kind,
    pub county: Option<&'static County>,
    /// Of a tour or a series, if it is a new one: what it is called.
    pub series_title: Option<String>,
    /// At least one.
    pub events: Vec<(Address, Plan)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BeginRefusal {
    /// Something stands there already.
    Taken(Address),
    /// The tour or series is another county's.
    Anothers,
}

/// What came of saving a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum SaveRefusal {
    /// Somebody else has saved meanwhile.
    Changed(Box<Earlier>),
    /// There is less left than somebody holds already, or it is gone; see [`in_use::faults`].
    InUse(Vec<Fault>),
    Gone,
}

/// A plan as somebody saved it.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    pub version: i64,
    pub by: String,
    /// Unix seconds.
    pub at: i64,
    pub plan: Plan,
}

/// What was forgotten of those who came, and by whose leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// Unix seconds.
    pub at: i64,
    pub what: String,
    /// Names the decision ("gallringsbeslut") that allows it.
    pub decision: String,
}

/// What is done with an event as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Publish,
    /// Nobody has registered: it may still be taken back.
    Withdraw,
    /// It does not take place; everybody is told.
    Cancel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepRefusal {
    /// Something has to be put right first.
    Unsound(Vec<Fault>),
    /// So many have registered: it can be cancelled, not taken back.
    Registered(u32),
    /// It is over, or has been cancelled.
    Over,
}

/// Somebody who has registered, in the organiser's list. For protected identity `name` is the alias, and `email` is
/// empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    pub id: String,
    pub number: i64,
    /// By which they stand in their line.
    pub queued: i64,
    pub standing: Standing,
    pub track: String,
    pub name: String,
    pub email: String,
    pub organisation: String,
    pub county: Option<&'static County>,
    pub role: String,
    /// Ids of sessions and `question:choice`: what they have a place in, or wish for while they wait.
    pub items: Vec<String>,
    pub answers: Answers,
    pub note: String,
    pub in_party: bool,
    /// Why the next place is not theirs; nothing unless they wait.
    pub why: Option<Why>,
    /// Unix seconds.
    pub created_at: i64,
    pub came_at: Option<i64>,
}

/// One registration, as the organiser sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Without the address of somebody with protected identity.
    pub registration: Registration,
    pub note: String,
    pub steps: Vec<Happened>,
    /// A colleague waits to take the place over; from elsewhere only if the organiser says so.
    pub hand_over: Option<HandOverState>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOverState {
    Offered,
    /// The organiser has said that it may be somebody from elsewhere.
    Allowed,
}

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Unix seconds.
    pub at: i64,
    /// As stored: "seated", "by-phone".
    pub step: String,
    /// Somebody of the staff; empty for the person or the portal itself.
    pub by: String,
}

/// What an organiser does with somebody's registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handling {
    Approve,
    Refuse,
    Cancel,
    /// Takes the place of what was noted before.
    Note(String),
    /// The place may go to somebody of another organisation.
    AllowHandOver,
    /// No fee is asked for: there was a good reason. Which, is nobody's business.
    Excuse(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandlingRefusal {
    /// There is no such registration, or it has ended.
    Ended,
    /// It has begun.
    TooLate,
}

/// To whom an organiser writes. Empty fields narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    /// Nothing: all that have not ended.
    pub standing: Option<Standing>,
    pub track: String,
    pub workshop: String,
    pub county: Option<&'static County>,
}

impl Segment {
    pub fn holds(&self, one: &Registered) -> bool {
        let stands = self.standing.map_or(!one.standing.is_ended(), |standing| one.standing == standing);
        let county = self.county.is_none_or(|county| one.county.is_some_and(|own| own.slug == county.slug));
        stands
            && county
            && (self.track.is_empty() || one.track == self.track)
            && (self.workshop.is_empty() || one.items.contains(&self.workshop))
    }
}

/// What an organiser has written, or is about to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub subject: String,
    pub text: String,
    pub segment: Segment,
    /// The segment in words, for those who look back.
    pub segment_words: String,
    /// From a hidden field of the form: sent twice, it is one message.
    pub form_key: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    pub text: String,
    pub segment: String,
    pub recipients: i64,
    /// Unix seconds.
    pub at: i64,
    pub by: String,
}

/// A table to be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What the file is called, without its ending: a slug.
    pub name: String,
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    Csv,
    Xlsx,
}

/// What is printed for the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    Badges,
    DoorList,
    /// For those who came.
    Certificates,
}

/// What those who come need, as two lists of words that belong to nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllNeeds {
    pub needs: Vec<Needs>,
}

/// Somebody of whom a fee may be asked, with where the bill goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Debtor {
    pub registration: String,
    pub number: i64,
    pub name: String,
    pub organisation: String,
    pub invoice: Option<crate::events::invoice::Invoice>,
    pub is_excused: bool,
    pub case: Case,
}

/// A tour, with those whom it has invited.
#[derive(Debug, Clone, PartialEq)]
pub struct Tour {
    pub slug: String,
    pub title: String,
    pub county: Option<&'static County>,
    /// The earliest first.
    pub stops: Vec<Arc<Event>>,
    pub invited: Vec<Invited>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    pub id: String,
    pub municipality: String,
    pub role: String,
    pub name: String,
    pub email: String,
    /// Where they have registered, by the event's id, and how they stand there.
    pub stop: Option<(String, Standing)>,
    /// Unix seconds.
    pub invited_at: Option<i64>,
    pub reminded_at: Option<i64>,
}

/// Somebody to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvited {
    pub municipality: String,
    pub role: String,
    pub name: crate::accounts::person::PersonName,
    pub email: crate::accounts::person::Email,
}

/// To whom of a tour's list a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Those who have had none.
    Invitation,
    /// Those of a municipality and a role that nobody comes for yet.
    Reminder,
}

/// What the feature needs from the world. What an [`Editor`] does stands in the log, written in the act's own
/// transaction; whoever calls has got the editor for the event's own county.
pub trait Organising: Send + Sync {
    fn list<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Listed>>;

    /// Published or not.
    fn event<'a>(&'a self, member: &'a Member, id: &'a str) -> Pending<'a, Option<Arc<Event>>>;

    /// The id of the first of them.
    fn begin<'a>(&'a self, editor: &'a Editor, new: &'a NewEvents) -> Pending<'a, Result<String, BeginRefusal>>;

    /// Saves what was written from that version, and gives the places that there are more of to those who are next. The
    /// new version.
    fn save<'a>(
        &'a self,
        editor: &'a Editor,
        event: &'a Event,
        version: i64,
        plan: &'a Plan,
    ) -> Pending<'a, Result<i64, SaveRefusal>>;

    /// Every plan that was saved, the newest first.
    fn earlier<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Earlier>>;

    /// What has been forgotten after the event, the oldest first.
    fn deletions<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Deletion>>;

    /// The event as it would be shown with that plan.
    fn with_plan(&self, event: &Event, plan: Plan) -> Event;

    fn step<'a>(&'a self, editor: &'a Editor, event: &'a Event, step: Step) -> Pending<'a, Result<(), StepRefusal>>;

    /// By number.
    fn registered<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Registered>>;

    fn registration<'a>(&'a self, editor: &'a Editor, event: &'a Event, id: &'a str) -> Pending<'a, Option<Detail>>;

    fn handle<'a>(
        &'a self,
        editor: &'a Editor,
        event: &'a Event,
        id: &'a str,
        handling: Handling,
    ) -> Pending<'a, Result<(), HandlingRefusal>>;

    /// The real name and how the person wants to be reached. Each reading stands in the log.
    fn real_name<'a>(&'a self, admin: &'a Admin, event: &'a Event, id: &'a str) -> Pending<'a, Option<Protected>>;

    /// How many a message would go to.
    fn recipients<'a>(&'a self, editor: &'a Editor, event: &'a Event, segment: &'a Segment) -> Pending<'a, u32>;

    /// To how many it goes.
    fn send<'a>(&'a self, editor: &'a Editor, event: &'a Event, message: &'a NewMessage) -> Pending<'a, u32>;

    /// The newest first.
    fn messages<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Message>>;

    fn sheet<'a>(
        &'a self,
        editor: &'a Editor,
        event: &'a Event,
        sheet: &'a Sheet,
        format: SheetFormat,
    ) -> Pending<'a, Download>;

    fn print<'a>(&'a self, editor: &'a Editor, event: &'a Event, print: Print) -> Pending<'a, Download>;

    /// Of those who have a place, in no order that tells whose they are.
    fn needs<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, AllNeeds>;

    /// The same, for somebody who reads what was written in people's own words: it stands in the log.
    fn needs_in_words<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, AllNeeds>;

    /// Those who gave a place back, and those who did not come.
    fn debtors<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Debtor>>;

    fn tour<'a>(&'a self, member: &'a Member, slug: &'a str) -> Pending<'a, Option<Tour>>;

    /// The codes of those who were not on the list yet, shown this once.
    fn invite<'a>(
        &'a self,
        editor: &'a Editor,
        tour: &'a Tour,
        people: &'a [NewInvited],
    ) -> Pending<'a, Vec<(NewInvited, String)>>;

    fn uninvite<'a>(&'a self, editor: &'a Editor, tour: &'a Tour, id: &'a str) -> Pending<'a, bool>;

    /// To these of the tour's list; how many of them a letter goes to.
    fn write_to_invited<'a>(
        &'a self,
        editor: &'a Editor,
        tour: &'a Tour,
        people: &'a [&'a Invited],
        letter: Letter,
    ) -> Pending<'a, u32>;

    /// The open questions of a stop, laid beside those of the next one. `false`: there is no next one.
    fn carry_on<'a>(&'a self, editor: &'a Editor, tour: &'a Tour, event: &'a Event) -> Pending<'a, bool>;
}

/// The event of the address, and the right to its county: asked for before anything else.
pub(crate) async fn organised(asked: &Asked) -> Result<(Arc<Event>, Editor), Stop> {
    let member = asked.viewer.member()?;
    let event = asked.services.organising.event(&member, asked.part("arrangemang")).await?.ok_or(Stop::Missing)?;
    let editor = asked.viewer.editor(event.county)?;
    Ok((event, editor))
}

/// How many of something, by what it is.
pub(crate) type Counts = BTreeMap<String, u32>;
