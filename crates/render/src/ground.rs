//! What several stages use: bounds, escaping, fonts, and how rendered HTML and XML are read.

pub(crate) mod bounded;
pub(crate) mod errors;
pub(crate) mod escape;
pub(crate) mod fonts;
pub(crate) mod scan;
pub(crate) mod xml;
