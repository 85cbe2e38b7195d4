//! `/redaktion/konferenser/{arrangemang}/uppgifter/`: everything of an event, in one form. Rows come and go by buttons
//! that send the form: so they do without a script, and nothing that was typed is lost.

use super::event::{called, head};
use super::plan_read::{beside_fields, plan, unsound};
use super::plan_typed::{Change, PlanTyped, attendance, kind, label, limited_by, row_label};
use super::{Earlier, SaveRefusal, organised};
use crate::desk::{Answer, Asked, Faults, Stop};
use crate::document::Document;
use crate::events::Event;
use crate::events::plan::{Attendance, LimitedBy};
use crate::events::questions::Kind;
use crate::guidance::Audience;
use crate::routes::desk;
use crate::ui::field::{BoxesField, Choice, ChoiceField, Fault, FaultList, LongTextField, Pick, TextField};
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let version: Option<i64> = asked.query.get("version").parse().ok();
    let earlier = match version {
        Some(_) => asked.services.organising.earlier(&editor, &event).await?,
        None => Vec::new(),
    };
    let earlier = earlier.into_iter().find(|earlier| Some(earlier.version) == version);
    let told = if earlier.is_some() { Told::Earlier } else { Told::Nothing };
    let plan = earlier.map_or_else(|| event.plan.clone(), |earlier| earlier.plan);
    let typed = PlanTyped::of(&plan);
    // What an event lacks is told from the first look, but for one that has just been made: there all is lacking.
    let faults = if event.version > 1 { unsound(&typed, &plan) } else { Faults::default() };
    Ok(shown(200, event.version, event, typed, faults, told))
}

pub async fn save(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let mut typed = PlanTyped::read(&asked.form);
    let version = asked.form.get("version").parse().unwrap_or(0);
    if let Some(change) = Change::parse(asked.form.get("gor")) {
        typed.change(&change);
        return Ok(shown(200, version, event, typed, Faults::default(), Told::NotSaved));
    }
    let mut plan = match plan(&typed, &event.plan) {
        Ok(plan) => plan,
        Err(faults) => return Ok(shown(422, version, event, typed, faults, Told::Nothing)),
    };
    let faults = unsound(&typed, &plan);
    if event.published_at.is_some() && !faults.is_empty() {
        return Ok(shown(422, version, event, typed, faults, Told::Nothing));
    }
    plan.programme.sort_by_key(|session| (session.starts, session.ends));
    match asked.services.organising.save(&editor, &event, version, &plan).await? {
        Ok(_) if asked.form.get("gor") == "forhandsvisa" => {
            Ok(Answer::Redirect(desk::of_event(desk::EVENT_PREVIEW, &event.id)))
        }
        Ok(_) => Ok(Answer::Redirect(desk::of_event(desk::ORGANISED, &event.id))),
        Err(SaveRefusal::InUse(faults)) => {
            let faults = beside_fields(&typed, faults);
            Ok(shown(409, version, event, typed, faults, Told::Nothing))
        }
        Err(SaveRefusal::Changed(theirs)) => {
            Ok(shown(409, theirs.version, event, typed, Faults::default(), Told::Changed(theirs)))
        }
        Err(SaveRefusal::Gone) => Err(Stop::Missing),
    }
}

/// What is said above the form.
enum Told {
    Nothing,
    /// Rows have come or gone, in the form alone.
    NotSaved,
    /// The form holds a plan that was saved before.
    Earlier,
    /// Somebody else has saved meanwhile.
    Changed(Box<Earlier>),
}

/// `version` is the one that the form begins from.
fn shown(status: u16, version: i64, event: Arc<Event>, typed: PlanTyped, faults: Faults, told: Told) -> Answer {
    Answer::page_with(status, move || view(version, &event, typed, faults, told))
}

fn view(version: i64, event: &Event, typed: PlanTyped, faults: Faults, told: Told) -> impl IntoView + use<> {
    let head = head(event, desk::PLAN, "Uppgifter");
    let told = match told {
        Told::Nothing => ().into_any(),
        Told::NotSaved => view! { <p role="status">"Raderna är ändrade. Inget är sparat än."</p> }.into_any(),
        Told::Earlier => {
            view! { <p role="status">"Så här såg uppgifterna ut. De gäller igen först när du sparar."</p> }.into_any()
        }
        Told::Changed(theirs) => changed(&typed, *theirs).into_any(),
    };
    let live = event.published_at.is_some().then(|| {
        view! { <p>"Det är publicerat: det du sparar syns genast. Finns det fler platser får de som står först i kön besked."</p> }
    });
    let form = Form { action: desk::of_event(desk::PLAN, &event.id), typed, faults: faults.clone() };
    let (action, fields, title) = (form.action.clone(), fields(&form), called(&event.plan));
    view! {
        <Document head>
            <h1>{title}</h1>
            {told}
            <FaultList faults />
            {live}
            <form method="post" action=action class="write plan">
                <input type="hidden" name="version" value=version.to_string() />
                <div class="acts">
                    <button name="gor" value="spara">"Spara"</button>
                    <button class="quiet" name="gor" value="forhandsvisa">"Spara och förhandsvisa"</button>
                </div>
                {fields}
            </form>
        </Document>
    }
}

/// What somebody else has saved meanwhile, wherever it is not what stands in the form.
fn changed(typed: &PlanTyped, theirs: Earlier) -> impl IntoView + use<> {
    let differences = typed.differs_from(&PlanTyped::of(&theirs.plan));
    let lines: Vec<_> = differences
        .into_iter()
        .map(|(field, value)| {
            let value = if value.is_empty() { "(tomt)".to_owned() } else { value };
            view! { <dt>{field}</dt><dd>{value}</dd> }
        })
        .collect();
    view! {
        <Fault>
            <p>{format!("{} har sparat medan du skrev. Ditt står kvar i formuläret. Här är den andras uppgifter, där de skiljer sig:", theirs.by)}</p>
            <dl class="facts">{lines}</dl>
            <p>"För över det som ska vara med och spara igen. Båda versionerna finns kvar bland tidigare versioner."</p>
        </Fault>
    }
}

/// The form while it is being set.
struct Form {
    action: String,
    typed: PlanTyped,
    faults: Faults,
}

impl Form {
    fn line(&self, name: impl Into<String>) -> AnyView {
        self.helped(name, "")
    }

    fn helped(&self, name: impl Into<String>, help: &'static str) -> AnyView {
        self.input(name.into(), "text", help)
    }

    fn input(&self, name: String, kind: &'static str, help: &'static str) -> AnyView {
        let (value, fault) = (self.typed.get(&name).to_owned(), self.faults.of(&name));
        let help = (!help.is_empty()).then_some(help);
        let longest = if kind == "text" { 1_000 } else { 10 };
        view! { <TextField label=label(&name) name kind value help fault longest required=false /> }.into_any()
    }

    fn text(&self, name: impl Into<String>, rows: u8, help: &'static str) -> AnyView {
        let name: String = name.into();
        let (value, fault) = (self.typed.get(&name).to_owned(), self.faults.of(&name));
        let help = (!help.is_empty()).then_some(help);
        view! { <LongTextField label=label(&name) name value rows help fault longest=20_000 /> }.into_any()
    }

    /// A day and a time beside each other.
    fn moment(&self, name: &str) -> AnyView {
        let day = self.input(format!("{name}-dag"), "date", "");
        let time = self.input(format!("{name}-tid"), "time", "");
        view! { <div class="beside">{day} {time}</div> }.into_any()
    }

    fn select(&self, name: impl Into<String>, choices: Vec<(String, String)>, help: &'static str) -> AnyView {
        let name: String = name.into();
        let (chosen, fault) = (self.typed.get(&name).to_owned(), self.faults.of(&name));
        let help = (!help.is_empty()).then_some(help);
        view! { <ChoiceField label=label(&name) name chosen choices help fault /> }.into_any()
    }

    fn tick(&self, name: impl Into<String>) -> AnyView {
        let name: String = name.into();
        let (called, is_ticked) = (label(&name), self.typed.has(&name));
        view! { <label class="box"><input type="checkbox" id=name.clone() name=name value="ja" checked=is_ticked /> " " {called}</label> }
            .into_any()
    }

    /// Rows of a part, each with the button that takes it away; and below them the one that brings another.
    fn rows(&self, part: &str, more: &'static str, can_rise: bool, row: impl Fn(&str) -> AnyView) -> AnyView {
        let rows = self.typed.rows(part);
        let next = PlanTyped::clone(&self.typed).add_row(part);
        let shown: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let called = row_label(name, at);
                let number = name.rsplit('-').next().unwrap_or_default().to_owned();
                let raise = (can_rise && at > 0).then(|| self.button(&format!("upp:{name}"), name, "Flytta upp", &called));
                let remove = self.button(&format!("bort:{name}"), part, "Ta bort", &called);
                let fields = row(name);
                view! {
                    <fieldset class="row" id=name.clone()>
                        <legend>{called}</legend>
                        <input type="hidden" name=part.to_owned() value=number />
                        <input type="hidden" name=format!("{name}-id") value=self.typed.get(&format!("{name}-id")).to_owned() />
                        {fields}
                        <div class="row-acts">{raise} {remove}</div>
                    </fieldset>
                }
            })
            .collect();
        let fault = self.faults.of(part).map(|fault| view! { <p class="fault">{fault}</p> });
        let add = self.button(&format!("ny:{part}"), &next, more, "");
        view! { <div class="several" id=part.to_owned()>{fault} {shown} {add}</div> }.into_any()
    }

    /// A button that sends the form and comes back to where it stood.
    fn button(&self, value: &str, comes_back_to: &str, words: &'static str, what: &str) -> AnyView {
        let to = format!("{}#{comes_back_to}", self.action);
        let what = (!what.is_empty()).then(|| view! { <span class="sr">{format!(" {what}")}</span> });
        view! { <button class="quiet" name="gor" value=value.to_owned() formaction=to>{words} {what}</button> }
            .into_any()
    }

    /// The answers that stand before a question, for what is asked of some alone.
    fn answers_before(&self, row: &str) -> Vec<(String, String)> {
        let all = std::iter::once((String::new(), "Alla".to_owned()));
        let before = self.typed.rows("fraga").into_iter().take_while(|question| question != row);
        let answers = before.flat_map(|question| {
            let asked = self.typed.get(&format!("{question}-fraga")).to_owned();
            self.typed.rows(&format!("{question}-val")).into_iter().map(move |choice| (asked.clone(), choice))
        });
        let named = answers.map(|(asked, choice)| {
            let answer = self.typed.get(&format!("{choice}-text")).to_owned();
            (choice, format!("{asked} – {answer}"))
        });
        all.chain(named).collect()
    }
}

fn owned<const N: usize>(choices: [(&str, &str); N]) -> Vec<(String, String)> {
    choices.map(|(value, name)| (value.to_owned(), name.to_owned())).into()
}

fn fields(form: &Form) -> impl IntoView + use<> {
    view! {
        {about(form)}
        {time_and_place(form)}
        {registering(form)}
        {ways(form)}
        {programme(form)}
        {questions(form)}
        {fee_and_contact(form)}
        {afterwards(form)}
    }
}

fn about(form: &Form) -> AnyView {
    let audiences = Audience::ALL.map(|audience| Choice {
        value: audience.slug().to_owned(),
        label: audience.name().to_owned(),
        about: String::new(),
        is_chosen: form.typed.all("malgrupper").any(|chosen| chosen == audience.slug()),
    });
    view! {
        <section aria-labelledby="om">
            <h2 id="om">"Om arrangemanget"</h2>
            {form.line("titel")}
            {form.text("ingress", 3, "En eller två meningar. Står först på sidan och i listor.")}
            {form.text("text", 12, "Rubriker börjar med ##, listor med -, länkar skrivs [text](/adress).")}
            <BoxesField name="malgrupper" legend=label("malgrupper") pick=Pick::Several choices=audiences.into() />
        </section>
    }
    .into_any()
}

fn time_and_place(form: &Form) -> AnyView {
    view! {
        <section aria-labelledby="tid-och-plats">
            <h2 id="tid-och-plats">"Tid och plats"</h2>
            {form.moment("borjar")}
            {form.moment("slutar")}
            {form.helped("plats-namn", "Lämna alla fält om platsen tomma om det bara är digitalt.")}
            {form.line("plats-adress")}
            {form.line("plats-ort")}
            {form.helped("plats-karta", "Börjar med https://.")}
            {form.text("plats-resa", 4, "Hållplats, entré, hörslinga, hiss, toaletter.")}
        </section>
    }
    .into_any()
}

fn registering(form: &Form) -> AnyView {
    view! {
        <section aria-labelledby="anmalan">
            <h2 id="anmalan">"Anmälan"</h2>
            {form.moment("oppnar")}
            {form.moment("stanger")}
            {form.helped("storsta-grupp", "1 om var och en ska anmäla sig själv. Högst 30.")}
            {form.helped("svarstid", "Vardagar 8–17. 0 ger platsen direkt till den som står först i kön.")}
            {form.tick("bara-inbjudna")}
            {form.tick("fragar-behov")}
            {form.tick("oppna-mejl")}
            <p class="help-text">"Utan kryss är ämnesrad och kalender neutrala. Låt det vara så om inte alla som kommer kan låta andra se vad det gäller."</p>
        </section>
    }
    .into_any()
}

fn ways(form: &Form) -> AnyView {
    let by = owned([
        ("", "Ingenting: först till kvarn"),
        (limited_by(LimitedBy::Organisation), "Organisationer"),
        (limited_by(LimitedBy::County), "Län"),
    ]);
    let tracks = form.rows("spar", "Lägg till ett sätt att delta", false, |row| track(form, row));
    view! {
        <section aria-labelledby="platser">
            <h2 id="platser">"Platser"</h2>
            {form.select("fordelas", by, "Gränserna skriver du under varje sätt att delta.")}
            {tracks}
        </section>
    }
    .into_any()
}

fn track(form: &Form, row: &str) -> AnyView {
    let field = |name: &str| format!("{row}-{name}");
    let how = owned([(attendance(Attendance::OnSite), "På plats"), (attendance(Attendance::Digital), "Digitalt")]);
    let is_limited = !form.typed.get(&field("var")).is_empty() || !form.typed.rows(&field("reserv")).is_empty();
    let reserved = form.rows(&field("reserv"), "Reservera platser", false, |row| {
        let (who, seats) = (form.line(format!("{row}-vem")), form.line(format!("{row}-platser")));
        view! { <div class="beside">{who} {seats}</div> }.into_any()
    });
    view! {
        {form.line(field("namn"))}
        {form.select(field("deltar"), how, "")}
        {form.helped(field("platser"), "Lämna tomt om alla som vill får plats.")}
        {form.helped(field("pris"), "0 om det är gratis.")}
        {form.helped(field("sandning"), "Visas bara för den som har plats här.")}
        {form.tick(field("godkanns"))}
        <details open=is_limited>
            <summary>"Gränser per organisation eller län"</summary>
            {form.helped(field("var"), "Lämna tomt om det inte finns någon gräns.")}
            {reserved}
            {form.input(field("slapps"), "date", "Från den dagen går lediga platser till den som står först i kön.")}
        </details>
    }
    .into_any()
}

fn programme(form: &Form) -> AnyView {
    let sessions = form.rows("program", "Lägg till programpunkt", false, |row| {
        let field = |name: &str| format!("{row}-{name}");
        let times = view! {
            <div class="beside">
                {form.input(field("dag"), "date", "")}
                {form.input(field("tid"), "time", "")}
                {form.input(field("till"), "time", "")}
            </div>
        };
        view! {
            {times}
            {form.line(field("rubrik"))}
            {form.text(field("text"), 2, "")}
            {form.text(field("talare"), 2, "En per rad.")}
            {form.helped(field("platser"), "Skriv bara ett antal om deltagaren ska välja punkten, som en workshop.")}
        }
        .into_any()
    });
    let speakers = form.rows("talare", "Lägg till medverkande", true, |row| {
        let (name, role) = (form.line(format!("{row}-namn")), form.line(format!("{row}-roll")));
        view! { <div class="beside">{name} {role}</div> }.into_any()
    });
    view! {
        <section aria-labelledby="programmet">
            <h2 id="programmet">"Program"</h2>
            {sessions}
        </section>
        <section aria-labelledby="medverkande">
            <h2 id="medverkande">"Medverkande"</h2>
            {speakers}
        </section>
    }
    .into_any()
}

fn questions(form: &Form) -> AnyView {
    let kinds = owned([
        (kind(Kind::Text), "Egna ord"),
        (kind(Kind::One), "Ett av flera"),
        (kind(Kind::Several), "Ett eller flera av flera"),
    ]);
    let rows = form.rows("fraga", "Lägg till fråga", true, |row| {
        let field = |name: &str| format!("{row}-{name}");
        let before = form.answers_before(row);
        let only_if = (before.len() > 1).then(|| form.select(field("om"), before, ""));
        let choices = form.rows(&field("val"), "Lägg till svar", true, |row| {
            let (text, seats) = (form.line(format!("{row}-text")), form.line(format!("{row}-platser")));
            view! { <div class="beside">{text} {seats}</div> }.into_any()
        });
        view! {
            {form.line(field("fraga"))}
            {form.helped(field("hjalp"), "Står under frågan.")}
            {form.select(field("slag"), kinds.clone(), "")}
            {form.tick(field("maste"))}
            {only_if}
            {choices}
        }
        .into_any()
    });
    view! {
        <section aria-labelledby="fragor">
            <h2 id="fragor">"Egna frågor"</h2>
            <p>"Namn, e-post, organisation, län och roll frågas alltid efter. Fråga inte om hälsa: kost och tillgänglighet har ett eget, skyddat fält."</p>
            {rows}
        </section>
    }
    .into_any()
}

fn fee_and_contact(form: &Form) -> AnyView {
    view! {
        <section aria-labelledby="avgift">
            <h2 id="avgift">"Avgift för sen avbokning"</h2>
            <p>"Lämna alla tre fälten tomma om det inte kostar något att avboka sent eller utebli."</p>
            {form.line("avgift-belopp")}
            {form.moment("avgift")}
        </section>
        <section aria-labelledby="kontakt">
            <h2 id="kontakt">"Kontakt"</h2>
            <p>"En funktion, aldrig en persons egen adress. Den som har skyddade personuppgifter kan anmäla sig per telefon hit."</p>
            {form.line("kontakt-namn")}
            {form.line("kontakt-epost")}
            {form.line("kontakt-telefon")}
        </section>
    }
    .into_any()
}

fn afterwards(form: &Form) -> AnyView {
    view! {
        <section aria-labelledby="efterat">
            <h2 id="efterat">"Efteråt"</h2>
            {form.text("sammanfattning", 8, "Visas på sidan. Skriv aldrig vem som har sagt vad.")}
            {form.text("oppna-fragor", 4, "En per rad. På en turné kan de tas vidare till nästa stopp.")}
        </section>
    }
    .into_any()
}
