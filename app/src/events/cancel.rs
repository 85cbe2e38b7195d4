//! `/anmalan/{nyckel}/avboka`: a page that asks once more, and the button that does it.

use super::change::act;
use super::registration::{gone, own, private_head};
use super::{Deed, Registration, Standing, words};
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::routes::desk;
use crate::text::dates::unix_time;
use crate::ui::notice::{Notice, Weight};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let Some(registration) = own(&asked).await? else { return Ok(gone()) };
    let token = asked.part("nyckel").to_owned();
    if registration.standing.is_ended() {
        return Ok(Answer::Redirect(desk::registration(&token)));
    }
    let now = asked.now;
    Ok(Answer::page(move || view(&registration, &token, now)))
}

pub async fn cancel(asked: Asked) -> Result<Answer, Stop> {
    act(&asked, Deed::Cancel, "").await
}

/// What it costs now, if it does.
fn fee(registration: &Registration, now: i64) -> Option<String> {
    let fee = registration.event.plan.fee.as_ref()?;
    let is_late = registration.standing == Standing::Seated && now >= unix_time(fee.free_until);
    is_late.then(|| {
        format!(
            "Det är för sent för att avboka utan avgift. Din organisation får betala {} om ingen i kön kan ta platsen. Låter du en kollega \
             ta över platsen kostar det inget.",
            words::kronor(fee.amount)
        )
    })
}

fn view(registration: &Registration, token: &str, now: i64) -> impl IntoView + use<> {
    let head = private_head(&registration.event, "Avboka");
    let (title, back) = (registration.event.plan.title.clone(), desk::registration(token));
    let action = desk::opened(desk::CANCEL, token);
    let fee = fee(registration, now);
    let lost = if registration.standing.holds() {
        "Platsen går direkt vidare till nästa i kön. Du kan inte få tillbaka den."
    } else {
        "Du förlorar ditt nummer i kön. Du kan inte få tillbaka det."
    };
    view! {
        <Document head>
            <h1>"Vill du avboka?"</h1>
            <p class="lead">{title}</p>
            {fee.map(|fee| view! { <Notice weight=Weight::Important title="Det kostar"><p>{fee}</p></Notice> })}
            <p>{lost} " Det du har skrivit om kost och tillgänglighet raderas nu."</p>
            <form method="post" action=action class="application"><button>"Ja, avboka"</button></form>
            <p><a href=back>"Nej, tillbaka till anmälan"</a></p>
        </Document>
    }
}
