//! A comment begins as a sentence or a noun phrase does, because a relative clause such as "what it holds"
//! names nothing.

use proc_macro2::{TokenStream, TokenTree};

use crate::project::{SourceFile, none, own_rust};

/// The first words of half-sentences.
const REFUSED: [&str; 7] = ["What", "Whether", "How", "Where", "Which", "Who", "Whose"];

/// The folder whose doc comments are help, which clap shows as they are.
const HELP: &str = "crates/sitegen/src/args";

/// Overwrites the literals among tokens with spaces, because they can hold two slashes. Doc comments stay.
fn blank_literals(tokens: TokenStream, text: &mut [u8]) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => blank_literals(group.stream(), text),
            TokenTree::Literal(literal) => {
                let bytes = &mut text[literal.span().byte_range()];
                if !bytes.starts_with(b"/") {
                    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Splits a line at its comment, if it has one: the code, the marker of the comment and its text.
fn comment(line: &str) -> Option<(&str, &str, &str)> {
    let (code, comment) = line.split_at(line.find("//")?);
    let marker = ["///", "//!"].into_iter().find(|marker| comment.starts_with(marker)).unwrap_or("//");
    Some((code.trim(), marker, comment[marker.len()..].trim()))
}

/// Lists the comments of a file that begin with a refused word.
fn faults(SourceFile { path, text }: &SourceFile) -> Vec<String> {
    let tokens = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut bytes = text.clone().into_bytes();
    blank_literals(tokens, &mut bytes);
    let text = String::from_utf8(bytes).expect("whole literals were overwritten");

    let (mut faults, mut above) = (Vec::new(), None);
    for (number, line) in text.lines().enumerate() {
        let found = comment(line);
        if let Some((code, marker, said)) = found {
            let is_first = !code.is_empty() || above != Some(marker);
            let is_help = marker == "///" && path.starts_with(HELP);
            let word = said.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
            if is_first && !is_help && REFUSED.contains(&word) && !said.ends_with('?') {
                faults.push(format!("{path}:{}: {said}", number + 1));
            }
        }
        above = found.map(|(_, marker, _)| marker);
    }
    faults
}

#[test]
fn comments_are_sentences() {
    let faults: Vec<_> = own_rust().iter().flat_map(faults).collect();
    none(&format!("comments begin with {}", REFUSED.join(", ")), &faults);
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::project::SourceFile;

    fn found(text: &str) -> Vec<String> {
        faults(&SourceFile { path: "a.rs".to_owned(), text: text.to_owned() })
    }

    #[test]
    fn a_half_sentence_is_a_fault_wherever_it_stands() {
        for text in [
            "//! What it holds.",
            "/// How many\n/// there are.\nstruct A;",
            "fn f() {\n// Where it is.\n}",
            "struct A; // Whether it is.",
            "/// A.\n// Which A.\nstruct A;",
            "/// A.\nstruct A;\n/// Whose it is.\nstruct B;",
            "const A: &str = \"é // \"; // Who it is.",
            "/// What?\n/// Nothing is asked?\nstruct A; /// How, then.\nstruct B;",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        assert_eq!(found("\n/// What it is.\nstruct A;"), ["a.rs:2: What it is."]);
    }

    #[test]
    fn sentences_and_texts_are_none() {
        for text in [
            "//! Whatever is here, is here.",
            "/// A line.\n///\n/// What follows belongs to it.\nstruct A;",
            "// Why not?",
            "// Where does it go? \nstruct A;",
            "const A: &str = \"// What is this\";",
            "const A: &str = r\"\n// What is this\n\";",
            "const A: char = '\\''; const B: &str = \"/// How\";",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
