//! The whole site, known: where its links lead, what its texts mention, and what was meant where nothing is.

mod model;
mod link;
mod wiki;
mod mention;
mod asset;
mod said;
mod question;
mod hints;
pub(crate) mod errors;

pub use self::asset::Referred;
pub use self::link::Link;
pub use self::mention::{Mentions, Vocabulary};
pub use self::model::Model;
