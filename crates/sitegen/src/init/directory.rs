//! A directory site, made from a data file for the theme `directory`.

mod columns;
mod config;
mod sql;
mod words;

use std::path::Path;
use std::sync::Arc;

use sitegen_model::{Inference, Inferred, dataset_name, infer};

use crate::embed;
use crate::errors::{self, Failure};
use crate::new::dataset::DataFile;
use crate::phrase::count;

use super::starter::SeedFile;

use self::columns::{DisplayColumn, Title};
use self::words::Wording;

/// The plan of a directory.
struct Plan {
    /// The contents of the file. Columns whose names have another meaning in the site's queries are renamed.
    inferred: Inferred,
    /// The name of the dataset.
    dataset: String,
    /// The name of the file below `content/data/`.
    file: String,
    words: Wording,
    title: Title,
    /// The columns to show, in the order of the file.
    columns: Vec<DisplayColumn>,
}

/// The names of queries of the theme and the site, which a dataset must not have.
const RELATIONS: [&str; 10] = [
    "things",
    "listed",
    "facts",
    "figures",
    "facets",
    "facet_names",
    "members",
    "scales",
    "standings",
    "near",
];

/// Names with another meaning in the queries, and the names that such columns get instead.
const COLUMNS: [(&str, &str); 6] = [
    ("slug", "given_slug"),
    ("title", "name"),
    ("base", "base_value"),
    ("same", "same_value"),
    ("thing", "thing_name"),
    ("facet", "facet_name"),
];

/// The data file of a directory if the author gives none.
const SAMPLE: &str = "parks.csv";

/// Makes the files of a directory from a data file.
///
/// # Errors
///
/// The file cannot be read, or cannot be a dataset.
pub(super) fn of(data: &Path) -> Result<(Vec<SeedFile>, Option<String>), Failure> {
    let DataFile { name, bytes, inferred } = DataFile::read(data)?;
    let inferred = inferred.map_err(|problem| errors::unfit_data(data, &problem))?;
    let unsettled = unsettled(&inferred);
    Ok((files(&name, bytes, inferred, None), unsettled))
}

/// Summarizes which columns and rows were not understood; the declaration explains them.
fn unsettled(inferred: &Inferred) -> Option<String> {
    let is_more = |column: &&Inference| column.look.is_some() || column.odd.is_some();
    let texts = inferred.columns.iter().filter(is_more).map(Inference::heading);
    let texts: Vec<_> = texts.collect();
    let parts = [
        (!texts.is_empty()).then(|| {
            format!("{} not read as what they look like ({})", count(texts.len(), "column"), texts.join(", "))
        }),
        (!inferred.left_out.is_empty())
            .then(|| format!("{} left out", count(inferred.left_out.len(), "column"))),
        (inferred.unread.count > 0).then(|| format!("{} left out", count(inferred.unread.count, "row"))),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{}: site.toml says why", parts.join("; ")))
}

/// Makes the files of a directory from the sample data.
pub(super) fn sample() -> Vec<SeedFile> {
    let bytes = carried(SAMPLE);
    let inferred = infer(&Arc::from(SAMPLE), &bytes).expect("tests make a site of the sample");
    files(SAMPLE, bytes, inferred, Some("My national parks"))
}

/// Returns a file of the starter that does not depend on the data, or the sample.
fn carried(path: &str) -> Vec<u8> {
    let found = embed::starter("directory").find(|(carried, _)| *carried == path);
    found.map(|(_, bytes)| bytes.to_vec()).expect("the build script embeds it")
}

fn files(name: &str, data: Vec<u8>, inferred: Inferred, title: Option<&str>) -> Vec<SeedFile> {
    let plan = Plan::new(inferred, name, title);
    let mut texts = vec![
        ("site.toml".to_owned(), config::config(&plan)),
        ("queries/things.sql".to_owned(), sql::things(&plan)),
    ];
    texts.extend(sql::facts(&plan).map(|text| ("queries/facts.sql".to_owned(), text)));
    texts.extend(sql::figures(&plan).map(|text| ("queries/figures.sql".to_owned(), text)));
    let mut files: Vec<_> = texts.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    files.push((".gitignore".to_owned(), carried("gitignore")));
    files.push((format!("content/data/{}", plan.file), data));
    files
}

impl Plan {
    fn new(mut inferred: Inferred, file: &str, title: Option<&str>) -> Self {
        let stem = file.split('.').find(|part| !part.is_empty()).unwrap_or(file);
        rename(&mut inferred);
        let dataset = dataset_name(stem);
        let dataset = if RELATIONS.contains(&&*dataset) { format!("{dataset}_data") } else { dataset };
        let name = Title::of(&inferred);
        let words = Wording::new(stem, title, name.column(&inferred).map(|column| &*column.name));
        let columns = columns::shown(&inferred, &name);
        Self { file: plain(file, &dataset), inferred, dataset, words, title: name, columns }
    }
}

/// Renames columns whose names have another meaning in the queries.
fn rename(inferred: &mut Inferred) {
    let taken: Vec<_> = inferred.columns.iter().map(|column| column.name.clone()).collect();
    for column in &mut inferred.columns {
        let Some((_, instead)) = COLUMNS.iter().find(|(name, _)| *name == column.name) else { continue };
        let numbered = (2..).map(|number| format!("{instead}_{number}"));
        let free = std::iter::once((*instead).to_owned()).chain(numbered).find(|name| !taken.contains(name));
        column.name = free.expect("numbers do not end");
    }
}

/// Returns a file's name if it is plain, or else one made of the dataset's name.
fn plain(file: &str, dataset: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if file.chars().all(is_plain) && !file.starts_with('.') {
        return file.to_owned();
    }
    let packed = file.to_ascii_lowercase().ends_with(".gz");
    let stem = if packed { &file[..file.len() - 3] } else { file };
    let ending = stem.rsplit_once('.').map_or("csv", |(_, ending)| ending);
    let ending = if ending.chars().all(|c| c.is_ascii_alphanumeric()) { ending } else { "csv" };
    format!("{dataset}.{ending}{}", if packed { ".gz" } else { "" })
}
