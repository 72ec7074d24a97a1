//! Calculations: texts that SQL would take for numbers, and whole numbers whose quotient is cut off.

use sitegen_parser::Span;

use super::compare::Side;
use super::domain::Domain;
use super::errors;
use super::tree::{SqlBinary, SqlCall, SqlForm, SqlTerm};
use super::walk::Analyst;

impl Analyst<'_> {
    pub(super) fn binary(&mut self, operator: SqlBinary, both: &[SqlTerm; 2], span: &Span) -> Domain {
        use SqlBinary::{
            Bits, Concat, Divide, Either, Equal, Is, Json, Less, Logic, Minus, Plus, Rest, Times, Unequal,
            Value,
        };
        if let (SqlForm::Row(one), SqlForm::Row(other)) = (&both[0].form, &both[1].form)
            && one.len() > 1
        {
            for (one, other) in one.iter().zip(other) {
                let sides = [Side::of(one, self.term(one)), Side::of(other, self.term(other))];
                self.compare(operator, &sides, span);
            }
            return Domain::Truth;
        }
        let before = self.quotients.len();
        let [one, other] = both.each_ref().map(|term| self.term(term));
        if operator == Times && self.is_rounded_down(both) {
            self.quotients.truncate(before);
        }
        match operator {
            Plus | Minus | Times | Divide | Rest => self.arithmetic(operator, both, &[one, other], span),
            Less | Equal | Unequal | Is => {
                let sides = [Side::of(&both[0], one), Side::of(&both[1], other)];
                self.compare(operator, &sides, span);
                Domain::Truth
            }
            Logic | Either => Domain::Truth,
            Bits => Domain::Int,
            Concat => Domain::Text,
            Json | Value => match &Side::of(&both[1], other).says() {
                Some(path) => within(&one, path, operator),
                None if one.is_json() && operator == Value => one.item(),
                None => Domain::Unknown,
            },
        }
    }

    fn arithmetic(
        &mut self,
        operator: SqlBinary,
        both: &[SqlTerm; 2],
        domains: &[Domain; 2],
        span: &Span,
    ) -> Domain {
        for (term, domain) in both.iter().zip(domains) {
            self.operand(term, domain);
        }
        let [one, other] = domains;
        if operator == SqlBinary::Rest {
            let by = self.text(&both[1].span);
            self.rests.insert(by);
        }
        match one.is_whole() && other.is_whole() {
            true if operator == SqlBinary::Divide => {
                let by = self.text(&both[1].span);
                self.quotients.push((span.clone(), by));
                Domain::Int
            }
            true => Domain::Int,
            false if operator == SqlBinary::Rest => Domain::Number,
            false if *one == Domain::Float || *other == Domain::Float => Domain::Float,
            false => Domain::Number,
        }
    }

    pub(super) fn minus(&mut self, operand: &SqlTerm) -> Domain {
        let domain = self.term(operand);
        self.operand(operand, &domain);
        match domain {
            Domain::Float => Domain::Float,
            domain if domain.is_whole() => Domain::Int,
            _ => Domain::Number,
        }
    }

    /// Reports a value that is calculated with but is no number.
    fn operand(&mut self, term: &SqlTerm, domain: &Domain) {
        if (domain.is_text() && *domain != Domain::Digits) || domain.is_json() {
            let (text, kind) = (self.text(&term.span), self.kind(domain));
            self.found.push(errors::text_as_number(text, &kind, domain, (self.around.place)(&term.span)));
        }
    }

    /// Reports texts that a function calculates with.
    pub(super) fn calculated(&mut self, call: &SqlCall, taken: &[Domain]) {
        for (term, domain) in call.calculated().iter().zip(taken) {
            self.operand(term, domain);
        }
    }

    /// Returns true if a product is meant to be whole: `x / 10 * 10` gives the tens.
    fn is_rounded_down(&self, both: &[SqlTerm; 2]) -> bool {
        match &both[0].bare().form {
            SqlForm::Binary(SqlBinary::Divide, inner) => {
                self.text(&inner[1].span) == self.text(&both[1].span)
            }
            _ => false,
        }
    }

    /// `cast(a / b as integer)` says that the quotient is to be whole.
    pub(super) fn cast(&mut self, operand: &SqlTerm, to: &str) -> Domain {
        let before = self.quotients.len();
        self.term(operand);
        let is_quotient = matches!(operand.bare().form, SqlForm::Binary(SqlBinary::Divide, _));
        if to.contains("int") {
            if is_quotient {
                self.quotients.truncate(before);
            }
            return Domain::Int;
        }
        match to {
            _ if ["char", "clob", "text"].iter().any(|name| to.contains(name)) => Domain::Text,
            _ if ["real", "floa", "doub"].iter().any(|name| to.contains(name)) => Domain::Float,
            "numeric" | "decimal" | "number" => Domain::Number,
            _ => Domain::Unknown,
        }
    }

    /// Warns of quotients of whole numbers, but for those beside whose divisor a rest is asked for.
    pub(super) fn report_quotients(&mut self) {
        for (span, by) in std::mem::take(&mut self.quotients) {
            if !self.rests.contains(by) {
                self.found.push(errors::whole_division(self.text(&span), (self.around.place)(&span)));
            }
        }
    }
}

/// The type of what JSON holds under a name.
fn within(json: &Domain, path: &str, operator: SqlBinary) -> Domain {
    let found = json.at(path);
    // `->` gives the value as JSON, so that a text has quotation marks.
    if operator == SqlBinary::Value || found.is_json() { found } else { Domain::Unknown }
}
