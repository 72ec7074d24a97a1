//! Bounds on the work of templates: Tera follows loops and calls for as long as they go on.
//!
//! A template is given to Tera with calls that count its steps (`templates/meter.rs`). The count belongs to one
//! render, and a filter of Tera can change nothing but what it shares with others. So each thread has a place for the
//! count of the render that it is at; nothing is held there from one render to the next.

#![expect(clippy::disallowed_types, reason = "a filter of Tera can count only in what it shares with others")]

use std::sync::atomic::{AtomicU64, Ordering};

/// The most steps of a page: tenfold those of a page of 100,000 links.
pub(crate) const PAGE_STEPS: u64 = 20_000_000;

/// The most steps of a `template` field, which anybody may have written.
pub(crate) const FIELD_STEPS: u64 = 1_000_000;

/// The steps that are left to the renders that go on, one budget for each thread.
#[derive(Debug)]
pub(crate) struct StepBudgets(Vec<StepBudget>);

/// The steps that are left to a render. It fills a line of the processor's cache, for which threads would contend.
#[derive(Debug)]
#[repr(align(64))]
struct StepBudget(AtomicU64);

/// The budget of a thread that renders nothing.
const IDLE: u64 = u64::MAX;

/// The most threads of a pool. Those beyond it share a budget.
const MAX_THREADS: usize = 512;

impl Default for StepBudgets {
    fn default() -> Self {
        Self((0..MAX_THREADS).map(|_| StepBudget(AtomicU64::new(IDLE))).collect())
    }
}

impl StepBudgets {
    /// Returns the budget of this thread.
    fn own(&self) -> &AtomicU64 {
        let last = self.0.len() - 1;
        &self.0[rayon::current_thread_index().unwrap_or(last).min(last)].0
    }

    /// Renders with a number of steps. If that is a part of another render, this one pays for it, and has no more to
    /// give than is left to it.
    pub(crate) fn render<R: Send>(&self, steps: u64, render: impl FnOnce() -> R + Send) -> R {
        // All threads outside the pool have one budget, so they leave the work to the pool.
        rayon::scope(|_| {
            let _spending = Spending::begin(self.own(), steps);
            render()
        })
    }

    /// Takes steps away, and returns false if there are not so many.
    pub(crate) fn spend(&self, steps: u64) -> bool {
        let own = self.own();
        let left = own.load(Ordering::Relaxed).checked_sub(steps);
        own.store(left.unwrap_or(0), Ordering::Relaxed);
        left.is_some()
    }
}

/// A render that goes on. Its end settles the budget, also after a panic.
struct Spending<'a> {
    own: &'a AtomicU64,
    around: u64,
    given: u64,
}

impl<'a> Spending<'a> {
    fn begin(own: &'a AtomicU64, steps: u64) -> Self {
        let around = own.load(Ordering::Relaxed);
        let given = around.min(steps);
        own.store(given, Ordering::Relaxed);
        Self { own, around, given }
    }
}

impl Drop for Spending<'_> {
    fn drop(&mut self) {
        let spent = self.given.saturating_sub(self.own.load(Ordering::Relaxed));
        let left = if self.around == IDLE { IDLE } else { self.around - spent };
        self.own.store(left, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_render_pays_for_those_within_it() {
        let budgets = StepBudgets::default();
        for _ in 0..2 {
            budgets.render(10, || {
                assert!(budgets.spend(4));
                budgets.render(5, || assert!(budgets.spend(5)));
                assert!(budgets.spend(1));
                assert!(!budgets.spend(1));
            });
        }
        budgets.render(10, || budgets.render(5, || assert!(!budgets.spend(6))));
        budgets.render(10, || budgets.render(20, || assert!(!budgets.spend(11))));
    }
}
