//! Messages of Tera in plain words instead of the names of Rust's types.

/// Rewrites a library's message in our style: one line that begins in lower case, with quotation marks
/// instead of backticks, without a full stop.
pub(crate) fn sentence(message: &str) -> String {
    let line = plain(message.lines().next().unwrap_or_default().trim_end_matches('.')).replace('`', "\"");
    let mut chars = line.chars();
    let second_is_upper = line.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(chars).collect(),
        _ => line,
    }
}

/// Replaces the names of Rust's types in a message by plain words.
fn plain(message: &str) -> String {
    if let Some(misfit) = misfit(message) {
        return format!("this {misfit}");
    }
    let mut text = message.to_owned();
    for (theirs, ours) in PHRASES {
        text = text.replace(theirs, ours);
    }
    let words = text.split_inclusive([' ', ',']);
    words.map(|word| bare(word).unwrap_or_else(|| word.to_owned())).collect()
}

/// Rewrites a message about a value of the wrong type: "must be a number, not a string". There is none for
/// other messages.
pub(crate) fn misfit(message: &str) -> Option<String> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("Invalid type for the value, expected ") {
        let (wanted, given) = (wanted(quoted.next()?), given(quoted.next()?)?);
        return Some(format!("must be {wanted}, not {given}"));
    }
    let (_, range) = message.strip_prefix("Value `")?.split_once("` is out of range for `")?;
    let (value, range) = (quoted.next()?, range.trim_end_matches('`'));
    let has_bounds = matches!(range, "u8" | "u16") || range.starts_with('u') && value.starts_with('-');
    Some(if has_bounds {
        format!("must be {}, not {value}", wanted(range))
    } else {
        format!("cannot be as far from 0 as {value}")
    })
}

/// Describes the values of an expected type.
fn wanted(name: &str) -> &str {
    match name {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "u128" | "usize" => "a whole number of at least 0",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        other => kind(other).unwrap_or(other),
    }
}

/// Describes a value by its type; there is no description of an unknown type.
fn given(name: &str) -> Option<&str> {
    match name {
        "f32" | "f64" => Some("a number with decimals"),
        name if name.starts_with(['i', 'u']) && name[1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            Some("a whole number")
        }
        other => kind(other),
    }
}

fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "bool" => "true or false",
        "string" | "&str" | "String" => "a string",
        "Number" | "number" => "a number",
        "array" | "Vec<Value>" | "&[Value]" => "a list",
        "map" | "Map" | "map/struct" => "a table",
        "bytes" => "bytes",
        "none" => "none",
        "undefined" => "something that is not defined",
        _ => return None,
    })
}

/// Describes a word that is the name of a type in backticks, or of a number's type without them.
fn bare(word: &str) -> Option<String> {
    let name = word.trim_end_matches([' ', ',', '.', ';', ':', ')']);
    let rest = &word[name.len()..];
    let quoted = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
    let is_number = name.len() > 1 && name.starts_with(['i', 'u', 'f']);
    let is_number = is_number && name[1..].bytes().all(|byte| byte.is_ascii_digit());
    let plain = given(quoted.or(is_number.then_some(name))?)?;
    Some(format!("{plain}{rest}"))
}

/// Phrases of the library about its types, each with ours.
const PHRASES: [(&str, &str); 20] = [
    ("Missing keyword argument ", "a value is missing for the argument "),
    (" (must fit in i128)", ""),
    (" (must fit in u32)", ""),
    (" is out of range for i128", " is too large"),
    ("result would overflow i128", "the result would be too large"),
    ("with arguments that overflow i128", "with numbers that are too large"),
    ("it is i128::MIN value", "the number is too small"),
    ("Value of type bool ", "true or false "),
    ("Value of type string ", "a string "),
    ("Value of type array ", "a list "),
    ("Value of type map/struct ", "a table "),
    ("Value of type ", ""),
    (" on type `", " on `"),
    (" container of type `", " container that is `"),
    ("arrays, strings and map/structs", "lists, strings and tables"),
    (" to an int", " to a whole number"),
    (" to a float", " to a number"),
    (" is a float;", " is not a whole number;"),
    (" is out of range for integer **", " is too large"),
    ("This is a `", "This is `"),
];

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn types_of_the_language_are_not_shown() {
        let said = |message: &str| plain(message);
        assert_eq!(
            said("Invalid type for the value, expected `i64` but got `f64`"),
            "this must be a whole number, not a number with decimals"
        );
        assert_eq!(
            said("Value `-1` is out of range for `u8`"),
            "this must be a whole number from 0 to 255, not -1"
        );
        assert_eq!(said("Value `99` is out of range for `i8`"), "this cannot be as far from 0 as 99");
        assert_eq!(
            said("Value `-1` is out of range for `u64`"),
            "this must be a whole number of at least 0, not -1"
        );
        assert_eq!(
            said("Math operations can only be done on numbers, found `map/struct`"),
            "Math operations can only be done on numbers, found a table"
        );
        assert_eq!(said("Cannot compare `i64` with `string`"), "Cannot compare a whole number with a string");
        assert_eq!(said("Value of type i64 has no length"), "a whole number has no length");
        assert_eq!(said("Iteration not possible on type `bool`"), "Iteration not possible on true or false");
        assert_eq!(said("the field `u8x` is not there"), "the field `u8x` is not there");
        assert_eq!(
            said("Operand `1` is out of range for integer arithmetic (must fit in i128)"),
            "Operand `1` is out of range for integer arithmetic"
        );
    }
}
