//! A draft shown to somebody without an account: `/utkast/{nyckel}/`.

use super::preview::{PreviewOf, as_readers_see};
use super::write::{self, draft};
use crate::desk::{Answer, Asked, Stop};
use crate::routes::desk;

/// For whoever has the link.
pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let draft = asked.services.editing.shared(asked.part("nyckel")).await?.ok_or(Stop::Missing)?;
    let until = draft.shared_until.unwrap_or_default();
    as_readers_see(asked, draft, PreviewOf::Shared { until }).await
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
