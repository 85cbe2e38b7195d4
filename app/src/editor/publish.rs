//! `/redaktion/utkast/{utkast}/publicera/`: the last look at a draft, and the button.

use super::check::{Remarks, has_faults};
use super::schedule::{self, When};
use super::steps::{NotYet, Publisher, publisher};
use super::write::draft;
use super::{Draft, Kind, OF_COURSE, PublishRefusal};
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::ui::crumbs::Crumb;
use crate::ui::field::Fault;
use crate::ui::text_area::TextArea;
use jiff::civil::Date;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

/// Takes the time away; nothing is published by itself any more.
pub async fn unschedule(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let editor = asked.viewer.editor(draft.written.county())?;
    asked.services.editing.unschedule(&editor, &draft.id).await?;
    Ok(Answer::Redirect(desk::draft(&draft.id)))
}

pub async fn publish(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let publisher = allowed(publisher(&asked.viewer, &draft))?;
    let note = asked.form.get("andring").trim();
    let is_larger = !draft.is_live || asked.form.get("storlek") == "storre";
    if is_larger && draft.is_live && note.is_empty() {
        return shown(&asked, 422, Some("Skriv vad som har ändrats. Läsarna får se det.")).await;
    }
    let when = match schedule::read(&asked.form, asked.now) {
        Ok(when) => when,
        Err(told) => return shown(&asked, 422, Some(told)).await,
    };
    let version = asked.form.get("version").parse().unwrap_or(0);
    let (editing, note) = (&asked.services.editing, is_larger.then_some(note));
    let (done, then) = match when {
        When::Now => {
            let done = editing.publish(&publisher, &draft.id, version, note).await?;
            (done, desk::page(draft.kind.slug(), &draft.slug))
        }
        When::At(at) => {
            let done = editing.schedule(&publisher, &draft.id, version, at, note).await?;
            (done, desk::draft(&draft.id))
        }
    };
    match done {
        Ok(()) => Ok(Answer::Redirect(then)),
        Err(PublishRefusal::Faulty) => {
            shown(&asked, 422, Some("Rätta det som kontrollen nämner och försök igen.")).await
        }
        Err(PublishRefusal::Changed) => {
            shown(
                &asked,
                409,
                Some("Någon har sparat utkastet sedan du öppnade sidan. Läs det igen innan du publicerar."),
            )
            .await
        }
        Err(PublishRefusal::Gone) => Err(Stop::Missing),
    }
}

async fn shown(asked: &Asked, status: u16, fault: Option<&'static str>) -> Result<Answer, Stop> {
    let draft = draft(asked).await?;
    let remarks = asked.services.editing.preview(&draft).await?.remarks;
    let may = publisher(&asked.viewer, &draft);
    let (typed, today) = (asked.form.clone(), asked.today);
    Ok(Answer::page_with(status, move || {
        let head = Head {
            path: desk::publishing(&draft.id),
            crumbs: vec![
                Crumb::new(desk::HOME, "Redaktionen"),
                Crumb::new(desk::PAGES, "Sidor"),
                Crumb::new(desk::draft(&draft.id), "Utkast"),
            ],
            ..Head::of_staff("Publicera")
        };
        let faulty = has_faults(&remarks);
        let address = address(draft.kind, &draft.slug);
        let is_live = draft.is_live;
        let preview = desk::preview(&draft.id);
        let title = draft.written.title.clone();
        let form = match may {
            Err(why) => view! { <p>{why.swedish()}</p> }.into_any(),
            Ok(_) if faulty => view! { <p>"Sidan kan publiceras när felen är rättade."</p> }.into_any(),
            Ok(_) => view! { <PublishForm draft typed today /> }.into_any(),
        };
        view! {
            <Document head>
                <h1>{format!("Publicera ”{title}”")}</h1>
                {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
                <p>{if is_live { "Sidan ersätter den som läsarna ser nu, på " } else { "Läsarna hittar sidan på " }} <strong>{address}</strong> ". Sökningen hittar den genast."</p>
                <p><a href=preview>"Förhandsvisa en gång till"</a></p>
                <h2>"Kontroll"</h2>
                <Remarks remarks />
                <h2>"Publicera"</h2>
                {form}
            </Document>
        }
    }))
}

/// What was typed stays, whatever was wrong with it.
#[component]
fn PublishForm(draft: Draft, typed: Fields, today: Date) -> impl IntoView {
    let (is_larger, is_later) = (typed.get("storlek") == "storre", typed.get("nar") == "sedan");
    let size = draft.is_live.then(|| {
        view! {
            <fieldset>
                <legend>"Vad är det för ändring?"</legend>
                <label class="box"><input type="radio" name="storlek" value="mindre" checked=!is_larger /> "Mindre: stavning, länkar, tydligare ord"</label>
                <label class="box"><input type="radio" name="storlek" value="storre" checked=is_larger /> "Större: läsaren behöver göra något på ett annat sätt"</label>
            </fieldset>
            <div class="field">
                <label for="andring">"Vad har ändrats?"</label>
                <p class="help-text" id="andring-om">"Behövs vid en större ändring."</p>
                <TextArea id="andring" name="andring" rows=3 longest=1000 described_by="andring-om" value=typed.get("andring") />
            </div>
        }
    });
    view! {
        <form method="post" action=desk::publishing(&draft.id) class="desk-form">
            <input type="hidden" name="version" value=draft.version.to_string() />
            {size}
            <fieldset>
                <legend>"När?"</legend>
                <label class="box"><input type="radio" name="nar" value="nu" checked=!is_later /> "Genast"</label>
                <label class="box"><input type="radio" name="nar" value="sedan" checked=is_later /> "Vid en tid, svensk tid:"</label>
                <div class="day-and-time">
                    <div class="field">
                        <label for="dag">"Dag"</label>
                        <input type="date" id="dag" name="dag" min=today.to_string() value=typed.get("dag").to_owned() autocomplete="off" />
                    </div>
                    <div class="field">
                        <label for="klockan">"Klockan"</label>
                        <input type="time" id="klockan" name="klockan" value=typed.get("klockan").to_owned() autocomplete="off" />
                    </div>
                </div>
            </fieldset>
            <button>"Publicera"</button>
        </form>
    }
}

pub(super) fn allowed(may: Result<Publisher, NotYet>) -> Result<Publisher, Stop> {
    may.map_err(|why| match why {
        NotYet::Refused(refusal) => Stop::Refused(refusal),
        NotYet::NeedsReviewer | NotYet::NeedsOtherEyes => Stop::Refused(crate::viewer::Refusal::NotAllowed),
    })
}

/// Where readers meet the page.
pub fn address(kind: Kind, slug: &str) -> String {
    match kind {
        Kind::Guidance => paths::article(slug),
        Kind::Material => paths::material(slug),
        Kind::Course => paths::course(slug),
        Kind::Module => {
            slug.split_once(OF_COURSE).map_or_else(String::new, |(course, module)| paths::module(course, module))
        }
        Kind::Standing => paths::standing(slug),
    }
}
