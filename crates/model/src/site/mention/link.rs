//! Turns mentions into links.

use std::borrow::Cow;

use sitegen_parser::{Attributes, Block, Event, Markdown, Spanned, Tag};

use super::Mentions;
use super::find::{Mention, Position};

/// The class of links from mentions.
const CLASS: &str = "mention";

impl Mentions {
    /// Returns the text with links in place of the mentions, as its author could have written them.
    #[must_use]
    pub fn link<'m>(&self, text: &'m Markdown) -> Cow<'m, Markdown> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut linked = LinkInserter { events: Vec::with_capacity(text.events.len() + 5 * self.0.len()) };
        let mut left = self.0.as_slice();
        let mut is_open = false;
        for (index, event) in text.events.iter().enumerate() {
            let mut at = 0;
            while let Some((mention, rest)) = left.split_first() {
                if !is_open && mention.start.event == index {
                    at = linked.text(event, at, mention.start);
                    linked.begin(event, mention);
                    is_open = true;
                } else if is_open && mention.end.event == index {
                    at = linked.text(event, at, mention.end);
                    linked.push(event, Event::End(Block::Link));
                    (is_open, left) = (false, rest);
                } else {
                    break;
                }
            }
            linked.rest(event, at);
        }
        let (headings, footnotes) = (text.headings.clone(), text.footnotes.clone());
        Cow::Owned(Markdown { events: linked.events, headings, footnotes })
    }
}

struct LinkInserter {
    events: Vec<Spanned<Event>>,
}

impl LinkInserter {
    fn push(&mut self, like: &Spanned<Event>, value: Event) {
        self.events.push(Spanned { value, span: like.span.clone() });
    }

    /// Copies the text of an event up to a position, and returns the byte there.
    fn text(&mut self, event: &Spanned<Event>, from: usize, to: Position) -> usize {
        if let Event::Text(text) = &event.value
            && from < to.byte
        {
            self.push(event, Event::Text(text[from..to.byte].to_owned()));
        }
        to.byte
    }

    /// Copies the rest of an event.
    fn rest(&mut self, event: &Spanned<Event>, from: usize) {
        match &event.value {
            Event::Text(text) if from > 0 => {
                if from < text.len() {
                    self.push(event, Event::Text(text[from..].to_owned()));
                }
            }
            _ => self.events.push(event.clone()),
        }
    }

    fn begin(&mut self, event: &Spanned<Event>, mention: &Mention) {
        let attributes = Attributes { classes: vec![CLASS.to_owned()], ..Attributes::default() };
        self.push(event, Event::Attributes(attributes));
        self.push(event, Event::Start(Tag::Link { to: mention.to.to_string(), title: String::new() }));
    }
}
