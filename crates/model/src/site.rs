//! The complete model of a site: its links and mentions resolved, and hints for names that do not exist.

mod model;
mod link;
mod wiki;
mod mention;
mod asset;
mod said;
mod question;
mod hints;
pub(crate) mod errors;

pub use self::asset::ReferenceTarget;
pub use self::link::Link;
pub use self::mention::{Mentions, Vocabulary};
pub use self::model::Model;
