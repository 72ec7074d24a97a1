//! Compares how sitegen and `cmark-gfm` read the Markdown of public sites, and lists words that are lost. Run
//! by `cargo xtask compare markdown FOLDER…`. `cargo xtask compare places FOLDER…` lists links to places of
//! their own pages that lead nowhere.

#[path = "compare/classes.rs"]
mod classes;
#[path = "compare/diff.rs"]
mod diff;
#[path = "compare/peer.rs"]
mod peer;
#[path = "compare/places.rs"]
mod places;
#[path = "compare/texts.rs"]
mod texts;
#[path = "compare/words.rs"]
mod words;

use std::process::ExitCode;

use rayon::prelude::*;
use sitegen_tests::{LinkScope, normal, prose};

use self::classes::Classes;
use self::texts::MarkdownFile;

/// The number of texts in a site. It is limited, because links that lead nowhere are compared with all that
/// they might have meant.
const TEXTS_OF_A_SITE: usize = 100;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let Some((what, folders)) = arguments.split_first().filter(|(_, folders)| !folders.is_empty()) else {
        eprintln!("name what is to be compared, and the folders");
        return ExitCode::from(2);
    };
    let shown = if what == "places" { places::follow } else { compare };
    if what != "places"
        && let Err(error) = peer::html("")
    {
        eprintln!("cmark-gfm: {error}; it is Debian's package of this name");
        return ExitCode::FAILURE;
    }
    let texts: Vec<_> = folders.iter().flat_map(|folder| texts::read(folder.as_ref())).collect();
    let classes = texts.par_chunks(TEXTS_OF_A_SITE).map(shown).reduce(Classes::default, Classes::and);
    println!("{} texts", texts.len());
    classes.print();
    ExitCode::SUCCESS
}

fn compare(texts: &[MarkdownFile]) -> Classes {
    let bodies: Vec<_> = texts.iter().map(|text| text.body.as_str()).collect();
    let mut classes = Classes::default();
    for (text, shown) in texts.iter().zip(prose::show(&bodies, &[])) {
        for lost in words::lost(&text.body, &shown.html) {
            classes.add("a word is lost", &text.path, &lost);
        }
        for problem in &shown.problems {
            let place = problem.place.as_ref();
            // Eight bytes are taken off for the front matter that every text of the harness has.
            let written =
                place.and_then(|place| text.body.get(place.start.checked_sub(8)?..place.end.checked_sub(8)?));
            classes.add(
                &format!("{:?}: {}", problem.severity, problem.code),
                &text.path,
                written.unwrap_or_default(),
            );
        }
        match peer::html(&text.body) {
            Ok(html) => {
                let (theirs, ours) =
                    (normal(&html, LinkScope::External), normal(&shown.html, LinkScope::External));
                for (theirs, ours) in diff::hunks(&theirs, &ours) {
                    classes.add_difference(&text.path, theirs, ours);
                }
            }
            Err(error) => classes.add("cmark-gfm failed", &text.path, &error.to_string()),
        }
    }
    classes
}
