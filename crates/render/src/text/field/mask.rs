//! Texts with a character in the place of each tag of templates, so that Markdown can be read around them.

use std::sync::Arc;

use sitegen_parser::{Diagnostic, Diagnostics, Markdown, Place, RelatedPlace, Source, Spanned, Syntax};

use crate::templates::tag;

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
    /// The offset of its end in the text.
    end: usize,
    /// The offset of its stand-in's end in the masked text.
    masked_end: usize,
}

/// Masks a text; there is no result if the text has comments, broken tags, or such characters of its own.
pub(super) fn mask(text: &str) -> Option<Masked<'_>> {
    if text.contains(|c| (FIRST..=LAST).contains(&c)) || text.contains("{#") {
        return None;
    }
    let mut masked = Masked { text: String::with_capacity(text.len()), tags: Vec::new() };
    let mut at = 0;
    for tag in tag::tags(text)? {
        masked.text.push_str(&text[at..tag.start]);
        masked.text.push(stand_in(masked.tags.len())?);
        at = tag.start + tag.text.len();
        masked.tags.push(MaskedTag { text: tag.text, end: at, masked_end: masked.text.len() });
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
                let tag = tags.get((u32::from(c) - u32::from(FIRST)) as usize)?.text;
                stays_in_line(tag, &mut conditions, blocks).then(|| template.push_str(tag))?;
            }
        }
        rest = &rest[length..];
    }
    template.push_str(rest);
    conditions.is_empty().then_some(template)
}

/// Returns true if a tag of a template is an expression, or part of a condition that began in the same block.
fn stays_in_line(tag: &str, conditions: &mut Vec<usize>, block: usize) -> bool {
    let Some(statement) = tag.strip_prefix("{%") else { return true };
    match statement.trim_start_matches('-').split_whitespace().next() {
        Some("if") => {
            conditions.push(block);
            true
        }
        Some("elif" | "else") => conditions.last() == Some(&block),
        Some("endif") => conditions.pop() == Some(block),
        _ => false,
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

    #[test]
    fn tags_are_masked_whole() {
        let text = "a {{ x | replace(from=\"}}\", to='{{') }}b{% if y %}{{y}}{% endif %}";
        let masked = mask(text).expect("the tags have ends");
        assert_eq!(masked.text, "a \u{e000}b\u{e001}\u{e002}\u{e003}");
        assert_eq!(masked.tags[0].text, "{{ x | replace(from=\"}}\", to='{{') }}");
        assert_eq!((masked.written(1), masked.written(6)), (1, text.find("{%").expect("it has one")));
        assert_eq!(mask("{{ x"), None);
    }

    fn tag(text: &str) -> MaskedTag<'_> {
        MaskedTag { text, end: 0, masked_end: 0 }
    }

    #[test]
    fn tags_return_to_text_and_not_to_tags_of_html() {
        assert_eq!(unmask("<p>{ \u{e000}</p>", &[tag("{{ x }}")]).as_deref(), Some("<p>&#123; {{ x }}</p>"));
        assert_eq!(unmask("<a href=\"\u{e000}\">x</a>", &[tag("{{ x }}")]), None);
    }

    #[test]
    fn conditions_decide_about_text_in_a_line() {
        let tags = ["{% if x %}", "{% endif %}"].map(tag);
        assert!(unmask("<p>a \u{e000}<em>b</em>\u{e001}</p>", &tags).is_some());
        assert!(unmask("<p>a \u{e000}</p><p>\u{e001}</p>", &tags).is_none());
    }
}
