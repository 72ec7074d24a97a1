//! Reads the destinations of links and images.

use super::EventConverter;
use crate::markdown::link::{self, LinkElement};
use crate::markdown::{nearmiss, shortcode};
use crate::{Span, errors};

impl EventConverter<'_> {
    /// Checks the destination of a link, and returns it with its place; it is empty if the link is not
    /// allowed.
    pub(super) fn destination(
        &mut self,
        to: &str,
        range: &Span,
        definition: Option<&Span>,
        kind: LinkElement,
    ) -> (String, Span) {
        if !self.writer.has_room() {
            return (String::new(), range.clone());
        }
        let source = definition.unwrap_or(range);
        let span = link::destination(self.excerpt.text, source, to).unwrap_or_else(|| range.clone());
        // A shortcode in place of an address is reported elsewhere, as is a file to include.
        if shortcode::is_in(to) || nearmiss::names_taken(self.excerpt, range) {
            return (String::new(), span);
        }
        if link::is_missing(to) {
            if self.unfinished.insert(source.start) {
                self.writer.diagnostics.push(errors::empty_link(self.excerpt.place(source), kind));
            }
            return (String::new(), span);
        }
        if kind.forbids(to) {
            self.writer.diagnostics.push(errors::forbidden_link(self.excerpt.place(&span), to));
            return (String::new(), span);
        }
        if let Some(meant) = link::odd_scheme(to) {
            self.writer.diagnostics.push(errors::odd_scheme(self.excerpt.place(&span), to, meant));
        }
        (to.to_owned(), span)
    }
}
