//! The elements of a page, as browsers read it.

use std::rc::Rc;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Node, NodeData, RcDom};

/// An element with its attributes and its own text.
#[derive(Debug)]
pub struct Element {
    /// Its name, in small letters.
    pub name: String,
    /// Its attributes, in their order.
    pub attributes: Vec<(String, String)>,
    /// The text that stands directly in it.
    pub text: String,
    /// True if the element is a `template`, whose content is not read here.
    pub is_template: bool,
}

/// Reads the elements of a page, in no order.
pub fn elements(page: &[u8]) -> Vec<Element> {
    let page = parse_document(RcDom::default(), ParseOpts::default()).from_utf8().one(page);
    let mut elements = Vec::new();
    // A document that is dropped takes its elements' children with it.
    let mut left = vec![Rc::clone(&page.document)];
    while let Some(node) = left.pop() {
        elements.extend(element(&node));
        left.extend(node.children.borrow().iter().cloned());
    }
    elements
}

fn element(node: &Node) -> Option<Element> {
    let NodeData::Element { name, attrs, template_contents, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    let attributes =
        attributes.iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()));
    let children = node.children.borrow();
    let text = children.iter().filter_map(|child| match &child.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    });
    Some(Element {
        name: name.local.to_string(),
        attributes: attributes.collect(),
        text: text.collect(),
        is_template: template_contents.borrow().is_some(),
    })
}

impl Element {
    /// Returns the value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Returns true if an attribute holds a program, a page or a style.
pub fn is_active(attribute: &str) -> bool {
    attribute.starts_with("on") || attribute == "srcdoc" || attribute == "style"
}
