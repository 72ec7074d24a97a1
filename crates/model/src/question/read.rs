//! Reads SQL into a tree, by the grammar of SQLite itself.
//!
//! The text has been accepted by SQLite, which bounds its depth; ours is bounded more tightly, and what is deeper is not
//! analyzed.

mod select;

use sitegen_parser::Span;
use syntaqlite::any::AnyNodeId;
use syntaqlite::nodes::{
    BinaryOp, Expr, ExprList, InExprSource, IsOp, LikeKeyword, Literal, LiteralType, Name, OrderByList,
    Select, Stmt, UnaryOp, WindowDef,
};
use syntaqlite::parse::{ParsedStatement, ParserConfig};
use syntaqlite::typed::TypedNodeList;
use syntaqlite::{ParseOutcome, Parser};

use super::tree::{SqlAmong, SqlBinary, SqlCall, SqlForm, SqlLiteral, SqlSelect, SqlTerm};

/// The most levels of terms and questions within one another.
const MAX_DEPTH: usize = 200;

/// Reads a question; none if it is not read as one, or too deep.
pub(super) fn read(sql: &str) -> Option<SqlSelect> {
    let parser = Parser::with_config(&ParserConfig::default().with_collect_node_extents(true));
    let mut session = parser.parse(sql);
    let ParseOutcome::Ok(statement) = session.next() else { return None };
    let mut reader = SqlReader { statement: &statement, depth: 0, too_deep: false };
    let select = match statement.root()? {
        Stmt::SelectStmt(select) => reader.select(&Select::SelectStmt(select)),
        Stmt::CompoundSelect(select) => reader.select(&Select::CompoundSelect(select)),
        Stmt::ValuesClause(values) => reader.select(&Select::ValuesClause(values)),
        Stmt::WithClause(with) => reader.select(&Select::WithClause(with)),
        _ => return None,
    };
    (!reader.too_deep).then_some(select)
}

struct SqlReader<'s> {
    statement: &'s ParsedStatement<'s>,
    depth: usize,
    too_deep: bool,
}

impl SqlReader<'_> {
    fn span(&self, id: impl Into<AnyNodeId>) -> Span {
        let Some((text, start)) = self.statement.node_text(id.into()) else { return 0..0 };
        let start = start.to_doc(self.statement.statement_base()).as_usize();
        start + lead(text)..start + text.len()
    }

    /// Goes one level deeper, if that is not too deep.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T, or: impl FnOnce() -> T) -> T {
        if self.depth == MAX_DEPTH {
            self.too_deep = true;
            return or();
        }
        self.depth += 1;
        let made = read(self);
        self.depth -= 1;
        made
    }

    fn term(&mut self, expression: Option<Expr<'_>>) -> SqlTerm {
        let nothing = || SqlTerm { form: SqlForm::Other(Vec::new()), span: 0..0 };
        let Some(expression) = expression else { return nothing() };
        let span = self.span(expression.node_id());
        let form = self.deeper(|reader| reader.form(&expression), || SqlForm::Other(Vec::new()));
        SqlTerm { form, span }
    }

    fn boxed(&mut self, expression: Option<Expr<'_>>) -> Box<SqlTerm> {
        Box::new(self.term(expression))
    }

    fn terms(&mut self, list: Option<ExprList<'_>>) -> Vec<SqlTerm> {
        list.iter().flat_map(TypedNodeList::iter).map(|expression| self.term(Some(expression))).collect()
    }

    fn order(&mut self, list: Option<OrderByList<'_>>) -> Vec<SqlTerm> {
        list.iter().flat_map(TypedNodeList::iter).map(|term| self.term(term.expr())).collect()
    }

    fn form(&mut self, expression: &Expr<'_>) -> SqlForm {
        match expression {
            Expr::BinaryExpr(binary) => {
                let both = Box::new([self.term(binary.left()), self.term(binary.right())]);
                SqlForm::Binary(operator(binary.op()), both)
            }
            Expr::UnaryExpr(unary) => match unary.op() {
                UnaryOp::Minus => SqlForm::Minus(self.boxed(unary.operand())),
                UnaryOp::Plus => SqlForm::Row(vec![self.term(unary.operand())]),
                UnaryOp::Not => SqlForm::Truth(vec![self.term(unary.operand())]),
                UnaryOp::BitNot => SqlForm::Other(vec![self.term(unary.operand())]),
            },
            Expr::ParenExpr(inner) => SqlForm::Row(vec![self.term(inner.expr())]),
            Expr::Literal(given) => literal(given).map_or(SqlForm::Other(Vec::new()), SqlForm::Literal),
            Expr::ColumnRef(column) => column_form(column.table(), column.column()),
            Expr::RowValue(row) => SqlForm::Row(self.terms(row.items())),
            Expr::CastExpr(cast) => {
                SqlForm::Cast(self.boxed(cast.expr()), cast.type_name().to_ascii_lowercase())
            }
            Expr::CollateExpr(collate) => SqlForm::Row(vec![self.term(collate.expr())]),
            Expr::SubqueryExpr(inner) => self.nested(inner.select(), SqlForm::Select),
            Expr::ExistsExpr(inner) => self.nested(inner.select(), SqlForm::Exists),
            Expr::Variable(_) | Expr::Error(_) | Expr::RaiseExpr(_) => SqlForm::Other(Vec::new()),
            other => self.judgement(other),
        }
    }

    /// Reads tests and calls.
    fn judgement(&mut self, expression: &Expr<'_>) -> SqlForm {
        match expression {
            Expr::IsExpr(is) => match is.op() {
                IsOp::Is | IsOp::IsNot | IsOp::IsNotDistinct | IsOp::IsDistinct => {
                    let both = Box::new([self.term(is.left()), self.term(is.right())]);
                    SqlForm::Binary(SqlBinary::Is, both)
                }
                IsOp::IsNull | IsOp::NotNull | IsOp::NotNullSpaced => {
                    SqlForm::Truth(vec![self.term(is.left())])
                }
            },
            Expr::BetweenExpr(between) => SqlForm::Between(Box::new([
                self.term(between.operand()),
                self.term(between.low()),
                self.term(between.high()),
            ])),
            Expr::LikeExpr(like) => {
                let mut terms = vec![self.term(like.operand()), self.term(like.pattern())];
                terms.extend(like.escape().map(|escape| self.term(Some(escape))));
                match like.keyword() {
                    LikeKeyword::Like | LikeKeyword::Glob | LikeKeyword::Regexp => SqlForm::Truth(terms),
                    LikeKeyword::Match => SqlForm::Other(terms),
                }
            }
            Expr::InExpr(within) => SqlForm::In {
                operand: self.boxed(within.operand()),
                negated: within.negated(),
                among: self.among(within.source()),
            },
            Expr::CaseExpr(case) => SqlForm::Case {
                operand: case.operand().map(|operand| self.boxed(Some(operand))),
                whens: case
                    .whens()
                    .iter()
                    .flat_map(TypedNodeList::iter)
                    .map(|when| [self.term(when.when_expr()), self.term(when.then_expr())])
                    .collect(),
                otherwise: case.else_expr().map(|otherwise| self.boxed(Some(otherwise))),
            },
            other => self.call(other),
        }
    }

    fn call(&mut self, expression: &Expr<'_>) -> SqlForm {
        let (name, arguments, order, filter, over) = match expression {
            Expr::FunctionCall(call) => {
                (call.func_name(), call.args(), None, call.filter_clause(), call.over_clause())
            }
            Expr::AggregateFunctionCall(call) => {
                (call.func_name(), call.args(), call.orderby(), call.filter_clause(), call.over_clause())
            }
            Expr::OrderedSetFunctionCall(call) => {
                let terms = self.terms(call.args()).into_iter().chain([self.term(call.orderby_expr())]);
                return SqlForm::Other(terms.collect());
            }
            _ => return SqlForm::Other(Vec::new()),
        };
        let arguments = self.terms(arguments);
        let mut within = self.order(order);
        within.extend(filter.map(|filter| self.term(Some(filter))));
        let over = over.map(|over| self.window(&over));
        SqlForm::Call(SqlCall { name: unquoted(name).to_ascii_lowercase(), arguments, within, over })
    }

    fn window(&mut self, window: &WindowDef<'_>) -> Vec<SqlTerm> {
        let mut terms = self.terms(window.partition_by());
        terms.extend(self.order(window.orderby()));
        terms
    }

    fn among(&mut self, source: Option<InExprSource<'_>>) -> SqlAmong {
        match source {
            None => SqlAmong::Terms(Vec::new()),
            Some(InExprSource::ExprList(list)) => SqlAmong::Terms(self.terms(Some(list))),
            Some(InExprSource::TableRef(table)) => SqlAmong::Table(unquoted(table.table_name())),
            Some(InExprSource::SubqueryExpr(inner)) => match self.nested(inner.select(), SqlForm::Select) {
                SqlForm::Select(select) => SqlAmong::Select(select),
                _ => SqlAmong::Terms(Vec::new()),
            },
            Some(InExprSource::SelectStmt(select)) => self.among_select(&Select::SelectStmt(select)),
            Some(InExprSource::CompoundSelect(select)) => self.among_select(&Select::CompoundSelect(select)),
            Some(InExprSource::WithClause(with)) => self.among_select(&Select::WithClause(with)),
            Some(InExprSource::ValuesClause(values)) => self.among_select(&Select::ValuesClause(values)),
        }
    }

    fn among_select(&mut self, select: &Select<'_>) -> SqlAmong {
        SqlAmong::Select(Box::new(self.select(select)))
    }
}

/// The length of the word that introduces a term, such as `where`, and of the space and comments behind it: the recorded
/// text of the term begins with them.
fn lead(text: &str) -> usize {
    let word = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    if !["where", "having", "else", "on"].iter().any(|lead| text[..word].eq_ignore_ascii_case(lead)) {
        return 0;
    }
    let mut at = word;
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        at += match rest {
            _ if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => return at,
        };
    }
}

fn operator(operator: BinaryOp) -> SqlBinary {
    match operator {
        BinaryOp::Plus => SqlBinary::Plus,
        BinaryOp::Minus => SqlBinary::Minus,
        BinaryOp::Star => SqlBinary::Times,
        BinaryOp::Slash => SqlBinary::Divide,
        BinaryOp::Rem => SqlBinary::Rest,
        BinaryOp::Lt | BinaryOp::Gt | BinaryOp::Le | BinaryOp::Ge => SqlBinary::Less,
        BinaryOp::Eq | BinaryOp::EqDouble => SqlBinary::Equal,
        BinaryOp::Ne | BinaryOp::NeAngle => SqlBinary::Unequal,
        BinaryOp::And => SqlBinary::Logic,
        BinaryOp::Or => SqlBinary::Either,
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::Lshift | BinaryOp::Rshift => SqlBinary::Bits,
        BinaryOp::Concat => SqlBinary::Concat,
        BinaryOp::Ptr => SqlBinary::Json,
        BinaryOp::Ptr2 => SqlBinary::Value,
    }
}

fn column_form(table: &str, name: &str) -> SqlForm {
    let is_truth = table.is_empty() && ["true", "false"].iter().any(|word| name.eq_ignore_ascii_case(word));
    if is_truth {
        return SqlForm::Literal(SqlLiteral::Truth);
    }
    let table = (!table.is_empty()).then(|| unquoted(table));
    SqlForm::Column { table, name: unquoted(name) }
}

fn literal(given: &Literal<'_>) -> Option<SqlLiteral> {
    let text = given.source();
    Some(match given.literal_type() {
        LiteralType::Integer | LiteralType::Qnumber if is_whole(text) => SqlLiteral::Int,
        LiteralType::Integer | LiteralType::Float | LiteralType::Qnumber => SqlLiteral::Float,
        LiteralType::String => SqlLiteral::Text(unquoted(text)),
        LiteralType::Null => SqlLiteral::Null,
        LiteralType::Blob | LiteralType::Current => return None,
    })
}

fn is_whole(text: &str) -> bool {
    let digits = text.replace('_', "");
    digits.parse::<i64>().is_ok() || digits.starts_with("0x") || digits.starts_with("0X")
}

fn name(name: Option<Name<'_>>) -> Option<String> {
    match name? {
        Name::IdentName(name) => Some(unquoted(name.source())),
        Name::Error(_) => None,
    }
}

/// A name or a text without its quotation marks, if it has them.
fn unquoted(text: &str) -> String {
    let close = match text.chars().next() {
        Some('[') => ']',
        Some(quote @ ('"' | '`' | '\'')) => quote,
        _ => return text.to_owned(),
    };
    match text[1..].strip_suffix(close) {
        Some(inner) if close == ']' => inner.to_owned(),
        Some(inner) => inner.replace(&format!("{close}{close}"), &close.to_string()),
        None => text.to_owned(),
    }
}
