//! A draft shown to somebody without an account: `/utkast/{nyckel}/`.

use super::preview::{PreviewOf, as_readers_see};
use super::write::{self, draft};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use leptos::prelude::*;

/// For whoever has the link.
pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let Some(draft) = asked.services.editing.shared(asked.part("nyckel")).await? else {
        return Ok(Answer::page_with(410, ended));
    };
    let until = draft.shared_until.unwrap_or_default();
    as_readers_see(asked, draft, PreviewOf::Shared { until }).await
}

/// In the same words whether the link has ended or never was.
fn ended() -> impl IntoView {
    view! {
        <Document head=Head { title: "Länken gäller inte".into(), hidden: true, ..Head::default() }>
            <h1>"Länken gäller inte längre"</h1>
            <p class="lead">"En länk till ett utkast gäller i 14 dagar, tills någon avslutar den eller tills sidan är publicerad."</p>
            <p>"Be den som gav dig länken om en ny. " <a href=paths::SEARCH>"Sök efter sidan"</a> " om den kan vara publicerad."</p>
        </Document>
    }
}

/// Makes a link, which is shown this once.
pub async fn share(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let editor = asked.viewer.editor(draft.written.county())?;
    let token = asked.services.editing.share(&editor, &draft.id).await?.ok_or(Stop::Missing)?;
    write::shown_with_link(&asked, desk::shared(&token)).await
}

/// Ends all links to the draft.
pub async fn unshare(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let editor = asked.viewer.editor(draft.written.county())?;
    asked.services.editing.unshare(&editor, &draft.id).await?;
    Ok(Answer::Redirect(format!("{}#dela", desk::draft(&draft.id))))
}
