//! The columns that a directory shows, their presentation, and the choice of the column that names the rows.

use sitegen_model::{Inference, Inferred, Kind};

use super::words::{currency, is_code, is_generic, is_percent, label, sign, words};

/// The way in which the theme shows the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presentation {
    Text,
    Long,
    Number,
    Money,
    Percent,
    Year,
    Date,
    Time,
    Url,
    Flag,
    List,
}

impl Presentation {
    /// Returns the word for it in the theme's settings.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Long => "long",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Year => "year",
            Self::Date => "date",
            Self::Time => "time",
            Self::Url => "url",
            Self::Flag => "flag",
            Self::List => "list",
        }
    }

    /// Returns true if readers expect lists to be sorted by such values.
    pub(super) fn has_order(self) -> bool {
        match self {
            Self::Number | Self::Money | Self::Percent | Self::Year | Self::Date | Self::Time => true,
            Self::Text | Self::Long | Self::Url | Self::Flag | Self::List => false,
        }
    }

    fn of(column: &Inference) -> Self {
        match &column.kind {
            _ if is_year(column) => Self::Year,
            Kind::Int if is_code(&column.name) => Self::Text,
            Kind::Int | Kind::Float if is_percent(&column.name) || is_share(column) => Self::Percent,
            Kind::Int | Kind::Float if money(column).is_some() => Self::Money,
            Kind::Int | Kind::Float => Self::Number,
            Kind::Bool => Self::Flag,
            Kind::Date => Self::Date,
            Kind::Datetime => Self::Time,
            Kind::Url => Self::Url,
            Kind::List(_) => Self::List,
            _ if column.longest > LONG => Self::Long,
            _ => Self::Text,
        }
    }
}

/// A column as the theme shows it.
pub(super) struct DisplayColumn {
    /// The name in SQL.
    pub name: String,
    /// The name for readers.
    pub label: String,
    pub presentation: Presentation,
    /// The currency of an amount of money, if the column's name tells.
    pub currency: Option<String>,
    /// True if lists show it.
    pub list: bool,
    /// True if readers can choose rows by its values.
    pub facet: bool,
    /// True if readers can rank rows by it.
    pub figure: bool,
}

/// The source of the names of rows.
pub(super) enum Title {
    /// A column.
    Column(usize),
    /// Several columns, because none identifies the rows alone.
    Columns(Vec<usize>),
    /// The number of the row, because no column names it.
    Number,
}

/// The largest number of columns in lists.
const LISTED: usize = 7;

/// The largest numbers of columns by which things can be chosen and ranked.
const FACETS: usize = 10;
const FIGURES: usize = 6;

/// The number of characters from which on a text is prose.
const LONG: usize = 100;

/// The longest text that names a row, alone and together with others.
const NAME: usize = 200;
const PART: usize = 90;

impl Title {
    /// Chooses the column that names the rows best: a text with nearly all values different.
    pub(super) fn of(inferred: &Inferred) -> Self {
        let columns = || inferred.columns.iter().enumerate().filter(|(_, column)| is_name(column));
        let enough = |column: &Inference| {
            column.distinct.is_none_or(|distinct| distinct * 10 >= column.filled * 9)
                && column.filled * 2 > inferred.rows
        };
        let called = columns()
            .filter(|(_, column)| enough(column))
            .max_by_key(|(at, column)| (standing(&column.name), usize::MAX - at));
        if let Some((at, _)) = called {
            return Self::Column(at);
        }
        Self::together(inferred)
    }

    /// Combines the text with the most different values, another text, and the year.
    fn together(inferred: &Inferred) -> Self {
        let mut texts: Vec<_> =
            inferred.columns.iter().enumerate().filter(|(_, column)| is_part(column)).collect();
        texts.sort_by_key(|(_, column)| std::cmp::Reverse(column.distinct.unwrap_or(usize::MAX)));
        let mut parts: Vec<_> = texts.into_iter().take(2).map(|(at, _)| at).collect();
        parts.extend(inferred.columns.iter().position(is_year));
        match parts.as_slice() {
            [] => inferred.key.map_or(Self::Number, Self::Column),
            [one] => Self::Column(*one),
            _ => Self::Columns(parts),
        }
    }

    /// Returns the column that names the rows, if a single one does.
    pub(super) fn column<'i>(&self, inferred: &'i Inferred) -> Option<&'i Inference> {
        match self {
            Self::Column(at) => Some(&inferred.columns[*at]),
            Self::Columns(_) | Self::Number => None,
        }
    }
}

/// Returns true if the file writes the column's numbers with a percent sign.
fn is_share(column: &Inference) -> bool {
    column.notation.strip.iter().any(|text| text == "%")
}

/// Returns the currency of a column's amounts, by its name or by what stands around them.
fn money(column: &Inference) -> Option<String> {
    currency(&column.name).or_else(|| column.notation.strip.iter().find_map(|text| sign(text)))
}

fn is_text(column: &Inference) -> bool {
    matches!(column.kind, Kind::String | Kind::Enum(_))
        && column.filled > 0
        && column.look.is_none()
        && column.note.is_none()
}

fn is_name(column: &Inference) -> bool {
    is_text(column) && column.longest <= NAME
}

fn is_part(column: &Inference) -> bool {
    is_text(column)
        && column.longest <= PART
        && !is_code(&column.name)
        && column.distinct.is_none_or(|number| number > 1)
}

/// Rates how well a column's name suits a title.
fn standing(name: &str) -> u8 {
    match words(name).next_back() {
        _ if is_code(name) => 0,
        _ if is_generic(name) => 3,
        Some(last) if is_generic(last) => 2,
        _ => 1,
    }
}

/// Returns the columns to show: all but the one that names the rows.
pub(super) fn shown(inferred: &Inferred, title: &Title) -> Vec<DisplayColumn> {
    let named = if let Title::Column(at) = title { Some(*at) } else { None };
    let columns =
        inferred.columns.iter().enumerate().filter(|(at, column)| Some(*at) != named && column.filled > 0);
    let (mut listed, mut facets, mut figures) = (0, 0, 0);
    let within = |count: &mut usize, most: usize, holds: bool| {
        *count += usize::from(holds);
        holds && *count <= most
    };
    let shown = columns.map(|(at, column)| {
        let presentation = Presentation::of(column);
        DisplayColumn {
            name: column.name.clone(),
            label: label(column.heading()),
            presentation,
            currency: (presentation == Presentation::Money).then(|| money(column)).flatten(),
            list: within(&mut listed, LISTED, is_listed(column, presentation)),
            facet: within(&mut facets, FACETS, is_facet(column, presentation)),
            figure: within(
                &mut figures,
                FIGURES,
                is_figure(column, presentation) && Some(at) != inferred.key,
            ),
        }
    });
    shown.collect()
}

/// Returns true if a column helps to tell rows in a list apart, in few words.
fn is_listed(column: &Inference, presentation: Presentation) -> bool {
    !matches!(presentation, Presentation::Long | Presentation::Url) && column.distinct != Some(1)
}

/// Returns true if a column holds whole numbers in the range of years.
fn is_year(column: &Inference) -> bool {
    let Some((least, most)) = &column.range else { return false };
    let is_year = |text: &str| text.parse::<u32>().is_ok_and(|year| (1500..=2200).contains(&year));
    matches!(column.kind, Kind::Int) && column.min.is_none() && is_year(least) && is_year(most)
}

/// Returns true if readers can choose rows by a column: it has few values, which occur again and again.
fn is_facet(column: &Inference, presentation: Presentation) -> bool {
    let Some(distinct) = column.distinct.filter(|distinct| *distinct >= 2) else { return false };
    let most = if column.filled >= 20 * distinct { 300 } else { 60 };
    let recurs = column.filled >= 2 * distinct && distinct <= most && column.longest <= PART;
    match presentation {
        Presentation::Text | Presentation::Year | Presentation::Flag => recurs,
        Presentation::Number | Presentation::Percent => {
            recurs && matches!(column.kind, Kind::Int) && distinct <= 12 && column.filled >= 5 * distinct
        }
        // For lists, items are counted as values.
        Presentation::List => {
            column.split.is_some() || distinct <= 300 && column.seen.iter().any(|seen| seen.count > 1)
        }
        _ => false,
    }
}

/// Returns true if readers can rank rows by a column.
fn is_figure(column: &Inference, presentation: Presentation) -> bool {
    matches!(presentation, Presentation::Number | Presentation::Money | Presentation::Percent)
        && column.distinct.is_none_or(|distinct| distinct >= 5)
}
