//! License expressions, as SPDX writes them: `MIT OR (Apache-2.0 WITH LLVM-exception AND Unicode-3.0)`.

/// The licenses that a package asks its users to keep.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// A license by its id.
    Licence(String),
    /// Both sides must be met.
    All(Box<Expression>, Box<Expression>),
    /// One side must be met, which the user chooses.
    Either(Box<Expression>, Box<Expression>),
}

impl Expression {
    /// Reads an expression. Old packages write `/` for `OR`.
    ///
    /// # Errors
    ///
    /// The expression is malformed.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let spaced = text.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let mut words: SpdxTokens = spaced.split_whitespace().collect::<Vec<_>>().into_iter().peekable();
        let expression = either(&mut words)?;
        match words.next() {
            None => Ok(expression),
            Some(word) => Err(format!("`{word}` is not expected there")),
        }
    }

    /// Returns true if allowed licenses alone can meet the expression.
    pub(super) fn is_met_by(&self, allowed: &[String]) -> bool {
        match self {
            Self::Licence(id) => allowed.iter().any(|allowed| allowed == id),
            Self::All(left, right) => left.is_met_by(allowed) && right.is_met_by(allowed),
            Self::Either(left, right) => left.is_met_by(allowed) || right.is_met_by(allowed),
        }
    }
}

type SpdxTokens<'t> = std::iter::Peekable<std::vec::IntoIter<&'t str>>;

fn either(words: &mut SpdxTokens) -> Result<Expression, String> {
    let mut left = all(words)?;
    while words.next_if_eq(&"OR").is_some() {
        left = Expression::Either(Box::new(left), Box::new(all(words)?));
    }
    Ok(left)
}

fn all(words: &mut SpdxTokens) -> Result<Expression, String> {
    let mut left = one(words)?;
    while words.next_if_eq(&"AND").is_some() {
        left = Expression::All(Box::new(left), Box::new(one(words)?));
    }
    Ok(left)
}

fn one(words: &mut SpdxTokens) -> Result<Expression, String> {
    match words.next() {
        Some("(") => {
            let inner = either(words)?;
            words.next_if_eq(&")").map(|_| inner).ok_or_else(|| "a parenthesis is not closed".to_owned())
        }
        None => Err("a licence is missing".to_owned()),
        Some(word) if [")", "OR", "AND", "WITH"].contains(&word) => {
            Err(format!("`{word}` is not expected there"))
        }
        Some(id) => {
            // Exceptions are skipped, because they only give more permission.
            if words.next_if_eq(&"WITH").is_some()
                && words.next_if(|word| word.contains("-exception")).is_none()
            {
                return Err("`WITH` is not followed by an exception".to_owned());
            }
            Ok(Expression::Licence(id.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_met(expression: &str) -> bool {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned);
        Expression::read(expression).expect("the test's expression is one").is_met_by(&allowed)
    }

    #[test]
    fn one_of_several_is_enough() {
        assert!(is_met("MIT"));
        assert!(is_met("GPL-3.0 OR MIT"));
        assert!(is_met("MIT OR Apache-2.0 OR LGPL-2.1-or-later"));
        assert!(!is_met("GPL-3.0 OR EUPL-1.2"));
        assert!(!is_met("mit-like"));
    }

    #[test]
    fn all_of_several_count() {
        assert!(is_met("MIT AND Unicode-3.0"));
        assert!(!is_met("MIT AND GPL-3.0"));
        assert!(is_met("(MIT OR GPL-3.0) AND Unicode-3.0"));
        assert!(!is_met("(MIT OR Apache-2.0) AND GPL-2.0"));
    }

    #[test]
    fn and_binds_before_or() {
        assert!(is_met("MIT OR GPL-3.0 AND EUPL-1.2"));
        assert!(is_met("GPL-3.0 AND EUPL-1.2 OR MIT"));
        assert!(!is_met("GPL-3.0 AND (EUPL-1.2 OR MIT)"));
    }

    #[test]
    fn a_slash_is_or() {
        assert!(is_met("GPL-3.0/MIT"));
        assert!(is_met("Apache-2.0 / MIT"));
    }

    #[test]
    fn an_exception_leaves_the_licence() {
        assert!(is_met("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        assert!(!is_met("GPL-2.0 WITH Classpath-exception-2.0"));
    }

    #[test]
    fn what_is_no_expression_is_an_error() {
        let wrong = [
            "",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "MIT MIT",
            "MIT AND AND MIT",
            "MIT WITH",
            "MIT WITH MIT",
            "()",
        ];
        for wrong in wrong {
            assert!(Expression::read(wrong).is_err(), "{wrong}");
        }
    }
}
