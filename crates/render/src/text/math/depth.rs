//! The depth of a formula.

/// Returns the most levels that reading a formula can take. A run of commands counts as so many levels,
/// because each may have the next one as its argument.
pub(super) fn of(latex: &str) -> usize {
    let mut deepest = 0;
    // These are the levels outside the open group, outside each group around it, and with the commands before
    // the next token.
    let (mut base, mut outer, mut level) = (0, Vec::new(), 0);
    let mut rest = latex;
    while let Some(c) = rest.chars().next() {
        let command = if c == '\\' { name(&rest[1..]) } else { "" };
        match c {
            '\\' if matches!(command, "left" | "begin") => {
                outer.push(base);
                base = level + 1;
                level = base;
            }
            '\\' if matches!(command, "right" | "end") => {
                base = outer.pop().unwrap_or(0);
                level = base;
            }
            '{' => {
                outer.push(base);
                base = level + 1;
                level = base;
            }
            '}' => {
                base = outer.pop().unwrap_or(0);
                level = base;
            }
            '\\' if !command.is_empty() => level += 1,
            '^' | '_' => level += 1,
            // An optional argument goes on with its command.
            '[' => {}
            c if c.is_whitespace() => {}
            _ => level = base,
        }
        deepest = deepest.max(level);
        let escaped = if c == '\\' && command.is_empty() {
            rest[1..].chars().next().map_or(0, char::len_utf8)
        } else {
            0
        };
        rest = &rest[c.len_utf8() + command.len() + escaped..];
    }
    deepest
}

/// Returns the name of a command that consists of letters.
fn name(after_backslash: &str) -> &str {
    let length = after_backslash.bytes().take_while(u8::is_ascii_alphabetic).count();
    &after_backslash[..length]
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn groups_and_runs_of_commands_are_levels() {
        for (latex, depth) in [
            ("a + b", 0),
            (r"\alpha + \beta + \gamma", 1),
            (r"\{ \{ \{", 0),
            (r"\frac{\frac{a}{b}}{c}", 4),
            (r"\sqrt\sqrt\sqrt x", 3),
            (r"\left( \left[ x \right] \right)", 2),
            (r"\sqrt[\sqrt[\sqrt[2]", 3),
            ("x^{y^{z}}", 4),
            (r"}}} é \", 0),
        ] {
            assert_eq!(of(latex), depth, "{latex}");
        }
    }
}
