//! What comes of a route.

use std::sync::Arc;

use super::findings::Findings;

/// A route, rendered.
#[derive(Debug)]
pub struct Rendered {
    /// What to write.
    pub output: Output,
    /// What was found on the way: what is wrong, and what other pages must have for this one to be right.
    pub findings: Findings,
}

/// What to write for a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of one of the inputs, by its path.
    Input(Arc<str>),
    /// An image, which [`draw`](crate::draw) draws.
    Image(Image),
}

/// An image that is yet to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What it shows, which is known to be such that it can be drawn.
    pub svg: String,
    /// A hash of all that decides its bytes: images of one key are equal.
    pub key: u128,
}
