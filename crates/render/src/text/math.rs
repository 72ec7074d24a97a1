//! Formulas in LaTeX as MathML, which browsers show and screen readers read without a script.

mod depth;
mod guard;

use std::borrow::Cow;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use sitegen_parser::Span;

use crate::ground::escape::push_escaped;

/// The most bytes of a formula.
const MAX_LENGTH: usize = 4096;

/// The most levels of a formula, because the library calls itself for each level.
const MAX_DEPTH: usize = 64;

/// The style in which a formula is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum MathStyle {
    /// Within a line.
    Inline,
    /// By itself.
    Display,
}

/// The reason why a formula cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormulaError {
    /// The part of the formula that is wrong.
    pub span: Span,
    pub message: String,
}

/// Converts a formula to MathML. Its source is an annotation: readers can copy it, and no screen reader reads
/// it aloud.
pub(crate) fn mathml(latex: &str, style: MathStyle) -> Result<String, FormulaError> {
    bound(latex)?;
    let display = match style {
        MathStyle::Inline => MathDisplay::Inline,
        MathStyle::Display => MathDisplay::Block,
    };
    let starred = starred(latex);
    let converted = converter().convert_with_local_state(&starred, display).map_err(|error| {
        FormulaError { span: within(latex, &starred, &error.0), message: error.error_message() }
    })?;
    let whole = |message| FormulaError { span: 0..latex.len(), message };
    let clean = guard::clean(&converted.mathml).map_err(whole)?;
    annotated(&clean, latex, style).ok_or_else(|| whole("this formula cannot be shown".to_owned()))
}

/// Usual commands that the library does not know.
const MACROS: [(&str, &str); 3] = [
    ("substack", r"\begin{subarray}{c}#1\end{subarray}"),
    ("boxed", r"\begin{array}{|c|}\hline #1\\\hline\end{array}"),
    ("textcolor", r"{\color{#1}#2}"),
];

fn converter() -> LatexToMathML {
    let macros = MACROS.map(|(name, meaning)| (name.to_owned(), meaning.to_owned())).to_vec();
    LatexToMathML::new(MathCoreConfig { macros, ..MathCoreConfig::default() })
        .expect("these macros can be read, which a test shows")
}

fn bound(latex: &str) -> Result<(), FormulaError> {
    let fault = |message| Err(FormulaError { span: 0..latex.len(), message });
    if latex.len() > MAX_LENGTH {
        return fault(format!("this formula is longer than {MAX_LENGTH} bytes"));
    }
    if depth::of(latex) > MAX_DEPTH {
        return fault(format!("the parts of this formula nest deeper than {MAX_DEPTH} levels"));
    }
    Ok(())
}

/// Keeps the lines of a formula from being numbered, because numbers would begin anew in each formula. Those
/// of the author's own stay.
fn starred(latex: &str) -> Cow<'_, str> {
    let mut starred = Cow::Borrowed(latex);
    for name in ["align", "equation", "gather"] {
        let environment = format!("{{{name}}}");
        if starred.contains(&environment) && !latex.contains("\\tag") {
            starred = starred.replace(&environment, &format!("{{{name}*}}")).into();
        }
    }
    starred
}

/// Converts a range that the library reports to one in the formula, or else to the whole formula.
fn within(latex: &str, given: &str, range: &Span) -> Span {
    let range = range.start.min(range.end)..range.end;
    if given == latex && latex.get(range.clone()).is_some() { range } else { 0..latex.len() }
}

/// Adds the source of a formula to its MathML. A formula by itself gets a `tabindex`, because it scrolls if
/// it is wide and the keyboard must reach it.
fn annotated(mathml: &str, latex: &str, style: MathStyle) -> Option<String> {
    let (start, rest) = mathml.split_once('>')?;
    let body = rest.strip_suffix("</math>")?;
    let mut html = String::with_capacity(mathml.len() + latex.len() + 100);
    html.push_str(start);
    html.push_str(match style {
        MathStyle::Inline => "><semantics><mrow>",
        MathStyle::Display => " tabindex=\"0\"><semantics><mrow>",
    });
    html.push_str(body);
    html.push_str("</mrow><annotation encoding=\"application/x-tex\">");
    push_escaped(&mut html, latex.trim());
    html.push_str("</annotation></semantics></math>");
    Some(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formulas that try to write markup or to run a script.
    const HOSTILE: [&str; 10] = [
        r"\operatorname{<svg/onload=alert(1)>}",
        r"\operatorname{<svg onload=alert(1)>}",
        r"\text{<script>alert(1)</script>}",
        r"\mathrm{</math><img src=x onerror=alert(1)>}",
        r"\operatorname{</mi></math><svg/onload=alert(1)>}",
        r"\begin{<svg>}x\end{<svg>}",
        r"\href{javascript:alert(1)}{x}",
        r#"\label{"><svg/onload=alert(1)>}"#,
        r"\operatorname*{<a href=x>}",
        r"</annotation></semantics></math><script>alert(1)</script>",
    ];

    #[test]
    fn nothing_gets_out_of_a_formula() {
        for latex in HOSTILE {
            for style in [MathStyle::Inline, MathStyle::Display] {
                let Ok(html) = mathml(latex, style) else { continue };
                let html = html.replacen(" tabindex=\"0\"", "", 1);
                let guarded = guard::clean(
                    &html
                        .replace("annotation encoding=\"application/x-tex\"", "mtext")
                        .replace("annotation", "mtext")
                        .replace("semantics", "mrow"),
                );
                assert_eq!(
                    guarded.as_deref(),
                    Ok(&*html
                        .replace("annotation encoding=\"application/x-tex\"", "mtext")
                        .replace("annotation", "mtext")
                        .replace("semantics", "mrow")),
                    "{latex}"
                );
            }
        }
    }

    #[test]
    fn whatever_nests_is_bounded() {
        for part in [
            r"{",
            r"\sqrt{",
            r"\frac",
            r"\sqrt",
            r"\left(",
            r"\begin{matrix}",
            r"x^{",
            r"\sqrt[",
            r"\hat",
            r"\text{",
            r"\bf",
            "[",
            "(",
            r"\left\{",
        ] {
            for count in [10, 60, 70, 400, 800, 100_000] {
                let latex = part.repeat(count);
                let _ = mathml(&latex, MathStyle::Display);
                let _ = mathml(&format!("{latex}x"), MathStyle::Inline);
            }
        }
    }

    #[test]
    fn no_style_is_inline() {
        for latex in [
            r"\begin{align} a &= b \\ c &= d \end{align}",
            r"\begin{cases} a & b \\ c & d \end{cases}",
            r"\begin{array}{|l|c:r|} \hline a & b & c \\ \hdashline d & e & f \end{array}",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{multline} a \\ b \\ c \end{multline}",
            r"\begin{gather} a \tag{1} \\ b \end{gather}",
            r"a \! b \, c \; d \quad e \negthickspace f \negmedspace g \negthinspace h",
            r"\color{red} x + \textcolor{blue}{y}",
            r"\text{\tiny a \Huge b \textsc{c} \textbf{d} \texttt{e} \textsf{f}}",
            r"\frac{a}{b} \sqrt[3]{x} \hat{x} \vec{v} \overline{x} \underbrace{x}_{y} \lim_{n \to \infty} \sum_{i=0}^n \int_0^1",
            r"\boxed{x} \cancel{y} \phantom{z} \stackrel{a}{b} \binom{n}{k} \dfrac12 \mathbb{R} \mathcal{L} \mathfrak{g}",
            r"x \bmod y \pmod{n} \mathrel{R} \mathbin{+} \bigl( \Bigr) \left. x \right|",
            r"\begin{subarray}{l} a \\ b \end{subarray} \substack{a \\ b} \hspace{1em}",
        ] {
            let html = mathml(latex, MathStyle::Display).unwrap_or_else(|fault| panic!("{latex}: {fault:?}"));
            assert!(!html.contains(" style="), "{latex}: {html}");
        }
        // A style that no class stands for is refused, with its formula.
        mathml(r"a \hspace{-1em} b", MathStyle::Display).expect_err("it needs a style");
    }
}
