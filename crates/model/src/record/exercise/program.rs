//! Finds the programs in an exercise's text, and splits the text around them.

use std::sync::Arc;

use sitegen_parser::{Event, Info, Markdown, Place, Source, Span, Spanned, Tag};

/// A program in an exercise's text.
#[derive(Debug)]
pub struct Program {
    /// The program's purpose.
    pub role: Role,
    /// The title that its author gives it.
    pub title: Option<String>,
    /// The program itself.
    pub text: String,
    /// The program as a block of code, without its role and title.
    pub code: Arc<Markdown>,
    /// The place of the block.
    pub place: Place,
}

/// The purpose of a program in an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The code that readers start from. It fails at least one case.
    Starter,
    /// A correct program, which passes all cases.
    Solution,
    /// A typical mistake. It fails at least one case.
    Wrong,
}

impl Role {
    /// Returns the word that follows the language at the start of the block.
    pub fn word(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Solution => "solution",
            Self::Wrong => "wrong",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Starter, Self::Solution, Self::Wrong].into_iter().find(|role| role.word() == word)
    }
}

/// An exercise's text, split into programs and the text around them.
#[derive(Debug, Default)]
pub(super) struct ExerciseText {
    /// The programs, each with its language as the author wrote it.
    pub programs: Vec<(Option<String>, Program)>,
    /// The text before the first program, without the text of its block.
    pub prompt: Markdown,
    /// The text after that, without programs.
    pub rest: Markdown,
}

/// Splits a text. Headings and footnotes keep the ids that they have in the whole text.
pub(super) fn split(body: &Markdown, source: &Source) -> ExerciseText {
    let around = || Markdown { events: Vec::new(), ..body.clone() };
    let mut parts = ExerciseText { programs: Vec::new(), prompt: around(), rest: around() };
    for block in blocks(&body.events) {
        let mut left = Vec::new();
        for piece in pieces(block) {
            match piece {
                BlockPiece::Program(events, info) => parts.programs.push(program(events, info, source)),
                BlockPiece::Other(event) => left.push(event.clone()),
            }
        }
        let to = if parts.programs.is_empty() { &mut parts.prompt } else { &mut parts.rest };
        to.events.append(&mut left);
    }
    parts
}

/// Lists the outermost blocks of a text, each with its attributes.
fn blocks(events: &[Spanned<Event>]) -> impl Iterator<Item = &[Spanned<Event>]> {
    let mut depth = 0_usize;
    events.split_inclusive(move |event| {
        match event.value {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        depth == 0 && !matches!(event.value, Event::Attributes(_))
    })
}

/// A piece of a block.
enum BlockPiece<'a> {
    /// The events of a program, and its language and attributes.
    Program(&'a [Spanned<Event>], &'a Info),
    Other(&'a Spanned<Event>),
}

fn pieces(block: &[Spanned<Event>]) -> Vec<BlockPiece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(event) = block.get(at) {
        let info = match &event.value {
            Event::Start(Tag::CodeBlock(info)) if role(info).is_some() => info,
            _ => {
                pieces.push(BlockPiece::Other(event));
                at += 1;
                continue;
            }
        };
        // A block of code has only texts in it, so its end is the next one.
        let length = block[at..].iter().take_while(|event| !matches!(event.value, Event::End(_))).count();
        let end = (at + length + 1).min(block.len());
        pieces.push(BlockPiece::Program(&block[at..end], info));
        at = end;
    }
    pieces
}

fn role(info: &Info) -> Option<Role> {
    info.words.first().and_then(|word| Role::of(&word.value))
}

fn program(events: &[Spanned<Event>], info: &Info, source: &Source) -> (Option<String>, Program) {
    let text = events.iter().filter_map(|event| match &event.value {
        Event::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let span: Span = events.first().map_or(0..0, |event| event.span.clone());
    let mut code = events.to_vec();
    if let Some(Spanned { value: Event::Start(Tag::CodeBlock(info)), .. }) = code.first_mut() {
        info.words.clear();
        info.title = None;
    }
    let program = Program {
        role: role(info).unwrap_or(Role::Wrong),
        title: info.title.clone().or_else(|| info.words.get(1).map(|title| title.value.clone())),
        text: text.collect(),
        code: Arc::new(Markdown { events: code, ..Markdown::default() }),
        place: Place::new(&source.path, &span),
    };
    (info.language.as_ref().map(|language| language.value.clone()), program)
}
