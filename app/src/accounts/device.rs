//! What a browser is called in the list of one's own sessions. A guess that helps to recognise it, nothing more.

/// "Firefox på Windows", from what the browser says it is (the `User-Agent` header).
pub fn described(browser: &str) -> String {
    let first = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| browser.contains(mark)).map(|(_, n)| *n);
    // Each claims to be those after it.
    let name = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name} på {system}"),
        (Some(name), None) => name.to_owned(),
        (None, Some(system)) => format!("Webbläsare på {system}"),
        (None, None) => "Okänd webbläsare".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::described;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        for (says, called) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox på Windows"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 Edg/140.0",
                "Edge på Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
                "Safari på iPhone",
            ),
            ("curl/8", "Okänd webbläsare"),
            ("", "Okänd webbläsare"),
        ] {
            assert_eq!(described(says), called);
        }
    }
}
