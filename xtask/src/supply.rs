//! Checks the packages of others: licenses, advisories, duplicate versions, unused libraries.
//! `xtask/supply.toml` holds the exceptions.

mod advisory;
mod exception;
mod licence;
mod package;
mod unused;
mod version;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::step::root;
use advisory::Advisories;
use exception::{AcceptedFinding, SupplyRules};
use licence::Expression;
use package::LockedPackage;

pub(crate) use package::metadata;

/// The folder of a copy of `RustSec`'s advisories.
const ADVISORIES: &str = "../shared/advisory-db";

/// A problem of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    package: String,
    what: FindingClass,
    /// The explanation for readers.
    text: String,
}

/// A kind of problem, as far as an exception names it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FindingClass {
    /// The expression of the license that is not allowed.
    Licence(String),
    /// The id of the advisory.
    Advisory(String),
    /// The older of two incompatible versions, by the numbers that make it incompatible: `0.8`, `2`.
    Duplicate(String),
}

/// The result of one check.
enum CheckResult {
    Found(Vec<Finding>),
    Skipped(String),
}

/// Checks the whole lock file and prints the problems, with closing lines as those of `cargo test`.
pub(crate) fn run() -> ExitCode {
    match check(&root()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all checks, and returns true if nothing is wrong.
fn check(root: &Path) -> Result<bool, String> {
    let metadata = metadata(root)?;
    let packages = package::read(&metadata)?;
    let policy = SupplyRules::read(&root.join("xtask/supply.toml"))?;
    let checks = [
        ("licences", CheckResult::Found(licences(&packages, &policy.licences))),
        ("advisories", advisories(&packages, &root.join(ADVISORIES))?),
        ("versions", CheckResult::Found(duplicates(&packages))),
    ];
    let stale = stale(&policy.exceptions, &checks);
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, outcome) in checks {
        let found = match outcome {
            CheckResult::Found(found) => policy.without_exceptions(found),
            CheckResult::Skipped(reason) => {
                println!("{name}: skipped, since {reason}");
                skipped += 1;
                continue;
            }
        };
        report(name, &found, &mut passed, &mut failed);
    }
    report("exceptions", &stale, &mut passed, &mut failed);
    report("unused", &unused::find(&metadata)?, &mut passed, &mut failed);
    let untrue =
        (!crate::notices::is_true(&metadata)?).then_some("they are not what `cargo xtask notices` writes");
    report("notices", &untrue.into_iter().collect::<Vec<_>>(), &mut passed, &mut failed);
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("{} packages", packages.len());
    println!("test result: {word}. {passed} passed; {failed} failed; {skipped} ignored; 0 measured");
    Ok(failed == 0)
}

fn report(name: &str, found: &[impl fmt::Display], passed: &mut usize, failed: &mut usize) {
    println!("{name}: {}", if found.is_empty() { "ok" } else { "FAILED" });
    for found in found {
        println!("  {found}");
    }
    *if found.is_empty() { passed } else { failed } += 1;
}

/// Finds the packages whose license asks for more than is allowed, or that have none.
fn licences(packages: &[LockedPackage], allowed: &[String]) -> Vec<Finding> {
    let refused = |package: &LockedPackage| {
        let text = match Expression::read(&package.licence) {
            Ok(expression) if expression.is_met_by(allowed) => return None,
            Ok(_) => format!("its licence is `{}`, which is not allowed", package.licence),
            Err(error) => format!("its licence `{}` cannot be read: {error}", package.licence),
        };
        Some(package.finding(FindingClass::Licence(package.licence.clone()), text))
    };
    packages.iter().filter_map(refused).collect()
}

/// Finds the packages that an advisory is about.
fn advisories(packages: &[LockedPackage], database: &Path) -> Result<CheckResult, String> {
    if !database.join("crates").is_dir() {
        return Ok(CheckResult::Skipped(format!("there is no copy of RustSec's advisories in {ADVISORIES}")));
    }
    let advisories = Advisories(database);
    let mut found = Vec::new();
    for package in packages.iter().filter(|package| package.is_foreign) {
        for advisory in advisories.of(&package.name)? {
            if advisory.affects(&package.version) {
                let text = format!("{} ({}): {}", advisory.id, advisory.kind, advisory.title);
                found.push(package.finding(FindingClass::Advisory(advisory.id), text));
            }
        }
    }
    Ok(CheckResult::Found(found))
}

/// Finds the packages of which there is a newer, incompatible version.
fn duplicates(packages: &[LockedPackage]) -> Vec<Finding> {
    let mut newest: BTreeMap<&str, &LockedPackage> = BTreeMap::new();
    for package in packages {
        let known = newest.entry(&package.name).or_insert(package);
        if known.version < package.version {
            *known = package;
        }
    }
    let older = |package: &LockedPackage| {
        let newest = &newest[package.name.as_str()].version;
        let line = package.version.line();
        (line != newest.line()).then(|| {
            package.finding(
                FindingClass::Duplicate(line),
                format!("it is there as {newest}, too: `cargo tree -d`"),
            )
        })
    };
    packages.iter().filter_map(older).collect()
}

/// Finds the exceptions that are no longer needed. Those for advisories cannot be judged if that check is
/// skipped.
fn stale<'e>(exceptions: &'e [AcceptedFinding], checks: &[(&str, CheckResult)]) -> Vec<&'e AcceptedFinding> {
    let skipped = checks.iter().any(|(_, outcome)| matches!(outcome, CheckResult::Skipped(_)));
    let found: Vec<_> = checks
        .iter()
        .flat_map(|(_, outcome)| match outcome {
            CheckResult::Found(found) => found.as_slice(),
            CheckResult::Skipped(_) => &[],
        })
        .collect();
    let judged = exceptions.iter().filter(|one| !(skipped && matches!(one.what, FindingClass::Advisory(_))));
    judged.filter(|exception| !found.iter().any(|found| exception.covers(found))).collect()
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.package, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str, licence: &str) -> LockedPackage {
        LockedPackage {
            name: name.to_owned(),
            version: version.parse().expect("the test's version is one"),
            licence: licence.to_owned(),
            is_foreign: true,
        }
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_found() {
        let packages =
            [package("a", "1.0.0", "MIT"), package("b", "1.0.0", "GPL-3.0"), package("c", "1.0.0", "")];
        let found = licences(&packages, &["MIT".to_owned()]);
        assert_eq!(
            found.iter().map(|found| found.package.as_str()).collect::<Vec<_>>(),
            ["b 1.0.0", "c 1.0.0"]
        );
    }

    #[test]
    fn the_older_of_two_incompatible_versions_is_found() {
        let versions = ["0.8.1", "0.9.0", "0.9.2"].map(|version| package("a", version, "MIT"));
        let found = duplicates(&versions);
        assert_eq!(
            found.iter().map(|found| &found.what).collect::<Vec<_>>(),
            [&FindingClass::Duplicate("0.8".into())]
        );
    }

    #[test]
    fn an_exception_without_a_problem_is_stale() {
        let exception = |package: &str| AcceptedFinding {
            package: package.to_owned(),
            what: FindingClass::Duplicate("0.8".to_owned()),
            reason: "because".to_owned(),
        };
        let found = duplicates(&["0.8.1", "0.9.0"].map(|version| package("a", version, "MIT")));
        let exceptions = [exception("a"), exception("b")];
        let checks = [("versions", CheckResult::Found(found))];
        assert_eq!(stale(&exceptions, &checks), [&exceptions[1]]);
    }

    #[test]
    fn an_exception_that_cannot_be_judged_is_not_stale() {
        let what = FindingClass::Advisory("RUSTSEC-2025-0141".to_owned());
        let exceptions =
            [AcceptedFinding { package: "bincode".to_owned(), what, reason: "because".to_owned() }];
        assert!(
            stale(&exceptions, &[("advisories", CheckResult::Skipped("it is not there".to_owned()))])
                .is_empty()
        );
    }

    /// Tests the check with real advisories: known problems are found, and fixed versions are not.
    #[test]
    fn a_vulnerable_version_is_found_in_the_real_advisories() {
        let database = root().join(ADVISORIES);
        let packages = [
            package("smallvec", "0.6.5", "MIT"),
            package("smallvec", "1.16.6", "MIT"),
            package("tokio", "1.8.3", "MIT"),
            package("bincode", "1.3.3", "MIT"),
        ];
        let Ok(CheckResult::Found(found)) = advisories(&packages, &database) else { return };
        let of = |package: &str| found.iter().filter(|found| found.package == package).count();
        assert!(
            found.iter().any(|found| found.what == FindingClass::Advisory("RUSTSEC-2019-0009".to_owned()))
        );
        assert!(
            of("smallvec 0.6.5") >= 4 && of("tokio 1.8.3") >= 1 && of("bincode 1.3.3") == 1,
            "{found:#?}"
        );
        assert_eq!(of("smallvec 1.16.6"), 0, "{found:#?}");
    }
}
