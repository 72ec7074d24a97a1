//! Checks that an SVG can be drawn as a card: one that passes takes little time and memory, and refers to
//! nothing but itself and the fonts.

use std::collections::HashMap;
use std::fmt;

use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::ground::fonts::Fonts;
use crate::page::card::SIZE;

/// The most bytes of a card's SVG. No card needs more.
const MAX_BYTES: usize = 128 << 10;
/// The most elements of a card, each counted as often as it is drawn.
const MAX_ELEMENTS: usize = 5_000;
const MAX_DEPTH: usize = 64;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// The elements of cards. Images, filters, masks and patterns are left out, because they can take any amount
/// of time or read files.
const ELEMENTS: [&str; 22] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "symbol",
    "text",
    "title",
    "tspan",
    "use",
];

const REFUSED_ATTRIBUTES: [&str; 6] =
    ["filter", "marker", "marker-end", "marker-mid", "marker-start", "mask"];

/// Names of fonts that need no file.
const GENERIC: [&str; 6] = ["cursive", "fantasy", "inherit", "monospace", "sans-serif", "serif"];

/// The reason why an SVG is not a card.
#[derive(Debug)]
pub(super) enum SvgError {
    /// It names a font that is not there.
    Font(String),
    /// It has an element that cards cannot have.
    Element(String),
    /// It has an attribute that cards cannot have, or that leads out of it.
    Attribute(String),
    /// Anything else, in words that are the same for all pages of a template.
    Other(String),
}

impl fmt::Display for SvgError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Font(name) => write!(formatter, "there is no font \"{name}\""),
            Self::Element(name) if name == "style" => {
                formatter.write_str("a card cannot have such a <style>")
            }
            Self::Element(name) => write!(formatter, "a card cannot have <{name}>"),
            Self::Attribute(name) => write!(formatter, "a card cannot have such a \"{name}\""),
            Self::Other(why) => formatter.write_str(why),
        }
    }
}

/// Checks that an SVG can be drawn.
pub(super) fn check(svg: &str, fonts: &Fonts) -> Result<(), SvgError> {
    let other = |why: &str| SvgError::Other(why.to_owned());
    if svg.len() > MAX_BYTES {
        return Err(SvgError::Other(format!("the card is larger than {} KB", MAX_BYTES >> 10)));
    }
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(svg, options).map_err(|error| {
        SvgError::Other(format!("the card is not well-formed XML: {}", reason(&error.to_string())))
    })?;
    let root = document.root_element();
    if !root.has_tag_name((NAMESPACE, "svg")) {
        return Err(SvgError::Other(format!("the card is not an <svg> in the namespace {NAMESPACE}")));
    }
    let side = |name: &str, length: u32| root.attribute(name) == Some(length.to_string().as_str());
    if !side("width", SIZE.0) || !side("height", SIZE.1) {
        return Err(SvgError::Other(format!(
            "the card must say width=\"{}\" and height=\"{}\"",
            SIZE.0, SIZE.1
        )));
    }
    let nodes = || document.descendants().filter(Node::is_element);
    nodes().try_for_each(|node| check_element(&node, fonts))?;
    if fonts.families().next().is_none() && nodes().any(|node| node.has_tag_name((NAMESPACE, "text"))) {
        return Err(other("there is no font to write the card with: put a .ttf or .otf file into fonts/"));
    }
    let named: HashMap<_, _> = nodes().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    if nodes().filter(|node| node.has_attribute("id")).count() > named.len() {
        return Err(other("two elements of the card have one id"));
    }
    let mut left = MAX_ELEMENTS;
    if !is_bounded(root, &named, MAX_DEPTH, &mut left) {
        return Err(other("the card has too many elements, or they nest too deep"));
    }
    Ok(())
}

/// Returns a message of the parser without the position, which differs from page to page.
fn reason(message: &str) -> &str {
    let position = message.rfind(" at ").filter(|at| message[at + 4..].contains(':'));
    &message[..position.unwrap_or(message.len())]
}

fn check_element(node: &Node, fonts: &Fonts) -> Result<(), SvgError> {
    let name = node.tag_name();
    if name.namespace() == Some(NAMESPACE) && !ELEMENTS.contains(&name.name()) {
        return Err(SvgError::Element(name.name().to_owned()));
    }
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let leads_out = name == "href" && !value.starts_with('#');
        let is_odd = name == "style" && !is_plain_style(value);
        if REFUSED_ATTRIBUTES.contains(&name) || leads_out || is_odd || !urls(value).all(|url| url.is_some())
        {
            return Err(SvgError::Attribute(name.to_owned()));
        }
        match name {
            "font-family" => check_fonts(value, fonts)?,
            "style" => check_style_fonts(value, fonts)?,
            _ => {}
        }
    }
    if name.name() == "style" {
        let text = node.text().unwrap_or_default();
        if !is_plain_style(text) || text.to_ascii_lowercase().contains("url") || text.contains('@') {
            return Err(SvgError::Element("style".to_owned()));
        }
        check_style_fonts(text, fonts)?;
    }
    Ok(())
}

/// Returns true if a style sets nothing that is refused as an attribute, and has no escapes.
fn is_plain_style(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    !["\\", "filter", "mask", "marker"].iter().any(|part| text.contains(part))
}

fn check_style_fonts(text: &str, fonts: &Fonts) -> Result<(), SvgError> {
    let declarations = text.match_indices("font-family").filter_map(|(at, name)| {
        let value = text[at + name.len()..].trim_start().strip_prefix(':')?;
        value.split([';', '}']).next()
    });
    declarations.into_iter().try_for_each(|names| check_fonts(names, fonts))
}

fn check_fonts(names: &str, fonts: &Fonts) -> Result<(), SvgError> {
    let names = names.split(',').map(|name| name.trim().trim_matches(['"', '\'']));
    let mut unknown =
        names.filter(|name| !GENERIC.contains(name) && !fonts.families().any(|known| known == *name));
    unknown.next().map_or(Ok(()), |name| Err(SvgError::Font(name.to_owned())))
}

/// Lists the ids that `url(…)` refers to in a value; `None` for what is not in the SVG.
fn urls(value: &str) -> impl Iterator<Item = Option<&str>> {
    let starts = value.char_indices().filter(|(at, _)| {
        value.as_bytes().get(*at..*at + 3).is_some_and(|word| word.eq_ignore_ascii_case(b"url"))
    });
    starts.map(|(at, _)| {
        let within = value[at + 3..].trim_start().strip_prefix('(')?.split(')').next()?;
        within.trim().trim_matches(['"', '\'']).strip_prefix('#')
    })
}

/// Returns true if a node is drawn within the bounds, where `use` and `url(…)` count as the elements that
/// they refer to.
fn is_bounded(node: Node, named: &HashMap<&str, Node>, depth: usize, left: &mut usize) -> bool {
    if depth == 0 || *left == 0 {
        return false;
    }
    *left -= 1;
    let attributes = node.attributes();
    let references = attributes.flat_map(|attribute| {
        let href = attribute.value().strip_prefix('#').filter(|_| attribute.name() == "href");
        href.into_iter().chain(urls(attribute.value()).flatten())
    });
    let referred = references.filter_map(|id| named.get(id).copied());
    let children = node.children().filter(Node::is_element);
    children.chain(referred).all(|node| is_bounded(node, named, depth - 1, left))
}
