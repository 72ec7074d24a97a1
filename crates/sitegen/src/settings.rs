//! Values of the configuration that come from the environment and the command line.

use std::ffi::OsString;

use sitegen_model::Setting;

const PREFIX: &str = "SITEGEN_";

/// Converts environment variables to settings: `SITEGEN_MARKDOWN__RAW_HTML` is `markdown.raw_html`.
pub(crate) fn from_environment(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<Setting> {
    let mut settings: Vec<_> = variables.filter_map(|(name, text)| variable(name.to_str()?, &text)).collect();
    settings.sort_by(|a, b| a.origin.cmp(&b.origin));
    settings
}

fn variable(name: &str, text: &OsString) -> Option<Setting> {
    let key = name.strip_prefix(PREFIX)?.split("__").map(key_part).collect();
    Some(Setting { key, origin: name.into(), text: text.to_string_lossy().into() })
}

/// Converts a part of a variable's name to lower case, because environment variables are usually in capitals.
/// Mixed case is kept.
fn key_part(part: &str) -> String {
    if part.contains(char::is_lowercase) { part.to_owned() } else { part.to_lowercase() }
}

/// Makes the setting of `--base-url`.
pub(crate) fn base_url(text: &str) -> Setting {
    Setting { key: vec!["base_url".to_owned()], origin: "--base-url".into(), text: text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_name_keys_and_tables() {
        let variables =
            [("SITEGEN_MARKDOWN__RAW_HTML", "allow"), ("HOME", "/"), ("SITEGEN_EXTRA__mapUrl", "x")];
        let settings = from_environment(variables.into_iter().map(|(name, text)| (name.into(), text.into())));
        let keys: Vec<_> = settings.iter().map(|setting| setting.key.join(".")).collect();
        assert_eq!(keys, ["extra.mapUrl", "markdown.raw_html"]);
    }
}
