//! What can be wrong with words.

use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place};

/// A file of a site's words in another language than the site's.
pub(crate) fn unread_words(language: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("no page says the words of this file, since the site's language is \"{language}\"");
    let problem = Diagnostic::warning("unused-override", message).at(place);
    match nearest {
        Some(nearest) => problem.help(format!("did you mean \"{nearest}.toml\"?")),
        None => problem.help("say which by `language` in the configuration, or remove the file"),
    }
}

pub(crate) fn untranslated(language: &str, keys: &[&str], total: usize, config: &Arc<str>) -> Diagnostic {
    let message = format!("{} of {total} words are not in \"{language}\"", keys.len());
    let first = keys.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let more = if keys.len() > 5 { ", …" } else { "" };
    Diagnostic::warning("untranslated", message)
        .at(Place::file(config))
        .note(format!("they are shown in English: {first}{more}"))
        .help(format!("say them in words/{}.toml", language.to_ascii_lowercase()))
}
