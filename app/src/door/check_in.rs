//! `/incheckning/{nyckel}/`: those who come are let in, by name or by the code on the badge. Everything works as forms; a
//! script makes it quick, and lets it go on where there is no network.

use super::merging::{Came, Scan};
use super::sent::{self, Sent};
use super::{List, OpenDoor};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::events::when;
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::text::dates::swedish_time;
use leptos::prelude::*;
use serde_json::json;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let let_in = asked.query.get("kom").to_owned();
    shown(&asked, "", &let_in).await
}

/// A search comes as a form: no name stands in an address, which browsers and machines on the way remember.
pub async fn search(asked: Asked) -> Result<Answer, Stop> {
    let sought = asked.form.get("namn").to_owned();
    shown(&asked, &sought, "").await
}

/// What was done at the door: one person from a button, or all that a device has gathered.
pub async fn let_in(asked: Asked) -> Result<Answer, Stop> {
    let Some(door) = asked.services.door.door(asked.part("nyckel")).await? else { return Ok(ended()) };
    if asked.form.has("nu") {
        let refused = asked.services.door.receive(&door, sent::read(&asked.form, asked.now)).await?;
        let list = asked.services.door.list(&door).await?;
        return Ok(Answer::Json(picture(&door, &list, refused, asked.form.get("lista")).to_string()));
    }
    let registration = asked.form.get("anmalan").to_owned();
    let undo: Vec<Sent> =
        asked.form.all("angra").filter(|id| sent::is_id(id)).map(|id| Sent::Undo(id.into())).collect();
    let done = match undo.is_empty() {
        true => button(&asked, &registration).into_iter().collect(),
        false => undo,
    };
    asked.services.door.receive(&door, done).await?;
    Ok(Answer::Redirect(format!("{}?kom={registration}", desk::opened(desk::DOOR, asked.part("nyckel")))))
}

/// The check-in of a button. Its id stands in the page: pressed twice, it is one.
fn button(asked: &Asked, registration: &str) -> Option<Sent> {
    let (id, device) = (asked.form.get("avprickning"), asked.form.get("sida"));
    let sound = [id, device, registration].into_iter().all(sent::is_id);
    sound.then(|| {
        Sent::In(Scan { at: asked.now, id: id.into(), registration: registration.into(), device: device.into() })
    })
}

/// All that a device needs to go on by itself. The list goes along unless the device has it: `known` is the mark of what
/// it has.
fn picture(door: &OpenDoor, list: &List, refused: u32, known: &str) -> serde_json::Value {
    let mark = mark(list);
    let came: Vec<_> = list
        .came
        .iter()
        .map(|(registration, came)| {
            let scans: Vec<_> = came.scans().iter().map(|scan| json!([scan.id, scan.at, scan.device])).collect();
            json!([registration, scans])
        })
        .collect();
    let guests = (mark != known).then_some(&list.guests);
    json!({
        "event": door.event.id, "title": door.event.plan.title, "until": door.until, "list": mark, "guests": guests,
        "came": came, "refused": refused,
    })
}

/// Another for another list (FNV-1a over all that it holds): not a secret, only a way to tell that something is new.
fn mark(list: &List) -> String {
    let all = list.guests.iter().flat_map(|guest| [&guest.id, &guest.name, &guest.organisation, &guest.code]);
    let bytes = all.flat_map(|text| text.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

async fn shown(asked: &Asked, sought: &str, let_in: &str) -> Result<Answer, Stop> {
    let token = asked.part("nyckel").to_owned();
    let Some(door) = asked.services.door.door(&token).await? else { return Ok(ended()) };
    let list = asked.services.door.list(&door).await?;
    let here = Here {
        token,
        device: asked.services.door.new_id(),
        ids: list.guests.iter().map(|_| asked.services.door.new_id()).collect(),
        sought: sought.trim().to_owned(),
        let_in: let_in.to_owned(),
    };
    Ok(Answer::page(move || view(&door, &list, here)).with_camera())
}

/// What is this page's own.
struct Here {
    token: String,
    /// By which another door is told from this one.
    device: String,
    /// Of the check-ins that its buttons would make, one for each guest.
    ids: Vec<String>,
    sought: String,
    let_in: String,
}

/// Neutral: it stays in the phone's history.
fn head() -> Head {
    Head {
        title: "Insläpp".into(),
        description: "För dig som står i dörren.".into(),
        hidden: true,
        of_staff: true,
        ..Head::default()
    }
}

fn view(door: &OpenDoor, list: &List, here: Here) -> impl IntoView + use<> {
    let plan = &door.event.plan;
    let title = format!("{}. {}.", plan.title, crate::text::capital::capital(&when::span(plan.starts, plan.ends)));
    let found: Vec<_> = list
        .guests
        .iter()
        .zip(&here.ids)
        .filter(|(guest, _)| fits(&here.sought, [&guest.name, &guest.organisation, &guest.code]))
        .map(|(guest, id)| {
            row(&here, &guest.id, called(&guest.name), &guest.organisation, id, list.came.get(&guest.id))
        })
        .collect();
    let nobody = found.is_empty().then(|| {
        view! { <p>"Ingen på listan heter så. Prova med en del av namnet. Den som inte är anmäld anmäls av arrangören."</p> }
    });
    let told = told(list, &here);
    let doubles = doubles(list);
    let (came, all) = (list.guests.iter().filter(|guest| list.came.contains_key(&guest.id)).count(), list.guests.len());
    let action = desk::opened(desk::DOOR, &here.token);
    view! {
        <Document head=head()>
            <Scripts let_in=desk::opened(desk::LET_IN, &here.token) />
            <h1>"Insläpp"</h1>
            <p class="lead" data-title>{title}</p>
            <p class="tally"><strong data-came>{came}</strong> " av " <span data-all>{all}</span> " har kommit"</p>
            <p role="status" class="saved" data-told>{told}</p>
            <form method="post" action=action class="seek">
                <label for="namn">"Namn eller kod"</label>
                <div class="acts-in-line">
                    <input type="search" id="namn" name="namn" value=here.sought.clone() maxlength="120" autocomplete="off" autocapitalize="none" spellcheck="false" />
                    <button class="quiet">"Sök"</button>
                </div>
            </form>
            <Camera />
            <section aria-labelledby="listan">
                <h2 id="listan">"Listan"</h2>
                {nobody}
                <ul class="rows" data-list>{found}</ul>
            </section>
            {doubles}
            <Keeping />
        </Document>
    }
}

/// The script, and where it sends what is done; without an address it takes the one that it has kept, and after the end
/// it clears away.
#[component]
fn Scripts(#[prop(into)] let_in: String, #[prop(optional)] ended: bool) -> impl IntoView {
    let assets = Services::current().site.assets.clone();
    let others = [assets.style, assets.guard, assets.leave, assets.favicon, assets.check_in].join(" ");
    view! {
        <div
            hidden
            data-door=let_in
            data-worker=assets.check_in_offline
            data-scope=paths::DOORS
            data-offline=desk::DOOR_OFFLINE
            data-needed=others
            data-ended=ended
        ></div>
        <script src=assets.check_in defer></script>
    }
}

#[component]
fn Camera() -> impl IntoView {
    view! {
        <div class="camera" hidden data-camera>
            <button type="button" class="quiet" data-camera-button>"Läs av koder med kameran"</button>
            <video muted playsinline hidden data-video aria-label="Det kameran ser"></video>
        </div>
    }
}

/// What stays in the phone, said where it happens.
#[component]
fn Keeping() -> impl IntoView {
    view! {
        <section aria-labelledby="telefonen">
            <h2 id="telefonen">"Om telefonen"</h2>
            <p data-network></p>
            <p>
                "Listan med namn finns i fliken så länge den är öppen, och försvinner när du stänger den eller när insläppet stängs. \
                 Avprickningar som inte har skickats sparas i telefonen, utan namn, tills nätet är tillbaka."
            </p>
            <p>"Visa inte listan för någon annan. Skriv inte av den och fotografera den inte."</p>
        </section>
    }
}

fn row(
    here: &Here,
    registration: &str,
    name: String,
    organisation: &str,
    id: &str,
    came: Option<&Came>,
) -> impl IntoView + use<> {
    let action = desk::opened(desk::LET_IN, &here.token);
    let whose = view! { <span class="sr">{format!(" {name}")}</span> };
    let hidden = |field: &'static str, value: &str| view! { <input type="hidden" name=field value=value.to_owned() /> };
    let (about, button) = match came {
        Some(came) => {
            let about = format!("{organisation}. Kom {}.", clock(came.first().at));
            let undone = came.scans().iter().map(|scan| hidden("angra", &scan.id)).collect_view();
            (about, view! { {undone} <button class="quiet">"Ångra" {whose}</button> }.into_any())
        }
        None => {
            let button = view! {
                {hidden("avprickning", id)}
                {hidden("sida", &here.device)}
                <button>"Kom" {whose}</button>
            };
            (organisation.to_owned(), button.into_any())
        }
    };
    view! {
        <li>
            <div>
                <strong>{name.clone()}</strong>
                <p class="aside">{about}</p>
            </div>
            <form method="post" action=action>
                {hidden("anmalan", registration)}
                {button}
            </form>
        </li>
    }
}

fn doubles(list: &List) -> impl IntoView + use<> {
    let lines: Vec<_> = list
        .guests
        .iter()
        .filter_map(|guest| {
            let came = list.came.get(&guest.id)?;
            let again: Vec<String> = came.doubles().map(|scan| clock(scan.at)).collect();
            (!again.is_empty()).then(|| {
                let told = format!(
                    "{}: kom {}, avprickad igen {}",
                    called(&guest.name),
                    clock(came.first().at),
                    again.join(" och ")
                );
                view! { <li>{told}</li> }
            })
        })
        .collect();
    let none = lines.is_empty();
    view! {
        <section aria-labelledby="dubbla" hidden=none data-doubles>
            <h2 id="dubbla">"Avprickade två gånger"</h2>
            <p>"Vid två insläpp. Den första gången räknas."</p>
            <ul>{lines}</ul>
        </section>
    }
}

fn told(list: &List, here: &Here) -> String {
    let Some(guest) = list.guests.iter().find(|guest| guest.id == here.let_in) else { return String::new() };
    let name = called(&guest.name);
    match list.came.get(&guest.id) {
        Some(came) => format!("{name} kom {}.", clock(came.first().at)),
        None => format!("{name} är inte längre avprickad."),
    }
}

fn called(name: &str) -> String {
    if name.is_empty() { "Namn saknas".to_owned() } else { name.to_owned() }
}

fn clock(at: i64) -> String {
    format!("kl. {}", when::clock(swedish_time(at)))
}

/// Does every word that is sought begin a word of these? Capitals do not count, and codes are found without their hyphens.
fn fits(sought: &str, among: [&String; 3]) -> bool {
    let all = among.map(|text| text.to_lowercase()).join(" ");
    let begins = |word: &str| all.split([' ', '-', ',']).any(|known| known.starts_with(word));
    sought.to_lowercase().split_whitespace().all(|word| begins(word) || begins(&word.replace('-', "")))
}

/// A door without anybody's name, which the browser keeps: the script fills it with what the tab holds.
pub async fn offline(_: Asked) -> Result<Answer, Stop> {
    let view = || {
        view! {
            <Document head=head()>
                <Scripts let_in="" />
                <h1>"Insläpp"</h1>
                <p class="lead" data-title>"Det finns inget nät just nu."</p>
                <p class="tally" hidden data-tally><strong data-came>"0"</strong> " av " <span data-all>"0"</span> " har kommit"</p>
                <p role="status" class="saved" data-told></p>
                <form class="seek" hidden data-seek>
                    <label for="namn">"Namn eller kod"</label>
                    <div class="acts-in-line">
                        <input type="search" id="namn" name="namn" maxlength="120" autocomplete="off" autocapitalize="none" spellcheck="false" />
                        <button class="quiet">"Sök"</button>
                    </div>
                </form>
                <Camera />
                <ul class="rows" data-list></ul>
                <section aria-labelledby="dubbla" hidden data-doubles>
                    <h2 id="dubbla">"Avprickade två gånger"</h2>
                    <p>"Vid två insläpp. Den första gången räknas."</p>
                    <ul></ul>
                </section>
                <Keeping />
            </Document>
        }
    };
    Ok(Answer::page(view).with_camera())
}

/// For whoever reads the code on a badge with something else than the page at the door. In the same words for any code.
pub async fn badge(_: Asked) -> Result<Answer, Stop> {
    Ok(Answer::page(|| {
        view! {
            <Document head=Head { title: "Kod på namnskylt".into(), hidden: true, ..Head::default() }>
                <h1>"Koden visas i dörren"</h1>
                <p class="lead">"Den som släpper in läser av koden. Den säger inget om vem du är."</p>
                <p>"Står du i dörren? Öppna länken till insläppet och läs av koden där, eller skriv tecknen under den."</p>
            </Document>
        }
    }))
}

/// In the same words whether the link has ended or never was.
fn ended() -> Answer {
    Answer::page_with(410, || {
        view! {
            <Document head=head()>
                <Scripts let_in="" ended=true />
                <p role="status" class="saved" data-told></p>
                <h1>"Insläppet är stängt"</h1>
                <p class="lead">"Länken gäller till och med dagen efter, eller tills arrangören stänger insläppet."</p>
                <p>"Ska du släppa in fler, be arrangören om en ny länk. Avprickningar som finns kvar i telefonen skickas då."</p>
            </Document>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::Guest;
    use super::*;

    #[test]
    fn somebody_is_found_by_what_a_name_begins_with() {
        let texts = ["Åsa Ek-Lund".to_owned(), "Provköpings kommun".to_owned(), "0a1b2c3d4e".to_owned()];
        let found = |sought: &str| fits(sought, [&texts[0], &texts[1], &texts[2]]);
        assert!(["", "åsa", "EK", "lund", "ås prov", "0a1b2-c3d4e"].into_iter().all(found));
        assert!(!["sa", "bo", "åsa bo"].into_iter().any(found));
    }

    #[test]
    fn a_list_has_another_mark_when_anything_in_it_is_another() {
        let guest = |name: &str, organisation: &str| Guest {
            id: "1".into(),
            name: name.into(),
            organisation: organisation.into(),
            code: "c".into(),
        };
        let list = |guest| List { guests: vec![guest], ..List::default() };
        assert_eq!(mark(&list(guest("a", "b"))), mark(&list(guest("a", "b"))));
        assert_ne!(mark(&list(guest("a", "b"))), mark(&list(guest("ab", ""))));
        assert_ne!(mark(&list(guest("a", "b"))), mark(&List::default()));
    }
}
