//! Who is signed in, and the ways of the staff, on every page behind the sign-in.

use crate::routes::desk;
use crate::viewer::Viewer;
use leptos::prelude::*;

/// Nothing for visitors.
#[component]
pub fn StaffBar(here: String) -> impl IntoView {
    let member = use_context::<Viewer>().and_then(|viewer| viewer.member().ok())?;
    let is_admin = use_context::<Viewer>().is_some_and(|viewer| viewer.admin().is_ok());
    let mut ways = vec![
        (desk::HOME, "Redaktionen"),
        (desk::PAGES, "Sidor"),
        (desk::EVENTS, "Konferenser"),
        (desk::FILES, "Filer"),
    ];
    if is_admin {
        ways.extend([(desk::ACCOUNTS, "Konton"), (desk::LOG, "Logg")]);
    }
    ways.push((desk::OWN_ACCOUNT, "Mitt konto"));
    let ways = ways.into_iter().map(|(path, name)| {
        let current = (here == path).then_some("page");
        view! { <li><a href=path aria-current=current>{name}</a></li> }
    });
    let ways = ways.collect_view();
    Some(view! {
        <nav class="staff" aria-label="För dig som är inloggad">
            <ul>{ways}</ul>
            <form method="post" action=desk::SIGN_OUT>
                <span>{member.name.clone()}</span>
                <button class="quiet">"Logga ut"</button>
            </form>
        </nav>
    })
}
