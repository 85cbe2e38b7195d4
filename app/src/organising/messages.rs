//! `/redaktion/konferenser/{arrangemang}/meddelanden/`: what the organiser writes to those who come. First it is shown
//! to how many it goes; then it is sent.

use super::event::{head, item_name};
use super::{Message, NewMessage, Segment, organised};
use crate::counties::{self, COUNTIES};
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::Document;
use crate::events::plan::Plan;
use crate::events::{Event, Standing};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::text::identity_number;
use crate::ui::field::{ChoiceField, FaultList, LongTextField, TextField};
use crate::ui::moment::Moment;
use leptos::prelude::*;
use std::sync::Arc;

const LONGEST_SUBJECT: usize = 120;
const LONGEST_TEXT: usize = 10_000;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let key = asked.services.events.form_key();
    let typed = Fields::new([("nyckel".to_owned(), key)]);
    shown(&asked, 200, typed, Faults::default(), None).await
}

/// To how many it would go, before it does.
pub async fn look(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    if asked.form.get("gor") == "andra" {
        return shown(&asked, 200, asked.form.clone(), Faults::default(), None).await;
    }
    match read(&asked.form, &event.plan) {
        Err(faults) => shown(&asked, 422, asked.form.clone(), faults, None).await,
        Ok(message) => {
            let recipients = asked.services.organising.recipients(&editor, &event, &message.segment).await?;
            shown(&asked, 200, asked.form.clone(), Faults::default(), Some((message, recipients))).await
        }
    }
}

pub async fn send(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    match read(&asked.form, &event.plan) {
        Err(faults) => shown(&asked, 422, asked.form.clone(), faults, None).await,
        Ok(message) => {
            asked.services.organising.send(&editor, &event, &message).await?;
            Ok(Answer::Redirect(format!("{}#skickade", desk::of_event(desk::MESSAGES, &event.id))))
        }
    }
}

fn read(form: &Fields, plan: &Plan) -> Result<NewMessage, Faults> {
    let mut faults = Faults::default();
    let subject = form.get("amne").split_whitespace().collect::<Vec<_>>().join(" ");
    let text = form.get("text").trim().replace("\r\n", "\n");
    let mut judge = |field: &str, text: &str, longest: usize, missing: &str| match text.chars().count() {
        0 => faults.add(field, missing),
        long if long > longest => faults.add(field, format!("Korta ner till högst {longest} tecken.")),
        _ if identity_number::holds_one(text) => faults.add(field, "Det ser ut som ett personnummer. Ta bort det."),
        _ => {}
    };
    judge("amne", &subject, LONGEST_SUBJECT, "Skriv en ämnesrad.");
    judge("text", &text, LONGEST_TEXT, "Skriv det du vill säga.");
    let known = |id: &str, is_there: bool| if is_there { id.to_owned() } else { String::new() };
    let segment = Segment {
        standing: Standing::parse(form.get("lage")),
        track: known(form.get("satt"), plan.track(form.get("satt")).is_some()),
        workshop: known(form.get("val"), plan.session(form.get("val")).is_some()),
        county: counties::find(form.get("lan")),
    };
    // A choice that means nothing would write to all instead of to some.
    let lost = [
        ("satt", segment.track.is_empty()),
        ("val", segment.workshop.is_empty()),
        ("lan", segment.county.is_none()),
        ("lage", segment.standing.is_none()),
    ];
    for (field, _) in lost.into_iter().filter(|(field, is_empty)| *is_empty && !form.get(field).is_empty()) {
        faults.add(field, "Välj ur listan en gång till: det valet finns inte längre.");
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let segment_words = words(&segment, plan);
    Ok(NewMessage { subject, text, segment, segment_words, form_key: form.get("nyckel").to_owned() })
}

/// To whom, in words.
fn words(segment: &Segment, plan: &Plan) -> String {
    let mut words = vec![match segment.standing {
        Some(standing) => format!("alla som {}", has(standing)),
        None => "alla som är anmälda".to_owned(),
    }];
    if let Some(track) = plan.track(&segment.track) {
        words.push(format!("deltar så: {}", track.name));
    }
    if !segment.workshop.is_empty() {
        words.push(format!("har valt ”{}”", item_name(plan, &segment.workshop)));
    }
    if let Some(county) = segment.county {
        words.push(format!("arbetar i {}", county.name));
    }
    words.join(", ")
}

fn has(standing: Standing) -> &'static str {
    match standing {
        Standing::Cancelled => "har avbokat",
        standing => standing.swedish(),
    }
}

async fn shown(
    asked: &Asked,
    status: u16,
    typed: Fields,
    faults: Faults,
    ready: Option<(NewMessage, u32)>,
) -> Result<Answer, Stop> {
    let (event, editor) = organised(asked).await?;
    let sent = asked.services.organising.messages(&editor, &event).await?;
    Ok(Answer::page_with(status, move || view(event, typed, faults, ready, sent)))
}

fn view(
    event: Arc<Event>,
    typed: Fields,
    faults: Faults,
    ready: Option<(NewMessage, u32)>,
    sent: Vec<Message>,
) -> impl IntoView {
    let head = head(&event, desk::MESSAGES, "Meddelanden");
    let form = match ready {
        Some((message, recipients)) => confirm(&event, &typed, message, recipients),
        None => write(&event, &typed, &faults),
    };
    let sent: Vec<_> = sent.into_iter().map(row).collect();
    view! {
        <Document head>
            <h1>"Meddelanden"</h1>
            <FaultList faults />
            {form}
            <section aria-labelledby="skickade">
                <h2 id="skickade">"Skickade"</h2>
                {if sent.is_empty() { view! { <p>"Inget än."</p> }.into_any() } else { view! { <ul class="rows">{sent}</ul> }.into_any() }}
            </section>
        </Document>
    }
}

fn write(event: &Event, typed: &Fields, faults: &Faults) -> AnyView {
    let get = |name: &str| typed.get(name).to_owned();
    let all = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let standings = Standing::ALL.map(|standing| (standing.as_str().to_owned(), capital(standing.swedish())));
    let standings = all("Alla anmälda").chain(standings).collect();
    let tracks =
        all("Alla sätt").chain(event.plan.tracks.iter().map(|one| (one.id.clone(), one.name.clone()))).collect();
    let workshops = all("Alla").chain(event.plan.workshops().map(|one| (one.id.clone(), one.title.clone()))).collect();
    let counties =
        all("Alla").chain(COUNTIES.iter().map(|county| (county.slug.to_owned(), county.name.to_owned()))).collect();
    view! {
        <form method="post" action=desk::of_event(desk::MESSAGES, &event.id) class="desk-form">
            <input type="hidden" name="nyckel" value=get("nyckel") />
            <h2>"Till vem?"</h2>
            <ChoiceField name="lage" label="Läge" chosen=get("lage") choices=standings fault=faults.of("lage") />
            <ChoiceField name="satt" label="Sätt att delta" chosen=get("satt") choices=tracks fault=faults.of("satt") />
            <ChoiceField name="val" label="Workshop" chosen=get("val") choices=workshops fault=faults.of("val") />
            <ChoiceField name="lan" label="Län" chosen=get("lan") choices=counties fault=faults.of("lan") />
            <h2>"Vad?"</h2>
            <TextField name="amne" label="Ämnesrad" help="Neutral: andra kan se skärmen. Skriv inte vad konferensen handlar om." value=get("amne") longest=LONGEST_SUBJECT fault=faults.of("amne") />
            <LongTextField name="text" label="Text" help="Hälsning, länk till den egna anmälan och kontakt läggs till." rows=10 value=get("text") longest=LONGEST_TEXT fault=faults.of("text") />
            <button name="gor" value="granska">"Se hur många det går till"</button>
        </form>
    }
    .into_any()
}

fn confirm(event: &Event, typed: &Fields, message: NewMessage, recipients: u32) -> AnyView {
    let kept = || {
        let names = ["nyckel", "lage", "satt", "val", "lan", "amne", "text"];
        names
            .map(|name| view! { <input type="hidden" name=name value=typed.get(name).to_owned() /> })
            .into_iter()
            .collect_view()
    };
    let to = match recipients {
        0 => "Ingen får det: välj andra mottagare.".to_owned(),
        1 => "En person får det.".to_owned(),
        many => format!("{many} personer får det."),
    };
    let send = (recipients > 0).then(|| {
        view! {
            <form method="post" action=desk::of_event(desk::SEND_MESSAGE, &event.id)>
                {kept()}
                <button>{format!("Skicka till {recipients}")}</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="granska">
            <h2 id="granska">"Läs en gång till"</h2>
            <p><strong>{to}</strong> {format!(" Till: {}.", message.segment_words)}</p>
            <p>"Den som har skyddade personuppgifter och inte har lämnat någon e-post får inget mejl."</p>
            <dl class="facts"><dt>"Ämnesrad"</dt><dd>{message.subject}</dd></dl>
            <blockquote class="as-typed">{message.text}</blockquote>
            <div class="acts-in-line">
                {send}
                <form method="post" action=desk::of_event(desk::MESSAGES, &event.id)>
                    {kept()}
                    <button class="quiet" name="gor" value="andra">"Ändra"</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}

fn row(message: Message) -> impl IntoView {
    view! {
        <li>
            <div>
                <strong>{message.subject}</strong>
                <p class="aside"><Moment seconds=message.at /> {format!(", {}, till {}: {}.", message.by, message.recipients, message.segment)}</p>
                <details><summary>"Läs"</summary><p class="as-typed">{message.text}</p></details>
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Kind;
    use crate::organising::registered::tests::one;
    use crate::organising::template;
    use jiff::civil::date;

    fn a_plan() -> Plan {
        template::plan(Kind::Conference, "T", "Ort", date(2027, 3, 10), date(2027, 1, 1))
    }

    fn read_form(form: &str) -> Result<NewMessage, Faults> {
        read(&Fields::decode(format!("amne=Hej&text=Text&{form}").as_bytes()), &a_plan())
    }

    #[test]
    fn a_segment_holds_those_whom_it_names() {
        let seated = one(1, Standing::Seated);
        for (form, holds) in [
            ("", true),
            ("lage=seated", true),
            ("lage=waiting", false),
            ("satt=pa-plats&val=workshop-a&lan=vastra-gotaland", true),
            ("val=workshop-b", false),
            ("lan=skane", false),
        ] {
            assert_eq!(read_form(form).unwrap().segment.holds(&seated), holds, "{form}");
        }
        assert!(!read_form("").unwrap().segment.holds(&one(2, Standing::Cancelled)));
        assert!(read_form("lage=cancelled").unwrap().segment.holds(&one(2, Standing::Cancelled)));
        let words = read_form("lage=seated&val=workshop-a&lan=skane").unwrap().segment_words;
        assert_eq!(words, "alla som har plats, har valt ”Workshop A”, arbetar i Skåne län");
    }

    #[test]
    fn a_choice_that_is_gone_never_writes_to_everybody() {
        for form in ["val=borttagen", "satt=x", "lan=mordor", "lage=x"] {
            assert!(read_form(form).is_err(), "{form}");
        }
    }
}
