//! Finds the programs on a page that a browser would run.

use sitegen_parser::{UrlUse, is_forbidden};
use sitegen_tests::{Element, elements, is_active};

/// Attributes that hold a URL which browsers go to, load or run.
const URLS: [&str; 11] =
    ["href", "src", "action", "formaction", "data", "poster", "srcset", "ping", "cite", "background", "to"];

/// The programs that would run, as they are written. Links that run a program are listed apart, because they
/// are errors.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    pub(crate) programs: Vec<String>,
    pub(crate) links: Vec<String>,
}

/// Reads a page as browsers do.
pub(crate) fn runs(html: &[u8]) -> Runs {
    let mut runs = Runs::default();
    for element in elements(html) {
        runs.element(&element);
    }
    runs
}

impl Runs {
    fn element(&mut self, element: &Element) {
        let Element { name: tag, attributes, text, is_template } = element;
        let is_ours = match tag.as_str() {
            "script" => match (element.get("type"), element.get("src")) {
                (Some("application/ld+json" | "application/json"), None) => is_json(text),
                (_, Some(src)) => src.starts_with("/assets/"),
                _ => false,
            },
            "meta" => element.get("http-equiv").is_none() || element.get("content").is_some_and(leads_here),
            "iframe" | "object" | "embed" | "base" | "frame" | "applet" | "style" | "noscript" | "portal" => {
                false
            }
            _ => true,
        };
        if !is_ours {
            self.programs.push(format!("<{tag}> {:?} {text}", element.get("src")));
        }
        for (name, value) in attributes {
            if is_active(name) {
                self.programs.push(format!("<{tag} {name}={value:?}>"));
            }
            if URLS.contains(&name.as_str()) && is_forbidden(value, UrlUse::Follow) && tag != "img" {
                self.links.push(value.clone());
            }
        }
        if *is_template {
            self.programs.push("<template>".to_owned());
        }
    }
}

/// Returns true if a redirect leads to a page of the site.
fn leads_here(content: &str) -> bool {
    content.split_once("url=").is_some_and(|(_, url)| url.starts_with('/') && !url.starts_with("//"))
}

/// Returns true if data for other programs is valid JSON and cannot end its element.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok() && !text.contains('<')
}
