//! Reads blocks of code, and formulas.

use pulldown_cmark::{CodeBlockKind, CowStr};

use super::EventConverter;
use crate::markdown::{Event, Include, IncludeFrom, Info, Selection, Tag, include, info, unended};
use crate::{Span, Spanned, errors};

impl EventConverter<'_> {
    /// Writes a formula that stands at a range, between as many `dollars` on each side.
    pub(super) fn formula(&mut self, text: CowStr<'_>, range: &Span, dollars: usize) {
        let inner = range.start + dollars..range.end - dollars;
        // GitHub writes $`x`$ for formulas that contain signs of Markdown.
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

    /// Reports a block of code without a closing line.
    fn unclosed_code(&mut self, range: &Span) {
        let code = self.excerpt.written(range);
        if let Some(fence) = unended::fence(code) {
            let first = code.lines().next().unwrap_or_default().trim_end();
            let opening = range.start..range.start + first.len();
            // The fences of shortcodes are not the author's.
            if !self.excerpt.is_added(&opening) {
                let place = self.excerpt.place(&opening);
                self.writer.diagnostics.push(errors::unclosed_code(place, fence));
            }
        }
    }

    /// Begins a block of code, and reads its info string.
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
        let include = self.attributed_include(&info);
        self.writer.start(Tag::CodeBlock(Box::new(info)), range);
        if let Some(include) = include {
            let span = include.path.span.clone();
            self.writer.push_spanned(Event::Include(Box::new(include)), span);
        }
    }

    /// Returns the file that the attributes of a block include.
    fn attributed_include(&mut self, info: &Info) -> Option<Include> {
        let Some(path) = info.include.clone() else {
            let others = info.wanted_lines.iter().chain(&info.region);
            for other in others {
                let place = self.excerpt.place_of(&other.span);
                self.writer.diagnostics.push(errors::part_of_no_file(place));
            }
            return None;
        };
        let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.clone());
        let part = Selection::of(text(&info.wanted_lines).as_deref(), text(&info.region).as_deref());
        let span = info.region.as_ref().or(info.wanted_lines.as_ref()).unwrap_or(&path).span.clone();
        let part = Spanned { value: part, span };
        Some(Include { path, from: IncludeFrom::Text, part, written: String::new() })
    }

    /// Writes code, and the files that lines of it include.
    pub(super) fn code_text(&mut self, text: &str, range: &Span) {
        let (mut start, mut end) = (0, 0);
        if text.contains("{{#") || text.contains("--8<-- ") {
            for line in text.split_inclusive('\n') {
                let written = line.trim_end_matches(['\n', '\r']);
                let span = self.source_of(written, end).map(|source| source..source + written.len());
                if let Some(span) = &span
                    && let Some(sign) = include::escape(self.excerpt, span)
                {
                    self.code_part(text, start..end + sign, range);
                    start = end + sign + 1;
                }
                if let Some(span) = span
                    && let Some(include) = include::line(self.excerpt, span.clone())
                {
                    self.code_part(text, start..end, range);
                    self.writer.push(Event::Include(Box::new(include)), &span);
                    start = end + line.len();
                }
                end += line.len();
            }
        }
        self.code_part(text, start..text.len(), range);
    }

    fn code_part(&mut self, text: &str, part: Span, range: &Span) {
        let place = self.place_in(text, range, &part);
        self.literal_text(&text[part], &place);
    }
}
