//! Blocks of code, and formulas.

use pulldown_cmark::{CodeBlockKind, CowStr};

use super::Reader;
use crate::markdown::{Event, Info, Tag, info};
use crate::{Span, Spanned, errors};

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

    /// Says that a block of code lacks the line that closes it.
    fn unclosed_code(&mut self, range: &Span) {
        let code = &self.excerpt.text[range.clone()];
        let first = code.lines().next().unwrap_or_default().trim_end();
        let mark = if first.starts_with('~') { '~' } else { '`' };
        let fence = first.len() - first.trim_start_matches(mark).len();
        let last = code.trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_matches([' ', '\t', '>']);
        let is_closed = last.len() >= fence && last.trim_start_matches(mark).is_empty();
        if !is_closed {
            let place = self.excerpt.place(&(range.start..range.start + first.len()));
            self.writer.diagnostics.push(errors::unclosed_code(place, &first[..fence]));
        }
    }

    /// A block of code, and what is said of it.
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Span) {
        let info = match kind {
            CodeBlockKind::Indented => Info::default(),
            CodeBlockKind::Fenced(info) => {
                self.unclosed_code(range);
                info::read(self.excerpt, range, info, &mut self.writer.diagnostics)
            }
        };
        if let Some(id) = info.id.as_ref().filter(|_| self.writer.has_room()) {
            self.ids.push((id.name.clone(), id.span.clone()));
        }
        self.writer.start(Tag::CodeBlock(Box::new(info)), range);
    }
}
