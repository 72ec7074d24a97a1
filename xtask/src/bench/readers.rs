//! Measures the cost of one page for its readers, as the guide has it and as other generators make it.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::step::{Step, root};
use crate::tools;

/// The folder for packages and sites. It is below the project's root, because generators want their packages
/// above their sites.
const FOLDER: &str = "target/readers";

/// Measures with the options of the command line.
pub(super) fn run(options: &[String]) -> ExitCode {
    let program = match options {
        [] => None,
        [name, file] if name == "--program" => Some(PathBuf::from(file)),
        _ => {
            eprintln!("the only option is `--program FILE`");
            return ExitCode::from(2);
        }
    };
    let mut steps = tools::missing(&[tools::CHROMIUM]);
    steps.extend(installation());
    steps.extend(guide(program));
    let measure = Step::new("node", &["readers.js", "guide", "--json", "readers.json"]);
    steps.push(measure.within(FOLDER));
    let failed = !steps.iter().all(|step| step.run().succeeded);
    ExitCode::from(u8::from(failed))
}

/// Installs the other generators, the browser's driver, axe and Lighthouse.
fn installation() -> Vec<Step> {
    let pip = root().join(FOLDER).join("python/bin/pip");
    vec![
        Step::new("mkdir", &["-p", FOLDER]),
        Step::new("cp", &["-R", "xtask/readers/.", FOLDER]),
        Step::new("npm", &["ci", "--no-audit", "--no-fund"]).within(FOLDER),
        Step::new("python3", &["-m", "venv", &format!("{FOLDER}/python")]),
        Step::new(&pip.to_string_lossy(), &["install", "--quiet", "-r", "requirements.txt"]).within(FOLDER),
    ]
}

/// Builds the guide, by a new build of sitegen unless a program is named.
fn guide(program: Option<PathBuf>) -> Vec<Step> {
    let output = format!("{FOLDER}/guide");
    let arguments = ["build", "--output-dir", &output];
    match program {
        Some(program) => vec![Step::new(&program.to_string_lossy(), &arguments)],
        None => vec![
            Step::new("cargo", &["build", "--locked", "--release"]),
            Step::new("target/release/sitegen", &arguments).own(),
        ],
    }
}
