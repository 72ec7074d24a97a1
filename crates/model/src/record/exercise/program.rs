//! The programs in an exercise's text, and the text around them.

use std::sync::Arc;

use sitegen_parser::{Event, Info, Markdown, Place, Source, Span, Spanned, Tag};

/// A program in an exercise's text.
#[derive(Debug)]
pub struct Program {
    /// What it is there for.
    pub role: Role,
    /// What its author calls it.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// It as a block of code, without its role and title.
    pub code: Arc<Markdown>,
    /// Where the block is.
    pub place: Place,
}

/// What a program is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What readers begin with. It fails at least one case.
    Starter,
    /// It passes all cases.
    Solution,
    /// A typical mistake. It fails at least one case.
    Wrong,
}

impl Role {
    /// The word that follows the language where the code begins.
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

/// An exercise's text, taken apart.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Each with the name of its language, as its author wrote it.
    pub programs: Vec<(Option<String>, Program)>,
    /// What stands before the first program, and not in one block with it.
    pub prompt: Markdown,
    /// What stands after that, without programs.
    pub rest: Markdown,
}

/// Takes a text apart. Headings and footnotes keep the names that they have in the whole.
pub(super) fn parts(body: &Markdown, source: &Source) -> Parts {
    let around = || Markdown { events: Vec::new(), ..body.clone() };
    let mut parts = Parts { programs: Vec::new(), prompt: around(), rest: around() };
    for block in blocks(&body.events) {
        let mut left = Vec::new();
        for piece in pieces(block) {
            match piece {
                Piece::Program(events, info) => parts.programs.push(program(events, info, source)),
                Piece::Other(event) => left.push(event.clone()),
            }
        }
        let to = if parts.programs.is_empty() { &mut parts.prompt } else { &mut parts.rest };
        to.events.append(&mut left);
    }
    parts
}

/// The blocks of a text that are in no other, each with its attributes.
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

/// A part of a block.
enum Piece<'a> {
    /// The events of a program, and what its author says of it.
    Program(&'a [Spanned<Event>], &'a Info),
    Other(&'a Spanned<Event>),
}

fn pieces(block: &[Spanned<Event>]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(event) = block.get(at) {
        let info = match &event.value {
            Event::Start(Tag::CodeBlock(info)) if role(info).is_some() => info,
            _ => {
                pieces.push(Piece::Other(event));
                at += 1;
                continue;
            }
        };
        // Code holds nothing but text.
        let length = block[at..].iter().take_while(|event| !matches!(event.value, Event::End(_))).count();
        let end = (at + length + 1).min(block.len());
        pieces.push(Piece::Program(&block[at..end], info));
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
