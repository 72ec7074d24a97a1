//! Tests sites over real data that nobody here wrote, in `../shared/data`: their figures are computed again
//! by other means. Where the data is missing, the tests are counted as ignored.

#[path = "real/aijobs.rs"]
mod aijobs;
#[path = "real/survey.rs"]
mod survey;
#[path = "real/whiteboards.rs"]
mod whiteboards;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use sitegen_model::File;
use sitegen_tests::{BuildOutcome, Site};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = aijobs::trials().into_iter().chain(whiteboards::trials());
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// A site of `tests/real` and the file that it is made over.
#[derive(Debug, Clone, Copy)]
struct Real {
    name: &'static str,
    theme: &'static str,
    data: &'static str,
}

impl Real {
    fn data_path(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(self.data)
    }

    /// Makes a test of the site's pages; ignored where there is no data.
    fn trial(self, name: &str, check: fn(&BuiltSite) -> Result<(), Failed>) -> Trial {
        let trial = Trial::test(format!("{}/{name}", self.name), move || check(&self.build()?));
        let missing = !self.data_path().exists();
        if missing {
            eprintln!("ignored: there is no {}", self.data_path().display());
        }
        trial.with_ignored_flag(missing)
    }

    fn build(&self) -> Result<BuiltSite, Failed> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("real").join(self.name);
        let theme = format!("themes/{}/", self.theme);
        let mut site = Site::default();
        for (path, bytes) in files(&folder, "")? {
            let path = path.strip_prefix(&theme).map(|rest| format!("theme/{rest}")).unwrap_or(path);
            site.files.insert(path, File::Loaded(bytes.into()));
        }
        let data = std::fs::read(self.data_path())?;
        let text = String::from_utf8(data.clone())?;
        site.files.insert(format!("content/data/{}", self.data), File::Loaded(data.into()));
        let BuildOutcome { files, diagnostics, .. } = BuildOutcome::of(&site);
        match diagnostics.iter().next() {
            Some(found) => Err(format!("{found:?}").into()),
            None => Ok(BuiltSite { files, data: text.into() }),
        }
    }
}

/// The files of a site, and the data that it is made over.
struct BuiltSite {
    files: BTreeMap<String, Vec<u8>>,
    data: Arc<str>,
}

impl BuiltSite {
    fn page(&self, path: &str) -> Result<String, Failed> {
        let bytes = self.files.get(path).ok_or_else(|| format!("there is no {path}"))?;
        Ok(String::from_utf8(bytes.clone())?)
    }

    /// Counts the pages below a folder.
    fn count(&self, folder: &str) -> usize {
        self.files.keys().filter(|path| path.starts_with(folder)).count()
    }
}

fn files(folder: &Path, name: &str) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path(), &format!("{name}/"))?);
        } else {
            found.push((name, std::fs::read(entry.path())?));
        }
    }
    Ok(found)
}

fn equal<T: PartialEq + std::fmt::Debug + Copy>(found: T, expected: T) -> Result<(), Failed> {
    if found == expected { Ok(()) } else { Err(format!("{found:?} instead of {expected:?}").into()) }
}
