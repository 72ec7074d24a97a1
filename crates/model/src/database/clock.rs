//! Questions that ask for the time, so that the same site would not be the same tomorrow.
//!
//! SQLite tells neither that `date('now')` means the present nor that `date()` does, so the text is looked at.

use super::{Reason, Refusal};

/// SQLite's functions of time, and which of their arguments is the time; without it they mean the present.
const FUNCTIONS: [(&str, usize); 7] = [
    ("date", 0),
    ("time", 0),
    ("datetime", 0),
    ("julianday", 0),
    ("unixepoch", 0),
    ("strftime", 1),
    ("timediff", 0),
];

pub(super) fn refuse(sql: &str) -> Result<(), Refusal> {
    let lower = sql.to_ascii_lowercase();
    for (name, argument) in FUNCTIONS {
        for (at, _) in lower.match_indices(name) {
            let before = lower[..at].chars().next_back();
            let is_word = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '"');
            let call = lower[at + name.len()..].trim_start().strip_prefix('(');
            if let Some(inner) = call.filter(|_| is_word)
                && is_present(inner, argument)
            {
                return Err(Refusal { reason: Reason::Clock, offset: Some(at) });
            }
        }
    }
    Ok(())
}

fn is_present(inner: &str, argument: usize) -> bool {
    match arguments(inner).get(argument) {
        None => true,
        Some(time) => time.trim().is_empty() || time.trim().trim_matches('\'').trim() == "now",
    }
}

/// The arguments of a call, from after its opening parenthesis.
fn arguments(inner: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start) = (0, false, 0);
    let mut found = Vec::new();
    for (at, c) in inner.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' => {
                found.push(&inner[start..at]);
                return found;
            }
            ',' if depth == 0 => {
                found.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_is_refused_and_other_times_are_not() {
        for present in
            ["select date('now')", "select DateTime( 'NOW' )", "select date()", "select strftime('%Y')"]
        {
            assert_eq!(refuse(present).map_err(|refusal| refusal.reason), Err(Reason::Clock), "{present}");
        }
        for other in [
            "select date(day), update_date from x",
            "select strftime('%Y', max(a, b))",
            "select \"date\" from x",
        ] {
            assert_eq!(refuse(other), Ok(()), "{other}");
        }
    }
}
