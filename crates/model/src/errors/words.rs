//! What can be wrong with words.

use std::sync::Arc;

use sitegen_parser::{Diagnostic, Place};

pub(crate) fn untranslated(language: &str, keys: &[&str], total: usize, config: &Arc<str>) -> Diagnostic {
    let message = format!("{} of {total} words are not in \"{language}\"", keys.len());
    let first = keys.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let more = if keys.len() > 5 { ", …" } else { "" };
    Diagnostic::warning("untranslated", message)
        .at(Place::file(config))
        .note(format!("they are shown in English: {first}{more}"))
        .help(format!("say them in words/{}.toml", language.to_ascii_lowercase()))
}
