//! Plural categories of counts, by the rules of CLDR for whole numbers
//! (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>).

use sitegen_parser::Table;

/// A plural category, by its CLDR name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// `zero`
    Zero,
    /// `one`
    One,
    /// `two`
    Two,
    /// `few`
    Few,
    /// `many`
    Many,
    /// `other`: all counts that are in no other category.
    Other,
}

use Category::{Few, Many, One, Other, Two, Zero};

impl Category {
    /// Finds a category by its name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "zero" => Zero,
            "one" => One,
            "two" => Two,
            "few" => Few,
            "many" => Many,
            "other" => Other,
            _ => return None,
        })
    }

    /// Returns true if all keys of a table are categories, so that the table holds the plural forms of one
    /// message.
    pub(crate) fn are_all(table: &Table) -> bool {
        !table.entries.is_empty() && table.entries.iter().all(|entry| Self::named(&entry.key.value).is_some())
    }

    /// Returns the category of a count in a language, given as a BCP 47 tag. An unknown language counts like
    /// English.
    pub(crate) fn of(language: &str, count: u64) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        match primary {
            "id" | "ja" | "km" | "ko" | "lo" | "ms" | "my" | "th" | "vi" | "yo" | "yue" | "zh" => Other,
            "am" | "as" | "bn" | "fa" | "gu" | "hi" | "hy" | "kn" | "pa" | "zu" => one_if(count <= 1),
            "fr" | "pt" => millions(count, count <= 1),
            "es" | "it" | "ca" => millions(count, count == 1),
            "ru" | "uk" | "be" => slavic(count, Many),
            "sr" | "hr" | "bs" => slavic(count, Other),
            "pl" if count == 1 => One,
            "pl" if slavic(count, Many) == Few => Few,
            "pl" => Many,
            "cs" | "sk" => pick(&[(One, count == 1), (Few, (2..=4).contains(&count))]),
            "is" | "mk" => one_if(count % 10 == 1 && count % 100 != 11),
            "he" => pick(&[(One, count == 1), (Two, count == 2)]),
            _ => others(primary, count),
        }
    }
}

fn others(language: &str, count: u64) -> Category {
    let (tens, hundreds) = (count % 10, count % 100);
    let teens = (11..=19).contains(&hundreds);
    match language {
        "lt" => pick(&[(One, tens == 1 && !teens), (Few, tens >= 2 && !teens)]),
        "lv" => pick(&[(Zero, tens == 0 || teens), (One, tens == 1)]),
        "ro" => pick(&[(One, count == 1), (Few, count == 0 || (1..=19).contains(&hundreds))]),
        "sl" => pick(&[(One, hundreds == 1), (Two, hundreds == 2), (Few, matches!(hundreds, 3 | 4))]),
        "ga" => pick(&[
            (One, count == 1),
            (Two, count == 2),
            (Few, count <= 6 && count > 2),
            (Many, (7..=10).contains(&count)),
        ]),
        "cy" => pick(&[
            (Zero, count == 0),
            (One, count == 1),
            (Two, count == 2),
            (Few, count == 3),
            (Many, count == 6),
        ]),
        "mt" => pick(&[
            (One, count == 1),
            (Two, count == 2),
            (Few, count == 0 || (3..=10).contains(&hundreds)),
            (Many, teens),
        ]),
        "ar" => pick(&[
            (Zero, count == 0),
            (One, count == 1),
            (Two, count == 2),
            (Few, (3..=10).contains(&hundreds)),
            (Many, hundreds >= 11),
        ]),
        _ => one_if(count == 1),
    }
}

/// Returns the first category whose condition holds.
fn pick(categories: &[(Category, bool)]) -> Category {
    categories.iter().find(|(_, holds)| *holds).map_or(Other, |(category, _)| *category)
}

fn one_if(one: bool) -> Category {
    if one { One } else { Other }
}

fn millions(count: u64, one: bool) -> Category {
    pick(&[(One, one), (Many, count != 0 && count.is_multiple_of(1_000_000))])
}

fn slavic(count: u64, rest: Category) -> Category {
    let (tens, hundreds) = (count % 10, count % 100);
    if tens == 1 && hundreds != 11 {
        One
    } else if (2..=4).contains(&tens) && !(12..=14).contains(&hundreds) {
        Few
    } else {
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_the_form_of_their_language() {
        let forms = |language, counts: [u64; 6]| counts.map(|count| Category::of(language, count));
        assert_eq!(forms("en-GB", [0, 1, 2, 5, 11, 21]), [Other, One, Other, Other, Other, Other]);
        assert_eq!(forms("fr", [0, 1, 2, 5, 11, 1_000_000]), [One, One, Other, Other, Other, Many]);
        assert_eq!(forms("ru", [0, 1, 2, 5, 11, 21]), [Many, One, Few, Many, Many, One]);
        assert_eq!(forms("pl", [0, 1, 2, 5, 12, 22]), [Many, One, Few, Many, Many, Few]);
        assert_eq!(forms("ar", [0, 1, 2, 3, 11, 100]), [Zero, One, Two, Few, Many, Other]);
        assert_eq!(forms("lv", [0, 1, 2, 11, 20, 21]), [Zero, One, Other, Zero, Zero, One]);
        assert_eq!(forms("ja", [0, 1, 2, 5, 11, 21]), [Other; 6]);
    }
}
