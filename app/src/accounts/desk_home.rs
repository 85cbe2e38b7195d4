//! `/redaktion/`: where the staff begins.

use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let is_admin = asked.viewer.admin().is_ok();
    Ok(Answer::page(move || {
        let head = Head { path: desk::HOME.into(), ..Head::of_staff("Redaktionen") };
        view! {
            <Document head>
                <h1>"Redaktionen"</h1>
                <p class="lead">{format!("Hej {}!", member.name)}</p>
                <ul class="plain">
                    <li><a href=desk::PAGES>"Sidor: skriv, granska och publicera"</a></li>
                    <li><a href=desk::EVENTS>"Konferenser och möten: planera, anmälda och listor"</a></li>
                    <li><a href=desk::FACTS>"Uppgifter: nummer, kontakter och siffror att hänvisa till"</a></li>
                    <li><a href=desk::COURSE_NUMBERS>"Kursstatistik: intyg per län"</a></li>
                    <li><a href=desk::FILES>"Filer: bilder och dokument till sidorna"</a></li>
                    <li><a href=desk::OWN_ACCOUNT>"Mitt konto: nycklar och inloggningar"</a></li>
                    {is_admin.then(|| view! {
                        <li><a href=desk::ACCOUNTS>"Konton: bjud in och ändra roller"</a></li>
                        <li><a href=desk::DEAD_LETTERS>"Utskick: mejl som inte gick iväg"</a></li>
                        <li><a href=desk::LOG>"Logg: vad som har gjorts"</a></li>
                    })}
                </ul>
            </Document>
        }
    }))
}
