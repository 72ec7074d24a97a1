//! The list of contents that an author asks for.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::ground::escape::{escape, push_escaped};

impl Writer<'_> {
    /// Writes the headings of the piece as links, those below others as lists within.
    pub(super) fn contents(&mut self) {
        let headings = &self.markdown.headings;
        if headings.is_empty() {
            return;
        }
        let label = escape(&self.renderer.model.words.say("contents.label", None, &[]));
        let html = self.html();
        let _ = write!(html, "<nav class=\"contents\" aria-label=\"{label}\">");
        let mut open: Vec<u8> = Vec::new();
        for heading in headings {
            while open.iter().rev().nth(1).is_some_and(|above| *above >= heading.level) {
                html.push_str("</li>\n</ul>\n");
                open.pop();
            }
            match open.last_mut() {
                Some(level) if *level >= heading.level => {
                    *level = heading.level;
                    html.push_str("</li>\n");
                }
                _ => {
                    html.push_str("\n<ul>\n");
                    open.push(heading.level);
                }
            }
            html.push_str("<li><a href=\"#");
            push_escaped(html, &heading.id);
            html.push_str("\">");
            push_escaped(html, &heading.text);
            html.push_str("</a>");
        }
        html.push_str(&"</li>\n</ul>\n".repeat(open.len()));
        html.push_str("</nav>\n");
    }
}
