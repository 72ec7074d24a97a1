//! The arguments of functions and filters, checked by their names and types.

use sitegen_model::nearest;
use tera::{ArgFromValue, Kwargs, TeraResult};

use crate::library::errors;

/// Returns the value of an argument; none if it is not given.
pub(super) fn optional<'k, T>(args: &'k Kwargs, name: &'k str) -> TeraResult<Option<T>>
where
    T: ArgFromValue<'k, Output = T>,
{
    args.get(name).map_err(|error| errors::carry(&errors::unfit_argument(name, &error.to_string())))
}

/// Returns the value of an argument that must be given.
pub(super) fn required<'k, T>(args: &'k Kwargs, name: &'k str) -> TeraResult<T>
where
    T: ArgFromValue<'k, Output = T>,
{
    optional(args, name)?.ok_or_else(|| errors::carry(&errors::no_argument(name)))
}

/// Refuses arguments that a function or filter does not take.
pub(super) fn expect<'n>(
    args: &Kwargs,
    of: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> TeraResult<()> {
    let mut given = args.iter().filter_map(|(name, _)| name.as_str());
    match given.find(|name| !names.clone().any(|known| known == *name)) {
        Some(name) => {
            let nearest = nearest(name, names);
            Err(errors::carry(&errors::unexpected_argument(of, name, nearest)))
        }
        None => Ok(()),
    }
}

/// Refuses arguments whose values are undefined.
pub(super) fn expect_defined(args: &Kwargs) -> TeraResult<()> {
    match args.iter().find(|(_, value)| value.is_undefined()) {
        Some((name, _)) => {
            Err(errors::carry(&errors::undefined_argument(name.as_str().unwrap_or_default(), None)))
        }
        None => Ok(()),
    }
}
