//! The edits that an author could make to a site, after each of which a reused build must equal a clean one.

use sitegen_model::{Drafts, File, Setting, Stray};
use sitegen_parser::Date;

use crate::Site;

/// Larger files are not edited, to save time.
const LARGE: usize = 20_000;

/// Returns the sites that result from one edit each, with the edit's name.
pub(crate) fn edits(site: &Site) -> Vec<(String, Site)> {
    let is_large = |file: &File| matches!(file, File::Loaded(bytes) if bytes.len() > LARGE);
    if site.slow || site.files.values().any(is_large) {
        return Vec::new();
    }
    let mut edited = vec![
        ("drafts".to_owned(), drafts(site)),
        ("long ago".to_owned(), long_ago(site)),
        ("title".to_owned(), setting(site, "title", "Another")),
        ("language".to_owned(), setting(site, "language", "de")),
        ("base_url".to_owned(), setting(site, "base_url", "http://other.example/below/")),
        ("new.md".to_owned(), with(site, "content/notes/new.md", Some(File::Loaded((*b"# New").into())))),
    ];
    for (path, file) in &site.files {
        edited.push((format!("remove {path}"), with(site, path, None)));
        edited.push((format!("break {path}"), with(site, path, Some(File::Stray(Stray::Loop)))));
        edited.push((format!("rename {path}"), renamed(site, path, file)));
        for text in texts(path, file) {
            let file = File::Loaded(text.as_bytes().into());
            edited.push((format!("write {text:?} to {path}"), with(site, path, Some(file))));
        }
    }
    edited
}

fn with(site: &Site, path: &str, file: Option<File>) -> Site {
    let mut site = site.clone();
    match file {
        Some(file) => site.files.insert(path.to_owned(), file),
        None => site.files.remove(path),
    };
    site
}

fn drafts(site: &Site) -> Site {
    let drafts = match site.drafts {
        Drafts::Exclude => Drafts::Include,
        Drafts::Include => Drafts::Exclude,
    };
    Site { drafts, ..site.clone() }
}

fn long_ago(site: &Site) -> Site {
    Site { today: Some(Date { year: 1970, month: 1, day: 1 }), ..site.clone() }
}

fn setting(site: &Site, key: &str, text: &str) -> Site {
    let mut site = site.clone();
    site.settings.push(Setting { key: vec![key.to_owned()], origin: "--edit".into(), text: text.into() });
    site
}

fn renamed(site: &Site, path: &str, file: &File) -> Site {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let mut site = with(site, path, None);
    site.files.insert(format!("{stem}-renamed.{extension}"), file.clone());
    site
}

/// Makes other texts that the file could hold: more at its end or its beginning, another first string, half
/// of it, other rows.
fn texts(path: &str, file: &File) -> Vec<String> {
    let File::Loaded(bytes) = file else { return Vec::new() };
    let text = String::from_utf8_lossy(bytes);
    let more = if path.ends_with(".toml") { "# more\n" } else { "more\n" };
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let mut texts = vec![format!("{text}{more}"), text.replacen("= \"", "= \"x", 1), text[..half].to_owned()];
    if path.starts_with("content/data/") {
        texts.extend(other_rows(&text));
    } else if path.ends_with(".sql") {
        texts.extend([format!("select * from (\n{text}\n) limit 1\n"), format!("{text}-- more\n")]);
        texts.push(format!("-- first\n\n{text}"));
    } else if path.ends_with(".toml") && !path.starts_with("content/") {
        // This comment says nothing new, but moves everything below it.
        texts.push(format!("# first\n{text}"));
    }
    texts.retain(|other| *other != text);
    texts
}

/// Returns the text with its last row twice, and without its last row.
fn other_rows(text: &str) -> [String; 2] {
    let last = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    [format!("{text}{}", &text[last..]), text[..last].to_owned()]
}
