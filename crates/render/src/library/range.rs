//! The function that counts, `range(end=3)`, as Tera's, but each number is a step.

use std::sync::Arc;

use tera::{Error, Kwargs, State, TeraResult};

use super::Library;
use super::argument::{optional, required};
use super::registry::Registry;
use crate::library::errors;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

/// The most numbers of one range.
const MAX_NUMBERS: i128 = 100_000;

const RANGE: Signature = Signature::function(
    "range",
    &[
        SignatureArgument::required("end", Wants::Whole),
        SignatureArgument::optional("start", Wants::Whole),
        SignatureArgument::optional("step_by", Wants::Whole),
    ],
    Gives::List(&Gives::Int),
);

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.function(&RANGE, move |args: Kwargs, _: &State| of.range(&args));
}

impl Library {
    fn range(&self, args: &Kwargs) -> TeraResult<Vec<i128>> {
        let start = optional::<i128>(args, "start")?.unwrap_or_default();
        let end = required::<i128>(args, "end")?;
        let step = optional::<i128>(args, "step_by")?.unwrap_or(1);
        if step == 0 || start > end && step > 0 {
            return Err(Error::message("the numbers of \"range\" never come to their end"));
        }
        let count = count(start, end, step).unwrap_or(i128::MAX);
        if count > MAX_NUMBERS {
            return Err(errors::carry(&errors::range_too_long(MAX_NUMBERS)));
        }
        self.pay(u64::try_from(count).unwrap_or_default())?;
        Ok((0..count).map(|number| start + number * step).collect())
    }
}

/// Counts the numbers of a range; there is no count if it is too large.
fn count(start: i128, end: i128, step: i128) -> Option<i128> {
    let span = if step > 0 { end.checked_sub(start)? } else { start.checked_sub(end)? };
    let step = step.checked_abs()?;
    Some((span.checked_add(step - 1)? / step).max(0))
}
