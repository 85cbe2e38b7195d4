//! A telephone number that can be called from the page.

use leptos::prelude::*;

/// As it is written, in Sweden or with the country's number first.
#[component]
pub fn Phone(number: String) -> impl IntoView {
    match dialled(&number) {
        Some(dial) => view! { <a class="tel" href=format!("tel:{dial}")>{number}</a> }.into_any(),
        None => view! { <span class="tel">{number}</span> }.into_any(),
    }
}

/// `010-000 00 00` as `+46100000000`; nothing for what no telephone understands.
fn dialled(number: &str) -> Option<String> {
    let number = number.trim();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || " \u{a0}-+()".contains(c));
    match digits.strip_prefix('0').filter(|rest| !rest.starts_with('0')) {
        _ if !is_number || digits.len() > 15 => None,
        Some(rest) if !number.starts_with('+') && rest.len() >= 6 => Some(format!("+46{rest}")),
        None if number.starts_with('+') && digits.len() >= 8 => Some(format!("+{digits}")),
        // 112, 114 14
        None if (3..=6).contains(&digits.len()) => Some(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::dialled;

    #[test]
    fn a_number_is_dialled_from_anywhere() {
        for (written, dial) in [
            ("010-000 00 00", "+46100000000"),
            ("+46 10 000 00 00", "+46100000000"),
            ("114 14", "11414"),
            ("112", "112"),
        ] {
            assert_eq!(dialled(written).as_deref(), Some(dial));
        }
        for none in ["", "ring oss", "0", "00", "javascript:1", "1234567"] {
            assert_eq!(dialled(none), None, "{none}");
        }
    }
}
