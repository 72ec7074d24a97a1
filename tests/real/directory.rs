//! The built-in theme `directory`, over data of its own and over real data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use sitegen_model::File;
use sitegen_tests::{Outcome, Site};

use crate::{Shown, equal, files};

/// A site of `tests/directory`.
#[derive(Debug, Clone, Copy)]
struct Directory {
    name: &'static str,
    /// The file of real data that it is made over, if it has none of its own.
    data: Option<&'static str>,
    /// So many of its lines are taken, the head among them.
    lines: usize,
}

const PARKS: Directory = Directory { name: "parks", data: None, lines: usize::MAX };
const COMPANIES: Directory =
    Directory { name: "companies", data: Some("hiring-without-whiteboards.csv"), lines: usize::MAX };
const SALARIES: Directory = Directory { name: "salaries", data: Some("aijobs-salaries.csv"), lines: 2001 };

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        PARKS.trial("numbers_stand_where_they_are_among_all", standings),
        PARKS.trial("values_list_the_things_that_have_them", values),
        COMPANIES.trial("each_row_has_a_page_and_long_lists_have_parts", companies),
        SALARIES.trial("rows_of_one_title_have_pages_of_their_own", salaries),
    ]
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Directory {
    fn data_path(&self) -> Option<PathBuf> {
        Some(root().join("../shared/data").join(self.data?))
    }

    /// A test of what the site shows; ignored where there is no data.
    fn trial(self, name: &str, check: fn(&Shown) -> Result<(), Failed>) -> Trial {
        let trial = Trial::test(format!("directory/{}/{name}", self.name), move || check(&self.build()?));
        let missing = self.data_path().filter(|path| !path.exists());
        if let Some(path) = &missing {
            eprintln!("ignored: there is no {}", path.display());
        }
        trial.with_ignored_flag(missing.is_some())
    }

    fn build(&self) -> Result<Shown, Failed> {
        let mut site = Site::default();
        for (path, bytes) in files(&root().join("tests/directory").join(self.name), "")? {
            site.files.insert(path, File::Loaded(bytes.into()));
        }
        site.copy(&root().join("themes/directory"), "theme");
        site.copy(&root().join("themes/sitegen"), "sitegen");
        let text = match self.data_path() {
            Some(path) => std::fs::read_to_string(path)?.split_inclusive('\n').take(self.lines).collect(),
            None => std::fs::read_to_string(root().join("tests/directory/parks/content/data/parks.csv"))?,
        };
        if let Some(name) = self.data {
            site.files.insert(format!("content/data/{name}"), File::Loaded(text.clone().into_bytes().into()));
        }
        let Outcome { files, diagnostics, .. } = Outcome::of(&site);
        match diagnostics.iter().next() {
            Some(found) => Err(format!("{found:?}").into()),
            None => Ok(Shown { files, data: text.into() }),
        }
    }
}

/// The pages of things, by what they are called.
fn pages<'a>(site: &'a Shown, folder: &str) -> BTreeMap<&'a str, &'a str> {
    let texts = site.files.iter().filter(|(path, _)| path.starts_with(folder));
    let texts = texts.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    texts.filter_map(|text| Some((text.split_once("<h1>")?.1.split_once("</h1>")?.0, text))).collect()
}

fn standings(site: &Shown) -> Result<(), Failed> {
    let cells = |line| str::split(line, ',').collect::<Vec<_>>();
    let parks: Vec<_> = site.data.lines().skip(1).map(cells).map(|cells| (cells[0], cells[3])).collect();
    let areas = parks.iter().map(|(_, area)| area.parse()).collect::<Result<Vec<f64>, _>>()?;
    let pages = pages(site, "parks/");
    equal(pages.len(), 63)?;
    for ((name, _), area) in parks.iter().zip(&areas) {
        let below = areas.iter().filter(|other| *other < area).count();
        let above = areas.iter().filter(|other| *other > area).count();
        let said = match (above, below) {
            (0, _) => "the most of 63 parks".to_owned(),
            (_, 0) => "the least of 63 parks".to_owned(),
            _ => format!("more than {}% of 63 parks", (200 * below + 63) / 126),
        };
        let page = pages.get(name).ok_or_else(|| format!("no page of {name}"))?;
        equal(page.contains(&format!("</b> {said}</p>")), true).map_err(|_| format!("{name}: {said}"))?;
    }
    Ok(())
}

fn values(site: &Shown) -> Result<(), Failed> {
    let volcanoes =
        site.data.lines().filter(|line| line.split(',').nth(4).is_some_and(|f| f.contains("volcano")));
    let page = site.page("by/features/volcano/index.html")?;
    equal(page.matches("<th scope=\"row\">").count(), volcanoes.count())?;
    equal(page.contains("Haleakalā"), true)
}

fn companies(site: &Shown) -> Result<(), Failed> {
    equal(site.count("companies/"), 803)?;
    equal(site.page("index.html")?.matches("<th scope=\"row\">").count(), 100)?;
    equal(site.page("page/9/index.html")?.matches("<th scope=\"row\">").count(), 3)?;
    // "Abstract" says nothing of its interviews.
    let silent = site.page("companies/abstract/index.html")?;
    equal(silent.contains("Interview process</h2>"), false)?;
    let compared = site.page("compare/choices.json")?;
    equal(compared.contains(r#"["1000-software","1000.software","/companies/1000-software/"]"#), true)
}

fn salaries(site: &Shown) -> Result<(), Failed> {
    equal(site.count("salaries/"), 2000)?;
    // A year is no amount.
    let page = site.page("salaries/consultant-pl-2022/index.html")?;
    equal(page.contains("<a href=\"/by/year/2022/\">2022</a>") && page.contains("$120,000"), true)?;
    equal(site.page("salaries/consultant-pl-2022/index.html")?.contains("class=\"nearest\""), true)
}
