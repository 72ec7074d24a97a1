//! Finds mentions of records in Markdown.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use sitegen_parser::{Event, Markdown, Spanned, Tag};

use super::Vocabulary;
use super::token::tokens;
use super::trie::NumberedWord;

/// The first mention of each record in a text, in order.
#[derive(Debug, Default, Hash, PartialEq, Eq)]
pub struct Mentions(pub(super) Vec<Mention>);

/// A mention of a record.
#[derive(Debug, Hash, PartialEq, Eq)]
pub(super) struct Mention {
    pub start: Position,
    pub end: Position,
    /// The target of the link, such as `@terms/grain`.
    pub to: Arc<str>,
}

/// A position in Markdown: the index of an event, and a byte of its text.
#[derive(Debug, Clone, Copy, Default, Hash, PartialEq, Eq)]
pub(super) struct Position {
    pub event: usize,
    pub byte: usize,
}

impl Vocabulary {
    /// Finds the first mention of each record that a text does not link to already. `own` is the link to the
    /// text's own record.
    pub(super) fn find(&self, text: &Markdown, own: &str) -> Mentions {
        let mut finder = MentionFinder { vocabulary: self, seen: FxHashSet::default(), found: Vec::new() };
        finder.seen.insert(own);
        finder.seen.extend(text.events.iter().filter_map(|event| match &event.value {
            Event::Start(Tag::Link { to, .. }) => Some(to.split(['?', '#']).next().unwrap_or(to)),
            _ => None,
        }));
        finder.text(&text.events);
        Mentions(finder.found)
    }
}

struct MentionFinder<'a> {
    vocabulary: &'a Vocabulary,
    /// The links to records that need no further link.
    seen: FxHashSet<&'a str>,
    found: Vec<Mention>,
}

impl<'a> MentionFinder<'a> {
    /// Searches the texts that can hold links. A phrase may go on after a line break within a paragraph.
    fn text(&mut self, events: &'a [Spanned<Event>]) {
        let (mut barred, mut run) = (0, TextRun::default());
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

    /// Searches a run of text, and empties it.
    fn run(&mut self, run: &mut TextRun) {
        let Vocabulary { trie, keys, .. } = self.vocabulary;
        run.words.extend(tokens(&run.text).map(|token| trie.numbered(token)));
        let mut at = 0;
        while at < run.words.len() {
            let Some((length, (_, key))) = trie.longest(&run.words[at..]) else {
                at += 1;
                continue;
            };
            let phrase = &run.words[at..at + length];
            let key = &keys[key as usize];
            if self.seen.insert(key) {
                let (start, end) =
                    (run.position(phrase[0].start), run.position_before(phrase[length - 1].end));
                self.found.push(Mention { start, end, to: Arc::clone(key) });
            }
            at += length;
        }
        run.clear();
    }
}

/// Returns true for blocks and spans in which mentions do not become links: links, images, code, footnotes,
/// headings and titles.
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

/// The text of several neighboring events.
#[derive(Default)]
struct TextRun {
    text: String,
    words: Vec<NumberedWord>,
    /// The index of each event, and the start of its text in `text`.
    events: Vec<(usize, usize)>,
}

impl TextRun {
    fn push(&mut self, event: usize, text: &str) {
        self.events.push((event, self.text.len()));
        self.text.push_str(text);
    }

    /// Finds the event and the byte in it of a byte of the text.
    fn position(&self, byte: usize) -> Position {
        let event = self.events.partition_point(|(_, start)| *start <= byte) - 1;
        let (event, start) = self.events[event];
        Position { event, byte: byte - start }
    }

    /// Finds the position after the last byte of a phrase, in the event of that byte.
    fn position_before(&self, end: usize) -> Position {
        let Position { event, byte } = self.position(end - 1);
        Position { event, byte: byte + 1 }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.words.clear();
        self.events.clear();
    }
}
