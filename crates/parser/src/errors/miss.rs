//! The diagnostics of near misses: texts that look like Markdown but are not read as such.

use crate::markdown::component_name;
use crate::markdown::nearmiss::{Miss, named};
use crate::{Among, Code, Diagnostic, Place};

/// Warns that a text, `written`, looks like Markdown but is not read as such.
pub(crate) fn near_miss(place: Place, miss: Miss, written: &str) -> Diagnostic {
    let (meant, help) = match miss {
        Miss::WikiLink => (
            "a link to a page",
            "write `[](@collection/slug)` or `[text](file.md)`, or set `wiki_links = true` under `[markdown]` in site.toml",
        ),
        Miss::Contents => ("a list of contents", "write it in a paragraph of its own"),
        Miss::SpaceInAddress => (
            "a link's address",
            "a link is `[text](address)`, with no other link in its text; write an address with spaces as `<my file.md>`, \
             and a title in straight quotation marks",
        ),
        Miss::SpaceBeforeAddress => ("a link", "leave out the space before the address: `[text](address)`"),
        Miss::Reversed => ("a link", "write `[text](address)`"),
        Miss::FootnoteInLink => ("a link, which can hold no footnote", "write the footnote behind the link"),
        Miss::Mark => {
            ("marked text", "set `mark = true` under `[markdown]` in site.toml, or write `**text**`")
        }
        Miss::LiquidTag => ("a tag of templates", "Markdown calls components: `{{<name />}}`"),
        Miss::Expression => (
            "an expression of templates",
            "nothing is put in its place: write what it stands for, or call a component: `{{<name />}}`",
        ),
        Miss::Comment => ("a comment, and readers see it", "write `<!-- text -->`"),
        Miss::Entity => ("a character by its name", "end it with `;`"),
        Miss::Heading => ("a heading", "write a space behind the `#`"),
        Miss::Task => ("a task", "write a space behind the box"),
        Miss::Rows => ("a table", "write a row such as `|---|---|`, of as many cells, below the first"),
        Miss::Kramdown => {
            ("a mark of kramdown", "write `[TOC]` for a list of contents and `<!-- text -->` for a comment")
        }
        Miss::Table => (
            "a table",
            "leave an empty line above the table, and give this row as many cells as the one above, each of `-`, with `:` beside it \
             to align a column",
        ),
        Miss::Alert => {
            ("an alert", "begin a block quote with `> [!NOTE]`, and write a space before its title")
        }
        Miss::Formula => ("the edge of a formula", "leave out the empty lines between it and its formula"),
        Miss::Brackets => ("a formula", "write `$x$` in a line, or `$$x$$` to set it apart"),
        Miss::Block => (
            "a block of MkDocs",
            "set `admonitions = true` under `[markdown]` in site.toml, or write `:::note[Title]`, its text, and `:::` below",
        ),
        Miss::BrokenBlock => (
            "a block of MkDocs",
            "write a name and, if need be, a title in straight quotation marks: `!!! note \"Title\"`; only blocks that fold and tabs can \
             do without a name",
        ),
        Miss::Abbreviation => {
            ("what an abbreviation stands for", "set `abbreviations = true` under `[markdown]` in site.toml")
        }
        Miss::Emoji => (
            "the name of an emoji",
            "set `emoji = true` under `[markdown]` in site.toml, or write the emoji itself",
        ),
        Miss::Subscript => ("lowered text", "set `subscript = true` under `[markdown]` in site.toml"),
        Miss::Import => ("an import of MDX", "leave it out; Markdown calls components: `{{<name />}}`"),
        Miss::Taken => (
            "what DocFX takes from a file",
            "for code, write ```` ```rust include=\"../src/main.rs\" ```` and close the block; for text, call a component",
        ),
        Miss::Include => {
            ("code from a file", "write ```` ```rust include=\"../src/main.rs\" ```` and close the block")
        }
        Miss::Superscript => ("raised text", "set `superscript = true` under `[markdown]` in site.toml"),
    };
    let problem = Diagnostic::warning(Code::NearMiss, format!("this is text, though it looks like {meant}"))
        .at(place)
        .help(format!("{help}; to show it as it is, mark it as code or write `\\` before it"));
    if miss == Miss::Expression {
        return problem.cause(Among::Of(meant.into()), named(written));
    }
    problem.cause(Among::Names, meant)
}

pub(crate) fn unclosed_code(place: Place, fence: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::UnclosedCode,
        "this code is never closed, so that all that follows in its text, list, quote or block is in it",
    )
    .at(place)
    .help(format!("write {fence} on a line of its own where it ends"))
}

pub(crate) fn odd_scheme(place: Place, to: &str, meant: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::NearMiss,
        format!("browsers cannot follow \"{to}\": what stands before its colon is no scheme"),
    )
    .at(place)
    .help(meant)
    .cause(Among::Of(meant.into()), to.split(':').next().unwrap_or_default())
}

pub(crate) fn lost_cells(place: Place, columns: usize) -> Diagnostic {
    let noun = if columns == 1 { "column" } else { "columns" };
    Diagnostic::warning(
        Code::LostCells,
        format!("the row has more cells than the table's {columns} {noun}, so these are lost"),
    )
    .at(place)
    .help("add columns to the table's first two rows, or write `\\|` for a bar in a cell")
}

pub(crate) fn foreign_shortcode(place: Place, message: String, name: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidComponent, message)
        .at(place)
        .help(
            "write `{{<name a=\"text\" n={3} />}}`, or `{% <name> %}` and `{% </name> %}` on lines of their own; or set \
             `shortcodes = true` under `[markdown]` in site.toml, which leaves out those that no component stands for; \
             to show one, write it as code",
        )
        .cause(Among::Of("shortcodes".into()), name)
}

/// `ignored-shortcode`: a call of a shortcode for which no component is declared.
pub fn ignored_shortcode(place: Place, name: &str) -> Diagnostic {
    Diagnostic::warning(Code::IgnoredShortcode, format!("the shortcode \"{name}\" is left out"))
        .at(place)
        .help(format!(
            "declare a component `{}` in a template, and it is called where the shortcode stands for itself, or its two \
             tags on lines of their own; or write what the shortcode would show",
            component_name(name)
        ))
        .cause(Among::Of("shortcodes".into()), name)
}
