//! `/redaktion/sidor/{typ}/{sida}/versioner/`: every text that the page has had, two of them beside each other, and the
//! way back to an older one.

use super::compare::{Compared, Piece, fields};
use super::published::{listed, of};
use super::{Kind, Listed, SaveRefusal, Step};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{ChoiceField, Fault};
use crate::ui::moment::Moment;
use leptos::prelude::*;
use std::fmt;

/// One text of a page, as in addresses: `publicerad-3`, or a draft's id and the number of the save.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum VersionId {
    Saved { draft: String, version: i64 },
    Published(i64),
}

impl VersionId {
    pub fn parse(text: &str) -> Option<Self> {
        let (whose, number) = text.rsplit_once('-')?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        match whose {
            "publicerad" => Some(Self::Published(number)),
            draft if draft.len() == 32 && draft.bytes().all(|b| b.is_ascii_hexdigit()) => {
                Some(Self::Saved { draft: draft.to_owned(), version: number })
            }
            _ => None,
        }
    }
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Saved { draft, version } => write!(f, "{draft}-{version}"),
            Self::Published(number) => write!(f, "publicerad-{number}"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: VersionId,
    /// Unix seconds.
    pub at: i64,
    /// Empty for what came with the program or was imported.
    pub by: String,
    /// What the writer calls it, or what readers were told has changed; may be empty.
    pub name: String,
    /// What readers meet now, or the draft as it stands now.
    pub is_current: bool,
}

impl Version {
    fn is_published(&self) -> bool {
        matches!(self.id, VersionId::Published(_))
    }

    fn swedish(&self) -> &'static str {
        match (self.is_published(), self.is_current) {
            (true, true) => "Det läsarna ser nu",
            (true, false) => "Publicerad",
            (false, true) => "Utkastet nu",
            (false, false) => "Sparad",
        }
    }

    fn in_a_list(&self) -> String {
        let at = crate::text::dates::swedish_moment(self.at).1;
        let name = if self.name.is_empty() { String::new() } else { format!(" ”{}”", self.name) };
        format!("{}{name}, {at}", self.swedish())
    }
}

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, None).await
}

/// A name for a text that somebody may want to find again.
pub async fn name(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = of(&asked)?;
    let editor = asked.viewer.editor(listed(&asked, kind, &slug).await?.county)?;
    let id = VersionId::parse(asked.form.get("version")).ok_or(Stop::Missing)?;
    let name = asked.form.get("namn").split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(80).collect();
    if !asked.services.editing.name_version(&editor, kind, &slug, &id, &name).await? {
        return Err(Stop::Missing);
    }
    Ok(Answer::Redirect(desk::versions(kind.slug(), &slug)))
}

/// The older text becomes the draft; what the draft was is kept as a version of its own.
pub async fn restore(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = of(&asked)?;
    let page = listed(&asked, kind, &slug).await?;
    let (member, editor) = (asked.viewer.member()?, asked.viewer.editor(page.county)?);
    let id = VersionId::parse(asked.form.get("version")).ok_or(Stop::Missing)?;
    let editing = &asked.services.editing;
    let written = editing.text_of(&member, kind, &slug, &id).await?.ok_or(Stop::Missing)?;
    // An older text may have been another county's.
    asked.viewer.editor(written.county())?;
    let draft = match page.draft {
        Some(draft) => draft.id,
        None => editing.open(&editor, kind, &slug).await?.ok_or(Stop::Missing)?,
    };
    let now = editing.draft(&member, &draft).await?.ok_or(Stop::Missing)?;
    asked.viewer.editor(now.written.county())?;
    match editing.save(&editor, &draft, now.version, &written, Step::Begins).await? {
        Ok(_) => Ok(Answer::Redirect(desk::draft(&draft))),
        Err(SaveRefusal::Scheduled(_)) => {
            shown(&asked, 409, Some("Utkastet väntar på att publiceras. Ta bort tiden först, på utkastets sida.")).await
        }
        Err(_) => shown(&asked, 409, Some("Någon sparade i samma stund. Se efter vad, och försök igen.")).await,
    }
}

async fn shown(asked: &Asked, status: u16, fault: Option<&'static str>) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let (kind, slug) = of(asked)?;
    let page = listed(asked, kind, &slug).await?;
    let editing = &asked.services.editing;
    let versions = editing.versions(&member, kind, &slug).await?;
    let may_write = asked.viewer.editor(page.county).is_ok();
    let (from, to) = chosen(&versions, asked.query.get("fran"), asked.query.get("till"));
    let mut changes = None;
    if let (Some(from), Some(to)) = (&from, &to) {
        let before = editing.text_of(&member, kind, &slug, from).await?;
        let after = editing.text_of(&member, kind, &slug, to).await?;
        changes = before.zip(after).map(|(before, after)| fields(&before, &after, asked.services.guidance.subjects()));
    }
    Ok(Answer::page_with(status, move || view(page, versions, Pair { from, to, changes }, may_write, fault)))
}

/// Those that were asked for; otherwise what readers meet and what is being written, or the two newest.
fn chosen(versions: &[Version], from: &str, to: &str) -> (Option<VersionId>, Option<VersionId>) {
    let known = |text: &str| VersionId::parse(text).filter(|id| versions.iter().any(|version| version.id == *id));
    let newest = versions.first().map(|version| version.id.clone());
    let to = known(to).or_else(|| newest.clone());
    let live = versions.iter().find(|version| version.is_published() && version.is_current);
    let before = live.filter(|live| Some(&live.id) != to.as_ref()).or_else(|| versions.get(1));
    (known(from).or_else(|| before.map(|version| version.id.clone())), to)
}

struct Pair {
    from: Option<VersionId>,
    to: Option<VersionId>,
    /// Field by field; nothing if there are no two texts.
    changes: Option<Vec<(&'static str, Vec<Piece>)>>,
}

fn view(
    page: Listed,
    versions: Vec<Version>,
    pair: Pair,
    may_write: bool,
    fault: Option<&'static str>,
) -> impl IntoView {
    let own = desk::versions(page.kind.slug(), &page.slug);
    let head = Head {
        path: own.clone(),
        crumbs: vec![
            Crumb::new(desk::HOME, "Redaktionen"),
            Crumb::new(desk::PAGES, "Sidor"),
            Crumb::new(desk::page(page.kind.slug(), &page.slug), page.title.clone()),
        ],
        ..Head::of_staff("Versioner")
    };
    let choices: Vec<(String, String)> =
        versions.iter().map(|version| (version.id.to_string(), version.in_a_list())).collect();
    let id = |id: &Option<VersionId>| id.as_ref().map(VersionId::to_string).unwrap_or_default();
    let (from, to) = (id(&pair.from), id(&pair.to));
    let compared = pair.changes.map(|changes| {
        let rows: Vec<_> =
            changes.into_iter().map(|(name, pieces)| view! { <h3>{name}</h3> <Compared pieces /> }).collect();
        if rows.is_empty() { view! { <p>"Texterna är lika."</p> }.into_any() } else { rows.into_any() }
    });
    let (kind, slug) = (page.kind, page.slug);
    let rows: Vec<_> = versions.into_iter().map(|version| row(version, kind, &slug, may_write)).collect();
    let choosing = view! {
        <form class="narrow" action=own>
            <ChoiceField name="fran" id="fran" label="Jämför" chosen=from choices=choices.clone() />
            <ChoiceField name="till" id="till" label="med" chosen=to choices=choices />
            <button>"Jämför"</button>
        </form>
    }
    .into_any();
    view! {
        <Document head>
            <h1>{format!("Versioner av ”{}”", page.title)}</h1>
            {fault.map(|fault| view! { <Fault><p>{fault}</p></Fault> })}
            {choosing}
            <section aria-labelledby="skillnader">
                <h2 id="skillnader">"Skillnader"</h2>
                <p class="aside"><del>"Överstruket"</del>" är borttaget, "<ins>"understruket"</ins>" är tillagt."</p>
                {compared}
            </section>
            <section aria-labelledby="alla">
                <h2 id="alla">"Alla versioner"</h2>
                <p>"Allt som sparats finns kvar. Det som en person skriver inom tio minuter blir en version."</p>
                <ul class="rows">{rows}</ul>
            </section>
        </Document>
    }
}

fn row(version: Version, kind: Kind, slug: &str, may_write: bool) -> AnyView {
    let id = version.id.to_string();
    let told = version.swedish();
    let by = if version.by.is_empty() { "följde med portalen".to_owned() } else { version.by.clone() };
    let may_name = may_write && !version.is_published();
    let is_draft_now = version.is_current && !version.is_published();
    let called = crate::text::dates::swedish_moment(version.at).1;
    let field = format!("namn-{id}");
    let acts = may_write.then(|| {
        let naming = may_name.then(|| view! {
            <form method="post" action=desk::name_version(kind.slug(), slug)>
                <input type="hidden" name="version" value=id.clone() />
                <div class="field">
                    <label for=field.clone()>"Namn"</label>
                    <input type="text" id=field name="namn" value=version.name.clone() maxlength="80" autocomplete="off" />
                </div>
                <button class="quiet">"Spara namnet"</button>
            </form>
        });
        let restoring = (!is_draft_now).then(|| view! {
            <form method="post" action=desk::restore(kind.slug(), slug)>
                <input type="hidden" name="version" value=id />
                <button class="quiet">"Gör till utkast"</button>
                <p class="aside">"Texten läggs som utkast. Det som är utkast nu finns kvar som en version."</p>
            </form>
        });
        view! { <details><summary>"Namn och återställning" <span class="sr">{format!(" {called}")}</span></summary>{naming} {restoring}</details> }.into_any()
    });
    let name = (!version.name.is_empty()).then(|| view! { <strong>{format!("”{}” ", version.name)}</strong> });
    view! {
        <li>
            <div>
                <p>{name} {told} ", " <Moment seconds=version.at /></p>
                <p class="aside">{by}</p>
            </div>
            {acts}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(version: i64, is_current: bool) -> Version {
        let id = VersionId::Saved { draft: "0123456789abcdef0123456789abcdef".into(), version };
        Version { id, at: version, by: "Eva".into(), name: String::new(), is_current }
    }

    fn published(number: i64, is_current: bool) -> Version {
        Version { id: VersionId::Published(number), at: number, by: String::new(), name: String::new(), is_current }
    }

    #[test]
    fn an_address_names_a_version_and_nothing_else() {
        for version in [saved(12, true).id, published(3, false).id] {
            assert_eq!(VersionId::parse(&version.to_string()), Some(version));
        }
        for other in ["", "publicerad", "publicerad-", "publicerad-0", "publicerad--1", "x-1", "publicerad-1'; --"] {
            assert_eq!(VersionId::parse(other), None, "{other}");
        }
    }

    #[test]
    fn unasked_the_draft_is_held_against_what_readers_meet() {
        let all = [saved(3, true), saved(2, false), published(2, true), published(1, false)];
        let ids = |from: usize, to: usize| (Some(all[from].id.clone()), Some(all[to].id.clone()));
        assert_eq!(chosen(&all, "", ""), ids(2, 0));
        assert_eq!(chosen(&all, "publicerad-1", "publicerad-2"), ids(3, 2));
        assert_eq!(chosen(&all, "publicerad-9", ""), ids(2, 0), "there is no such version");
        assert_eq!(chosen(&all[2..], "", ""), ids(3, 2), "without a draft the two newest");
        assert_eq!(chosen(&all[3..], "", "").0, None);
    }
}
