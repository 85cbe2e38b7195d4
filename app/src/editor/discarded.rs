//! `/redaktion/kastade/`: drafts that were thrown away, and the way to have them back.

use super::write::draft;
use super::{Discarded, Kind};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::field::Fault;
use crate::ui::moment::Moment;
use crate::viewer::Viewer;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

/// Throws a draft away.
pub async fn discard(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let editor = asked.viewer.editor(draft.written.county())?;
    asked.services.editing.discard(&editor, &draft.id).await?;
    Ok(Answer::Redirect(desk::DISCARDED.to_owned()))
}

pub async fn take_back(asked: Asked) -> Result<Answer, Stop> {
    let id = asked.part("utkast");
    let all = asked.services.editing.discarded(&asked.viewer.member()?).await?;
    let thrown = all.iter().find(|thrown| thrown.id == id).ok_or(Stop::Missing)?;
    let editor = asked.viewer.editor(thrown.county)?;
    if asked.services.editing.take_back(&editor, id).await? {
        return Ok(Answer::Redirect(desk::draft(id)));
    }
    shown(&asked, 409, Some("Någon har börjat på ett nytt utkast av sidan. Kasta eller publicera det först.")).await
}

async fn shown(asked: &Asked, status: u16, fault: Option<&'static str>) -> Result<Answer, Stop> {
    let all = asked.services.editing.discarded(&asked.viewer.member()?).await?;
    let viewer = asked.viewer.clone();
    Ok(Answer::page_with(status, move || view(&viewer, all, fault)))
}

fn view(viewer: &Viewer, all: Vec<Discarded>, fault: Option<&'static str>) -> impl IntoView + use<> {
    let head = Head {
        path: desk::DISCARDED.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::PAGES, "Sidor")],
        ..Head::of_staff("Kastade utkast")
    };
    let none = all.is_empty().then(|| view! { <p>"Inga utkast är kastade."</p> });
    let rows: Vec<_> = all.into_iter().map(|thrown| row(thrown, viewer)).collect();
    view! {
        <Document head>
            <h1>"Kastade utkast"</h1>
            {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            <p class="lead">"Ett kastat utkast finns kvar här i 90 dagar."</p>
            {none}
            <ul class="rows">{rows}</ul>
        </Document>
    }
}

fn row(thrown: Discarded, viewer: &Viewer) -> impl IntoView + use<> {
    let Discarded { id, kind, title, county, at, written_by } = thrown;
    let place = county.map_or("nationell", |county| county.name);
    let kind: Kind = kind;
    let called = title.clone();
    let back = viewer.editor(county).is_ok().then(|| {
        view! {
            <form method="post" action=desk::take_back(&id)>
                <button class="quiet">"Ta fram igen" <span class="sr">{format!(" {called}")}</span></button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <strong>{title}</strong>
                <p class="aside">{format!("{}, {place}, senast sparat av {written_by}. Kastat ", crate::text::capital::capital(kind.swedish()))} <Moment seconds=at /> "."</p>
            </div>
            {back}
        </li>
    }
}
