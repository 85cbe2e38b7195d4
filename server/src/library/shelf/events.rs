//! What is arranged: the calendar, and what search finds of it.

use super::Shelf;
use super::renderer::{Renderer, Text};
use super::sources::Sources;
use crate::events::published::Unrendered;
use crate::law::PageKind;
use crate::search::Page;
use app::events::calendar::{Calendar, Series};
use app::events::{Address, Event, Kind};
use app::routes::desk;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

#[derive(Debug, Default)]
pub(super) struct EventShelf {
    /// In the order in which they begin.
    events: Vec<Arc<Event>>,
    by_address: HashMap<Address, Arc<Event>>,
    series: Vec<Series>,
}

impl EventShelf {
    /// Of every event, and of every series that has one.
    pub(super) fn addresses(&self) -> impl Iterator<Item = String> {
        let events = self.events.iter().map(|event| &event.address);
        let series: BTreeSet<String> =
            events.clone().filter(|address| address.kind != Kind::Conference).map(desk::series).collect();
        events.map(desk::event).chain(series)
    }
}

pub(super) fn events(sources: &Sources, day: Date, renderer: &mut Renderer) -> EventShelf {
    let rendered = |one| Arc::new(event(one, day, renderer));
    let mut events: Vec<_> = sources.arranged.events.iter().map(rendered).collect();
    events.sort_by_key(|event| event.plan.starts);
    let by_address = events.iter().map(|event| (event.address.clone(), Arc::clone(event))).collect();
    EventShelf { events, by_address, series: sources.arranged.series.clone() }
}

fn event(one: &Unrendered, day: Date, renderer: &mut Renderer) -> Event {
    let Unrendered { event, file, text_line, summary_line } = one;
    let text = |body, body_line: &usize| Text {
        file,
        address: desk::event(&event.address),
        title: &event.plan.title,
        // An invitation is no guidance, whatever it says of the law.
        kind: PageKind::Standing,
        legal_date: one.legal_date(day),
        body,
        body_line: *body_line,
    };
    let summary = renderer.render_part(text(&event.plan.summary, summary_line));
    let rendered = renderer.render(text(&event.plan.text, text_line), |text| Page::event(event, text, &summary, day));
    Event { html: rendered.html, summary_html: summary.html, ..event.clone() }
}

impl Calendar for Shelf {
    fn day(&self) -> Date {
        self.day
    }

    fn events(&self) -> &[Arc<Event>] {
        &self.events.events
    }

    fn event(&self, address: &Address) -> Option<Arc<Event>> {
        self.events.by_address.get(address).cloned()
    }

    fn series(&self, kind: Kind, slug: &str) -> Option<&Series> {
        self.events.series.iter().find(|series| series.kind == kind && series.slug == slug)
    }
}
