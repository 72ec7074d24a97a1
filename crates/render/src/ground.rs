//! Helpers that several stages use: bounds on output, escaping, fonts, and scanners for rendered HTML and
//! XML.

pub(crate) mod bounded;
pub(crate) mod budget;
pub(crate) mod errors;
pub(crate) mod escape;
pub(crate) mod fonts;
pub(crate) mod scan;
pub(crate) mod xml;
