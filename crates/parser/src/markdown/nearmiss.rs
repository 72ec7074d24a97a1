//! Finds near misses: text that its author surely meant as markup, in Markdown or as other programs write it.

mod expression;
mod extension;
mod table;

pub(crate) use self::expression::named;
pub(super) use self::extension::{is_taken, names_taken};
pub(super) use self::table::{lost_cells, table};

use self::expression::expression;
use self::extension::{abbreviation, block, emoji, import, include, script, taken, taken_first};
use crate::Span;

/// The markup that an author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Miss {
    /// `[[page]]`
    WikiLink,
    /// `[TOC]` or `[[TOC]]` beside other text
    Contents,
    /// `[text](my file.md)`
    SpaceInAddress,
    /// `[text] (address)`
    SpaceBeforeAddress,
    /// `(text)[address]`
    Reversed,
    /// `[text[^1]](address)`
    FootnoteInLink,
    /// `==text==`
    Mark,
    /// `{% tag %}`
    LiquidTag,
    /// `{{ name(…) }}`
    Expression,
    /// `%%text%%` or `{/* text */}`
    Comment,
    /// `&nbsp` without its semicolon
    Entity,
    /// `##Heading`
    Heading,
    /// `[ ]task`
    Task,
    /// Below `| a | b |`, a row such as `|---|` or `|===|===|`; `---|---` in a paragraph
    Table,
    /// Rows such as `| a | b |` without a row such as `|---|` between them
    Rows,
    /// `{:toc}` or `{::comment}`
    Kramdown,
    /// `[!NOTE]` where it begins no alert
    Alert,
    /// `$$` alone in its paragraph
    Formula,
    /// `\(x\)` or `\[x\]`
    Brackets,
    /// `!!! note` or `=== "Tab"`
    Block,
    /// `!!! note 'Title'` where a site has such blocks
    BrokenBlock,
    /// `*[HTML]: Hypertext Markup Language`
    Abbreviation,
    /// `:smile:`
    Emoji,
    /// `H~2~O`
    Subscript,
    /// `x^2^`
    Superscript,
    /// `import Card from "./card"`
    Import,
    /// `<<< @/src/main.rs`
    Include,
    /// `[!code-rust[](main.rs)]` or `[!INCLUDE [name](file.md)]`
    Taken,
}

/// The most bytes of a miss. Its end is searched no further.
const LONGEST: usize = 2_000;

/// Measures a miss at the beginning of the first text, behind the second one.
type Check = fn(&str, &str) -> Option<usize>;

/// The beginnings of misses within a line, and the check of each.
const CHECKS: [(&str, Miss, Check); 16] = [
    ("[[", Miss::WikiLink, wiki_link),
    ("[[", Miss::Contents, contents),
    ("[!", Miss::Taken, taken),
    ("](", Miss::SpaceInAddress, space_in_address),
    ("] (", Miss::SpaceBeforeAddress, space_before_address),
    (")[", Miss::Reversed, reversed),
    ("==", Miss::Mark, mark),
    ("{%", Miss::LiquidTag, liquid_tag),
    ("{{", Miss::Expression, expression),
    ("%%", Miss::Comment, comment),
    ("{/*", Miss::Comment, script_comment),
    ("{:", Miss::Kramdown, kramdown),
    ("&", Miss::Entity, entity),
    (":", Miss::Emoji, emoji),
    ("~", Miss::Subscript, script),
    ("^", Miss::Superscript, script),
];

/// True for each byte with which a miss of `CHECKS` can begin.
const FIRST: [bool; 256] = {
    let mut first = [false; 256];
    let mut at = 0;
    while at < CHECKS.len() {
        first[CHECKS[at].0.as_bytes()[0] as usize] = true;
        at += 1;
    }
    first
};

const ENTITIES: [&str; 12] =
    ["amp", "copy", "gt", "hellip", "laquo", "lt", "mdash", "nbsp", "ndash", "quot", "raquo", "rarr"];

/// Finds the misses within a line, and their places in a text.
pub(super) fn find(text: &str) -> Vec<(Miss, Span)> {
    let mut found: Vec<(Miss, Span)> = Vec::new();
    // For each check: the offset from which it is tried again, and the end of the last miss that it found.
    let mut states = [(0, 0); CHECKS.len()];
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| FIRST[usize::from(*byte)]) {
        let (before, rest) = (&text[..at], cut(text, at));
        for ((start, miss, check), (next, end)) in CHECKS.iter().zip(&mut states) {
            if at < *next || !rest.starts_with(start) {
                continue;
            }
            *next = at + start.len();
            if at >= *end
                && let Some(length) = check(rest, before).filter(|_| !before.ends_with('`'))
            {
                *end = at + length;
                found.push((*miss, at..*end));
            }
        }
    }
    found
}

/// Returns the part of a text that can hold a miss from a place on.
fn cut(text: &str, start: usize) -> &str {
    &text[start..text.floor_char_boundary(start + LONGEST)]
}

/// Returns the miss that a line is as a whole.
pub(super) fn alone(text: &str) -> Option<(Miss, Span)> {
    let line = text.trim_end();
    line.eq_ignore_ascii_case("[TOC]").then_some((Miss::Contents, 0..line.len()))
}

/// Returns the miss with which the text of a block begins.
pub(super) fn at_start(text: &str, is_item: bool) -> Option<(Miss, Span)> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let begins_word = text[hashes..].starts_with(char::is_alphabetic);
    if !is_item && (2..=6).contains(&hashes) && begins_word {
        return Some((Miss::Heading, 0..hashes));
    }
    if !is_item
        && let Some(found) =
            [taken_first, alert, block, abbreviation, import, include].iter().find_map(|find| find(text))
    {
        return Some(found);
    }
    let is_box = ["[ ]", "[x]", "[X]"].iter().any(|mark| text.starts_with(mark));
    let is_task = is_item && is_box && text[3..].starts_with(char::is_alphanumeric);
    is_task.then_some((Miss::Task, 0..3))
}

/// Finds formulas between escaped brackets, `\(x\)` and `\[x\]`. Brackets hold text if they hold neither a
/// command of LaTeX nor a sign of arithmetic, or go over an empty line.
pub(super) fn bracketed<'t>(text: &'t str, part: &Span) -> impl Iterator<Item = Span> + use<'t> {
    let (first, written, mut end) = (part.start, &text[..part.end], 0);
    written[first..].match_indices(['(', '[']).filter_map(move |(at, open)| {
        let at = first + at;
        let start = at.checked_sub(1).filter(|start| *start >= end && written[..at].ends_with('\\'))?;
        let close = if open == "(" { "\\)" } else { "\\]" };
        let inner = cut(written, at + 1).split(close).next()?;
        let length = at + 1 + inner.len() + close.len();
        let is_formula =
            inner.contains(['\\', '^', '_', '=', '+', '<', '>']) || inner.trim().chars().count() == 1;
        let is_found = written.get(..length).is_some_and(|found| found.ends_with(close))
            && is_formula
            && !written[..start].ends_with('\\')
            && !inner.contains("\n\n");
        is_found.then(|| {
            end = length;
            start..length
        })
    })
}

/// Finds the end of a link, in a text behind a footnote that stands in the link's text.
pub(super) fn behind_footnote(text: &str) -> Option<(Miss, Span)> {
    let start = text.find(['[', ']']).filter(|start| text[*start..].starts_with("]("))?;
    let length = text[start + 2..].find([')', '\n'])?;
    let end = start + 2 + length;
    (length > 0 && text[end..].starts_with(')')).then_some((Miss::FootnoteInLink, start..end + 1))
}

/// Returns the name of an alert at the beginning of a text.
pub(super) fn alert(text: &str) -> Option<(Miss, Span)> {
    let inner = text.strip_prefix("[!")?;
    let is_name = |c: char| c.is_ascii_uppercase() || matches!(c, '-' | '_');
    let length = inner.find(|c| !is_name(c)).unwrap_or(inner.len());
    let is_meant = length > 1 && (length == inner.len() || inner[length..].starts_with(']'));
    is_meant.then_some((Miss::Alert, 0..2 + length))
}

fn wiki_link(text: &str, _: &str) -> Option<usize> {
    let inner = &text[2..2 + text[2..].find(['[', ']'])?];
    let closes = text[2 + inner.len()..].strip_prefix("]]");
    // Brackets before an address are the text of a link, or of another miss.
    let closes = closes.is_some_and(|rest| !rest.trim_start_matches(' ').starts_with(['(', '（']));
    let is_contents = inner.eq_ignore_ascii_case("toc");
    let is_name =
        !is_contents && inner.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '#' | '.'));
    (closes && is_name && !inner.ends_with(' ') && inner.contains(char::is_alphabetic))
        .then_some(inner.len() + 4)
}

fn contents(text: &str, _: &str) -> Option<usize> {
    let length = "[[TOC]]".len();
    text.get(..length).is_some_and(|mark| mark.eq_ignore_ascii_case("[[TOC]]")).then_some(length)
}

fn space_in_address(text: &str, before: &str) -> Option<usize> {
    let inner = &text[2..2 + text[2..].find(')')?];
    // An expression of templates is a miss of its own.
    if inner.contains("{{") {
        return None;
    }
    let address = inner.trim().split([' ', '\u{a0}']).collect::<Vec<_>>().join("");
    let is_meant = !before.is_empty() && is_address(&address)
        || inner.contains(['“', '”']) && is_address(inner.split(' ').next()?);
    is_meant.then_some(inner.len() + 3)
}

fn space_before_address(text: &str, before: &str) -> Option<usize> {
    let inner = &text[3..3 + text[3..].find(')')?];
    (!before.is_empty() && is_address(inner)).then_some(inner.len() + 4)
}

fn reversed(text: &str, _: &str) -> Option<usize> {
    let inner = &text[2..2 + text[2..].find(']')?];
    is_address(inner).then_some(inner.len() + 3)
}

/// Returns true if a link could lead to a text without spaces: one with a scheme, from the root, or to a
/// page's file.
fn is_address(text: &str) -> bool {
    let begins = ["http://", "https://", "mailto:", "./", "../", "@", "www."]
        .iter()
        .any(|start| text.starts_with(start));
    let path = text.split(['#', '?']).next().unwrap_or_default();
    let ends = [".md", ".html", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf"];
    let is_file = ends.iter().any(|end| path.len() > end.len() && path.to_ascii_lowercase().ends_with(end));
    let is_path = text.len() > 2 && text.starts_with('/') && text[1..].contains('/');
    !text.contains(char::is_whitespace) && (begins && text.len() > 2 || is_file || is_path)
}

fn mark(text: &str, _: &str) -> Option<usize> {
    let inner = &text[2..2 + text[2..].find("==")?];
    let after = &text[inner.len() + 4..];
    let is_edge = |text: &str| !text.is_empty() && text.trim() == text && !text.starts_with('=');
    let is_meant = is_edge(inner) && !after.starts_with(|c: char| c.is_alphanumeric() || c == '=');
    (is_meant && inner.starts_with(char::is_alphanumeric)).then_some(inner.len() + 4)
}

fn liquid_tag(text: &str, before: &str) -> Option<usize> {
    // Hugo's `{{% tag %}}` is reported as a component that cannot be read.
    if before.ends_with('{') {
        return None;
    }
    // One `%` cannot both open and close: `{%}`.
    let end = 2 + text[2..].find("%}")?;
    let name = text[2..end].trim_start_matches('-').trim_start();
    name.starts_with(|c: char| c.is_ascii_lowercase()).then_some(end + 2)
}

fn comment(text: &str, _: &str) -> Option<usize> {
    let inner = &text[2..2 + text[2..].find("%%")?];
    inner.contains(char::is_alphabetic).then_some(inner.len() + 4)
}

fn script_comment(text: &str, _: &str) -> Option<usize> {
    text.find("*/}").map(|end| end + 3)
}

fn kramdown(text: &str, _: &str) -> Option<usize> {
    let inner = &text[2..2 + text[2..].find('}')?];
    let name = inner.trim_start_matches([':', '/']);
    let name = name.split_whitespace().next().unwrap_or_default();
    let is_extension =
        inner == "/" || inner.starts_with([':', '/']) && ["comment", "nomarkdown", "options"].contains(&name);
    (is_extension || inner.eq_ignore_ascii_case("toc")).then_some(inner.len() + 3)
}

/// Returns true if a link in double brackets is a table of TOML, by its line and the next one:
/// `[[menus.main]]`.
pub(super) fn is_toml(text: &str, link: &Span) -> bool {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r');
    let before = text[..link.start].trim_end_matches(is_blank);
    let after = text[link.end..].trim_start_matches(is_blank);
    let is_line = before.is_empty() || before.ends_with('\n');
    let Some(rest) = after.strip_prefix('\n').filter(|_| is_line) else { return false };
    let line = &text[link.clone()];
    let is_key = |key: &str| {
        !key.is_empty()
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '"'))
    };
    let next = rest.lines().next().and_then(|line| line.split_once('='));
    is_key(line.trim_matches(['[', ']']))
        && next.is_some_and(|(key, value)| is_key(key.trim()) && !value.trim().is_empty())
}

fn entity(text: &str, _: &str) -> Option<usize> {
    let length = text[1..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len() - 1);
    let is_ended = text[1 + length..].starts_with([';', '=', '_', '-']);
    (!is_ended && ENTITIES.contains(&&text[1..=length])).then_some(length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|(_, span)| &text[span]).collect()
    }

    #[test]
    fn misses_are_found() {
        for (text, miss) in [
            ("see [[Some page|text]].", "[[Some page|text]]"),
            ("a [b](my file.md) c", "](my file.md)"),
            ("a [b](a.md “T”) c", "](a.md “T”)"),
            ("a [b] (https://a.org/x) c", "] (https://a.org/x)"),
            ("[[a]] (https://a.org)", "] (https://a.org)"),
            ("a (b)[../c.md] d", ")[../c.md]"),
            ("a ==b c== d", "==b c=="),
            ("{% include x.html %}", "{% include x.html %}"),
            ("a %%todo: x%% b", "%%todo: x%%"),
            ("{/* todo */}", "{/* todo */}"),
            ("10&nbsp km", "&nbsp"),
            ("{:toc}", "{:toc}"),
            ("{::comment} a", "{::comment}"),
            ("a {:/comment}", "{:/comment}"),
            ("[[toc]] in a line", "[[toc]]"),
            ("a [!INCLUDE ", "[!INCLUDE"),
        ] {
            assert_eq!(found(text), [miss], "{text}");
        }
    }

    #[test]
    fn other_text_is_none() {
        for text in [
            "[[1]] [[ -f x ]] [[x](y)] [[a]](b) [[a]]（b）",
            "f[i](see x) arr[0](x y)",
            "a [b] (see c) and [1] (2020)",
            "f(x)[i] (a)[b]",
            "a == b == c, x==1, ======",
            "[!code ++] [!included",
            "{{ x }} {1,2} {% <x> %} {{% x %}}",
            "100%% %%",
            "{:ok, value} {:a 1} {: .b} {:} {:::}",
            "?a=1&copy=2 AT&T &amp; a && b &lt;",
            "",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn beginnings_of_blocks_are_looked_at() {
        assert_eq!(at_start("##Heading", false), Some((Miss::Heading, 0..2)));
        assert_eq!(at_start("[ ]task", true), Some((Miss::Task, 0..3)));
        assert_eq!(at_start("[!NOTE]Title", false), Some((Miss::Alert, 0..6)));
        assert_eq!(at_start("[!NOTE", false), Some((Miss::Alert, 0..6)));
        assert_eq!(at_start("??? tip", false), Some((Miss::Block, 0..3)));
        assert_eq!(at_start("=== \"Tab\"", false), Some((Miss::Block, 0..3)));
        assert_eq!(at_start("???+ \"Title\"", false), Some((Miss::Block, 0..4)));
        for text in ["#tag", "## ", "####### x", "[ ] a", "[x](y)", "[!x]", "!!! What", "??? "] {
            assert_eq!(at_start(text, false), None, "{text}");
        }
    }

    #[test]
    fn links_are_cut_by_footnotes() {
        let found = |text: &'static str| behind_footnote(text).map(|(_, span)| &text[span]);
        assert_eq!(found(" b](/x/) c"), Some("](/x/)"));
        for text in ["] (x)", " [a](b)", "]()", "](a\n)"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
