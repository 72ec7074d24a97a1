//! Where a file's front matter is, and what is meant as front matter but is none.
//!
//! What is written there decides whether the file is published at all, so what could be meant as front matter is never
//! taken for text.

use super::form;
use crate::Span;

/// What a file begins with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// Its body.
    None,
    /// TOML between lines of `+++`; the body begins at an offset.
    Toml { fields: Span, body: usize },
    /// What cannot be read; the body begins at an offset.
    Refused { reason: Refusal, place: Span, body: usize },
}

/// Why front matter cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// YAML between lines of `---`, as for other generators.
    Yaml,
    /// TOML between lines of `---`.
    Dashes,
    /// An object in JSON.
    Json,
    /// Keys and values between lines of other marks, or of `---` and a word.
    Marks,
    /// Keys and values in a comment, and no others.
    Comment,
    /// Keys and values without lines around them.
    Bare,
    /// A line of marks without another.
    Unclosed,
    /// A first line that begins with `+++` and goes on.
    Garbled,
    /// Text stands before it, or other front matter.
    Misplaced,
}

/// Finds the front matter; a byte order mark, blank lines and comments may precede it.
pub(super) fn find(text: &str) -> Matter {
    let start = start(text);
    let mut lines = lines(text, start);
    let Some(opening) = lines.next() else { return Matter::None };
    let place = trimmed(text, &opening);
    let refused = |reason, body| Matter::Refused { reason, place: place.clone(), body };
    match &text[place.clone()] {
        "+++" => match lines.find(|line| text[line.clone()].trim() == "+++") {
            // A line of marks too many: nothing is between the first two.
            Some(closing)
                if text[opening.end..closing.start].trim().is_empty()
                    && form::is_bare(text[closing.end..].trim_start()) =>
            {
                refused(Refusal::Misplaced, text.len())
            }
            Some(closing) => {
                let matter = Matter::Toml { fields: opening.end..closing.start, body: closing.end };
                misplaced(text, closing.end).unwrap_or(matter)
            }
            None => refused(Refusal::Unclosed, text.len()),
        },
        line if line.starts_with("+++") => refused(Refusal::Garbled, text.len()),
        line if line.starts_with("%YAML") => refused(Refusal::Yaml, text.len()),
        line => match between_marks(text, line, &opening) {
            Some((reason, body)) => refused(reason, body),
            None if form::is_json(&text[start..]) => refused(Refusal::Json, text.len()),
            None if form::is_bare(&text[start..]) => refused(Refusal::Bare, text.len()),
            None => misplaced(text, start).or_else(|| commented(text, start)).unwrap_or(Matter::None),
        },
    }
}

/// What is wrong with keys and values between marks that are not `+++`, and where the body begins.
fn between_marks(text: &str, line: &str, opening: &Span) -> Option<(Refusal, usize)> {
    let (mark, word) = form::marks(line)?;
    let is_closing = |line: &str| form::marks(line) == Some((mark, "")) || line == "..." && mark == '-';
    let closing = lines(text, opening.end).find(|line| is_closing(text[line.clone()].trim()));
    let Some(closing) = closing else {
        return form::is_meant(&text[opening.end..]).then_some((Refusal::Unclosed, text.len()));
    };
    let fields = &text[opening.end..closing.start];
    let reason = match line {
        "---" if form::is_yaml(fields) => Refusal::Yaml,
        "---" if form::is_toml(fields) => Refusal::Dashes,
        "---" if form::is_json(fields.trim_start()) => Refusal::Json,
        "---" => return None,
        _ if form::is_meant(fields) => Refusal::Marks,
        _ if !word.is_empty() && (form::is_yaml(fields) || form::is_toml(fields)) => Refusal::Marks,
        _ => return None,
    };
    Some((reason, closing.end))
}

/// Front matter in the comments before a text that has no other.
fn commented(text: &str, start: usize) -> Option<Matter> {
    let mut rest = &text[..start];
    while let Some((before, comment)) = rest.split_once("<!--") {
        let inside = comment.split("-->").next().unwrap_or_default();
        let written = inside.trim();
        if form::is_bare(written) || find(written) != Matter::None {
            let place = start - rest.len() + before.len();
            let place = place..place + "<!--".len();
            return Some(Matter::Refused { reason: Refusal::Comment, place, body: text.len() });
        }
        rest = &comment[inside.len()..];
    }
    None
}

/// Where the first line begins that is neither blank nor of a comment.
fn start(text: &str) -> usize {
    let is_nothing = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let mut rest = text.trim_start_matches(is_nothing);
    while let Some(comment) = rest.strip_prefix("<!")
        && comment.starts_with("--")
        && let Some(end) = comment.find("-->")
    {
        rest = comment[end + "-->".len()..].trim_start_matches(is_nothing);
    }
    text.len() - rest.len()
}

/// Front matter in the body: marks at its beginning, or around keys and values further down, outside fenced code.
fn misplaced(text: &str, body: usize) -> Option<Matter> {
    // Every text is looked through for this: single signs are found many times as fast as three.
    let holds = |sign: char, marks: &str| {
        let mut signs = text[body..].match_indices(sign);
        signs.any(|(at, _)| text[body + at..].starts_with(marks))
    };
    if !holds('+', "+++") && !holds('-', "---") {
        return None;
    }
    let mut fence = None;
    let mut is_first = true;
    for line in lines(text, body) {
        let written = text[line.clone()].trim();
        let is_indented = text[line.clone()].starts_with(['\t', ' ']);
        match fence {
            Some(mark) if written.starts_with(mark) => fence = None,
            Some(_) => {}
            None => fence = ["```", "~~~"].into_iter().find(|mark| written.starts_with(mark)),
        }
        let is_opening = match written {
            _ if is_indented => false,
            "+++" => form::is_toml(&text[line.end..]),
            "---" => form::is_bare(&text[line.end..]),
            _ => false,
        };
        if fence.is_none() && (is_opening || is_first && written.starts_with("+++")) {
            let place = trimmed(text, &line);
            return Some(Matter::Refused { reason: Refusal::Misplaced, place, body: text.len() });
        }
        is_first &= written.is_empty();
    }
    None
}

/// A line without the space around its text.
fn trimmed(text: &str, line: &Span) -> Span {
    let written = text[line.clone()].trim_end();
    let start = line.start + written.len() - written.trim_start().len();
    start..line.start + written.len()
}

/// The lines from an offset on, each with its ending.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut end = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        start..end
    })
}

#[cfg(test)]
mod tests {
    use super::{Matter, Refusal, find};

    #[test]
    fn front_matter_stands_before_all_text() {
        assert_eq!(find("+++\na = 1\n+++\nb"), Matter::Toml { fields: 4..10, body: 14 });
        assert_eq!(find("\u{feff}+++ \r\n+++\r\nb"), Matter::Toml { fields: 9..9, body: 14 });
        assert_eq!(find("+++\n+++"), Matter::Toml { fields: 4..4, body: 7 });
        assert_eq!(find("\n \n<!-- a\n+++ -->\n+++\n +++\t\nb"), Matter::Toml { fields: 22..22, body: 28 });
        for text in [
            "",
            "---\nNo key: so prose\n\n---\n- a",
            "---\nNote: x",
            "a\n\n+++\nb\n+++",
            "```\n+++\ntitle = 1\n+++\n```",
            "a\n\n    +++\n    a = 1\n    +++",
            "{.class}\na = 1",
            "x = 1",
            "title: only one",
            "<!-- never closed",
            "---\n\nDate: today",
            "***\nNote: x\n***",
            "----\nx = 1\n----",
            "title: x\n---",
            "— Author\n\ntext\n\n---",
            "a\n\n---\ntitle: x\n---",
            "a\n\n---\n\nb",
            "```\n---\ntitle: x\ndraft: true\n---\n```",
            "<!-- title: x -->\nb",
        ] {
            assert_eq!(find(text), Matter::None, "{text}");
        }
    }

    #[test]
    fn what_is_meant_as_front_matter_is_no_text() {
        for (text, expected, written) in [
            ("+++\na = 1\n", Refusal::Unclosed, "+++"),
            ("---\n# c\ntitle: x\n---\nb", Refusal::Yaml, "---"),
            ("\n<!-- c -->\n---\ntitle: x\n...\nb", Refusal::Yaml, "---"),
            ("---\ntitle = \"x\"\n---\nb", Refusal::Dashes, "---"),
            ("---\ntitle: x\ndraft: true\n\nText", Refusal::Unclosed, "---"),
            ("++++\ndraft = true\n++++", Refusal::Garbled, "++++"),
            ("+++ toml\ndraft = true\n+++", Refusal::Garbled, "+++ toml"),
            ("+++\rdraft = true\r+++\r", Refusal::Garbled, "+++\rdraft = true\r+++"),
            ("---toml\ndraft = true\n---\nb", Refusal::Marks, "---toml"),
            ("--- json\n{\"a\": 1}\n---\nb", Refusal::Marks, "--- json"),
            ("--- # c\na: 1\n---", Refusal::Marks, "--- # c"),
            ("----\ntitle: x\n----", Refusal::Marks, "----"),
            ("—-\ntitle: x\n—-", Refusal::Marks, "—-"),
            (";;;\n{\"title\": 1}\n;;;\nb", Refusal::Marks, ";;;"),
            ("***\ndraft = true\n***\nb", Refusal::Marks, "***"),
            ("---\ndraft = true\n+++\n", Refusal::Unclosed, "---"),
            ("---\n{\n\"title\": 1}\n---", Refusal::Json, "---"),
            ("---\n\"title\": x\n---", Refusal::Yaml, "---"),
            ("%YAML 1.2\n---\na: 1\n---", Refusal::Yaml, "%YAML 1.2"),
            ("<!--\ntitle: x\ndraft: true\n-->\nb", Refusal::Comment, "<!--"),
            ("<!-- a -->\n<!-- draft: true -->\nb", Refusal::Comment, "<!--"),
            ("<!--\n+++\na = 1\n+++\n-->\nb", Refusal::Comment, "<!--"),
            ("draft: true\n---\nb", Refusal::Bare, "draft: true"),
            ("# T\n\n---\ntitle: x\ndraft: true\n---\n", Refusal::Misplaced, "---"),
            ("{\n  \"title\": \"x\"\n}\n", Refusal::Json, "{"),
            ("{ draft: true }\n", Refusal::Json, "{ draft: true }"),
            ("title = \"x\"\ndraft = true\n\nText", Refusal::Bare, "title = \"x\""),
            ("Title: x\nStatus: draft\n\nText", Refusal::Bare, "Title: x"),
            ("# T\n\n+++\ndraft = true\n+++\nText", Refusal::Misplaced, "+++"),
            ("+++\na = 1\n+++\n\n+++\ndraft = true\n+++\n", Refusal::Misplaced, "+++"),
            ("+++\n+++\n+++", Refusal::Misplaced, "+++"),
        ] {
            match find(text) {
                Matter::Refused { reason, place, .. } => {
                    assert_eq!((reason, &text[place]), (expected, written), "{text}");
                }
                found => panic!("{text}: {found:?}"),
            }
        }
    }
}
