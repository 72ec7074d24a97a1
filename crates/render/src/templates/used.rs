//! The templates that a page is made by, found by reading the tags of templates.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{Sources, TemplateSource};

/// A template that a page is made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its path below `templates/`.
    pub name: String,
    /// The path of its file.
    pub path: Arc<str>,
    /// Its role for the page.
    pub part: TemplateUse,
}

/// The role of a template for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateUse {
    /// The template of the page's family.
    Page,
    /// A template that another one extends.
    Parent,
    /// A template that another one includes.
    Include,
    /// A template that declares these components, which are called. Whether a call is reached depends on the
    /// page's data.
    Components(Vec<String>),
}

/// A reference from a template to another one, or to a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Dependency<'a> {
    Extends(&'a str),
    Includes(&'a str),
    Calls(&'a str),
}

/// A reference, and the component in whose declaration it stands.
struct ScopedDependency<'a> {
    within: Option<&'a str>,
    used: Dependency<'a>,
}

impl Sources {
    /// Lists the templates that a page of the template `first` is made by, with those of the components in
    /// `called`.
    pub(crate) fn used(&self, first: &str, called: &[&str]) -> Vec<Used> {
        let declared = self.declared();
        let mut left: Vec<_> = called.iter().rev().map(|name| Dependency::Calls(name)).collect();
        let mut files = Vec::new();
        let mut components: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut seen = HashSet::new();
        let Some((first, _)) = self.get(first) else { return files };
        files.extend(self.used_as(first, TemplateUse::Page));
        left.extend(self.uses(first, None).into_iter().rev());
        while let Some(next) = left.pop() {
            if !seen.insert(next) {
                continue;
            }
            let (name, within) = match next {
                Dependency::Extends(name) => {
                    files.extend(self.used_as(name, TemplateUse::Parent));
                    (name, None)
                }
                Dependency::Includes(name) => {
                    files.extend(self.used_as(name, TemplateUse::Include));
                    (name, None)
                }
                Dependency::Calls(name) => {
                    let Some(file) = declared.get(name) else { continue };
                    components.entry(file).or_default().push(name.to_owned());
                    (*file, Some(name))
                }
            };
            left.extend(self.uses(name, within).into_iter().rev());
        }
        let components = components.into_iter();
        files.extend(
            components.filter_map(|(name, called)| self.used_as(name, TemplateUse::Components(called))),
        );
        files
    }

    /// Lists the components that a template calls.
    pub(crate) fn calls(&self, name: &str) -> Vec<&str> {
        let calls = self.uses(name, None).into_iter().filter_map(|used| match used {
            Dependency::Calls(name) => Some(name),
            Dependency::Extends(_) | Dependency::Includes(_) => None,
        });
        calls.collect()
    }

    /// Lists the templates that others extend or include.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        let found = self.templates.values().flat_map(|template| scan(&template.text));
        found.filter_map(|found| match found.used {
            Dependency::Extends(name) | Dependency::Includes(name) => Some(name),
            Dependency::Calls(_) => None,
        })
    }

    /// Returns true if a template declares a component, which Markdown can call as well.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.get(name).is_some_and(|(_, template)| tags(&template.text).any(|tag| declaration(tag).is_some()))
    }

    fn used_as(&self, name: &str, part: TemplateUse) -> Option<Used> {
        let (name, TemplateSource { path, .. }) = self.get(name)?;
        Some(Used { name: self.short(name).to_owned(), path: Arc::clone(path), part })
    }

    /// Lists the references of a template, or of a component that it declares.
    fn uses(&self, name: &str, within: Option<&str>) -> Vec<Dependency<'_>> {
        let Some((_, template)) = self.get(name) else { return Vec::new() };
        let found = scan(&template.text).into_iter().filter(|found| found.within == within);
        found.map(|found| found.used).collect()
    }

    /// Maps each component to the template that declares it.
    fn declared(&self) -> BTreeMap<&str, &str> {
        let files = self.lowest_first().map(|name| (name, &self.templates[name]));
        let files = files.filter(|(_, template)| template.value.is_none());
        let declared = files.flat_map(|(name, template)| {
            tags(&template.text).filter_map(declaration).map(move |component| (component, name))
        });
        declared.collect()
    }
}

/// Lists the references of a template, in the order of its text.
fn scan(text: &str) -> Vec<ScopedDependency<'_>> {
    let mut found = Vec::new();
    let mut within = None;
    for tag in tags(text) {
        if let Some(name) = declaration(tag) {
            within = Some(name);
        } else if tag.starts_with("endcomponent") {
            within = None;
        } else if let Some(name) = tag.strip_prefix("extends").and_then(quoted) {
            found.push(ScopedDependency { within, used: Dependency::Extends(name) });
        } else if let Some(name) = tag.strip_prefix("include").and_then(quoted) {
            found.push(ScopedDependency { within, used: Dependency::Includes(name) });
        } else {
            found.extend(calls(tag).map(|name| ScopedDependency { within, used: Dependency::Calls(name) }));
        }
    }
    found
}

/// Lists the contents of all tags, without the braces and the marks at their insides.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('{')?;
            let inner = &rest[start + 1..];
            let end = match inner.bytes().next() {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => "#}",
                _ => {
                    rest = inner;
                    continue;
                }
            };
            let inner = &inner[1..];
            let length = inner.find(end).unwrap_or(inner.len());
            rest = inner.get(length + end.len()..).unwrap_or_default();
            if end != "#}" {
                return Some(inner[..length].trim_matches(|c: char| c == '-' || c.is_whitespace()));
            }
        }
    })
}

/// Returns the name of the component whose declaration a tag begins.
fn declaration(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix("component")?;
    let name = word(rest.trim_start());
    (rest.starts_with(char::is_whitespace) && !name.is_empty()).then_some(name)
}

/// Lists the names after each `<` that opens a call.
fn calls(tag: &str) -> impl Iterator<Item = &str> {
    tag.match_indices('<').map(|(at, _)| word(&tag[at + 1..])).filter(|name| !name.is_empty())
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && !"_.".contains(c)).unwrap_or(text.len());
    &text[..end]
}

fn quoted(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    text[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_read_off_tags_alone() {
        let text = "{%- extends \"base.html\" -%}<section>{# {% include \"no.html\" %} #}{{ a <b }}\
            {% component x(y: map) %}{% include 'z.html' %}{% endcomponent x %}{% <card a={<to r={x} />}> %}{% </card> %}";
        let found: Vec<_> = scan(text).into_iter().map(|found| (found.within, found.used)).collect();
        let expected = [
            (None, Dependency::Extends("base.html")),
            (None, Dependency::Calls("b")),
            (Some("x"), Dependency::Includes("z.html")),
            (None, Dependency::Calls("card")),
            (None, Dependency::Calls("to")),
        ];
        assert_eq!(found, expected);
    }
}
