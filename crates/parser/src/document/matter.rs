//! Finds a file's front matter, and text that is meant as front matter but is none.
//!
//! Front matter decides if the file is published at all, so text that could be meant as front matter is never
//! taken for prose.

use super::form;
use crate::{FrontMatter, Span, Syntax, json};

/// The beginning of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileStart {
    /// There is no front matter.
    None,
    /// Front matter; the body begins at an offset.
    Found { form: FrontMatter, fields: Span, body: usize },
    /// Front matter that cannot be read; the body begins at an offset.
    Refused { reason: FrontMatterFault, place: Span, body: usize },
}

/// A reason why front matter is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrontMatterFault {
    /// A directive of YAML, such as `%YAML 1.2`.
    Directive,
    /// A block of code, which is read only if the site's settings say so.
    Fenced,
    /// TOML between lines of `---`.
    Dashes,
    /// An object in JSON with text behind it on its last line.
    Trailing,
    /// Keys and values between lines of other marks, or of `---` and a word.
    Marks,
    /// Keys and values in a comment, in a file without front matter.
    Comment,
    /// Keys and values without lines around them.
    Bare,
    /// A line of marks without a closing one.
    Unclosed,
    /// A first line that begins with `+++` and goes on.
    Garbled,
    /// Text, or other front matter, stands before it.
    Misplaced,
}

/// Finds the front matter; a byte order mark, blank lines and comments may precede it.
pub(super) fn find(text: &str, syntax: &Syntax) -> FileStart {
    let start = start(text);
    let Some(opening) = lines(text, start).next() else { return FileStart::None };
    let place = trimmed(text, &opening);
    let refused = |reason| FileStart::Refused { reason, place: place.clone(), body: text.len() };
    let line = &text[place.clone()];
    match line {
        "+++" => plus(text, &opening, &place),
        _ if line.starts_with("+++") => refused(FrontMatterFault::Garbled),
        _ if line.starts_with("%YAML") => refused(FrontMatterFault::Directive),
        _ if line.starts_with(['-', '–', '—', ';', '=', '*', '_']) => dashes(text, &opening, line)
            .or_else(|| other_marks(text, line, &opening).map(refused))
            .unwrap_or_else(|| body(text, start)),
        _ if line.starts_with('{') && form::is_json(&text[start..]) => object(text, start, &place),
        _ if form::is_bare(&text[start..]) => refused(FrontMatterFault::Bare),
        _ => fence(text, &opening, &place, syntax).unwrap_or_else(|| body(text, start)),
    }
}

/// Handles a file that does not begin with front matter.
fn body(text: &str, start: usize) -> FileStart {
    misplaced(text, start).or_else(|| commented(text, start)).unwrap_or(FileStart::None)
}

/// Returns the front matter, unless the body holds more of it.
fn found(text: &str, form: FrontMatter, fields: Span, body: usize) -> FileStart {
    misplaced(text, body).unwrap_or(FileStart::Found { form, fields, body })
}

/// Reads TOML between lines of `+++`.
fn plus(text: &str, opening: &Span, place: &Span) -> FileStart {
    let refused = |reason| FileStart::Refused { reason, place: place.clone(), body: text.len() };
    match lines(text, opening.end).find(|line| text[line.clone()].trim() == "+++") {
        // A line of marks was written twice if the first two enclose nothing.
        Some(closing)
            if text[opening.end..closing.start].trim().is_empty()
                && form::is_bare(text[closing.end..].trim_start()) =>
        {
            refused(FrontMatterFault::Misplaced)
        }
        Some(closing) => found(text, FrontMatter::Toml, opening.end..closing.start, closing.end),
        None => refused(FrontMatterFault::Unclosed),
    }
}

/// Reads YAML between lines of `---`, of which the second may be `...`. YAML allows no space before the
/// closing marks.
fn dashes(text: &str, opening: &Span, line: &str) -> Option<FileStart> {
    if line != "---" {
        return None;
    }
    let is_closing = |line: &Span| matches!(text[line.clone()].trim_end(), "---" | "...");
    let closing = lines(text, opening.end).find(is_closing)?;
    let fields = opening.end..closing.start;
    form::is_yaml(&text[fields.clone()]).then(|| found(text, FrontMatter::Yaml, fields, closing.end))
}

/// Reads an object in JSON. If it does not end, the JSON reader reports that.
fn object(text: &str, start: usize, place: &Span) -> FileStart {
    let end = json::length(&text[start..]).map_or(text.len(), |length| start + length);
    let line = lines(text, end).next().unwrap_or(end..end);
    if text[line.clone()].trim().is_empty() {
        found(text, FrontMatter::Json, start..end, line.end)
    } else {
        FileStart::Refused { reason: FrontMatterFault::Trailing, place: place.clone(), body: text.len() }
    }
}

/// Reads TOML or YAML in a block of code at the very top, if the site has it read, or if it looks like front
/// matter.
fn fence(text: &str, opening: &Span, place: &Span, syntax: &Syntax) -> Option<FileStart> {
    let line = &text[place.clone()];
    let language = line.trim_start_matches(['`', '~']);
    let mark = &line[..line.len() - language.len()];
    let form = match language.trim() {
        _ if mark.len() < 3 => return None,
        "toml" => FrontMatter::Toml,
        "yaml" | "yml" => FrontMatter::Yaml,
        _ => return None,
    };
    let closing = lines(text, opening.end).find(|line| text[line.clone()].trim() == mark)?;
    let fields = opening.end..closing.start;
    if syntax.fenced_front_matter {
        return Some(found(text, form, fields, closing.end));
    }
    let is_meant = form::is_fenced(&text[fields]);
    is_meant.then(|| FileStart::Refused {
        reason: FrontMatterFault::Fenced,
        place: place.clone(),
        body: closing.end,
    })
}

/// Finds the fault of keys and values between marks that are neither `+++` nor `---`, or between lines of
/// `---` that are not as they should be.
fn other_marks(text: &str, line: &str, opening: &Span) -> Option<FrontMatterFault> {
    let (mark, word) = form::marks(line)?;
    let is_closing = |line: &str| form::marks(line) == Some((mark, "")) || line == "..." && mark == '-';
    let closing = lines(text, opening.end).find(|line| is_closing(text[line.clone()].trim()));
    let Some(closing) = closing else {
        return form::is_meant(&text[opening.end..]).then_some(FrontMatterFault::Unclosed);
    };
    let fields = &text[opening.end..closing.start];
    match line {
        "---" if form::is_toml(fields) => Some(FrontMatterFault::Dashes),
        // Other marks than `---`, or indented ones, close it.
        "---" if !fields.trim().is_empty() && form::is_yaml(fields) => Some(FrontMatterFault::Unclosed),
        "---" => None,
        _ if form::is_meant(fields) => Some(FrontMatterFault::Marks),
        _ if !word.is_empty() && (form::is_yaml(fields) || form::is_toml(fields)) => {
            Some(FrontMatterFault::Marks)
        }
        _ => None,
    }
}

/// Finds front matter in the comments before a text that has no other.
fn commented(text: &str, start: usize) -> Option<FileStart> {
    let mut rest = &text[..start];
    while let Some((before, comment)) = rest.split_once("<!--") {
        let inside = comment.split("-->").next().unwrap_or_default();
        let written = inside.trim();
        if form::is_bare(written) || find(written, &Syntax::default()) != FileStart::None {
            let place = start - rest.len() + before.len();
            let place = place..place + "<!--".len();
            return Some(FileStart::Refused { reason: FrontMatterFault::Comment, place, body: text.len() });
        }
        rest = &comment[inside.len()..];
    }
    None
}

/// Finds the first line that is neither blank nor part of a comment.
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

/// Finds front matter in the body: marks at its beginning, or around keys and values further down, outside
/// fenced code.
fn misplaced(text: &str, body: usize) -> Option<FileStart> {
    // Every text is searched for these marks, and searching a single character is many times as fast as
    // searching three.
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
            return Some(FileStart::Refused { reason: FrontMatterFault::Misplaced, place, body: text.len() });
        }
        is_first &= written.is_empty();
    }
    None
}

/// Trims the span of a line.
fn trimmed(text: &str, line: &Span) -> Span {
    let written = text[line.clone()].trim_end();
    let start = line.start + written.len() - written.trim_start().len();
    start..line.start + written.len()
}

/// Iterates over the lines from an offset on, each with its ending.
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
    use super::{FileStart, FrontMatterFault};
    use crate::{FrontMatter, Syntax};

    fn find(text: &str) -> FileStart {
        super::find(text, &Syntax::default())
    }

    /// Returns the front matter of a text, and its body.
    fn parts(text: &str) -> Option<(FrontMatter, &str, &str)> {
        match find(text) {
            FileStart::Found { form, fields, body } => Some((form, &text[fields], &text[body..])),
            _ => None,
        }
    }

    #[test]
    fn front_matter_stands_before_all_text() {
        use FrontMatter::{Json, Toml, Yaml};
        for (text, expected) in [
            ("+++\na = 1\n+++\nb", (Toml, "a = 1\n", "b")),
            ("\u{feff}+++ \r\n+++\r\nb", (Toml, "", "b")),
            ("+++\n+++", (Toml, "", "")),
            ("\n \n<!-- a\n+++ -->\n+++\n +++\t\nb", (Toml, "", "b")),
            ("---\na: 1\n---\nb", (Yaml, "a: 1\n", "b")),
            ("---\n# c\ntitle: x\n...\nb", (Yaml, "# c\ntitle: x\n", "b")),
            ("\n<!-- c -->\n--- \r\na:\r\n---\r\nb", (Yaml, "a:\r\n", "b")),
            ("---\na: |\n  x\n  ---\n----\n---\n", (Yaml, "a: |\n  x\n  ---\n----\n", "")),
            ("---\n\"a b\" : x\n---", (Yaml, "\"a b\" : x\n", "")),
            ("---\n{\"a\": 1}\n---", (Yaml, "{\"a\": 1}\n", "")),
            ("---\nMy key: x\ndraft: true\n---", (Yaml, "My key: x\ndraft: true\n", "")),
            ("---\ntitle:x\n---", (Yaml, "title:x\n", "")),
            ("---\n? a\n: b\n---", (Yaml, "? a\n: b\n", "")),
            ("---\n  a: b\n  \"draft\" : true\n---", (Yaml, "  a: b\n  \"draft\" : true\n", "")),
            ("---\n{a b: c, draft: true}\n---", (Yaml, "{a b: c, draft: true}\n", "")),
            ("---\n\n---\n", (Yaml, "\n", "")),
            ("{\"a\": \"}\", \"b\": {}}\n\nb", (Json, "{\"a\": \"}\", \"b\": {}}", "\nb")),
            ("{ draft: true }\n", (Json, "{ draft: true }", "")),
        ] {
            assert_eq!(parts(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "---\nNo key: so prose\n\n---\n- a",
            "---\nNote: x",
            "---\n# Heading\n---\n",
            "---\n? not a key\n---\n",
            "---\nhttp://example.com\n\n---",
            "{.class}\n",
            "```toml\n[dependencies]\nserde = \"1\"\n```",
            "```yaml\nsteps:\n  - run: x\n```",
            "```\ntitle: x\ndraft: true\n```",
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
            assert_eq!(find(text), FileStart::None, "{text}");
        }
    }

    #[test]
    fn what_is_meant_as_front_matter_is_no_text() {
        for (text, expected, written) in [
            ("+++\na = 1\n", FrontMatterFault::Unclosed, "+++"),
            ("---\ntitle = \"x\"\n---\nb", FrontMatterFault::Dashes, "---"),
            ("---\ntitle: x\ndraft: true\n\nText", FrontMatterFault::Unclosed, "---"),
            ("++++\ndraft = true\n++++", FrontMatterFault::Garbled, "++++"),
            ("+++ toml\ndraft = true\n+++", FrontMatterFault::Garbled, "+++ toml"),
            ("+++\rdraft = true\r+++\r", FrontMatterFault::Garbled, "+++\rdraft = true\r+++"),
            ("---toml\ndraft = true\n---\nb", FrontMatterFault::Marks, "---toml"),
            ("--- json\n{\"a\": 1}\n---\nb", FrontMatterFault::Marks, "--- json"),
            ("--- # c\na: 1\n---", FrontMatterFault::Marks, "--- # c"),
            ("----\ntitle: x\n----", FrontMatterFault::Marks, "----"),
            ("—-\ntitle: x\n—-", FrontMatterFault::Marks, "—-"),
            (";;;\n{\"title\": 1}\n;;;\nb", FrontMatterFault::Marks, ";;;"),
            ("***\ndraft = true\n***\nb", FrontMatterFault::Marks, "***"),
            ("---\ndraft = true\n+++\n", FrontMatterFault::Unclosed, "---"),
            ("%YAML 1.2\n---\na: 1\n---", FrontMatterFault::Directive, "%YAML 1.2"),
            ("---\ntitle: x\n----\nb", FrontMatterFault::Unclosed, "---"),
            ("---\ntitle: x\n ---\nb", FrontMatterFault::Unclosed, "---"),
            ("{\"a\": 1} b\n", FrontMatterFault::Trailing, "{\"a\": 1} b"),
            ("```toml\n[advisory]\nid = \"x\"\n```\n# T", FrontMatterFault::Fenced, "```toml"),
            ("~~~ yaml\ntitle: x\n~~~\n", FrontMatterFault::Fenced, "~~~ yaml"),
            ("---\na: 1\n---\n\n+++\ndraft = true\n+++\n", FrontMatterFault::Misplaced, "+++"),
            ("<!--\ntitle: x\ndraft: true\n-->\nb", FrontMatterFault::Comment, "<!--"),
            ("<!-- a -->\n<!-- draft: true -->\nb", FrontMatterFault::Comment, "<!--"),
            ("<!--\n+++\na = 1\n+++\n-->\nb", FrontMatterFault::Comment, "<!--"),
            ("draft: true\n---\nb", FrontMatterFault::Bare, "draft: true"),
            ("# T\n\n---\ntitle: x\ndraft: true\n---\n", FrontMatterFault::Misplaced, "---"),
            ("title = \"x\"\ndraft = true\n\nText", FrontMatterFault::Bare, "title = \"x\""),
            ("Title: x\nStatus: draft\n\nText", FrontMatterFault::Bare, "Title: x"),
            ("# T\n\n+++\ndraft = true\n+++\nText", FrontMatterFault::Misplaced, "+++"),
            ("+++\na = 1\n+++\n\n+++\ndraft = true\n+++\n", FrontMatterFault::Misplaced, "+++"),
            ("+++\n+++\n+++", FrontMatterFault::Misplaced, "+++"),
        ] {
            match find(text) {
                FileStart::Refused { reason, place, .. } => {
                    assert_eq!((reason, &text[place]), (expected, written), "{text}");
                }
                found => panic!("{text}: {found:?}"),
            }
        }
    }

    #[test]
    fn code_is_front_matter_where_a_site_has_it_read() {
        let syntax = Syntax { fenced_front_matter: true, ..Syntax::default() };
        let text = "```toml\n[a]\nb = 1\n```\n# T";
        let expected = FileStart::Found { form: FrontMatter::Toml, fields: 8..18, body: 22 };
        assert_eq!(super::find(text, &syntax), expected);
        assert_eq!(super::find("text\n\n```toml\nid = 1\n```", &syntax), FileStart::None);
    }
}
