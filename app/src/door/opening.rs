//! `/redaktion/konferenser/{arrangemang}/inslapp/`: the door is opened for those who stand in it, and closed again.

use super::OpenRefusal;
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::events::Event;
use crate::organising::event::head;
use crate::organising::organised;
use crate::routes::desk;
use crate::text::dates::swedish;
use crate::ui::field::Fault;
use crate::ui::qr_code::{QrCode, QrPicture};
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use std::sync::Arc;

/// The last day on which a link opens the door.
pub fn last_day(event: &Event) -> Date {
    let last = event.plan.ends.date();
    last.checked_add(1.day()).unwrap_or(last)
}

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

pub async fn open(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    match asked.services.door.open(&editor, &event).await? {
        Ok(token) => shown(&asked, 200, Some(token)).await,
        Err(OpenRefusal::NotNow) => shown(&asked, 409, None).await,
    }
}

pub async fn close(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    asked.services.door.close(&editor, &event).await?;
    Ok(Answer::Redirect(desk::of_event(desk::DOOR_DESK, &event.id)))
}

async fn shown(asked: &Asked, status: u16, token: Option<String>) -> Result<Answer, Stop> {
    let (event, editor) = organised(asked).await?;
    let links = asked.services.door.links(&editor, &event).await?;
    let link = token.map(|token| format!("{}{}", asked.services.site.base_url, desk::opened(desk::DOOR, &token)));
    let link = link.map(|link| (asked.services.door.qr_code(&link), link));
    Ok(Answer::page_with(status, move || view(&event, links, link, status == 409)))
}

fn view(
    event: &Arc<Event>,
    links: u32,
    link: Option<(Option<QrCode>, String)>,
    refused: bool,
) -> impl IntoView + use<> {
    let until = swedish(last_day(event));
    let refused = refused.then(|| {
        view! { <Fault><p>"Insläppet kan öppnas för det som är publicerat, inte är inställt och inte är över."</p></Fault> }
    });
    let link = link.map(|(code, link)| {
        let code = code.map(|code| view! { <QrPicture code about="QR-kod med länken till insläppet" /> });
        view! {
            <div class="notice notice-important" role="status">
                <p class="notice-title">"Länken till insläppet"</p>
                <p class="secret">{link}</p>
                {code}
                <p>{format!("Den visas bara nu. Öppna den i telefonerna vid dörren, enklast med kameran på koden. Den gäller till och med den {until}, utan inloggning: ge den bara till dem som släpper in.")}</p>
            </div>
        }
    });
    let open = match links {
        0 => "Insläppet är inte öppet.".to_owned(),
        1 => "En länk är öppen.".to_owned(),
        links => format!("{links} länkar är öppna."),
    };
    let close = (links > 0).then(|| {
        view! {
            <h2>"Stäng insläppet"</h2>
            <p>"Alla länkar slutar gälla. Låt telefonerna få nät först, så att allt som är avprickat hinner skickas."</p>
            <form method="post" action=desk::of_event(desk::CLOSE_DOOR, &event.id)>
                <button class="quiet">"Stäng insläppet"</button>
            </form>
        }
    });
    let action = desk::of_event(desk::OPEN_DOOR, &event.id);
    view! {
        <Document head=head(event, desk::DOOR_DESK, "Insläpp")>
            <h1>"Insläpp"</h1>
            <p class="lead">"De som kommer prickas av på telefoner vid dörren: med koden på namnskylten eller med namnet."</p>
            {refused}
            {link}
            <p>{open}</p>
            <h2>"Öppna insläppet"</h2>
            <p>
                "En länk räcker till flera telefoner, också utan nät: de samlar ihop det de har när nätet är tillbaka. Telefonen får \
                 namn eller alias, organisation och en kod för var och en som har plats. Aldrig e-post, kost eller skyddade namn."
            </p>
            <form method="post" action=action>
                <button>"Skapa en länk"</button>
            </form>
            {close}
        </Document>
    }
}
