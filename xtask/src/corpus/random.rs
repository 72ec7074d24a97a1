//! Choices that look random and are the same on every machine: splitmix64.

/// A sequence of choices that its name decides.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Starts the sequence that belongs to a name. It does not depend on other sequences.
    pub(crate) fn named(name: &str) -> Self {
        let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self { state: name.bytes().fold(0xcbf2_9ce4_8422_2325, fnv) }
    }

    /// A number below another.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// One of several.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).expect("a position fits")]
    }

    /// Some of several, each once, in their order.
    pub(crate) fn some<T: Copy>(&mut self, count: usize, of: &[T]) -> Vec<T> {
        let mut left = count.min(of.len());
        let mut chosen = Vec::with_capacity(left);
        for (index, item) in of.iter().enumerate() {
            if self.below((of.len() - index) as u64) < left as u64 {
                chosen.push(*item);
                left -= 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_decides_the_choices() {
        let chosen = |name| Random::named(name).some(6, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        assert_eq!(chosen("a role").len(), 6);
        assert_eq!(chosen("a role"), chosen("a role"));
        assert_ne!(chosen("a role"), chosen("another"));
    }
}
