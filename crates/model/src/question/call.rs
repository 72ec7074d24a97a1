//! The functions of SQL: what they take and give.

use super::domain::Domain;
use super::tree::{SqlCall, SqlForm, SqlLiteral, SqlTerm};

/// Aggregates, besides `min` and `max` of one value.
const AGGREGATES: [&str; 15] = [
    "any_value",
    "avg",
    "count",
    "group_concat",
    "json_group_array",
    "json_group_object",
    "jsonb_group_array",
    "median",
    "mode",
    "percentile_cont",
    "stddev",
    "stddev_pop",
    "string_agg",
    "sum",
    "total",
];

/// Aggregates that calculate with what they are given.
const OF_NUMBERS: [&str; 7] = ["avg", "median", "percentile_cont", "stddev", "stddev_pop", "sum", "total"];

/// Functions whose arguments are all numbers.
const CALCULATIONS: [&str; 33] = [
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "ceiling", "cos", "cosh",
    "degrees", "exp", "floor", "ln", "log", "log10", "log2", "mod", "pow", "power", "radians", "round",
    "sign", "sin", "sinh", "sqrt", "tan", "tanh", "trunc", "ntile", "char",
];

const TO_INT: [&str; 12] = [
    "count",
    "dense_rank",
    "instr",
    "json_array_length",
    "json_valid",
    "length",
    "ntile",
    "octet_length",
    "rank",
    "row_number",
    "unicode",
    "json_error_position",
];

const TO_TEXT: [&str; 32] = [
    "char",
    "clean",
    "concat",
    "concat_ws",
    "datetime",
    "fold",
    "format",
    "group_concat",
    "hex",
    "json",
    "json_array",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_quote",
    "json_type",
    "letter",
    "lower",
    "ltrim",
    "printf",
    "quote",
    "replace",
    "rtrim",
    "slug",
    "soundex",
    "string_agg",
    "substr",
    "substring",
    "time",
    "timediff",
    "trim",
    "upper",
];

/// The formats of `strftime` that give nothing but digits.
const DIGITS: [&str; 12] = ["%Y", "%m", "%d", "%H", "%M", "%S", "%j", "%w", "%W", "%s", "%u", "%V"];

impl SqlCall {
    /// Returns true if it makes one value of many rows.
    pub(super) fn is_aggregate(&self) -> bool {
        self.over.is_none() && (self.is_extreme() || AGGREGATES.contains(&self.name.as_str()))
    }

    /// Returns true if it is one of those of which SQLite takes the row for the columns beside it.
    pub(super) fn is_extreme(&self) -> bool {
        self.over.is_none() && self.arguments.len() == 1 && ["min", "max"].contains(&self.name.as_str())
    }

    /// Returns true if it counts or calculates over rows, as an aggregate or over a window.
    pub(super) fn is_statistic(&self) -> bool {
        AGGREGATES.contains(&self.name.as_str())
            || (self.arguments.len() == 1 && ["min", "max"].contains(&self.name.as_str()))
    }

    /// The arguments that have to be numbers.
    pub(super) fn calculated(&self) -> &[SqlTerm] {
        let name = self.name.as_str();
        if CALCULATIONS.contains(&name) || OF_NUMBERS.contains(&name) { &self.arguments } else { &[] }
    }

    /// The type of what it gives, by the types of what it takes.
    pub(super) fn answer(&self, taken: &[Domain]) -> Domain {
        let first = || taken.first().cloned().unwrap_or(Domain::Unknown);
        let all = || taken.iter().cloned().fold(Domain::Null, Domain::join);
        match self.name.as_str() {
            "min" | "max" => all(),
            "coalesce" | "ifnull" => self.or_empty(taken),
            "iif" | "if" => branches(taken),
            "nullif" | "any_value" | "mode" | "first_value" | "last_value" | "nth_value" | "likely"
            | "unlikely" | "likelihood" => first(),
            "lag" | "lead" => first().join(taken.get(2).cloned().unwrap_or(Domain::Null)),
            "sum" | "abs" => sum(&first()),
            "ceil" | "ceiling" | "floor" | "trunc" => match first() {
                Domain::Float => Domain::Float,
                domain if domain.is_whole() => Domain::Int,
                _ => Domain::Number,
            },
            "avg" | "median" | "percentile_cont" | "stddev" | "stddev_pop" | "total" | "round"
            | "julianday" | "percent_rank" | "cume_dist" | "pi" => Domain::Float,
            "number" | "unixepoch" | "sign" => Domain::Number,
            "regexp" | "like" | "glob" => Domain::Truth,
            "date" | "parse_date" => Domain::Date,
            "strftime" => self.strftime(),
            name if TO_INT.contains(&name) => Domain::Int,
            name if TO_TEXT.contains(&name) => Domain::Text,
            name if CALCULATIONS.contains(&name) => Domain::Float,
            _ => Domain::Unknown,
        }
    }

    /// The type of the first of some values; `'[]'` and `'{}'` stand for a list or a table that is not there.
    fn or_empty(&self, taken: &[Domain]) -> Domain {
        let is_empty = |term: &SqlTerm| match &term.bare().form {
            SqlForm::Literal(SqlLiteral::Text(text)) => text == "[]" || text == "{}",
            _ => false,
        };
        let values = taken.iter().zip(&self.arguments);
        let values = values.map(|(domain, term)| if is_empty(term) { Domain::Null } else { domain.clone() });
        let json = values.fold(Domain::Null, Domain::join);
        if json.is_json() { json } else { taken.iter().cloned().fold(Domain::Null, Domain::join) }
    }

    fn strftime(&self) -> Domain {
        match self.arguments.first().map(|format| &format.bare().form) {
            Some(SqlForm::Literal(SqlLiteral::Text(format))) if DIGITS.contains(&format.as_str()) => {
                Domain::Digits
            }
            _ => Domain::Text,
        }
    }
}

fn sum(of: &Domain) -> Domain {
    match of {
        Domain::Float => Domain::Float,
        domain if domain.is_whole() => Domain::Int,
        _ => Domain::Number,
    }
}

/// `iif(a, x, b, y, z)`: each second value, and the last.
fn branches(taken: &[Domain]) -> Domain {
    let is_value = |place: &usize| place % 2 == 1 || (place + 1 == taken.len() && place.is_multiple_of(2));
    let values = (0..taken.len()).filter(is_value);
    values.map(|place| taken[place].clone()).fold(Domain::Null, Domain::join)
}
