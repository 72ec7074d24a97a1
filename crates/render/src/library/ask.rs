//! Functions that ask the model: rows of relations, URLs of records and assets.

use std::sync::Arc;

use sitegen_model::{Link, Model, nearest};
use sitegen_parser::{Diagnostic, Place};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{Library, expect};
use crate::errors;
use crate::relation::Relation;
use crate::value::record_key;

pub(super) fn register(tera: &mut Tera, library: &Arc<Library>) {
    let of = Arc::clone(library);
    tera.register_function("rows", move |args: Kwargs, _: &State| of.rows(&args));
    let of = Arc::clone(library);
    tera.register_function("row", move |args: Kwargs, _: &State| {
        expect(&args, "row", &["from", "slug"])?;
        of.row(&args)
    });
    let of = Arc::clone(library);
    tera.register_function("referenced_by", move |args: Kwargs, _: &State| {
        expect(&args, "referenced_by", &["record", "from"])?;
        of.referenced_by(&args)
    });
    let of = Arc::clone(library);
    tera.register_function("asset", move |args: Kwargs, _: &State| {
        expect(&args, "asset", &["name"])?;
        of.asset(&args)
    });
    let of = Arc::clone(library);
    tera.register_function("link", move |args: Kwargs, _: &State| {
        expect(&args, "link", &["to"])?;
        link(&of.model, &args)
    });
    let of = Arc::clone(library);
    tera.register_filter("absolute_url", move |path: &str, _: Kwargs, _: &State| {
        let base = &of.model.config.base_url;
        format!("{}{path}", base.origin)
    });
}

impl Library {
    fn relation(&self, name: &str) -> TeraResult<&Relation> {
        self.relations.get(name).ok_or_else(|| {
            errors::carry(&errors::unknown_relation(name, nearest(name, self.relations.names())))
        })
    }

    fn rows(&self, args: &Kwargs) -> TeraResult<Value> {
        let name: &str = args.must_get("from")?;
        let relation = self.relation(name)?;
        let mut keys = args.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
        let Some((field, value)) = keys.find(|(key, _)| *key != "from") else {
            return Ok(relation.rows.clone());
        };
        if let Some((second, _)) = keys.find(|(key, _)| *key != "from") {
            return Err(errors::carry(&errors::second_key(field, second)));
        }
        relation
            .by_field(field, &key_text(value)?)
            .ok_or_else(|| errors::carry(&errors::no_key(name, field, nearest(field, relation.keys()))))
    }

    fn row(&self, args: &Kwargs) -> TeraResult<Value> {
        let name: &str = args.must_get("from")?;
        let slug: &str = args.must_get("slug")?;
        let relation = self.relation(name)?;
        relation
            .by_slug(slug)
            .cloned()
            .ok_or_else(|| errors::carry(&errors::no_row(name, slug, nearest(slug, relation.slugs()))))
    }

    fn referenced_by(&self, args: &Kwargs) -> TeraResult<Value> {
        let record: &Value = args.must_get("record")?;
        let Some(key) = record_key(record) else {
            return Err(tera::Error::message("the argument \"record\" must be a record"));
        };
        match args.get::<&str>("from")? {
            Some(name) => Ok(self.relation(name)?.referring(&key)),
            None => Ok(self.relations.referring(&key)),
        }
    }

    fn asset(&self, args: &Kwargs) -> TeraResult<String> {
        let name: &str = args.must_get("name")?;
        match self.model.routes.asset(name) {
            Some(route) => Ok(self.model.config.base_url.href(&route.url)),
            None => {
                let nearest = nearest(name, self.model.routes.asset_names());
                Err(errors::carry(&errors::unknown_asset(name, nearest)))
            }
        }
    }
}

/// A key as relations index it: a record by its slug, anything else by its text.
fn key_text(value: &Value) -> TeraResult<String> {
    if let Some((_, slug)) = record_key(value) {
        return Ok(slug.to_string());
    }
    if value.is_map() || value.is_array() || value.is_none() || value.is_undefined() {
        return Err(tera::Error::message("a key is a record, a text, a number or a truth value"));
    }
    Ok(value.to_string())
}

/// Where a link goes that a template names.
fn link(model: &Model, args: &Kwargs) -> TeraResult<Value> {
    let to: &str = args.must_get("to")?;
    match model.resolve(to, &Place::file(&"".into())) {
        Ok(Link::Route { url, suffix, .. }) => {
            Ok(format!("{}{suffix}", model.config.base_url.href(&url)).into())
        }
        Ok(Link::External | Link::Here { .. }) => Ok(to.into()),
        Ok(Link::Nowhere) => Ok(Value::none()),
        Err(diagnostic) => Err(errors::carry(&Diagnostic { place: None, ..diagnostic })),
    }
}
