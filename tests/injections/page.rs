//! What a browser would run of a page.

use std::rc::Rc;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Node, NodeData, RcDom};
use sitegen_parser::{Use, is_forbidden};

/// Attributes that hold a URL which browsers go to, load or run.
const URLS: [&str; 11] =
    ["href", "src", "action", "formaction", "data", "poster", "srcset", "ping", "cite", "background", "to"];

/// What would run, each as it is written. Links that run a program are told apart, since they are errors.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    pub(crate) programs: Vec<String>,
    pub(crate) links: Vec<String>,
}

/// Reads a page as browsers do.
pub(crate) fn runs(html: &[u8]) -> Runs {
    let mut runs = Runs::default();
    let page = parse_document(RcDom::default(), ParseOpts::default()).from_utf8().one(html);
    let mut left = vec![Rc::clone(&page.document)];
    while let Some(node) = left.pop() {
        runs.element(&node);
        left.extend(node.children.borrow().iter().cloned());
    }
    runs
}

impl Runs {
    fn element(&mut self, node: &Rc<Node>) {
        let NodeData::Element { name, attrs, template_contents, .. } = &node.data else { return };
        let tag = &*name.local;
        let attributes = attrs.borrow();
        let value = |wanted: &str| {
            attributes
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| &*attribute.value)
        };
        let is_ours = match tag {
            "script" => match (value("type"), value("src")) {
                (Some("application/ld+json"), None) => is_json(&text(node)),
                (_, Some(src)) => src.starts_with("/assets/"),
                _ => false,
            },
            "meta" => value("http-equiv").is_none() || value("content").is_some_and(leads_here),
            "iframe" | "object" | "embed" | "base" | "frame" | "applet" | "style" | "noscript" | "portal" => {
                false
            }
            _ => true,
        };
        if !is_ours {
            self.programs.push(format!("<{tag}> {:?} {}", value("src"), text(node)));
        }
        for attribute in attributes.iter() {
            let name = &*attribute.name.local;
            if name.starts_with("on") || name == "srcdoc" || name == "style" {
                self.programs.push(format!("<{tag} {name}={:?}>", &*attribute.value));
            }
            if URLS.contains(&name) && is_forbidden(&attribute.value, Use::Follow) && tag != "img" {
                self.links.push(attribute.value.to_string());
            }
        }
        if template_contents.borrow().is_some() {
            self.programs.push("<template>".to_owned());
        }
    }
}

/// Whether a redirect leads to a page of the site.
fn leads_here(content: &str) -> bool {
    content.split_once("url=").is_some_and(|(_, url)| url.starts_with('/') && !url.starts_with("//"))
}

/// Whether data for other programs is sound, and could not end where it stands.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok() && !text.contains('<')
}

fn text(node: &Rc<Node>) -> String {
    let children = node.children.borrow();
    children
        .iter()
        .filter_map(|child| match &child.data {
            NodeData::Text { contents } => Some(contents.borrow().to_string()),
            _ => None,
        })
        .collect()
}
