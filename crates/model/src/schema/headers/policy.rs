//! The content security policy: reads the declared one, adds allowed sources, checks directives.

use std::fmt;

use indexmap::IndexMap;
use sitegen_parser::{Diagnostics, Place};

use crate::read::{KeyForm, Layers, ValueForm};
use crate::schema::errors;

/// The policy of a site that declares none: the guide and sites made after it need no more.
const DEFAULT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; \
     style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// The directives whose values are sources, and those whose sources hold where they are not given.
const SOURCES: [(&str, &str); 18] = [
    ("default-src", ""),
    ("child-src", "default-src"),
    ("connect-src", "default-src"),
    ("font-src", "default-src"),
    ("frame-src", "child-src"),
    ("img-src", "default-src"),
    ("manifest-src", "default-src"),
    ("media-src", "default-src"),
    ("object-src", "default-src"),
    ("script-src", "default-src"),
    ("script-src-attr", "script-src"),
    ("script-src-elem", "script-src"),
    ("style-src", "default-src"),
    ("style-src-attr", "style-src"),
    ("style-src-elem", "style-src"),
    ("worker-src", "script-src"),
    ("base-uri", ""),
    ("form-action", ""),
];

/// The other directives.
const OTHERS: [&str; 7] = [
    "frame-ancestors",
    "report-to",
    "report-uri",
    "require-trusted-types-for",
    "sandbox",
    "trusted-types",
    "upgrade-insecure-requests",
];

/// Sources that are words in quotes; without these, browsers take them for names of hosts.
const QUOTED: [&str; 9] = [
    "none",
    "self",
    "unsafe-inline",
    "unsafe-eval",
    "wasm-unsafe-eval",
    "unsafe-hashes",
    "strict-dynamic",
    "report-sample",
    "inline-speculation-rules",
];

/// The keys of `[headers.allow]`: the directives to which sources can be added.
pub(super) fn keys() -> Vec<KeyForm> {
    let form = |name| KeyForm::new(name, ValueForm::Texts, "Sources that this directive allows, too.");
    extensible().map(form).collect()
}

/// Lists the directives to which sources can be added.
fn extensible() -> impl Iterator<Item = &'static str> {
    SOURCES.into_iter().map(|(name, _)| name).chain(["frame-ancestors"])
}

/// A content security policy: directives and their values, in order.
#[derive(Debug, Default)]
pub(super) struct Policy(IndexMap<String, Vec<String>>);

impl Policy {
    /// The declared policy, or that of a site that declares none, with what is allowed beside it.
    pub(super) fn read(
        declared: Option<(&str, Place)>,
        allow: Layers,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut policy = match declared {
            Some((text, place)) => {
                let (policy, objections) = Self::parse(text);
                diagnostics.extend(
                    objections.into_iter().map(|reason| errors::invalid_policy(&reason, place.clone())),
                );
                policy
            }
            None => Self::parse(DEFAULT).0,
        };
        policy.allow(allow, diagnostics);
        policy
    }

    /// Reads a policy as it stands in a header, and says what is wrong with it; line breaks count as spaces.
    fn parse(text: &str) -> (Self, Vec<String>) {
        let (mut policy, mut objections) = (Self::default(), Vec::new());
        for directive in text.split(';') {
            let mut words = directive.split_ascii_whitespace();
            let Some(name) = words.next() else { continue };
            let name = name.to_ascii_lowercase();
            let values: Vec<_> = words.map(str::to_owned).collect();
            match objection(&name, &values) {
                Some(objection) => objections.push(objection),
                None if policy.0.contains_key(&name) => {
                    objections.push(format!("it says \"{name}\" twice, of which browsers read the first"));
                }
                None => drop(policy.0.insert(name, values)),
            }
        }
        (policy, objections)
    }

    /// Adds sources to directives.
    fn allow(&mut self, mut allow: Layers, diagnostics: &mut Diagnostics) {
        for name in extensible() {
            for (source, place) in allow.strings(name, diagnostics) {
                match objection(name, std::slice::from_ref(&source)) {
                    Some(objection) => diagnostics.push(errors::invalid_policy(&objection, place)),
                    None => self.add(name, source),
                }
            }
        }
        allow.finish(diagnostics);
    }

    /// Adds a source to a directive. One that is not given yet begins with what holds in its place.
    fn add(&mut self, name: &str, source: String) {
        // Without a policy, everything is allowed.
        if self.0.is_empty() {
            return;
        }
        if !self.0.contains_key(name) {
            let Some(sources) = self.sources(name) else { return };
            let sources = sources.to_vec();
            self.0.insert(name.to_owned(), sources);
        }
        let sources = &mut self.0[name];
        sources.retain(|known| known != "'none'" && *known != source);
        sources.push(source);
    }

    /// The sources that hold for a directive; none if all do.
    fn sources(&self, name: &str) -> Option<&[String]> {
        self.0.get(name).map(Vec::as_slice).or_else(|| {
            let (_, fallback) = SOURCES.iter().find(|(known, _)| *known == name)?;
            self.sources(fallback)
        })
    }
}

/// Returns the reason why a directive is invalid, if it is.
fn objection(name: &str, values: &[String]) -> Option<String> {
    let is_known = OTHERS.contains(&name) || SOURCES.iter().any(|(known, _)| *known == name);
    if !is_known {
        return Some(format!("browsers know no directive \"{name}\""));
    }
    for value in values {
        let sign = value.chars().find(|sign| !sign.is_ascii_graphic() || matches!(sign, ',' | ';'));
        if let Some(sign) = sign {
            return Some(format!("\"{value}\" holds {sign:?}, which a header cannot"));
        }
        if QUOTED.contains(&&**value) {
            return Some(format!("\"{value}\" would be a host without quotes: '{value}'"));
        }
    }
    None
}

impl fmt::Display for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (number, (name, values)) in self.0.iter().enumerate() {
            formatter.write_str(if number == 0 { "" } else { "; " })?;
            formatter.write_str(name)?;
            for value in values {
                write!(formatter, " {value}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_of_a_site_that_declares_none_is_one() {
        let (policy, problems) = Policy::parse(DEFAULT);
        assert_eq!((policy.to_string().as_str(), problems), (DEFAULT, Vec::new()));
    }

    #[test]
    fn what_is_allowed_holds_beside_what_held_before() {
        let after = |text: &str, name: &str| {
            let mut policy = Policy::parse(text).0;
            policy.add(name, "https://a.example".to_owned());
            policy.to_string()
        };
        assert_eq!(after("img-src 'self'", "img-src"), "img-src 'self' https://a.example");
        assert_eq!(after("frame-src 'none'", "frame-src"), "frame-src https://a.example");
        assert_eq!(
            after("default-src 'self'", "style-src-elem"),
            "default-src 'self'; style-src-elem 'self' https://a.example"
        );
        assert_eq!(after("img-src 'self'", "font-src"), "img-src 'self'", "all fonts are allowed");
        assert_eq!(after("", "img-src"), "");
    }
}
