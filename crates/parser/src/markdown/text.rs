//! Text without markup.

use super::{Block, Event, html};
use crate::Spanned;

/// What a reader reads, at most one space between words; code, formulas as written and the descriptions of images are text.
/// Of HTML, what stands outside of comments and tags.
pub(super) fn plain(events: &[Spanned<Event>]) -> String {
    let mut text = String::new();
    for event in events {
        match &event.value {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => text.push_str(&formula.value),
            Event::Start(tag) if is_within_line(tag.block()) => {}
            Event::End(block) if is_within_line(*block) => {}
            Event::Html(html) if html::is_markup(html) => {}
            Event::Html(html) => text.push_str(&html::text(html)),
            Event::Attributes(_)
            | Event::FootnoteReference(_)
            | Event::TaskMarker(_)
            | Event::Component(_) => {}
            _ => text.push(' '),
        }
    }
    single_spaced(&text)
}

fn is_within_line(block: Block) -> bool {
    matches!(block, Block::Emphasis | Block::Strong | Block::Strikethrough | Block::Link | Block::Image)
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
