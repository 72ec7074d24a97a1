//! Comparisons: values that never equal, or that SQL compares in another way than meant.

use sitegen_parser::{Diagnostic, Span};

use super::domain::Domain;
use super::errors;
use super::tree::{SqlBinary, SqlForm, SqlLiteral, SqlTerm};
use super::walk::Analyst;

/// A side of a comparison.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub domain: Domain,
    pub literal: Option<SqlLiteral>,
    /// True if it is a column, whose type decides how SQL compares it.
    is_column: bool,
    pub span: Span,
}

impl Side {
    pub(super) fn of(term: &SqlTerm, domain: Domain) -> Self {
        let (literal, is_column) = match &term.bare().form {
            SqlForm::Literal(literal) => (Some(literal.clone()), false),
            form => (None, matches!(form, SqlForm::Column { .. } | SqlForm::Cast(..))),
        };
        Self { domain, literal, is_column, span: term.span.clone() }
    }

    pub(super) fn column(domain: Domain, span: &Span) -> Self {
        Self { domain, literal: None, is_column: true, span: span.clone() }
    }

    pub(super) fn is_null(&self) -> bool {
        self.literal == Some(SqlLiteral::Null)
    }

    /// The text that it is.
    pub(super) fn says(&self) -> Option<&str> {
        match &self.literal {
            Some(SqlLiteral::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl Analyst<'_> {
    /// Judges a comparison of two values.
    pub(super) fn compare(&mut self, operator: SqlBinary, sides: &[Side; 2], span: &Span) {
        let [one, other] = sides;
        self.seen.all += 1;
        self.seen.judged += usize::from(one.domain.is_known() && other.domain.is_known());
        let place = (self.around.place)(span);
        if one.is_null() || other.is_null() {
            if operator != SqlBinary::Is {
                self.found.push(errors::equals_null(operator == SqlBinary::Unequal, place));
            }
            return;
        }
        let problem = [(one, other), (other, one)].into_iter().find_map(|(one, other)| {
            self.number_and_text(operator, one, other)
                .or_else(|| self.word(operator, one, other))
                .or_else(|| self.day(operator, one, other))
                .or_else(|| self.list(one, other))
        });
        let problem = problem.or_else(|| self.references(one, other));
        self.found.extend(problem.map(|problem| problem.at(place)));
    }

    /// A number beside a text. SQL turns one into the other if one is a column; else every number is less than every text.
    fn number_and_text(&self, operator: SqlBinary, number: &Side, text: &Side) -> Option<Diagnostic> {
        if !number.domain.is_number() || !text.domain.is_text() {
            return None;
        }
        let is_order = operator == SqlBinary::Less;
        let [said, of] = [number, text].map(|side| self.describe(side));
        if let Some(word) = text.says() {
            if number.domain == Domain::Bool {
                return Some(errors::truth_and_text(self.text(&number.span), word));
            }
            if word.trim().parse::<f64>().is_ok() {
                return Some(errors::number_in_quotes(&said, word, number.is_column));
            }
            return Some(errors::never_a_number(&said, word));
        }
        let converts = text.is_column && !is_order && (number.is_column || number.literal.is_some());
        Some(errors::number_and_text(&said, &of, self.text(&text.span), converts))
    }

    /// A text that a choice never is.
    fn word(&self, operator: SqlBinary, choice: &Side, text: &Side) -> Option<Diagnostic> {
        let Domain::Choice(words) = &choice.domain else { return None };
        if operator == SqlBinary::Less {
            return None;
        }
        let name = self.text(&choice.span);
        match (&text.domain, text.says()) {
            (_, Some(word)) if !words.iter().any(|known| known == word) => {
                Some(errors::never_a_word(name, word, words))
            }
            (Domain::Choice(others), _) if !others.iter().any(|other| words.contains(other)) => {
                Some(errors::no_common_word(name, self.text(&text.span), words))
            }
            _ => None,
        }
    }

    /// A text that no day is, or that is a part of a day where all of it counts.
    fn day(&self, operator: SqlBinary, day: &Side, text: &Side) -> Option<Diagnostic> {
        if !matches!(day.domain, Domain::Date | Domain::Datetime) {
            return None;
        }
        if text.domain.collection().is_some() || matches!(text.domain, Domain::Choice(_) | Domain::Url) {
            return Some(errors::never_equal(&self.describe(day), &self.describe(text)));
        }
        let word = text.says()?;
        let is_order = operator == SqlBinary::Less;
        let fits = match (is_order, &day.domain) {
            _ if word.is_empty() => operator != SqlBinary::Equal,
            (true, _) => starts_as_day(word, 4),
            (false, Domain::Date) => word.len() == 10 && starts_as_day(word, 10),
            (false, _) => starts_as_day(word, 10),
        };
        (!fits).then(|| errors::no_day(self.text(&day.span), word))
    }

    /// A list or a table beside a single value.
    fn list(&self, list: &Side, other: &Side) -> Option<Diagnostic> {
        let is_written = other.says().is_some_and(|text| text.starts_with(['[', '{']) || text.is_empty());
        let is_single = other.domain.is_text() || other.domain.is_number();
        // A text can be a list as well, as it is written.
        let is_other = other.literal.is_some() || !matches!(other.domain, Domain::Text);
        let is_wrong = list.domain.is_json() && is_single && is_other && !is_written;
        is_wrong.then(|| errors::list_and_value(self.text(&list.span), &self.describe(other)))
    }

    fn references(&self, one: &Side, other: &Side) -> Option<Diagnostic> {
        let (first, second) = (one.domain.collection()?, other.domain.collection()?);
        (first != second).then(|| errors::never_equal(&self.describe(one), &self.describe(other)))
    }

    /// Says what a side is: `offers.pay is a text`.
    fn describe(&self, side: &Side) -> String {
        format!("\"{}\" is {}", self.text(&side.span), self.kind(&side.domain))
    }

    /// The word for values of a type.
    pub(super) fn kind(&self, domain: &Domain) -> String {
        let word = match domain {
            Domain::Unknown | Domain::Null => "a value",
            Domain::Int => "a whole number",
            Domain::Float | Domain::Number => "a number",
            Domain::Truth | Domain::Bool => "a truth value",
            Domain::Duration => "a number of seconds",
            Domain::Text | Domain::Digits | Domain::Path => "a text",
            Domain::Date => "a date",
            Domain::Datetime => "a time",
            Domain::Url => "a URL",
            Domain::Choice(_) => "one of some words",
            Domain::List(_) => "a list",
            Domain::Table(_) => "a table",
            Domain::Slug(collection) | Domain::Record(collection) => {
                return format!("a record of {}", (self.around.record)(*collection));
            }
        };
        word.to_owned()
    }
}

/// Returns true if a text begins as days are written: at least so many characters of it.
fn starts_as_day(text: &str, least: usize) -> bool {
    let day = text.as_bytes().get(..10).unwrap_or(text.as_bytes());
    let fits =
        |(at, byte): (usize, &u8)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() };
    day.len() >= least && [4, 7, 10].contains(&day.len()) && day.iter().enumerate().all(fits)
}
