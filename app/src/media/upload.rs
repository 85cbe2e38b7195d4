//! A file is uploaded.

use super::forms::{Field, Typed, Wrong};
use super::list::{Told, shown};
use super::refusal::UploadRefusal;
use super::{Description, Kind, LONGEST_TEXT, NewFile};
use crate::counties;
use crate::desk::{Answer, Asked, Sent, Stop};
use crate::routes::desk;

pub async fn upload(asked: Asked) -> Result<Answer, Stop> {
    let typed = Typed::read(&asked.form);
    let county = counties::find(&typed.county);
    // A county that does not exist would otherwise be read as the whole country.
    if county.is_none() && !typed.county.is_empty() {
        return Err(Stop::Missing);
    }
    let editor = match asked.viewer.editor(county) {
        Ok(editor) => editor,
        // What came before the fields did not come: better to say that than to speak of rights.
        Err(refusal) if asked.file.is_whole() => return Err(refusal.into()),
        Err(_) => return refused(&asked, typed, &UploadRefusal::CutOff).await,
    };
    let (name, bytes) = match &asked.file {
        Sent::File(file) => (file.name.clone(), file.bytes.clone()),
        Sent::Nothing => return refused(&asked, typed, &UploadRefusal::NoFile).await,
        Sent::TooLarge => return refused(&asked, typed, &UploadRefusal::TooLarge).await,
        Sent::CutOff => return refused(&asked, typed, &UploadRefusal::CutOff).await,
    };
    let description = match described(&typed, &name) {
        Ok(description) => description,
        Err(wrong) => return again(&asked, 422, typed, wrong).await,
    };
    let new = NewFile { county, typed_name: name, bytes, description };
    match asked.services.media.add(&editor, &new).await? {
        Ok(id) => Ok(Answer::Redirect(format!("{}?ny={id}", desk::FILES))),
        Err(refusal) => refused(&asked, typed, &refusal).await,
    }
}

/// What the form says of the file, or what is missing in it.
fn described(typed: &Typed, name: &str) -> Result<Description, Wrong> {
    let is_long = |text: &str| text.chars().count() > LONGEST_TEXT;
    const LONG: &str = "Korta ner texten till högst 300 tecken.";
    if !typed.is_document {
        return match typed.text.as_str() {
            "" => Err(Wrong::at(Field::Text, "Skriv vad bilden visar, för den som inte ser den.")),
            text if is_long(text) => Err(Wrong::at(Field::Text, LONG)),
            text => Ok(Description::Picture(text.to_owned())),
        };
    }
    // Captions are themselves what makes a film accessible.
    let is_captions = name.rsplit_once('.').and_then(|(_, end)| Kind::of_extension(end)) == Some(Kind::Vtt);
    match (typed.accessible.as_str(), typed.alternative.as_str()) {
        _ if is_captions => Ok(Description::Document { alternative: None }),
        ("ja", _) => Ok(Description::Document { alternative: None }),
        ("nej", "") => Err(Wrong::at(
            Field::Alternative,
            "Skriv var samma innehåll finns för den som inte kan läsa dokumentet, eller gör dokumentet tillgängligt först.",
        )),
        ("nej", text) if is_long(text) => Err(Wrong::at(Field::Alternative, LONG)),
        ("nej", text) => Ok(Description::Document { alternative: Some(text.to_owned()) }),
        _ => Err(Wrong::at(Field::Accessible, "Svara på om alla kan läsa dokumentet.")),
    }
}

async fn refused(asked: &Asked, typed: Typed, refusal: &UploadRefusal) -> Result<Answer, Stop> {
    let status = match refusal {
        UploadRefusal::TooLarge => 413,
        UploadRefusal::CutOff => 400,
        UploadRefusal::Same(_) => 409,
        _ => 422,
    };
    again(asked, status, typed, refusal.clone().into()).await
}

async fn again(asked: &Asked, status: u16, typed: Typed, wrong: Wrong) -> Result<Answer, Stop> {
    shown(asked, status, Told { typed, wrong: Some(wrong), ..Told::default() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_needs_a_text_and_a_document_an_answer() {
        let picture = |text: &str| described(&Typed { text: text.into(), ..Typed::default() }, "a.jpg");
        assert_eq!(picture("").unwrap_err().field, Field::Text);
        assert_eq!(picture(&"å".repeat(301)).unwrap_err().field, Field::Text);
        assert_eq!(picture("En väg"), Ok(Description::Picture("En väg".into())));
        let document = |accessible: &str, alternative: &str, name: &str| {
            let typed = Typed {
                is_document: true,
                accessible: accessible.into(),
                alternative: alternative.into(),
                ..Typed::default()
            };
            described(&typed, name)
        };
        assert_eq!(document("", "", "a.pdf").unwrap_err().field, Field::Accessible);
        assert_eq!(document("nej", "", "a.pdf").unwrap_err().field, Field::Alternative);
        assert_eq!(document("ja", "", "a.pdf"), Ok(Description::Document { alternative: None }));
        assert_eq!(document("nej", "/om/", "a.pdf"), Ok(Description::Document { alternative: Some("/om/".into()) }));
        assert_eq!(document("", "", "a.VTT"), Ok(Description::Document { alternative: None }));
    }
}
