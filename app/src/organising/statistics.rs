//! `/redaktion/konferenser/{arrangemang}/statistik/`: who came, by county and role, with nobody who could be told from the
//! others.

use super::event::head;
use super::masking::{self, LEAST, Masked, Table};
use super::{Registered, organised};
use crate::desk::{Answer, Asked, Stop};
use crate::document::Document;
use crate::events::{Event, Standing};
use crate::routes::desk;
use crate::text::collation;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::sync::Arc;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let (event, editor) = organised(&asked).await?;
    let all = asked.services.organising.registered(&editor, &event).await?;
    let seated: Vec<Registered> = all.into_iter().filter(|one| one.standing == Standing::Seated).collect();
    Ok(Answer::page(move || view(event, &seated)))
}

/// How many, by county and role. Roles that differ in capitals or spaces are one.
fn table(seated: &[Registered]) -> Table {
    let county = |one: &Registered| one.county.map_or("Inget län", |county| county.name).to_owned();
    let role = |one: &Registered| match crate::events::placement::group(&one.role) {
        role if role.is_empty() => "Ingen uppgift".to_owned(),
        role => crate::text::capital::capital(&role),
    };
    let sorted = |of: &dyn Fn(&Registered) -> String| {
        let mut names: Vec<String> = seated.iter().map(of).collect();
        names.sort_by_key(|name| collation::key(name));
        names.dedup();
        names
    };
    let (rows, columns) = (sorted(&county), sorted(&role));
    let count = |row: &String, column: &String| {
        let fits = |one: &&Registered| county(one) == *row && role(one) == *column;
        u32::try_from(seated.iter().filter(fits).count()).unwrap_or(u32::MAX)
    };
    let counts = rows.iter().map(|row| columns.iter().map(|column| count(row, column)).collect()).collect();
    Table { rows, columns, counts }
}

/// How many have a place, and how many of them came, where that may be told.
fn came(seated: &[Registered]) -> Option<(usize, usize)> {
    let came = seated.iter().filter(|one| one.came_at.is_some()).count();
    let away = seated.len() - came;
    let least = usize::try_from(LEAST).unwrap_or(usize::MAX);
    (came >= least && (away == 0 || away >= least)).then_some((came, seated.len()))
}

fn view(event: Arc<Event>, seated: &[Registered]) -> impl IntoView + use<> {
    let head = head(&event, desk::STATISTICS, "Statistik");
    let came = came(seated).map(|(came, seated)| {
        view! { <p>{format!("{came} av {seated} som hade plats kom.")}</p> }
    });
    let shown = match masking::mask(table(seated), "Övriga") {
        Some(masked) => masked_table(masked).into_any(),
        None => view! { <p>"För få har plats för att något ska kunna visas."</p> }.into_any(),
    };
    view! {
        <Document head>
            <h1>"Statistik"</h1>
            <p class="lead">"De som har plats, per län och roll."</p>
            {came}
            {shown}
            <p>{format!("Tal under {LEAST} visas inte (–), och inte heller så många andra att de kan räknas ut. Län och roller med få personer står tillsammans som övriga.")}</p>
        </Document>
    }
}

fn masked_table(masked: Masked) -> impl IntoView {
    let columns: Vec<_> = masked.columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect();
    let rows: Vec<_> = masked
        .rows
        .into_iter()
        .zip(masked.counts)
        .zip(masked.row_totals)
        .map(|((name, counts), total)| {
            let cells: Vec<_> = counts
                .into_iter()
                .map(|count| view! { <td>{count.map_or_else(|| "–".to_owned(), |count| count.to_string())}</td> })
                .collect();
            view! { <tr><th scope="row">{name}</th>{cells}<td>{total}</td></tr> }
        })
        .collect();
    let totals: Vec<_> = masked.column_totals.into_iter().map(|total| view! { <td>{total}</td> }).collect();
    view! {
        <TableBox about="per län och roll">
            <table>
                <thead><tr><th scope="col">"Län"</th>{columns}<th scope="col">"Alla"</th></tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">"Alla"</th>{totals}<td>{masked.total}</td></tr></tfoot>
            </table>
        </TableBox>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organising::registered::tests::one;

    #[test]
    fn people_are_counted_by_county_and_role() {
        let mut people: Vec<Registered> = (1..=4).map(|number| one(number, Standing::Seated)).collect();
        people[3].role = " Socialsekreterare".into();
        people[2].county = None;
        let table = table(&people);
        assert_eq!(table.rows, ["Inget län", "Västra Götalands län"]);
        assert_eq!((table.columns, table.counts), (vec!["Socialsekreterare".to_owned()], vec![vec![1], vec![3]]));
    }

    #[test]
    fn who_stayed_away_is_told_only_of_several() {
        let mut people: Vec<Registered> = (1..=9).map(|number| one(number, Standing::Seated)).collect();
        assert_eq!(came(&people), None);
        people.iter_mut().skip(3).for_each(|one| one.came_at = Some(1));
        assert_eq!(came(&people), Some((6, 9)));
        people[0].came_at = Some(1);
        assert_eq!(came(&people), None);
    }
}
