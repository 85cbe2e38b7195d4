//! A file is removed, unless a text uses it.

use super::describe::file;
use super::list::{Told, shown};
use crate::desk::{Answer, Asked, Stop};
use crate::routes::desk;

pub async fn remove(asked: Asked) -> Result<Answer, Stop> {
    let file = file(&asked).await?;
    let editor = asked.viewer.editor(file.county)?;
    match asked.services.media.remove(&editor, &file.id).await? {
        Ok(()) => Ok(Answer::Redirect(desk::FILES.to_owned())),
        Err(used_in) => {
            const USED: &str = "Filen används och kan inte tas bort. Ta först bort den här:";
            shown(&asked, 409, Told { fault: Some(USED), used_in, ..Told::default() }).await
        }
    }
}
