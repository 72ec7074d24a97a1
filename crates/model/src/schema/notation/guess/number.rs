//! The forms of numbers: their marks, and what stands around them.

use super::FormGuess;
use crate::ground::trim;
use crate::schema::kind::float;
use crate::schema::notation::number::plain;
use crate::schema::notation::{Negative, Notation};

/// The marks before the fraction and between thousands, the most usual first.
const MARKS: [(char, Option<char>); 8] = [
    ('.', None),
    ('.', Some(',')),
    (',', None),
    (',', Some('.')),
    ('.', Some(' ')),
    (',', Some(' ')),
    ('.', Some('\'')),
    (',', Some('\'')),
];

/// Signs and codes of currencies.
const SIGNS: &str = "$€£¥₹₽₩₺₴₪₫";
const CODES: [&str; 24] = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "BRL", "MXN", "ZAR", "KRW", "kr", "Rs", "Rs.", "zł",
];

/// Letters behind a number that multiply it.
const FACTORS: [(&str, f64); 9] = [
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("Mio", 1e6),
    ("Mio.", 1e6),
    ("million", 1e6),
    ("B", 1e9),
    ("bn", 1e9),
    ("billion", 1e9),
];

/// The longest text around a number, and the most different ones.
const AFFIX: usize = 8;
const AFFIXES: usize = 3;

/// The longest text that is taken for a number.
const LONGEST: usize = 60;

/// The forms of the numbers of a column.
#[derive(Debug)]
pub(crate) struct NumberForms {
    declared: Notation,
    marks: Vec<MarkForm>,
    /// Each text around a number, with the count of numbers that have it.
    affixes: Vec<(String, usize)>,
    negative: Vec<Negative>,
    /// The factor that letters behind all numbers say; none before the first.
    factor: Option<f64>,
    /// The numbers that were taken, without zeros, which are the same in percent.
    count: usize,
}

/// A pair of marks that fits all numbers taken so far.
#[derive(Debug)]
struct MarkForm {
    decimal: char,
    thousands: Option<char>,
    is_whole: bool,
    range: Option<(f64, f64)>,
}

/// A number taken apart.
struct Written<'t> {
    is_negative: bool,
    mark: Option<Negative>,
    affixes: [&'t str; 2],
    digits: &'t str,
}

impl NumberForms {
    pub(super) fn new(declared: &Notation) -> Self {
        let is_free = declared.decimal.is_none() && declared.thousands.is_none();
        let declared_marks = (declared.decimal.unwrap_or('.'), declared.thousands);
        let marks = MARKS.into_iter().filter(|_| is_free).chain((!is_free).then_some(declared_marks));
        let form = |(decimal, thousands)| MarkForm { decimal, thousands, is_whole: true, range: None };
        Self {
            declared: declared.clone(),
            marks: marks.map(form).collect(),
            affixes: declared.strip.iter().map(|affix| (affix.clone(), 0)).collect(),
            negative: declared.negative.clone(),
            factor: None,
            count: 0,
        }
    }

    pub(super) fn keep_decimal(&mut self, mark: char) {
        self.marks.retain(|form| form.decimal == mark);
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
        let Some(written) = Written::read(text) else { return false };
        let factor = FACTORS.iter().find(|(letters, _)| *letters == written.affixes[1]);
        let factor = factor.map_or(1.0, |(_, factor)| *factor);
        // Of numbers with different letters, each would have to be multiplied by its own factor.
        if self.factor.is_some_and(|known| known.to_bits() != factor.to_bits()) {
            return false;
        }
        let affixes = written.affixes.into_iter().filter(|affix| !affix.is_empty());
        let new: Vec<_> =
            affixes.clone().filter(|affix| !self.affixes.iter().any(|(known, _)| known == affix)).collect();
        let fits = |form: &MarkForm| form.read(&written);
        let most = AFFIXES + self.declared.strip.len();
        if self.affixes.len() + new.len() > most || !self.marks.iter().any(|form| fits(form).is_some()) {
            return false;
        }
        self.factor = Some(factor);
        self.affixes.extend(new.into_iter().map(|affix| (affix.to_owned(), 0)));
        self.marks.retain_mut(|form| {
            let Some(number) = form.read(&written) else { return false };
            form.is_whole &= number.fract() == 0.0 && !written.digits.contains(form.decimal);
            let (least, most) = form.range.unwrap_or((number, number));
            form.range = Some((least.min(number), most.max(number)));
            true
        });
        let is_zero = written.digits.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0');
        self.count += usize::from(!is_zero);
        for (_, count) in
            self.affixes.iter_mut().filter(|(known, _)| written.affixes.contains(&known.as_str()))
        {
            *count += usize::from(!is_zero);
        }
        self.negative.extend(written.mark.filter(|mark| !self.negative.contains(mark)));
        true
    }

    pub(super) fn guess(&self) -> Option<FormGuess> {
        let form = self.marks.first()?;
        let is_share = self.affixes.iter().any(|(affix, count)| affix == "%" && *count == self.count);
        let notation = |form: &MarkForm| Notation {
            decimal: Some(form.decimal).filter(|mark| *mark != '.'),
            thousands: form.thousands,
            strip: self.affixes.iter().map(|(affix, _)| affix.clone()).collect(),
            negative: self.negative.clone(),
            scale: self.declared.scale.or(self.factor.filter(|factor| *factor > 1.0)),
            ..Notation::default()
        };
        let other = self.marks[1..].iter().find(|other| other.range != form.range).map(notation);
        let hundredths = || Notation { scale: Some(0.01), ..notation(form) };
        let is_usual =
            |(affix, _): &(String, usize)| if affix == "%" { is_share } else { is_currency(affix) };
        Some(FormGuess {
            other: other.or_else(|| (is_share && self.declared.scale.is_none()).then(hundredths)),
            is_whole: form.is_whole || self.factor.is_some_and(|factor| factor > 1.0),
            range: form.range,
            is_usual: self.affixes.iter().all(is_usual),
            notation: notation(form),
            has_time: false,
        })
    }
}

impl MarkForm {
    fn read(&self, written: &Written) -> Option<f64> {
        let number = float(&plain(written.digits, self.decimal, self.thousands)?)?;
        Some(if written.is_negative { -number } else { number })
    }
}

impl<'t> Written<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit();
        let mut start = text.find(is_digit).filter(|_| text.len() <= LONGEST)?;
        let end = text.rfind(is_digit)? + 1;
        start -= usize::from(text[..start].ends_with(['.', ',']));
        let (before, after) = (trim(&text[..start]), trim(&text[end..]));
        let opened = before.strip_prefix('(').or_else(|| before.strip_suffix('('));
        let closed = after.strip_suffix(')').or_else(|| after.strip_prefix(')'));
        let (before, after, mark) = match (opened, closed) {
            (Some(before), Some(after)) => (trim(before), trim(after), Some(Negative::Parentheses)),
            _ => (before, after, None),
        };
        let signs = ['-', '−', '+'];
        let unsigned = trim(before.trim_start_matches(signs).trim_end_matches(signs));
        let untrailed = trim(after.trim_start_matches(['-', '−']).trim_end_matches(['-', '−']));
        let trailing = (untrailed.len() < after.len()).then_some(Negative::Trailing);
        let is_below = before.contains(['-', '−']);
        let count = before.matches(signs).count() + after.matches(signs).count() + mark.iter().count();
        let mark = mark.or(trailing);
        let affixes = [unsigned, untrailed];
        let is_known = unsigned.is_empty() || is_currency(unsigned);
        (count <= 1 && is_known && is_suffix(untrailed)).then(|| Self {
            is_negative: is_below || mark.is_some(),
            mark,
            affixes,
            digits: &text[start..end],
        })
    }
}

/// Returns true if a text can stand behind a number: a currency, or a short unit.
fn is_suffix(text: &str) -> bool {
    let refused =
        |c: char| matches!(c, '(' | ')' | '-' | '−' | '+' | ',' | ';' | ':' | '"' | '#') || c.is_control();
    text.chars().count() <= AFFIX && !text.contains(refused)
}

/// Returns true if a text is a code or a sign of a currency, perhaps with letters such as those of `US$`.
fn is_currency(text: &str) -> bool {
    let letters = text.trim_matches(|c| SIGNS.contains(c));
    let is_signed = letters.len() < text.len()
        && letters.len() <= 3
        && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    CODES.contains(&text) || is_signed
}
