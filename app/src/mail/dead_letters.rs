//! `/redaktion/utskick/`: mail that could not be sent, and the way to try again. For administrators.

use super::DeadLetter;
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::moment::Moment;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    let dead = asked.services.outbox.dead(&admin).await?;
    Ok(Answer::page(move || view(dead)))
}

/// Also when somebody else was quicker: the list then tells.
pub async fn retry(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    asked.services.outbox.retry(&admin, asked.part("mejl")).await?;
    Ok(Answer::Redirect(desk::DEAD_LETTERS.to_owned()))
}

pub async fn retry_all(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    asked.services.outbox.retry_all(&admin).await?;
    Ok(Answer::Redirect(desk::DEAD_LETTERS.to_owned()))
}

fn view(dead: Vec<DeadLetter>) -> impl IntoView {
    let head = Head {
        path: desk::DEAD_LETTERS.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Utskick")
    };
    let none = dead.is_empty().then(|| view! { <p>"Alla mejl har gått iväg."</p> });
    let all = (dead.len() > 1).then(|| {
        view! {
            <form method="post" action=desk::RETRY_LETTERS>
                <button class="quiet">"Försök igen med alla"</button>
            </form>
        }
    });
    let rows = dead.into_iter().map(row).collect_view();
    view! {
        <Document head>
            <h1>"Mejl som inte gick iväg"</h1>
            <p class="lead">"Portalen försöker i två dygn. Mejl som mottagarens server säger nej till ger den upp direkt."</p>
            <p>"Här står varken namn eller adress. Vem ett mejl gäller ser du i listan över anmälningar."</p>
            {none}
            {all}
            <ul class="rows">{rows}</ul>
        </Document>
    }
}

fn row(letter: DeadLetter) -> impl IntoView {
    let DeadLetter { id, kind, asked_at, at, attempts, problem, .. } = letter;
    let tried = if attempts == 1 { "ett försök".to_owned() } else { format!("{attempts} försök") };
    let called = crate::text::capital::capital(&kind);
    view! {
        <li>
            <div>
                <strong>{called}</strong>
                <p class="aside">"Skapat " <Moment seconds=asked_at /> ", uppgivet " <Moment seconds=at /> {format!(" efter {tried}.")}</p>
                <p>"Svaret: " <span lang="en">{problem}</span></p>
            </div>
            <form method="post" action=desk::retry_letter(&id)>
                <button class="quiet">"Försök igen" <span class="sr">{format!(" med mejl {id}")}</span></button>
            </form>
        </li>
    }
}
