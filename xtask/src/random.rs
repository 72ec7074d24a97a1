//! Random numbers and choices that are the same on every machine: splitmix64, integers only.

/// A sequence of numbers that a name decides.
pub(crate) struct SplitMix {
    state: u64,
}

impl SplitMix {
    /// Starts the sequence that belongs to a name. It does not depend on other sequences.
    pub(crate) fn named(name: &str) -> Self {
        let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self { state: name.bytes().fold(0xcbf2_9ce4_8422_2325, fnv) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Chooses a number below another.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Chooses a number from `low` up to, but not including, `high`; each is as likely as any other.
    pub(crate) fn within(&mut self, low: i64, high: i64) -> i64 {
        let below = self.below(high.abs_diff(low));
        low.checked_add_unsigned(below).expect("the result is less than `high`")
    }

    /// Chooses a position in a list of some length.
    pub(crate) fn position(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("a remainder is less than its divisor")
    }

    /// Chooses one of several.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.position(of.len())]
    }

    /// Chooses some of several, each once, in their order.
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

    /// Chooses a bell-shaped number with mean 0 and standard deviation 1000: twelve even ones, added.
    pub(crate) fn bell(&mut self) -> i64 {
        (0..12).map(|_| self.within(0, 1001)).sum::<i64>() - 6000
    }

    /// Chooses a factor in thousandths, about 1000, that strays upwards further than downwards, as pay does.
    pub(crate) fn spread(&mut self, deviation: i64) -> i64 {
        let stray = (self.bell() * deviation / 1000).clamp(-900, 1400);
        1000 + stray + stray * stray / 2000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_decides_the_sequence() {
        let numbers = |name| [(); 3].map(|()| SplitMix::named(name).within(-5, 5_000_000));
        assert_eq!(numbers("amazon"), numbers("amazon"));
        assert_ne!(numbers("amazon"), numbers("stripe"));
    }

    #[test]
    fn a_name_decides_the_choices() {
        let chosen = |name| SplitMix::named(name).some(6, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        assert_eq!(chosen("a role").len(), 6);
        assert_eq!(chosen("a role"), chosen("a role"));
        assert_ne!(chosen("a role"), chosen("another"));
    }

    #[test]
    fn bells_have_their_mean_and_deviation() {
        let mut random = SplitMix::named("bell");
        let bells: Vec<_> = (0..10_000).map(|_| random.bell()).collect();
        let mean = bells.iter().sum::<i64>() / 10_000;
        let variance = bells.iter().map(|bell| bell * bell).sum::<i64>() / 10_000;
        assert!(mean.abs() < 40, "{mean}");
        assert!((950_000..1_050_000).contains(&variance), "{variance}");
    }
}
