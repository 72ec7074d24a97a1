//! Changes solutions in SQL: it leaves out, mixes up or moves by one, as people do.

use crate::mutant::{Edit, neighbours, without_sides};
use crate::token::{LexicalClass, ProgramToken, Tokens};

/// Words and signs that are mistaken for others.
const SWAPS: [(&str, &str); 25] = [
    ("<", "<="),
    ("<=", "<"),
    (">", ">="),
    (">=", ">"),
    ("=", "<>"),
    ("<>", "="),
    ("+", "-"),
    ("-", "+"),
    ("or", "AND"),
    ("min", "MAX"),
    ("max", "MIN"),
    ("sum", "COUNT"),
    ("count", "SUM"),
    ("avg", "MAX"),
    ("row_number", "RANK"),
    ("rank", "ROW_NUMBER"),
    ("dense_rank", "RANK"),
    ("lag", "LEAD"),
    ("lead", "LAG"),
    ("first_value", "LAST_VALUE"),
    ("desc", "ASC"),
    ("asc", "DESC"),
    ("rows", "RANGE"),
    ("range", "ROWS"),
    ("except", "UNION"),
];

/// Words that are left out.
const DROPPED: [&str; 2] = ["distinct", "not"];

/// Functions whose calls are reduced to their first argument.
const UNWRAPPED: [&str; 6] = ["coalesce", "lower", "trim", "date", "datetime", "abs"];

/// The words that end a condition.
const BOUNDS: [&str; 19] = [
    "and", "or", "where", "on", "having", "when", "then", "group", "order", "limit", "window", "union",
    "except", "join", "left", "cross", "else", "case", ";",
];

/// The words that end all conditions of a clause.
const CLAUSES: [&str; 11] =
    ["where", "group", "order", "limit", "window", "union", "except", "having", "join", "left", ";"];

/// The words that end a list of terms.
const ENDS: [&str; 12] = [
    "order", "rows", "range", "groups", "limit", "having", "window", "union", "except", "from", "where", ";",
];

pub(crate) fn edits(tokens: &Tokens<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (at, token) in tokens.all.iter().enumerate() {
        match token.kind {
            LexicalClass::Number => edits.extend(numbers(token)),
            LexicalClass::Text => edits.extend(modifiers(token)),
            LexicalClass::Sign | LexicalClass::Word => {
                edits.extend(swaps(tokens, at));
                edits.extend(conditions(tokens, at));
                edits.extend(lists(tokens, at));
                edits.extend(joins(tokens, at));
                edits.extend(calls(tokens, at));
                edits.extend(other_column(tokens, at));
                edits.extend(between(tokens, at));
            }
            LexicalClass::End => {}
        }
    }
    let divisions = (0..tokens.all.len()).filter_map(|at| division(tokens, at)).collect::<Vec<_>>();
    edits.extend(Edit::together(tokens.text, &divisions, "no PARTITION BY in any window"));
    edits
}

/// Leaves out the `PARTITION BY` of a window.
fn division(tokens: &Tokens<'_>, at: usize) -> Option<Edit> {
    let is_one = tokens.are(at, &["partition", "by"]);
    is_one.then(|| Edit::new(tokens.bytes(at..tokens.until(at + 2, &ENDS)), ""))
}

fn place(token: &ProgramToken<'_>) -> std::ops::Range<usize> {
    token.start..token.end()
}

/// Moves whole numbers by one, and makes others whole, which changes the result of a division.
fn numbers(token: &ProgramToken<'_>) -> Vec<Edit> {
    let whole = token.text.strip_suffix(".0").map(str::to_owned);
    neighbours(token.text).into_iter().chain(whole).map(|number| Edit::new(place(token), number)).collect()
}

const UNITS: [&str; 4] = ["day", "hour", "minute", "weekday"];

/// Moves the number in a modifier of time, such as `'-7 days'`, by one.
fn modifiers(token: &ProgramToken<'_>) -> Vec<Edit> {
    let Some(from) = token.text.find(|c: char| c.is_ascii_digit()) else { return Vec::new() };
    if !UNITS.iter().any(|unit| token.text.contains(unit)) {
        return Vec::new();
    }
    let rest = &token.text[from..];
    let number = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let place = token.start + from..token.start + from + number.len();
    neighbours(number).into_iter().map(|number| Edit::new(place.clone(), number)).collect()
}

fn swaps(tokens: &Tokens<'_>, at: usize) -> Option<Edit> {
    let token = &tokens.all[at];
    if DROPPED.iter().any(|word| token.is(word)) {
        return Some(Edit::new(place(token), ""));
    }
    let (_, with) = SWAPS.iter().find(|(word, _)| token.is(word))?;
    Some(Edit::new(place(token), *with))
}

/// Removes a side of conditions, or replaces them.
fn conditions(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    let token = &tokens.all[at];
    let since = tokens.since(at, &["between", "and"]);
    let is_between = since > 0 && tokens.is(since - 1, "between");
    if token.is("and") && !is_between {
        let [left, right] = without_sides(tokens, at, &BOUNDS);
        return vec![Edit::new(place(token), "OR"), left, right];
    }
    if token.is("or") {
        return without_sides(tokens, at, &BOUNDS).into();
    }
    if tokens.is_any(at, &["where", "having", "on"]) {
        let end = tokens.until(at + 1, &CLAUSES);
        return vec![Edit::new(tokens.bytes(at + 1..end), "1")];
    }
    if token.is("when") {
        return vec![Edit::new(tokens.bytes(at..tokens.until(at + 1, &["when", "else", "end"])), "")];
    }
    if token.is("else") {
        return vec![Edit::new(tokens.bytes(at..tokens.until(at + 1, &["end"])), "")];
    }
    if token.is("is") {
        let not = tokens.is(at + 1, "not");
        return match (not, tokens.is(at + 1 + usize::from(not), "null")) {
            (false, true) => vec![Edit::new(token.end()..token.end(), " NOT")],
            (true, false) => vec![Edit::new(tokens.bytes(at..at + 2), "<>")],
            _ => Vec::new(),
        };
    }
    Vec::new()
}

/// Removes terms of lists that order or divide, and turns terms of an order around.
fn lists(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    let is_list = tokens.is_any(at, &["order", "partition", "group"]) && tokens.is(at + 1, "by");
    if !is_list {
        return Vec::new();
    }
    let end = tokens.until(at + 2, &ENDS);
    let terms = tokens.terms(at + 2, end);
    let mut edits = Vec::new();
    if !tokens.is(at, "group") {
        edits.push(Edit::new(tokens.bytes(at..end), ""));
    }
    if let [.., before, last] = &terms[..] {
        edits.push(Edit::new(tokens.bytes(before.end..last.end), ""));
        let (first, second) = (&terms[0], &terms[1]);
        edits.push(Edit::new(tokens.bytes(first.start..second.start), ""));
    }
    if tokens.is(at, "order") {
        let plain =
            terms.iter().filter(|term| !tokens.is_any(term.end - 1, &["desc", "asc", "last", "first"]));
        edits.extend(plain.map(|term| {
            let end = tokens.bytes(term.clone()).end;
            Edit::new(end..end, " DESC")
        }));
    }
    edits
}

/// Makes joins keep or lose rows without a partner, unions keep or lose equal rows, and frames end elsewhere.
fn joins(tokens: &Tokens<'_>, at: usize) -> Option<Edit> {
    let token = &tokens.all[at];
    let behind = token.end()..token.end();
    if tokens.are(at, &["left", "join"]) || tokens.are(at, &["nulls", "last"]) {
        let words = if token.is("left") { at..at + 1 } else { at..at + 2 };
        return Some(Edit::new(tokens.bytes(words), ""));
    }
    let is_bare = at == 0 || !tokens.is_any(at - 1, &["left", "cross", "inner", "full", "right"]);
    if token.is("join") && is_bare {
        return Some(Edit::new(token.start..token.start, "LEFT "));
    }
    if token.is("union") {
        let all = tokens.is(at + 1, "all");
        return Some(if all { Edit::new(place(&tokens.all[at + 1]), "") } else { Edit::new(behind, " ALL") });
    }
    if tokens.are(at, &["current", "row"]) {
        return Some(Edit::new(tokens.bytes(at..at + 2), "1 PRECEDING"));
    }
    (token.is("preceding") && tokens.is(at - 1, "1"))
        .then(|| Edit::new(tokens.bytes(at - 1..at + 1), "CURRENT ROW"))
}

/// Replaces calls by their first argument, and makes aggregates count equal values once.
fn calls(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    let Some(close) = tokens.is(at + 1, "(").then(|| tokens.close(at + 1)).flatten() else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    if tokens.is_any(at, &UNWRAPPED) {
        let first = at + 2..tokens.until(at + 2, &[","]).min(close);
        edits.push(Edit::new(tokens.bytes(at..close + 1), tokens.text_of(first)));
    }
    if tokens.is(at, "count") && !tokens.is(at + 2, "*") {
        edits.push(Edit::new(tokens.bytes(at + 2..close), "*"));
    }
    let is_plain = !tokens.is_any(close + 1, &["over"]) && !tokens.is_any(at + 2, &["distinct", "*"]);
    if tokens.is_any(at, &["sum", "count", "avg"]) && is_plain {
        let inside = tokens.all[at + 1].end();
        edits.push(Edit::new(inside..inside, "DISTINCT "));
    }
    edits
}

/// Replaces a column of a table by the next one that the program takes from the table.
fn other_column(tokens: &Tokens<'_>, at: usize) -> Option<Edit> {
    let table = at.checked_sub(2).map(|table| tokens.all[table])?;
    if !tokens.is(at - 1, ".") || table.kind != LexicalClass::Word {
        return None;
    }
    let columns = tokens.all.windows(3).filter(|found| found[0].is(table.text) && found[1].is("."));
    let columns: Vec<_> = columns.map(|found| found[2].text).collect();
    let token = &tokens.all[at];
    let here =
        tokens.all[..at].windows(2).filter(|found| found[0].is(table.text) && found[1].is(".")).count();
    let mut after = columns.iter().cycle().skip(here).take(columns.len());
    after.find(|column| !token.is(column)).map(|column| Edit::new(place(token), *column))
}

/// Excludes either end of a range.
fn between(tokens: &Tokens<'_>, at: usize) -> Vec<Edit> {
    // The `BETWEEN` of a frame compares no value.
    if !tokens.is(at, "between") || tokens.is_any(at - 1, &["rows", "range", "groups"]) {
        return Vec::new();
    }
    let start = tokens.since(at, &BOUNDS);
    let and = tokens.until(at + 1, &["and"]);
    let end = tokens.until((and + 1).min(tokens.all.len() - 1), &BOUNDS);
    let [value, low, high] = [start..at, at + 1..and, and + 1..end].map(|part| tokens.text_of(part));
    let whole = tokens.bytes(start..end);
    let with =
        [format!("{value} > {low} AND {value} <= {high}"), format!("{value} >= {low} AND {value} < {high}")];
    with.into_iter().map(|with| Edit::new(whole.clone(), with)).collect()
}
