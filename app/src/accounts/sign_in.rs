//! `/logga-in/`: with a passkey, or by way of the county board's own sign-in.

use super::ProviderRefusal;
use crate::desk::{Answer, Asked, Stop, way_on};
use crate::document::{Document, Head};
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::ui::field::Fault;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let to = way_on(asked.query.get("till"), desk::HOME);
    if asked.viewer.member().is_ok() {
        return Ok(Answer::Redirect(to));
    }
    Ok(shown(&asked, 200, to, None))
}

/// What the browser needs before it can ask for the key. The same for everybody: no address is asked for.
pub async fn challenge(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let ceremony = asked.services.accounts.begin_sign_in().await?;
    Ok(Answer::Json(super::invitation::as_json(&ceremony)))
}

pub async fn sign_in(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let to = way_on(asked.form.get("till"), desk::HOME);
    let (ceremony, credential) = (asked.form.get("ceremoni"), asked.form.get("svar"));
    match asked.services.accounts.sign_in(ceremony, credential, &asked.browser).await? {
        Ok(token) => Ok(Answer::SignedIn { token, to }),
        Err(_) => Ok(shown(&asked, 422, to, Some(NO_KEY))),
    }
}

pub async fn sign_out(asked: Asked) -> Result<Answer, Stop> {
    if let Ok(member) = asked.viewer.member() {
        asked.services.accounts.sign_out(&member).await?;
    }
    Ok(Answer::SignedOut { to: desk::SIGNED_OUT.to_owned() })
}

pub async fn signed_out(asked: Asked) -> Result<Answer, Stop> {
    if asked.viewer.member().is_ok() {
        return Ok(Answer::Redirect(desk::HOME.to_owned()));
    }
    Ok(Answer::page(|| {
        let head = Head { path: desk::SIGNED_OUT.into(), ..Head::of_staff("Du är utloggad") };
        view! {
            <Document head>
                <h1>"Du är utloggad"</h1>
                <p class="lead">"Inloggningen är avslutad och kakan är borta."</p>
                <ul class="plain">
                    <li><a href=desk::SIGN_IN>"Logga in igen"</a></li>
                    <li><a href=paths::HOME>"Till startsidan"</a></li>
                </ul>
            </Document>
        }
    }))
}

/// Off to the county board's own sign-in.
pub async fn with_provider(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let to = way_on(asked.form.get("till"), desk::HOME);
    match asked.services.accounts.go_to_provider(asked.part("leverantor"), &to).await? {
        Ok((address, errand)) => Ok(Answer::Elsewhere { address, errand }),
        Err(ProviderRefusal::Unknown) => Err(Stop::Missing),
        Err(refusal) => Ok(shown(&asked, 502, to, Some(told(refusal)))),
    }
}

/// Back from there.
pub async fn from_provider(asked: Asked) -> Result<Answer, Stop> {
    limited(&asked)?;
    let errand = asked.errand.as_deref().unwrap_or("");
    let accounts = &asked.services.accounts;
    match accounts.come_back(asked.part("leverantor"), &asked.query, errand, &asked.browser).await? {
        Ok((token, to)) => Ok(Answer::SignedIn { token, to: way_on(&to, desk::HOME) }),
        Err(ProviderRefusal::Unknown) => Err(Stop::Missing),
        Err(refusal) => {
            let status = if refusal == ProviderRefusal::Down { 502 } else { 403 };
            Ok(shown(&asked, status, desk::HOME.to_owned(), Some(told(refusal))))
        }
    }
}

pub(super) fn limited(asked: &Asked) -> Result<(), Stop> {
    if asked.services.accounts.may_try(&asked.client) { Ok(()) } else { Err(Stop::TooOften) }
}

const NO_KEY: &str = "Nyckeln gick inte att använda här. Den kan höra till ett annat konto, eller så har det gått för \
     lång tid. Försök igen. Har du bytt eller tappat bort din nyckel, be en administratör om en ny inbjudan.";

fn told(refusal: ProviderRefusal) -> &'static str {
    match refusal {
        ProviderRefusal::Down => {
            "Din organisations inloggning svarar inte just nu. Försök igen om en stund, eller logga in med en nyckel."
        }
        ProviderRefusal::BrokenOff => "Inloggningen avbröts hos din organisation. Försök igen om du vill.",
        ProviderRefusal::NotOurs | ProviderRefusal::Unknown => {
            "Svaret från din organisations inloggning gick inte att lita på. Börja om här."
        }
        ProviderRefusal::TooWeak => {
            "Din organisation vet vem du är, men du loggade in på ett sätt som inte räcker här. Logga in hos \
             organisationen med kort eller motsvarande och försök igen."
        }
        ProviderRefusal::NoAddress => {
            "Din organisation uppgav ingen bekräftad e-postadress för dig, och utan den vet vi inte vilket konto som är \
             ditt. Be dem som sköter organisationens inloggning om hjälp."
        }
        ProviderRefusal::NoAccount => {
            "Din organisation vet vem du är, men du har inget konto här. Be en administratör att bjuda in dig."
        }
    }
}

fn shown(asked: &Asked, status: u16, to: String, fault: Option<&'static str>) -> Answer {
    let providers = asked.services.accounts.providers().to_vec();
    let leads_to = providers.iter().flat_map(|provider| provider.origins.clone()).collect();
    let view = move || {
        let Services { site, .. } = Services::current();
        let head = Head { path: desk::SIGN_IN.into(), ..Head::of_staff("Logga in") };
        let others = providers.into_iter().map(|provider| {
            view! {
                <form method="post" action=desk::with_provider(&provider.id)>
                    <input type="hidden" name="till" value=to.clone() />
                    <button class="quiet">{format!("Logga in med {}", provider.name)}</button>
                </form>
            }
        });
        let others = others.collect_view();
        view! {
            <Document head>
                <h1>"Logga in"</h1>
                <p class="lead">"För dig som arbetar med innehållet. Läsare behöver inget konto."</p>
                {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
                <form method="post" action=desk::SIGN_IN data-passkey="get" data-challenge=desk::SIGN_IN_CHALLENGE class="desk-form">
                    <input type="hidden" name="till" value=to.clone() />
                    <input type="hidden" name="ceremoni" />
                    <input type="hidden" name="svar" />
                    <button disabled>"Logga in med nyckel"</button>
                    <p role="status">"Att logga in med nyckel kräver JavaScript."</p>
                </form>
                {others}
                <h2>"Vad är en nyckel?"</h2>
                <p>
                    "En nyckel (passkey) ligger i din dator, telefon eller säkerhetsnyckel och öppnas med fingeravtryck, \
                     ansikte eller pinkod. Den ersätter lösenord och kan inte luras av dig."
                </p>
                <p>"Du får din nyckel genom en inbjudan. Har du tappat bort den, be en administratör om en ny inbjudan."</p>
                <script src=site.assets.passkey defer></script>
            </Document>
        }
    };
    match Answer::page_with(status, view) {
        Answer::Page(page) => Answer::Page(crate::desk::Page { leads_to, ..page }),
        other => other,
    }
}
