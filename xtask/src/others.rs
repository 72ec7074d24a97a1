//! Sites of other programs, built as they are: each file in `tests/others` is the configuration of one.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use crate::step::{program, root};

/// Builds those whose sources are below a folder, each in a folder of the name of its configuration.
pub(crate) fn run(folder: &str) -> ExitCode {
    match build_all(Path::new(folder)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

/// Builds all sites, and returns true if all of them are published.
fn build_all(folder: &Path) -> io::Result<bool> {
    let program = program(None)?;
    let output = std::env::temp_dir().join(format!("sitegen-others-{}", std::process::id()));
    let mut configs: Vec<_> = fs::read_dir(root().join("tests/others"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    configs.sort();
    let mut are_all = true;
    for config in configs {
        let site = folder.join(config.file_stem().unwrap_or_default());
        if site.is_dir() {
            are_all &= build(&program, &site, &config, &output)?;
        }
    }
    Ok(are_all)
}

fn build(program: &Path, site: &Path, config: &Path, output: &PathBuf) -> io::Result<bool> {
    let started = Instant::now();
    let mut command = Command::new(program);
    command.args(["build", "--no-sync", "--format", "json", "--root"]).arg(std::path::absolute(site)?);
    command.arg("--config").arg(config).arg("--output-dir").arg(output);
    let ran = command.stdin(Stdio::null()).output()?;
    let time = started.elapsed().as_secs_f64();
    let lines = fs::read_to_string(config)?.lines().filter(|line| !line.starts_with('#')).count();
    let name = config.file_stem().unwrap_or_default().display();
    let said = String::from_utf8_lossy(&ran.stdout);
    println!("{name}, {lines} lines, {time:.2} s: {}", said.lines().last().unwrap_or("not published"));
    for (code, count) in problems(&String::from_utf8_lossy(&ran.stderr)) {
        println!("{count:8} {code}");
    }
    if output.exists() {
        fs::remove_dir_all(output)?;
    }
    Ok(ran.status.success())
}

/// Counts the problems of each code.
fn problems(lines: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in lines.lines() {
        let Ok(problem) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        if let (Some(severity), Some(code)) = (problem["severity"].as_str(), problem["code"].as_str()) {
            *counts.entry(format!("{severity} {code}")).or_default() += 1;
        }
    }
    counts
}
