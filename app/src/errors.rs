//! Pages for what went wrong. They need neither the database nor JavaScript, and keep the help-lines.

use crate::document::{Document, Head};
use crate::routes::paths;
use crate::status;
use leptos::prelude::*;

/// A failed request, in words that a visitor can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub status: u16,
    pub title: &'static str,
    pub what_to_do: &'static str,
}

impl Failure {
    pub fn new(status: u16) -> Self {
        let (title, what_to_do) = match status {
            400 => (
                "Adressen går inte att läsa",
                "Kontrollera att adressen är rätt skriven, eller sök efter det du behöver.",
            ),
            401 => ("Du är inte inloggad", "Logga in och försök igen. Det kan ha gått för lång tid sedan sist."),
            403 => (
                "Det här är inte tillåtet",
                "Formuläret skickades inte från vår egen sida. Gå till sidan och försök igen därifrån.",
            ),
            404 => (
                "Sidan finns inte",
                "Adressen kan vara felskriven, eller så har sidan flyttat. Sök efter det du behöver.",
            ),
            405 => {
                ("Så kan sidan inte användas", "Sidan kan läsas men tar inte emot något. Gå tillbaka och försök igen.")
            }
            408 => ("Det tog för lång tid", "Försök igen om en stund."),
            410 => (
                "Filen är borttagen",
                "Den som lade ut filen har tagit bort den. Sök efter det du behöver, det kan finnas på en annan sida.",
            ),
            413 => ("Det du skickade är för stort", "Korta ner texten eller välj en mindre fil och försök igen."),
            414 => ("Adressen är för lång", "Korta ner adressen, eller sök med färre ord."),
            421 => {
                ("Fel webbplats", "Adressen leder till den här servern, men webbplatsen finns under ett annat namn.")
            }
            429 => ("Det blev för många försök", "Vänta en kvart och försök igen."),
            431 => {
                ("Webbläsaren skickade för mycket", "Rensa kakor för webbplatsen eller byt webbläsare och försök igen.")
            }
            503 => ("Webbplatsen är upptagen", "Försök igen om en liten stund."),
            _ => ("Något gick fel hos oss", "Det är inte du som har gjort fel. Försök igen om en stund."),
        };
        Self { status, title, what_to_do }
    }

    /// Somebody of the staff has not been trusted with this.
    pub fn not_allowed() -> Self {
        Self {
            status: 403,
            title: "Du har inte behörighet till det här",
            what_to_do: "Sidan är för andra roller eller ett annat län. Be en administratör om du behöver den.",
        }
    }
}

#[component]
pub fn FailurePage(failure: Failure) -> impl IntoView {
    status::set_status(failure.status);
    let head =
        Head { title: failure.title.into(), description: failure.what_to_do.into(), hidden: true, ..Head::default() };
    view! {
        <Document head>
            <h1>{failure.title}</h1>
            <p class="lead">{failure.what_to_do}</p>
            <WaysOn />
        </Document>
    }
}

#[component]
pub fn NotFound() -> impl IntoView {
    view! { <FailurePage failure=Failure::new(404) /> }
}

/// What stood here has been withdrawn on purpose.
#[component]
pub fn Gone(title: String, reason: String) -> impl IntoView {
    status::set_status(410);
    let head = Head { title: "Sidan är borttagen".into(), hidden: true, ..Head::default() };
    view! {
        <Document head>
            <h1>"Sidan är borttagen"</h1>
            <p class="lead">{format!("Här stod tidigare ”{title}”.")}</p>
            <p>{reason}</p>
            <WaysOn />
        </Document>
    }
}

/// Where to go from here, and how to tell us.
#[component]
fn WaysOn() -> impl IntoView {
    view! {
        <ul class="plain">
            <li><a href=paths::HOME>"Till startsidan"</a></li>
            <li><a href=paths::GUIDANCE>"All vägledning"</a></li>
            <li><a href=paths::SEARCH>"Sök"</a></li>
            <li><a href=paths::HELP>"Behöver du hjälp?"</a></li>
        </ul>
        {status::error_id().map(|id| view! {
            <p class="error-id">"Felnummer: " <code>{id}</code> ". Nämn det om du hör av dig till oss."</p>
        })}
    }
}
