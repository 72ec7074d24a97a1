//! Texts with a character in the place of each tag of templates, so that Markdown can be read around them.

use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Markdown, Place, RelatedPlace, Source, Spanned, Syntax};

use crate::syntax::{self, TagKind};

/// The private-use character that stands for the first tag of a template; the next ones stand for the others.
/// Nobody writes them.
const FIRST: char = '\u{e000}';
const LAST: char = '\u{f8ff}';

/// A text with a character in the place of each expression and statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Masked<'t> {
    text: String,
    /// The tags in order.
    pub(super) tags: Vec<MaskedTag<'t>>,
}

/// An expression or a statement with its braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MaskedTag<'t> {
    text: &'t str,
    /// The first word of a statement; none of an expression.
    word: Option<&'t str>,
    /// The offset of its end in the text.
    end: usize,
    /// The offset of its stand-in's end in the masked text.
    masked_end: usize,
}

/// Masks a text; there is no result if the text has comments, broken tags, or such characters of its own.
pub(super) fn mask<'t>(text: &'t str, path: &Arc<str>) -> Option<Masked<'t>> {
    let (tree, found) = syntax::parse(text, &|span| Place::new(path, &span));
    if !found.is_empty() || text.contains(|c| (FIRST..=LAST).contains(&c)) {
        return None;
    }
    let mut masked = Masked { text: String::with_capacity(text.len()), tags: Vec::new() };
    let mut at = 0;
    for tag in tree.tags {
        let word = match tag.kind {
            TagKind::Print => None,
            TagKind::Statement(word) => Some(&text[word]),
            TagKind::Raw | TagKind::Comment => return None,
        };
        masked.text.push_str(&text[at..tag.span.start]);
        masked.text.push(stand_in(masked.tags.len())?);
        at = tag.span.end;
        masked.tags.push(MaskedTag { text: &text[tag.span], word, end: at, masked_end: masked.text.len() });
    }
    masked.text.push_str(&text[at..]);
    Some(masked)
}

impl Masked<'_> {
    /// Parses the masked text as Markdown; places are those in the masked text.
    pub(super) fn read(&self, path: &Arc<str>, syntax: &Syntax) -> (Markdown, Diagnostics) {
        let source = Source { path: Arc::clone(path), text: self.text.as_str().into() };
        let value = Spanned { value: self.text.as_str(), span: 0..self.text.len() };
        Markdown::parse_value(&source, &value, syntax)
    }

    /// Unmasks a problem: puts the tags back into its texts, and moves it to its place in a file where the
    /// text begins at `start`, or else to the field.
    pub(super) fn show(&self, problem: Diagnostic, field: &Place, start: Option<usize>) -> Diagnostic {
        let place = |place: Place| match start {
            Some(start) => {
                Place::new(&place.path, &(start + self.written(place.start)..start + self.written(place.end)))
            }
            None => field.clone(),
        };
        let related = problem
            .related
            .into_iter()
            .map(|note| RelatedPlace { place: place(note.place), label: self.unmasked(&note.label) });
        Diagnostic {
            place: problem.place.map(place),
            message: self.unmasked(&problem.message),
            related: related.collect(),
            help: problem.help.map(|help| self.unmasked(&help)),
            ..problem
        }
    }

    /// Converts an offset in the masked text to one in the text as it was written.
    fn written(&self, at: usize) -> usize {
        let before = self.tags.iter().take_while(|tag| tag.masked_end <= at).last();
        before.map_or(at, |tag| tag.end + (at - tag.masked_end))
    }

    fn unmasked(&self, text: &str) -> String {
        let tag = |c: char| self.tags.get((u32::from(c).wrapping_sub(u32::from(FIRST))) as usize);
        text.chars().fold(String::new(), |mut unmasked, c| {
            match tag(c) {
                Some(tag) => unmasked.push_str(tag.text),
                None => unmasked.push(c),
            }
            unmasked
        })
    }
}

fn stand_in(index: usize) -> Option<char> {
    let stand_in = char::from_u32(u32::from(FIRST) + u32::try_from(index).ok()?)?;
    (stand_in <= LAST).then_some(stand_in)
}

/// Puts the tags of a template back into HTML; there is no result if one is within a tag of HTML, or if a
/// condition holds more than text in a line.
pub(super) fn unmask(html: &str, tags: &[MaskedTag<'_>]) -> Option<String> {
    let mut template = String::with_capacity(html.len());
    let mut conditions = Vec::new();
    let mut blocks = 0;
    let mut rest = html;
    while let Some(at) = rest.find(|c| matches!(c, '<' | '{' | FIRST..=LAST)) {
        template.push_str(&rest[..at]);
        rest = &rest[at..];
        let c = rest.chars().next()?;
        let length = match c {
            '<' => rest.find('>')? + 1,
            c => c.len_utf8(),
        };
        match c {
            '<' if rest[..length].contains(|c| (FIRST..=LAST).contains(&c)) => return None,
            '<' => {
                blocks += usize::from(!is_inline(&rest[..length]));
                template.push_str(&rest[..length]);
            }
            // A brace is escaped, because Tera would take two of them for an expression.
            '{' => template.push_str("&#123;"),
            _ => {
                let tag = tags.get((u32::from(c) - u32::from(FIRST)) as usize)?;
                stays_in_line(tag.word, &mut conditions, blocks).then(|| template.push_str(tag.text))?;
            }
        }
        rest = &rest[length..];
    }
    template.push_str(rest);
    conditions.is_empty().then_some(template)
}

/// Returns true if a tag of a template is an expression, or part of a condition that began in the same block.
fn stays_in_line(word: Option<&str>, conditions: &mut Vec<usize>, block: usize) -> bool {
    match word {
        None => true,
        Some("if") => {
            conditions.push(block);
            true
        }
        Some("elif" | "else") => conditions.last() == Some(&block),
        Some("endif") => conditions.pop() == Some(block),
        Some(_) => false,
    }
}

fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ["a", "abbr", "br", "code", "del", "em", "img", "s", "span", "strong", "sub", "sup"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Option<Masked<'_>> {
        mask(text, &Arc::from("note.md"))
    }

    #[test]
    fn tags_are_masked_whole() {
        let text = "a {{ x | replace(from=\"}}\", to='{{') }}b{% if y %}{{y}}{% endif %}";
        let tags = masked(text).expect("the text can be read");
        assert_eq!(tags.text, "a \u{e000}b\u{e001}\u{e002}\u{e003}");
        assert_eq!(tags.tags[0].text, "{{ x | replace(from=\"}}\", to='{{') }}");
        assert_eq!((tags.written(1), tags.written(6)), (1, text.find("{%").expect("it has one")));
    }

    #[test]
    fn texts_are_not_masked_that_show_less_than_they_say() {
        for text in ["{{ x", "a {# b #}", "{% raw %}{{ x }}{% endraw %}", "\u{e000}{{ x }}"] {
            assert_eq!(masked(text), None, "{text}");
        }
    }

    /// Unmasks HTML with the tags of a template.
    fn with(tags: &str, html: &str) -> Option<String> {
        unmask(html, &masked(tags).expect("the tags can be read").tags)
    }

    #[test]
    fn tags_return_to_text_and_not_to_tags_of_html() {
        assert_eq!(with("{{ x }}", "<p>{ \u{e000}</p>").as_deref(), Some("<p>&#123; {{ x }}</p>"));
        assert_eq!(with("{{ x }}", "<a href=\"\u{e000}\">x</a>"), None);
    }

    #[test]
    fn conditions_decide_about_text_in_a_line() {
        let tags = "{%- if x %}{%endif%}";
        assert!(with(tags, "<p>a \u{e000}<em>b</em>\u{e001}</p>").is_some());
        assert!(with(tags, "<p>a \u{e000}</p><p>\u{e001}</p>").is_none());
    }
}
