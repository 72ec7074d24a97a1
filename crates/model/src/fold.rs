//! When two spellings are one name.

use unicode_normalization::UnicodeNormalization as _;

/// A name as it is compared: without case, in one Unicode form (NFKC, in which a no-break space is a space), with
/// single spaces, and without characters that show nothing.
///
/// The case of letters is folded by way of capitals, so that `ß` is `ss` and a final sigma is a sigma.
pub(crate) fn fold(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return name.to_owned();
    }
    let visible = name.nfkc().filter(|c| !is_invisible(*c)).collect::<String>();
    let folded = visible.to_uppercase().to_lowercase().replace('ς', "σ");
    let folded = folded.nfkc().collect::<String>();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width characters, direction marks, soft hyphens and byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (a, b) in [
            ("Amazon", "  AMAZON "),
            ("Bank\u{a0}of  America", "bank of america"),
            ("Cafe\u{301}", "CAFÉ"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Ａｃｍｅ", "acme"),
            ("Ac\u{200b}me\u{feff}", "acme"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        for (a, b) in [("AT&T", "ATT"), ("macy's,", "macys"), ("bolt (eu)", "bolt"), ("Café", "Cafe")] {
            assert_ne!(fold(a), fold(b));
        }
    }
}
