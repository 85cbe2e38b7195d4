//! `/redaktion/mitt-konto/`: one's own keys and sessions.

use super::sign_in::limited;
use super::{Passkey, PasskeyRefusal, Session};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::services::Services;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{Fault, TextField};
use crate::ui::moment::Moment;
use crate::viewer::Member;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

pub async fn challenge(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    limited(&asked)?;
    let ceremony = asked.services.accounts.begin_adding(&member).await?;
    Ok(Answer::Json(super::invitation::as_json(&ceremony)))
}

pub async fn add(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    limited(&asked)?;
    let (ceremony, credential) = (asked.form.get("ceremoni"), asked.form.get("svar"));
    let name = asked.form.get("nyckelnamn").trim();
    match asked.services.accounts.add_passkey(&member, name, ceremony, credential).await? {
        Ok(()) => Ok(Answer::Redirect(desk::OWN_ACCOUNT.to_owned())),
        Err(refusal) => shown(&asked, 422, Some(refusal)).await,
    }
}

pub async fn remove(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    match asked.services.accounts.remove_passkey(&member, asked.form.get("nyckel")).await? {
        Ok(()) => Ok(Answer::Redirect(desk::OWN_ACCOUNT.to_owned())),
        Err(refusal) => shown(&asked, 422, Some(refusal)).await,
    }
}

/// Ends one session; without an id all but this one.
pub async fn end_session(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let id = asked.form.get("session");
    asked.services.accounts.end_session(&member, (!id.is_empty()).then_some(id)).await?;
    Ok(Answer::Redirect(desk::OWN_ACCOUNT.to_owned()))
}

async fn shown(asked: &Asked, status: u16, refusal: Option<PasskeyRefusal>) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let passkeys = asked.services.accounts.passkeys(&member).await?;
    let sessions = asked.services.accounts.sessions(&member).await?;
    Ok(Answer::page_with(status, move || view(member, passkeys, sessions, refusal)))
}

fn view(
    member: Member,
    passkeys: Vec<Passkey>,
    sessions: Vec<Session>,
    refusal: Option<PasskeyRefusal>,
) -> impl IntoView {
    let Services { site, .. } = Services::current();
    let head = Head {
        path: desk::OWN_ACCOUNT.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Mitt konto")
    };
    let fault = refusal.map(|refusal| {
        let told = match refusal {
            PasskeyRefusal::KeyNotMade => "Enhetens svar gick inte att använda. Ingenting har ändrats. Försök igen.",
            PasskeyRefusal::TheOnlyOne => "Det är din enda nyckel. Lägg till en ny innan du tar bort den.",
        };
        view! { <Fault><p>{told}</p></Fault> }
    });
    let belongs = match member.county {
        Some(county) => format!("{}, {}", member.role.swedish(), county.name),
        None => format!("{}, nationellt", member.role.swedish()),
    };
    let keys: Vec<_> = passkeys.into_iter().map(key).collect();
    let others = sessions.len() > 1;
    let sessions: Vec<_> = sessions.into_iter().map(|session| session_item(session, &member.session)).collect();
    view! {
        <Document head>
            <h1>"Mitt konto"</h1>
            {fault}
            <dl class="facts">
                <dt>"Namn"</dt><dd>{member.name.clone()}</dd>
                <dt>"E-post"</dt><dd>{member.email.clone()}</dd>
                <dt>"Roll"</dt><dd>{belongs}</dd>
            </dl>
            <h2>"Nycklar"</h2>
            <p>"Ha gärna två, till exempel i datorn och i telefonen. Då kommer du in även om den ena går sönder."</p>
            <ul class="rows">{keys}</ul>
            <form method="post" action=desk::KEYS data-passkey="create" data-challenge=desk::KEY_CHALLENGE class="desk-form">
                <h3>"Lägg till en nyckel"</h3>
                <input type="hidden" name="ceremoni" />
                <input type="hidden" name="svar" />
                <TextField name="nyckelnamn" label="Vad ska nyckeln heta?" help="Till exempel ”Jobbtelefonen”." value="" longest=60 />
                <button disabled>"Skapa nyckel"</button>
                <p role="status">"Att skapa en nyckel kräver JavaScript."</p>
            </form>
            <h2>"Inloggningar"</h2>
            <p>"Du loggas ut efter en timme utan att du gör något, och alltid efter tolv timmar."</p>
            <ul class="rows">{sessions}</ul>
            {others.then(|| view! {
                <form method="post" action=desk::END_SESSION><button class="quiet">"Avsluta alla utom den här"</button></form>
            })}
            <script src=site.assets.passkey defer></script>
        </Document>
    }
}

fn key(key: Passkey) -> impl IntoView {
    let used = match key.used_at {
        Some(used) => view! { "senast använd " <Moment seconds=used /> }.into_any(),
        None => "inte använd än".into_any(),
    };
    let label = format!("Ta bort nyckeln {}", key.name);
    view! {
        <li>
            <div>
                <strong>{key.name}</strong>
                <p class="aside">"Skapad " <Moment seconds=key.created_at /> ", " {used} "."</p>
            </div>
            <form method="post" action=desk::REMOVE_KEY>
                <input type="hidden" name="nyckel" value=key.id />
                <button class="quiet" aria-label=label>"Ta bort"</button>
            </form>
        </li>
    }
}

fn session_item(session: Session, own: &str) -> impl IntoView + use<> {
    let is_this = session.id == own;
    let end = (!is_this).then(|| {
        let label = format!("Avsluta {}", session.device);
        view! {
            <form method="post" action=desk::END_SESSION>
                <input type="hidden" name="session" value=session.id.clone() />
                <button class="quiet" aria-label=label>"Avsluta"</button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <strong>{session.device}</strong>
                {is_this.then_some(" (den här)")}
                <p class="aside">
                    "Inloggad " <Moment seconds=session.created_at /> ", senast använd " <Moment seconds=session.seen_at /> "."
                </p>
            </div>
            {end}
        </li>
    }
}
