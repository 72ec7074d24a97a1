//! Counts of tests that passed, from the closing lines of their runners.

use crate::step::Ran;

/// The numbers of tests that passed, failed and were skipped.
#[derive(Default)]
pub(crate) struct TestCounts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl TestCounts {
    /// Adds what a command's closing lines say. A command that failed counts as a failed test if no test did.
    pub(crate) fn add(&mut self, ran: &Ran) {
        let failed_before = self.failed;
        for line in &ran.lines {
            let words: Vec<_> = line.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
            match words.as_slice() {
                // cargo test, cargo xtask supply: "test result: ok. 3 passed; 0 failed; …"
                ["test", "result:", _, passed, "passed", failed, "failed", ignored, "ignored", ..] => {
                    self.passed += number(passed);
                    self.failed += number(failed);
                    self.skipped += number(ignored);
                }
                // node --test: "ℹ pass 3", "ℹ fail 0", "ℹ skipped 1"
                ["ℹ" | "#", "pass", passed] => self.passed += number(passed),
                ["ℹ" | "#", "fail" | "cancelled", failed] => self.failed += number(failed),
                ["ℹ" | "#", "skipped", skipped] => self.skipped += number(skipped),
                _ => {}
            }
        }
        if !ran.succeeded && self.failed == failed_before {
            self.failed += 1;
        }
    }
}

fn number(word: &str) -> usize {
    word.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let lines = [
            "test result: ok. 3 passed; 1 failed; 2 ignored; 0 measured",
            "ℹ pass 4",
            "ℹ fail 0",
            "3 passed by",
        ];
        let mut tally = TestCounts::default();
        tally.add(&Ran { lines: lines.map(str::to_owned).to_vec(), succeeded: false });
        assert_eq!((tally.passed, tally.failed, tally.skipped), (7, 1, 2));
        tally.add(&Ran { lines: Vec::new(), succeeded: false });
        assert_eq!((tally.passed, tally.failed, tally.skipped), (7, 2, 2));
    }
}
