//! Reads selects: their columns, and what they read.

use sitegen_parser::Span;
use syntaqlite::nodes::{
    CteList, JoinClause, JoinType, LimitClause, ResultColumn, Select, SelectStmt, TableRef, TableSource,
};
use syntaqlite::typed::TypedNodeList;

use super::{SqlReader, name, unquoted};
use crate::question::tree::{
    SqlColumn, SqlForm, SqlNamed, SqlOrigin, SqlPart, SqlSelect, SqlSource, SqlTerm,
};

impl SqlReader<'_> {
    pub(super) fn select(&mut self, select: &Select<'_>) -> SqlSelect {
        self.deeper(|reader| reader.parts(select), SqlSelect::empty)
    }

    /// Reads a select within another. It is no term if it cannot be read.
    pub(super) fn nested(
        &mut self,
        select: Option<Select<'_>>,
        form: impl FnOnce(Box<SqlSelect>) -> SqlForm,
    ) -> SqlForm {
        match select {
            Some(select) => form(Box::new(self.select(&select))),
            None => SqlForm::Other(Vec::new()),
        }
    }

    fn parts(&mut self, select: &Select<'_>) -> SqlSelect {
        match select {
            Select::SelectStmt(one) => {
                let order = self.order(one.orderby());
                let limit = self.limit(one.limit_clause());
                SqlSelect { parts: vec![self.part(one)], order, limit, ..SqlSelect::empty() }
            }
            Select::CompoundSelect(both) => {
                let sides = [both.left(), both.right()].into_iter().flatten();
                let sides: Vec<_> = sides.map(|side| self.select(&side)).collect();
                // Of several that are joined one after the other, any that keeps equal rows may have kept some.
                let keeps_equal =
                    both.op().as_str().contains("ALL") || sides.last().is_none_or(|side| side.keeps_equal);
                let parts = sides.into_iter().flat_map(|side| side.parts).collect();
                let order = self.order(both.orderby());
                let limit = self.limit(both.limit_clause());
                SqlSelect { parts, keeps_equal, order, limit, ..SqlSelect::empty() }
            }
            Select::WithClause(with) => {
                let named = self.named(with.ctes());
                let select = with.select().map_or_else(SqlSelect::empty, |select| self.select(&select));
                SqlSelect { named, ..select }
            }
            Select::ValuesClause(values) => {
                let rows = values.rows();
                let rows = rows.iter().flat_map(TypedNodeList::iter);
                let rows: Vec<_> = rows.map(|row| self.terms(Some(row))).collect();
                let part = |row: Vec<SqlTerm>| {
                    let named = row.into_iter().enumerate();
                    let columns =
                        named.map(|(at, term)| SqlColumn::Term(Some(format!("column{}", at + 1)), term));
                    SqlPart { columns: columns.collect(), ..SqlPart::default() }
                };
                let parts = rows.into_iter().map(part).collect();
                SqlSelect { parts, keeps_equal: true, ..SqlSelect::empty() }
            }
        }
    }

    fn named(&mut self, list: Option<CteList<'_>>) -> Vec<SqlNamed> {
        let mut named = Vec::new();
        for one in list.iter().flat_map(TypedNodeList::iter) {
            let columns = self.terms(one.columns()).into_iter().filter_map(|term| match term.form {
                SqlForm::Column { name, .. } => Some(name),
                _ => None,
            });
            let columns = columns.collect();
            let select = one.select().map_or_else(SqlSelect::empty, |select| self.select(&select));
            named.push(SqlNamed { name: unquoted(one.cte_name()), columns, select });
        }
        named
    }

    fn limit(&mut self, limit: Option<LimitClause<'_>>) -> Vec<SqlTerm> {
        let Some(limit) = limit else { return Vec::new() };
        [limit.limit(), limit.offset()].into_iter().flatten().map(|term| self.term(Some(term))).collect()
    }

    fn part(&mut self, select: &SelectStmt<'_>) -> SqlPart {
        let columns = select.columns();
        let columns = columns.iter().flat_map(TypedNodeList::iter);
        let columns = columns.map(|column| self.column(&column)).collect();
        let (mut sources, mut conditions) = (Vec::new(), Vec::new());
        self.sources(select.from_clause(), &mut sources, &mut conditions);
        conditions.extend(select.where_clause().map(|term| self.term(Some(term))));
        let windows = select.window_clause();
        let windows = windows.iter().flat_map(TypedNodeList::iter);
        let windows = windows.filter_map(|window| window.window_def());
        SqlPart {
            distinct: select.flags().distinct(),
            columns,
            sources,
            conditions,
            groups: select.groupby().map(|groups| self.terms(Some(groups))),
            having: select.having().map(|having| self.term(Some(having))),
            windows: windows.flat_map(|window| self.window(&window)).collect(),
        }
    }

    fn column(&mut self, column: &ResultColumn<'_>) -> SqlColumn {
        if column.flags().star() {
            let span = self.span(column.node_id());
            // The recorded text of a star begins with the columns before it, and the tree does not hold what stands before its point.
            let text = self.statement.node_text(column.node_id().into()).map_or("", |(text, _)| text);
            let of = qualifier(text);
            let start = of.as_ref().map_or(span.end.saturating_sub(1), |of| span.start + of.start);
            return SqlColumn::All(of.map(|of| unquoted(&text[of])), start..span.end);
        }
        let term = self.term(column.expr());
        let own = match &term.bare().form {
            SqlForm::Column { name, .. } => Some(name.clone()),
            _ => None,
        };
        SqlColumn::Term(name(column.alias()).or(own), term)
    }

    fn sources(
        &mut self,
        source: Option<TableSource<'_>>,
        sources: &mut Vec<SqlSource>,
        conditions: &mut Vec<SqlTerm>,
    ) {
        let plain = |name, of| SqlSource { name, of, using: Vec::new(), natural: false };
        match source {
            None => {}
            Some(TableSource::TableRef(table)) => {
                let of = self.table(&table);
                sources.push(plain(name(table.alias()).or_else(|| Some(unquoted(table.table_name()))), of));
            }
            Some(TableSource::SubqueryTableSource(inner)) => {
                let select = inner.select().map_or_else(SqlSelect::empty, |select| self.select(&select));
                sources.push(plain(name(inner.alias()), SqlOrigin::Select(Box::new(select))));
            }
            Some(TableSource::ParenTableSource(inner)) => self.sources(inner.source(), sources, conditions),
            Some(TableSource::JoinPrefix(prefix)) => self.sources(prefix.source(), sources, conditions),
            Some(TableSource::JoinClause(join)) => self.join(&join, sources, conditions),
        }
    }

    fn join(&mut self, join: &JoinClause<'_>, sources: &mut Vec<SqlSource>, conditions: &mut Vec<SqlTerm>) {
        self.sources(join.left(), sources, conditions);
        let first = sources.len();
        self.sources(join.right(), sources, conditions);
        let using = self.terms(join.using_columns());
        let natural = matches!(
            join.join_type(),
            JoinType::NaturalInner
                | JoinType::NaturalLeft
                | JoinType::NaturalRight
                | JoinType::NaturalFull
                | JoinType::NaturalCross
        );
        if let Some(joined) = sources.get_mut(first) {
            (joined.using, joined.natural) = (using, natural);
        }
        conditions.extend(join.on_expr().map(|term| self.term(Some(term))));
    }

    fn table(&mut self, table: &TableRef<'_>) -> SqlOrigin {
        let name = unquoted(table.table_name());
        match table.args() {
            Some(arguments) => SqlOrigin::Function(name.to_ascii_lowercase(), self.terms(Some(arguments))),
            None => SqlOrigin::Table(name),
        }
    }
}

/// The name before the star at the end of a text, as it is written.
fn qualifier(text: &str) -> Option<Span> {
    let before = text.strip_suffix('*')?.trim_end().strip_suffix('.')?.trim_end();
    let open = match before.chars().next_back()? {
        ']' => before.rfind('[')?,
        quote @ ('"' | '`') => before[..before.len() - 1].rfind(quote)?,
        _ => before
            .rfind(|c: char| !c.is_alphanumeric() && !"_$".contains(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8)),
    };
    Some(open..before.len())
}

impl SqlSelect {
    fn empty() -> Self {
        Self {
            named: Vec::new(),
            parts: Vec::new(),
            keeps_equal: false,
            order: Vec::new(),
            limit: Vec::new(),
        }
    }
}
