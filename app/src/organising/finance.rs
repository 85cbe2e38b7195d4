//! `/redaktion/konferenser/{arrangemang}/ekonomi/`: whom finance asks for a fee, by the rule that was told beforehand, and
//! why the others go free.

use super::event::head;
use super::{Debtor, Sheet, SheetFormat, organised};
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::events::late_fee::{Charge, Free, Rule, judge};
use crate::events::{Event, when};
use crate::routes::desk;
use crate::text::capital::capital;
use crate::text::dates::unix_time;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let debtors = asked.services.organising.debtors(&editor, &event).await?;
    let judged = judged(&event, debtors, asked.now);
    Ok(Answer::page(move || view(event, judged)))
}

pub async fn sheet(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let format = if asked.form.get("format") == "xlsx" { SheetFormat::Xlsx } else { SheetFormat::Csv };
    let debtors = asked.services.organising.debtors(&editor, &event).await?;
    let amount = event.plan.fee.as_ref().map_or(0, |fee| fee.amount);
    let rows = judged(&event, debtors, asked.now)
        .into_iter()
        .filter_map(|(one, judged)| Some((one, judged.ok()?)))
        .map(|(one, charge)| row(&one, charge, amount));
    let sheet = Sheet {
        name: format!("avgifter-{}", event.address.slug),
        columns: COLUMNS.map(str::to_owned).into(),
        rows: rows.collect(),
    };
    Ok(Answer::File(asked.services.organising.sheet(&editor, &event, &sheet, format).await?))
}

const COLUMNS: [&str; 9] =
    ["Nummer", "Namn", "Organisation", "Organisationsnummer", "GLN", "Referens", "Fakturaadress", "Orsak", "Kronor"];

fn row(one: &Debtor, charge: Charge, amount: u32) -> Vec<String> {
    let invoice = one.invoice.clone().unwrap_or_default();
    vec![
        one.number.to_string(),
        one.name.clone(),
        one.organisation.clone(),
        invoice.organisation_number,
        invoice.gln,
        invoice.reference,
        invoice.address,
        capital(charge.swedish()),
        amount.to_string(),
    ]
}

type Judged = Vec<(Debtor, Result<Charge, Free>)>;

fn judged(event: &Event, debtors: Vec<Debtor>, now: i64) -> Judged {
    let Some(fee) = &event.plan.fee else { return Vec::new() };
    let doors = debtors.iter().any(|one| one.case.ended == crate::events::late_fee::Ended::Kept { came: true });
    let rule = Rule::of(fee, unix_time(event.plan.ends), doors, event.cancelled_at.is_some());
    debtors
        .into_iter()
        .map(|one| {
            let judged = judge(&rule, &one.case, now);
            (one, judged)
        })
        .collect()
}

fn view(event: Arc<Event>, judged: Judged) -> impl IntoView {
    let head = head(&event, desk::FINANCE, "Underlag för avgifter");
    let Some(fee) = &event.plan.fee else {
        return view! {
            <Document head>
                <h1>"Underlag för avgifter"</h1>
                <p class="lead">"Det kostar inget att avboka sent eller utebli."</p>
                <p><a href=format!("{}#avgift", desk::of_event(desk::PLAN, &event.id))>"Bestäm en avgift"</a></p>
            </Document>
        }
        .into_any();
    };
    let rule = format!(
        "Den som avbokar {} eller senare, eller inte kommer, betalar {} kronor. Avgiften tas inte ut om nästa i kön fick \
         platsen, om en kollega tog över den, eller vid giltigt förfall.",
        when::moment(fee.free_until),
        fee.amount
    );
    let mut charged = Vec::new();
    let mut free = Vec::new();
    for (one, judged) in &judged {
        match judged {
            Ok(charge) => charged.push(charged_row(&event, one, *charge)),
            Err(why) => free.push((one.number, *why)),
        }
    }
    let many = charged.len();
    let sum = u64::from(fee.amount) * u64::try_from(many).unwrap_or(0);
    let free: Vec<_> = reasons(&free)
        .into_iter()
        .map(|(why, count)| view! { <li>{format!("{}: {count}", capital(why))}</li> })
        .collect();
    let action = desk::of_event(desk::FINANCE_SHEET, &event.id);
    let table = (many > 0).then(|| {
        view! {
            <TableBox about="avgifter">
                <table>
                    <thead><tr>
                        <th scope="col">"Nr"</th><th scope="col">"Namn"</th><th scope="col">"Organisation"</th><th scope="col">"Organisationsnummer"</th>
                        <th scope="col">"GLN"</th><th scope="col">"Referens"</th><th scope="col">"Orsak"</th>
                    </tr></thead>
                    <tbody>{charged}</tbody>
                </table>
            </TableBox>
            <form method="post" action=action class="acts-in-line">
                <button name="format" value="csv">"Hämta som CSV"</button>
                <button name="format" value="xlsx" class="quiet">"Hämta som Excel"</button>
            </form>
        }
    });
    view! {
        <Document head>
            <h1>"Underlag för avgifter"</h1>
            <p class="lead">{rule}</p>
            <p>{format!("{many} {}, {sum} kronor.", if many == 1 { "avgift" } else { "avgifter" })}</p>
            {table}
            <h2>"Ingen avgift"</h2>
            <ul>{free}</ul>
        </Document>
    }
    .into_any()
}

/// Why the others go free, and how many.
fn reasons(free: &[(i64, Free)]) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(Free, usize)> = Vec::new();
    for (_, why) in free {
        match counts.iter_mut().find(|(known, _)| known == why) {
            Some((_, count)) => *count += 1,
            None => counts.push((*why, 1)),
        }
    }
    counts.sort_unstable();
    counts.into_iter().map(|(why, count)| (why.swedish(), count)).collect()
}

fn charged_row(event: &Event, one: &Debtor, charge: Charge) -> impl IntoView + use<> {
    let to = desk::of_registration(desk::REGISTERED_ONE, &event.id, &one.registration);
    let invoice = one.invoice.clone().unwrap_or_default();
    let name = if one.name.is_empty() { "Utan namn".to_owned() } else { one.name.clone() };
    view! {
        <tr>
            <td>{one.number}</td>
            <th scope="row"><a href=to>{name}</a></th>
            <td>{one.organisation.clone()}</td>
            <td>{invoice.organisation_number}</td>
            <td>{invoice.gln}</td>
            <td>{invoice.reference}</td>
            <td>{capital(charge.swedish())}</td>
        </tr>
    }
}
