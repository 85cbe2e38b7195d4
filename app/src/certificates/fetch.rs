//! `/anmalan/{nyckel}/intyg.pdf`: the certificate of whoever came, for whoever has the registration's link.

use super::NoCertificate;
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::events::Registration;
use crate::routes::{desk, paths};
use crate::text::dates::unix_time;
use leptos::prelude::*;

/// Asked for again, it is the same certificate: so it may be a link, though the first time its code is made.
pub async fn file(asked: Asked) -> Result<Answer, Stop> {
    match asked.services.certificates.certificate(asked.part("nyckel")).await? {
        Ok(file) => Ok(Answer::File(file)),
        Err(why) => Ok(none(why)),
    }
}

fn none(why: NoCertificate) -> Answer {
    let (status, title, told) = match why {
        NoCertificate::Missing => (410, "Länken gäller inte längre", "Leta efter det senaste mejlet om anmälan."),
        NoCertificate::NotYet => (409, "Intyget finns inte än", "Du kan hämta det när det är slut."),
        NoCertificate::NotThere => {
            (409, "Det finns inget intyg", "Du är inte avprickad i dörren. Var du där? Fråga den som arrangerade.")
        }
    };
    Answer::page_with(status, move || {
        view! {
            <Document head=Head { title: "Intyg".into(), hidden: true, ..Head::default() }>
                <h1>{title}</h1>
                <p class="lead">{told}</p>
                <p><a href=paths::CONTACT>"Kontakt"</a></p>
            </Document>
        }
    })
}

/// The way to it, on the page of a registration: for those who came, once it is over.
pub fn certificate_link(registration: &Registration, token: &str, now: i64) -> Option<impl IntoView + use<>> {
    let is_over = now >= unix_time(registration.event.plan.ends);
    let href = desk::opened(desk::CERTIFICATE_FILE, token);
    (registration.came_at.is_some() && is_over).then(|| {
        view! {
            <section aria-labelledby="intyget">
                <h2 id="intyget">"Ditt intyg"</h2>
                <p><a class="button" href=href download>"Hämta intyg (pdf)"</a></p>
                <p>"På intyget står namnet ovan. Stämmer det inte, hör av dig till arrangören innan du hämtar det. Vem som helst kan kontrollera intygets kod, men inte se vems det är."</p>
            </section>
        }
    })
}
