//! A page's HTML as a tree, cut down to what is text for a reader.

use std::rc::Rc;

use markup5ever_rcdom::{Node, NodeData};

use crate::ground::escape::escape_markdown;

/// Elements without text for a reader: controls, navigation, and what only programs read.
const LEFT_OUT: [&str; 24] = [
    "audio", "button", "canvas", "datalist", "dialog", "embed", "fieldset", "form", "head", "iframe", "link",
    "meta", "nav", "noscript", "object", "output", "progress", "script", "select", "style", "template",
    "textarea", "title", "video",
];

/// The most levels of elements that are converted, because the converter calls itself for each level.
const MAX_DEPTH: usize = 4 * super::depth::MAX_DEPTH;

/// Finds the main part of a document, or else its body.
pub(super) fn main(document: &Rc<Node>) -> Rc<Node> {
    let found = find(document, "main").or_else(|| find(document, "body"));
    found.unwrap_or_else(|| Rc::clone(document))
}

/// Finds the first element of a name.
pub(super) fn find(root: &Rc<Node>, name: &str) -> Option<Rc<Node>> {
    let mut left = vec![Rc::clone(root)];
    while let Some(node) = left.pop() {
        if is(&node, name) {
            return Some(node);
        }
        left.extend(node.children.borrow().iter().rev().cloned());
    }
    None
}

/// Removes the elements without text, and the heading, because the twin begins with it. Pictures with a name
/// become that name, and links become whole URLs.
pub(super) fn prune(main: &Rc<Node>, heading: Option<&Rc<Node>>, absolute: &dyn Fn(&str) -> String) {
    let mut left = vec![(Rc::clone(main), 0)];
    while let Some((node, depth)) = left.pop() {
        let children = node.children.take();
        // A `<div>` in a list of definitions only groups terms, so its children replace it.
        let is_group = |child: &Rc<Node>| is(&node, "dl") && is(child, "div");
        let children = children
            .into_iter()
            .flat_map(|child| if is_group(&child) { child.children.take() } else { vec![child] });
        let mut kept = Vec::new();
        for child in children {
            if heading.is_some_and(|heading| Rc::ptr_eq(heading, &child)) {
                continue;
            }
            let child = match fate(&child) {
                Fate::Gone => continue,
                Fate::Named(name) => text(&format!(" {name} ")),
                Fate::Kept => child,
            };
            make_fit(&child, absolute);
            child.parent.set(Some(Rc::downgrade(&node)));
            kept.push(child);
        }
        if depth < MAX_DEPTH {
            left.extend(kept.iter().rev().map(|child| (Rc::clone(child), depth + 1)));
            node.children.replace(kept);
        }
    }
}

/// Finds the page's own heading: the first `<h1>`, if it stands before all other text or repeats the page's
/// title. Any other heading belongs to the text.
pub(super) fn heading(main: &Rc<Node>, title: &str) -> Option<Rc<Node>> {
    let mut is_first = true;
    let mut left = vec![Rc::clone(main)];
    while let Some(node) = left.pop() {
        if is(&node, "h1") {
            return Some(node).filter(|heading| is_first || is_part(&text_of(heading), title));
        }
        match &node.data {
            NodeData::Text { contents } => is_first &= contents.borrow().trim().is_empty(),
            _ if Rc::ptr_eq(&node, main) || matches!(fate(&node), Fate::Kept) => {
                left.extend(node.children.borrow().iter().rev().cloned());
            }
            _ => {}
        }
    }
    None
}

/// Returns true if a heading says nothing that a title does not say, judged by letters and digits alone.
pub(super) fn is_part(heading: &str, title: &str) -> bool {
    let said = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let heading = said(heading);
    !heading.is_empty() && said(title).contains(&heading)
}

enum Fate {
    Kept,
    Gone,
    Named(String),
}

fn fate(node: &Rc<Node>) -> Fate {
    let NodeData::Element { name, .. } = &node.data else {
        return if matches!(node.data, NodeData::Text { .. }) { Fate::Kept } else { Fate::Gone };
    };
    let name = &*name.local;
    let says = |attribute: &str, word: &str| attribute_of(node, attribute).is_some_and(|value| value == word);
    if LEFT_OUT.contains(&name) || attribute_of(node, "hidden").is_some() || says("aria-hidden", "true") {
        return Fate::Gone;
    }
    if says("role", "img") || name == "svg" {
        let label = attribute_of(node, "aria-label").filter(|label| !label.trim().is_empty());
        return label.map_or(Fate::Gone, Fate::Named);
    }
    match name {
        // A picture without a text is decoration.
        "img" if attribute_of(node, "alt").is_none_or(|alt| alt.trim().is_empty()) => Fate::Gone,
        _ => Fate::Kept,
    }
}

/// Makes links whole and escapes texts in attributes for Markdown, because the converter writes both as they
/// are.
fn make_fit(node: &Rc<Node>, absolute: &dyn Fn(&str) -> String) {
    let NodeData::Element { name, attrs, .. } = &node.data else { return };
    let is_image = match &*name.local {
        "a" => false,
        "img" => true,
        _ => return,
    };
    for attribute in attrs.borrow_mut().iter_mut() {
        attribute.value = match &*attribute.name.local {
            "href" if !is_image => absolute(&attribute.value).into(),
            "src" if is_image => absolute(&attribute.value).into(),
            "alt" | "title" => escape_markdown(&attribute.value).into(),
            _ => continue,
        };
    }
}

fn text(text: &str) -> Rc<Node> {
    Node::new(NodeData::Text { contents: std::cell::RefCell::new(text.into()) })
}

fn is(node: &Node, wanted: &str) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == wanted)
}

/// Returns the value of an attribute.
pub(super) fn attribute_of(node: &Node, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs
        .iter()
        .find(|attribute| &*attribute.name.local == wanted)
        .map(|attribute| attribute.value.to_string())
}

/// Returns all text below a node.
pub(super) fn text_of(node: &Rc<Node>) -> String {
    let mut text = String::new();
    let mut left = vec![Rc::clone(node)];
    while let Some(node) = left.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        left.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}

/// Finds the first child of a name.
pub(super) fn child(node: &Node, name: &str) -> Option<Rc<Node>> {
    node.children.borrow().iter().find(|child| is(child, name)).cloned()
}

/// Lists a table's rows in their order.
pub(super) fn rows(table: &Node) -> Vec<Rc<Node>> {
    let mut rows = Vec::new();
    for child in table.children.borrow().iter() {
        if is(child, "tr") {
            rows.push(Rc::clone(child));
        } else if ["thead", "tbody", "tfoot"].iter().any(|group| is(child, group)) {
            rows.extend(child.children.borrow().iter().filter(|row| is(row, "tr")).cloned());
        }
    }
    rows
}

/// Lists a row's cells, those of headings included.
pub(super) fn cells(row: &Node) -> Vec<Rc<Node>> {
    row.children.borrow().iter().filter(|cell| is(cell, "td") || is(cell, "th")).cloned().collect()
}

/// Returns true if a row is in the head of its table, or if all of its cells are headings.
pub(super) fn is_head(row: &Rc<Node>) -> bool {
    is_within(row, &["thead"]) || cells(row).iter().all(|cell| is(cell, "th"))
}

/// Returns true if a node is below an element of one of these names.
pub(super) fn is_within(node: &Rc<Node>, names: &[&str]) -> bool {
    let mut above = parent(node);
    while let Some(node) = above {
        if names.iter().any(|name| is(&node, name)) {
            return true;
        }
        above = parent(&node);
    }
    false
}

fn parent(node: &Node) -> Option<Rc<Node>> {
    let parent = node.parent.take();
    let found = parent.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(parent);
    found
}
