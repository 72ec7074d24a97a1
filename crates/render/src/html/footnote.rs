//! Footnotes.

use std::collections::HashMap;
use std::fmt::Write;

use sitegen_model::Words;

use super::writer::{Open, Writer};
use crate::highlight::escape;

/// The footnotes of a piece of Markdown, numbered as they are referred to.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    numbers: HashMap<&'a str, usize>,
    order: Vec<&'a str>,
    bodies: HashMap<&'a str, String>,
    references: HashMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_reference(&mut self, label: &'a str) {
        let (number, again) = self.footnotes.refer(label);
        let prefix = self.prefix;
        let suffix = if again == 0 { String::new() } else { format!("-{again}") };
        let _ = write!(
            self.html(),
            "<sup class=\"footnote-ref\"><a href=\"#fn-{prefix}-{number}\" id=\"fnref-{prefix}-{number}{suffix}\">{number}</a></sup>"
        );
    }

    pub(super) fn end_footnote(&mut self) {
        if let (Some(Open::Footnote(label)), body) = self.take_apart() {
            self.footnotes.bodies.insert(label, body);
        }
    }
}

impl<'a> Footnotes<'a> {
    /// The number of a footnote, and how often it was referred to before.
    fn refer(&mut self, label: &'a str) -> (usize, usize) {
        let number = *self.numbers.entry(label).or_insert_with(|| {
            self.order.push(label);
            self.order.len()
        });
        let references = self.references.entry(label).or_default();
        *references += 1;
        (number, *references - 1)
    }

    /// The footnotes that are referred to, in order of their numbers.
    pub(super) fn section(&self, prefix: &str, words: &Words) -> String {
        if self.order.is_empty() {
            return String::new();
        }
        let label = escape(&words.say("footnotes.label", None, &[]));
        let mut html = format!("<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>\n");
        for (index, label) in self.order.iter().enumerate() {
            let number = index + 1;
            let body = self.bodies.get(label).map_or("", String::as_str);
            let label = words.say("footnotes.back", None, &[("number", &number.to_string())]);
            let back = format!(
                " <a class=\"footnote-back\" href=\"#fnref-{prefix}-{number}\" aria-label=\"{}\">↩</a>",
                escape(&label)
            );
            let body = match body.trim_end().strip_suffix("</p>") {
                Some(body) => format!("{body}{back}</p>"),
                None => format!("{body}{back}"),
            };
            let _ = writeln!(html, "<li id=\"fn-{prefix}-{number}\">{body}</li>");
        }
        html.push_str("</ol>\n</section>\n");
        html
    }
}
