//! Builds the site that CI publishes, on any machine: the documentation and, below it, the guide.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::step::{Step, program};

/// The address of the project's own pages.
const BASE_URL: &str = "https://sitegen.github.io/sitegen/";

struct PublicationOptions<'a> {
    base_url: &'a str,
    program: Option<&'a Path>,
    folder: PathBuf,
}

/// Builds both.
pub(crate) fn run(options: &[String]) -> ExitCode {
    let Some(options) = read(options) else {
        eprintln!("{}", crate::USAGE);
        return ExitCode::from(2);
    };
    let program = match program(options.program) {
        Ok(program) => program.display().to_string(),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let base_url = format!("{}/", options.base_url.trim_end_matches('/'));
    let parts = [
        ("docs", options.folder.clone(), base_url.clone()),
        (".", options.folder.join("guide"), base_url + "guide/"),
    ];
    let done = parts.into_iter().all(|(site, folder, url)| {
        let folder = folder.display().to_string();
        let build = ["build", "--strict", "--root", site, "--output-dir", &folder, "--base-url", &url];
        Step::new(&program, &build).run().succeeded
    });
    ExitCode::from(u8::from(!done))
}

fn read(options: &[String]) -> Option<PublicationOptions<'_>> {
    let mut read = PublicationOptions { base_url: BASE_URL, program: None, folder: PathBuf::new() };
    let mut left = options.iter();
    while let Some(option) = left.next() {
        match option.as_str() {
            "--base-url" => read.base_url = left.next()?,
            "--program" => read.program = Some(Path::new(left.next()?)),
            // Steps run in the project's folder.
            folder if read.folder.as_os_str().is_empty() => read.folder = std::path::absolute(folder).ok()?,
            _ => return None,
        }
    }
    (!read.folder.as_os_str().is_empty()).then_some(read)
}
