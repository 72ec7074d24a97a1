//! The diagnostics of what a site declares of its search.

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) fn invalid_search_path(path: &str, objection: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidPath,
        format!("\"{path}\" cannot be the folder of the search: {objection}"),
    )
    .at(place)
    .help("write a path that begins and ends with \"/\", such as \"/search/\"")
}

pub(crate) fn unknown_family(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("there are no pages \"{name}\"");
    Diagnostic::error(Code::UnknownFamily, message).at(place).suggest(nearest)
}

pub(crate) fn no_text_to_search(family: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::NoTextToSearch, format!("the pages \"{family}\" have no text of their own"))
        .at(place)
        .note("the text that is searched is that of records, each of which has its page")
        .help("write search = \"title\", or leave it out")
}

pub(crate) fn too_few_synonyms(count: usize, place: Place) -> Diagnostic {
    let found = if count == 0 { "nothing" } else { "one word" };
    Diagnostic::error(Code::InvalidSynonyms, format!("a list of synonyms holds {found}"))
        .at(place)
        .help("write all that means the same into one list, such as [\"k8s\", \"kubernetes\"]")
}

pub(crate) fn synonym_without_words(text: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidSynonyms, format!("\"{text}\" holds no word that can be looked for"))
        .at(place)
        .note("the search looks for letters and digits, nothing else")
}

pub(crate) fn synonym_twice(text: &str, first: Place, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidSynonyms, format!("\"{text}\" stands twice among the synonyms"))
        .at(place)
        .related(first, "it stands here, too")
        .help("write all that means the same into one list")
}
