//! Blocks of code, and formulas.

use pulldown_cmark::{CodeBlockKind, CowStr};

use super::Reader;
use crate::markdown::{Event, Info, Tag, info};
use crate::{Span, Spanned};

impl Reader<'_> {
    /// A formula that stands, with `dollars` of them on each side, at a range.
    pub(super) fn formula(&mut self, text: CowStr<'_>, range: &Span, dollars: usize) {
        let inner = range.start + dollars..range.end - dollars;
        // GitHub's form for formulas that hold what is Markdown: $`x`$.
        let quoted =
            text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).filter(|text| !text.is_empty());
        let (text, inner) = match quoted {
            Some(quoted) if dollars == 1 => (quoted.to_owned(), inner.start + 1..inner.end - 1),
            _ => (text.into_string(), inner),
        };
        let formula: Spanned<String> = self.excerpt.spanned(text, &inner);
        let event = if dollars == 2 { Event::DisplayMath(formula) } else { Event::InlineMath(formula) };
        self.writer.push(event, range);
    }

    /// A block of code, and what is said of it.
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Span) {
        let info = match kind {
            CodeBlockKind::Indented => Info::default(),
            CodeBlockKind::Fenced(info) => {
                info::read(self.excerpt, range, info, &mut self.writer.diagnostics)
            }
        };
        if let Some(id) = info.id.as_ref().filter(|_| self.writer.has_room()) {
            self.ids.push((id.name.clone(), id.span.clone()));
        }
        self.writer.start(Tag::CodeBlock(Box::new(info)), range);
    }
}
