//! The organisers' desk in the database: keeps what [`app::organising::Organising`] promises.

mod beginning;
mod debtors;
mod handling;
pub mod letters;
mod listing;
mod messages;
mod needs;
mod prints;
mod registered;
mod saving;
mod sheets;
mod steps;
mod tours;

use crate::accounts::audit::{self, Line};
use crate::clock;
use crate::db::Tx;
use crate::events::{StoredEvents, purging};
use crate::markdown::{self, Glossary};
use crate::pending::pending;
use anyhow::Result;
use app::accounts::Act;
use app::desk::{Download, Pending};
use app::events::plan::Plan;
use app::events::{Event, Protected};
use app::organising::{
    AllNeeds, BeginRefusal, Debtor, Deletion, Detail, Earlier, Handling, HandlingRefusal, Invited, Letter, Listed,
    Message, NewEvents, NewInvited, NewMessage, Organising, Print, Registered, SaveRefusal, Segment, Sheet,
    SheetFormat, Step, StepRefusal, Tour,
};
use app::services::Site;
use app::viewer::{Admin, Editor, Member};
use std::sync::Arc;

pub struct StoredOrganising {
    pub events: Arc<StoredEvents>,
    pub site: Arc<Site>,
}

/// Who does something, when, and what an event is called in the log.
#[derive(Debug, Clone)]
struct Doing {
    account: String,
    now: i64,
    subject: String,
}

impl Doing {
    /// Nobody who has registered is named in the log, but by number.
    fn to(editor: &Editor, event: &Event) -> Self {
        let series = if event.address.series.is_empty() { String::new() } else { format!("{}/", event.address.series) };
        let subject = format!("{series}{}", event.address.slug);
        Self { account: editor.account.clone(), now: clock::now(), subject }
    }

    fn with(mut self, more: &str) -> Self {
        self.subject.push_str(more);
        self
    }

    async fn log(&self, tx: &mut Tx, act: Act) -> Result<()> {
        audit::write(tx, self.now, Line { account: Some(&self.account), act, subject: &self.subject }).await
    }
}

impl Organising for StoredOrganising {
    fn list<'a>(&'a self, _member: &'a Member) -> Pending<'a, Vec<Listed>> {
        pending(self.list())
    }

    fn event<'a>(&'a self, _member: &'a Member, id: &'a str) -> Pending<'a, Option<Arc<Event>>> {
        pending(self.events.by_id(id))
    }

    fn begin<'a>(&'a self, editor: &'a Editor, new: &'a NewEvents) -> Pending<'a, Result<String, BeginRefusal>> {
        pending(self.begin(editor, new))
    }

    fn save<'a>(
        &'a self,
        editor: &'a Editor,
        event: &'a Event,
        version: i64,
        plan: &'a Plan,
    ) -> Pending<'a, Result<i64, SaveRefusal>> {
        pending(self.save(Doing::to(editor, event), event, version, plan))
    }

    fn earlier<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Earlier>> {
        pending(self.earlier(&event.id))
    }

    fn deletions<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Deletion>> {
        pending(purging::deletions(&self.events.db, &event.id))
    }

    fn with_plan(&self, event: &Event, plan: Plan) -> Event {
        let rendered = |text: &str| markdown::render(text, 1, &Glossary::new([])).html;
        Event { html: rendered(&plan.text), summary_html: rendered(&plan.summary), plan, ..event.clone() }
    }

    fn step<'a>(&'a self, editor: &'a Editor, event: &'a Event, step: Step) -> Pending<'a, Result<(), StepRefusal>> {
        pending(self.step(Doing::to(editor, event), event, step))
    }

    fn registered<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Registered>> {
        pending(async move { Ok(self.registered(event).await?.into_iter().map(|one| one.shown).collect()) })
    }

    fn registration<'a>(&'a self, _editor: &'a Editor, event: &'a Event, id: &'a str) -> Pending<'a, Option<Detail>> {
        pending(self.detail(event, id))
    }

    fn handle<'a>(
        &'a self,
        editor: &'a Editor,
        event: &'a Event,
        id: &'a str,
        handling: Handling,
    ) -> Pending<'a, Result<(), HandlingRefusal>> {
        pending(self.handle(Doing::to(editor, event), event, id, handling))
    }

    fn real_name<'a>(&'a self, admin: &'a Admin, event: &'a Event, id: &'a str) -> Pending<'a, Option<Protected>> {
        pending(self.real_name(admin, event, id))
    }

    fn recipients<'a>(&'a self, _editor: &'a Editor, event: &'a Event, segment: &'a Segment) -> Pending<'a, u32> {
        pending(async move { Ok(u32::try_from(self.recipients(event, segment).await?.len())?) })
    }

    fn send<'a>(&'a self, editor: &'a Editor, event: &'a Event, message: &'a NewMessage) -> Pending<'a, u32> {
        pending(self.send(Doing::to(editor, event), event, message))
    }

    fn messages<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Message>> {
        pending(self.messages(&event.id))
    }

    fn sheet<'a>(
        &'a self,
        editor: &'a Editor,
        event: &'a Event,
        sheet: &'a Sheet,
        format: SheetFormat,
    ) -> Pending<'a, Download> {
        pending(self.sheet(Doing::to(editor, event), sheet, format))
    }

    fn print<'a>(&'a self, editor: &'a Editor, event: &'a Event, print: Print) -> Pending<'a, Download> {
        pending(self.print(Doing::to(editor, event), event, print))
    }

    fn needs<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, AllNeeds> {
        pending(self.needs(event))
    }

    fn needs_in_words<'a>(&'a self, editor: &'a Editor, event: &'a Event) -> Pending<'a, AllNeeds> {
        pending(self.needs_in_words(Doing::to(editor, event), event))
    }

    fn debtors<'a>(&'a self, _editor: &'a Editor, event: &'a Event) -> Pending<'a, Vec<Debtor>> {
        pending(self.debtors(event))
    }

    fn tour<'a>(&'a self, _member: &'a Member, slug: &'a str) -> Pending<'a, Option<Tour>> {
        pending(self.tour(slug))
    }

    fn invite<'a>(
        &'a self,
        editor: &'a Editor,
        tour: &'a Tour,
        people: &'a [NewInvited],
    ) -> Pending<'a, Vec<(NewInvited, String)>> {
        pending(self.invite(editor, tour, people))
    }

    fn uninvite<'a>(&'a self, editor: &'a Editor, tour: &'a Tour, id: &'a str) -> Pending<'a, bool> {
        pending(self.uninvite(editor, tour, id))
    }

    fn write_to_invited<'a>(
        &'a self,
        editor: &'a Editor,
        tour: &'a Tour,
        people: &'a [&'a Invited],
        letter: Letter,
    ) -> Pending<'a, u32> {
        pending(self.write_to_invited(editor, tour, people, letter))
    }

    fn carry_on<'a>(&'a self, editor: &'a Editor, tour: &'a Tour, event: &'a Event) -> Pending<'a, bool> {
        pending(self.carry_on(editor, tour, event))
    }
}
