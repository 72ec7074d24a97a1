//! Reads the blocks of `MkDocs`: `!!! note "Title"`, `??? note` and `=== "Tab"`, each with indented text
//! below.
//!
//! They are rewritten as directives, the outermost first, because the text of a block is code until the
//! block's header is rewritten.

mod patch;
mod header;

use pulldown_cmark::Options;

pub(super) use self::patch::{PatchedText, TextPatcher};

use self::header::{BlockHeader, BlockMark};
use self::patch::IndentedLine;
use super::write::MAX_DEPTH;
use super::{Extension, Syntax, mask, unended};
use crate::excerpt::Excerpt;
use crate::{Span, excerpt};

/// Rewrites the blocks in a text; none if it has no blocks.
pub(super) fn rewrite(excerpt: &Excerpt<'_>, options: Options, syntax: &Syntax) -> Option<PatchedText> {
    let is_possible = ["!!!", "???", "==="].iter().any(|mark| excerpt.text.contains(mark));
    if !syntax.has(Extension::Admonitions) || !is_possible {
        return None;
    }
    let mut last = None;
    for _ in 0..MAX_DEPTH {
        let Some(next) = pass(excerpt, last.as_ref(), options) else { break };
        last = Some(next);
    }
    last
}

/// Rewrites the outermost blocks of a text, or of the last patched text.
fn pass(excerpt: &Excerpt<'_>, last: Option<&PatchedText>, options: Options) -> Option<PatchedText> {
    let seen = last.map_or_else(|| excerpt.clone(), |last| excerpt.rewritten(&last.text, &last.pieces));
    let lines = patch::lines(seen.text);
    let mut headers = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| header::read(seen.text, line).map(|header| (index, header)));
    headers.next()?;
    let code = mask::code(&seen, options);
    let mut rewriter =
        BlockRewriter { lines: &lines, code, options, next: 0, patcher: PatchedText::of(seen.text, last) };
    let mut is_new = false;
    while rewriter.next < lines.len() {
        match rewriter.header(rewriter.next) {
            Some(header) if header.kind == BlockMark::Tab => rewriter.tabs(&header),
            Some(header) => rewriter.block(&header),
            None => {
                rewriter.patcher.copy(lines[rewriter.next].whole());
                rewriter.next += 1;
                continue;
            }
        }
        is_new = true;
    }
    is_new.then(|| rewriter.patcher.finish())
}

struct BlockRewriter<'p, 't> {
    lines: &'p [IndentedLine],
    /// The spans of code and of other text that is taken literally.
    code: Vec<Span>,
    options: Options,
    /// The index of the line that is read next.
    next: usize,
    patcher: TextPatcher<'t>,
}

impl BlockRewriter<'_, '_> {
    /// Reads a line as the header of a block.
    fn header(&self, index: usize) -> Option<BlockHeader> {
        let line = self.lines.get(index)?;
        let header = header::read(self.patcher.text, line)?;
        (!mask::contains(&self.code, header.line.start)).then_some(header)
    }

    /// Rewrites a block and the indented text below its header.
    fn block(&mut self, header: &BlockHeader) {
        self.patcher.open(header);
        self.next += 1;
        let is_in = |line: &IndentedLine| line.is_blank() || line.indent >= header.body();
        let lines = self.lines[self.next..].iter();
        let mut body: Vec<_> =
            lines.map_while(|line| line.within(self.patcher.text, header.quotes).filter(is_in)).collect();
        body.truncate(body.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1));
        for line in &body {
            self.patcher.dedented(line, header);
        }
        self.next += body.len();
        // The indentation ends what the text of the block leaves open.
        let text: String = body.iter().map(|line| line.behind(self.patcher.text, header.body())).collect();
        if let Some(ending) = unended::ending(&text, self.options) {
            self.patcher.line(header, &ending);
        }
        self.patcher.line(header, ":::");
    }

    /// Rewrites a group of tabs, between which only blank lines stand.
    fn tabs(&mut self, first: &BlockHeader) {
        self.patcher.line(first, ":::tabs");
        self.block(first);
        loop {
            let is_blank = |line: &IndentedLine| {
                line.within(self.patcher.text, first.quotes).is_some_and(|line| line.is_blank())
            };
            let blank = self.lines[self.next..].iter().take_while(|line| is_blank(line)).count();
            let header = self.header(self.next + blank);
            let is_same = |header: &BlockHeader| {
                header.kind == BlockMark::Tab
                    && (header.quotes, header.indent) == (first.quotes, first.indent)
                    && !header.begins_group
            };
            let Some(header) = header.filter(is_same) else { break };
            for line in &self.lines[self.next..self.next + blank] {
                self.patcher.copy(line.whole());
            }
            self.next += blank;
            self.block(&header);
        }
        self.patcher.line(first, ":::");
    }
}

impl PatchedText {
    /// Returns the text as an excerpt that was put together from another one.
    pub(super) fn excerpt<'d>(&'d self, of: &'d Excerpt<'d>) -> Excerpt<'d> {
        of.rewritten(&self.text, &self.pieces)
    }
}

/// Translates a range of the last patched text to the original text.
fn first(last: Option<&PatchedText>, range: Span) -> Span {
    match last {
        Some(last) => excerpt::source(&last.pieces, &range),
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Source;

    fn rewritten(text: &str) -> String {
        let source = Source { path: Arc::from("x.md"), text: text.into() };
        let excerpt = Excerpt::new(&source, 0..text.len());
        let syntax = Syntax::with([Extension::Admonitions]);
        rewrite(&excerpt, Options::empty(), &syntax)
            .map_or_else(|| "as it was".to_owned(), |patched| patched.text)
    }

    #[test]
    fn blocks_are_directives() {
        for (text, expected) in [
            ("a\n!!! note\n    b\n\n      c\n\nd", "a\n:::note\nb\n\n  c\n:::\n\nd"),
            ("!!! Tip inline end \"A *b*\"\n    c", ":::tip[A *b*]\nc\n:::\n"),
            (
                "??? note\n\ta\n???+ tip \"\"\n    b",
                ":::note{fold=closed}\na\n:::\n:::tip{title=\"\" fold=open}\nb\n:::\n",
            ),
            ("!!! a \"]\"", ":::a[\\]]\n:::\n"),
            ("!!! a\n    !!! b\n        c\n    d\n", ":::a\n:::b\nc\n:::\nd\n:::\n"),
            ("- a\n\n    !!! b\n        c\n", "- a\n\n    :::b\n    c\n    :::\n"),
            ("> !!! a\n>     b\n>\n>       c\n\nd", "> :::a\n> b\n>\n>   c\n> :::\n\nd"),
            (">> === \"A\"\n>>     > a\n> b", ">> :::tabs\n>> :::tab[A]\n>> > a\n>> :::\n>> :::\n> b"),
            ("!!! a\n    > ??? b\n    >     c\n", ":::a\n> :::b{fold=closed}\n> c\n> :::\n:::\n"),
            ("???+ \"A\"\n    b\n", ":::details[A]{fold=open}\nb\n:::\n"),
            ("!!! a\n    ```\n    b\n\nc", ":::a\n```\nb\n```\n:::\n\nc"),
            ("> !!! a\n>     <pre>\n\nc", "> :::a\n> <pre>\n> </pre>\n> :::\n\nc"),
            (
                "=== \"A\"\n    a\n\n=== \"B\"\n    b\n===! \"C\"\n",
                ":::tabs\n:::tab[A]\na\n:::\n\n:::tab[B]\nb\n:::\n:::\n:::tabs\n:::tab[C]\n:::\n:::\n",
            ),
        ] {
            assert_eq!(rewritten(text), expected, "{text}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "```\n!!! note\n```",
            "a\n\n    !!! note\n",
            "!!! *a*",
            "!!!",
            "a\n===\n",
            "!!!a!!!",
            "??? 1",
            "???\"a\"",
            "!!! \"a\"",
        ] {
            assert_eq!(rewritten(text), "as it was", "{text}");
        }
    }
}
