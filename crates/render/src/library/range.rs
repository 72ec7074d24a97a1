//! The function that counts, `range(end=3)`, as Tera's, but bounded where loops stand in loops.

use tera::{Error, Kwargs, State, TeraResult};

use super::argument::{optional, required};
use super::registry::Registry;
use crate::library::errors;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

/// The most numbers of one range.
const MAX_NUMBERS: i128 = 100_000;

/// The most numbers that the ranges in one loop give together.
const MAX_IN_LOOP: i128 = 1_000_000;

const RANGE: Signature = Signature::function(
    "range",
    &[
        SignatureArgument::required("end", Wants::Whole),
        SignatureArgument::optional("start", Wants::Whole),
        SignatureArgument::optional("step_by", Wants::Whole),
    ],
    Gives::List(&Gives::Int),
);

pub(super) fn register(registry: &mut Registry) {
    registry.function(&RANGE, |args: Kwargs, state: &State| range(&args, state));
}

fn range(args: &Kwargs, state: &State) -> TeraResult<Vec<i128>> {
    let start = optional::<i128>(args, "start")?.unwrap_or_default();
    let end = required::<i128>(args, "end")?;
    let step = optional::<i128>(args, "step_by")?.unwrap_or(1);
    if step == 0 || start > end && step > 0 {
        return Err(Error::message("the numbers of \"range\" never come to their end"));
    }
    let count = count(start, end, step).unwrap_or(i128::MAX);
    // Tera knows how often the innermost loop goes round, not the others.
    let rounds = state.get::<i128>("__tera_loop_length")?.unwrap_or(1);
    if count > MAX_NUMBERS {
        return Err(errors::carry(&errors::range_too_long(MAX_NUMBERS)));
    }
    if count.saturating_mul(rounds) > MAX_IN_LOOP {
        return Err(errors::carry(&errors::ranges_too_long(rounds, count, MAX_IN_LOOP)));
    }
    Ok((0..count).map(|number| start + number * step).collect())
}

/// Counts the numbers of a range; there is no count if it is too large.
fn count(start: i128, end: i128, step: i128) -> Option<i128> {
    let span = if step > 0 { end.checked_sub(start)? } else { start.checked_sub(end)? };
    let step = step.checked_abs()?;
    Some((span.checked_add(step - 1)? / step).max(0))
}
