//! Names columns by their headers, and concludes from a name what its values mean.

use std::collections::HashSet;

use sitegen_parser::{bare, composed};

use crate::schema::{ROW_COLUMNS, is_reserved};

/// The longest name.
const LONGEST: usize = 40;

/// Words of SQL and of templates. As names, they would have to be quoted, or could not be used at all.
const WORDS: &str = " add all alter and any as asc begin between by case cast check collate column commit create \
    current default delete desc distinct do drop each else end escape except exists explain false filter first for \
    foreign from full glob group groups having if in index inner insert intersect into is join key last left like \
    limit loop match natural no not nothing null nulls of offset on or order others outer over partition plan primary \
    query range recursive references release rename replace right row rows select self set table temp then ties to \
    transaction trigger true union unique update using vacuum values view when where window with without ";

/// Names that no column gets, each with the name that is used instead.
const INSTEAD: [(&str, &str); 3] = [("url", "link"), ("page", "page_number"), ("site", "website")];

/// Returns a name for each column by its header. All names differ and can be used in SQL and templates.
pub(super) fn all<'h>(headers: impl Iterator<Item = &'h str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let names = headers.enumerate().map(|(column, header)| {
        let name = one(header).unwrap_or_else(|| format!("column_{}", column + 1));
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
        let free = free.expect("numbers do not end");
        taken.insert(free.clone());
        free
    });
    names.collect()
}

fn one(header: &str) -> Option<String> {
    let name = snake(header)?;
    let instead =
        INSTEAD.iter().find(|(reserved, _)| *reserved == name).map(|(_, instead)| (*instead).to_owned());
    Some(match instead {
        Some(instead) => instead,
        None if is_word(&name) || is_reserved(&name) || ROW_COLUMNS.contains(&name.as_str()) => {
            format!("{name}_value")
        }
        None => name,
    })
}

/// A name for the dataset of a file, by the file's own.
pub fn dataset_name(stem: &str) -> String {
    match snake(stem) {
        Some(name) if is_word(&name) || is_reserved(&name) => format!("{name}_data"),
        Some(name) => name,
        None => "data".to_owned(),
    }
}

fn is_word(name: &str) -> bool {
    WORDS.split_whitespace().any(|word| word == name)
}

/// A text as a name in SQL and templates: letters without marks, digits and `_`. None if nothing is left.
pub fn snake(text: &str) -> Option<String> {
    let mut name = String::new();
    let mut was_small = false;
    for letter in composed(text).chars() {
        let Some(plain) = plain(letter) else {
            was_small = false;
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            continue;
        };
        if letter.is_uppercase() && was_small {
            name.push('_');
        }
        was_small = letter.is_lowercase() || letter.is_numeric();
        name.push_str(&plain.to_ascii_lowercase());
    }
    let name = shortened(name.trim_matches('_'));
    match name.bytes().next() {
        None => None,
        Some(byte) if byte.is_ascii_digit() => Some(format!("n{name}")),
        Some(_) => Some(name.to_owned()),
    }
}

/// Spells a letter in ASCII, if that is possible.
fn plain(letter: char) -> Option<String> {
    const OTHERS: [(char, &str); 8] =
        [('ß', "ss"), ('æ', "ae"), ('Æ', "ae"), ('œ', "oe"), ('ø', "o"), ('Ø', "o"), ('ł', "l"), ('Ł', "l")];
    let other = OTHERS.iter().find(|(known, _)| *known == letter).map(|(_, plain)| (*plain).to_owned());
    let plain = bare(letter).unwrap_or(letter);
    other.or_else(|| plain.is_ascii_alphanumeric().then(|| plain.to_string()))
}

/// Returns the first words of a name that is too long.
fn shortened(name: &str) -> &str {
    match name.get(..LONGEST) {
        Some(head) if name.len() > LONGEST => head.rsplit_once('_').map_or(head, |(words, _)| words),
        _ => name,
    }
}

fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split('_')
}

/// Returns true if digits under this name are a code, such as a postcode, with which nobody calculates.
pub(super) fn is_code(name: &str) -> bool {
    const CODES: [&str; 22] = [
        "sku",
        "ssn",
        "version",
        "barcode",
        "zip",
        "zipcode",
        "postcode",
        "postal",
        "plz",
        "phone",
        "tel",
        "telephone",
        "mobile",
        "fax",
        "isbn",
        "issn",
        "ean",
        "upc",
        "gtin",
        "iban",
        "siren",
        "siret",
    ];
    words(name).any(|word| CODES.contains(&word))
}

/// Returns true if 0 and 1 under this name mean no and yes.
pub(super) fn is_flag(name: &str) -> bool {
    const FIRST: [&str; 14] = [
        "is", "has", "had", "was", "can", "does", "did", "will", "should", "allows", "accepts", "needs",
        "uses", "offers",
    ];
    const ANY: [&str; 10] = [
        "flag",
        "active",
        "enabled",
        "disabled",
        "available",
        "verified",
        "allowed",
        "required",
        "deleted",
        "archived",
    ];
    words(name).next().is_some_and(|first| FIRST.contains(&first))
        || words(name).any(|word| ANY.contains(&word))
}

/// Returns true if numbers under this name are years.
pub(super) fn is_year(name: &str) -> bool {
    words(name).any(|word| {
        matches!(
            word,
            "year" | "years" | "founded" | "established" | "born" | "died" | "since" | "jahr" | "annee"
        )
    })
}

/// Returns true if values under this name identify rows.
pub(super) fn is_id(name: &str) -> bool {
    const IDS: [&str; 12] =
        ["id", "uuid", "guid", "key", "slug", "code", "sku", "isbn", "ean", "symbol", "identifier", "handle"];
    words(name).next_back().is_some_and(|last| IDS.contains(&last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_become_names() {
        for (header, name) in [
            ("Company Name", Some("company_name")),
            ("companyName", Some("company_name")),
            ("USD", Some("usd")),
            ("Größe (cm)", Some("grosse_cm")),
            ("2020", Some("n2020")),
            ("数", None),
            ("--", None),
        ] {
            assert_eq!(snake(header).as_deref(), name, "{header}");
        }
    }

    #[test]
    fn names_are_such_as_sql_and_templates_take() {
        let names = all(["", "a", "A", "a_2", "Order", "URL", "sqlite_x", "", "title"].into_iter());
        let expected =
            ["column_1", "a", "a_2", "a_2_2", "order_value", "link", "sqlite_x_value", "column_8", "title"];
        assert_eq!(names, expected);
    }
}
