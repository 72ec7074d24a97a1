//! Attributes that authors give elements.

use sitegen_parser::Attributes;

use crate::ground::escape::push_escaped;

/// Begins an element's tag: its name, a class of ours, and what its author gives it.
pub(super) fn push_tag(html: &mut String, name: &str, class: &str, given: Option<&Attributes>) {
    html.push('<');
    html.push_str(name);
    push_attributes(html, class, given);
}

/// Writes a class of ours, and the attributes that an author gives.
pub(super) fn push_attributes(html: &mut String, class: &str, given: Option<&Attributes>) {
    if let Some(id) = given.and_then(|given| given.id.as_ref()) {
        push(html, "id", id);
    }
    let own = Some(class).filter(|class| !class.is_empty());
    let classes: Vec<&str> =
        own.into_iter().chain(given.iter().flat_map(|given| &given.classes).map(String::as_str)).collect();
    if !classes.is_empty() {
        push(html, "class", &classes.join(" "));
    }
    for (name, value) in given.iter().flat_map(|given| &given.others) {
        push(html, name, value);
    }
}

/// Returns the value that an author gives an attribute.
pub(super) fn given<'a>(attributes: Option<&'a Attributes>, name: &str) -> Option<&'a str> {
    let found = attributes?.others.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// Writes one attribute.
pub(super) fn push(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    push_escaped(html, value);
    html.push('"');
}
