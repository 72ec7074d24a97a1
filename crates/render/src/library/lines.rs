//! The filter that breaks a text into lines by the widths of its letters in a font.

use std::sync::Arc;

use sitegen_model::nearest;
use tera::{Kwargs, State, TeraResult, Value};

use super::Library;
use super::argument::{optional, required};
use super::registry::Registry;
use crate::library::errors;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

/// The most lines. No card shows more.
const MOST: usize = 100;
/// The number of times that widths are halved to find the narrowest.
const STEPS: usize = 8;

const LINES: Signature = Signature::filter(
    "lines",
    Wants::TEXT,
    &[
        SignatureArgument::required("width", Wants::NUMBER),
        SignatureArgument::required("size", Wants::NUMBER),
        SignatureArgument::required("font", Wants::TEXT),
        SignatureArgument::optional("weight", Wants::Whole),
        SignatureArgument::optional("max", Wants::Whole),
        SignatureArgument::optional("balance", Wants::BOOL),
    ],
    Gives::List(&Gives::Text),
);

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.filter(&LINES, move |text: &str, args: Kwargs, _: &State| of.lines(text, &args));
}

impl Library {
    fn lines(&self, text: &str, args: &Kwargs) -> TeraResult<Value> {
        let width: f32 = required(args, "width")?;
        let size: f32 = required(args, "size")?;
        let family: &str = required(args, "font")?;
        let weight = optional::<u16>(args, "weight")?.unwrap_or(400);
        let max = optional::<usize>(args, "max")?.unwrap_or(MOST).min(MOST);
        let Some(ruler) = self.fonts.ruler(family, weight) else {
            let families = self.fonts.families();
            return Err(errors::carry(&errors::unknown_font(family, nearest(family, families), None)));
        };
        let break_at = |width| broken(text, width, max, |char| ruler.width(char));
        let lines = match optional::<bool>(args, "balance")? {
            Some(true) => balanced(width / size, break_at),
            _ => break_at(width / size),
        };
        Ok(lines.into_iter().map(Value::from).collect::<Vec<_>>().into())
    }
}

/// Breaks a text into lines of a width, at its spaces, and within words that are wider. If there would be too
/// many lines, the last ends in an ellipsis.
fn broken(text: &str, width: f32, max: usize, char_width: impl Fn(char) -> f32) -> Vec<String> {
    let measure = |text: &str| text.chars().map(&char_width).sum::<f32>();
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let space = if line.is_empty() { "" } else { " " };
        if measure(&line) + measure(space) + measure(word) <= width {
            line.push_str(space);
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if lines.len() > max {
            break;
        }
        for char in word.chars() {
            // A mark above or below a letter has no width, and stays with its letter.
            if !line.is_empty() && char_width(char) > 0.0 && measure(&line) + char_width(char) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(char);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    if lines.len() > max {
        lines.truncate(max);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && measure(last) + char_width('…') > width {
                last.pop();
            }
            last.truncate(last.trim_end_matches([' ', ',', ';', ':', '–', '-']).len());
            last.push('…');
        }
    }
    lines
}

/// Returns lines of about one width: as many as needed, broken as narrow as possible.
fn balanced(width: f32, break_at: impl Fn(f32) -> Vec<String>) -> Vec<String> {
    let mut best = break_at(width);
    let is_cut = |lines: &[String]| lines.last().is_some_and(|line| line.ends_with('…'));
    if best.len() < 2 || is_cut(&best) {
        return best;
    }
    let (mut narrow, mut wide) = (0.0, width);
    for _ in 0..STEPS {
        let middle = f32::midpoint(narrow, wide);
        let lines = break_at(middle);
        // Lines are too narrow if they are more, are cut, or break words.
        if lines.len() > best.len() || is_cut(&lines) || lines.concat().len() != best.concat().len() {
            narrow = middle;
        } else {
            (wide, best) = (middle, lines);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32, max: usize) -> Vec<String> {
        broken(text, width, max, |char| if char == '\u{301}' { 0.0 } else { 1.0 })
    }

    #[test]
    fn text_breaks_at_spaces_and_within_words_too_wide() {
        assert_eq!(lines("one two  three", 7.0, 9), ["one two", "three"]);
        assert_eq!(lines("a interviewing b", 5.0, 9), ["a", "inter", "viewi", "ng b"]);
        assert_eq!(lines("abcde\u{301}f", 5.0, 9), ["abcde\u{301}", "f"]);
        assert_eq!(lines("面接の準備", 2.0, 9), ["面接", "の準", "備"]);
        assert_eq!(lines("  ", 7.0, 9), [""; 0]);
        assert_eq!(lines("ab", 0.5, 9), ["a", "b"]);
    }

    #[test]
    fn balanced_lines_are_about_as_long() {
        let even = |text, width, max| balanced(width, |width| lines(text, width, max));
        assert_eq!(even("one two three four five", 18.0, 3), ["one two three", "four five"]);
        assert_eq!(
            even("data engineering interviews in Paris", 29.0, 3),
            ["data engineering", "interviews in Paris"]
        );
        assert_eq!(even("one two", 9.0, 3), ["one two"]);
        assert_eq!(even("one two three four", 7.0, 2), ["one two", "three…"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(lines("one two three four", 7.0, 2), ["one two", "three…"]);
        assert_eq!(lines("one, two, three", 5.0, 2), ["one,", "two…"]);
        assert_eq!(lines("one two", 2.0, 1), ["o…"]);
        assert_eq!(lines("one", 5.0, 0), [""; 0]);
    }
}
