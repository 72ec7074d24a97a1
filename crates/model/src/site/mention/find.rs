//! Where a text mentions records.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use sitegen_parser::{Event, Markdown, Spanned, Tag};

use super::Vocabulary;
use super::token::tokens;
use super::trie::Known;

/// The first mention of each record in a text, in order.
#[derive(Debug, Default, Hash, PartialEq, Eq)]
pub struct Mentions(pub(super) Vec<Mention>);

/// A mention of a record.
#[derive(Debug, Hash, PartialEq, Eq)]
pub(super) struct Mention {
    pub start: Position,
    pub end: Position,
    /// What the link to the record is.
    pub to: Arc<str>,
}

/// A place in a text: an event, and a byte of what it says.
#[derive(Debug, Clone, Copy, Default, Hash, PartialEq, Eq)]
pub(super) struct Position {
    pub event: usize,
    pub byte: usize,
}

impl Vocabulary {
    /// Finds the first mention of each record that a text, that of `own`, does not link to anyway.
    pub(super) fn find(&self, text: &Markdown, own: &str) -> Mentions {
        let mut finder = Finder { vocabulary: self, seen: FxHashSet::default(), found: Vec::new() };
        finder.seen.insert(own);
        finder.seen.extend(text.events.iter().filter_map(|event| match &event.value {
            Event::Start(Tag::Link { to, .. }) => Some(to.split(['?', '#']).next().unwrap_or(to)),
            _ => None,
        }));
        finder.text(&text.events);
        Mentions(finder.found)
    }
}

struct Finder<'a> {
    vocabulary: &'a Vocabulary,
    /// The records that need no link, or no more.
    seen: FxHashSet<&'a str>,
    found: Vec<Mention>,
}

impl<'a> Finder<'a> {
    /// Looks at what can hold links, line endings within a paragraph among it.
    fn text(&mut self, events: &'a [Spanned<Event>]) {
        let (mut barred, mut run) = (0, Run::default());
        for (index, event) in events.iter().enumerate() {
            match &event.value {
                Event::Text(text) if barred == 0 => run.push(index, text),
                Event::SoftBreak if barred == 0 => run.push(index, "\n"),
                other => {
                    self.run(&mut run);
                    match other {
                        Event::Start(tag) if barred > 0 || bars(tag) => barred += 1,
                        Event::End(_) if barred > 0 => barred -= 1,
                        _ => {}
                    }
                }
            }
        }
        self.run(&mut run);
    }

    /// Takes the mentions in a run of text.
    fn run(&mut self, run: &mut Run) {
        let Vocabulary { trie, keys, .. } = self.vocabulary;
        run.known.extend(tokens(&run.text).map(|token| trie.known(token)));
        let mut at = 0;
        while at < run.known.len() {
            let Some((length, (_, key))) = trie.longest(&run.known[at..]) else {
                at += 1;
                continue;
            };
            let words = &run.known[at..at + length];
            let key = &keys[key as usize];
            if self.seen.insert(key) {
                let (start, end) = (run.position(words[0].start), run.position_before(words[length - 1].end));
                self.found.push(Mention { start, end, to: Arc::clone(key) });
            }
            at += length;
        }
        run.clear();
    }
}

/// What no link is put into: links, pictures, code, notes, and what is a title of sorts.
fn bars(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionTerm
            | Tag::TableHead
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Title
    )
}

/// Text that several events make.
#[derive(Default)]
struct Run {
    text: String,
    known: Vec<Known>,
    /// Each event, and where what it says begins.
    events: Vec<(usize, usize)>,
}

impl Run {
    fn push(&mut self, event: usize, text: &str) {
        self.events.push((event, self.text.len()));
        self.text.push_str(text);
    }

    /// Where a byte of the text stands.
    fn position(&self, byte: usize) -> Position {
        let event = self.events.partition_point(|(_, start)| *start <= byte) - 1;
        let (event, start) = self.events[event];
        Position { event, byte: byte - start }
    }

    /// Behind which byte a place is, in the same event.
    fn position_before(&self, end: usize) -> Position {
        let Position { event, byte } = self.position(end - 1);
        Position { event, byte: byte + 1 }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.known.clear();
        self.events.clear();
    }
}
