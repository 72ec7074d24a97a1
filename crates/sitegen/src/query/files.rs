//! Data files that are looked at before a site declares them: each is a dataset as `sitegen new --dataset` would declare it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use sitegen_model::{Config, File, Inputs, Theme, dataset_name};

use crate::args::Common;
use crate::errors::{self, Failure};
use crate::new::dataset::DataFile;
use crate::new::declaration::Declaration;
use crate::site::LoadedSite;

/// The configuration of a site that is nothing but its data.
const CONFIG: &str = "title = \"Data\"\nbase_url = \"https://example.com\"\n";

/// Makes a site of data files.
///
/// # Errors
///
/// A file cannot be read, or nothing can be declared for it.
pub(super) fn site(common: &Common, paths: &[PathBuf]) -> Result<LoadedSite, Failure> {
    let loaded = |path: &str, bytes: Vec<u8>| (Arc::from(path), File::Loaded(bytes.into()));
    let mut inputs = Inputs {
        config: "site.toml".into(),
        themes: vec![Theme { path: "theme".into(), files: [loaded("theme.toml", Vec::new())].into() }],
        ..Inputs::default()
    };
    let (mut config, mut names) = (CONFIG.to_owned(), BTreeSet::new());
    for path in paths {
        let DataFile { name: file, bytes, inferred } = DataFile::read(path)?;
        let inferred = inferred.map_err(|problem| errors::unfit_data(path, &problem))?;
        let stem = dataset_name(file.split('.').next().unwrap_or_default());
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let name = [stem.clone()].into_iter().chain(numbered).find(|name| !names.contains(name));
        let name = name.expect("there are more numbers than files");
        // Files of one name can be in several folders.
        let file = if name == stem { file } else { format!("{}-{file}", names.len()) };
        let declaration = Declaration { inferred: &inferred, name: &name, file: &file, publish: None };
        config.extend(["# ".to_owned(), declaration.to_string(), "\n".to_owned()]);
        inputs.site.extend([loaded(&format!("content/data/{file}"), bytes)]);
        names.insert(name);
    }
    inputs.site.extend([loaded("site.toml", config.into_bytes())]);
    inputs.folders = Config::read(&inputs).0.content.folders;
    Ok(LoadedSite::new(common, inputs))
}
