//! The alerts that need no component.

use std::fmt::Write as _;

use sitegen_parser::{Argument, Call, Spelling, WrittenValue};

use super::attributes::push;
use super::writer::Writer;
use crate::ground::escape::escape;
use crate::text::errors;

/// The alerts of GitHub.
pub(super) const NAMES: [&str; 5] = ["caution", "important", "note", "tip", "warning"];

/// Other names of alerts in `MkDocs`, Obsidian and Docusaurus, each with the alert that stands for it in a
/// theme that has none of the name.
const KIN: [(&str, &str); 30] = [
    ("abstract", "info"),
    ("summary", "info"),
    ("tldr", "info"),
    ("todo", "info"),
    ("seealso", "info"),
    ("info", "note"),
    ("hint", "tip"),
    ("check", "success"),
    ("done", "success"),
    ("success", "tip"),
    ("help", "question"),
    ("faq", "question"),
    ("question", "note"),
    ("attention", "warning"),
    ("failure", "danger"),
    ("fail", "danger"),
    ("missing", "danger"),
    ("error", "danger"),
    ("bug", "danger"),
    ("danger", "caution"),
    ("example", "note"),
    ("quote", "note"),
    ("cite", "note"),
    ("details", "note"),
    ("experimental", "warning"),
    ("deprecated", "warning"),
    ("security", "warning"),
    ("definition", "note"),
    ("new", "info"),
    ("admonition", "note"),
];

/// Returns a call of the alert that stands for one that the theme does not have, and a title that tells them
/// apart.
pub(super) fn kin(call: &Call) -> Option<(Call, String)> {
    let name = call.name.value.as_str();
    let (_, kin) =
        KIN.into_iter().find(|(known, _)| *known == name).filter(|_| call.spelling != Spelling::Tag)?;
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let title = first.into_iter().chain(letters).collect();
    let mut call = call.clone();
    kin.clone_into(&mut call.name.value);
    Some((call, title))
}

/// Returns true if a call has a meaning without a component.
pub(crate) fn is_built_in(call: &Call) -> bool {
    call.spelling != Spelling::Tag && NAMES.contains(&call.name.value.as_str())
}

impl Writer<'_> {
    /// Writes an alert, titled by its name unless it has a title of its own.
    pub(super) fn alert(&mut self, call: &Call, title: Option<String>, body: &str) {
        let name = &call.name.value;
        for Argument { name: argument, .. } in call.arguments.iter().filter(|argument| !is_known(argument)) {
            let place = self.place(&argument.span);
            self.diagnostics.push(errors::unknown_argument(name, &argument.value, None, place));
        }
        let title = title.unwrap_or_else(|| {
            let given = argument(call, "title").map(str::to_owned);
            escape(
                &given.unwrap_or_else(|| self.renderer.model.words.say(&format!("alert.{name}"), None, &[])),
            )
        });
        let (element, head) = match argument(call, "fold") {
            Some("open") => ("details open", "summary"),
            Some(_) => ("details", "summary"),
            None => ("blockquote", "p"),
        };
        let html = self.html();
        let classes = argument(call, "class").map_or_else(String::new, |classes| format!(" {classes}"));
        let _ = write!(html, "<{element}");
        push(html, "class", &format!("alert alert-{name}{classes}"));
        if let Some(id) = argument(call, "id") {
            push(html, "id", id);
        }
        let element = element.split(' ').next().unwrap_or_default();
        html.push_str(">\n");
        if !title.is_empty() || head == "summary" {
            let _ = writeln!(html, "<{head} class=\"alert-title\">{title}</{head}>");
        }
        let _ = writeln!(html, "{body}</{element}>");
    }
}

fn is_known(argument: &Argument) -> bool {
    matches!(argument.name.value.as_str(), "title" | "fold" | "class" | "id")
}

fn argument<'c>(call: &'c Call, name: &str) -> Option<&'c str> {
    let given = call.arguments.iter().find(|argument| argument.name.value == name)?;
    if let WrittenValue::String(text) = &given.value.value { Some(text) } else { None }
}
