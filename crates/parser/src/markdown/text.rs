//! Turns events into text without markup.

use super::{Block, Event, Tag, html};
use crate::Spanned;

/// Returns the text that a reader reads, with at most one space between words. Code, formulas as written and
/// the descriptions of images belong to it, and of HTML the text outside of comments and tags.
pub(super) fn plain(events: &[Spanned<Event>]) -> String {
    read(events, |html| if html::is_markup(html) { String::new() } else { html::text(html) })
}

/// Returns the same text for a site that shows HTML as it is written, but without comments.
pub(super) fn with_html(events: &[Spanned<Event>]) -> String {
    read(events, html::without_comments)
}

fn read(events: &[Spanned<Event>], shown: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for event in events {
        match &event.value {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => text.push_str(&formula.value),
            Event::Start(tag) if is_within_line(tag.block()) => {}
            Event::End(block) if is_within_line(*block) => {}
            Event::Html(html) => text.push_str(&shown(html)),
            Event::Attributes(_)
            | Event::FootnoteReference(_)
            | Event::TaskMarker(_)
            | Event::Include(_)
            | Event::Component(_) => {}
            _ => text.push(' '),
        }
    }
    single_spaced(&text)
}

/// Returns the text by which links name a heading: its text, code and formulas with all their spaces, as
/// GitHub reads them, without images and line endings. `first` is the index of the first event. For events
/// whose indexes are in `written`, the text there is taken instead of the shown one.
pub(super) fn naming(events: &[Spanned<Event>], first: usize, written: &[(usize, String)]) -> String {
    let mut text = String::new();
    let mut images = 0_usize;
    let mut written = written.iter().peekable();
    for (at, event) in events.iter().enumerate() {
        let written = written.next_if(|(of, _)| *of == first + at).map(|(_, text)| text);
        match &event.value {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(Block::Image) => images = images.saturating_sub(1),
            _ if images > 0 => {}
            Event::Text(part) | Event::Code(part) => text.push_str(written.unwrap_or(part)),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => text.push_str(&formula.value),
            _ => {}
        }
    }
    text
}

fn is_within_line(block: Block) -> bool {
    matches!(
        block,
        Block::Emphasis
            | Block::Strong
            | Block::Strikethrough
            | Block::Mark
            | Block::Subscript
            | Block::Superscript
            | Block::Abbreviation
            | Block::Link
            | Block::Image
    )
}

fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}
