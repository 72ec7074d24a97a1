//! The sites that are served, and the places in them at which edits are made.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::edit::{EditedPart, TimedEdit};
use crate::corpus::Corpus;

/// A site on disk.
pub(super) struct ServedSite<'a> {
    pub(super) corpus: Corpus,
    pub(super) root: &'a Path,
    pub(super) paths: SitePaths,
}

/// The paths of a site's files, from its root.
pub(super) struct SitePaths {
    pub(super) companies: &'static str,
    pub(super) offers: &'static str,
    pub(super) template: &'static str,
    pub(super) style: &'static str,
    /// The theme's declarations, if comments in them can be measured.
    pub(super) theme: Option<&'static str>,
    /// One of the site's queries, if comments in it can be measured.
    pub(super) query: Option<&'static str>,
}

/// Returns the paths at which sitegen looks for a site's files.
pub(super) fn paths(corpus: Corpus) -> SitePaths {
    let (companies, offers) = ("content/companies.toml", "content/data/offers.csv");
    match corpus {
        Corpus::Data => SitePaths {
            companies,
            offers,
            template: "themes/loops/templates/base.html",
            style: "themes/loops/assets/style.css",
            theme: Some("themes/loops/theme.toml"),
            query: Some("themes/loops/queries/loops.sql"),
        },
        Corpus::Markdown => SitePaths {
            companies,
            offers,
            template: "themes/notes/templates/base.html",
            style: "themes/notes/assets/style.css",
            theme: Some("themes/notes/theme.toml"),
            query: None,
        },
    }
}

impl ServedSite<'_> {
    /// Counts the rows of the data file, if there is one.
    pub(super) fn rows(&self) -> io::Result<Option<usize>> {
        Ok(self.offers()?.map(|offers| offers.lines().count() - 1))
    }

    /// Makes an edit of each kind that applies to the site.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or is not as expected.
    pub(super) fn edits(&self) -> io::Result<Vec<TimedEdit>> {
        match self.offers()? {
            Some(offers) => self.edits_of_data(&offers),
            None => self.edits_of_markdown(),
        }
    }

    fn offers(&self) -> io::Result<Option<String>> {
        match self.corpus {
            Corpus::Data => fs::read_to_string(self.root.join(self.paths.offers)).map(Some),
            Corpus::Markdown => Ok(None),
        }
    }

    fn edits_of_data(&self, offers: &str) -> io::Result<Vec<TimedEdit>> {
        let few = || io::Error::other("each page has several offers; ask for a larger site");
        let (slice, (begin, end)) = single(offers).ok_or_else(few)?;
        let page = format!("/companies/{}/", slice.replace(',', "/"));
        let company = slice.split(',').next().unwrap_or(slice);
        let problem = first(&self.root.join("content/problems"))?;
        let rows = self.root.join(self.paths.offers);
        let mut edits = self.edits_of_any("problems", &problem, company, &page)?;
        edits.push(TimedEdit::new(EditedPart::Row, &rows, &page, |text| {
            Some((&text[..begin], &text[end..]))
        })?);
        Ok(edits)
    }

    fn edits_of_markdown(&self) -> io::Result<Vec<TimedEdit>> {
        let folder = first(&self.root.join("content/articles"))?;
        let article = first(&folder)?;
        self.edits_of_any("articles", &article, &stem(&folder), &format!("/articles/{}/", stem(&article)))
    }

    /// Makes the edits that every site has: of a page's text, of a company, and of the template and the
    /// style, which all pages share. The last two are looked for on one page.
    fn edits_of_any(
        &self,
        collection: &str,
        text: &Path,
        company: &str,
        page: &str,
    ) -> io::Result<Vec<TimedEdit>> {
        let file = |path| self.root.join(path);
        let text_page = format!("/{collection}/{}/", stem(text));
        let edit_of_text = |kind| TimedEdit::new(kind, text, &text_page, |text| Some((text, "\n")));
        let mut edits = vec![
            edit_of_text(EditedPart::Text)?,
            TimedEdit::new(EditedPart::Record, &file(self.paths.companies), page, |text| {
                summary(text, company)
            })?,
            TimedEdit::new(EditedPart::Template, &file(self.paths.template), page, |text| {
                Some(text.split_at(text.find("</footer>")?))
            })?,
            TimedEdit::new(EditedPart::Style, &file(self.paths.style), page, |text| Some((text, "\n")))?,
        ];
        if let Some(query) = self.paths.query {
            edits.push(edit_of_text(EditedPart::Query)?.with_comment(file(query), "--")?);
        }
        if let Some(theme) = self.paths.theme {
            edits.push(edit_of_text(EditedPart::Theme)?.with_comment(file(theme), "#")?);
        }
        Ok(edits)
    }
}

/// Finds the first file or folder of a folder by name.
fn first(folder: &Path) -> io::Result<PathBuf> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.retain(|path| !stem(path).starts_with('_'));
    entries.into_iter().min().ok_or_else(|| io::Error::other("an empty folder"))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Splits a text where a record's summary begins.
fn summary<'a>(text: &'a str, slug: &str) -> Option<(&'a str, &'a str)> {
    let key = "summary = \"";
    let table = text.find(&format!("[{slug}]\n"))?;
    let begin = table + text[table..].find(key)? + key.len();
    Some(text.split_at(begin))
}

/// Finds the first company, role and location with a single offer, and the place of the offer's total. A page
/// shows the figures of such an offer as they are.
fn single(offers: &str) -> Option<(&str, (usize, usize))> {
    let mut slices: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    let mut end = 0;
    for line in offers.split_inclusive('\n') {
        let begin = end;
        end += line.len();
        let (Some((third, _)), Some(comma)) = (line.match_indices(',').nth(2), line.rfind(',')) else {
            continue;
        };
        slices.entry(&line[..third]).or_default().push((begin + comma + 1, begin + line.trim_end().len()));
    }
    slices.remove("company,role,location");
    slices.into_iter().find(|(_, amounts)| amounts.len() == 1).map(|(slice, amounts)| (slice, amounts[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_single_offer_is_found() {
        let offers = "company,role,location,year,base,total\nb,r,l,2020,1,2\na,r,l,2020,1,3\na,r,l,2021,1,4\nb,r,m,2020,5,66\n";
        let (slice, (begin, end)) = single(offers).expect("there is one");
        assert_eq!((slice, &offers[begin..end]), ("b,r,l", "2"));
    }

    #[test]
    fn a_summary_is_that_of_its_record() {
        let text = "[a]\nsummary = \"A\"\n[b]\nname = \"B\"\nsummary = \"B\"\n";
        assert_eq!(summary(text, "b").expect("there is one").1, "B\"\n");
    }
}
