//! Gives plain scalars the types of YAML 1.2's core schema.

use crate::WrittenValue;

/// Returns the value of a plain scalar; none for an absent one.
///
/// `yes`, `no`, `on` and `off` are texts, as are dates.
pub(super) fn core(text: &str) -> Option<WrittenValue> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => return None,
        "true" | "True" | "TRUE" => WrittenValue::Bool(true),
        "false" | "False" | "FALSE" => WrittenValue::Bool(false),
        _ => number(text).unwrap_or_else(|| WrittenValue::String(text.to_owned())),
    })
}

fn number(text: &str) -> Option<WrittenValue> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => ("", &text[1..]),
        b'-' => ("-", &text[1..]),
        b'0'..=b'9' | b'.' => ("", text),
        _ => return None,
    };
    let is_number = |byte: &u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    let radix =
        |mark, radix| i64::from_str_radix(text.strip_prefix(mark)?, radix).ok().map(WrittenValue::Int);
    match digits {
        ".inf" | ".Inf" | ".INF" if sign == "-" => Some(WrittenValue::Float(f64::NEG_INFINITY)),
        ".inf" | ".Inf" | ".INF" => Some(WrittenValue::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" if digits == text => Some(WrittenValue::Float(f64::NAN)),
        _ if digits.starts_with(['+', '-']) => None,
        _ if text.starts_with("0o") => radix("0o", 8).filter(|_| !digits[2..].starts_with(['+', '-'])),
        _ if text.starts_with("0x") => radix("0x", 16).filter(|_| !digits[2..].starts_with(['+', '-'])),
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            // A whole number beyond 64 bits becomes a float.
            text.parse().map(WrittenValue::Int).or_else(|_| text.parse().map(WrittenValue::Float)).ok()
        }
        _ if digits.as_bytes().iter().all(is_number) => text.parse().ok().map(WrittenValue::Float),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::core;
    use crate::WrittenValue;

    #[test]
    fn types_are_those_of_the_core_schema() {
        for (text, expected) in [
            ("0", 0),
            ("017", 17),
            ("+12", 12),
            ("-19", -19),
            ("0o17", 15),
            ("0xFf", 255),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(core(text), Some(WrittenValue::Int(expected)), "{text}");
        }
        for (text, expected) in [
            ("1.10", 1.1),
            ("0.", 0.0),
            (".5", 0.5),
            ("-.5e-1", -0.05),
            ("+12e03", 12_000.0),
            ("-.inf", f64::NEG_INFINITY),
            ("9223372036854775808", 9_223_372_036_854_775_808.0),
        ] {
            assert_eq!(core(text), Some(WrittenValue::Float(expected)), "{text}");
        }
        for text in [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "tRUE",
            "nULL",
            "1.10.0",
            "2026-01-31",
            "10:30",
            "1_000",
            "0o8",
            "0x",
            "0x-1",
            "-0x1",
            "+",
            "-",
            ".",
            "..",
            "e3",
            "1e",
            "+-1",
            "inf",
            "nan",
            "-.nan",
            "1 000",
            "-",
            "١",
        ] {
            assert_eq!(core(text), Some(WrittenValue::String(text.to_owned())), "{text}");
        }
        for text in ["", "~", "null", "NULL"] {
            assert_eq!(core(text), None, "{text}");
        }
        assert!(matches!(core(".nan"), Some(WrittenValue::Float(value)) if value.is_nan()));
    }
}
