//! The functions and filters by which components draw charts: points out of rows, axes, bins, and figures in words. They
//! calculate what templates cannot calculate well, and refuse what cannot be drawn; what a chart looks like is the theme's.

mod axis;
mod bins;
mod columns;
mod figure;
mod lines;
mod points;
mod time;

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::Library;
use super::argument::{expect, optional, required};
use crate::value::row::number;

use self::axis::Axis;
use self::figure::Figure;

pub(super) fn register(tera: &mut Tera, library: &Arc<Library>) {
    let of = Arc::clone(library);
    tera.register_function("points", move |args: Kwargs, _: &State| -> TeraResult<Value> {
        expect(&args, "points", &["figures", "optional", "rows", "series", "texts", "values"])?;
        points::points(&args, &of.model.words)
    });
    let of = Arc::clone(library);
    tera.register_function("axis", move |args: Kwargs, _: &State| -> TeraResult<Value> {
        expect(&args, "axis", &["band", "format", "nice", "room", "ticks", "values", "zero"])?;
        axis::axis(&args, &of.model.words)
    });
    tera.register_function("bins", |args: Kwargs, _: &State| -> TeraResult<Value> {
        expect(&args, "bins", &["count", "values"])?;
        bins::bins(required(&args, "values")?, optional::<usize>(&args, "count")?)
    });
    let of = Arc::clone(library);
    tera.register_function("cells", move |args: Kwargs, _: &State| -> TeraResult<Value> {
        expect(&args, "cells", &["columns", "labels", "rows"])?;
        columns::cells(&args, &of.model.words)
    });
    let of = Arc::clone(library);
    tera.register_filter("place", move |value: Value, args: Kwargs, _: &State| -> TeraResult<Value> {
        expect(&args, "place", &["down", "on"])?;
        let place = Axis::of(required(&args, "on")?)?.place(&value, &of.model.words)?;
        Ok(match optional::<bool>(&args, "down")? {
            Some(true) => number(((100.0 - place) * 100.0).round() / 100.0),
            _ => number(place),
        })
    });
    let of = Arc::clone(library);
    tera.register_filter("percent", move |value: f64, args: Kwargs, _: &State| -> TeraResult<String> {
        expect(&args, "percent", &[])?;
        Ok(Figure::Percent.exact(value, &of.model.words))
    });
    let of = Arc::clone(library);
    tera.register_filter("figure", move |value: f64, args: Kwargs, _: &State| -> TeraResult<String> {
        expect(&args, "figure", &["format", "short"])?;
        let figure = Figure::read(optional::<&str>(&args, "format")?.unwrap_or_default())?;
        let words = &of.model.words;
        Ok(match optional::<bool>(&args, "short")? {
            Some(true) => figure.short(value, words),
            _ => figure.exact(value, words),
        })
    });
}
