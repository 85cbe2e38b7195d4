//! Any order of registering, giving back, switching, handing over, answering offers, and more or fewer seats, held against
//! a simple model that counts everything anew each time. On both databases.

use crate::on_both;
use crate::portal::{On, TestPortal};
use crate::seats::{a_form, a_plan, a_track, published};
use app::accounts::person::{Email, PersonName};
use app::events::placement::Why;
use app::events::plan::{LimitedBy, Limits, Plan, Reserved};
use app::events::{Application, Colleague, Deed, DeedRefusal, Event, Events, Needs, Standing};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use server::events::StoredEvents;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const TRACKS: [&str; 2] = ["plats", "digitalt"];
const COUNTIES: [&str; 3] = ["skane", "orebro", "kalmar"];

#[derive(Debug, Clone)]
enum Op {
    Register {
        track: usize,
        county: usize,
    },
    Cancel {
        who: usize,
    },
    Switch {
        who: usize,
        track: usize,
    },
    HandOver {
        who: usize,
    },
    Accept {
        who: usize,
    },
    Decline {
        who: usize,
    },
    /// So many working hours pass.
    Wait {
        hours: i64,
    },
    Seats {
        track: usize,
        seats: u32,
    },
    Release,
}

fn op() -> impl Strategy<Value = Op> {
    let who = 0_usize..30;
    prop_oneof![
        8 => (0_usize..2, 0_usize..3).prop_map(|(track, county)| Op::Register { track, county }),
        3 => who.clone().prop_map(|who| Op::Cancel { who }),
        2 => (who.clone(), 0_usize..2).prop_map(|(who, track)| Op::Switch { who, track }),
        1 => who.clone().prop_map(|who| Op::HandOver { who }),
        3 => who.clone().prop_map(|who| Op::Accept { who }),
        1 => who.prop_map(|who| Op::Decline { who }),
        1 => (0_i64..4).prop_map(|hours| Op::Wait { hours }),
        2 => (0_usize..2, 0_u32..8).prop_map(|(track, seats)| Op::Seats { track, seats }),
        1 => Just(Op::Release),
    ]
}

/// The rule once more, as plainly as it can be told.
#[derive(Debug, Clone)]
struct Model {
    plan: Plan,
    people: Vec<Somebody>,
    numbers: i64,
    now: i64,
    offers: bool,
}

#[derive(Debug, Clone)]
struct Somebody {
    track: usize,
    county: usize,
    queued: i64,
    standing: Standing,
    until: i64,
}

impl Model {
    fn holding(&self, track: usize, county: Option<usize>) -> u32 {
        let counted = |one: &&Somebody| {
            one.standing.holds() && one.track == track && county.is_none_or(|county| one.county == county)
        };
        u32::try_from(self.people.iter().filter(counted).count()).unwrap()
    }

    fn why(&self, track: usize, county: usize) -> Option<Why> {
        let there = &self.plan.tracks[track];
        let seats = there.seats.unwrap();
        let taken = self.holding(track, None);
        if taken >= seats {
            return Some(Why::Full);
        }
        if there.limits.release.is_some() {
            return None;
        }
        let kept =
            |county: usize| there.limits.reserved.iter().find(|one| one.group == COUNTIES[county]).map(|one| one.seats);
        let own = self.holding(track, Some(county));
        if let Some(kept) = kept(county) {
            return (own >= kept).then_some(Why::GroupFull);
        }
        if there.limits.each.is_some_and(|each| own >= each) {
            return Some(Why::GroupFull);
        }
        let others: u32 = (0..COUNTIES.len())
            .filter_map(|county| Some(kept(county)?.saturating_sub(self.holding(track, Some(county)))))
            .sum();
        (taken + others >= seats).then_some(Why::Reserved)
    }

    fn settle(&mut self) {
        for one in &mut self.people {
            if one.standing == Standing::Offered && one.until <= self.now {
                one.standing = Standing::Lapsed;
            }
        }
        for track in 0..TRACKS.len() {
            self.promote(track);
        }
    }

    fn promote(&mut self, track: usize) {
        loop {
            let waits = |one: &Somebody| one.standing == Standing::Waiting && one.track == track;
            let next = (0..self.people.len())
                .filter(|who| waits(&self.people[*who]) && self.why(track, self.people[*who].county).is_none())
                .min_by_key(|who| self.people[*who].queued);
            let Some(next) = next else { return };
            let (offers, until) = (self.offers, until(self.now));
            let one = &mut self.people[next];
            one.standing = if offers { Standing::Offered } else { Standing::Seated };
            one.until = until;
        }
    }
}

/// An offer waits nine working hours.
fn until(now: i64) -> i64 {
    let time = app::text::dates::swedish_time(now);
    app::text::dates::unix_time(app::events::working_hours::after(time, 9))
}

fn the_plan(offers: bool) -> Plan {
    let mut plan = a_plan(4);
    plan.tracks = vec![a_track(TRACKS[0], 4), a_track(TRACKS[1], 2)];
    plan.limited_by = Some(LimitedBy::County);
    plan.tracks[0].limits =
        Limits { each: Some(2), reserved: vec![Reserved { group: COUNTIES[0].into(), seats: 1 }], release: None };
    plan.offer_hours = if offers { 9 } else { 0 };
    plan
}

struct World {
    events: Arc<StoredEvents>,
    event: Arc<Event>,
    version: i64,
    tokens: Vec<String>,
    model: Model,
}

impl World {
    async fn step(&mut self, op: &Op) -> Result<(), TestCaseError> {
        let now = self.model.now;
        let holder = |who: usize, tokens: &[String]| {
            tokens.get(who % tokens.len().max(1)).cloned().map(|token| (who % tokens.len(), token))
        };
        match op {
            Op::Register { track, county } => {
                let form = Application {
                    track: TRACKS[*track].into(),
                    county: app::counties::find(COUNTIES[*county]),
                    ..a_form(&format!("p{}", self.tokens.len()))
                };
                let receipt = self.events.register_at(&self.event, form, None, now).await.unwrap().unwrap();
                self.tokens.push(receipt.token);
                if self.model.why(*track, *county).is_none() {
                    self.model.settle();
                }
                let standing = match self.model.why(*track, *county) {
                    None => Standing::Seated,
                    Some(_) => Standing::Waiting,
                };
                self.model.numbers += 1;
                self.model.people.push(Somebody {
                    track: *track,
                    county: *county,
                    queued: self.model.numbers,
                    standing,
                    until: 0,
                });
            }
            Op::Cancel { who } | Op::Decline { who } => {
                let Some((who, token)) = holder(*who, &self.tokens) else { return Ok(()) };
                let deed = if matches!(op, Op::Cancel { .. }) { Deed::Cancel } else { Deed::DeclineOffer };
                let is_offered = self.model.people[who].standing == Standing::Offered;
                let done = self.events.act_at(&token, deed.clone(), now).await.unwrap();
                let may = !self.model.people[who].standing.is_ended() && (deed == Deed::Cancel || is_offered);
                prop_assert_eq!(done.is_ok(), may, "{:?}", done);
                if may {
                    let one = &mut self.model.people[who];
                    let (held, track) = (one.standing.holds(), one.track);
                    one.standing = Standing::Cancelled;
                    if held {
                        self.model.promote(track);
                    }
                }
            }
            Op::Accept { who } => {
                let Some((who, token)) = holder(*who, &self.tokens) else { return Ok(()) };
                let done = self.events.act_at(&token, Deed::AcceptOffer, now).await.unwrap();
                let may = self.model.people[who].standing.holds();
                prop_assert_eq!(done.is_ok(), may);
                if may {
                    self.model.people[who].standing = Standing::Seated;
                }
            }
            Op::Switch { who, track } => {
                let Some((who, token)) = holder(*who, &self.tokens) else { return Ok(()) };
                let done =
                    self.events.act_at(&token, Deed::Switch { track: TRACKS[*track].into() }, now).await.unwrap();
                self.switch(who, *track, done)?;
            }
            Op::HandOver { who } => {
                let Some((who, token)) = holder(*who, &self.tokens) else { return Ok(()) };
                let Ok(link) = self.events.offer_place_to(&token, now).await.unwrap() else {
                    prop_assert!(self.model.people[who].standing != Standing::Seated);
                    return Ok(());
                };
                let colleague = Colleague {
                    name: PersonName::parse("Kollega").unwrap(),
                    email: Email::parse("kollega@kommun.example").unwrap(),
                    organisation: "Provköpings kommun".into(),
                    role: String::new(),
                    needs: Needs::default(),
                };
                self.tokens[who] = self.events.take_over_at(&link, colleague, now).await.unwrap().unwrap();
            }
            Op::Wait { hours } => {
                for _ in 0..*hours {
                    let time = app::text::dates::swedish_time(self.model.now);
                    self.model.now = app::text::dates::unix_time(app::events::working_hours::after(time, 1));
                }
                self.events.settle_due(self.model.now).await.unwrap();
                if self.model.people.iter().any(|one| one.standing == Standing::Offered && one.until <= self.model.now)
                {
                    self.model.settle();
                }
            }
            Op::Seats { track, seats } => {
                let mut plan = self.model.plan.clone();
                plan.tracks[*track].seats = Some(*seats);
                self.replan(plan, *seats >= self.model.holding(*track, None)).await?;
            }
            Op::Release => {
                let mut plan = self.model.plan.clone();
                plan.tracks[0].limits.release = Some(date(2020, 1, 1));
                self.replan(plan, true).await?;
            }
        }
        Ok(())
    }

    fn switch(&mut self, who: usize, track: usize, done: Result<(), DeedRefusal>) -> Result<(), TestCaseError> {
        let before = self.model.people[who].clone();
        if before.standing.is_ended() {
            prop_assert_eq!(done, Err(DeedRefusal::Ended));
            return Ok(());
        }
        if before.track == track {
            prop_assert_eq!(done, Ok(()));
            return Ok(());
        }
        let why = self.model.why(track, before.county);
        if let (Some(why), true) = (why, before.standing.holds()) {
            prop_assert_eq!(done, Err(DeedRefusal::NoPlace(why)));
            return Ok(());
        }
        prop_assert_eq!(done, Ok(()));
        self.model.numbers += 1;
        let numbers = self.model.numbers;
        let one = &mut self.model.people[who];
        (one.track, one.queued) = (track, numbers);
        one.standing = if why.is_none() { Standing::Seated } else { Standing::Waiting };
        self.model.promote(before.track);
        Ok(())
    }

    async fn replan(&mut self, plan: Plan, may: bool) -> Result<(), TestCaseError> {
        let done = self.events.replan_at(&self.event, self.version, plan.clone(), self.model.now).await.unwrap();
        prop_assert_eq!(done.is_ok(), may);
        if let Ok(version) = done {
            self.version = version;
            self.model.plan = plan;
            self.model.settle();
        }
        Ok(())
    }

    /// Is what the portal shows what the model says?
    async fn agree(&self) -> Result<(), TestCaseError> {
        for (who, token) in self.tokens.iter().enumerate() {
            let (shown, expected) = (self.events.registration(token).await.unwrap().unwrap(), &self.model.people[who]);
            prop_assert_eq!(shown.standing, expected.standing, "person {}", who);
            prop_assert_eq!(&shown.track, TRACKS[expected.track]);
            if expected.standing == Standing::Waiting {
                let line = shown.line.unwrap();
                let before = self.model.people.iter().filter(|other| {
                    other.standing == Standing::Waiting
                        && other.track == expected.track
                        && other.queued < expected.queued
                });
                prop_assert_eq!(line.before as usize, before.count());
                let why = self.model.why(expected.track, expected.county);
                prop_assert_eq!(line.why, why);
                prop_assert!(why.is_some(), "a seat is free, and somebody who may have it waits");
            }
        }
        for track in 0..TRACKS.len() {
            prop_assert!(self.model.holding(track, None) <= self.model.plan.tracks[track].seats.unwrap());
        }
        Ok(())
    }
}

async fn hold_against_the_model(on: On) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let portal = TestPortal::with(on, &[]).await;
    let events = Arc::clone(&portal.portal.stores.events);
    let runtime = tokio::runtime::Handle::current();
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let cases = (proptest::collection::vec(op(), 1..45), any::<bool>());
    let ran = tokio::task::block_in_place(|| {
        runner.run(&cases, |(ops, offers)| {
            runtime.block_on(async {
                let slug = format!("modell-{}", NEXT.fetch_add(1, Ordering::Relaxed));
                let plan = the_plan(offers);
                let event = published(&portal, &events, &slug, &plan).await;
                let now = app::text::dates::unix_time(date(2031, 3, 3).at(12, 0, 0, 0));
                let model = Model { plan, people: vec![], numbers: 0, now, offers };
                let mut world = World { events: Arc::clone(&events), event, version: 1, tokens: vec![], model };
                for op in &ops {
                    world.step(op).await?;
                }
                world.agree().await
            })
        })
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

on_both!(whatever_happens_seats_and_lines_are_as_the_model_says, |on| async move { hold_against_the_model(on).await });
