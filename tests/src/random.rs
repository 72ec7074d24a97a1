//! Random choices that can be repeated.

/// Choices that look random and are the same on every machine: splitmix64.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Starts the choices that a seed decides.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Chooses a number below another; zero below zero.
    #[expect(clippy::missing_panics_doc, reason = "what is below a size is one")]
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).expect("it is below a size")
    }

    /// Chooses one of some values.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    /// Chooses a part of a text, more often a short one.
    pub fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        let longest = 1 << self.below(9);
        start..(start + self.below(longest + 1)).min(length)
    }
}
