//! The words of a directory, which are found in the names of the file and its columns.

use sitegen_parser::slugify;

pub(super) struct Wording {
    /// The title of the site.
    pub title: String,
    /// The word for a row.
    pub one: String,
    /// The word for rows.
    pub many: String,
}

/// Words that are written in capitals.
const CAPITALS: &str = " ai api chf co2 cpu eu eur gbp gdp gpu html http id ip isbn it jpy kpi uk un uri url us usa usd \
    ui ux vat xml ";

/// Currencies, and words in names of columns that mean one of them.
const CURRENCIES: [&str; 12] =
    ["usd", "eur", "gbp", "chf", "jpy", "cad", "aud", "inr", "cny", "sek", "nok", "dkk"];
const MONEY: [&str; 3] = ["dollars", "euros", "pounds"];

impl Wording {
    /// Chooses words by the name of the file and of the column that names its rows.
    pub(super) fn new(stem: &str, title: Option<&str>, named_by: Option<&str>) -> Self {
        let stem = label(stem);
        let title = title.map_or_else(|| stem.clone(), str::to_owned);
        let by_column = named_by.and_then(thing_named);
        let last = stem.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let is_short = stem.split(' ').count() <= 2;
        let (one, many) = match (by_column, singular(&last)) {
            (_, Some(one)) if is_short => (one, last),
            (Some(one), _) => {
                let many = plural(&one);
                (one, many)
            }
            _ => ("entry".to_owned(), "entries".to_owned()),
        };
        Self { title, one, many }
    }

    /// Returns the folder of the things' pages; none if the theme has other pages there.
    pub(super) fn folder(&self) -> Option<String> {
        const TAKEN: [&str; 8] =
            ["by", "compare", "search", "search-data", "data", "page", "things", "cards"];
        Some(slugify(&self.many)).filter(|slug| !slug.is_empty() && !TAKEN.contains(&&**slug))
    }
}

/// Returns the word for things in the name of a column: `company` in `company_name`.
fn thing_named(column: &str) -> Option<String> {
    let words: Vec<_> = words(column)
        .filter(|word| !is_generic(word) && word.chars().all(|c| c.is_ascii_alphabetic()))
        .collect();
    (!words.is_empty() && words.len() <= 2).then(|| words.join(" "))
}

/// Splits a name in snake case into words.
pub(super) fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split('_')
}

/// Returns true if a word only says that something is a name.
pub(super) fn is_generic(word: &str) -> bool {
    matches!(word, "name" | "title" | "label" | "entry" | "item" | "names" | "titles")
}

/// Returns true if values with this name are codes, which are looked up and not read.
pub(super) fn is_code(name: &str) -> bool {
    words(name).any(|word| {
        matches!(
            word,
            "id" | "ids"
                | "uuid"
                | "code"
                | "key"
                | "zip"
                | "postcode"
                | "phone"
                | "telephone"
                | "mobile"
                | "sku"
                | "version"
                | "email"
                | "mail"
                | "address"
                | "slug"
                | "link"
        )
    })
}

/// Returns true if numbers with this name are percentages.
pub(super) fn is_percent(name: &str) -> bool {
    words(name).any(|word| matches!(word, "percent" | "pct" | "percentage"))
}

/// Returns the currency of amounts with this name, if it tells.
pub(super) fn currency(name: &str) -> Option<String> {
    let found = words(name).find_map(|word| {
        let named = MONEY.iter().position(|money| *money == word).map(|at| CURRENCIES[at]);
        CURRENCIES.iter().copied().find(|currency| *currency == word).or(named)
    });
    found.map(str::to_ascii_uppercase)
}

/// Returns the currency that a sign or code beside an amount most commonly means.
pub(super) fn sign(text: &str) -> Option<String> {
    const SIGNS: [(&str, &str); 7] =
        [("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("₩", "KRW"), ("₽", "RUB")];
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let signed = SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| (*code).to_owned());
    signed.or_else(|| is_code.then(|| text.to_owned()))
}

/// Makes a label of a name: `Salary in USD` of `salary_in_usd`. A name with capitals or spaces is a label
/// already.
pub(super) fn label(header: &str) -> String {
    let header = header.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_label = header.contains(' ')
        || header.chars().skip(1).any(char::is_uppercase) && !header.contains(['_', '-']);
    if is_label {
        return capitalized(&header);
    }
    let words = header.split(['_', '-']).filter(|word| !word.is_empty());
    let words = words.map(|word| {
        if CAPITALS.contains(&format!(" {} ", word.to_lowercase())) {
            word.to_uppercase()
        } else if word.chars().any(char::is_lowercase) {
            word.to_owned()
        } else {
            word.to_lowercase()
        }
    });
    capitalized(&words.collect::<Vec<_>>().join(" "))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns the singular of an English plural.
fn singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']))?;
    if let Some(stem) =
        stem.strip_suffix("ie").filter(|stem| stem.len() > 1 && *stem != "mov" && *stem != "cook")
    {
        return Some(format!("{stem}y"));
    }
    let is_hissing = |stem: &&str| ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end));
    Some(
        stem.strip_suffix('e')
            .filter(|stem| is_hissing(stem) && !stem.ends_with("us"))
            .unwrap_or(stem)
            .to_owned(),
    )
}

/// Returns the plural of an English singular.
fn plural(word: &str) -> String {
    let consonant_y = |stem: &&str| !stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    if let Some(stem) = word.strip_suffix('y').filter(consonant_y) {
        return format!("{stem}ies");
    }
    let is_hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    format!("{word}{}", if is_hissing { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_words() {
        for (header, expected) in [
            ("salary_in_usd", "Salary in USD"),
            ("experience_level", "Experience level"),
            ("Total comp (USD)", "Total comp (USD)"),
            ("companyName", "CompanyName"),
            ("COUNTRY", "COUNTRY"),
            ("hiring-without-whiteboards", "Hiring without whiteboards"),
        ] {
            assert_eq!(label(header), expected);
        }
    }

    #[test]
    fn things_are_called_by_the_file_or_by_their_names() {
        for (stem, column, one, many) in [
            ("companies", Some("name"), "company", "companies"),
            ("hiring-without-whiteboards", Some("company"), "company", "companies"),
            ("aijobs-salaries", None, "salary", "salaries"),
            ("data", Some("city_name"), "city", "cities"),
            ("bls-oews-2025", None, "entry", "entries"),
            ("boxes", Some("title"), "box", "boxes"),
            ("houses", None, "house", "houses"),
        ] {
            let words = Wording::new(stem, None, column);
            assert_eq!((&*words.one, &*words.many), (one, many), "{stem}");
        }
    }
}
