//! `/redaktion/konton/`: who belongs to the staff, and as what. For administrators.

use super::person::Email;
use super::{Account, AccountRefusal, NewAccount};
use crate::counties::{self, COUNTIES, County};
use crate::desk::{Answer, Asked, Fields, Stop};
use crate::document::{Document, Head};
use crate::routes::desk;
use crate::services::Services;
use crate::text::capital::capital;
use crate::ui::crumbs::Crumb;
use crate::ui::field::{ChoiceField, Fault, TextField};
use crate::ui::moment::Moment;
use crate::viewer::{Admin, Role};
use leptos::prelude::*;

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    shown(&asked, &admin, Told::default()).await
}

pub async fn invite(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    let typed = Typed::read(&asked.form);
    let told = |fault| Told { typed: typed.clone(), fault: Some(fault), ..Told::default() };
    let Some(email) = Email::parse(&typed.email) else {
        return shown(&asked, &admin, told(Wrong::Email)).await;
    };
    let Some((role, county)) = position(&asked.form) else {
        return shown(&asked, &admin, told(Wrong::Position)).await;
    };
    let new = NewAccount { email, role, county };
    match asked.services.accounts.invite(&admin, &new).await? {
        Ok(code) => {
            let link = Some((new.email.as_str().to_owned(), code));
            shown(&asked, &admin, Told { link, ..Told::default() }).await
        }
        Err(refusal) => shown(&asked, &admin, told(Wrong::Refused(refusal))).await,
    }
}

pub async fn invite_again(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    match asked.services.accounts.invite_again(&admin, asked.part("konto")).await? {
        Ok(code) => {
            let accounts = asked.services.accounts.accounts(&admin).await?;
            let whose = accounts.into_iter().find(|account| account.id == asked.part("konto"));
            let link = whose.map(|account| (account.email, code));
            shown(&asked, &admin, Told { link, ..Told::default() }).await
        }
        Err(refusal) => refused(&asked, &admin, refusal).await,
    }
}

pub async fn change(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    let Some((role, county)) = position(&asked.form) else {
        return shown(&asked, &admin, Told { fault: Some(Wrong::Position), ..Told::default() }).await;
    };
    match asked.services.accounts.change(&admin, asked.part("konto"), role, county).await? {
        Ok(()) => Ok(Answer::Redirect(desk::ACCOUNTS.to_owned())),
        Err(refusal) => refused(&asked, &admin, refusal).await,
    }
}

/// Ends the account, or opens it again.
pub async fn end(asked: Asked) -> Result<Answer, Stop> {
    let admin = asked.viewer.admin()?;
    let end = asked.form.get("oppna").is_empty();
    match asked.services.accounts.end(&admin, asked.part("konto"), end).await? {
        Ok(()) => Ok(Answer::Redirect(desk::ACCOUNTS.to_owned())),
        Err(refusal) => refused(&asked, &admin, refusal).await,
    }
}

async fn refused(asked: &Asked, admin: &Admin, refusal: AccountRefusal) -> Result<Answer, Stop> {
    match refusal {
        AccountRefusal::Missing => Err(Stop::Missing),
        refusal => shown(asked, admin, Told { fault: Some(Wrong::Refused(refusal)), ..Told::default() }).await,
    }
}

/// What a form told of a role and a county; empty is "nationally".
fn position(form: &Fields) -> Option<(Role, Option<&'static County>)> {
    let role = Role::parse(form.get("roll"))?;
    match form.get("lan") {
        "" => Some((role, None)),
        slug => Some((role, Some(counties::find(slug)?))),
    }
}

#[derive(Debug, Clone, Default)]
struct Typed {
    email: String,
    role: String,
    county: String,
}

impl Typed {
    fn read(form: &Fields) -> Self {
        let get = |name| form.get(name).to_owned();
        Self { email: get("epost"), role: get("roll"), county: get("lan") }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Email,
    Position,
    Refused(AccountRefusal),
}

/// What the page says beside the list.
#[derive(Default)]
struct Told {
    typed: Typed,
    fault: Option<Wrong>,
    /// Whose invitation, and its code: shown this once.
    link: Option<(String, String)>,
}

async fn shown(asked: &Asked, admin: &Admin, told: Told) -> Result<Answer, Stop> {
    let accounts = asked.services.accounts.accounts(admin).await?;
    let status = if told.fault.is_some() { 422 } else { 200 };
    let own = admin.account.clone();
    Ok(Answer::page_with(status, move || view(accounts, own, told)))
}

fn roles() -> Vec<(String, String)> {
    Role::ALL.map(|role| (role.as_str().to_owned(), capital(role.swedish()))).into()
}

fn places() -> Vec<(String, String)> {
    let national = (String::new(), "Nationellt".to_owned());
    std::iter::once(national).chain(COUNTIES.iter().map(|c| (c.slug.to_owned(), c.name.to_owned()))).collect()
}

fn view(accounts: Vec<Account>, own: String, Told { typed, fault, link }: Told) -> impl IntoView {
    let Services { site, .. } = Services::current();
    let head = Head {
        path: desk::ACCOUNTS.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Konton")
    };
    let general = match fault {
        Some(Wrong::Refused(AccountRefusal::Yourself)) => {
            Some("Du kan inte ändra eller avsluta ditt eget konto. Be en annan administratör.")
        }
        Some(Wrong::Position) => Some("Välj en roll och ett län ur listorna och försök igen."),
        _ => None,
    };
    let email_fault = match fault {
        Some(Wrong::Email) => Some("Skriv en e-postadress, till exempel fornamn.efternamn@lansstyrelsen.se."),
        Some(Wrong::Refused(AccountRefusal::Exists)) => {
            Some("Adressen har redan ett konto. Leta upp det i listan och skicka en ny inbjudan därifrån.")
        }
        _ => None,
    };
    let link = link.map(|(email, code)| {
        let address = format!("{}{}?kod={code}", site.staff_url, desk::INVITATION);
        view! {
            <div class="notice notice-important" role="status">
                <p class="notice-title">"Inbjudan är klar"</p>
                <p>{format!("Ge den här länken till {email}, helst öga mot öga eller i ett säkert meddelande. \
                             Den som har länken får kontot. Den gäller i 24 timmar, en gång, och visas bara nu.")}</p>
                <p><code class="secret">{address}</code></p>
            </div>
        }
    });
    let rows: Vec<_> = accounts.into_iter().map(|account| row(account, &own)).collect();
    view! {
        <Document head>
            <h1>"Konton"</h1>
            {general.map(|told| view! { <Fault><p>{told}</p></Fault> })}
            {link}
            <form method="post" action=desk::ACCOUNTS class="desk-form">
                <h2>"Bjud in"</h2>
                <TextField name="epost" label="E-post" kind="email" value=typed.email fault=email_fault />
                <ChoiceField name="roll" id="roll" label="Roll" chosen=typed.role choices=roles()
                    help="Redaktören skriver, granskaren godkänner nationella sidor, administratören sköter konton." />
                <ChoiceField name="lan" id="lan" label="Län" chosen=typed.county choices=places() />
                <button>"Skapa inbjudan"</button>
            </form>
            <h2>"Alla konton"</h2>
            <ul class="rows">{rows}</ul>
        </Document>
    }
}

fn row(account: Account, own: &str) -> impl IntoView + use<> {
    let called = if account.name.is_empty() { account.email.clone() } else { account.name.clone() };
    let place = account.county.map_or("nationellt", |county| county.name);
    let standing = match (account.ended_at, account.invited_until, account.passkeys) {
        (Some(ended), ..) => view! { "Avslutat " <Moment seconds=ended /> }.into_any(),
        (None, Some(until), _) => view! { "Inbjudan gäller till " <Moment seconds=until /> }.into_any(),
        (None, None, 0) => "Har ingen nyckel".into_any(),
        (None, None, 1) => "Har en nyckel".into_any(),
        (None, None, keys) => format!("Har {keys} nycklar").into_any(),
    };
    let is_own = account.id == own;
    let is_ended = account.ended_at.is_some();
    let id = account.id;
    let (role_id, county_id) = (format!("roll-{id}"), format!("lan-{id}"));
    let county = account.county.map_or("", |county| county.slug);
    let acts = (!is_own).then(|| {
        let (ends, word) = if is_ended { ("1", "Öppna kontot igen") } else { ("", "Avsluta kontot") };
        view! {
            <details>
                <summary>"Ändra" <span class="sr">{format!(" {called}")}</span></summary>
                <form method="post" action=desk::change_account(&id)>
                    <ChoiceField name="roll" id=role_id label="Roll" chosen=account.role.as_str() choices=roles() />
                    <ChoiceField name="lan" id=county_id label="Län" chosen=county choices=places() />
                    <button class="quiet">"Spara"</button>
                    <p class="aside">"Personen loggas ut när rollen ändras."</p>
                </form>
                <form method="post" action=desk::invite_again(&id)>
                    <button class="quiet">"Ny inbjudan"</button>
                    <p class="aside">"För den som har tappat bort sina nycklar. De gamla slutar gälla när den nya skapas."</p>
                </form>
                <form method="post" action=desk::end_account(&id)>
                    <input type="hidden" name="oppna" value=ends />
                    <button class="quiet">{word}</button>
                </form>
            </details>
        }
    });
    view! {
        <li>
            <div>
                <strong>{called.clone()}</strong>
                {is_own.then_some(" (du)")}
                <p class="aside">{format!("{}, {}, {place}. ", account.email, account.role.swedish())} {standing} "."</p>
            </div>
            {acts}
        </li>
    }
}
