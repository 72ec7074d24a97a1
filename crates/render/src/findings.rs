//! What rendering found, to be put together from all routes.

/// What rendering found. Findings can be put together in any order.
#[derive(Debug, Default)]
pub struct Findings {}

impl Findings {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let _ = other;
        self
    }
}
