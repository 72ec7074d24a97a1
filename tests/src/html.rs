//! HTML as a list of tags and texts, of which only what matters to a reader is left.

mod normal;
mod token;

pub use self::normal::{Links, normal};
