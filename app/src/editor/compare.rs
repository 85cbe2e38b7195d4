//! What has changed between two texts, word by word. Pure.

use super::written::Written;
use crate::counties;
use crate::guidance::{Audience, Subject};
use crate::training::{Format, Group};
use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};

/// A stretch of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Removed(String),
    Added(String),
    /// So many letters that are the same, far from any change.
    Skipped(usize),
}

/// So many letters of what is the same are shown beside a change.
const AROUND: usize = 160;

/// The pieces in reading order; where words give way to others, what was removed stands first.
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut removed, mut added, mut same) = (String::new(), String::new(), String::new());
    let diff = TextDiff::from_words(before, after);
    for change in diff.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            // A blank between two words that both changed belongs to the change: "två ord" for "ett annat", in one.
            ChangeTag::Equal => same.push_str(text),
            tag => {
                let is_gap = !removed.is_empty() || !added.is_empty();
                if is_gap && !same.is_empty() && same.chars().all(|c| c == ' ') {
                    removed.push_str(&same);
                    added.push_str(&same);
                    same.clear();
                } else if !same.is_empty() {
                    flush(&mut pieces, &mut removed, &mut added);
                    pieces.push(Piece::Same(std::mem::take(&mut same)));
                }
                if tag == ChangeTag::Delete { removed.push_str(text) } else { added.push_str(text) }
            }
        }
    }
    flush(&mut pieces, &mut removed, &mut added);
    if !same.is_empty() {
        pieces.push(Piece::Same(same));
    }
    pieces
}

fn flush(pieces: &mut Vec<Piece>, removed: &mut String, added: &mut String) {
    if !removed.is_empty() {
        pieces.push(Piece::Removed(std::mem::take(removed)));
    }
    if !added.is_empty() {
        pieces.push(Piece::Added(std::mem::take(added)));
    }
}

/// Leaves out what is the same and stands far from any change.
pub fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut short = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        let Piece::Same(text) = &piece else {
            short.push(piece);
            continue;
        };
        let letters = text.chars().count();
        let (head, tail) = (if at == 0 { 0 } else { AROUND }, if at == last { 0 } else { AROUND });
        if letters <= head + tail + AROUND {
            short.push(piece);
            continue;
        }
        // Cut between words, never within one.
        let begin = text.char_indices().nth(head).map_or(0, |(at, _)| at);
        let begin = if head == 0 { 0 } else { text[..begin].rfind(char::is_whitespace).unwrap_or(begin) };
        let end = text.char_indices().nth(letters - tail).map_or(text.len(), |(at, _)| at);
        let end = if tail == 0 { text.len() } else { text[end..].find(char::is_whitespace).map_or(end, |at| end + at) };
        if begin > 0 {
            short.push(Piece::Same(text[..begin].to_owned()));
        }
        short.push(Piece::Skipped(text[begin..end].chars().count()));
        if end < text.len() {
            short.push(Piece::Same(text[end..].to_owned()));
        }
    }
    short
}

/// The fields that differ, as the form calls them.
pub fn fields(before: &Written, after: &Written, subjects: &[Subject]) -> Vec<(&'static str, Vec<Piece>)> {
    let of = |written: &Written| {
        let group = |slug: &String| Group::parse(slug).map_or(slug.clone(), |group| group.name().to_owned());
        let format = Format::parse(&written.format).map_or(written.format.clone(), |format| format.name().to_owned());
        let subject =
            |slug: &String| subjects.iter().find(|s| s.slug == *slug).map_or(slug.clone(), |s| s.title.clone());
        let audience =
            |slug: &String| Audience::parse(slug).map_or(slug.clone(), |audience| audience.name().to_owned());
        let county = counties::find(&written.county).map_or("nationell sida", |county| county.name);
        [
            ("Rubrik", written.title.clone()),
            ("Kort rubrik", written.short_title.clone()),
            ("Ingress", written.lead.clone()),
            ("Text", written.body.clone()),
            ("Vems sida?", county.to_owned()),
            ("Ämnen", written.subjects.iter().map(subject).collect::<Vec<_>>().join(", ")),
            ("Vem är sidan för?", written.audiences.iter().map(audience).collect::<Vec<_>>().join(", ")),
            ("Handlar om", written.groups.iter().map(group).collect::<Vec<_>>().join(", ")),
            ("Format", format),
            ("Längd", written.minutes.clone()),
            ("Utgivare", written.publisher.clone()),
            ("Artikelnummer", written.item_number.clone()),
            ("Tillgänglighet", written.accessibility.clone()),
            ("Länk eller fil", written.place.clone()),
            ("Läs så länge", written.instead.clone()),
            ("Källor", written.sources.clone()),
            ("Granskas senast", written.review_due.clone()),
            ("Lagen som den var den", written.legal_date.clone()),
            ("Andra sidor att läsa", written.related.clone()),
            ("Ord som läsaren kan söka på", written.keywords.clone()),
        ]
    };
    let differing = of(before).into_iter().zip(of(after)).filter(|((_, before), (_, after))| before != after);
    differing.map(|((name, before), (_, after))| (name, shortened(words(&before, &after)))).collect()
}

/// Said as well as shown: whoever listens hears where a change begins and ends.
#[component]
pub fn Compared(pieces: Vec<Piece>) -> impl IntoView {
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Same(text) => text.into_any(),
        Piece::Removed(text) => {
            view! { <del><span class="sr">" [borttaget: "</span>{text}<span class="sr">"] "</span></del> }.into_any()
        }
        Piece::Added(text) => {
            view! { <ins><span class="sr">" [tillagt: "</span>{text}<span class="sr">"] "</span></ins> }.into_any()
        }
        Piece::Skipped(letters) => {
            view! { <span class="skipped">{format!(" … {letters} tecken är lika … ")}</span> }.into_any()
        }
    });
    view! { <div class="compared">{pieces.collect_view()}</div> }
}

#[cfg(test)]
mod tests {
    use super::Piece::{Added, Removed, Same, Skipped};
    use super::*;

    #[test]
    fn words_give_way_to_words() {
        assert_eq!(
            words("Ring polisen genast.", "Ring 112 genast."),
            [Same("Ring ".into()), Removed("polisen".into()), Added("112".into()), Same(" genast.".into())]
        );
        assert_eq!(
            words("a b c d", "a x y d"),
            [Same("a ".into()), Removed("b c".into()), Added("x y".into()), Same(" d".into())]
        );
        assert_eq!(words("lika", "lika"), [Same("lika".into())]);
        assert_eq!(words("", "nytt"), [Added("nytt".into())]);
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_pieces() {
        let (before, after) = ("Ett. Två.\n\nTre fyra fem.\n", "Ett! Två.\n\nFem fyra sex sju.\n\n- åtta\n");
        let pieces = words(before, after);
        let read = |skip: fn(&Piece) -> bool| -> String {
            pieces
                .iter()
                .filter(|piece| !skip(piece))
                .map(|piece| match piece {
                    Same(text) | Removed(text) | Added(text) => text.as_str(),
                    Skipped(_) => unreachable!(),
                })
                .collect()
        };
        assert_eq!(read(|piece| matches!(piece, Added(_))), before);
        assert_eq!(read(|piece| matches!(piece, Removed(_))), after);
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out_between_words() {
        let long = "ord ".repeat(500);
        let pieces = shortened(words(&format!("{long}A"), &format!("{long}B")));
        let [Skipped(letters), Same(near), Removed(_), Added(_)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert!(near.starts_with(" ord") && near.len() < 200);
        assert_eq!(letters + near.len(), 2000);
        let both = shortened(words(&format!("A {long}B"), &format!("C {long}D")));
        assert!(both.iter().filter(|piece| matches!(piece, Skipped(_))).count() == 1, "{both:?}");
    }

    #[test]
    fn only_what_differs_is_listed() {
        let before = Written { title: "A".into(), county: "skane".into(), ..Written::default() };
        let after = Written { county: String::new(), ..before.clone() };
        let names: Vec<_> = fields(&before, &after, &[]).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Vems sida?"]);
    }
}
