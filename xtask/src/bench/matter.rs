//! Compares front matter in YAML and in TOML: two sites of the same articles are built by turns.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use super::child::SitegenBinary;
use super::options::Options;
use super::{RUNS, check, median};
use crate::corpus::Corpus;
use crate::folder::ScratchFolder;

/// The number of files of a site by default.
const PAGES: usize = 10_000;
/// YAML may take so many times the processor time of TOML.
const MOST: f64 = 1.3;

/// Measures, and prints the results.
pub(super) fn run(options: &[String]) -> ExitCode {
    Options::run(options, None, |options| {
        let pages = options.pages.unwrap_or(PAGES).min(Corpus::Markdown.most());
        measure(pages, &SitegenBinary(options.program()?))
    })
}

fn measure(pages: usize, program: &SitegenBinary) -> io::Result<()> {
    let folder = ScratchFolder::make()?;
    let [toml, yaml] = ["toml", "yaml"].map(|name| folder.path().join(name));
    Corpus::Markdown.write(pages, &toml)?;
    Corpus::Markdown.write(pages, &yaml)?;
    for file in check::files(&yaml.join("content/articles"))? {
        fs::write(&file, in_yaml(&fs::read_to_string(&file)?))?;
    }
    let time = |site: &Path| {
        median(RUNS, || {
            let before = children()?;
            program.build(site)?;
            Ok(children()?.saturating_sub(before))
        })
    };
    let [toml, yaml] = [time(&toml)?, time(&yaml)?].map(|time| time.as_secs_f64());
    println!("{pages} files in TOML: {toml:.2} s of the processor");
    println!("{pages} files in YAML: {yaml:.2} s, {:.2} times as long (at most {MOST})", yaml / toml);
    Ok(())
}

/// Translates a file's front matter to YAML as authors write it: plain texts, and lists item by item.
fn in_yaml(text: &str) -> String {
    let mut parts = text.splitn(3, "+++\n");
    let (Some(_), Some(fields), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return text.to_owned();
    };
    let lines: String = fields.lines().map(line_in_yaml).collect();
    format!("---\n{lines}---\n{body}")
}

fn line_in_yaml(line: &str) -> String {
    let Some((key, value)) = line.split_once(" = ") else { return format!("{line}\n") };
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => {
            let items: Vec<_> = list.split(", ").map(|item| format!("  - {}\n", plain(item))).collect();
            format!("{key}:\n{}", items.concat())
        }
        None => format!("{key}: {}\n", plain(value)),
    }
}

/// Removes the quotation marks of a text, if YAML needs none.
fn plain(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    inner.filter(|text| !text.contains([':', '#', '\\', '"'])).unwrap_or(value)
}

/// Returns the processor time of this program's children that have ended, as Linux counts it.
fn children() -> io::Result<Duration> {
    const TICKS: u64 = 100;
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name of the program stands in brackets and can hold spaces.
    let numbers = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    let ticks: u64 = numbers.skip(13).take(2).filter_map(|number| number.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 1000 / TICKS))
}

#[cfg(test)]
mod tests {
    use super::in_yaml;

    #[test]
    fn front_matter_says_the_same_in_yaml() {
        let text = "+++\ntitle = \"A b\"\ndate = 2026-01-31\nsummary = \"a: b\"\ntopics = [\"a\", \"b\"]\n+++\n\nText +++\n";
        let expected =
            "---\ntitle: A b\ndate: 2026-01-31\nsummary: \"a: b\"\ntopics:\n  - a\n  - b\n---\n\nText +++\n";
        assert_eq!(in_yaml(text), expected);
    }
}
