//! Sites of any number of pages, made from data or from a Markdown file for each page.
//!
//! A site from data has companies, roles and locations, and a page for each combination of them. The files
//! that do not depend on the number of pages are in `xtask/corpus` and `xtask/corpus-markdown`; the others
//! are made here, the same each time.

mod articles;
mod hugo;
mod names;
mod offers;
mod prose;
mod records;
mod size;
mod table;

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::step::root;

use self::size::Size;

/// The source of the pages of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Corpus {
    /// Rows of a query over a few tables.
    Data,
    /// Markdown files, one a page.
    Markdown,
}

/// Writes a site with the options of the command line.
pub(crate) fn run(corpus: Corpus, pages: &str, folder: &str) -> ExitCode {
    let most = corpus.most();
    let pages = pages.parse().ok().filter(|pages| (1..=most).contains(pages));
    let written = match pages {
        Some(pages) => corpus.write(pages, Path::new(folder)).map_err(|error| format!("{folder}: {error}")),
        None => Err(format!("a site has from 1 to {most} pages")),
    };
    let failed = written.inspect_err(|message| eprintln!("{message}")).is_err();
    ExitCode::from(u8::from(failed))
}

impl Corpus {
    /// Returns the largest number of pages that a site can have, because the names of companies are limited.
    pub(crate) fn most(self) -> usize {
        match self {
            Self::Data => 1_000_000,
            Self::Markdown => articles::MOST,
        }
    }

    /// Writes a site into a folder that is empty or not there yet.
    ///
    /// # Errors
    ///
    /// The folder holds something, or cannot be written.
    pub(crate) fn write(self, pages: usize, folder: &Path) -> io::Result<()> {
        let (made, files) = match self {
            Self::Data => ("xtask/corpus", files(&Size::of(pages))),
            Self::Markdown => ("xtask/corpus-markdown", articles::files(pages)),
        };
        put(made, &files, folder)
    }

    /// Writes an equal site for Hugo, into a folder that is empty or not there yet.
    ///
    /// # Errors
    ///
    /// The folder holds something, or cannot be written.
    pub(crate) fn write_for_hugo(self, pages: usize, folder: &Path) -> io::Result<()> {
        let (made, files) = match self {
            Self::Data => ("xtask/corpus-hugo/data", files(&Size::of(pages))),
            Self::Markdown => ("xtask/corpus-hugo/markdown", articles::files(pages)),
        };
        let files: Vec<_> = files
            .iter()
            .filter_map(|(path, text)| hugo::file(path, text))
            .chain([hugo::limit(pages)])
            .collect();
        put(made, &files, folder)
    }
}

/// Copies the files of a folder and adds others, into a folder that is empty or not there yet.
fn put(made: &str, files: &[(String, String)], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other("the folder is not empty"));
    }
    copy(&root().join(made), folder)?;
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("each file is below the folder"))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Makes the files of a site from data that depend on its size, by their paths.
fn files(size: &Size) -> Vec<(String, String)> {
    let pages = format!("-- How many pages is the site to have?\nselect {} as pages\n", size.pages);
    let mut files = vec![
        ("queries/size.sql".to_owned(), pages),
        ("content/companies.toml".to_owned(), records::companies(size)),
        ("content/roles.toml".to_owned(), records::roles(size)),
        ("content/locations.toml".to_owned(), records::locations(size)),
        ("content/data/offers.csv".to_owned(), offers::csv(size)),
    ];
    files.extend(records::rounds());
    files.extend(records::problems());
    files
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sitegen_tests::{BuildOutcome, Site};

    use super::*;

    #[test]
    fn both_kinds_of_site_are_in_order() {
        for (corpus, theme, least) in [(Corpus::Data, "loops", 40), (Corpus::Markdown, "notes", 20)] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let written = folder.path().join("site");
            corpus.write(20, &written).expect("it is writable");
            let mut site = Site::default();
            for name in ["site.toml", "content", "queries"].map(|name| (written.join(name), name)) {
                if name.0.exists() {
                    site.copy(&name.0, name.1);
                }
            }
            site.copy(&written.join("themes").join(theme), "theme");
            let BuildOutcome { files, diagnostics, unchecked, .. } = BuildOutcome::of(&site);
            let said: Vec<_> = diagnostics.iter().map(|found| &found.message).collect();
            assert_eq!((said.len(), unchecked.len()), (0, 0), "{theme}: {said:?} {unchecked:?}");
            assert!(files.len() > least, "{theme}: {} files", files.len());
        }
    }

    #[test]
    fn a_site_is_the_same_each_time() {
        assert!(files(&Size::of(200)) == files(&Size::of(200)));
        assert!(articles::files(200) == articles::files(200));
    }

    #[test]
    fn a_larger_site_has_more_data_and_the_same_prose() {
        let (small, large) = (files(&Size::of(200)), files(&Size::of(2000)));
        assert_eq!(small.len(), large.len());
        let grown: Vec<_> = small
            .iter()
            .zip(&large)
            .filter(|(small, large)| small.1 != large.1)
            .map(|(file, _)| &file.0)
            .collect();
        assert_eq!(grown.len(), 5, "{grown:?}");
    }

    #[test]
    fn no_two_articles_share_a_file() {
        let paths: Vec<_> = articles::files(articles::MOST).into_iter().map(|(path, _)| path).collect();
        let distinct: BTreeSet<_> = paths.iter().collect();
        assert_eq!(distinct.len(), paths.len());
    }
}
