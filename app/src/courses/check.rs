//! What `/intyg/{kod}/` says of a course certificate: which course, which version, what it built on, and what has been
//! replaced since. It stays genuine; what has changed can be taken.

use super::{Completed, Course, renewal};
use crate::certificates::check::Genuine;
use crate::desk::{Answer, Asked, Stop};
use crate::law::{Law, Replaced};
use crate::routes::{desk, paths};
use crate::text::dates::{swedish, swedish_time};
use leptos::prelude::*;
use std::sync::Arc;

/// What it built on that has been replaced since: what it was called, and what has come instead.
fn replaced(completed: &Completed, law: &dyn Law) -> Vec<(String, Replaced)> {
    let cited = completed.built_on.iter().map(|target| law.cited(target));
    cited.filter_map(|cited| Some((cited.spot.label, cited.replaced?))).collect()
}

/// The instruments that it built on, by name.
pub(super) fn built_on(completed: &Completed, law: &dyn Law) -> Vec<String> {
    let whole = completed.built_on.iter().filter(|target| !target.contains('#'));
    whole.map(|target| law.cited(target).spot.label).collect()
}

/// The modules that have changed, while the course is there.
fn changed(completed: &Completed, course: Option<&Course>) -> Vec<String> {
    let modules = course.map(|course| renewal::changed(course, &completed.versions)).unwrap_or_default();
    modules.into_iter().map(|module| module.title.clone()).collect()
}

pub fn page(asked: &Asked, completed: Completed) -> Answer {
    let course = asked.services.courses.course(&completed.course);
    let replaced = replaced(&completed, asked.services.law.as_ref());
    let built = built_on(&completed, asked.services.law.as_ref()).join(", ");
    Answer::page(move || view(&completed, course, replaced, built))
}

fn view(
    completed: &Completed,
    course: Option<Arc<Course>>,
    replaced: Vec<(String, Replaced)>,
    built: String,
) -> impl IntoView + use<> {
    let changed = changed(completed, course.as_deref());
    let title = match &course {
        Some(course) => view! { <a href=paths::course(&course.slug)>{completed.title.clone()}</a> }.into_any(),
        None => completed.title.clone().into_any(),
    };
    let lines: Vec<_> = replaced
        .into_iter()
        .map(|(label, replaced)| {
            let today: Vec<String> = replaced.today.into_iter().map(|spot| spot.label).collect();
            let by = if today.is_empty() { replaced.by } else { Some(today.join(", ")) };
            let by = by.map(|by| format!(", ersatt av {by}")).unwrap_or_default();
            view! { <li>{format!("Byggde på {label}, upphävd {}{by}.", swedish(replaced.on))}</li> }
        })
        .collect();
    let law = (!lines.is_empty()).then(|| {
        view! { <h2>"Regler som har ersatts sedan dess"</h2> <ul>{lines}</ul> }
    });
    let renewed = completed.renewed_by.as_ref().map(|code| {
        view! { <p>"Innehavaren har sedan dess gjort en uppdatering, med ett intyg som har koden " <a href=desk::certificate(code.as_str())>{code.to_string()}</a> "."</p> }
    });
    let update = (!changed.is_empty()).then(|| {
        let modules: Vec<_> = changed.into_iter().map(|title| view! { <li>{title}</li> }).collect();
        view! {
            <h2>"Uppdateringspass"</h2>
            <p>"Sedan intyget utfärdades har de här modulerna ändrats. Är intyget ditt kan du göra dem, och bara dem, och få ett nytt intyg. Det gamla gäller fortfarande för det som det byggde på."</p>
            <ul>{modules}</ul>
            <form method="post" action=desk::RENEW_COURSE>
                <input type="hidden" name="kod" value=completed.code.as_str().to_owned() />
                <button class="quiet">"Gör uppdateringspasset"</button>
            </form>
        }
    });
    let completed_on = swedish(swedish_time(completed.issued_at).date());
    let facts = view! {
        <dt>"Genomförd"</dt>
        <dd>{completed_on}</dd>
        <dt>"Kursens version"</dt>
        <dd>{completed.version}</dd>
        <dt>"Byggde på"</dt>
        <dd>{built}</dd>
    };
    view! {
        <Genuine title code=completed.code.clone() facts=facts.into_any()>
            {law}
            {renewed}
            {update}
            <p>"Vems intyget är visas inte här. Namnet står bara på intyget självt."</p>
        </Genuine>
    }
}

/// Begins an update.
pub async fn renew(asked: Asked) -> Result<Answer, Stop> {
    let Some(code) = crate::certificates::code::Code::parse(asked.form.get("kod")) else { return Err(Stop::Missing) };
    let Some(completed) = asked.services.learning.completed(&code).await? else { return Err(Stop::Missing) };
    if changed(&completed, asked.services.courses.course(&completed.course).as_deref()).is_empty() {
        return Ok(Answer::Redirect(desk::certificate(code.as_str())));
    }
    let key = asked.services.learning.renew(&completed).await?;
    Ok(Answer::Redirect(format!("{}?sparat=ja", desk::own_course(key.as_str()))))
}
