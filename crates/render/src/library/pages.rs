//! Functions that list the site's pages.

use std::sync::Arc;

use sitegen_model::{FamilyId, nearest};
use tera::{Kwargs, State, TeraResult, Value};

use super::Library;
use super::argument::optional;
use super::registry::Registry;
use crate::library::errors;
use crate::types::{Gives, Rule, Signature, SignatureArgument, Wants};
use crate::value::listing::Choice;

const FAMILY: SignatureArgument = SignatureArgument::optional("family", Wants::TEXT);

const PAGES: Signature = Signature::function(
    "pages",
    &[
        FAMILY,
        SignatureArgument::optional("newest", Wants::Whole),
        SignatureArgument::optional("limit", Wants::Whole),
    ],
    Gives::Rule(Rule::Pages),
);

const COUNT_PAGES: Signature = Signature::function("count_pages", &[FAMILY], Gives::Int).for_fields();

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.function(&PAGES, move |args: Kwargs, _: &State| of.pages(&args));
    let of = Arc::clone(library);
    registry.function(&COUNT_PAGES, move |args: Kwargs, _: &State| {
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
