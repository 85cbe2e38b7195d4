//! `/lan/{lan}/statistik/`: how many have taken the courses, by profession and year, as table, chart and file. What is few is
//! shown to nobody, and cannot be reckoned out: every sum is made of what is shown.

use super::Course;
use crate::counties::{self, COUNTIES, County};
use crate::desk::{Answer, Asked, Download, Stop};
use crate::document::{Document, Head};
use crate::guidance::Audience;
use crate::routes::{desk, paths};
use crate::ui::crumbs::Crumb;
use crate::ui::table::TableBox;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fewer are shown to nobody.
pub const FEWEST: u32 = 5;

/// So many of a profession in a county who took a course in a year. Empty: not told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    pub course: String,
    pub year: i16,
    pub county: String,
    pub profession: String,
    pub many: u32,
}

/// What everybody may see: the cells that are not few. Those with none are as those with few.
pub fn shown(numbers: &[Number]) -> Vec<&Number> {
    numbers.iter().filter(|number| number.many >= FEWEST).collect()
}

fn county_of(asked: &Asked) -> Result<&'static County, Stop> {
    counties::find(asked.part("lan")).ok_or(Stop::Missing)
}

async fn of_county(asked: &Asked, county: &County) -> Result<Vec<Number>, Stop> {
    let all = asked.services.learning.numbers().await?;
    Ok(all.into_iter().filter(|number| number.county == county.slug && number.many >= FEWEST).collect())
}

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let county = county_of(&asked)?;
    let numbers = of_county(&asked, county).await?;
    let courses = asked.services.courses.courses().to_vec();
    Ok(Answer::page(move || view(county, &numbers, &courses)))
}

pub async fn csv(asked: Asked) -> Result<Answer, Stop> {
    let county = county_of(&asked)?;
    let numbers = of_county(&asked, county).await?;
    let lines = numbers.iter().map(|number| {
        format!(
            "{};{};{};{};{}\n",
            county.name,
            number.course,
            number.year,
            profession(&number.profession),
            number.many
        )
    });
    let text: String = std::iter::once("\u{feff}Län;Kurs;År;Yrke;Antal\n".to_owned()).chain(lines).collect();
    let name = format!("kurser-{}.csv", county.slug);
    Ok(Answer::File(Download { name, mime: "text/csv; charset=utf-8", bytes: text.into_bytes() }))
}

fn profession(slug: &str) -> &'static str {
    Audience::parse(slug).map_or("Inte angivet", Audience::name)
}

fn titled(courses: &[Arc<Course>], slug: &str) -> String {
    courses.iter().find(|course| course.slug == slug).map_or_else(|| slug.to_owned(), |course| course.title.clone())
}

fn view(county: &'static County, numbers: &[Number], courses: &[Arc<Course>]) -> impl IntoView + use<> {
    let slugs: BTreeSet<&str> = numbers.iter().map(|number| number.course.as_str()).collect();
    let parts: Vec<_> = slugs
        .into_iter()
        .map(|slug| {
            let own: Vec<&Number> = numbers.iter().filter(|number| number.course == slug).collect();
            one(slug, &titled(courses, slug), &own)
        })
        .collect();
    let none = numbers.is_empty().then(|| {
        view! { <p>{format!("Det finns inga siffror att visa än. Siffror visas när minst {FEWEST} i ett yrke har tagit samma kurs samma år.")}</p> }
    });
    let head = Head {
        title: "Statistik".into(),
        description: "Hur många som har gått kurserna.".into(),
        path: desk::county_numbers(county),
        crumbs: vec![Crumb::new(paths::TRAINING, "Utbildning")],
        ..Head::default()
    };
    let file = desk::county_numbers_csv(county);
    view! {
        <Document head>
            <h1>{format!("Kurser i {}", county.name)}</h1>
            <p class="lead">"Hur många som har tagit intyg, av dem som ville säga var de arbetar."</p>
            <div class="course">
            {none}
            {parts}
            <h2>"Om siffrorna"</h2>
            <p>{format!("Grupper med färre än {FEWEST} visas inte och räknas inte heller in i summorna. Det går därför inte att räkna ut dem. Ingen person är kopplad till siffrorna.")}</p>
            <p><a href=file download>"Hämta som CSV"</a></p>
            </div>
        </Document>
    }
}

fn one(slug: &str, title: &str, numbers: &[&Number]) -> impl IntoView + use<> {
    let years: BTreeSet<i16> = numbers.iter().map(|number| number.year).collect();
    let mut rows: BTreeMap<&str, BTreeMap<i16, u32>> = BTreeMap::new();
    for number in numbers {
        rows.entry(profession(&number.profession)).or_default().insert(number.year, number.many);
    }
    let heads = years.iter().map(|year| view! { <th scope="col">{*year}</th> }).collect_view();
    let cells = |own: &BTreeMap<i16, u32>| {
        years
            .iter()
            .map(|year| view! { <td>{own.get(year).map_or("–".to_owned(), ToString::to_string)}</td> })
            .collect_view()
    };
    let bars: Vec<(String, u32)> = rows.iter().map(|(name, own)| ((*name).to_owned(), own.values().sum())).collect();
    let lines: Vec<_> = rows
        .iter()
        .map(|(name, own)| {
            let sum: u32 = own.values().sum();
            view! { <tr><th scope="row">{*name}</th> {cells(own)} <td>{sum}</td></tr> }
        })
        .collect();
    let all: u32 = bars.iter().map(|(_, many)| many).sum();
    let id = format!("kurs-{slug}");
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title.to_owned()}</h2>
            <p>{format!("{all} personer.")}</p>
            {chart(title, &bars)}
            <TableBox about=title.to_owned()>
                <table>
                    <thead><tr><th scope="col">"Yrke"</th> {heads} <th scope="col">"Summa"</th></tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </TableBox>
        </section>
    }
}

/// Bars, with the same numbers in the table below for whoever cannot see them.
fn chart(about: &str, bars: &[(String, u32)]) -> impl IntoView + use<> {
    const ROW: usize = 44;
    const WIDTH: usize = 640;
    let most = bars.iter().map(|(_, many)| *many).max().unwrap_or(1).max(1) as usize;
    let drawn: Vec<_> = bars
        .iter()
        .enumerate()
        .map(|(at, (name, many))| {
            let (top, long) = (at * ROW, *many as usize * (WIDTH - 80) / most);
            view! {
                <text x="0" y=top + 15>{name.clone()}</text>
                <rect class="bar" x="0" y=top + 21 width=long.max(2) height="14"></rect>
                <text x=long + 8 y=top + 33>{*many}</text>
            }
        })
        .collect();
    view! {
        <svg class="chart" viewBox=format!("0 0 {WIDTH} {}", bars.len() * ROW) role="img" aria-label=format!("Staplar per yrke: {about}. Samma siffror står i tabellen.")>
            {drawn}
        </svg>
    }
}

/// For the staff: every county, made of what is shown there.
pub async fn overview(asked: Asked) -> Result<Answer, Stop> {
    asked.viewer.member()?;
    let numbers = asked.services.learning.numbers().await?;
    Ok(Answer::page(move || {
        let public = shown(&numbers);
        let sum = |county: &str| {
            public.iter().filter(|number| number.county == county).map(|number| number.many).sum::<u32>()
        };
        let rows = COUNTIES
            .iter()
            .map(|county| {
                view! { <tr><th scope="row"><a href=desk::county_numbers(county)>{county.name}</a></th><td>{sum(county.slug)}</td></tr> }
            })
            .collect_view();
        view! {
            <Document head=Head { path: desk::COURSE_NUMBERS.into(), crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")], ..Head::of_staff("Kursstatistik") }>
                <h1>"Kursstatistik"</h1>
                <p class="lead">{format!("Av dem som har tagit intyg och sagt var de arbetar. Grupper med färre än {FEWEST} räknas inte in.")}</p>
                <TableBox about="län">
                    <table>
                        <thead><tr><th scope="col">"Län"</th><th scope="col">"Intyg"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableBox>
            </Document>
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn a_number() -> impl Strategy<Value = Number> {
        (0_u32..12, 2026_i16..2029, 0_usize..3, 0_usize..3).prop_map(|(many, year, county, profession)| Number {
            course: "heder".into(),
            year,
            county: COUNTIES[county].slug.into(),
            profession: Audience::ALL[profession].slug().into(),
            many,
        })
    }

    proptest! {
        // Whatever is published is made of the shown cells alone: nothing about the others can be reckoned out of it.
        #[test]
        fn what_is_few_leaves_no_trace(numbers in prop::collection::vec(a_number(), 0..40), other in 0_u32..FEWEST) {
            let otherwise: Vec<Number> = numbers
                .iter()
                .map(|number| Number { many: if number.many < FEWEST { other } else { number.many }, ..number.clone() })
                .collect();
            prop_assert_eq!(shown(&numbers), shown(&otherwise));
            prop_assert!(shown(&numbers).iter().all(|number| number.many >= FEWEST));
        }
    }
}
