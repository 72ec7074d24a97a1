//! Converts the Markdown library's elements to our tags.

use pulldown_cmark::{self as md, Tag as Element, TagEnd};

use super::{Alignment, Block, Tag};

/// Returns the tag for an element that needs no context; none for other elements.
pub(super) fn tag(element: Element<'_>) -> Option<Tag> {
    Some(match element {
        Element::Paragraph => Tag::Paragraph,
        Element::BlockQuote(_) => Tag::BlockQuote,
        Element::List(start) => Tag::List { start },
        Element::Item => Tag::Item,
        Element::FootnoteDefinition(label) => Tag::FootnoteDefinition(label.into_string()),
        Element::DefinitionList => Tag::DefinitionList,
        Element::DefinitionListTitle => Tag::DefinitionTerm,
        Element::DefinitionListDefinition => Tag::DefinitionText,
        Element::Table(columns) => Tag::Table(columns.into_iter().map(alignment).collect()),
        Element::TableHead => Tag::TableHead,
        Element::TableRow => Tag::TableRow,
        Element::TableCell => Tag::TableCell,
        Element::Emphasis => Tag::Emphasis,
        Element::Strong => Tag::Strong,
        Element::Strikethrough => Tag::Strikethrough,
        _ => return None,
    })
}

/// Returns true if the element that ends has a tag.
pub(super) fn is_written(end: TagEnd) -> bool {
    !matches!(end, TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript)
}

/// Returns true if the element that ends is part of a line.
pub(super) fn is_within_line(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns true if this HTML opens a link and false if it closes one; none if it does neither.
pub(super) fn is_in_anchor(html: &str) -> Option<bool> {
    let html = html.trim_start().to_ascii_lowercase();
    if html.starts_with("</a") {
        return Some(false);
    }
    let rest = html.strip_prefix("<a")?;
    rest.starts_with(|c: char| c.is_whitespace() || c == '>').then_some(true)
}

impl Tag {
    /// Returns the kind of the tag, which the end of its element carries.
    pub(super) fn block(&self) -> Block {
        match self {
            Self::Paragraph => Block::Paragraph,
            Self::Heading { level, .. } => Block::Heading(*level),
            Self::BlockQuote => Block::BlockQuote,
            Self::CodeBlock(_) => Block::CodeBlock,
            Self::List { start: Some(_) } => Block::OrderedList,
            Self::List { start: None } => Block::BulletList,
            Self::Item => Block::Item,
            Self::FootnoteDefinition(_) => Block::FootnoteDefinition,
            Self::DefinitionList => Block::DefinitionList,
            Self::DefinitionTerm => Block::DefinitionTerm,
            Self::DefinitionText => Block::DefinitionText,
            Self::Table(_) => Block::Table,
            Self::TableHead => Block::TableHead,
            Self::TableRow => Block::TableRow,
            Self::TableCell => Block::TableCell,
            Self::Emphasis => Block::Emphasis,
            Self::Strong => Block::Strong,
            Self::Strikethrough => Block::Strikethrough,
            Self::Mark => Block::Mark,
            Self::Subscript => Block::Subscript,
            Self::Superscript => Block::Superscript,
            Self::Abbreviation(_) => Block::Abbreviation,
            Self::Link { .. } => Block::Link,
            Self::Image { .. } => Block::Image,
            Self::Component(_) => Block::Component,
            Self::Title => Block::Title,
        }
    }
}

fn alignment(alignment: md::Alignment) -> Alignment {
    match alignment {
        md::Alignment::None => Alignment::None,
        md::Alignment::Left => Alignment::Left,
        md::Alignment::Center => Alignment::Center,
        md::Alignment::Right => Alignment::Right,
    }
}
