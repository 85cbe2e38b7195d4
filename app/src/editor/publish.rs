//! Publishing: the last look at a draft, and what can be done with a page that is published.

use super::check::{Remarks, has_faults};
use super::steps::{NotYet, Publisher, ender, publisher};
use super::write::draft;
use super::{Ending, Kind, Life, Listed, PublishRefusal};
use crate::counties::County;
use crate::desk::{Answer, Asked, Stop, way_on};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::ui::crumbs::Crumb;
use crate::ui::field::Fault;
use crate::ui::text_area::TextArea;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

pub async fn publish(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let publisher = allowed(publisher(&asked.viewer, &draft))?;
    let note = asked.form.get("andring").trim();
    let is_larger = !draft.is_live || asked.form.get("storlek") == "storre";
    if is_larger && draft.is_live && note.is_empty() {
        return shown(&asked, 422, Some("Skriv vad som har ändrats. Läsarna får se det.")).await;
    }
    let version = asked.form.get("version").parse().unwrap_or(0);
    let note = is_larger.then_some(note);
    match asked.services.editing.publish(&publisher, &draft.id, version, note).await? {
        Ok(()) => Ok(Answer::Redirect(desk::page(draft.kind.slug(), &draft.slug))),
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
        let form = match may {
            Err(why) => view! { <p>{why.swedish()}</p> }.into_any(),
            Ok(_) if faulty => view! { <p>"Sidan kan publiceras när felen är rättade."</p> }.into_any(),
            Ok(_) => {
                let size = is_live.then(|| view! {
                    <fieldset>
                        <legend>"Vad är det för ändring?"</legend>
                        <label class="box"><input type="radio" name="storlek" value="mindre" checked /> "Mindre: stavning, länkar, tydligare ord"</label>
                        <label class="box"><input type="radio" name="storlek" value="storre" /> "Större: läsaren behöver göra något på ett annat sätt"</label>
                    </fieldset>
                    <div class="field">
                        <label for="andring">"Vad har ändrats?"</label>
                        <p class="help-text" id="andring-om">"Behövs vid en större ändring."</p>
                        <TextArea id="andring" name="andring" rows=3 longest=1000 described_by="andring-om" />
                    </div>
                });
                view! {
                    <form method="post" action=desk::publishing(&draft.id) class="desk-form">
                        <input type="hidden" name="version" value=draft.version.to_string() />
                        {size}
                        <button>"Publicera nu"</button>
                    </form>
                }
                .into_any()
            }
        };
        view! {
            <Document head>
                <h1>{format!("Publicera ”{}”", draft.written.title)}</h1>
                {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
                <p>{if is_live { "Sidan ersätter den som läsarna ser nu, på " } else { "Läsarna hittar sidan på " }} <strong>{address}</strong> ". Sökningen hittar den genast."</p>
                <p><a href=desk::preview(&draft.id)>"Förhandsvisa en gång till"</a></p>
                <h2>"Kontroll"</h2>
                <Remarks remarks />
                <h2>"Publicera"</h2>
                {form}
            </Document>
        }
    }))
}

/// `/redaktion/sidor/{typ}/{sida}/`: a published page, and what can be done with it.
pub async fn published(asked: Asked) -> Result<Answer, Stop> {
    published_with(&asked, 200, None).await
}

async fn published_with(asked: &Asked, status: u16, fault: Option<&'static str>) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let (kind, slug) = of(asked)?;
    let all = asked.services.editing.list(&member).await?;
    let page = all.into_iter().find(|page| page.kind == kind && page.slug == slug).ok_or(Stop::Missing)?;
    let may = ender(&asked.viewer, page.county).err();
    let may_write = asked.viewer.editor(page.county).is_ok();
    Ok(Answer::page_with(status, move || view(page, may, may_write, fault)))
}

pub async fn still_right(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = of(&asked)?;
    let publisher = may_end(&asked, kind, &slug).await?;
    asked.services.editing.still_right(&publisher, kind, &slug).await?;
    Ok(Answer::Redirect(desk::page(kind.slug(), &slug)))
}

pub async fn end(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = of(&asked)?;
    let publisher = may_end(&asked, kind, &slug).await?;
    let ending = match asked.form.get("hur") {
        "arkivera" => Ending::Archived,
        "flytta" => {
            let to = asked.form.get("vart").trim();
            if to.is_empty() || way_on(to, "") != to || to == address(kind, &slug) {
                return published_with(
                    &asked,
                    422,
                    Some("Skriv adressen dit läsaren ska, till exempel /vagledning/freda."),
                )
                .await;
            }
            Ending::Moved(to.to_owned())
        }
        "ta-bort" => {
            let why = asked.form.get("orsak").split_whitespace().collect::<Vec<_>>().join(" ");
            if why.is_empty() {
                return published_with(&asked, 422, Some("Skriv varför sidan tas bort. Läsarna får se det.")).await;
            }
            Ending::Withdrawn(why)
        }
        _ => return Err(Stop::Missing),
    };
    if asked.services.editing.end(&publisher, kind, &slug, &ending).await? {
        Ok(Answer::Redirect(desk::page(kind.slug(), &slug)))
    } else {
        published_with(&asked, 422, Some("Det gick inte. Finns adressen som du skrev?")).await
    }
}

fn of(asked: &Asked) -> Result<(Kind, String), Stop> {
    Ok((Kind::parse(asked.part("typ")).ok_or(Stop::Missing)?, asked.part("sida").to_owned()))
}

async fn may_end(asked: &Asked, kind: Kind, slug: &str) -> Result<Publisher, Stop> {
    asked.viewer.member()?;
    let county: Option<&County> = asked.services.editing.whose(kind, slug).await?.ok_or(Stop::Missing)?;
    allowed(ender(&asked.viewer, county))
}

fn allowed(may: Result<Publisher, NotYet>) -> Result<Publisher, Stop> {
    may.map_err(|why| match why {
        NotYet::Refused(refusal) => Stop::Refused(refusal),
        NotYet::NeedsReviewer | NotYet::NeedsOtherEyes => Stop::Refused(crate::viewer::Refusal::NotAllowed),
    })
}

/// Where readers meet the page.
pub(super) fn address(kind: Kind, slug: &str) -> String {
    match kind {
        Kind::Guidance => paths::article(slug),
        Kind::Standing => paths::standing(slug),
    }
}

fn view(page: Listed, may_not: Option<NotYet>, may_write: bool, fault: Option<&'static str>) -> impl IntoView {
    let own = desk::page(page.kind.slug(), &page.slug);
    let head = Head {
        path: own.clone(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::PAGES, "Sidor")],
        ..Head::of_staff("Publicerad sida")
    };
    let life = match page.live {
        Some(Life::Published) => "Sidan är publicerad.",
        Some(Life::Archived) => "Sidan är arkiverad: den kan läsas, under en upplysning om att den inte hålls aktuell.",
        Some(Life::Moved) => "Sidan är flyttad: läsaren leds vidare.",
        Some(Life::Withdrawn) => "Sidan är borttagen: läsaren får veta varför.",
        Some(Life::Hidden) | None => "Sidan är inte publicerad.",
    };
    let (kind, slug) = (page.kind, page.slug.clone());
    let write = may_write.then(|| {
        view! {
            <form method="post" action=desk::open(kind.slug(), &slug)><button>"Ändra sidan"</button></form>
        }
    });
    let shows = matches!(page.live, Some(Life::Published | Life::Archived));
    let is_guidance = kind == Kind::Guidance;
    let acts = match may_not {
        Some(why) => view! { <p>{why.swedish()}</p> }.into_any(),
        None => view! {
            {shows.then(|| view! {
                <h2>"Stämmer texten fortfarande?"</h2>
                <p>"Har du läst den mot källorna utan att något behöver ändras? Då flyttas bara granskningsdagen."</p>
                <form method="post" action=desk::still_right(kind.slug(), &slug)><button class="quiet">"Stämmer fortfarande"</button></form>
            })}
            {(shows && is_guidance).then(|| view! {
                <h2>"Ta ur bruk"</h2>
                <form method="post" action=desk::end(kind.slug(), &slug) class="desk-form">
                    <fieldset>
                        <legend>"Vad ska läsaren mötas av?"</legend>
                        <label class="box"><input type="radio" name="hur" value="arkivera" checked /> "Arkivera: går att läsa, men hålls inte aktuell"</label>
                        <label class="box"><input type="radio" name="hur" value="flytta" /> "Flytta: läsaren leds till en annan sida"</label>
                        <label class="box"><input type="radio" name="hur" value="ta-bort" /> "Ta bort: läsaren får veta varför"</label>
                    </fieldset>
                    <div class="field"><label for="vart">"Vart, om den flyttas?"</label><input type="text" id="vart" name="vart" maxlength="300" autocomplete="off" /></div>
                    <div class="field"><label for="orsak">"Varför, om den tas bort?"</label><input type="text" id="orsak" name="orsak" maxlength="300" autocomplete="off" /></div>
                    <button class="quiet">"Ta ur bruk"</button>
                </form>
            })}
        }
        .into_any(),
    };
    let reader = address(kind, &slug);
    view! {
        <Document head>
            <h1>{page.title}</h1>
            {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            <p class="lead">{life}</p>
            {page.live.is_some().then(|| view! { <p>"Läsarna hittar den på " <a href=reader.clone()>{reader.clone()}</a> "."</p> })}
            {page.draft.map(|draft| view! { <p><a href=desk::draft(&draft.id)>"Det finns ett utkast"</a> {format!(", senast sparat av {}.", draft.written_by)}</p> })}
            {write}
            {acts}
        </Document>
    }
}
