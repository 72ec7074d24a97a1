//! Functions that list the site's pages.

use std::sync::Arc;

use sitegen_model::{FamilyId, nearest};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::Library;
use super::argument::{expect, optional};
use crate::library::errors;
use crate::value::listing::Choice;

pub(super) fn register(tera: &mut Tera, library: &Arc<Library>) {
    let of = Arc::clone(library);
    tera.register_function("pages", move |args: Kwargs, _: &State| {
        expect(&args, "pages", &["family", "newest", "limit"])?;
        of.pages(&args)
    });
    let of = Arc::clone(library);
    tera.register_function("count_pages", move |args: Kwargs, _: &State| {
        expect(&args, "count_pages", &["family"])?;
        Ok::<_, tera::Error>(of.listing.count(of.family(&args)?))
    });
}

impl Library {
    fn pages(&self, args: &Kwargs) -> TeraResult<Value> {
        let choice = match (optional::<usize>(args, "newest")?, optional::<usize>(args, "limit")?) {
            (Some(_), Some(_)) => return Err(errors::carry(&errors::newest_and_limit())),
            (Some(newest), None) => Choice::Newest(newest),
            (None, limit) => Choice::First(limit.unwrap_or(usize::MAX)),
        };
        Ok(self.listing.pages(self.family(args)?, choice, &self.model))
    }

    fn family(&self, args: &Kwargs) -> TeraResult<Option<FamilyId>> {
        let Some(name) = optional::<&str>(args, "family")? else { return Ok(None) };
        let schema = &self.model.schema;
        let unknown = || {
            let nearest = nearest(name, schema.families.iter().map(|family| family.name.as_str()));
            errors::carry(&errors::unknown_family(name, nearest))
        };
        schema.family(name).ok_or_else(unknown).map(Some)
    }
}
