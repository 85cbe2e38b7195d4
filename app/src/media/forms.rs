//! The forms with which a file is uploaded: one for pictures, one for documents, since each needs another question.

use super::LONGEST_TEXT;
use super::refusal::UploadRefusal;
use crate::desk::Fields;
use crate::editor::new_page::places;
use crate::routes::desk;
use crate::ui::field::{BoxesField, Choice, ChoiceField, Pick, TextField};
use crate::viewer::Viewer;
use leptos::prelude::*;

/// What was typed beside the file. The file itself no browser gives back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub is_document: bool,
    pub county: String,
    pub text: String,
    /// `ja`, `nej`, or nothing yet.
    pub accessible: String,
    pub alternative: String,
}

impl Typed {
    pub fn read(form: &Fields) -> Self {
        let line = |name: &str| form.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            is_document: form.get("slag") == "dokument",
            county: form.get("lan").to_owned(),
            text: line("alt"),
            accessible: form.get("tillganglig").to_owned(),
            alternative: line("alternativ"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    File,
    Text,
    Accessible,
    Alternative,
}

/// What was wrong with a form, and beside which field that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: Field,
    pub sentence: String,
    /// The file that is there already.
    pub same: Option<String>,
}

impl Wrong {
    pub fn at(field: Field, sentence: &str) -> Self {
        Self { field, sentence: sentence.to_owned(), same: None }
    }
}

impl From<UploadRefusal> for Wrong {
    fn from(refusal: UploadRefusal) -> Self {
        let sentence = refusal.swedish();
        let same = if let UploadRefusal::Same(id) = refusal { Some(id) } else { None };
        Self { field: Field::File, sentence, same }
    }
}

/// The file comes last in each form: so what was typed has arrived when a file turns out to be too large.
#[component]
pub fn UploadForms(viewer: Viewer, typed: Typed, wrong: Option<Wrong>) -> impl IntoView {
    let fault = |is_document: bool, field: Field| {
        wrong
            .clone()
            .filter(|wrong| typed.is_document == is_document && wrong.field == field)
            .map(|wrong| wrong.sentence)
    };
    let chosen = |is_document: bool| if typed.is_document == is_document { typed.clone() } else { Typed::default() };
    let (picture, document) = (chosen(false), chosen(true));
    let open = |is_document: bool| wrong.is_some() && typed.is_document == is_document;
    let places: Vec<(String, String)> = places(&viewer)
        .into_iter()
        .map(|(slug, name)| if slug.is_empty() { (slug, "Nationell fil".to_owned()) } else { (slug, name) })
        .collect();
    let answer = |value: &str, label: &str| Choice {
        value: value.into(),
        label: label.into(),
        is_chosen: document.accessible == value,
        ..Choice::default()
    };
    let answers = vec![
        answer(
            "ja",
            "Ja: det har rubriker, bilderna är beskrivna och det är prövat med programmets tillgänglighetskontroll",
        ),
        answer("nej", "Nej, men samma innehåll finns i en annan form"),
    ];
    view! {
        <details class="upload" open=open(false)>
            <summary>"Ladda upp en bild"</summary>
            <form method="post" action=desk::FILES enctype="multipart/form-data" class="desk-form">
                <input type="hidden" name="slag" value="bild" />
                <ChoiceField name="lan" id="bild-lan" label="Vems bild?" chosen=picture.county choices=places.clone() />
                <TextField
                    name="alt"
                    label="Vad visar bilden?"
                    help="För den som inte ser den: det viktigaste, i en mening. Skriv inte ”bild på”."
                    value=picture.text
                    longest=LONGEST_TEXT
                    fault=fault(false, Field::Text)
                />
                <FileField
                    id="bild-fil"
                    label="Bild"
                    help="Jpg, png eller webp, högst 20 MB. Den görs om till högst 1600 bildpunkter på bredden, och uppgifter om var och när den togs tas bort. Rörliga bilder blir stilla."
                    accept=".jpg,.jpeg,.png,.webp"
                    fault=fault(false, Field::File)
                />
                <button>"Ladda upp bilden"</button>
            </form>
        </details>
        <details class="upload" open=open(true)>
            <summary>"Ladda upp ett dokument"</summary>
            <form method="post" action=desk::FILES enctype="multipart/form-data" class="desk-form">
                <input type="hidden" name="slag" value="dokument" />
                <p class="help-text">
                    "Skriv hellre texten som en sida: den kan alla läsa, också i mobilen. Dokument som vi publicerar omfattas av lagen \
                     (2018:1937) om tillgänglighet till digital offentlig service. De ska gå att använda för alla, till exempel med skärmläsare."
                </p>
                <ChoiceField name="lan" id="dokument-lan" label="Vems dokument?" chosen=document.county choices=places />
                <BoxesField
                    name="tillganglig"
                    legend="Kan alla läsa dokumentet?"
                    pick=Pick::One
                    choices=answers
                    help="För textremsor (vtt) behöver du inte svara."
                    fault=fault(true, Field::Accessible)
                />
                <TextField
                    name="alternativ"
                    label="Var finns samma innehåll i annan form?"
                    help="Behövs om du svarade nej. En adress, eller till exempel: Ring oss på 010-000 00 00 så läser vi upp det."
                    value=document.alternative
                    longest=LONGEST_TEXT
                    required=false
                    fault=fault(true, Field::Alternative)
                />
                <FileField
                    id="dokument-fil"
                    label="Dokument"
                    help="Pdf, docx, xlsx, pptx, eller vtt för textremsor till film. Högst 20 MB, utan makron."
                    accept=".pdf,.docx,.xlsx,.pptx,.vtt"
                    fault=fault(true, Field::File)
                />
                <button>"Ladda upp dokumentet"</button>
            </form>
        </details>
    }
}

#[component]
fn FileField(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    accept: &'static str,
    fault: Option<String>,
) -> impl IntoView {
    let described = fault.as_ref().map_or_else(|| format!("{id}-om"), |_| format!("{id}-om {id}-fel"));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <p class="help-text" id=format!("{id}-om")>{help}</p>
            {fault.clone().map(|fault| view! { <p class="fault" id=format!("{id}-fel")>{fault}</p> })}
            <input
                type="file"
                id=id
                name="fil"
                accept=accept
                required
                aria-invalid=fault.is_some().then_some("true")
                aria-describedby=described
            />
        </div>
    }
}
