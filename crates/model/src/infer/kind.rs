//! Concludes the type of a column from the counts of its values.

use rustc_hash::FxHashSet;

use super::name::{is_code, is_flag, is_year};
use super::survey::{CandidateType, Seen, Survey, hash};
use super::{Inference, Inferred, Note, Odd};
use crate::schema::{Kind, Locator, Notation, Strength, float};

/// The most words that a choice has, and the most characters that each has.
const WORDS: usize = 12;
const WORD: usize = 24;

/// The number of values among which one may be odd without changing the column's type.
const ODD: usize = 100;

impl Survey {
    /// Concludes the facts about a column after the last of so many rows.
    ///
    /// # Errors
    ///
    /// No dataset can have the column; the text says why.
    pub(super) fn conclude(
        mut self,
        name: String,
        locator: Locator,
        rows: usize,
    ) -> Result<Inference, &'static str> {
        if self.objects == 0 && self.arrays > 0 && self.filled + self.nulls.0.len() > 0 {
            return Err("it holds lists and values that are none");
        }
        let (kind, mut note, odd) = self.choose(&name);
        let (kind, notation) = match self.noted(&kind, note, &name) {
            Some((kind, notation, remark)) => {
                note = remark;
                (kind, Some(notation))
            }
            None => (kind, None),
        };
        let odd = odd.filter(|_| notation.is_none());
        let is_text = matches!(kind, Kind::String) && self.objects == 0;
        if is_text {
            self.take_back_words();
        }
        let null: Vec<_> = self.nulls.0.iter().map(|null| null.word.clone()).collect();
        let filled = self.filled + self.arrays + self.objects;
        let separator = self.lists.separator(filled).filter(|_| is_text && odd.is_none());
        let words = self.words().filter(|_| is_text && separator.is_none() && odd.is_none());
        let kind = match (words, separator) {
            (Some(words), _) => Kind::Enum(words),
            (None, Some(_)) => Kind::List(Box::new(Kind::String)),
            (None, None) => kind,
        };
        let min = self.numbers.filter(|(least, _)| *least >= 0.0 && !self.is_year(&name));
        let min = min.filter(|_| matches!(kind, Kind::Int | Kind::Float)).map(|_| 0.0);
        let look = self
            .looks
            .of_most(filled, self.filled - self.misfits(CandidateType::Float).count)
            .filter(|_| is_text);
        let kind = if self.objects > 0 { Kind::Any } else { kind };
        let recurs =
            self.objects > 0 || self.distinct.recurs || self.digits.odd > 0 && !is_text || self.arrays > 0;
        Ok(Inference {
            optional: filled < rows,
            null,
            split: separator,
            min,
            // Different texts can be one value, such as 1,000 and 1000.
            unique: notation.is_none() && !recurs && filled == rows && rows > 1,
            filled,
            distinct: (!self.distinct.is_open).then_some(self.distinct.seen.len()),
            range: self.range(&kind),
            longest: self.longest,
            seen: self.most_frequent(),
            odd,
            look,
            note,
            notation: notation.unwrap_or_default(),
            name,
            locator,
            kind,
        })
    }

    /// Returns the type and the notation of a column that is text unless it declares a notation. The range of
    /// its values is that of what they mean.
    fn noted(
        &mut self,
        kind: &Kind,
        note: Option<Note>,
        name: &str,
    ) -> Option<(Kind, Notation, Option<Note>)> {
        let is_text = matches!(kind, Kind::String) && matches!(note, None | Some(Note::MixedDates));
        if !is_text || self.filled == 0 || self.arrays > 0 {
            return None;
        }
        let (kind, guess) = self.forms.guess()?;
        let is_number = matches!(kind, Kind::Int | Kind::Float);
        if is_number && (self.digits.zeros + self.digits.long > 0 || is_code(name)) {
            return None;
        }
        self.numbers = guess.range;
        self.days = None;
        let is_either = guess.notation.scale == guess.other.as_ref().and_then(|other| other.scale);
        let remark = guess.other.filter(|_| is_either).map(|_| Note::EitherMark);
        Some((kind, guess.notation, remark))
    }

    fn choose(&self, name: &str) -> (Kind, Option<Note>, Option<Odd>) {
        if self.arrays > 0 {
            return (Kind::List(Box::new(self.item())), None, None);
        }
        if self.filled == 0 {
            return (Kind::String, None, None);
        }
        let fits = |form: CandidateType| self.misfits(form).count == 0;
        if fits(CandidateType::Float) {
            let (kind, note) = self.number(name);
            return (kind, note, None);
        }
        for (form, kind) in [
            (CandidateType::Bool, Kind::Bool),
            (CandidateType::Date, Kind::Date),
            (CandidateType::Datetime, Kind::Datetime),
            (CandidateType::Url, Kind::Url),
        ] {
            if fits(form) {
                return (kind, None, None);
            }
        }
        if self.misfits(CandidateType::Date).count + self.misfits(CandidateType::Datetime).count
            == self.filled
        {
            return (Kind::String, Some(Note::MixedDates), None);
        }
        self.among_odd(name)
    }

    /// Returns the type of a column of numbers, with a note if it is not the obvious one.
    fn number(&self, name: &str) -> (Kind, Option<Note>) {
        let digits = &self.digits;
        if digits.zeros > 0 {
            return (Kind::String, Some(Note::LeadingZeros));
        }
        if digits.padded > 0 && self.has_equal_fractions() {
            return (Kind::String, Some(Note::TrailingZeros));
        }
        if digits.long + digits.precise > 0 {
            return (Kind::String, Some(Note::LongDigits));
        }
        if is_code(name) {
            return (Kind::String, Some(Note::Code));
        }
        if self.misfits(CandidateType::Int).count > 0 || digits.exponent > 0 {
            return (Kind::Float, None);
        }
        if digits.dotted > 0 {
            let is_padded = digits.dotted == self.filled && self.empty > 0;
            return if is_padded { (Kind::Int, Some(Note::Dotted)) } else { (Kind::Float, None) };
        }
        if digits.beyond_one > 0 || self.distinct.seen.len() < 2 && !is_flag(name) {
            return (Kind::Int, None);
        }
        if is_flag(name) { (Kind::Bool, None) } else { (Kind::Int, Some(Note::ZeroOne)) }
    }

    /// Returns true if two different texts are the same number, as the versions 1.1 and 1.10 would be.
    fn has_equal_fractions(&self) -> bool {
        let mut known = FxHashSet::default();
        let numbers = self.distinct.seen.values().filter(|seen| seen.text.contains('.'));
        numbers.filter_map(|seen| float(&seen.text)).any(|number| !known.insert(number.to_bits()))
    }

    /// Returns the type of a column whose values do not all fit one type, and the odd values.
    fn among_odd(&self, name: &str) -> (Kind, Option<Note>, Option<Odd>) {
        let forms = [
            (CandidateType::Int, Kind::Int),
            (CandidateType::Float, Kind::Float),
            (CandidateType::Date, Kind::Date),
            (CandidateType::Datetime, Kind::Datetime),
            (CandidateType::Url, Kind::Url),
        ];
        let nearest = forms.into_iter().min_by_key(|(form, _)| self.misfits(*form).count);
        let (form, most) = nearest.expect("there are forms");
        let misfits = self.misfits(form);
        if misfits.count * 2 >= self.filled {
            return (Kind::String, None, None);
        }
        let is_number = matches!(form, CandidateType::Int | CandidateType::Float);
        let is_text = is_number && (self.digits.zeros + self.digits.long > 0 || is_code(name));
        let left_out = misfits.count * ODD <= self.filled && !is_text;
        let odd = Odd { most: most.clone(), count: misfits.count, first: misfits.first.clone(), left_out };
        (if left_out { most } else { Kind::String }, None, Some(odd))
    }

    fn item(&self) -> Kind {
        match &self.items {
            items if items.count == 0 => Kind::String,
            items if items.not_int == 0 => Kind::Int,
            items if items.not_float == 0 => Kind::Float,
            _ => Kind::String,
        }
    }

    /// Counts words such as `NA` as values again, because in a column of texts they may be texts.
    fn take_back_words(&mut self) {
        let is_word = |strength: Strength| strength == Strength::AmongValues;
        for null in self.nulls.0.extract_if(.., |null| is_word(null.strength)) {
            self.filled += null.count;
            self.longest = self.longest.max(null.word.chars().count());
            self.distinct.recurs |= null.count > 1;
            let seen = self.distinct.seen.entry(hash(&null.word));
            seen.or_insert(Seen { text: null.word, count: 0 }).count += null.count;
        }
    }

    /// Returns the words of a choice, if the values are few short words that recur often.
    fn words(&self) -> Option<Vec<String>> {
        let seen = &self.distinct.seen;
        if self.distinct.is_open || !(2..=WORDS).contains(&seen.len()) || self.filled < 20 {
            return None;
        }
        let is_word = |word: &str| {
            let is_plain = !word.contains([',', '(', ')', '?', '\n', '\r', '"']);
            is_plain
                && word.chars().count() <= WORD
                && word.trim() == word
                && !word.chars().any(char::is_control)
        };
        let often = self.filled >= seen.len() * 5;
        let mut words: Vec<_> = seen.values().map(|seen| seen.text.clone()).collect();
        words.sort();
        (often && words.iter().all(|word| is_word(word))).then_some(words)
    }

    fn is_year(&self, name: &str) -> bool {
        let within = self.numbers.is_some_and(|(least, most)| least >= 1500.0 && most <= 2200.0);
        within && is_year(name)
    }

    fn range(&self, kind: &Kind) -> Option<(String, String)> {
        match kind {
            Kind::Int | Kind::Float => {
                self.numbers.map(|(least, most)| (least.to_string(), most.to_string()))
            }
            Kind::Date | Kind::Datetime => self.days.clone(),
            _ => None,
        }
    }

    fn most_frequent(&mut self) -> Vec<Seen> {
        let mut seen: Vec<_> = self.distinct.seen.drain().map(|(_, seen)| seen).collect();
        seen.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        seen
    }
}

/// Sees to it that no more than one row in a hundred is left out for an odd value.
pub(super) fn settle_odd(found: &mut Inferred) {
    let left_out =
        |column: &Inference| column.odd.as_ref().filter(|odd| odd.left_out).map_or(0, |odd| odd.count);
    while found.columns.iter().map(left_out).sum::<usize>() * ODD > found.rows {
        let worst = found.columns.iter_mut().max_by_key(|column| left_out(column));
        let worst = worst.expect("some column has odd values");
        if let Some(odd) = &mut worst.odd {
            odd.left_out = false;
        }
        worst.kind = Kind::String;
        worst.min = None;
        worst.range = None;
    }
}
