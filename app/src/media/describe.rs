//! A picture gets another text.

use super::list::{Told, shown};
use super::{LONGEST_TEXT, Stored};
use crate::desk::{Answer, Asked, Stop};
use crate::routes::desk;

pub async fn describe(asked: Asked) -> Result<Answer, Stop> {
    let file = file(&asked).await?;
    let editor = asked.viewer.editor(file.county)?;
    if !file.kind.is_picture() {
        return Err(Stop::Missing);
    }
    let text = asked.form.get("text").split_whitespace().collect::<Vec<_>>().join(" ");
    let fault = match text.chars().count() {
        0 => Some("Skriv vad bilden visar, för den som inte ser den."),
        long if long > LONGEST_TEXT => Some("Korta ner texten till högst 300 tecken."),
        _ => None,
    };
    if fault.is_some() {
        return shown(&asked, 422, Told { fault, ..Told::default() }).await;
    }
    asked.services.media.describe(&editor, &file.id, &text).await?;
    Ok(Answer::Redirect(format!("{}#fil-{}", desk::FILES, file.id)))
}

/// The file that the address names.
pub(super) async fn file(asked: &Asked) -> Result<Stored, Stop> {
    let member = asked.viewer.member()?;
    asked.services.media.file(&member, asked.part("fil")).await?.ok_or(Stop::Missing)
}
