//! `/redaktion/sidor/{typ}/{sida}/`: a published page, who answers for it, and what can be done with it.

use super::owners::{Colleague, Owners};
use super::publish::{address, allowed};
use super::steps::{NotYet, Publisher, ender};
use super::{BeginRefusal, Ending, Kind, Life, Listed};
use crate::counties::County;
use crate::desk::{Answer, Asked, Stop, way_on};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{ChoiceField, Fault};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

async fn shown(asked: &Asked, status: u16, fault: Option<&'static str>) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let (kind, slug) = of(asked)?;
    let page = listed(asked, kind, &slug).await?;
    let may = ender(&asked.viewer, page.county).err();
    let may_write = asked.viewer.editor(page.county).is_ok();
    let staff = asked.services.editing.colleagues(&member).await?;
    Ok(Answer::page_with(status, move || view(page, may, may_write, staff, fault)))
}

/// Another address; the one it had leads there.
pub async fn rename(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = of(&asked)?;
    let publisher = may_end(&asked, kind, &slug).await?;
    let to = crate::text::slug::slug(asked.form.get("adress"));
    if !kind.has_a_life() || to.is_empty() || to == slug {
        let told = "Skriv adressens sista del, en annan än den som sidan har, med bokstäver och siffror.";
        return shown(&asked, 422, Some(told)).await;
    }
    match asked.services.editing.rename(&publisher, kind, &slug, &to).await? {
        Ok(()) => Ok(Answer::Redirect(desk::page(kind.slug(), &to))),
        Err(BeginRefusal::Taken) => {
            shown(&asked, 422, Some("Det finns redan en sida eller ett utkast med den adressen.")).await
        }
        Err(BeginRefusal::Reserved) => {
            shown(&asked, 422, Some("Adressen är upptagen av något annat på portalen. Välj en annan.")).await
        }
    }
}

/// Another owner, another stand-in.
pub async fn entrust(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = of(&asked)?;
    let county = listed(&asked, kind, &slug).await?.county;
    let editor = asked.viewer.editor(county)?;
    let get = |name: &str| Some(asked.form.get(name)).filter(|account| !account.is_empty()).map(str::to_owned);
    let owners = Owners { owner: get("ansvarig"), stand_in: get("ersattare") };
    if owners.owner.is_some() && owners.owner == owners.stand_in {
        return shown(&asked, 422, Some("Ersättaren behöver vara någon annan än den som ansvarar.")).await;
    }
    if asked.services.editing.entrust(&editor, kind, &slug, &owners).await? {
        Ok(Answer::Redirect(desk::page(kind.slug(), &slug)))
    } else {
        shown(&asked, 422, Some("Personen har inte längre något konto. Välj någon ur listan.")).await
    }
}

/// The page as the list has it, published or not.
pub(super) async fn listed(asked: &Asked, kind: Kind, slug: &str) -> Result<Listed, Stop> {
    let all = asked.services.editing.list(&asked.viewer.member()?).await?;
    all.into_iter().find(|page| page.kind == kind && page.slug == slug).ok_or(Stop::Missing)
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
                return shown(&asked, 422, Some("Skriv adressen dit läsaren ska, till exempel /vagledning/freda."))
                    .await;
            }
            Ending::Moved(to.to_owned())
        }
        "ta-bort" => {
            let why = asked.form.get("orsak").split_whitespace().collect::<Vec<_>>().join(" ");
            if why.is_empty() {
                return shown(&asked, 422, Some("Skriv varför sidan tas bort. Läsarna får se det.")).await;
            }
            Ending::Withdrawn(why)
        }
        _ => return Err(Stop::Missing),
    };
    if asked.services.editing.end(&publisher, kind, &slug, &ending).await? {
        Ok(Answer::Redirect(desk::page(kind.slug(), &slug)))
    } else {
        shown(&asked, 422, Some("Det gick inte. Finns adressen som du skrev?")).await
    }
}

pub(super) fn of(asked: &Asked) -> Result<(Kind, String), Stop> {
    Ok((Kind::parse(asked.part("typ")).ok_or(Stop::Missing)?, asked.part("sida").to_owned()))
}

async fn may_end(asked: &Asked, kind: Kind, slug: &str) -> Result<Publisher, Stop> {
    asked.viewer.member()?;
    let county: Option<&County> = asked.services.editing.whose(kind, slug).await?.ok_or(Stop::Missing)?;
    allowed(ender(&asked.viewer, county))
}

fn view(
    page: Listed,
    may_not: Option<NotYet>,
    may_write: bool,
    staff: Vec<Colleague>,
    fault: Option<&'static str>,
) -> impl IntoView {
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
    let acts = match may_not {
        Some(why) => view! { <p>{why.swedish()}</p> }.into_any(),
        None => view! {
            {shows.then(|| view! {
                <h2>"Stämmer texten fortfarande?"</h2>
                <p>"Har du läst den mot källorna utan att något behöver ändras? Då flyttas bara granskningsdagen."</p>
                <form method="post" action=desk::still_right(kind.slug(), &slug)><button class="quiet">"Stämmer fortfarande"</button></form>
            })}
            {(shows && kind.has_a_life()).then(|| view! {
                <h2>"Byt adress"</h2>
                <p>"Den gamla adressen leder vidare av sig själv, så att länkar och bokmärken fungerar."</p>
                <form method="post" action=desk::rename(kind.slug(), &slug) class="desk-form">
                    <div class="field"><label for="adress">"Adressens sista del"</label><input type="text" id="adress" name="adress" value=slug.clone() maxlength="120" autocomplete="off" /></div>
                    <button class="quiet">"Byt adress"</button>
                </form>
            }.into_any())}
            {(shows && kind.has_a_life()).then(|| view! {
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
    let versions = desk::versions(kind.slug(), &slug);
    let owners = owners_of(page.owners, staff, may_write.then(|| desk::entrust(kind.slug(), &slug)));
    view! {
        <Document head>
            <h1>{page.title}</h1>
            {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            <p class="lead">{life}</p>
            {page.live.is_some().then(|| view! { <p>"Läsarna hittar den på " <a href=reader.clone()>{reader.clone()}</a> "."</p> })}
            {page.draft.map(|draft| view! { <p><a href=desk::draft(&draft.id)>"Det finns ett utkast"</a> {format!(", senast sparat av {}.", draft.written_by)}</p> })}
            <p><a href=versions>"Versioner av sidan"</a></p>
            {write}
            {owners}
            {acts}
        </Document>
    }
}

/// Who answers for the page; as a form for whoever may change it.
fn owners_of(owners: Owners, staff: Vec<Colleague>, action: Option<String>) -> AnyView {
    let Owners { owner, stand_in } = owners;
    let name = |account: &Option<String>| {
        let found = account.as_ref().and_then(|id| staff.iter().find(|one| one.account == *id));
        found.map_or("ingen", |one| one.name.as_str()).to_owned()
    };
    let (owner_name, stand_in_name) = (name(&owner), name(&stand_in));
    let form = action.map(|action| {
        let choices: Vec<(String, String)> = std::iter::once((String::new(), "Ingen".to_owned()))
            .chain(staff.into_iter().map(|one| (one.account, format!("{}, {}", one.name, one.email))))
            .collect();
        view! {
            <details>
                <summary>"Ändra vem som ansvarar"</summary>
                <form method="post" action=action class="desk-form">
                    <ChoiceField name="ansvarig" id="ansvarig" label="Ansvarig" chosen=owner.unwrap_or_default() choices=choices.clone() />
                    <ChoiceField name="ersattare" id="ersattare" label="Ersättare" chosen=stand_in.unwrap_or_default() choices=choices />
                    <button class="quiet">"Spara"</button>
                </form>
            </details>
        }
    });
    view! {
        <h2>"Vem ansvarar?"</h2>
        <dl class="facts">
            <dt>"Ansvarig"</dt><dd>{owner_name}</dd>
            <dt>"Ersättare"</dt><dd>{stand_in_name}</dd>
        </dl>
        <p>"Båda får ett mejl när sidan ska granskas. Om ingen är utsedd får administratörerna det."</p>
        {form}
    }
    .into_any()
}
