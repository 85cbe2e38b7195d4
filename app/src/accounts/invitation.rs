//! `/inbjudan/?kod=…`: from an invitation to an account with a passkey.

use super::person::PersonName;
use super::sign_in::limited;
use super::{Ceremony, Invitation, JoinRefusal};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::services::Services;
use crate::ui::field::{Fault, TextField};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let code = asked.query.get("kod").to_owned();
    match asked.services.accounts.invitation(&code).await? {
        Some(invitation) => {
            let name = invitation.name.clone();
            Ok(Answer::page(move || form(invitation, code, name, Wrong::Nothing)))
        }
        None => Ok(Answer::page_with(410, none)),
    }
}

/// What the browser needs to make the key; 422 if the form has to be mended first.
pub async fn challenge(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let Some(name) = PersonName::parse(asked.form.get("namn")) else {
        return Ok(Answer::again(|| ()));
    };
    match asked.services.accounts.begin_joining(asked.form.get("kod"), &name).await? {
        Some(ceremony) => Ok(Answer::Json(as_json(&ceremony))),
        None => Err(Stop::Missing),
    }
}

pub async fn join(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let accounts = &asked.services.accounts;
    let (code, typed) = (asked.form.get("kod").to_owned(), asked.form.get("namn").to_owned());
    let Some(invitation) = accounts.invitation(&code).await? else {
        return Ok(Answer::page_with(410, none));
    };
    let Some(name) = PersonName::parse(&typed) else {
        return Ok(Answer::again(move || form(invitation, code, typed, Wrong::Name)));
    };
    let (ceremony, credential) = (asked.form.get("ceremoni"), asked.form.get("svar"));
    match accounts.join(&code, &name, ceremony, credential, &asked.browser).await? {
        Ok(token) => Ok(Answer::SignedIn { token, to: desk::HOME.to_owned() }),
        Err(JoinRefusal::NoInvitation) => Ok(Answer::page_with(410, none)),
        Err(JoinRefusal::KeyNotMade) => Ok(Answer::again(move || form(invitation, code, typed, Wrong::Key))),
    }
}

/// `{"id": …, "options": {"publicKey": …}}`
pub(super) fn as_json(ceremony: &Ceremony) -> String {
    format!("{{\"id\":\"{}\",\"options\":{}}}", ceremony.id, ceremony.options)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nothing,
    Name,
    Key,
}

fn form(invitation: Invitation, code: String, name: String, wrong: Wrong) -> impl IntoView {
    let Services { site, .. } = Services::current();
    let head = Head { path: desk::INVITATION.into(), ..Head::of_staff("Inbjudan") };
    let whose = match invitation.county {
        Some(county) => format!("{} för {}", invitation.role.swedish(), county.name),
        None => format!("nationell {}", invitation.role.swedish()),
    };
    let fault = (wrong == Wrong::Key).then(|| {
        view! { <Fault><p>"Enhetens svar gick inte att använda. Ingenting har ändrats. Försök igen."</p></Fault> }
    });
    view! {
        <Document head>
            <h1>"Välkommen"</h1>
            <p class="lead">{format!("Du är inbjuden som {whose}.")}</p>
            {fault}
            <p>"Skapa en nyckel på den här enheten, så kan du logga in med fingeravtryck, ansikte eller pinkod. Du behöver inget lösenord."</p>
            {invitation.replaces.then(|| view! {
                <p>"Kontot har haft nycklar förut. De slutar gälla när den nya är skapad, och alla inloggningar avslutas."</p>
            })}
            <form method="post" action=desk::INVITATION data-passkey="create" data-challenge=desk::INVITATION_CHALLENGE class="desk-form">
                <input type="hidden" name="kod" value=code />
                <input type="hidden" name="ceremoni" />
                <input type="hidden" name="svar" />
                <p>"Kontot hör till " <strong>{invitation.email}</strong> "."</p>
                <TextField
                    name="namn"
                    label="Ditt namn"
                    help="Så som dina kollegor ska se det."
                    value=name
                    longest=120
                    autocomplete="name"
                    fault=(wrong == Wrong::Name).then_some("Skriv ditt namn, högst 120 tecken.")
                />
                <button disabled>"Skapa nyckel och logga in"</button>
                <p role="status">"Att skapa en nyckel kräver JavaScript."</p>
            </form>
            <script src=site.assets.passkey defer></script>
        </Document>
    }
}

fn none() -> impl IntoView {
    let head = Head { path: desk::INVITATION.into(), ..Head::of_staff("Inbjudan") };
    view! {
        <Document head>
            <h1>"Inbjudan gäller inte"</h1>
            <p class="lead">"Länken är redan använd, har blivit för gammal eller har ersatts av en nyare."</p>
            <p>"En inbjudan gäller i 24 timmar och bara en gång. Be en administratör om en ny."</p>
            <p><a href=desk::SIGN_IN>"Har du redan en nyckel? Logga in"</a></p>
        </Document>
    }
}
