//! A question as a tree, with the place of each part: as much of SQL as types depend on.

use sitegen_parser::Span;

/// A whole `select`, with those that it names by `with`.
#[derive(Debug)]
pub(super) struct SqlSelect {
    pub named: Vec<SqlNamed>,
    /// Several are put together by `union` and the like.
    pub parts: Vec<SqlPart>,
    /// True if equal rows of the parts may stand more than once in the answer.
    pub keeps_equal: bool,
    /// The terms of `order by`, which may be the names of columns of the answer.
    pub order: Vec<SqlTerm>,
    /// The terms of `limit`.
    pub limit: Vec<SqlTerm>,
}

/// A `select` that has a name.
#[derive(Debug)]
pub(super) struct SqlNamed {
    pub name: String,
    /// The names of its columns; empty if they are those of the `select`.
    pub columns: Vec<String>,
    pub select: SqlSelect,
}

/// One `select` without others, or a row of `values`.
#[derive(Debug, Default)]
pub(super) struct SqlPart {
    pub distinct: bool,
    pub columns: Vec<SqlColumn>,
    pub sources: Vec<SqlSource>,
    /// The conditions of joins and of `where`.
    pub conditions: Vec<SqlTerm>,
    /// The terms of `group by`; none if there is none.
    pub groups: Option<Vec<SqlTerm>>,
    pub having: Option<SqlTerm>,
    /// The terms of named windows.
    pub windows: Vec<SqlTerm>,
}

/// A column of an answer.
#[derive(Debug)]
pub(super) enum SqlColumn {
    /// All columns of the sources, or of the one with this name.
    All(Option<String>, Span),
    /// A term, under a name that is its own if it is a column.
    Term(Option<String>, SqlTerm),
}

/// Rows that a `select` reads.
#[derive(Debug)]
pub(super) struct SqlSource {
    pub name: Option<String>,
    pub of: SqlOrigin,
    /// The columns by which it is joined with those before it.
    pub using: Vec<SqlTerm>,
    /// True if it is joined by all columns of equal names.
    pub natural: bool,
}

#[derive(Debug)]
pub(super) enum SqlOrigin {
    Table(String),
    /// A function such as `json_each`.
    Function(String, Vec<SqlTerm>),
    Select(Box<SqlSelect>),
}

/// An expression.
#[derive(Debug)]
pub(super) struct SqlTerm {
    pub form: SqlForm,
    pub span: Span,
}

#[derive(Debug)]
pub(super) enum SqlForm {
    Column {
        table: Option<String>,
        name: String,
    },
    Literal(SqlLiteral),
    Binary(SqlBinary, Box<[SqlTerm; 2]>),
    /// `-x`
    Minus(Box<SqlTerm>),
    /// Terms of which a truth value is made: `not`, `is null`, `like`.
    Truth(Vec<SqlTerm>),
    Between(Box<[SqlTerm; 3]>),
    In {
        operand: Box<SqlTerm>,
        negated: bool,
        among: SqlAmong,
    },
    Call(SqlCall),
    Cast(Box<SqlTerm>, String),
    Case {
        operand: Option<Box<SqlTerm>>,
        whens: Vec<[SqlTerm; 2]>,
        otherwise: Option<Box<SqlTerm>>,
    },
    Select(Box<SqlSelect>),
    Exists(Box<SqlSelect>),
    Row(Vec<SqlTerm>),
    /// Whatever has no type here.
    Other(Vec<SqlTerm>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum SqlLiteral {
    Null,
    Int,
    Float,
    Truth,
    Text(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SqlBinary {
    Plus,
    Minus,
    Times,
    Divide,
    Rest,
    Less,
    Equal,
    Unequal,
    /// `is`, which compares with NULL as well.
    Is,
    /// `and`
    Logic,
    /// `or`
    Either,
    Bits,
    Concat,
    /// `->`
    Json,
    /// `->>`
    Value,
}

/// The values among which `in` looks for one.
#[derive(Debug)]
pub(super) enum SqlAmong {
    Terms(Vec<SqlTerm>),
    Select(Box<SqlSelect>),
    Table(String),
}

/// A call of a function.
#[derive(Debug)]
pub(super) struct SqlCall {
    /// The name in small letters.
    pub name: String,
    pub arguments: Vec<SqlTerm>,
    /// The terms of `filter` and `order by` within an aggregate.
    pub within: Vec<SqlTerm>,
    /// The terms of its window; none if it has none.
    pub over: Option<Vec<SqlTerm>>,
}

impl SqlTerm {
    /// The terms that all hold if this one does: those between `and`.
    pub(super) fn conjuncts(&self) -> Vec<&Self> {
        match &self.form {
            SqlForm::Row(inner) if inner.len() == 1 => inner[0].conjuncts(),
            SqlForm::Binary(SqlBinary::Logic, both) => both.iter().flat_map(Self::conjuncts).collect(),
            _ => vec![self],
        }
    }

    /// The term within superfluous parentheses.
    pub(super) fn bare(&self) -> &Self {
        match &self.form {
            SqlForm::Row(inner) if inner.len() == 1 => inner[0].bare(),
            _ => self,
        }
    }

    /// The terms directly within, but for those of another `select`.
    pub(super) fn inner(&self) -> Vec<&Self> {
        match &self.form {
            SqlForm::Column { .. } | SqlForm::Literal(_) | SqlForm::Select(_) | SqlForm::Exists(_) => {
                Vec::new()
            }
            SqlForm::Binary(_, both) => both.iter().collect(),
            SqlForm::Between(three) => three.iter().collect(),
            SqlForm::Minus(one) | SqlForm::Cast(one, _) => vec![one],
            SqlForm::Truth(terms) | SqlForm::Row(terms) | SqlForm::Other(terms) => terms.iter().collect(),
            SqlForm::In { operand, among: SqlAmong::Terms(terms), .. } => {
                std::iter::once(&**operand).chain(terms).collect()
            }
            SqlForm::In { operand, .. } => vec![operand],
            SqlForm::Call(call) => {
                call.arguments.iter().chain(&call.within).chain(call.over.iter().flatten()).collect()
            }
            SqlForm::Case { operand, whens, otherwise } => {
                let ends = operand.iter().chain(otherwise).map(|term| &**term);
                ends.chain(whens.iter().flatten()).collect()
            }
        }
    }
}
