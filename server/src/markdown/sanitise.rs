//! The last gate: only elements, attributes and addresses on this list reach a reader.
//!
//! Nothing above should let anything else through. This stage is here for the day when something does, which is why
//! it knows nothing of markdown: the list is written out by hand from what the stages make.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use app::media::address::Address;

use super::html::escape;
use super::links::Target;

/// Passes only what is on the list. `sanitise(sanitise(x)) == sanitise(x)` for every `x`.
///
/// One pass alone does not promise that: taking an element out can make a browser read its surroundings differently,
/// which is how sanitisers get outwitted. So the result is read again until it stays the same, and what will not come
/// to rest is shown as text.
pub(super) fn sanitise(html: &str) -> String {
    const PASSES: usize = 6;
    let mut html = pass(html);
    for _ in 0..PASSES {
        let again = pass(&html);
        if again == html {
            return html;
        }
        html = again;
    }
    // Quotes need no escape outside attributes, and the parser would give them back unescaped.
    escape(&html).replace("&quot;", "\"")
}

fn pass(html: &str) -> String {
    ALLOW_LIST.clean(html).to_string()
}

static ALLOW_LIST: LazyLock<Builder<'static>> = LazyLock::new(allow_list);

const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes whose value [`allowed_value`] judges.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "id", "aria-label", "aria-describedby"]),
    ("div", &["aria-label"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["src", "alt", "width", "height"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("span", &["id"]),
];

/// Attributes with the only values they may have.
const VALUES: &[(&str, &str, &[&str])] = &[
    ("a", "rel", &["noreferrer"]),
    ("a", "role", &["doc-backlink", "doc-noteref"]),
    ("div", "role", &["note", "region"]),
    ("div", "tabindex", &["0"]),
    ("img", "loading", &["lazy"]),
    ("img", "decoding", &["async"]),
    ("section", "role", &["doc-endnotes"]),
    ("span", "role", &["tooltip"]),
    ("th", "scope", &["col"]),
];

const CLASSES: &[(&str, &[&str])] = &[
    ("a", &["anchor", "external", "lagrum", "replaced", "short", "term"]),
    (
        "div",
        &[
            "duty",
            "duty-must",
            "duty-should",
            "notice",
            "notice-caution",
            "notice-important",
            "notice-note",
            "notice-tip",
            "notice-warning",
            "table-scroll",
        ],
    ),
    ("p", &["notice-title"]),
    ("section", &["footnotes"]),
    ("span", &["cited", "preview"]),
    ("td", &["align-center", "align-right"]),
    ("th", &["align-center", "align-right"]),
];

/// Elements that vanish with all they hold. Their text is no text for a reader, or it is what namespace tricks
/// (the ammonia advisories of 2025 and 2026) hide behind.
const WITH_CONTENT: &[&str] = &[
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

fn allow_list() -> Builder<'static> {
    let attributes: HashMap<_, HashSet<_>> =
        ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    let classes: HashMap<_, HashSet<_>> =
        CLASSES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    let mut values: HashMap<_, HashMap<_, HashSet<_>>> = HashMap::new();
    for (tag, attribute, allowed) in VALUES {
        values.entry(*tag).or_default().insert(*attribute, allowed.iter().copied().collect());
    }

    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(WITH_CONTENT.iter().copied().collect())
        .generic_attributes(HashSet::new())
        .tag_attributes(attributes)
        .tag_attribute_values(values)
        .allowed_classes(classes)
        .url_schemes(["https", "mailto", "tel"].into_iter().collect())
        // The filter below decides about relative addresses; the library would let `//host` through.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(|element, attribute, value| {
            allowed_value(element, attribute, value).then_some(Cow::Borrowed(value))
        });
    builder
}

fn allowed_value(element: &str, attribute: &str, value: &str) -> bool {
    match (element, attribute) {
        (_, "href") => Target::parse(value).is_ok(),
        // A picture is fetched without anybody asking for it: only from here.
        (_, "src") => Address::parse(value).is_some_and(|address| address.kind.is_picture()),
        (_, "width" | "height") => value.len() <= 5 && value.bytes().all(|b| b.is_ascii_digit()),
        ("a", "id") => value.starts_with("fnref-") && is_our_id(value),
        ("span", "id") | ("a", "aria-describedby") => value.starts_with("lagrum-") && is_our_id(value),
        ("li", "id") => value.starts_with("fn-") && is_our_id(value),
        (_, "id") => is_our_id(value),
        (_, "start") => value.len() <= 9 && value.bytes().all(|b| b.is_ascii_digit()),
        _ => true,
    }
}

/// Ids as the stages make them. Nothing else: an id of choice can shadow a name that a script looks up.
fn is_our_id(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_stages_make_passes_unchanged() {
        for html in [
            "<h2 id=\"sa-gor-du\"><a class=\"anchor\" href=\"#sa-gor-du\">Så</a></h2>\n",
            "<div class=\"notice notice-note\" role=\"note\" aria-label=\"Bra att veta\">\n<p class=\"notice-title\">Bra</p>\n</div>\n",
            "<p><a class=\"external\" href=\"https://example.se/?a=1&amp;b=2\" rel=\"noreferrer\">x</a> <a href=\"tel:112\">112</a></p>",
            "<sup><a id=\"fnref-1-2\" href=\"#fn-1\" role=\"doc-noteref\" aria-label=\"Fotnot 1\">1</a></sup>",
            "<ol start=\"3\">\n<li id=\"fn-1\">a</li>\n</ol>\n<pre><code>\n a &lt; b\n</code></pre>\n<hr>\n<br>\n",
        ] {
            assert_eq!(sanitise(html), html);
        }
    }

    #[test]
    fn only_our_kind_of_address_stays() {
        for href in [
            "//evil.se",
            "/\\evil.se",
            "http://evil.se",
            "javascript:x",
            "evil",
            "\tjavascript:x",
            "/\t/evil.se",
            "data:x",
            "",
        ] {
            assert_eq!(sanitise(&format!("<a href=\"{href}\">x</a>")), "<a>x</a>", "{href}");
        }
    }

    #[test]
    fn only_pictures_from_here_are_fetched() {
        let ours = "<figure>\n<img src=\"/media/0123456789abcdef-12x8/a.jpg\" alt=\"å &amp; ä\" width=\"12\" height=\"8\" loading=\"lazy\" decoding=\"async\">\n</figure>\n";
        assert_eq!(sanitise(ours), ours);
        for src in [
            "https://evil.se/x.png",
            "//evil.se/media/0123456789abcdef-1x1/a.jpg",
            "/media/../x.jpg",
            "/media/0123456789abcdef/a.pdf",
            "/logga-ut",
            "data:image/png;base64,x",
            "javascript:x",
            "x",
        ] {
            assert_eq!(sanitise(&format!("<img src=\"{src}\" srcset=\"{src}\" onerror=\"x\">")), "<img>", "{src}");
        }
    }

    #[test]
    fn only_our_ids_roles_and_classes_stay() {
        assert_eq!(
            sanitise(
                "<p id=a class=\"notice-title evil\">x</p><a id=evil role=button class=evil>y</a><li id=evil>z</li>\
                 <h2 id=\"a b\" style=\"x\" onclick=y>w</h2><div role=dialog tabindex=5>v</div>"
            ),
            "<p class=\"notice-title\">x</p><a class=\"\">y</a><li>z</li><h2>w</h2><div>v</div>"
        );
    }

    #[test]
    fn what_will_not_come_to_rest_would_be_shown_as_text() {
        let text = escape("<b title=\"x\">&\u{a0}").replace("&quot;", "\"");
        assert_eq!(pass(&text), text);
    }

    /// Pieces from which namespace, foster-parenting and nesting tricks are made.
    fn piece() -> impl Strategy<Value = String> {
        let pieces = [
            "<a href=/1>",
            "<a href=\"javascript:x\">",
            "</a>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<em>",
            "</em>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<th>",
            "<caption>",
            "<colgroup>",
            "<svg>",
            "</svg>",
            "<math>",
            "</math>",
            "<mtext>",
            "<mglyph>",
            "<annotation-xml encoding=\"text/html\">",
            "<foreignObject>",
            "<desc>",
            "<title>",
            "</title>",
            "<style>",
            "</style>",
            "<script>",
            "</script>",
            "<noscript>",
            "</noscript>",
            "<template>",
            "</template>",
            "<select>",
            "<option>",
            "</select>",
            "<form>",
            "</form>",
            "<object>",
            "</object>",
            "<button>",
            "<li>",
            "<ul>",
            "<dd>",
            "<dt>",
            "<h2>",
            "<h3>",
            "<pre>",
            "\n",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<img src=x onerror=alert(1)>",
            "<img src=/media/0123456789abcdef-1x1/a.jpg alt=\"a\" srcset=x style=y>",
            "<figure>",
            "</figure>",
            "<figcaption>",
            "<a title=\"</style><img src=x onerror=alert(1)>\">",
            "<plaintext>",
            "<frameset>",
            "<body onload=x>",
            "<ruby>",
            "<rt>",
            "<div>",
            "</div>",
            "<section>",
            "\0",
            "\r",
            "&lt;",
            "&",
            "\"",
            "'",
            "text",
            "<selectedcontent>",
            "<font color=red>",
            "<nobr>",
            "<marquee>",
            "<applet>",
            "<xmp>",
            "<textarea>",
            "<br>",
            "<hr>",
        ];
        proptest::sample::select(pieces.map(str::to_owned).to_vec())
    }

    proptest! {
        #[test]
        fn a_second_pass_changes_nothing(pieces in proptest::collection::vec(piece(), 0..40)) {
            let once = sanitise(&pieces.concat());
            prop_assert_eq!(sanitise(&once), once);
        }

        #[test]
        fn nothing_off_the_list_gets_through(pieces in proptest::collection::vec(piece(), 0..40)) {
            super::super::tests::assert_harmless(&sanitise(&pieces.concat()));
        }
    }
}
