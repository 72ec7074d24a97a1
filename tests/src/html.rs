//! Normalizes HTML to a list of tags and words, so that only differences that matter to a reader are left.

mod normal;
mod token;

pub use self::normal::{LinkScope, normal};
