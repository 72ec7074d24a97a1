//! The filters that count the steps of templates, which nobody writes: they are put in when templates are compiled.

use std::sync::Arc;

use tera::{Kwargs, State, TeraResult, Value};

use super::Library;
use super::registry::Registry;
use crate::ground::bounded::MAX_BYTES;
use crate::library::errors;
use crate::templates::meter::{MAX_POWER, SPEND, WALK, WEIGH, each};

/// The bytes of a text that are a step.
const TEXT_BYTES: usize = 64;

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.counting(WALK.to_owned(), move |value: &Value, _: Kwargs, _: &State| {
        of.walk(value).map(|()| value.clone())
    });
    let of = Arc::clone(library);
    registry.counting(WEIGH.to_owned(), move |value: &Value, _: Kwargs, _: &State| {
        of.walk(value).map(|()| Value::from(""))
    });
    let of = Arc::clone(library);
    registry.counting(SPEND.to_owned(), move |steps: &Value, _: Kwargs, _: &State| {
        of.pay(steps.as_i64().unwrap_or_default().unsigned_abs()).map(|()| Value::from(""))
    });
    for power in 0..=MAX_POWER {
        let of = Arc::clone(library);
        registry.counting(each(power), move |value: &Value, _: Kwargs, _: &State| {
            of.pay((length(value) as u64 + 1) << power).map(|()| value.clone())
        });
    }
}

impl Library {
    /// Pays for the length of a value.
    fn walk(&self, value: &Value) -> TeraResult<()> {
        let steps = match value.as_str() {
            Some(text) if text.len() > MAX_BYTES => return Err(errors::carry(&errors::text_too_long())),
            Some(text) => text.len() / TEXT_BYTES,
            // A filter mostly copies the list that it goes through.
            None => 2 * length(value),
        };
        self.pay(steps as u64)
    }

    /// Takes steps away from the render that goes on, which fails if there are not so many.
    pub(super) fn pay(&self, steps: u64) -> TeraResult<()> {
        if self.budgets.spend(steps) { Ok(()) } else { Err(errors::carry(&errors::too_many_steps())) }
    }
}

/// Returns the most rounds of a loop over a value.
fn length(value: &Value) -> usize {
    match (value.as_array(), value.as_map()) {
        (Some(items), _) => items.len(),
        (_, Some(map)) => map.len(),
        _ => value.as_str().map_or(0, str::len),
    }
}
