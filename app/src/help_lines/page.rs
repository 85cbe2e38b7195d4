//! `/hjalp/`: for the person who needs help now.

use super::{ForWhom, HelpLine};
use crate::document::{Document, Head};
use crate::routes::paths;
use crate::services::Services;
use crate::ui::day::Day;
use crate::ui::external::External;
use leptos::prelude::*;

#[component]
pub fn HelpPage() -> impl IntoView {
    let Services { pages, help_lines, .. } = Services::current();
    let text = pages.page("hjalp");
    let title = text.as_ref().map_or_else(|| "Behöver du hjälp?".to_owned(), |text| text.title.clone());
    let head = Head {
        title: text.as_ref().map_or_else(|| "Hjälp".to_owned(), |text| text.short_title.clone()),
        description: "Telefonnummer dit du kan ringa.".into(),
        path: paths::HELP.into(),
        version: text.as_ref().map(|text| text.updated),
        ..Head::default()
    };
    let groups = [
        (ForWhom::Emergency, "akut", "Akut fara"),
        (ForWhom::Exposed, "utsatt", "För dig som är utsatt"),
        (ForWhom::Using, "utovare", "För dig som använder våld eller är rädd att göra det"),
        (ForWhom::Professional, "yrkesverksam", "För dig som möter utsatta i ditt arbete"),
    ];
    let groups = groups.into_iter().filter_map(|(for_whom, id, name)| {
        let lines: Vec<_> = help_lines.lines().iter().filter(|line| line.for_whom == for_whom).map(card).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="band" aria-labelledby=id>
                    <h2 id=id>{name}</h2>
                    <ul class="lines">{lines}</ul>
                </section>
            }
        })
    });
    let groups = groups.collect_view();
    view! {
        <Document head>
            <h1>{title}</h1>
            {text.as_ref().map(|text| view! { <p class="lead">{text.lead.clone()}</p> })}
            {groups}
            {text.map(|text| view! { <div class="text" inner_html=text.html.clone()></div> })}
        </Document>
    }
}

fn card(line: &HelpLine) -> impl IntoView + use<> {
    let hours = line.hours.clone().map(|hours| format!("{hours}. "));
    let web = line.web.clone().map(|url| {
        let shown = url.trim_start_matches("https://").trim_start_matches("www.");
        let shown = shown.split('/').next().unwrap_or(shown).to_owned();
        view! { <p><External href=url.clone() text=shown /></p> }
    });
    view! {
        <li>
            <h3>{line.name.clone()}</h3>
            <p class="phone"><a href=format!("tel:{}", line.dial)>{line.phone.clone()}</a></p>
            <p>{line.description.clone()}</p>
            {web}
            <p class="aside">{hours} "Kontrollerad " <Day day=line.checked /> "."</p>
        </li>
    }
}
