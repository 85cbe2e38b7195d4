//! The form on which somebody registers, as it is shown empty or with what was typed.

use super::application::{
    LARGEST_PARTY, LONGEST_LINE, LONGEST_NEED, LONGEST_ROLE, NO_COUNTY, Typed, needs_invoice, of_person,
};
use super::event_page::ProtectedIdentity;
use super::plan::{LimitedBy, Plan};
use super::programme::slots;
use super::questions::{Kind, LONGEST_ANSWER, Question};
use super::when::hours;
use super::{Occupancy, keeping, words};
use crate::counties::COUNTIES;
use crate::desk::Faults;
use crate::routes::paths;
use crate::text::dates::swedish;
use crate::ui::field::{BoxesField, Choice, ChoiceField, LongTextField, Pick, TextField};
use leptos::prelude::*;

/// What the form shows.
#[derive(Debug, Clone)]
pub struct Shown {
    pub plan: Plan,
    pub occupancy: Occupancy,
    pub typed: Typed,
    pub faults: Faults,
    /// Where the form is sent.
    pub action: String,
}

/// One page, one step. The browser checks nothing: what has to be put right is told by us, in Swedish and beside the
/// field.
#[component]
pub fn ApplicationForm(shown: Shown) -> impl IntoView {
    let persons = shown.typed.persons();
    let of_people = if persons > 1 { several(&shown, persons).into_any() } else { alone(&shown).into_any() };
    view! {
        <form method="post" action=shown.action.clone() class="application" novalidate>
            <input type="hidden" name="nyckel" value=shown.typed.key.clone() />
            <input type="hidden" name="antal" value=persons.to_string() />
            {way_of_taking_part(&shown)}
            {of_people}
            {questions(&shown)}
            {(persons == 1 && shown.plan.asks_needs).then(|| needs(&shown))}
            {invoice(&shown)}
            <section aria-labelledby="uppgifterna">
                <h2 id="uppgifterna">"Så används uppgifterna"</h2>
                <p>
                    "Bara för det här, och bara av arrangören. Det finns ingen öppen deltagarlista. Skriv inga personnummer. "
                    <a href=paths::PERSONAL_DATA>"Så behandlar vi personuppgifter"</a>
                </p>
                <button>"Skicka anmälan"</button>
                <p>"På nästa sida ser du direkt om du har fått en plats eller vilket nummer du har i kön."</p>
            </section>
        </form>
    }
}

impl Shown {
    fn value(&self, field: &str) -> String {
        self.typed.get(field).to_owned()
    }

    fn chosen(&self, field: &str, value: &str, label: String, about: String) -> Choice {
        Choice { value: value.to_owned(), label, about, is_chosen: self.typed.has(field, value) }
    }
}

fn way_of_taking_part(shown: &Shown) -> impl IntoView + use<> {
    let Shown { plan, occupancy, faults, .. } = shown;
    let code = (plan.by_invitation || !shown.typed.get("kod").is_empty()).then(|| {
        let label = if plan.by_invitation { "Din kod" } else { "Din kod (frivilligt)" };
        view! {
            <TextField name="kod" label help="Den står i din inbjudan." value=shown.value("kod") longest=LONGEST_LINE
                required=plan.by_invitation fault=faults.of("kod") />
        }
    });
    let choices: Vec<Choice> = plan
        .tracks
        .iter()
        .map(|track| {
            let taken = occupancy.tracks.get(&track.id).cloned().unwrap_or_default();
            let approval = if track.approval { " Arrangören svarar på varje anmälan." } else { "" };
            let about = format!("{}. {}.{approval}", words::places(track, &taken), words::price(track));
            shown.chosen("deltagande", &track.id, track.name.clone(), about)
        })
        .collect();
    let tracks = match choices.as_slice() {
        [only] if faults.of("deltagande").is_none() => {
            view! { <p>{format!("{}: {}", only.label, only.about)}</p> }.into_any()
        }
        _ => view! {
            <BoxesField name="deltagande" legend="Hur vill du delta?" pick=Pick::One choices required=true fault=faults.of("deltagande") />
        }
        .into_any(),
    };
    view! {
        <section aria-labelledby="deltagandet">
            <h2 id="deltagandet">"Hur du deltar"</h2>
            {code}
            {tracks}
        </section>
    }
}

fn alone(shown: &Shown) -> impl IntoView + use<> {
    let faults = &shown.faults;
    let workshops = workshops(shown, "pass").map(|boxes| {
        view! {
            <section aria-labelledby="passen">
                <h2 id="passen">"Pass att välja"</h2>
                <p>"Pass som är samtidigt går inte att kombinera. Blir ett pass fullt innan du har fått din plats säger vi till, och du kan välja om."</p>
                {boxes}
            </section>
        }
    });
    view! {
        <section aria-labelledby="om-dig">
            <h2 id="om-dig">"Om dig"</h2>
            <TextField name="namn" label="Ditt namn" help="Till namnskylten och arrangörens lista." value=shown.value("namn") longest=120
                autocomplete="name" fault=faults.of("namn") />
            <TextField name="epost" label="E-post" kind="email" help="Hit kommer bekräftelsen, med länken där du ändrar eller avbokar."
                value=shown.value("epost") autocomplete="email" required=!shown.typed.is_protected() fault=faults.of("epost") />
            <TextField name="roll" label="Yrke eller uppdrag (frivilligt)" help="Till exempel socialsekreterare. Visar arrangören vilka som nås."
                value=shown.value("roll") longest=LONGEST_ROLE autocomplete="organization-title" required=false fault=faults.of("roll") />
            {where_from(shown)}
        </section>
        {protected(shown)}
        {workshops}
    }
}

fn several(shown: &Shown, persons: u32) -> impl IntoView + use<> {
    let faults = &shown.faults;
    let people = (1..=persons).map(|person| {
        let [name, email, role, pass] = ["namn", "epost", "roll", "pass"].map(|field| of_person(field, person));
        let boxes = workshops(shown, &pass);
        view! {
            <fieldset class="person">
                <legend>{format!("Person {person}")}</legend>
                <TextField label="Namn (frivilligt)" value=shown.value(&name) longest=120 required=false fault=faults.of(&name) name />
                <TextField label="E-post (frivilligt)" kind="email" value=shown.value(&email) required=false fault=faults.of(&email) name=email />
                <TextField label="Yrke eller uppdrag (frivilligt)" value=shown.value(&role) longest=LONGEST_ROLE required=false
                    fault=faults.of(&role) name=role />
                {boxes}
            </fieldset>
        }
    });
    let people = people.collect_view();
    view! {
        <section aria-labelledby="om-dig">
            <h2 id="om-dig">"Om dig som anmäler"</h2>
            <p>"Ska du själv vara med, skriv dig också som en av personerna."</p>
            <TextField name="kontakt-namn" label="Ditt namn" value=shown.value("kontakt-namn") longest=120 autocomplete="name" fault=faults.of("kontakt-namn") />
            <TextField name="kontakt-epost" label="E-post" kind="email" help="Hit kommer bekräftelsen, med en länk till er anmälan."
                value=shown.value("kontakt-epost") autocomplete="email" fault=faults.of("kontakt-epost") />
            {where_from(shown)}
        </section>
        <section aria-labelledby="personerna">
            <h2 id="personerna">"De som anmäls"</h2>
            <p>
                "Alla får plats i den ordning de står här. Vet du inte vilka det blir kan du lämna namnen tomma och skriva dem senare: vi \
                 påminner dig. Var och en med e-post får en egen länk. Där skriver de själva om kost och tillgänglighet."
            </p>
            <p>"Den som har skyddade personuppgifter anmäler sig själv, eller ringer."</p>
            {people}
        </section>
    }
}

fn where_from(shown: &Shown) -> impl IntoView + use<> {
    let limited = shown.plan.limited_by;
    let organisation = match limited {
        Some(LimitedBy::Organisation) => {
            "Kommun, region, myndighet, förening eller företag. Platserna är fördelade per organisation, så skriv namnet som ni brukar."
        }
        _ => {
            "Kommun, region, myndighet, förening eller företag. Till namnskylten, och för att en kollega ska kunna ta över din plats."
        }
    };
    let county = match limited {
        Some(LimitedBy::County) => "Platserna är fördelade per län.",
        _ => "Visar arrangören om hela landet nås.",
    };
    let counties = COUNTIES.iter().map(|county| (county.slug.to_owned(), county.name.to_owned()));
    let first = (String::new(), "Välj län".to_owned());
    let last = (NO_COUNTY.to_owned(), "Inget särskilt län".to_owned());
    let choices: Vec<_> = std::iter::once(first).chain(counties).chain([last]).collect();
    view! {
        <TextField name="organisation" label="Organisation" help=organisation value=shown.value("organisation") longest=LONGEST_LINE
            autocomplete="organization" fault=shown.faults.of("organisation") />
        <ChoiceField name="lan" label="Län som du arbetar i" help=county chosen=shown.value("lan") choices required=true fault=shown.faults.of("lan") />
    }
}

fn protected(shown: &Shown) -> impl IntoView + use<> {
    let Shown { plan, faults, typed, .. } = shown;
    view! {
        <section aria-labelledby="skyddade">
            <h2 id="skyddade">"Skyddade personuppgifter (frivilligt)"</h2>
            <ProtectedIdentity contact=plan.contact.clone() />
            <label class="box" for="skyddad">
                <input type="checkbox" id="skyddad" name="skyddad" value="ja" checked=typed.is_protected() />
                " Jag har skyddade personuppgifter"
            </label>
            <TextField name="alias" label="Om du kryssade i: namnet som andra får se" help="Till namnskylt och listor. Det får vara påhittat. Ditt riktiga namn skriver du ovanför."
                value=shown.value("alias") longest=120 required=false fault=faults.of("alias") />
            <LongTextField name="kontaktvag" label="Om du kryssade i: så når arrangören dig" help="Till exempel genom en kollega. Med en annan väg än e-post kan du lämna e-posten tom."
                value=shown.value("kontaktvag") longest=LONGEST_NEED fault=faults.of("kontaktvag") />
        </section>
    }
}

/// The workshops that can be chosen, those at the same time together; nothing if there are none.
fn workshops(shown: &Shown, field: &str) -> Option<impl IntoView + use<>> {
    let Shown { plan, occupancy, faults, .. } = shown;
    workshop_boxes(plan, occupancy, field, &shown.typed.all(field), faults.of(field))
}

/// The same for whoever has chosen before.
pub fn workshop_boxes(
    plan: &Plan,
    occupancy: &Occupancy,
    field: &str,
    chosen: &[String],
    mut fault: Option<String>,
) -> Option<impl IntoView + use<>> {
    let boxes: Vec<_> = slots(plan.workshops())
        .into_iter()
        .enumerate()
        .map(|(at, slot)| {
            let choices = slot.iter().map(|session| {
                let taken = occupancy.counted.get(&session.id).copied().unwrap_or(0);
                let left = session.seats.map(|seats| words::places_in(seats, taken)).unwrap_or_default();
                let by = if session.speakers.is_empty() {
                    String::new()
                } else {
                    format!(" {}.", session.speakers.join(", "))
                };
                let about = format!("Kl. {}, {left}.{by}", hours(session.starts, session.ends));
                Choice {
                    value: session.id.clone(),
                    label: session.title.clone(),
                    about,
                    is_chosen: chosen.contains(&session.id),
                }
            });
            let first = slot.iter().map(|session| session.starts).min().unwrap_or(plan.starts);
            let last = slot.iter().map(|session| session.ends).max().unwrap_or(plan.ends);
            let day = if plan.starts.date() == plan.ends.date() {
                String::new()
            } else {
                format!("{}, ", swedish(first.date()))
            };
            let legend = format!("{day}kl. {}", hours(first, last));
            let legend = crate::text::capital::capital(&legend);
            // A fault of the field leads to its first box.
            let id = if at == 0 { field.to_owned() } else { format!("{field}--tid-{at}") };
            let choices: Vec<_> = choices.collect();
            view! { <BoxesField name=field.to_owned() id legend pick=Pick::Several choices fault=fault.take() /> }
        })
        .collect();
    (!boxes.is_empty()).then_some(boxes)
}

fn questions(shown: &Shown) -> Option<impl IntoView + use<>> {
    let questions = &shown.plan.questions;
    let each: Vec<_> = questions.iter().map(|question| asked(shown, question)).collect();
    (!each.is_empty()).then(|| {
        view! {
            <section aria-labelledby="fragorna">
                <h2 id="fragorna">"Frågor från arrangören"</h2>
                {each}
            </section>
        }
    })
}

/// Without scripts a question that is put to some stands there for all, under what it depends on.
fn asked(shown: &Shown, question: &Question) -> AnyView {
    let condition = question.only_if.as_ref().and_then(|condition| {
        let earlier = shown.plan.questions.iter().find(|earlier| earlier.id == condition.question)?;
        let choice = earlier.choices.iter().find(|choice| choice.id == condition.choice)?;
        Some(format!("Om du svarade ”{}” på ”{}”", choice.label, earlier.label))
    });
    let required = question.required && condition.is_none();
    let label = if question.required { question.label.clone() } else { format!("{} (frivilligt)", question.label) };
    let (name, fault) = (question.field(), shown.faults.of(&question.field()));
    let help = (!question.help.is_empty()).then(|| question.help.clone());
    let field = match question.kind {
        Kind::Text => {
            let value = shown.value(&name);
            view! { <LongTextField label help value longest=LONGEST_ANSWER required fault name /> }.into_any()
        }
        Kind::One | Kind::Several => {
            let mut choices: Vec<Choice> = question
                .choices
                .iter()
                .map(|choice| {
                    let taken = shown.occupancy.counted.get(&question.counted(&choice.id)).copied().unwrap_or(0);
                    let left = choice.seats.map(|seats| words::places_in(seats, taken)).unwrap_or_default();
                    shown.chosen(&name, &choice.id, choice.label.clone(), crate::text::capital::capital(&left))
                })
                .collect();
            let pick = if question.kind == Kind::One { Pick::One } else { Pick::Several };
            if pick == Pick::One && !required {
                // A radio button cannot be taken back.
                choices.push(Choice { label: "Inget svar".into(), ..Choice::default() });
            }
            view! { <BoxesField legend=label help pick choices required fault name /> }.into_any()
        }
    };
    match condition {
        Some(condition) => {
            view! { <fieldset class="only-if"><legend>{condition}</legend>{field}</fieldset> }.into_any()
        }
        None => field,
    }
}

fn needs(shown: &Shown) -> impl IntoView + use<> {
    let Shown { plan, faults, .. } = shown;
    let (diet, access) = (shown.value("kost"), shown.value("tillganglighet"));
    view! {
        <section aria-labelledby="behoven">
            <h2 id="behoven">"Det du behöver (frivilligt)"</h2>
            <NeedsFields plan=plan.clone() diet access faults=faults.clone() />
        </section>
    }
}

/// Diet and access needs, with the day on which they are deleted beside each.
#[component]
pub fn NeedsFields(
    plan: Plan,
    #[prop(into)] diet: String,
    #[prop(into)] access: String,
    faults: Faults,
) -> impl IntoView {
    let deleted = format!("Raderas den {}.", swedish(keeping::needs_are_deleted(&plan)));
    view! {
        <p>"Skriv bara det som arrangören måste veta för att du ska kunna vara med. Det sparas krypterat. Köket och lokalen får antal, aldrig namn."</p>
        <LongTextField name="kost" label="Kost (frivilligt)" help=format!("Till exempel allergi eller vegetarisk mat. {deleted}") value=diet
            rows=2 longest=LONGEST_NEED fault=faults.of("kost") />
        <LongTextField name="tillganglighet" label="Tillgänglighet (frivilligt)"
            help=format!("Till exempel teckenspråkstolk, hörslinga, plats för rullstol eller ledsagare. {deleted}") value=access
            rows=2 longest=LONGEST_NEED fault=faults.of("tillganglighet") />
    }
}

fn invoice(shown: &Shown) -> Option<impl IntoView + use<>> {
    let Shown { plan, faults, .. } = shown;
    let paying = plan.tracks.iter().filter(|track| needs_invoice(plan, track)).count();
    let always = paying == plan.tracks.len();
    let title = if always { "Faktura" } else { "Om du valde något som kostar: faktura" };
    let fee = plan.fee.as_ref().map(|fee| view! { <p>{words::fee(fee)}</p> });
    (paying > 0).then(|| {
        view! {
            <section aria-labelledby="fakturan">
                <h2 id="fakturan">{title}</h2>
                {fee}
                <TextField name="orgnr" label="Organisationsnummer" help="Tio siffror. Den betalande organisationens, aldrig ett personnummer."
                    value=shown.value("orgnr") longest=20 required=always fault=faults.of("orgnr") />
                <TextField name="gln" label="GLN (frivilligt)" help="Tretton siffror, för e-faktura." value=shown.value("gln") longest=20
                    required=false fault=faults.of("gln") />
                <TextField name="referens" label="Er referens" help="Den som står på fakturan: en beställarkod eller en funktion."
                    value=shown.value("referens") longest=LONGEST_LINE required=always fault=faults.of("referens") />
                <LongTextField name="fakturaadress" label="Fakturaadress" help="Behövs inte om du har skrivit GLN." value=shown.value("fakturaadress")
                    longest=LONGEST_NEED fault=faults.of("fakturaadress") />
            </section>
        }
    })
}

/// How many people the form is to be for: asked before anything is typed.
#[component]
pub fn HowMany(plan: Plan, persons: u32, code: String, action: String) -> impl IntoView {
    let largest = plan.largest_party.min(LARGEST_PARTY);
    let choices = (1..=largest).map(|persons| {
        let called = if persons == 1 { "Bara mig själv".to_owned() } else { format!("{persons} personer") };
        (persons.to_string(), called)
    });
    let choices: Vec<_> = choices.collect();
    (largest > 1).then(|| {
        view! {
            <form method="get" action=action class="how-many">
                {(!code.is_empty()).then(|| view! { <input type="hidden" name="kod" value=code.clone() /> })}
                <ChoiceField name="antal" label="Hur många anmäler du?" chosen=persons.to_string() choices />
                <button class="quiet">"Visa formuläret"</button>
            </form>
        }
    })
}
