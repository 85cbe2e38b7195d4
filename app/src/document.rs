//! The whole document of every page: head, exit control, help-lines, header, navigation, footer.

use crate::accounts::staff_bar::StaffBar;
use crate::editor::preview::{PreviewBar, PreviewOf};
use crate::help_lines::strip::HelpStrip;
use crate::leave::LeaveControl;
use crate::routes::{desk, paths};
use crate::services::Services;
use crate::status;
use crate::text::dates::swedish;
use crate::ui::crumbs::{Crumb, Crumbs, crumbs_json};
use crate::viewer::Viewer;
use jiff::civil::Date;
use leptos::prelude::*;

/// What a page says about itself.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Neutral: it stays in the browser's history. The site's name is added.
    pub title: String,
    pub description: String,
    /// The one address of this page, query included; empty on error pages.
    pub path: String,
    /// The way here, home and the page itself left out.
    pub crumbs: Vec<Crumb>,
    /// What the page is about, as JSON-LD for programs, made so that nothing in it can close a script.
    pub data: Option<String>,
    /// For the printed page: the day of this version (else that of the newest text of all), and the page's status
    /// in words (else "publicerad").
    pub version: Option<Date>,
    pub standing: Option<String>,
    /// Kept out of search engines.
    pub hidden: bool,
    /// For those who work here: set as a desk, not as a page to read.
    pub of_staff: bool,
}

impl Head {
    /// Of a page that only the staff meets.
    pub fn of_staff(title: &str) -> Self {
        let description = "För dig som arbetar med innehållet.".into();
        Self { title: title.into(), description, hidden: true, of_staff: true, ..Self::default() }
    }
}

#[component]
pub fn Document(head: Head, children: Children) -> impl IntoView {
    let Services { site, edition, .. } = Services::current();
    if !head.path.is_empty() {
        status::set_canonical(&head.path);
    }
    let canonical = (!head.path.is_empty()).then(|| format!("{}{}", site.base_url, head.path));
    let title = if head.path == paths::HOME { site.name.clone() } else { format!("{} – {}", head.title, site.name) };
    let crumbs = (!head.crumbs.is_empty() || (!head.path.is_empty() && head.path != paths::HOME)).then(|| {
        let mut crumbs = vec![Crumb::new(paths::HOME, "Start")];
        crumbs.extend(head.crumbs.clone());
        crumbs
    });
    let json = crumbs.as_ref().map(|crumbs| crumbs_json(crumbs, &head.title, &site.base_url));
    let here = head.path.clone();
    // By name, where this very address has only a number.
    let elsewhere = (site.staff_url != site.base_url).then(|| site.staff_url.clone());
    let sign_in = format!("{}{}", elsewhere.unwrap_or_default(), desk::SIGN_IN);
    let cookies = match use_context::<Viewer>() {
        Some(viewer) if viewer.member().is_ok() => {
            "Så länge du är inloggad har webbläsaren en kaka som håller reda på det."
        }
        _ => "Sidorna sätter inga kakor och följer dig inte.",
    };

    view! {
        <!DOCTYPE html>
        <html lang="sv">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width" />
                // Before the title: on the way back after leaving, not even that may be seen.
                <script src=site.assets.guard data-exit=site.exit_url.clone()></script>
                <title>{title}</title>
                <link rel="stylesheet" href=site.assets.style />
                <link rel="icon" href=site.assets.favicon type="image/svg+xml" />
                <meta name="description" content=head.description />
                {(head.hidden || use_context::<PreviewOf>().is_some()).then(|| view! { <meta name="robots" content="noindex" /> })}
                {canonical.clone().map(|url| view! { <link rel="canonical" href=url /> })}
                <link rel="alternate" type="application/atom+xml" title="Ny och ändrad vägledning" href=paths::FEED />
                {json.into_iter().chain(head.data).map(|json| view! { <script type="application/ld+json" inner_html=json></script> }).collect_view()}
                <script src=site.assets.leave defer></script>
            </head>
            <body>
                <a class="skip" href="#innehall">"Hoppa till innehållet"</a>
                <LeaveControl />
                <HelpStrip />
                <header class="head">
                    <a class="brand" href=paths::HOME>{site.name.clone()}</a>
                    <MainMenu here />
                    <form class="search" role="search" action=paths::SEARCH aria-label="Sök på webbplatsen">
                        <label class="sr" for="sok">{format!("Sök på {}", site.name)}</label>
                        <input type="search" id="sok" name="q" maxlength="200" autocomplete="off" />
                        <button>"Sök"</button>
                    </form>
                </header>
                <StaffBar here=head.path.clone() />
                <PreviewBar />
                {crumbs.map(|crumbs| view! { <Crumbs crumbs here=head.title.clone() /> })}
                <main id="innehall" tabindex="-1" class=head.of_staff.then_some("desk")>
                    {children()}
                    <PrintedStamp
                        url=canonical
                        version=head.version.unwrap_or(edition)
                        standing=head.standing.unwrap_or_else(|| "publicerad".into())
                    />
                </main>
                <footer class="foot">
                    <nav aria-label="Sidfot">
                        <ul>
                            <li><a href=paths::CALENDAR>"Kalender"</a></li>
                            <li><a href=paths::ACCESSIBILITY>"Tillgänglighet"</a></li>
                            <li><a href=paths::PERSONAL_DATA>"Personuppgifter"</a></li>
                            <li><a href=paths::CONTACT>"Kontakt"</a></li>
                            <li><a href=paths::SAFE_SURFING>"Surfa säkert"</a></li>
                            <li><a href=paths::ABOUT>{format!("Om {}", site.name)}</a></li>
                            <li><a href=sign_in>"Logga in"</a></li>
                        </ul>
                    </nav>
                    <p>
                        {format!(
                            "{} är länsstyrelsernas kunskapsstöd för dig som möter våldsutsatta i ditt arbete. {cookies}",
                            site.name,
                        )}
                    </p>
                </footer>
            </body>
        </html>
    }
}

#[component]
fn MainMenu(here: String) -> impl IntoView {
    const MENU: [(&str, &str); 6] = [
        (paths::GUIDANCE, "Vägledning"),
        (paths::REGULATIONS, "Regler"),
        (paths::HANDBOOK, "Handboken"),
        (paths::TRAINING, "Utbildning"),
        (paths::GLOSSARY, "Ordlista"),
        (paths::HELP, "Behöver du hjälp?"),
    ];
    let current = move |path: &str| match here.strip_prefix(path) {
        Some("") => Some("page"),
        Some(_) => Some("true"),
        None => None,
    };
    let items = MENU.map(|(path, name)| view! { <li><a href=path aria-current=current(path)>{name}</a></li> });
    view! { <nav aria-label="Huvudmeny"><ul>{items.into_iter().collect_view()}</ul></nav> }
}

/// What a paper copy must say, since it cannot be updated. A page without an address has no copy worth keeping.
#[component]
fn PrintedStamp(url: Option<String>, version: Date, standing: String) -> impl IntoView {
    url.map(|url| view! { <p class="print-only">{format!("{url} · Version {} · Status: {standing}", swedish(version))}</p> })
}
