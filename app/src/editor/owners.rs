//! Who answers for a page, and what they are told when it should be read again.

use super::Kind;
use crate::routes::desk;
use crate::text::dates::swedish;
use jiff::civil::Date;

/// Accounts; nobody has been named where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owners {
    pub owner: Option<String>,
    /// Told of the same things, for when the owner is away.
    pub stand_in: Option<String>,
}

/// Somebody of the staff, as colleagues choose them from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub account: String,
    pub name: String,
    pub email: String,
}

/// A page whose day of review has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    pub day: Date,
}

/// Subject and text of the letter about these pages. `base_url` is the portal's own, without a slash at its end.
pub fn letter(pages: &[&Due], site_name: &str, base_url: &str) -> (String, String) {
    let subject = match pages {
        [_] => format!("En sida på {site_name} ska granskas"),
        many => format!("{} sidor på {site_name} ska granskas", many.len()),
    };
    let list: String = pages
        .iter()
        .map(|page| {
            let address = format!("{}{}", base_url.trim_end_matches('/'), desk::page(page.kind.slug(), &page.slug));
            format!("- {}\n  Skulle ha granskats senast {}.\n  {address}\n", page.title, swedish(page.day))
        })
        .collect();
    let body = format!(
        "Hej!\n\nDu ansvarar för, eller är ersättare för, det här:\n\n{list}\n\
         Läs texten mot källorna. Stämmer den trycker du på Stämmer fortfarande. Stämmer den inte ändrar du den.\n\n\
         Du får ett mejl om varje granskning, inget mer.\n"
    );
    (subject, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_letter_names_each_page_its_day_and_where_it_is_reviewed() {
        let due = Due { kind: Kind::Guidance, slug: "freda".into(), title: "Freda".into(), day: date(2026, 11, 1) };
        let (subject, body) = letter(&[&due], "Frid", "https://frid.example/");
        assert_eq!(subject, "En sida på Frid ska granskas");
        for told in [
            "- Freda",
            "1 november 2026",
            "https://frid.example/redaktion/sidor/vagledning/freda/",
            "Stämmer fortfarande",
        ] {
            assert!(body.contains(told), "{told}: {body}");
        }
        assert_eq!(letter(&[&due, &due], "Frid", "").0, "2 sidor på Frid ska granskas");
    }
}
