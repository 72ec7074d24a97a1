//! The texts of templates as Tera gets them: their authors', with more put in (`meter.rs`), and the way back.

use std::ops::Range;

use sitegen_parser::Span;

use super::TemplateSource;

/// Something that is put into a template's text.
#[derive(Debug, Clone)]
pub(super) struct TextInsertion {
    pub offset: usize,
    pub text: String,
    /// The bytes of the part for which it is put in.
    pub of: Span,
}

/// A template's text with insertions.
#[derive(Debug, Clone, Default)]
pub(super) struct LoweredText {
    pub text: String,
    /// The bytes of each insertion in the text, in its order, and those of the part for which it is there.
    inserted: Vec<(Span, Span)>,
}

impl LoweredText {
    /// Puts insertions into a text; those of one offset in their order.
    pub(super) fn of(text: &str, mut insertions: Vec<TextInsertion>) -> Self {
        insertions.sort_by_key(|insertion| insertion.offset);
        let mut lowered = Self::default();
        let mut copied = 0;
        for TextInsertion { offset, text: put, of } in insertions {
            lowered.text.push_str(&text[copied..offset]);
            copied = offset;
            let start = lowered.text.len();
            lowered.text.push_str(&put);
            lowered.inserted.push((start..lowered.text.len(), of));
        }
        lowered.text.push_str(&text[copied..]);
        lowered
    }

    /// Returns the bytes of the author's text that a range of this one stands for.
    pub(super) fn written(&self, range: &Range<usize>) -> Span {
        let within = |at: &Span| at.start <= range.start && range.end <= at.end;
        match self.inserted.iter().find(|(at, _)| within(at)) {
            Some((_, of)) => of.clone(),
            None => self.written_offset(range.start)..self.written_offset(range.end),
        }
    }

    fn written_offset(&self, offset: usize) -> usize {
        let before = self.inserted.iter().take_while(|(at, _)| at.start < offset);
        offset - before.map(|(at, _)| at.end.min(offset) - at.start).sum::<usize>()
    }
}

impl TemplateSource {
    /// Returns the text that Tera has.
    pub(super) fn given(&self) -> &str {
        self.lowered.as_deref().map_or(&*self.text, |lowered| &lowered.text)
    }

    /// Returns the bytes of the part that a range of Tera's text stands for. Of a value, Tera can have HTML instead, so
    /// there are none.
    pub(super) fn unlowered(&self, range: &Range<usize>) -> Option<Span> {
        let written =
            || self.lowered.as_deref().map_or_else(|| range.clone(), |lowered| lowered.written(range));
        self.is_file().then(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_leads_back_to_what_its_author_wrote() {
        let put = |offset, text: &str| TextInsertion { offset, text: text.into(), of: 3..7 };
        let lowered = LoweredText::of("{{ list }}", vec![put(7, ")|f"), put(3, "(")]);
        assert_eq!(lowered.text, "{{ (list)|f }}");
        let written = |text: &str| {
            let start = lowered.text.find(text).expect("the text is there");
            lowered.written(&(start..start + text.len()))
        };
        assert_eq!(written("list"), 3..7);
        assert_eq!(written("f"), 3..7);
        assert_eq!(written("(list)|f"), 3..7);
        assert_eq!(written("}}"), 8..10);
        assert_eq!(written("{{"), 0..2);
    }
}
