//! Hides dollars that are no marks of formulas from the Markdown library.
//!
//! The library would take `$167K to $279K` for a formula, or the text between two names of variables, and
//! tear code apart for it. So such dollars are hidden behind a character that the text does not hold.

mod pairs;

use pulldown_cmark::Options;

use super::stand_in::{self, Hidden};

/// Hides the dollars that are text, if there can be formulas.
pub(super) fn hide(text: &str, options: Options) -> Hidden<'_> {
    let is_needed = options.contains(Options::ENABLE_MATH) && text.contains('$');
    let dollars = if is_needed { pairs::text_dollars(text, options) } else { Vec::new() };
    // The stand-ins are control characters, because these have no meaning in Markdown.
    stand_in::hide(text.into(), "$", &dollars, '\u{1}'..='\u{8}')
}
