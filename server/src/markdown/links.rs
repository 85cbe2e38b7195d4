//! Links: what a link may lead to, and how a link out of the portal is marked.

use ammonia::Url;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::citations::OURS;
use super::dialect::Step;
use super::html::escape;
use super::{Link, Problem};

/// Lists every link and reduces those that may not stand to their text, each with a problem.
///
/// Afterwards no link lies in another, none is empty, and each leads where [`Target::parse`] allows.
pub(super) fn check<'a>(steps: Vec<Step<'a>>, problems: &mut Vec<Problem>) -> (Vec<Step<'a>>, Vec<Link>) {
    let mut checked = Vec::with_capacity(steps.len());
    let mut links = Vec::new();
    // For each open link: whether it is kept.
    let mut open: Vec<bool> = Vec::new();

    let mut steps = steps.into_iter().peekable();
    while let Some(Step { event, line }) = steps.next() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let href =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                if !title.is_empty() {
                    problems.push(Problem::new(
                        line,
                        "Text inom citattecken efter länkens adress visas inte. Skriv den i länktexten i stället.",
                    ));
                }
                let empty = matches!(steps.peek(), Some(Step { event: Event::End(TagEnd::Link), .. }));
                let refusal = match Target::parse(&href) {
                    Err(refusal) => Some(refusal),
                    Ok(_) if empty => Some("Länken saknar text. Skriv inom hakparenteserna vart den leder.".to_owned()),
                    Ok(_) => None,
                };
                let kept = refusal.is_none() && !open.contains(&true);
                problems.extend(refusal.map(|message| Problem::new(line, message)));
                links.push(Link { href: href.clone(), line });
                open.push(kept);
                if kept {
                    let tag = Tag::Link { link_type: LinkType::Inline, dest_url: href.into(), title: "".into(), id };
                    checked.push(Step { event: Event::Start(tag), line });
                }
            }
            Event::End(TagEnd::Link) => {
                if open.pop() == Some(true) {
                    checked.push(Step { event, line });
                }
            }
            other => checked.push(Step { event: other, line }),
        }
    }
    (checked, links)
}

/// Writes each link with the marks that its kind carries.
pub(super) fn mark(steps: Vec<Step>) -> Vec<Step> {
    steps
        .into_iter()
        .map(|Step { event, line }| {
            let event = match event {
                // A citation comes with its whole tag.
                Event::Start(Tag::Link { dest_url, id, .. }) if &*id == OURS => Event::InlineHtml(dest_url),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let href = escape(&dest_url);
                    let external = Target::parse(&dest_url) == Ok(Target::External);
                    let tag = if external {
                        format!("<a class=\"external\" href=\"{href}\" rel=\"noreferrer\">")
                    } else {
                        format!("<a href=\"{href}\">")
                    };
                    Event::InlineHtml(tag.into())
                }
                Event::End(TagEnd::Link) => Event::InlineHtml("</a>".into()),
                other => other,
            };
            Step { event, line }
        })
        .collect()
}

/// Where a link may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of the portal, from the root: `/om/`.
    Internal,
    /// A place on the same page: `#rubrik`.
    Fragment,
    /// Another site, over https.
    External,
    /// `mailto:`
    Mail,
    /// `tel:`
    Phone,
}

impl Target {
    /// Reads an address, or says in Swedish why it may not be linked.
    pub(super) fn parse(href: &str) -> Result<Self, String> {
        if href.is_empty() {
            return Err("Länken saknar adress. Skriv den inom parentes efter länktexten.".to_owned());
        }
        // Browsers read `\` as `/` and skip control characters, so such an address is not what it looks like.
        if href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(format!(
                "Adressen ”{}” innehåller mellanslag eller tecken som inte får finnas i en adress. Rätta den.",
                shown(href)
            ));
        }
        if href.starts_with("//") {
            return Err(format!("Adressen ”{}” saknar protokoll. Skriv hela adressen med https://.", shown(href)));
        }
        if href.starts_with('/') {
            return Ok(Self::Internal);
        }
        if let Some(fragment) = href.strip_prefix('#') {
            return if fragment.is_empty() {
                Err("Länken saknar rubrik efter #. Skriv rubrikens id.".to_owned())
            } else {
                Ok(Self::Fragment)
            };
        }
        match href.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest)) {
            Some((scheme, rest)) if scheme == "https" => https(href, rest),
            Some((scheme, _)) if scheme == "http" => {
                Err(format!("Adressen ”{}” är inte krypterad. Använd https: eller ta bort länken.", shown(href)))
            }
            Some((scheme, rest)) if scheme == "mailto" => {
                if rest.contains('@') {
                    Ok(Self::Mail)
                } else {
                    Err(format!("”{}” är ingen e-postadress. Rätta den.", shown(href)))
                }
            }
            Some((scheme, rest)) if scheme == "tel" => {
                let digits = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'));
                if digits && rest.contains(|c: char| c.is_ascii_digit()) {
                    Ok(Self::Phone)
                } else {
                    Err(format!("”{}” är inget telefonnummer. Skriv bara siffror och +.", shown(href)))
                }
            }
            _ => Err(format!(
                "Adressen ”{}” kan inte användas. Skriv en adress inom webbplatsen från / eller en hel adress med https://.",
                shown(href)
            )),
        }
    }
}

/// `https:` must be followed by `//` and a plain host: `https:/x`, `https://@x` and the like lead elsewhere than they say.
fn https(href: &str, rest: &str) -> Result<Target, String> {
    let host_first = rest.strip_prefix("//").is_some_and(|host| host.starts_with(char::is_alphanumeric));
    let plain =
        Url::parse(href).is_ok_and(|url| url.has_host() && url.username().is_empty() && url.password().is_none());
    if host_first && plain {
        Ok(Target::External)
    } else {
        Err(format!("Adressen ”{}” går inte att läsa. Kontrollera att den är rätt skriven.", shown(href)))
    }
}

/// The address as quoted in a message: on one line and not too long.
fn shown(href: &str) -> String {
    let mut shown: String = href.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if href.chars().nth(80).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::{Glossary, Rendered, render};
    use super::*;

    fn page(markdown: &str) -> Rendered {
        render(markdown, 11, &Glossary::empty())
    }

    #[test]
    fn a_link_within_the_portal_is_plain() {
        let page = page("Se [freda](/vagledning/freda#rubrik).");
        assert_eq!(page.html, "<p>Se <a href=\"/vagledning/freda#rubrik\">freda</a>.</p>\n");
        assert_eq!(page.links, [Link { href: "/vagledning/freda#rubrik".into(), line: 11 }]);
        assert_eq!(page.problems, []);
    }

    #[test]
    fn a_link_to_another_site_is_marked_and_tells_nothing_of_where_the_reader_comes_from() {
        assert_eq!(
            page("[Källa](https://example.se/a?b=1&c=2)").html,
            "<p><a class=\"external\" href=\"https://example.se/a?b=1&amp;c=2\" rel=\"noreferrer\">Källa</a></p>\n"
        );
    }

    #[test]
    fn mail_and_telephone_may_be_linked() {
        let page = page("[Ring](tel:+46123456) eller <namn@example.se> eller [skriv](mailto:namn@example.se).");
        assert_eq!(page.problems, []);
        assert_eq!(
            page.links.iter().map(|l| l.href.as_str()).collect::<Vec<_>>(),
            ["tel:+46123456", "mailto:namn@example.se", "mailto:namn@example.se"]
        );
        assert!(page.html.contains("<a href=\"mailto:namn@example.se\">namn@example.se</a>"));
    }

    #[test]
    fn every_link_is_listed_with_its_line() {
        let page = page("[a](/a)\n[b](/b)\n\n- [c](http://c.se)");
        assert_eq!(
            page.links.iter().map(|l| (l.href.as_str(), l.line)).collect::<Vec<_>>(),
            [("/a", 11), ("/b", 12), ("http://c.se", 14)]
        );
        assert_eq!(page.problems.iter().map(|p| p.line).collect::<Vec<_>>(), [14]);
    }

    #[test]
    fn a_refused_link_leaves_its_text() {
        for href in [
            "http://example.se",
            "//example.se",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "freda",
            "../freda",
            "?q=x",
            "/\\\\example.se",
            "https:example.se",
            "https:///example.se",
            "https://@example.se",
            "https://a:b@example.se",
            "mailto:",
            "mailto:namn",
            "tel:",
            "tel:javascript",
            "#",
            "java&#x09;script:alert(1)",
            "&#x01;javascript:alert(1)",
            "/&#x09;/example.se",
            "javascript&colon;alert(1)",
            "blob:https://x.se/y",
            "ftp://x.se",
        ] {
            let page = page(&format!("Se [*text*]({href})."));
            assert_eq!(page.html, "<p>Se <em>text</em>.</p>\n", "{href}");
            assert_eq!(page.problems.len(), 1, "{href}: {:?}", page.problems);
            assert_eq!(page.problems[0].line, 11);
        }
    }

    #[test]
    fn a_link_without_address_or_text_is_reported() {
        assert_eq!(page("[text]()").html, "<p>text</p>\n");
        assert_eq!(page("[text]()").problems.len(), 1);
        assert_eq!(page("a [](/om/) b").html, "<p>a  b</p>\n");
        assert_eq!(page("a [](/om/) b").problems.len(), 1);
    }

    #[test]
    fn a_reference_link_is_checked_like_any_other() {
        let page = page("[text][x]\n\n[x]: javascript:alert(1)");
        assert_eq!(page.html, "<p>text</p>\n");
        assert_eq!(page.problems.len(), 1);
    }

    #[test]
    fn the_title_of_a_link_is_reported() {
        let page = page("[text](/om/ \"titel\")");
        assert_eq!(page.html, "<p><a href=\"/om/\">text</a></p>\n");
        assert_eq!(page.problems.len(), 1);
    }

    #[test]
    fn targets_are_told_apart() {
        assert_eq!(Target::parse("/"), Ok(Target::Internal));
        assert_eq!(Target::parse("#a"), Ok(Target::Fragment));
        assert_eq!(Target::parse("HTTPS://example.se"), Ok(Target::External));
        assert_eq!(Target::parse("mailto:a@b.se"), Ok(Target::Mail));
        assert_eq!(Target::parse("tel:112"), Ok(Target::Phone));
    }
}
