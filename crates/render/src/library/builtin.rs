//! The signatures of the functions, filters and tests that Tera has itself. A test calls each with values of every
//! kind and compares what fails.

use super::registry::Registry;
use crate::types::{Gives, KindSet, Rule, Signature, SignatureArgument, Wants};

const PAT: SignatureArgument = SignatureArgument::required("pat", Wants::TEXT);

/// A text, a list or a map, each of which has a length and may contain something.
const CONTAINER: Wants = Wants::Kinds(KindSet::TEXT.and(KindSet::LIST).and(KindSet::MAP));

/// Filters of texts.
const OF_TEXT: [Signature; 13] = [
    Signature::filter("upper", Wants::TEXT, &[], Gives::Marked).for_fields(),
    Signature::filter("lower", Wants::TEXT, &[], Gives::Marked).for_fields(),
    Signature::filter("capitalize", Wants::TEXT, &[], Gives::Marked).for_fields(),
    Signature::filter("title", Wants::TEXT, &[], Gives::Marked).for_fields(),
    Signature::filter("escape", Wants::TEXT, &[], Gives::Html).for_fields(),
    Signature::filter("escape_html", Wants::TEXT, &[], Gives::Text),
    Signature::filter("escape_xml", Wants::TEXT, &[], Gives::Text),
    Signature::filter("newlines_to_br", Wants::TEXT, &[], Gives::Text),
    Signature::filter("wordcount", Wants::TEXT, &[], Gives::Int).for_fields(),
    Signature::filter("split", Wants::TEXT, &[PAT], Gives::List(&Gives::Text)).for_fields(),
    Signature::filter(
        "truncate",
        Wants::TEXT,
        &[
            SignatureArgument::required("length", Wants::Whole),
            SignatureArgument::optional("end", Wants::TEXT),
        ],
        Gives::Text,
    )
    .for_fields(),
    Signature::filter("str", Wants::ANY, &[], Gives::Text).for_fields(),
    Signature::filter(
        "pluralize",
        Wants::INT,
        &[
            SignatureArgument::optional("singular", Wants::TEXT),
            SignatureArgument::optional("plural", Wants::TEXT),
        ],
        Gives::Text,
    )
    .for_fields(),
];

/// The values that can be read as a number.
const NUMERAL: Wants = Wants::Kinds(KindSet::TEXT.and(KindSet::NUMBER));

/// Filters of numbers.
const OF_NUMBERS: [Signature; 3] = [
    Signature::filter("int", NUMERAL, &[SignatureArgument::optional("base", Wants::Whole)], Gives::Int)
        .for_fields(),
    Signature::filter("float", NUMERAL, &[], Gives::Float).for_fields(),
    Signature::filter("abs", Wants::NUMBER, &[], Gives::Input).for_fields(),
];

/// Filters of lists and maps.
const OF_LISTS: [Signature; 11] = [
    Signature::filter("length", CONTAINER, &[], Gives::Int).for_fields(),
    Signature::filter("reverse", Wants::Kinds(KindSet::TEXT.and(KindSet::LIST)), &[], Gives::Plain)
        .for_fields(),
    Signature::filter("first", Wants::LIST, &[], Gives::Item).for_fields(),
    Signature::filter("last", Wants::LIST, &[], Gives::Item).for_fields(),
    Signature::filter("nth", Wants::LIST, &[SignatureArgument::required("n", Wants::Whole)], Gives::Item)
        .for_fields(),
    Signature::filter("unique", Wants::LIST, &[], Gives::Input).for_fields(),
    Signature::filter("values", Wants::MAP, &[], Gives::Items).for_fields(),
    Signature::filter("keys", Wants::MAP, &[], Gives::Rule(Rule::Keys)).for_fields(),
    Signature::filter("pairs", Wants::MAP, &[], Gives::Rule(Rule::Pairs)).for_fields(),
    Signature::filter(
        "get",
        Wants::MAP,
        &[
            SignatureArgument::required("key", Wants::TEXT),
            SignatureArgument::optional("default", Wants::ANY),
        ],
        Gives::Rule(Rule::Get),
    )
    .for_fields(),
    Signature::filter(
        "default",
        Wants::ANY,
        &[
            SignatureArgument::required("value", Wants::ANY),
            SignatureArgument::optional("boolean", Wants::BOOL),
        ],
        Gives::Rule(Rule::Default),
    )
    .for_fields(),
];

const TESTS: [Signature; 17] = [
    Signature::test("defined", Wants::ANY, &[]),
    Signature::test("undefined", Wants::ANY, &[]),
    Signature::test("none", Wants::ANY, &[]),
    Signature::test("bool", Wants::ANY, &[]),
    Signature::test("number", Wants::ANY, &[]),
    Signature::test("integer", Wants::ANY, &[]),
    Signature::test("float", Wants::ANY, &[]),
    Signature::test("string", Wants::ANY, &[]),
    Signature::test("array", Wants::ANY, &[]),
    Signature::test("map", Wants::ANY, &[]),
    Signature::test("iterable", Wants::ANY, &[]),
    Signature::test("odd", Wants::INT, &[]),
    Signature::test("even", Wants::INT, &[]),
    Signature::test("divisible_by", Wants::INT, &[SignatureArgument::required("divisor", Wants::Whole)]),
    Signature::test("starting_with", Wants::TEXT, &[PAT]),
    Signature::test("ending_with", Wants::TEXT, &[PAT]),
    Signature::test("containing", CONTAINER, &[SignatureArgument::required("pat", Wants::ANY)]),
];

const FUNCTIONS: [Signature; 1] =
    [Signature::function("throw", &[SignatureArgument::required("message", Wants::TEXT)], Gives::Never)];

/// Adds what Tera has and this library leaves as it is.
pub(super) fn register(registry: &mut Registry) {
    for signature in OF_TEXT.iter().chain(&OF_NUMBERS).chain(&OF_LISTS).chain(&TESTS).chain(&FUNCTIONS) {
        registry.built_in(signature);
    }
}
