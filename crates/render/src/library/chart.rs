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

use tera::{Kwargs, State, TeraResult, Value};

use super::Library;
use super::argument::{optional, required};
use super::registry::Registry;
use crate::types::{Gives, Signature, SignatureArgument, Wants};
use crate::value::row::number;

use self::axis::Axis;
use self::figure::Figure;

const ROWS: SignatureArgument = SignatureArgument::required("rows", Wants::Rows);
const VALUES: SignatureArgument = SignatureArgument::required("values", Wants::LIST);
const FORMAT: SignatureArgument = SignatureArgument::optional("format", Wants::TEXT);

/// A point has the names that a chart asks for, besides these.
const POINTS_OF_CHART: Gives = Gives::List(&Gives::Open(&[
    ("url", Gives::OrNone(&Gives::Text)),
    ("series", Gives::Text),
    ("nth", Gives::Int),
    ("row", Gives::Unknown),
]));

const GROUPS: Gives =
    Gives::List(&Gives::Struct(&[("name", Gives::Text), ("nth", Gives::Int), ("points", POINTS_OF_CHART)]));

const POINTS: Signature = Signature::function(
    "points",
    &[
        ROWS,
        SignatureArgument::optional("figures", Wants::DEFINED),
        SignatureArgument::optional("optional", Wants::DEFINED),
        SignatureArgument::optional("texts", Wants::DEFINED),
        SignatureArgument::optional("values", Wants::DEFINED),
        SignatureArgument::optional("series", Wants::TEXT),
    ],
    Gives::Struct(&[
        ("left_out", Gives::Int),
        ("of", Gives::Int),
        ("points", POINTS_OF_CHART),
        ("groups", GROUPS),
        ("series", GROUPS),
    ]),
);

/// An axis has its bounds or its names, by its kind.
const AXIS: Signature = Signature::function(
    "axis",
    &[
        VALUES,
        FORMAT,
        SignatureArgument::optional("band", Wants::BOOL),
        SignatureArgument::optional("nice", Wants::BOOL),
        SignatureArgument::optional("room", Wants::BOOL),
        SignatureArgument::optional("ticks", Wants::Whole),
        SignatureArgument::optional("zero", Wants::BOOL),
    ],
    Gives::Open(&[
        ("kind", Gives::Choice(&["number", "time", "band"])),
        (
            "ticks",
            Gives::List(&Gives::Struct(&[
                ("at", Gives::Number),
                ("text", Gives::Text),
                ("anchor", Gives::Choice(&["start", "middle", "end"])),
                ("roomy", Gives::Bool),
            ])),
        ),
    ]),
);

const BINS: Signature = Signature::function(
    "bins",
    &[VALUES, SignatureArgument::optional("count", Wants::Whole)],
    Gives::List(&Gives::Struct(&[
        ("low", Gives::Number),
        ("high", Gives::Number),
        ("count", Gives::Int),
        ("share", Gives::Number),
    ])),
);

const CELLS: Signature = Signature::function(
    "cells",
    &[
        ROWS,
        SignatureArgument::optional("columns", Wants::TEXT),
        SignatureArgument::optional("labels", Wants::LIST),
    ],
    Gives::Struct(&[
        (
            "columns",
            Gives::List(&Gives::Struct(&[
                ("label", Gives::Text),
                ("kind", Gives::Choice(&["number", "date", "text"])),
            ])),
        ),
        (
            "rows",
            Gives::List(&Gives::List(&Gives::Struct(&[
                ("text", Gives::Text),
                ("url", Gives::OrNone(&Gives::Text)),
                ("value", Gives::OrNone(&Gives::Text)),
            ]))),
        ),
    ]),
);

const PLACE: Signature = Signature::filter(
    "place",
    Wants::ANY,
    &[SignatureArgument::required("on", Wants::MAP), SignatureArgument::optional("down", Wants::BOOL)],
    Gives::Number,
);

const PERCENT: Signature = Signature::filter("percent", Wants::NUMBER, &[], Gives::Text).for_fields();

const FIGURE: Signature = Signature::filter(
    "figure",
    Wants::NUMBER,
    &[FORMAT, SignatureArgument::optional("short", Wants::BOOL)],
    Gives::Text,
);

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.function(&POINTS, move |args: Kwargs, _: &State| points::points(&args, &of.model.words));
    let of = Arc::clone(library);
    registry.function(&AXIS, move |args: Kwargs, _: &State| axis::axis(&args, &of.model.words));
    registry.function(&BINS, |args: Kwargs, _: &State| {
        bins::bins(required(&args, "values")?, optional::<usize>(&args, "count")?)
    });
    let of = Arc::clone(library);
    registry.function(&CELLS, move |args: Kwargs, _: &State| columns::cells(&args, &of.model.words));
    let of = Arc::clone(library);
    registry.filter(&PLACE, move |value: Value, args: Kwargs, _: &State| -> TeraResult<Value> {
        let place = Axis::of(required(&args, "on")?)?.place(&value, &of.model.words)?;
        Ok(match optional::<bool>(&args, "down")? {
            Some(true) => number(((100.0 - place) * 100.0).round() / 100.0),
            _ => number(place),
        })
    });
    let of = Arc::clone(library);
    registry.filter(&PERCENT, move |value: f64, _: Kwargs, _: &State| {
        Figure::Percent.exact(value, &of.model.words)
    });
    let of = Arc::clone(library);
    registry.filter(&FIGURE, move |value: f64, args: Kwargs, _: &State| -> TeraResult<String> {
        let figure = Figure::read(optional::<&str>(&args, "format")?.unwrap_or_default())?;
        let words = &of.model.words;
        Ok(match optional::<bool>(&args, "short")? {
            Some(true) => figure.short(value, words),
            _ => figure.exact(value, words),
        })
    });
}
