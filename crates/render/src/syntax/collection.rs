//! Reads lists, comprehensions and maps.

use std::sync::Arc;

use sitegen_parser::Spanned;

use super::cursor::{Parsed, TreeReader};
use super::expression::TERNARY;
use super::lexeme::LexemeKind;
use super::{Comprehension, Expr, ExprKind, ListElement, MapElement, MapKey};

/// The most lists within one another, which is Tera's bound.
const MAX_LISTS: usize = 2;

/// The beginning of a list.
enum ListRead {
    /// All elements.
    List(Vec<ListElement>),
    /// The element of a comprehension.
    First(Expr),
}

impl TreeReader<'_, '_> {
    /// Reads the rest of a list, or of a comprehension, behind its bracket.
    pub(super) fn list(&mut self, start: usize) -> Parsed<Expr> {
        if self.counts.lists == MAX_LISTS {
            let span = start..self.end();
            return Err(self.fault(&format!("lists are nested deeper than {MAX_LISTS} levels"), span));
        }
        self.counts.lists += 1;
        let read = self.elements();
        self.counts.lists -= 1;
        match read? {
            ListRead::List(elements) => Ok(self.expr(start, ExprKind::List(elements))),
            ListRead::First(element) => self.comprehension(element, start),
        }
    }

    /// Reads the elements of a list and its end, or the one before the `for` of a comprehension.
    fn elements(&mut self) -> Parsed<ListRead> {
        let mut elements = Vec::new();
        while self.next_element("]", elements.is_empty())? {
            if self.take_sign("...") {
                elements.push(ListElement::Spread(self.expression(0)?));
                continue;
            }
            let element = self.expression(0)?;
            if elements.is_empty() && self.is_word("for") {
                return Ok(ListRead::First(element));
            }
            elements.push(ListElement::One(element));
        }
        Ok(ListRead::List(elements))
    }

    fn comprehension(&mut self, of: Expr, start: usize) -> Parsed<Expr> {
        self.expect_word("for")?;
        let item = self.loop_item()?;
        self.expect_word("in")?;
        let over = self.expression(TERNARY + 1)?;
        let condition = if self.take_word("if") { Some(self.expression(TERNARY + 1)?) } else { None };
        if self.is_word("for") {
            let span = self.span();
            return Err(self.fault("a comprehension has one `for` only", span));
        }
        self.expect_sign("]")?;
        Ok(self.expr(start, ExprKind::Comprehension(Box::new(Comprehension { of, item, over, condition }))))
    }

    /// Reads the rest of a map behind its brace.
    pub(super) fn map(&mut self, start: usize) -> Parsed<Expr> {
        let mut elements = Vec::new();
        while self.next_element("}", elements.is_empty())? {
            if self.take_sign("...") {
                elements.push(MapElement::Spread(self.expression(0)?));
                continue;
            }
            let key = self.map_key()?;
            self.expect_sign(":")?;
            let value = self.expression(0)?;
            elements.push(MapElement::Entry { key, value });
        }
        Ok(self.expr(start, ExprKind::Map(elements)))
    }

    fn map_key(&mut self) -> Parsed<Spanned<MapKey>> {
        let key = match self.peek() {
            Some(LexemeKind::Text(text)) => MapKey::Text(Arc::from(&**text)),
            Some(LexemeKind::Int(number)) => MapKey::Int(*number),
            Some(LexemeKind::Bool(value)) => MapKey::Bool(*value),
            _ => {
                return Err(
                    self.unexpected("a key: a text in quotation marks, a whole number, true or false")
                );
            }
        };
        let key = Spanned { value: key, span: self.span() };
        self.at += 1;
        Ok(key)
    }
}
