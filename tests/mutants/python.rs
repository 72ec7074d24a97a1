//! Changes solutions in Python: it leaves out, mixes up or moves by one, as people do.

use std::ops::Range;

use crate::mutant::{Edit, neighbours, without_sides};
use crate::token::{LexicalClass, ProgramToken, Tokens};

/// Words and signs that are mistaken for others.
const SWAPS: [(&str, &str); 27] = [
    ("<", "<="),
    ("<=", "<"),
    (">", ">="),
    (">=", ">"),
    ("==", "!="),
    ("!=", "=="),
    ("+", "-"),
    ("-", "+"),
    ("*", "+"),
    ("%", "//"),
    ("//", "%"),
    ("+=", "-="),
    ("-=", "+="),
    ("*=", "+="),
    ("|=", "="),
    ("|", "&"),
    ("&", "|"),
    ("and", "or"),
    ("or", "and"),
    ("break", "continue"),
    ("continue", "break"),
    ("min", "max"),
    ("max", "min"),
    ("True", "False"),
    ("False", "True"),
    ("bisect_left", "bisect_right"),
    ("bisect_right", "bisect_left"),
];

/// Functions whose calls are reduced to their first argument.
const UNWRAPPED: [&str; 9] = ["sorted", "dict", "list", "set", "tuple", "deepcopy", "int", "iter", "bool"];

/// The words and signs that end a condition.
const BOUNDS: [&str; 16] = [
    "and", "or", "if", "elif", "else", "while", "return", "not", ":", ",", "=", ":=", "for", "in", "yield",
    "assert",
];

/// The first words of lines that are never removed, because other lines depend on them.
const KEPT: [&str; 14] = [
    "def", "class", "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "import",
    "from", "pass",
];

pub(crate) fn edits(tokens: &Tokens<'_>) -> Vec<Edit> {
    let mut edits: Vec<_> = statements(tokens).collect();
    for (at, token) in tokens.all.iter().enumerate() {
        match token.kind {
            LexicalClass::Number => {
                edits
                    .extend(neighbours(token.text).into_iter().map(|number| Edit::new(place(token), number)));
            }
            LexicalClass::Sign | LexicalClass::Word => {
                edits.extend(swap(tokens, at));
                edits.extend(conditions(tokens, at));
                edits.extend(brackets(tokens, at));
                edits.extend(call(tokens, at));
            }
            LexicalClass::Text | LexicalClass::End => {}
        }
    }
    edits
}

fn place(token: &ProgramToken<'_>) -> Range<usize> {
    token.start..token.end()
}

/// Replaces statements that are whole lines by `pass`.
fn statements<'t>(tokens: &'t Tokens<'_>) -> impl Iterator<Item = Edit> + 't {
    let lines = tokens.all.split(|token| token.kind == LexicalClass::End);
    let plain = lines.filter(|line| {
        // A line with a colon at its end begins a block, and a text alone is a comment for readers.
        let ends = line.last().is_some_and(|last| last.is(":"));
        line.first()
            .is_some_and(|first| first.kind != LexicalClass::Text && !KEPT.iter().any(|word| first.is(word)))
            && !ends
    });
    plain.filter_map(|line| {
        let (first, last) = (line.first()?, line.last()?);
        Some(Edit::new(first.start..last.end(), "pass"))
    })
}

fn swap(tokens: &Tokens<'_>, at: usize) -> Option<Edit> {
    let token = &tokens.all[at];
    if token.is("*") && (at == 0 || tokens.is_any(at - 1, &["(", ",", "["])) {
        return None;
    }
    let (_, with) = SWAPS.iter().find(|(word, _)| token.text == *word)?;
    Some(Edit::new(place(token), *with))
}

/// Removes a side of conditions, or negates them.
fn conditions(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    let token = &tokens.all[at];
    let mut edits = Vec::new();
    if tokens.is_any(at, &["and", "or"]) {
        edits.extend(without_sides(tokens, at, &BOUNDS));
    }
    if token.is("not") {
        edits.push(Edit::new(place(token), ""));
    }
    if token.is("is") && !tokens.is(at + 1, "not") {
        edits.push(Edit::new(token.end()..token.end(), " not"));
    }
    let is_loop = || {
        let since = tokens.since(at, &["for", "in"]);
        since > 0 && tokens.is(since - 1, "for")
    };
    if token.is("in") && !tokens.is(at - 1, "not") && !is_loop() {
        edits.push(Edit::new(token.start..token.start, "not "));
    }
    let starts_line = at == 0 || tokens.all[at - 1].kind == LexicalClass::End;
    if tokens.is_any(at, &["if", "elif", "while"]) && starts_line {
        let condition = tokens.bytes(at + 1..tokens.until(at + 1, &[":"]));
        let with = format!("not ({})", &tokens.text[condition.clone()]);
        edits.push(Edit::new(condition, with));
    } else if token.is("if") && token.depth > 0 {
        // A comprehension then lets everything through, and a choice chooses its first value.
        let end = tokens.until(at + 1, &["else", "if", "for", ","]);
        edits.push(Edit::new(tokens.bytes(at + 1..end), "True"));
    }
    edits
}

/// Removes bounds of slices, and elements of displays.
fn brackets(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    if !tokens.is_any(at, &["[", "(", "{"]) {
        return Vec::new();
    }
    let Some(close) = tokens.close(at) else { return Vec::new() };
    let before = at.checked_sub(1).map(|before| &tokens.all[before]);
    let is_behind = before.is_some_and(|before| {
        let is_value = before.kind == LexicalClass::Word
            && !BOUNDS.iter().any(|word| before.is(word))
            && !before.is("except");
        is_value || before.is(")") || before.is("]")
    });
    let colon = tokens.until(at + 1, &[":"]);
    if tokens.is(at, "[") && is_behind {
        let bounds = [at + 1..colon, colon + 1..close];
        let bounds = bounds.into_iter().filter(|bound| colon < close && !bound.is_empty());
        return bounds.map(|bound| Edit::new(tokens.bytes(bound), "")).collect();
    }
    let terms = tokens.terms(at + 1, close);
    let is_comprehension = terms.iter().any(|term| tokens.until(term.start, &["for"]) < term.end);
    if is_behind || is_comprehension || terms.len() < 2 {
        return Vec::new();
    }
    let others = terms.windows(2).map(|pair| tokens.bytes(pair[0].start..pair[1].start));
    let last = tokens.bytes(terms[terms.len() - 2].end..close);
    others.chain([last]).map(|place| Edit::new(place, "")).collect()
}

/// Removes the last argument of calls, or replaces calls by their first one.
fn call(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    let is_definition = at > 0 && tokens.is_any(at - 1, &["def", "class"]);
    if tokens.all[at].kind != LexicalClass::Word || !tokens.is(at + 1, "(") || is_definition {
        return Vec::new();
    }
    let Some(close) = tokens.close(at + 1) else { return Vec::new() };
    let terms = tokens.terms(at + 2, close);
    let mut edits = Vec::new();
    if let [.., before, last] = &terms[..] {
        edits.push(Edit::new(tokens.bytes(before.end..last.end), ""));
    }
    if let (true, Some(first)) = (tokens.is_any(at, &UNWRAPPED), terms.first()) {
        edits.push(Edit::new(tokens.bytes(at..close + 1), format!("({})", tokens.text_of(first.clone()))));
    }
    edits
}
