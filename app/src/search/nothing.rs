//! What to do when nothing was found.

use super::address::address;
use super::filters::{number_chosen, without_choices};
use super::{Query, Request, Search};
use crate::routes::paths;
use crate::services::Services;
use leptos::prelude::*;

#[component]
pub fn Nothing(request: Request) -> impl IntoView {
    let Services { guidance, search, .. } = Services::current();
    let is_narrowed = number_chosen(&request) > 0;
    let narrowed = is_narrowed.then(|| {
        let href = address(&without_choices(&request), 1);
        view! { <li>"Sök utan begränsningar: " <a href=href>"ta bort alla val"</a> "."</li> }
    });
    // Where choices are to blame, the words may be right.
    let alike = if is_narrowed { Vec::new() } else { alike(&request.query, search.as_ref()) };
    let alike = (!alike.is_empty()).then(|| {
        let links = alike.into_iter().map(|word| {
            let href = address(&Request::new(word.clone()), 1);
            view! { <li><a href=href>{word.as_str().to_owned()}</a></li> }
        });
        view! { <h3>"Ord som börjar likadant"</h3> <ul class="near">{links.collect_view()}</ul> }
    });
    let subjects = guidance.subjects().iter().map(|subject| {
        view! { <li><a href=paths::subject(&subject.slug)>{subject.title.clone()}</a></li> }
    });
    let subjects = subjects.collect_view();
    view! {
        <ul class="advice">
            {narrowed}
            <li>"Kontrollera stavningen, eller pröva ett annat ord eller färre ord."</li>
            <li>"Leta i " <a href=paths::REGULATIONS>"reglerna"</a> ", " <a href=paths::HANDBOOK>"handboken"</a> " eller " <a href=paths::GLOSSARY>"ordlistan"</a> "."</li>
            <li>"Saknar du något? " <a href=paths::CONTACT>"Hör av dig till oss"</a> "."</li>
            <li>"Behöver du själv stöd? Se " <a href=paths::HELP>"vart du kan vända dig"</a> "."</li>
        </ul>
        {alike}
        <h3>"Ämnen i vägledningen"</h3>
        <ul class="near">{subjects}</ul>
    }
}

/// Words and titles that begin as the words that were typed do, the longest beginning first; at most six.
fn alike(query: &Query, search: &dyn Search) -> Vec<Query> {
    const MOST: usize = 6;
    const SHORTEST: usize = 4;
    const LONGEST: usize = 30;
    let mut found: Vec<Query> = Vec::new();
    for word in query.as_str().split(|c: char| !c.is_alphanumeric()).take(MOST) {
        let letters: Vec<char> = word.chars().take(LONGEST).collect();
        let beginnings = (SHORTEST..=letters.len()).rev().map(|length| letters[..length].iter().collect::<String>());
        let suggested = beginnings
            .filter_map(|beginning| Query::parse(&beginning))
            .map(|beginning| search.suggest(&beginning))
            .find(|suggested| !suggested.is_empty());
        for word in suggested.unwrap_or_default().iter().filter_map(|word| Query::parse(word)) {
            if found.len() < MOST && !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Answer;
    use super::*;

    struct Words(&'static [&'static str]);

    impl Search for Words {
        fn search(&self, _: &Request) -> Answer {
            Answer::default()
        }
        fn suggest(&self, typed: &Query) -> Vec<String> {
            self.0.iter().filter(|word| word.starts_with(typed.as_str())).map(|word| (*word).to_owned()).collect()
        }
    }

    #[test]
    fn words_alike_share_the_longest_beginning_that_is_known() {
        let words = Words(&["kontakt", "kontaktförbud", "konto", "hedersvåld"]);
        let alike = |typed: &str| {
            let found = alike(&Query::parse(typed).unwrap(), &words);
            found.iter().map(|word| word.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(alike("kontaktlös, hedersbrott"), ["kontakt", "kontaktförbud", "hedersvåld"]);
        assert!(alike("konkurs xqzwvkj").is_empty(), "three letters in common are chance");
    }
}
