//! Rewrites Hugo's shortcodes before Markdown is read, because components are called in their places.
//!
//! A stand-in takes the place of each tag. A tag is left out if no component can be called there, as in an
//! address, or if a pair of tags stands within a line.

mod tag;

use std::collections::BTreeMap;

use pulldown_cmark::Options;

use self::tag::{HugoTag, TagRole};
use super::admonition::PatchedText;
use super::component::CallTag;
use super::write::MAX_DEPTH;
use super::{Extension, Syntax, admonition, mask};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, WrittenValue, errors};

/// The stand-in for a tag.
pub(super) const STAND_IN: &str = "{{<x/>}}";

/// The stand-in for a tag in an address, which makes the link lead nowhere.
const IN_ADDRESS: &str = "{{%}}";

/// Returns the name of the component that a shortcode calls.
pub fn component_name(shortcode: &str) -> String {
    shortcode.replace('-', "_").replace('/', ".")
}

/// Finds the name behind a tag's first sign, and returns its end and the name.
pub(super) fn name(rest: &str) -> (usize, &str) {
    let start = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '/']).len();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |end| start + end);
    let name = rest[start..end].trim_end_matches('/');
    (start + name.len(), name)
}

/// Returns true if an address holds a tag, which is reported elsewhere.
pub(super) fn is_in(address: &str) -> bool {
    address.contains("{{<") || address.contains("{{%")
}

/// A text whose shortcodes were replaced by stand-ins.
pub(super) struct Rewritten {
    pub(super) text: PatchedText,
    /// The calls of the tags, by the offsets of their stand-ins.
    pub(super) tags: BTreeMap<usize, CallTag>,
    pub(super) diagnostics: Diagnostics,
}

/// Rewrites the shortcodes in a text; none if it has none.
pub(super) fn rewrite(excerpt: &Excerpt<'_>, options: Options, syntax: &Syntax) -> Option<Rewritten> {
    if !syntax.has(Extension::Shortcodes) || !is_in(excerpt.text) {
        return None;
    }
    let mut tags = tag::find(excerpt);
    let code = mask::code(excerpt, options);
    let is_code = |tag: &HugoTag| mask::contains(&code, tag.span.start);
    tags.retain(|tag| tag.kind == TagRole::Shown || !is_code(tag));
    if tags.is_empty() {
        return None;
    }
    let pairs = pairs(excerpt.text, &tags);
    let mut rewriter = TagRewriter {
        excerpt,
        lines: lines(excerpt.text, &tags),
        tags: &tags,
        closing: BTreeMap::new(),
        end: 0,
        code_end: 0,
        patcher: PatchedText::of(excerpt.text, None),
        called: BTreeMap::new(),
        diagnostics: Diagnostics::new(),
    };
    for (index, tag) in tags.iter().enumerate() {
        if tag.span.start < rewriter.end {
            continue;
        }
        match (tag.kind, pairs.get(&index)) {
            (TagRole::Shown, _) if is_code(tag) || tag.span.start < rewriter.code_end => {
                rewriter.replace(&tag.span, &tag.shown(excerpt.text));
            }
            (TagRole::Shown, _) => rewriter.replace(&tag.span, &escaped(&tag.shown(excerpt.text))),
            (TagRole::Opens, Some(close)) => rewriter.pair(index, *close),
            _ => rewriter.single(index),
        }
    }
    rewriter.patcher.copy(rewriter.end..excerpt.text.len());
    Some(Rewritten {
        text: rewriter.patcher.finish(),
        tags: rewriter.called,
        diagnostics: rewriter.diagnostics,
    })
}

/// Maps the tags that are closed to the tags that close them.
fn pairs(text: &str, tags: &[HugoTag]) -> BTreeMap<usize, usize> {
    let (mut pairs, mut open) = (BTreeMap::new(), Vec::<usize>::new());
    for (index, tag) in tags.iter().enumerate() {
        match tag.kind {
            TagRole::Opens => open.push(index),
            TagRole::Closes => {
                let near = open.len().saturating_sub(MAX_DEPTH);
                let is_same = |opened: &usize| text[tags[*opened].name.clone()] == text[tag.name.clone()];
                if let Some(at) = open[near..].iter().rposition(is_same) {
                    pairs.insert(open[near + at], index);
                    open.truncate(near + at);
                }
            }
            TagRole::Whole | TagRole::Shown => {}
        }
    }
    pairs
}

/// The line of a tag that stands alone on it.
#[derive(Clone)]
struct TagLine {
    /// The text before the tag, without indentation that is removed.
    prefix: Span,
    /// True if this prefix does not make its line code.
    is_shallow: bool,
}

/// Finds the lines of tags that stand alone on them. If a tag is indented below another one, the additional
/// indentation is removed.
fn lines(text: &str, tags: &[HugoTag]) -> Vec<Option<TagLine>> {
    let mut lines: Vec<Option<TagLine>> = Vec::with_capacity(tags.len());
    for (index, tag) in tags.iter().enumerate() {
        let mut prefix = tag.line..tag.span.start;
        let behind = text[tag.span.end..].trim_start_matches([' ', '\t', '\r']);
        let is_alone = text[prefix.clone()].trim_start_matches([' ', '\t', '>']).is_empty()
            && (behind.is_empty() || behind.starts_with('\n'))
            && tag.kind != TagRole::Shown;
        if !is_alone {
            lines.push(None);
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| Some((&tags[before], lines[before].as_ref()?)));
        if let Some((before, line)) = before
            && text.get(before.span.end..tag.line).is_some_and(|between| between.trim().is_empty())
            && prefix.len() > line.prefix.len()
        {
            prefix.end = prefix.start + line.prefix.len();
        }
        let is_shallow = !text[prefix.clone()].ends_with("    ") && !text[prefix.clone()].contains('\t');
        lines.push(Some(TagLine { prefix, is_shallow }));
    }
    lines
}

struct TagRewriter<'p, 't> {
    excerpt: &'p Excerpt<'t>,
    tags: &'p [HugoTag],
    lines: Vec<Option<TagLine>>,
    /// The replacements of closing tags.
    closing: BTreeMap<usize, Replacement>,
    /// The end of the text that was rewritten so far.
    end: usize,
    /// The end of the last text between two tags that becomes code.
    code_end: usize,
    patcher: admonition::TextPatcher<'t>,
    called: BTreeMap<usize, CallTag>,
    diagnostics: Diagnostics,
}

/// The replacement of a closing tag.
#[derive(Default)]
struct Replacement {
    /// The line that ends the code before the tag.
    fence: Option<String>,
    is_called: bool,
}

impl TagRewriter<'_, '_> {
    /// Writes a text in place of a part of the original.
    fn replace(&mut self, span: &Span, text: &str) {
        self.patcher.copy(self.end..span.start);
        self.patcher.insert(text, span);
        self.end = span.end;
    }

    /// Writes the stand-in for a tag.
    fn call(&mut self, span: &Span, called: CallTag) {
        self.patcher.copy(self.end..span.start);
        self.called.insert(self.patcher.length(), called);
        self.patcher.insert(STAND_IN, span);
        self.end = span.end;
    }

    fn tell(&mut self, tag: &HugoTag) {
        let name = &self.excerpt.text[tag.name.clone()];
        self.diagnostics.push(errors::ignored_shortcode(self.excerpt.place(&tag.name), name));
    }

    /// Removes the indentation before a tag that does not stay.
    fn indent(&mut self, index: usize) {
        if let Some(line) = &self.lines[index] {
            let space = line.prefix.end..self.tags[index].span.start;
            self.replace(&space, "");
        }
    }

    /// Rewrites a tag without a closing tag, or a closing tag.
    fn single(&mut self, index: usize) {
        let tag = &self.tags[index];
        self.indent(index);
        if let Some(Replacement { fence, is_called }) = self.closing.remove(&index) {
            let mut before = fence.unwrap_or_default();
            if is_called {
                if !before.is_empty() {
                    before.push('\n');
                }
                self.replace(&(tag.span.start..tag.span.start), &before);
                let name = self.excerpt.text[tag.name.clone()].to_owned();
                self.call(&tag.span, CallTag::Close(self.excerpt.spanned(name, &tag.name)));
            } else {
                self.replace(&tag.span, &before);
            }
            return;
        }
        let text = self.excerpt.text;
        let is_deep = self.lines[index].as_ref().is_some_and(|line| !line.is_shallow);
        let is_in_address = is_in_address(text, tag.span.start);
        let is_in_fence = text[tag.line..].trim_start_matches([' ', '\t', '>']).starts_with(":::");
        if is_in_address && let Some(address) = self.referred(tag) {
            self.replace(&tag.span, &address);
        } else if is_in_address || is_in_fence || is_deep || tag.kind == TagRole::Closes {
            self.tell(tag);
            self.replace(&tag.span, if is_in_address { IN_ADDRESS } else { "" });
        } else {
            self.call(&tag.span, CallTag::Whole(tag.call(self.excerpt)));
        }
    }

    /// Returns the address for `ref "path"` in a link.
    fn referred(&self, tag: &HugoTag) -> Option<String> {
        let call = tag.call(self.excerpt);
        let given = call.arguments.first().filter(|_| matches!(&*call.name.value, "ref" | "relref"))?;
        let WrittenValue::String(to) = &given.value.value else { return None };
        let is_fit = matches!(&*given.name.value, "" | "path")
            && !to.is_empty()
            && !to.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c));
        let (path, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
        let root = if path.starts_with('/') { "@" } else { "" };
        let path = path.trim_end_matches('/');
        let has_ending = path.is_empty() || path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let ending = if has_ending { "" } else { ".md" };
        is_fit.then(|| format!("{root}{path}{ending}{fragment}"))
    }

    /// Rewrites a tag that another one closes.
    fn pair(&mut self, index: usize, close: usize) {
        let (tag, closing) = (&self.tags[index], &self.tags[close]);
        let text = self.excerpt.text;
        let inner = &text[tag.span.end..closing.span.start];
        let is_raw = tag.is_raw && self.tags[index + 1..close].iter().all(|tag| tag.kind == TagRole::Shown);
        let (Some(line), Some(last)) = (self.lines[index].clone(), self.lines[close].clone()) else {
            self.tell(tag);
            if is_raw {
                return self.replace(&(tag.span.start..closing.span.end), &escaped(inner));
            }
            self.closing.insert(close, Replacement::default());
            return self.replace(&tag.span, "");
        };
        self.indent(index);
        let is_called = line.prefix.is_empty() && last.prefix.is_empty();
        let fence = (is_raw && !inner.trim().is_empty()).then(|| fence(inner));
        let mut before = String::new();
        if is_called {
            self.call(&tag.span, CallTag::Open(tag.call(self.excerpt)));
            before.push('\n');
        } else {
            self.tell(tag);
        }
        if let Some(fence) = &fence {
            self.code_end = closing.span.start;
            before.push_str(fence);
            let at = if is_called { tag.span.end..tag.span.end } else { tag.span.clone() };
            self.replace(&at, &before);
        } else if !is_called {
            self.replace(&tag.span, "");
        }
        self.closing.insert(close, Replacement { fence, is_called });
    }
}

/// Returns true if an offset is within a link's address.
fn is_in_address(text: &str, start: usize) -> bool {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(300))..start];
    let run = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let head = before[..before.len() - run.len()].trim_end();
    let is_behind_text = run.rfind("](").is_some_and(|at| !run[at..].contains(')'));
    let is_defined = head.ends_with("]:") && (run.is_empty() || run.starts_with('<') && !run.contains('>'));
    is_behind_text || is_defined
}

/// Makes a fence for code, longer than any run of backticks in it.
fn fence(inner: &str) -> String {
    let longest = inner.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(3.max(longest + 1))
}

/// Escapes all punctuation of a text, so Markdown makes nothing of it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
