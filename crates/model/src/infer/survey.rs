//! Collects counts and examples of a column's values, row by row.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHashSet};
use siphasher::sip::SipHasher13;
use sitegen_parser::{Cell, Datum, composed};

use super::list::SplitCounts;
use super::look::Look;
use super::null::Nulls;
use crate::ground::{trim, url};
use crate::schema::{CellForms, FormGuess, Kind, bool, float, int, is_date, is_datetime};

/// The number of different values of a column that are kept and counted.
const MOST: usize = 2_000;

/// The number of characters that are kept of a value.
const SHOWN: usize = 80;

/// The number of different examples that are kept of values that do not fit a type.
const ODD: usize = 3;

/// The longest value by which rows are known.
const LONGEST_KEY: usize = 200;

/// A value of a column.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The text, without the white space around it; only its beginning if it is long.
    pub text: String,
    /// The number of cells of the column that hold the value.
    pub count: usize,
}

/// The types that a text can be of beside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CandidateType {
    Int,
    Float,
    Bool,
    Date,
    Datetime,
    Url,
}

pub(super) const CANDIDATES: [CandidateType; 6] = [
    CandidateType::Int,
    CandidateType::Float,
    CandidateType::Bool,
    CandidateType::Date,
    CandidateType::Datetime,
    CandidateType::Url,
];

/// The counts and examples of a column's values.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub filled: usize,
    /// The number of cells that are missing, null or blank.
    pub empty: usize,
    pub nulls: Nulls,
    pub longest: usize,
    /// For each candidate type, the values that do not fit it.
    pub misfits: [Misfits; CANDIDATES.len()],
    pub digits: Digits,
    pub looks: Looks,
    pub forms: FormSurvey,
    pub lists: SplitCounts,
    pub distinct: Distinct,
    pub numbers: Option<(f64, f64)>,
    pub days: Option<(String, String)>,
    /// JSON's arrays.
    pub arrays: usize,
    pub items: Items,
    /// JSON's objects, and arrays that hold some.
    pub objects: usize,
}

/// The notations in which all cells of a column can be read, as numbers, dates or truth values.
#[derive(Debug)]
pub(super) struct FormSurvey(Vec<CellForms>);

impl Default for FormSurvey {
    fn default() -> Self {
        Self(CellForms::all().into())
    }
}

impl FormSurvey {
    fn take(&mut self, text: &str) {
        self.0.retain_mut(|forms| forms.take(text));
    }

    /// Returns the notation of all cells and their type; none if some cells are in no form that is sure.
    pub(super) fn guess(&self) -> Option<(Kind, FormGuess)> {
        let guesses = self.0.iter().filter_map(|forms| Some((forms, forms.guess()?)));
        let typed = guesses.map(|(forms, guess)| match forms {
            CellForms::Number(_) if guess.is_whole => (Kind::Int, guess),
            CellForms::Number(_) => (Kind::Float, guess),
            CellForms::Day(_) if guess.has_time => (Kind::Datetime, guess),
            CellForms::Day(_) => (Kind::Date, guess),
            CellForms::Truth(_) => (Kind::Bool, guess),
        });
        // Nobody can tell the day from the month.
        let is_sure = |(kind, guess): &(Kind, FormGuess)| {
            guess.is_usual && (guess.other.is_none() || matches!(kind, Kind::Int | Kind::Float))
        };
        typed.into_iter().find(is_sure)
    }
}

#[derive(Debug, Default)]
pub(super) struct Misfits {
    pub count: usize,
    pub first: Vec<(String, usize)>,
}

/// Counts of a column's numbers, by how they are written.
#[derive(Debug, Default)]
pub(super) struct Digits {
    /// Such as 007.
    pub zeros: usize,
    /// More digits than a number of JavaScript's holds.
    pub long: usize,
    /// With a point, whole or not.
    pub dotted: usize,
    /// More digits than a fraction holds.
    pub precise: usize,
    /// A fraction that ends in a zero, such as 1.10.
    pub padded: usize,
    /// With an exponent.
    pub exponent: usize,
    /// Other than 0 and 1.
    pub beyond_one: usize,
    /// Not as a program writes the whole number.
    pub odd: usize,
}

/// The looks of a column's texts, each with the number of texts that have it.
#[derive(Debug, Default)]
pub(super) struct Looks(Vec<(Look, usize)>);

/// Counts of the items in JSON's arrays: all, those that are no whole numbers, and those that are no numbers.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub count: usize,
    pub not_int: usize,
    pub not_float: usize,
}

/// The different values of a column.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    pub seen: FxHashMap<u64, Seen>,
    /// True if there are more different values than `seen` may hold.
    pub is_open: bool,
    /// The hashes of the values that `seen` does not hold, as long as no value has recurred.
    others: FxHashSet<u64>,
    /// True if some value recurs, or if some value is one by which nobody identifies rows.
    pub recurs: bool,
}

impl Survey {
    pub(super) fn take(&mut self, cell: Option<&Cell>, line: usize) {
        match cell.map(|cell| &cell.value) {
            None | Some(Datum::Null) => self.empty += 1,
            Some(Datum::Text(text) | Datum::Literal(text)) => match trim(text) {
                "" => self.empty += 1,
                text if self.nulls.take(text) => {}
                text => self.take_text(text, line),
            },
            Some(Datum::List(items)) => {
                self.arrays += 1;
                for item in items {
                    self.items.take(item);
                    if let Datum::Text(text) | Datum::Literal(text) = item {
                        self.distinct.take(trim(text), false);
                    }
                }
            }
            Some(Datum::Nested(_)) => self.objects += 1,
        }
    }

    fn take_text(&mut self, text: &str, line: usize) {
        self.filled += 1;
        self.longest = self.longest.max(text.chars().count());
        let fits = fits(text);
        for (misfits, _) in self.misfits.iter_mut().zip(fits).filter(|(_, fits)| !fits) {
            misfits.take(text, line);
        }
        let [is_int, is_float, _, is_day, is_time, _] = fits;
        if is_int || is_float {
            self.digits.take(text);
            if let Some(value) = float(text) {
                let (least, most) = self.numbers.unwrap_or((value, value));
                self.numbers = Some((least.min(value), most.max(value)));
            }
        } else if is_day || is_time {
            self.take_day(text);
        } else {
            self.looks.take(text);
            self.lists.take(text);
        }
        self.forms.take(text);
        self.distinct.take(text, is_float && !is_int);
    }

    fn take_day(&mut self, text: &str) {
        let (first, last) = self.days.get_or_insert_with(|| (text.to_owned(), text.to_owned()));
        if text < first.as_str() {
            text.clone_into(first);
        }
        if text > last.as_str() {
            text.clone_into(last);
        }
    }

    /// Returns the values that do not fit a type.
    pub(super) fn misfits(&self, form: CandidateType) -> &Misfits {
        &self.misfits[form as usize]
    }
}

/// Returns, for each candidate type, whether a text fits it.
fn fits(text: &str) -> [bool; CANDIDATES.len()] {
    let is_like_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    if is_like_number {
        let is_int = int(text).is_some();
        let is_float = is_int || float(text).is_some();
        [
            is_int,
            is_float,
            bool(text).is_some(),
            !is_float && is_date(text),
            !is_float && is_datetime(text),
            false,
        ]
    } else {
        let is_url = url::whole_objection(text).is_none();
        [false, false, bool(text).is_some(), false, false, is_url]
    }
}

impl Misfits {
    fn take(&mut self, text: &str, line: usize) {
        self.count += 1;
        if self.first.len() < ODD {
            let text = shown(text);
            if self.first.iter().all(|(known, _)| *known != text) {
                self.first.push((text, line));
            }
        }
    }
}

impl Digits {
    fn take(&mut self, text: &str) {
        let digits = text.trim_start_matches(['+', '-']);
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        self.zeros += usize::from(is_plain && digits.len() > 1 && digits.starts_with('0'));
        self.long += usize::from(is_plain && digits.len() > 15);
        self.dotted += usize::from(digits.contains('.'));
        self.take_fraction(digits);
        self.exponent += usize::from(digits.contains(['e', 'E']));
        self.beyond_one += usize::from(!matches!(text, "0" | "1"));
        self.odd += usize::from(!is_plain || text.starts_with('+') || text == "-0");
    }
}

impl Digits {
    fn take_fraction(&mut self, digits: &str) {
        let Some((whole, fraction)) = digits.split_once('.') else { return };
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        self.precise += usize::from(whole.trim_start_matches('0').len() + fraction.len() > 17);
        self.padded += usize::from(fraction.len() > 1 && fraction.ends_with('0'));
    }
}

impl Looks {
    fn take(&mut self, text: &str) {
        let Some(look) = Look::of(text) else { return };
        match self.0.iter_mut().find(|(known, _)| *known == look) {
            Some((_, count)) => *count += 1,
            None => self.0.push((look, 1)),
        }
    }

    /// Returns the look of nine in ten of the column's texts. Plain numbers count as well if it is a look of
    /// numbers: `300` beside `1,200`.
    pub(super) fn of_most(&self, filled: usize, plain: usize) -> Option<Look> {
        let count: usize = self.0.iter().map(|(_, count)| count).sum();
        let mut looks = self.0.iter().map(|(look, _)| *look);
        let first = looks.next()?;
        let look = looks.try_fold(first, Look::with)?;
        let plain = if look.is_number() { plain } else { 0 };
        ((count + plain) * 10 >= filled * 9).then_some(look)
    }
}

impl Items {
    fn take(&mut self, item: &Datum) {
        let (Datum::Text(text) | Datum::Literal(text)) = item else { return };
        let text = trim(text);
        self.count += 1;
        self.not_int += usize::from(int(text).is_none());
        self.not_float += usize::from(float(text).is_none());
    }
}

impl Distinct {
    fn take(&mut self, text: &str, is_fraction: bool) {
        let hash = hash(text);
        // Nobody identifies rows by fractions or long texts.
        self.recurs |= is_fraction || text.len() > LONGEST_KEY;
        if let Some(seen) = self.seen.get_mut(&hash) {
            seen.count += 1;
            self.recurs = true;
        } else if self.seen.len() < MOST {
            self.seen.insert(hash, Seen { text: shown(text), count: 1 });
        } else {
            self.is_open = true;
            if !self.recurs {
                self.recurs = !self.others.insert(hash);
            }
        }
        if self.recurs && !self.others.is_empty() {
            self.others = FxHashSet::default();
        }
    }
}

/// Hashes a text in its composed form. Different texts share a hash with a chance of one in 2^64.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(composed(text).as_bytes());
    hasher.finish()
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
