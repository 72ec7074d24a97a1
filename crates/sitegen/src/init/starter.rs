//! The files of a new site, before they are written.

use crate::args::Template;
use crate::embed;

use super::{ask, directory};

/// The file with the title of a site.
pub(super) const CONFIG: &str = "site.toml";

/// A path from the site's root, and the bytes of the file.
pub(super) type SeedFile = (String, Vec<u8>);

/// Returns the files of a template's site.
pub(super) fn files(template: Template) -> Vec<SeedFile> {
    if template == Template::Directory {
        return directory::sample();
    }
    let name = ask::name(template);
    let files = embed::starter(&name);
    files.map(|(path, bytes)| (visible(path).to_owned(), bytes.to_vec())).collect()
}

/// Returns the name that a file gets. The `.gitignore` of the starters has another name here, because hidden
/// files are not embedded.
fn visible(path: &str) -> &str {
    if path == "gitignore" { ".gitignore" } else { path }
}

/// Finds the title in a site's configuration.
pub(super) fn title(files: &[SeedFile]) -> String {
    let config = files.iter().find(|(path, _)| path == CONFIG);
    let text = config.map(|(_, bytes)| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let quoted = text.lines().find_map(|line| line.strip_prefix(TITLE));
    quoted.and_then(|quoted| serde_json::from_str(quoted).ok()).unwrap_or_default()
}

/// The beginning of the line with the title.
const TITLE: &str = "title = ";

/// Replaces the title in a site's configuration.
pub(super) fn rename(files: &mut [SeedFile], title: &str) {
    let Some((_, bytes)) = files.iter_mut().find(|(path, _)| path == CONFIG) else { return };
    let text = String::from_utf8_lossy(bytes);
    // A JSON string is a valid TOML string, too.
    let own = format!("{TITLE}{}", serde_json::Value::from(title));
    let lines = text.lines().map(|line| if line.starts_with(TITLE) { own.as_str() } else { line });
    *bytes = lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes();
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn every_template_has_a_title_which_can_be_another() {
        for template in Template::value_variants() {
            let mut files = files(*template);
            assert!(title(&files).starts_with("My "), "{template:?}: {}", title(&files));
            rename(&mut files, "A \"quoted\" \\ title");
            assert_eq!(title(&files), "A \"quoted\" \\ title", "{template:?}");
        }
    }

    #[test]
    fn every_template_keeps_the_output_out_of_version_control() {
        for template in Template::value_variants() {
            assert!(files(*template).iter().any(|(path, _)| path == ".gitignore"), "{template:?}");
        }
    }
}
