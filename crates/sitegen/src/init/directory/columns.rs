//! Which columns a directory shows, and how; and which of them name its rows.

use sitegen_model::{Inference, Inferred, Kind};

use super::words::{currency, is_code, is_generic, is_percent, label, words};

/// How the theme shows the values of a column.
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
    /// The word for it in the theme's settings.
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

    /// Whether readers expect lists in the order of such values.
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
            Kind::Int | Kind::Float if is_percent(&column.name) => Self::Percent,
            Kind::Int | Kind::Float if currency(&column.name).is_some() => Self::Money,
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

/// A column, as the theme shows it.
pub(super) struct Shown {
    /// Its name in SQL.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// How the theme shows its values.
    pub presentation: Presentation,
    /// What an amount of money is in, if the name says so.
    pub currency: Option<String>,
    /// Whether it stands in lists.
    pub list: bool,
    /// Whether rows can be chosen by it.
    pub facet: bool,
    /// Whether rows can be ranked by it.
    pub figure: bool,
}

/// How rows are named.
pub(super) enum Title {
    /// By a column.
    Column(usize),
    /// By several columns that do together what none does alone.
    Columns(Vec<usize>),
    /// By their number: nothing names them.
    Number,
}

/// The most columns in lists.
const LISTED: usize = 7;

/// The most columns by which things can be chosen and ranked.
const FACETS: usize = 10;
const FIGURES: usize = 6;

/// From how many characters on a text is one to be read.
const LONG: usize = 100;

/// The longest text that names a row, and one of several that do so together.
const NAME: usize = 200;
const PART: usize = 90;

impl Title {
    /// What names the rows best: texts, nearly all different.
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

    /// The column of the most different names, another, and the year.
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

    /// The column that is the name.
    pub(super) fn column<'i>(&self, inferred: &'i Inferred) -> Option<&'i Inference> {
        match self {
            Self::Column(at) => Some(&inferred.columns[*at]),
            Self::Columns(_) | Self::Number => None,
        }
    }
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

/// How well a column is called to name rows.
fn standing(name: &str) -> u8 {
    match words(name).next_back() {
        _ if is_code(name) => 0,
        _ if is_generic(name) => 3,
        Some(last) if is_generic(last) => 2,
        _ => 1,
    }
}

/// The columns that are shown: all but the one that names rows.
pub(super) fn shown(inferred: &Inferred, title: &Title) -> Vec<Shown> {
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
        Shown {
            name: column.name.clone(),
            label: label(column.heading()),
            presentation,
            currency: (presentation == Presentation::Money).then(|| currency(&column.name)).flatten(),
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

/// Whether a column tells things in a list apart, in few words.
fn is_listed(column: &Inference, presentation: Presentation) -> bool {
    !matches!(presentation, Presentation::Long | Presentation::Url) && column.distinct != Some(1)
}

/// Whole numbers that are years, by what they are and by their name.
fn is_year(column: &Inference) -> bool {
    let Some((least, most)) = &column.range else { return false };
    let is_year = |text: &str| text.parse::<u32>().is_ok_and(|year| (1500..=2200).contains(&year));
    matches!(column.kind, Kind::Int) && column.min.is_none() && is_year(least) && is_year(most)
}

/// Whether things can be chosen by a column: it has few values, which come again.
fn is_facet(column: &Inference, presentation: Presentation) -> bool {
    let Some(distinct) = column.distinct.filter(|distinct| *distinct >= 2) else { return false };
    let most = if column.filled >= 20 * distinct { 300 } else { 60 };
    let recurs = column.filled >= 2 * distinct && distinct <= most && column.longest <= PART;
    match presentation {
        Presentation::Text | Presentation::Year | Presentation::Flag => recurs,
        Presentation::Number | Presentation::Percent => {
            recurs && matches!(column.kind, Kind::Int) && distinct <= 12 && column.filled >= 5 * distinct
        }
        // Of a list, values are told apart by their items.
        Presentation::List => {
            column.split.is_some() || distinct <= 300 && column.seen.iter().any(|seen| seen.count > 1)
        }
        _ => false,
    }
}

/// Whether things can be ranked by a column.
fn is_figure(column: &Inference, presentation: Presentation) -> bool {
    matches!(presentation, Presentation::Number | Presentation::Money | Presentation::Percent)
        && column.distinct.is_none_or(|distinct| distinct >= 5)
}
