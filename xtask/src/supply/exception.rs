//! The allowed licenses, and the exceptions from all checks, each with its reason: `xtask/supply.toml`.

use std::fmt;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

use super::{Finding, FindingClass};

/// The rules for packages of others.
#[derive(Debug)]
pub(super) struct SupplyRules {
    /// The ids of allowed licenses.
    pub(super) licences: Vec<String>,
    pub(super) exceptions: Vec<AcceptedFinding>,
}

/// A problem that is known and accepted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AcceptedFinding {
    pub(super) package: String,
    pub(super) what: FindingClass,
    pub(super) reason: String,
}

impl SupplyRules {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is malformed.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string());
        text.and_then(|text| Self::parse(&text)).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Keeps the problems that no exception covers.
    pub(super) fn without_exceptions(&self, mut found: Vec<Finding>) -> Vec<Finding> {
        found.retain(|found| !self.exceptions.iter().any(|exception| exception.covers(found)));
        found
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|error| format!("{error}"))?;
        known(&table, &["licences", "exception"])?;
        let licences = table.get("licences").and_then(Value::as_array).ok_or("`licences` is no list")?;
        let licence = |id: &Value| id.as_str().map(str::to_owned).ok_or("`licences` holds what is no text");
        let exceptions = match table.get("exception") {
            None => &Vec::new(),
            Some(exceptions) => exceptions.as_array().ok_or("write `[[exception]]`")?,
        };
        Ok(Self {
            licences: licences.iter().map(licence).collect::<Result<_, _>>()?,
            exceptions: exceptions.iter().map(AcceptedFinding::parse).collect::<Result<_, _>>()?,
        })
    }
}

impl AcceptedFinding {
    /// Returns true if the exception is about a problem. Any version of the package counts.
    pub(super) fn covers(&self, found: &Finding) -> bool {
        let name = found.package.split(' ').next();
        name == Some(self.package.as_str()) && self.what == found.what
    }

    fn parse(value: &Value) -> Result<Self, String> {
        let table = value.as_table().ok_or("write `[[exception]]`")?;
        known(table, &["package", "reason", "licence", "advisory", "duplicate"])?;
        let text =
            |key: &str| table.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let package = text("package").ok_or("an exception lacks its `package`")?.to_owned();
        let whats = [
            text("licence").map(|id| FindingClass::Licence(id.to_owned())),
            text("advisory").map(|id| FindingClass::Advisory(id.to_owned())),
            text("duplicate").map(|line| FindingClass::Duplicate(line.to_owned())),
        ];
        let mut whats = whats.into_iter().flatten();
        let (Some(what), None) = (whats.next(), whats.next()) else {
            return Err(format!(
                "the exception for {package} needs one of `licence`, `advisory` and `duplicate`"
            ));
        };
        let reason =
            text("reason").ok_or_else(|| format!("the exception for {package} lacks its `reason`"))?;
        Ok(Self { package, what, reason: reason.to_owned() })
    }
}

/// Refuses unknown keys, because they are mistakes.
fn known(table: &Table, keys: &[&str]) -> Result<(), String> {
    match table.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("`{key}` is not known; there are `{}`", keys.join("`, `"))),
        None => Ok(()),
    }
}

impl fmt::Display for AcceptedFinding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (FindingClass::Licence(what) | FindingClass::Advisory(what) | FindingClass::Duplicate(what)) =
            &self.what;
        write!(formatter, "{}: nothing needs the exception for {what} any longer, so remove it", self.package)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str =
        "licences = [\"MIT\"]\n[[exception]]\npackage = \"a\"\nadvisory = \"R-1\"\nreason = \"because\"\n";

    fn finding(package: &str, what: FindingClass) -> Finding {
        Finding { package: package.to_owned(), what, text: String::new() }
    }

    #[test]
    fn an_exception_covers_one_problem_of_one_package() {
        let policy = SupplyRules::parse(ONE).expect("it is a policy");
        let advisory = |id: &str| FindingClass::Advisory(id.to_owned());
        let others = [finding("a 1.0.0", advisory("R-2")), finding("ab 1.0.0", advisory("R-1"))];
        let mut found = vec![finding("a 1.0.0", advisory("R-1"))];
        found.extend(others.iter().cloned());
        assert_eq!(policy.without_exceptions(found), others);
    }

    #[test]
    fn what_is_no_policy_is_an_error() {
        let error =
            |from: &str, to: &str| SupplyRules::parse(&ONE.replace(from, to)).expect_err("it is wrong");
        assert!(error("reason", "raison").contains("`raison` is not known"));
        assert!(error("\"because\"", "\" \"").contains("lacks its `reason`"));
        assert!(error("advisory = \"R-1\"\n", "").contains("needs one of"));
        assert!(error("package = \"a\"", "duplicate = \"1\"").contains("lacks its `package`"));
        assert!(error("[[exception]]", "[exception]").contains("[[exception]]"));
        assert!(error("[\"MIT\"]", "1").contains("no list"));
    }
}
