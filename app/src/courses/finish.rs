//! `/utbildning/mina-kurser/{nyckel}/intyg`: the certificate of a course that is done. The name stands in the holder's copy
//! alone; who they are in numbers they tell if they like.

use super::own::{gone, head, opened};
use super::{About, Course, Taking};
use crate::accounts::person::PersonName;
use crate::certificates::code::Code;
use crate::counties::{self, COUNTIES};
use crate::desk::{Answer, Asked, Faults, Fields, Stop};
use crate::document::Document;
use crate::guidance::Audience;
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{ChoiceField, FaultList, TextField};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let Some((code, taking, course)) = opened(&asked).await? else { return Ok(gone()) };
    if !taking.is_done(&course) {
        return Ok(Answer::Redirect(desk::own_course(code.as_str())));
    }
    Ok(Answer::page(move || view(&course, &taking, &code, &Fields::default(), Faults::default())))
}

/// The file, with the name that was typed.
pub async fn certificate(asked: Asked) -> Result<Answer, Stop> {
    let Some((code, taking, course)) = opened(&asked).await? else { return Ok(gone()) };
    if !taking.is_done(&course) {
        return Ok(Answer::Redirect(desk::own_course(code.as_str())));
    }
    let Some(name) = PersonName::parse(asked.form.get("namn")) else {
        let typed = asked.form.clone();
        let fault = Faults::one("namn", "Skriv namnet som ska stå på intyget.");
        return Ok(Answer::again(move || view(&course, &taking, &code, &typed, fault)));
    };
    let about =
        About { county: counties::find(asked.form.get("lan")), profession: Audience::parse(asked.form.get("yrke")) };
    let learning = &asked.services.learning;
    let made = learning.complete(&taking, &course, (!taking.counted).then_some(about)).await?;
    let Some(completed) = learning.completed(&made).await? else { return Err(Stop::Missing) };
    let built_on = super::check::built_on(&completed, asked.services.law.as_ref());
    Ok(Answer::File(learning.certificate(&completed, &built_on, name.as_str()).await?))
}

fn view(course: &Course, taking: &Taking, code: &Code, typed: &Fields, faults: Faults) -> impl IntoView + use<> {
    let mut head = head("Ditt intyg", Some(course));
    head.crumbs.pop();
    head.crumbs.push(Crumb::new(desk::own_course(code.as_str()), "Din kurs"));
    let counties = std::iter::once((String::new(), "Vill inte svara".to_owned()))
        .chain(COUNTIES.iter().map(|county| (county.slug.to_owned(), county.name.to_owned())))
        .collect();
    let professions = std::iter::once((String::new(), "Vill inte svara".to_owned()))
        .chain(Audience::ALL.into_iter().map(|audience| (audience.slug().to_owned(), audience.name().to_owned())))
        .collect();
    let asked = (!taking.counted).then(|| {
        view! {
            <fieldset>
                <legend>"Frivilligt, till statistiken"</legend>
                <p class="help-text">"Svaren räknas ihop per län och yrke, och kopplas varken till dig eller till intyget. Få svar visas inte."</p>
                <ChoiceField name="lan" label="Län som du arbetar i" chosen=typed.get("lan") choices=counties />
                <ChoiceField name="yrke" label="Var arbetar du?" chosen=typed.get("yrke") choices=professions />
            </fieldset>
        }
    });
    let issued = taking.certificate.as_ref().map(|certificate| {
        let told = format!("Intyget har koden {certificate}. Hämta det hur många gånger du vill, det är samma intyg.");
        view! { <p>{told}</p> }
    });
    let lead = format!("Du har klarat ”{}”, version {}.", course.title, course.version);
    let action = desk::opened(desk::COURSE_CERTIFICATE, code.as_str());
    let (fault, name) = (faults.of("namn"), typed.get("namn").to_owned());
    view! {
        <Document head>
            <h1>"Ditt intyg"</h1>
            <p class="lead">{lead}</p>
            {issued}
            <FaultList faults />
            <form method="post" action=action class="desk-form" novalidate>
                <TextField name="namn" label="Ditt namn" value=name longest=120 fault help="Namnet skrivs på intyget och sparas inte här." />
                {asked}
                <button>"Hämta intyg (pdf)"</button>
            </form>
            <p>"Den som får se intyget kan kontrollera koden. Då syns kursen, versionen och dagen, men inte vems det är."</p>
        </Document>
    }
}
