//! Reads braces in info strings: lines, attributes, classes, an id, and the language.

use super::meaning::meaning;
use super::{CodeId, InfoStringParser, LineMark, item};
use crate::{Span, composed};

impl InfoStringParser<'_> {
    /// Reads braces without a language before them: `{.python .numberLines}`, or `{r, echo=FALSE}` of
    /// notebooks.
    pub(super) fn first_braces(&mut self, span: Span) {
        let Some(inner) = self.within(&span) else { return };
        let items = item::split(self.text, inner);
        let Some(first) = items.first().cloned() else { return };
        let text = &self.text[first.clone()];
        let name = text.trim_start_matches('=');
        if text.starts_with(['.', '#']) {
            self.classes(&items);
        } else if item::attribute(text).is_some() || text.starts_with(|c: char| c.is_ascii_digit()) {
            self.braces(span);
        } else {
            // All other items are options for the program that runs the code.
            self.info.language = Some(self.spanned(name.to_owned(), &first));
        }
    }

    /// Reads `{#id .python .numberLines}`. The first class that has no meaning for lines is the language.
    fn classes(&mut self, items: &[Span]) {
        let class = |item: &Span| self.text[item.clone()].strip_prefix('.');
        let language =
            items.iter().position(|item| class(item).is_some_and(|class| meaning(class).is_none()));
        for (index, item) in items.iter().enumerate() {
            if Some(index) == language {
                self.language(item.start + 1..item.end);
            } else {
                self.within_braces(item);
            }
        }
    }

    /// Reads `{1,3-5}`, or attributes and classes: `{hl_lines="1 3-5" .wide}`.
    pub(super) fn braces(&mut self, span: Span) {
        let Some(inner) = self.within(&span) else { return };
        if item::is_lines(&self.text[inner.clone()]) {
            return self.lines(LineMark::Marked, inner);
        }
        for item in item::split(self.text, inner) {
            self.within_braces(&item);
        }
    }

    /// Reads an attribute, a class after its point, or an id after its number sign.
    fn within_braces(&mut self, item: &Span) {
        if let Some(name) = self.text[item.clone()].strip_prefix('#').filter(|name| !name.is_empty()) {
            self.info.id = Some(CodeId { name: composed(name).into_owned(), span: self.local(item) });
            return;
        }
        let name = self.text[item.clone()].trim_start_matches('.');
        self.word(item.end - name.len()..item.end);
    }

    /// Returns the range between two braces, and reports a missing closing brace.
    fn within(&mut self, braces: &Span) -> Option<Span> {
        if !self.text[braces.clone()].ends_with('}') {
            self.refuse(braces, "this brace has no end");
            return None;
        }
        Some(braces.start + 1..braces.end - 1)
    }
}
