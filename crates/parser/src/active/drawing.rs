//! Searches drawings and other XML for parts that browsers execute or fetch when somebody opens the file.

use std::borrow::Cow;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use crate::{Span, UrlUse, is_forbidden, references, scheme};

type ActivePart = (Cow<'static, str>, Span);

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements, of any namespace, that run something or hold other content than a drawing.
const ELEMENTS: [&str; 7] = ["embed", "foreignObject", "handler", "iframe", "listener", "object", "script"];

/// Elements that change an attribute of another one.
const ANIMATING: [&str; 4] = ["animate", "animateMotion", "animateTransform", "set"];

/// Elements that show an image, which runs nothing.
const IMAGES: [&str; 2] = ["feImage", "image"];

/// The most elements that a drawing may have.
const MAX_NODES: u32 = 1 << 20;

/// Finds the first active part, in words that go on "the drawing holds …"; none if the drawing is only shown.
pub(super) fn find(bytes: &[u8]) -> Option<ActivePart> {
    let Some(text) = decoded(bytes) else {
        return Some(("text that cannot be read: it is not UTF-8".into(), 0..0));
    };
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    match Document::parse_with_options(&text, options) {
        Ok(document) => {
            let declared = in_declarations(&text[..document.root_element().range().start]);
            let (what, span) = declared.or_else(|| document.descendants().find_map(|node| in_node(&node)))?;
            // If the text was decoded from another encoding, its places are not those of the file.
            Some((what, if matches!(text, Cow::Borrowed(_)) { span } else { 0..0 }))
        }
        Err(error) => Some((
            format!("what is no well-formed XML, so that nobody knows what it is: {error}").into(),
            0..0,
        )),
    }
}

/// Decodes a file in UTF-8, or in another encoding whose first 128 characters are those of ASCII.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    const PLAIN: [&str; 6] = ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"];
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let declared = head
        .trim_start_matches('\u{feff}')
        .strip_prefix("<?xml")
        .and_then(|head| head.split("?>").next()?.split_once("encoding"));
    let declared = declared.map(|(_, rest)| {
        rest.trim_start_matches(|c: char| c == '=' || c == '"' || c == '\'' || c.is_whitespace())
    });
    let name = declared.map(|rest| rest.split(['"', '\'']).next().unwrap_or_default());
    match (name, std::str::from_utf8(bytes)) {
        (Some(name), _) if !PLAIN.contains(&name) => None,
        (_, Ok(text)) => Some(text.into()),
        (Some("iso-8859-1" | "windows-1252"), Err(_)) => {
            Some(bytes.iter().map(|byte| char::from(*byte)).collect())
        }
        _ => None,
    }
}

/// Finds declarations that can change the rest: browsers read markup in the values of entities, and take
/// attributes from lists.
fn in_declarations(prolog: &str) -> Option<ActivePart> {
    const PLAIN: [&str; 5] = ["<!DOCTYPE", "<!ENTITY", "<!ELEMENT", "<!--", "<?"];
    let start = prolog.find("<!DOCTYPE")?;
    let declared = &prolog[start..];
    // Declarations stand in brackets. Without brackets, only comments follow, such as Graphviz writes.
    if !declared.contains('[') {
        return None;
    }
    let is_plain = |(at, _): (usize, _)| PLAIN.iter().any(|plain| declared[at..].starts_with(plain));
    let odd = declared.contains(['&', '%']) || !declared.match_indices('<').all(is_plain);
    odd.then(|| {
        (
            "declarations that can make anything of it, in its `<!DOCTYPE`".into(),
            start..start + "<!DOCTYPE".len(),
        )
    })
}

fn in_node(node: &Node) -> Option<ActivePart> {
    if let Some(pi) = node.pi() {
        return (pi.target == "xml-stylesheet")
            .then(|| ("a style sheet of its own, `<?xml-stylesheet …?>`".into(), node.range()));
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    let shown = || start(node);
    if ELEMENTS.contains(&name.name()) {
        return Some((format!("a <{}>", name.name()).into(), shown()));
    }
    if name.namespace() == Some(XHTML) {
        return Some((format!("HTML, such as <{}>", name.name()).into(), shown()));
    }
    if name.name() == "style" {
        let css: String = node.children().filter_map(|child| child.text()).collect();
        return in_style(&css).map(|what| (what, shown()));
    }
    let attributes = || node.attributes();
    attributes().find_map(|attribute| Some((in_attribute(node, &attribute)?, attribute.range())))
}

/// Finds the `<` and the name with which an element begins.
fn start(node: &Node) -> Span {
    let start = node.range().start;
    let text = &node.document().input_text()[start..];
    start..start + text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len())
}

fn in_attribute(node: &Node, attribute: &Attribute) -> Option<Cow<'static, str>> {
    let (name, value) = (attribute.name(), attribute.value());
    if name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) && attribute.namespace().is_none() {
        return Some(format!("a handler, `{name}`").into());
    }
    let element = node.tag_name().name();
    match name {
        "href" | "src" | "base" => in_url(element, value),
        "style" => in_style(value),
        "from" | "to" | "by" | "values" if ANIMATING.contains(&element) => value
            .split(';')
            .find(|value| scheme(value).is_some() && is_forbidden(value, UrlUse::Follow))
            .map(|_| leads("", value)),
        _ => in_style(value).filter(|_| value.contains('(')),
    }
}

fn in_url(element: &str, url: &str) -> Option<Cow<'static, str>> {
    let is_link = element == "a";
    let is_image = IMAGES.contains(&element) && scheme(url).as_deref() == Some("data");
    match () {
        () if is_link && !is_forbidden(url, UrlUse::Follow) => None,
        () if is_image && !is_forbidden(url, UrlUse::Show) => None,
        () if !is_link && !leads_out(url) => None,
        () => Some(leads(element, url)),
    }
}

/// Finds a URL of another site in CSS: in a style sheet, or in an attribute that browsers read as one.
fn in_style(css: &str) -> Option<Cow<'static, str>> {
    let found = references("style.css", css).into_iter();
    let is_data = |url: &str| scheme(url).as_deref() == Some("data") && !is_forbidden(url, UrlUse::Show);
    found.map(|reference| reference.to).find(|to| leads_out(to) && !is_data(to)).map(|to| leads("style", &to))
}

/// Returns true if a URL leads to another site, or holds data.
fn leads_out(url: &str) -> bool {
    let url = url.trim_start_matches(|c: char| c <= ' ');
    let slashes = url.bytes().take(2).filter(|byte| matches!(byte, b'/' | b'\\')).count();
    scheme(url).is_some() || slashes == 2
}

fn leads(element: &str, url: &str) -> Cow<'static, str> {
    let url: String = url.trim().chars().take(40).collect();
    match element {
        "a" | "" => format!("a link to \"{}\"", url.escape_debug()).into(),
        _ => format!("what is fetched from elsewhere, \"{}\"", url.escape_debug()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    fn drawing(inner: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"http://www.w3.org/1999/xhtml\">{inner}</svg>"
        )
    }

    #[test]
    fn drawings_that_run_something_are_found() {
        for inner in [
            "<script>1</script>",
            "<g onload=\"x()\"/>",
            "<foreignObject/>",
            "<h:p/>",
            "<a href=\"java&#10;script:x\"/>",
            "<a xlink:href=\"data:text/html,x\"/>",
            "<use href=\"//e.org/x.svg#y\"/>",
            "<use href=\"data:image/svg+xml,x#y\"/>",
            "<image href=\"https://e.org/x.png\"/>",
            "<animate attributeName=\"href\" values=\"#;javascript:x\"/>",
            "<style>@import 'https://e.org/x.css';</style>",
            "<style><![CDATA[a { b: url(https://e.org/x.png) }]]></style>",
            "<path style=\"fill: url(//e.org/x)\"/>",
            "<path fill=\"url(https://e.org/x#y)\"/>",
            "<unclosed>",
        ] {
            assert!(find(drawing(inner).as_bytes()).is_some(), "{inner}");
        }
        let entity = "<!DOCTYPE svg [<!ENTITY x \"&#60;script>1&#60;/script>\">]>";
        assert!(find(format!("{entity}{}", drawing("&x;")).as_bytes()).is_some());
        let list = "<!DOCTYPE svg [<!ATTLIST a href CDATA \"javascript:x\">]>";
        assert!(find(format!("{list}{}", drawing("<a/>")).as_bytes()).is_some());
        let entity = "<!DOCTYPE svg [<!ENTITY x \"javascript:x\">]>";
        assert!(find(format!("{entity}{}", drawing("<a href=\"&x;\"/>")).as_bytes()).is_some());
        assert!(find(format!("<?xml-stylesheet href='a.xsl'?>{}", drawing("")).as_bytes()).is_some());
        assert!(find(b"\xff\xfe<\0").is_some());
        assert!(find(b"<?xml version='1.0' encoding='iso-2022-jp'?><svg/>").is_some());
    }

    #[test]
    fn drawings_that_are_only_shown_pass() {
        for inner in [
            "<a href=\"https://e.org/\"><use href=\"#x\"/></a>",
            "<image href=\"x.png\"/><image href=\"data:image/png;base64,AA==\"/>",
            "<style>@media print { a { fill: url(#x) } } @font-face { src: url(data:font/woff2;base64,AA==) }</style>",
            "<metadata><x:rdf xmlns:x=\"y\" x:about=\"https://e.org/\"/></metadata>",
            "<path fill=\"url(#x)\" transform=\"scale(1)\"/>",
            "<animate attributeName=\"x\" values=\"1;2\"/>",
            "<!-- <script> -->",
        ] {
            assert_eq!(find(drawing(inner).as_bytes()), None, "{inner}");
        }
        let graphviz = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\"><!-- Title: %3 & x --><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let illustrator = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\" [<!ENTITY ns \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns;\"/>";
        assert_eq!((find(graphviz.as_bytes()), find(illustrator.as_bytes())), (None, None));
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = 200_000;
        let text = drawing(&format!("{}{}", "<g>".repeat(deep), "</g>".repeat(deep)));
        assert_eq!(find(text.as_bytes()), None);
    }
}
