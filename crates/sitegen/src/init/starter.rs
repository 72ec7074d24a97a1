//! The files of a new site, before they are written.

use crate::args::Template;
use crate::embed;

use super::{ask, directory};

/// The file that says what a site is called.
pub(super) const CONFIG: &str = "site.toml";

/// A file by its path from the site's root, and its bytes.
pub(super) type File = (String, Vec<u8>);

/// The files of the site that a template names.
pub(super) fn files(template: Template) -> Vec<File> {
    if template == Template::Directory {
        return directory::sample();
    }
    let name = ask::name(template);
    let files = embed::starter(&name);
    files.map(|(path, bytes)| (visible(path).to_owned(), bytes.to_vec())).collect()
}

/// Hidden files are not embedded, so the starters' `.gitignore` stands under another name.
fn visible(path: &str) -> &str {
    if path == "gitignore" { ".gitignore" } else { path }
}

/// What a site's configuration says that it is called.
pub(super) fn title(files: &[File]) -> String {
    let config = files.iter().find(|(path, _)| path == CONFIG);
    let text = config.map(|(_, bytes)| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let quoted = text.lines().find_map(|line| line.strip_prefix(TITLE));
    quoted.and_then(|quoted| serde_json::from_str(quoted).ok()).unwrap_or_default()
}

/// How the line begins that says what a site is called.
const TITLE: &str = "title = ";

/// Has a site's configuration say that it is called otherwise.
pub(super) fn rename(files: &mut [File], title: &str) {
    let Some((_, bytes)) = files.iter_mut().find(|(path, _)| path == CONFIG) else { return };
    let text = String::from_utf8_lossy(bytes);
    // JSON's strings are TOML's.
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
