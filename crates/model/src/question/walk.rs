//! The walk through a question, each term once: what it is, and whether it fits to those beside it.

use std::collections::BTreeSet;

use sitegen_parser::{Diagnostic, Span};

use super::compare::Side;
use super::domain::Domain;
use super::rows::{forget_differing, joined, renamed, under};
use super::scope::SelectLevel;
use super::tree::{
    SqlAmong, SqlBinary, SqlCall, SqlColumn, SqlForm, SqlLiteral, SqlNamed, SqlPart, SqlSelect, SqlTerm,
};
use super::{Analysis, QuestionScope, Share, TableShape, errors};

/// Analyzes one question.
pub(super) struct Analyst<'a> {
    sql: &'a str,
    pub around: QuestionScope<'a>,
    /// The selects that have names, the innermost last.
    pub named: Vec<(String, Option<TableShape>)>,
    pub levels: Vec<SelectLevel>,
    pub found: Vec<Diagnostic>,
    pub seen: Share,
    /// Quotients of whole numbers, and what they are divided by.
    pub quotients: Vec<(Span, &'a str)>,
    /// The divisors for which a rest is asked, since whoever asks for the rest means whole numbers.
    pub rests: BTreeSet<&'a str>,
}

impl<'a> Analyst<'a> {
    pub(super) fn new(sql: &'a str, around: QuestionScope<'a>) -> Self {
        Self {
            sql,
            around,
            named: Vec::new(),
            levels: Vec::new(),
            found: Vec::new(),
            seen: Share::default(),
            quotients: Vec::new(),
            rests: BTreeSet::new(),
        }
    }

    pub(super) fn finish(mut self, answer: Option<TableShape>) -> Analysis {
        self.report_quotients();
        Analysis { answer, found: self.found, seen: self.seen }
    }

    pub(super) fn text(&self, span: &Span) -> &'a str {
        &self.sql[span.clone()]
    }

    /// Analyzes a select, and returns the shape of its answer.
    pub(super) fn select(&mut self, select: &SqlSelect) -> Option<TableShape> {
        let outer = self.named.len();
        for named in &select.named {
            self.name(named);
        }
        let answer = self.parts(select, None);
        self.named.truncate(outer);
        answer
    }

    fn name(&mut self, named: &SqlNamed) {
        let own = self.named.len();
        self.named.push((named.name.clone(), None));
        let inner = named.select.named.len();
        for inner in &named.select.named {
            self.name(inner);
        }
        let shape = self.parts(&named.select, Some((own, &named.columns)));
        self.named.truncate(self.named.len() - inner);
        self.named[own].1 = shape.map(|shape| renamed(shape, &named.columns));
    }

    /// Analyzes the parts of a select. `own` is its place among those that have names, with the names of its columns:
    /// its later parts can read what its first gives.
    fn parts(&mut self, select: &SqlSelect, own: Option<(usize, &[String])>) -> Option<TableShape> {
        let is_one = select.parts.len() == 1;
        let mut parts = select.parts.iter();
        let order = if is_one { &select.order[..] } else { &[] };
        let first = self.part(parts.next()?, order);
        if let (Some((own, names)), false) = (own, is_one) {
            self.named[own].1 =
                first.clone().map(|shape| TableShape { keys: Vec::new(), ..renamed(shape, names) });
        }
        let mut answer = first.clone();
        for part in parts {
            answer = joined(answer, self.part(part, &[]));
        }
        for term in &select.limit {
            self.term(term);
        }
        let mut answer = answer?;
        if !is_one {
            answer.keys =
                if select.keeps_equal { Vec::new() } else { vec![(0..answer.columns.len()).collect()] };
            // Whoever reads its own rows may have relied on what the first part says alone.
            forget_differing(&mut answer, first.as_ref(), own.is_some());
        }
        if select.limit.first().is_some_and(|limit| self.text(&limit.span) == "1") {
            answer.keys = vec![Vec::new()];
        }
        Some(answer)
    }

    fn part(&mut self, part: &SqlPart, order: &[SqlTerm]) -> Option<TableShape> {
        self.levels.push(SelectLevel::default());
        for source in &part.sources {
            self.source(source);
        }
        for term in &part.conditions {
            self.term(term);
        }
        let grouping = self.grouping(part, order);
        self.level().grouping = grouping;
        let mut is_known = true;
        for column in &part.columns {
            is_known &= self.column_of_answer(column);
        }
        self.level().aggregates += 1;
        for term in part.groups.iter().flatten() {
            self.term(term);
        }
        self.level().aggregates -= 1;
        for term in part.having.iter().chain(&part.windows).chain(order) {
            self.term(term);
        }
        let keys = self.keys(part);
        let level = self.levels.pop()?;
        is_known.then_some(TableShape { columns: level.answer, keys })
    }

    pub(super) fn level(&mut self) -> &mut SelectLevel {
        self.levels.last_mut().expect("a term stands in a select")
    }

    /// Adds a column to the answer; false if that could be any.
    fn column_of_answer(&mut self, column: &SqlColumn) -> bool {
        match column {
            SqlColumn::Term(name, term) => {
                let domain = self.term(term);
                let name = name.clone().unwrap_or_default();
                let is_column = matches!(term.bare().form, SqlForm::Column { .. });
                let domain = if is_column { under(&name, domain) } else { domain };
                let place = self.place_here(term);
                let level = self.level();
                level.answer.push((name, domain));
                level.places.push(place);
                true
            }
            SqlColumn::All(of, span) => self.all_columns(of.as_deref(), span),
        }
    }

    /// Returns the type of a term, after all within it is analyzed.
    pub(super) fn term(&mut self, term: &SqlTerm) -> Domain {
        let text = self.sql.get(term.span.clone()).unwrap_or_default();
        let is_grouped = self
            .levels
            .last()
            .and_then(|level| level.grouping.as_ref())
            .is_some_and(|groups| groups.has_term(text));
        if !is_grouped {
            return self.form(term);
        }
        self.level().aggregates += 1;
        let domain = self.form(term);
        self.level().aggregates -= 1;
        domain
    }

    fn form(&mut self, term: &SqlTerm) -> Domain {
        match &term.form {
            SqlForm::Column { table, name } => self.column(table.as_deref(), name, &term.span),
            SqlForm::Literal(literal) => literal.domain(),
            SqlForm::Binary(operator, both) => self.binary(*operator, both, &term.span),
            SqlForm::Minus(operand) => self.minus(operand),
            SqlForm::Truth(terms) => {
                self.terms(terms);
                Domain::Truth
            }
            SqlForm::Between(three) => self.between(three),
            SqlForm::In { operand, negated, among } => self.among(operand, *negated, among),
            SqlForm::Call(call) => self.call(call, &term.span),
            SqlForm::Cast(operand, to) => self.cast(operand, to),
            SqlForm::Case { operand, whens, otherwise } => {
                self.case(operand.as_deref(), whens, otherwise.as_deref())
            }
            SqlForm::Select(select) => {
                let answer = self.select(select);
                answer
                    .and_then(|answer| answer.columns.into_iter().next())
                    .map_or(Domain::Unknown, |(_, one)| one)
            }
            SqlForm::Exists(select) => {
                self.select(select);
                Domain::Truth
            }
            SqlForm::Row(terms) if terms.len() == 1 => self.term(&terms[0]),
            SqlForm::Row(terms) | SqlForm::Other(terms) => {
                self.terms(terms);
                Domain::Unknown
            }
        }
    }

    pub(super) fn terms(&mut self, terms: &[SqlTerm]) -> Vec<Domain> {
        terms.iter().map(|term| self.term(term)).collect()
    }

    fn column(&mut self, table: Option<&str>, name: &str, span: &Span) -> Domain {
        for at in (0..self.levels.len()).rev() {
            let level = &mut self.levels[at];
            if let Some(place) = level.find(table, name) {
                let is_free = level.aggregates == 0;
                if is_free && level.grouping.as_mut().is_some_and(|grouping| grouping.is_news(place)) {
                    self.found.push(errors::bare_column(name, (self.around.place)(span)));
                }
                return self.levels[at].domain(place);
            }
            if level.may_hold(table) {
                return Domain::Unknown;
            }
            if let Some(domain) = level.answered(name).filter(|_| table.is_none()) {
                return domain.clone();
            }
        }
        Domain::Unknown
    }

    fn call(&mut self, call: &SqlCall, span: &Span) -> Domain {
        let is_aggregate = call.is_aggregate() && !self.levels.is_empty();
        if is_aggregate {
            self.level().aggregates += 1;
        }
        let taken = self.terms(&call.arguments);
        self.terms(&call.within);
        if is_aggregate {
            self.level().aggregates -= 1;
        }
        if let Some(over) = &call.over {
            self.terms(over);
        }
        if call.is_statistic() {
            self.seen.all += 1;
            self.seen.judged += usize::from(call.name == "count" || taken.iter().all(Domain::is_known));
        }
        if call.name == "mod"
            && let Some(by) = call.arguments.get(1)
        {
            self.rests.insert(self.text(&by.span));
        }
        self.calculated(call, &taken);
        if call.name == "nullif" && taken.len() == 2 {
            let sides = [0, 1].map(|at| Side::of(&call.arguments[at], taken[at].clone()));
            self.compare(SqlBinary::Is, &sides, span);
        }
        call.answer(&taken)
    }

    fn between(&mut self, three: &[SqlTerm; 3]) -> Domain {
        let [operand, low, high] = three.each_ref().map(|term| Side::of(term, self.term(term)));
        for bound in [low, high] {
            let span = bound.span.clone();
            self.compare(SqlBinary::Less, &[operand.clone(), bound], &span);
        }
        Domain::Truth
    }

    fn among(&mut self, operand: &SqlTerm, negated: bool, among: &SqlAmong) -> Domain {
        let row = match &operand.form {
            SqlForm::Row(terms) if terms.len() > 1 => terms.iter().collect(),
            _ => vec![operand],
        };
        let sides: Vec<_> = row.iter().map(|term| Side::of(term, self.term(term))).collect();
        let given = match among {
            SqlAmong::Terms(terms) => {
                for term in terms {
                    let side = Side::of(term, self.term(term));
                    match (&sides[..], side.is_null(), negated) {
                        (_, true, false) => {}
                        (_, true, true) => {
                            self.found.push(errors::null_among((self.around.place)(&term.span)));
                        }
                        ([one], ..) => self.compare(SqlBinary::Equal, &[one.clone(), side], &term.span),
                        _ => {}
                    }
                }
                return Domain::Truth;
            }
            SqlAmong::Select(select) => self.select(select),
            SqlAmong::Table(name) => self.table(name),
        };
        let columns = given.map(|shape| shape.columns).unwrap_or_default();
        for (at, side) in sides.into_iter().enumerate() {
            let domain = columns.get(at).map_or(Domain::Unknown, |(_, domain)| domain.clone());
            let span = side.span.clone();
            self.compare(SqlBinary::Equal, &[side, Side::column(domain, &operand.span)], &span);
        }
        Domain::Truth
    }

    fn case(
        &mut self,
        operand: Option<&SqlTerm>,
        whens: &[[SqlTerm; 2]],
        otherwise: Option<&SqlTerm>,
    ) -> Domain {
        let operand = operand.map(|term| Side::of(term, self.term(term)));
        let mut domain = Domain::Null;
        for [when, then] in whens {
            let side = Side::of(when, self.term(when));
            if let Some(operand) = &operand {
                self.compare(SqlBinary::Equal, &[operand.clone(), side], &when.span);
            }
            domain = domain.join(self.term(then));
        }
        match otherwise {
            Some(otherwise) => domain.join(self.term(otherwise)),
            None => domain,
        }
    }
}

impl SqlLiteral {
    fn domain(&self) -> Domain {
        match self {
            Self::Null => Domain::Null,
            Self::Int => Domain::Int,
            Self::Float => Domain::Float,
            Self::Truth => Domain::Truth,
            Self::Text(_) => Domain::Text,
        }
    }
}
