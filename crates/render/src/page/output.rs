//! The results of rendering a route.

use std::sync::Arc;

use super::findings::Findings;

/// A rendered route.
#[derive(Debug)]
pub struct Rendered {
    /// The content of its file.
    pub output: Output,
    /// The problems that were found, and the links that can be judged only once all pages are rendered.
    pub findings: Findings,
}

/// The content of a route's file.
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
    /// The image as SVG, which was checked and can be drawn.
    pub svg: String,
    /// A hash of everything that its bytes depend on: images of one key are equal.
    pub key: u128,
}
