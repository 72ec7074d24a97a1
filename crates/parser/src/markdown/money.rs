//! Dollars that are no formulas' marks.
//!
//! The Markdown library would take `$167K to $279K` or what stands between two names of variables for a formula, and
//! tear code apart for it. So the dollars that are text are hidden from it behind a character that the text does not hold.

mod pairs;

use pulldown_cmark::Options;

use super::stand_in::{self, Hidden};

/// Hides the dollars that are text, if there can be formulas.
pub(super) fn hide(text: &str, options: Options) -> Hidden<'_> {
    let is_needed = options.contains(Options::ENABLE_MATH) && text.contains('$');
    let dollars = if is_needed { pairs::text_dollars(text, options) } else { Vec::new() };
    // Control characters mean nothing in Markdown.
    stand_in::hide(text.into(), "$", &dollars, '\u{1}'..='\u{8}')
}
