//! `/redaktion/filer/`: every picture and document, ready to be put into a text.

use super::forms::{Typed, UploadForms, Wrong};
use super::{Description, LONGEST_TEXT, Room, Stored, UsedIn};
use crate::counties::{self, COUNTIES, County};
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::text::size;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{ChoiceField, Fault};
use crate::ui::moment::Moment;
use crate::viewer::Viewer;
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    shown(&asked, 200, Told::default()).await
}

/// What the page says beside the list.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub typed: Typed,
    pub wrong: Option<Wrong>,
    /// What else went wrong, first on the page.
    pub fault: Option<&'static str>,
    /// The texts because of which a file was not removed.
    pub used_in: Vec<UsedIn>,
}

pub(super) async fn shown(asked: &Asked, status: u16, told: Told) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let all = asked.services.media.list(&member).await?;
    let wanted = Wanted::read(&asked.query, member.county.map(|county| county.slug));
    let county = counties::find(&wanted.county).or(member.county);
    let room = asked.services.media.room(&member, county).await?;
    let new = all.iter().find(|file| file.id == asked.query.get("ny")).cloned();
    let same =
        told.wrong.as_ref().and_then(|wrong| all.iter().find(|file| Some(&file.id) == wrong.same.as_ref()).cloned());
    let files: Vec<Stored> = all.into_iter().filter(|file| wanted.fits(file)).collect();
    let viewer = asked.viewer.clone();
    Ok(Answer::page_with(status, move || view(&viewer, files, &wanted, told, (new, same), (county, room))))
}

/// What the list is narrowed to. Empty fields narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wanted {
    words: String,
    /// A county's slug, or `nationellt`.
    county: String,
}

const NATIONAL: &str = "nationellt";
/// More than these nobody looks through.
const AT_ONCE: usize = 100;

impl Wanted {
    /// An editor of a county begins with the county's files, and may look at all.
    fn read(query: &Fields, own: Option<&str>) -> Self {
        let county = if query.has("lan") { query.get("lan") } else { own.unwrap_or_default() };
        Self { words: query.get("q").to_owned(), county: county.to_owned() }
    }

    fn fits(&self, file: &Stored) -> bool {
        let county = match self.county.as_str() {
            "" => true,
            NATIONAL => file.county.is_none(),
            slug => file.county.is_some_and(|county| county.slug == slug),
        };
        let description = match &file.description {
            Description::Picture(text) => text.as_str(),
            Description::Document { alternative } => alternative.as_deref().unwrap_or(""),
        };
        let all = format!("{} {} {description}", file.called, file.name).to_lowercase();
        county && self.words.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }
}

fn view(
    viewer: &Viewer,
    files: Vec<Stored>,
    wanted: &Wanted,
    told: Told,
    (new, same): (Option<Stored>, Option<Stored>),
    (county, room): (Option<&'static County>, Room),
) -> impl IntoView + use<> {
    let head = Head {
        path: desk::FILES.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Filer")
    };
    let counties = [("", "Alla"), (NATIONAL, "Nationella filer")]
        .into_iter()
        .chain(COUNTIES.iter().map(|county| (county.slug, county.name)))
        .map(|(slug, name)| (slug.to_owned(), name.to_owned()))
        .collect();
    let count = match files.len() {
        0 => "Inga filer.".to_owned(),
        1 => "1 fil".to_owned(),
        many if many > AT_ONCE => format!("{many} filer. Här är de {AT_ONCE} senaste: sök för att hitta de andra."),
        many => format!("{many} filer"),
    };
    let Told { typed, wrong, fault, used_in } = told;
    let fault = fault.or(wrong.is_some().then_some("Rätta det som står vid fältet och försök igen."));
    let rows: Vec<_> = files.into_iter().take(AT_ONCE).map(|file| row(viewer, file)).collect();
    let viewer = viewer.clone();
    let (words, chosen) = (wanted.words.clone(), wanted.county.clone());
    view! {
        <Document head>
            <h1>"Filer"</h1>
            {fault.map(|fault| view! { <Fault><p>{fault}</p>{used(used_in)}</Fault> })}
            {new.map(|file| notice("Filen är uppladdad", file))}
            {same.map(|file| notice("Filen som redan finns", file))}
            <p>{told_room(county, room)}</p>
            <UploadForms viewer typed wrong />
            <h2>"Alla filer"</h2>
            <form class="narrow" action=desk::FILES>
                <div class="field">
                    <label for="q">"Ord i namnet eller beskrivningen"</label>
                    <input type="search" id="q" name="q" value=words maxlength="200" autocomplete="off" />
                </div>
                <ChoiceField name="lan" id="lan-visa" label="Vems filer?" chosen=chosen choices=counties />
                <button>"Visa"</button>
            </form>
            <p role="status">{count}</p>
            <ul class="rows files">{rows}</ul>
        </Document>
    }
}

fn told_room(county: Option<&County>, room: Room) -> String {
    let whose = county.map_or("De nationella filerna", |county| county.name);
    let left = (room.quota - room.used).max(0);
    format!(
        "{whose} har använt {} av {}. {} finns kvar.",
        size::swedish(room.used),
        size::swedish(room.quota),
        size::swedish(left)
    )
}

fn notice(title: &'static str, file: Stored) -> impl IntoView {
    view! {
        <div class="notice notice-note" role="status">
            <p class="notice-title">{title}</p>
            <p>"Klistra in den här raden där filen ska stå i texten:"</p>
            <p><code class="secret">{file.markdown()}</code></p>
        </div>
    }
}

/// Nothing if there are none.
fn used(texts: Vec<UsedIn>) -> impl IntoView {
    let are_any = !texts.is_empty();
    let items = texts.into_iter().map(|text| {
        let kind = if text.is_draft { " (utkast)" } else { " (publicerad)" };
        let title = if text.title.is_empty() { "Utan rubrik".to_owned() } else { text.title };
        let title = match text.address {
            Some(address) => view! { <a href=address>{title}</a> }.into_any(),
            None => title.into_any(),
        };
        view! { <li>{title} {kind}</li> }
    });
    let items = items.collect_view();
    are_any.then(|| view! { <ul>{items}</ul> })
}

fn row(viewer: &Viewer, file: Stored) -> impl IntoView + use<> {
    let may_change = viewer.editor(file.county).is_ok();
    let place = file.county.map_or("nationell", |county| county.name);
    let facts = format!("{}, {}, {place}. {}, ", file.kind.extension(), size::swedish(file.size), file.uploaded_by);
    let (markdown, address, id) = (file.markdown(), file.address(), file.id.clone());
    let line = format!("rad-{id}");
    let (picture, text) = match &file.description {
        Description::Picture(text) => (Some((address.clone(), text.clone())), format!("”{text}”")),
        Description::Document { alternative: Some(alternative) } => (None, format!("I annan form: {alternative}")),
        Description::Document { alternative: None } => (None, String::new()),
    };
    let describe = picture.as_ref().map(|(_, text)| {
        let (field, help) = (format!("text-{id}"), format!("text-{id}-om"));
        view! {
            <form method="post" action=desk::describe_file(&id)>
                <div class="field">
                    <label for=field.clone()>"Vad visar bilden?"</label>
                    <p class="help-text" id=help.clone()>"Sidor där bilden redan står behåller sin text. Ändra den där också."</p>
                    <input type="text" id=field name="text" value=text.clone() maxlength=LONGEST_TEXT.to_string() autocomplete="off" required aria-describedby=help />
                </div>
                <button class="quiet">"Spara texten"</button>
            </form>
        }
    });
    let acts = may_change.then(|| {
        view! {
            <details>
                <summary>"Ändra" <span class="sr">{format!(" {}", file.called)}</span></summary>
                {describe}
                <form method="post" action=desk::remove_file(&id)>
                    <button class="quiet">"Ta bort filen"</button>
                    <p class="aside">"Det går inte att ångra. En fil som står på en sida eller i ett utkast kan inte tas bort."</p>
                </form>
            </details>
        }
    });
    let picture =
        picture.map(|(src, text)| view! { <img class="thumb" src=src alt=text loading="lazy" decoding="async" /> });
    view! {
        <li id=format!("fil-{id}")>
            {picture}
            <div>
                <a href=address>{file.called.clone()}</a>
                <p class="aside">{facts} <Moment seconds=file.uploaded_at /> "."</p>
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
                <div class="field">
                    <label for=line.clone()>"Rad att klistra in i texten"</label>
                    <input type="text" id=line value=markdown readonly autocomplete="off" />
                </div>
            </div>
            {acts}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::Kind;

    #[test]
    fn the_list_is_narrowed_by_all_that_was_chosen() {
        let file = Stored {
            id: "0123456789abcdef".into(),
            kind: Kind::Png,
            name: "karta.png".into(),
            called: "Karta".into(),
            county: counties::find("skane"),
            description: Description::Picture("Vägen till Åsbo".into()),
            size: 1,
            uploaded_at: 0,
            uploaded_by: "Eva".into(),
        };
        let fits = |query: &str, own: Option<&str>| Wanted::read(&Fields::decode(query.as_bytes()), own).fits(&file);
        for yes in ["", "q=karta", "q=V%C3%84GEN+karta", "lan=skane"] {
            assert!(fits(yes, None), "{yes}");
        }
        for no in ["q=xyz", "lan=orebro", "lan=nationellt"] {
            assert!(!fits(no, None), "{no}");
        }
        assert!(!fits("", Some("orebro")) && fits("lan=", Some("orebro")), "the own county first, all if asked");
    }

    #[test]
    fn the_room_that_is_left_is_told() {
        let room = Room { used: 12_000_000, quota: 500_000_000 };
        let told = told_room(counties::find("skane"), room);
        assert_eq!(told, "Skåne län har använt 12 MB av 500 MB. 488 MB finns kvar.");
    }
}
