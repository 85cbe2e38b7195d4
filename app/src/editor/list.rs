//! `/redaktion/sidor/`: every page that is written here, and where it stands.

use super::owners::Colleague;
use super::{Kind, Life, Listed};
use crate::counties::COUNTIES;
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::text::dates::swedish;
use crate::ui::crumbs::Crumb;
use crate::ui::field::ChoiceField;
use crate::ui::moment::Moment;
use jiff::civil::Date;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let all = asked.services.editing.list(&member).await?;
    let staff = asked.services.editing.colleagues(&member).await?;
    let wanted = Wanted::read(&asked.query, member.county.map(|county| county.slug));
    let (today, own) = (asked.today, member.account.clone());
    let shown: Vec<Listed> = all.into_iter().filter(|page| wanted.fits(page, &own, today)).collect();
    Ok(Answer::page(move || view(shown, staff, wanted, today)))
}

/// What the list is narrowed to. Empty fields narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wanted {
    words: String,
    kind: String,
    /// A county's slug, or `nationellt`.
    county: String,
    standing: String,
    /// An account, [`OWN`] or [`NOBODY`].
    owner: String,
}

/// Whoever looks.
const OWN: &str = "jag";
const NOBODY: &str = "ingen";
const NATIONAL: &str = "nationellt";
const STANDINGS: [(&str, &str); 6] = [
    ("", "Alla"),
    ("utkast", "Har utkast"),
    ("granskning", "Väntar på granskning"),
    ("publicerad", "Publicerade"),
    ("borta", "Arkiverade, flyttade och borttagna"),
    ("forfallen", "Ska granskas"),
];

impl Wanted {
    fn read(query: &Fields, own: Option<&str>) -> Self {
        let get = |name: &str| query.get(name).to_owned();
        // An editor of a county begins with the county's pages, and may look at all.
        let county = if query.has("lan") { get("lan") } else { own.unwrap_or_default().to_owned() };
        Self { words: get("q"), kind: get("typ"), county, standing: get("status"), owner: get("ansvarig") }
    }

    fn fits(&self, page: &Listed, own: &str, today: Date) -> bool {
        let county = match self.county.as_str() {
            "" => true,
            NATIONAL => page.county.is_none(),
            slug => page.county.is_some_and(|county| county.slug == slug),
        };
        let standing = match self.standing.as_str() {
            "utkast" => page.draft.is_some(),
            "granskning" => page.draft.as_ref().is_some_and(|draft| draft.submitted),
            "publicerad" => page.live == Some(Life::Published),
            "borta" => matches!(page.live, Some(Life::Archived | Life::Moved | Life::Withdrawn)),
            "forfallen" => page.live == Some(Life::Published) && page.review_due.is_some_and(|due| due <= today),
            _ => true,
        };
        let owner = match self.owner.as_str() {
            "" => true,
            NOBODY => page.owners.owner.is_none(),
            wanted => page.owners.owner.as_deref() == Some(if wanted == OWN { own } else { wanted }),
        };
        let words = self.words.to_lowercase();
        county
            && owner
            && standing
            && (self.kind.is_empty() || page.kind.slug() == self.kind)
            && words.split_whitespace().all(|word| page.words.contains(word))
    }
}

fn view(pages: Vec<Listed>, staff: Vec<Colleague>, wanted: Wanted, today: Date) -> impl IntoView {
    let head = Head {
        path: desk::PAGES.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Sidor")
    };
    let kinds = std::iter::once((String::new(), "Alla".to_owned()))
        .chain(Kind::ALL.map(|kind| (kind.slug().to_owned(), crate::text::capital::capital(kind.swedish()))))
        .collect();
    let counties = [("", "Alla"), (NATIONAL, "Nationella sidor")]
        .into_iter()
        .chain(COUNTIES.iter().map(|county| (county.slug, county.name)))
        .map(|(slug, name)| (slug.to_owned(), name.to_owned()))
        .collect();
    let owners = [("", "Alla"), (OWN, "Jag"), (NOBODY, "Ingen")]
        .map(|(value, name)| (value.to_owned(), name.to_owned()))
        .into_iter()
        .chain(staff.into_iter().map(|one| (one.account, one.name)))
        .collect();
    let standings = STANDINGS.map(|(value, name)| (value.to_owned(), name.to_owned())).into();
    let count = match pages.len() {
        0 => "Inga sidor. Ta bort något val, eller skriv en ny sida.".to_owned(),
        1 => "1 sida".to_owned(),
        count => format!("{count} sidor"),
    };
    let rows: Vec<_> = pages.into_iter().map(|page| row(page, today)).collect();
    view! {
        <Document head>
            <h1>"Sidor"</h1>
            <p><a class="button" href=desk::NEW_PAGE>"Skriv en ny sida"</a></p>
            <form class="narrow" action=desk::PAGES>
                <div class="field">
                    <label for="q">"Ord i texten"</label>
                    <input type="search" id="q" name="q" value=wanted.words maxlength="200" autocomplete="off" />
                </div>
                <ChoiceField name="typ" id="typ" label="Slag" chosen=wanted.kind choices=kinds />
                <ChoiceField name="lan" id="lan" label="Län" chosen=wanted.county choices=counties />
                <ChoiceField name="status" id="status" label="Läge" chosen=wanted.standing choices=standings />
                <ChoiceField name="ansvarig" id="ansvarig" label="Ansvarig" chosen=wanted.owner choices=owners />
                <button>"Visa"</button>
            </form>
            <p role="status">{count}</p>
            <ul class="rows">{rows}</ul>
            <p><a href=desk::DISCARDED>"Kastade utkast"</a></p>
        </Document>
    }
}

fn row(page: Listed, today: Date) -> impl IntoView {
    let Listed { kind, slug, title, county, live, review_due, draft, .. } = page;
    let place = county.map_or("nationell", |county| county.name);
    let life = match live {
        None => "inte publicerad än",
        Some(Life::Published) => "publicerad",
        Some(Life::Archived) => "arkiverad",
        Some(Life::Moved) => "flyttad",
        Some(Life::Withdrawn) => "borttagen",
        Some(Life::Hidden) => "utkast från import",
    };
    let due = review_due.filter(|_| live == Some(Life::Published)).map(|due| {
        if due <= today {
            view! { <strong>{format!(" Skulle ha granskats {}.", swedish(due))}</strong> }.into_any()
        } else {
            format!(" Granskas senast {}.", swedish(due)).into_any()
        }
    });
    let draft_line = draft.as_ref().map(|draft| {
        let words = match (draft.publish_at, draft.submitted) {
            (Some(_), _) => "Publiceras av sig själv",
            (None, true) => "Väntar på granskning",
            (None, false) => "Utkast",
        };
        let by = draft.written_by.clone();
        view! { <p class="aside"><strong>{words}</strong> {format!(", {by}, ")} <Moment seconds=draft.written_at /></p> }
    });
    let heading = match &draft {
        Some(draft) => view! { <a href=desk::draft(&draft.id)>{title.clone()}</a> }.into_any(),
        None => view! { <a href=desk::page(kind.slug(), &slug)>{title.clone()}</a> }.into_any(),
    };
    view! {
        <li>
            <div>
                {heading}
                <p class="aside">{format!("{}, {place}, {life}.", crate::text::capital::capital(kind.swedish()))} {due}</p>
                {draft_line}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counties;
    use crate::editor::DraftLine;
    use crate::editor::owners::Owners;
    use jiff::civil::date;

    fn listed() -> Listed {
        Listed {
            kind: Kind::Guidance,
            slug: "sida".into(),
            path: "vagledning/sida.md".into(),
            owners: Owners { owner: Some("eva".into()), stand_in: None },
            title: "Sida".into(),
            county: counties::find("skane"),
            live: Some(Life::Published),
            review_due: Some(date(2027, 1, 1)),
            draft: Some(DraftLine {
                id: "d".into(),
                written_at: 0,
                written_by: "Eva".into(),
                submitted: false,
                publish_at: None,
            }),
            words: "sida om våld i nära relationer".into(),
        }
    }

    #[test]
    fn the_list_is_narrowed_by_all_that_was_chosen() {
        let fits = |query: &str, own: Option<&str>| {
            Wanted::read(&Fields::decode(query.as_bytes()), own).fits(&listed(), "eva", date(2026, 11, 22))
        };
        for yes in [
            "",
            "q=V%C3%A5ld+sida",
            "typ=vagledning",
            "lan=skane",
            "status=utkast",
            "status=publicerad",
            "ansvarig=jag",
            "ansvarig=eva",
        ] {
            assert!(fits(yes, None), "{yes}");
        }
        for no in [
            "q=xyz",
            "typ=sidor",
            "lan=orebro",
            "lan=nationellt",
            "status=granskning",
            "status=forfallen",
            "ansvarig=ingen",
            "ansvarig=rut",
        ] {
            assert!(!fits(no, None), "{no}");
        }
        assert!(!fits("", Some("orebro")) && fits("lan=", Some("orebro")), "the own county first, all if asked");
    }
}
