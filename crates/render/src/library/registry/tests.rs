//! Calls whatever has a signature with values of every kind, and compares what fails with what the signature refuses.

use tera::{Context, Tera, Value};

use crate::library::declare;
use crate::types::{CallKind, Gives, KindSet, Signature, Signatures, Wants};

/// A place of a call where a value is put: its input or an argument.
const INPUT: &str = "input";

/// A value of each kind, as templates write it.
const SAMPLES: [(KindSet, &str); 8] = [
    (KindSet::UNDEFINED, "undefined"),
    (KindSet::NONE, "none"),
    (KindSet::BOOL, "true"),
    (KindSet::INT, "2"),
    (KindSet::FLOAT, "2.0"),
    (KindSet::TEXT, "\"a\""),
    (KindSet::LIST, "[{\"a\": 2}]"),
    (KindSet::MAP, "{\"a\": 2}"),
];

/// Samples for calls that fail for others of the same kind.
const SPECIAL: [(&str, &str, KindSet, &str); 12] = [
    ("int", INPUT, KindSet::TEXT, "\"1\""),
    ("float", INPUT, KindSet::TEXT, "\"1.5\""),
    ("date", INPUT, KindSet::TEXT, "\"2026-01-31\""),
    ("date", "format", KindSet::TEXT, "\"%Y\""),
    ("round", "method", KindSet::TEXT, "\"ceil\""),
    ("duration", "form", KindSet::TEXT, "\"iso\""),
    ("axis", "format", KindSet::TEXT, "\"percent\""),
    ("figure", "format", KindSet::TEXT, "\"percent\""),
    ("bins", "values", KindSet::LIST, "[1, 2]"),
    ("axis", "values", KindSet::LIST, "[1, 2]"),
    ("lines", "font", KindSet::TEXT, "\"Plain\""),
    ("place", "on", KindSet::MAP, "{\"kind\": \"band\", \"names\": [\"\", \"true\", \"2\", \"2.0\", \"a\"]}"),
];

/// The functions that need a site to answer, so that only refusals can be seen without one.
const OF_SITES: [&str; 14] = [
    "asset",
    "count_pages",
    "evaluate",
    "image",
    "lines",
    "link",
    "markdown",
    "pages",
    "referenced_by",
    "row",
    "rows",
    "safe",
    "sources",
    "t",
];

fn sample(name: &str, at: &str, kind: KindSet) -> &'static str {
    let special = SPECIAL.iter().find(|(of, place, known, _)| (*of, *place, *known) == (name, at, kind));
    let plain = SAMPLES.iter().find(|(known, _)| *known == kind).map(|(_, text)| *text);
    special.map(|(.., text)| *text).or(plain).expect("every kind has a sample")
}

/// Writes a value that is wanted somewhere. What a list contains can be of any kind.
fn wanted(name: &str, at: &str, wants: Wants) -> &'static str {
    let kinds = wants.kinds();
    let is_taken = |kind: &&(KindSet, &str)| kinds.has(kind.0);
    let (last, _) = SAMPLES.iter().rev().find(is_taken).expect("something is wanted");
    let kind = match (name, at) {
        // A text contains texts alone, a list anything.
        ("containing", INPUT) => KindSet::LIST,
        _ if kinds.has(KindSet::TEXT) => KindSet::TEXT,
        _ => *last,
    };
    sample(name, at, kind)
}

/// Writes a call with a value of a kind in one place.
fn call(signature: &Signature, at: &str, kind: KindSet) -> String {
    let name = signature.name;
    let value = |place: &str, wants| {
        if place == at { sample(name, place, kind) } else { wanted(name, place, wants) }
    };
    let given = signature.arguments.iter().filter(|argument| argument.is_required || argument.name == at);
    let arguments: Vec<_> =
        given.map(|argument| format!("{}={}", argument.name, value(argument.name, argument.wants))).collect();
    let arguments = arguments.join(", ");
    let input = value(INPUT, signature.input);
    match signature.kind {
        CallKind::Function => format!("{name}({arguments})"),
        CallKind::Filter => format!("{input} | {name}({arguments})"),
        CallKind::Test => format!("{input} is {name}({arguments})"),
    }
}

fn fails(tera: &Tera, call: &str) -> bool {
    let template = format!("{{% set result = {call} %}}");
    let mut tera = tera.clone();
    tera.add_raw_template("call", &template).unwrap_or_else(|error| panic!("{call}: {error}"));
    tera.render("call", &Context::new()).is_err()
}

/// Lists the calls of which the signature does not say truly whether they fail.
fn untrue(tera: &Tera, signature: &Signature, at: &str, wants: Wants) -> Vec<String> {
    let mut found = Vec::new();
    for (kind, _) in SAMPLES {
        let call = call(signature, at, kind);
        let is_refused = !wants.kinds().has(kind);
        let is_seen = is_refused || !OF_SITES.contains(&signature.name);
        if is_seen && fails(tera, &call) != is_refused {
            found.push(format!(
                "{call}: the signature says that it {}",
                if is_refused { "fails" } else { "works" }
            ));
        }
    }
    found
}

fn registered() -> (Tera, Signatures) {
    let mut tera = Tera::default();
    let signatures = declare(&mut tera);
    (tera, signatures)
}

fn all(signatures: &Signatures) -> impl Iterator<Item = &'static Signature> {
    [CallKind::Function, CallKind::Filter, CallKind::Test].into_iter().flat_map(|kind| signatures.of(kind))
}

#[test]
fn signatures_refuse_what_fails_and_nothing_else() {
    let (tera, signatures) = registered();
    let mut found = Vec::new();
    for signature in all(&signatures).filter(|signature| signature.gives != Gives::Never) {
        if signature.kind != CallKind::Function {
            found.extend(untrue(&tera, signature, INPUT, signature.input));
        }
        for argument in signature.arguments {
            found.extend(untrue(&tera, signature, argument.name, argument.wants));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_is_required_cannot_be_left_out() {
    let (tera, signatures) = registered();
    for signature in all(&signatures).filter(|signature| !OF_SITES.contains(&signature.name)) {
        let whole = call(signature, "", KindSet::EMPTY);
        for argument in signature.arguments.iter().filter(|argument| argument.is_required) {
            let left_out =
                format!("{}={}", argument.name, wanted(signature.name, argument.name, argument.wants));
            let without = whole.replace(&left_out, "").replace("(, ", "(").replace(", )", ")");
            assert_ne!(without, whole);
            assert!(fails(&tera, &without), "{without}");
        }
    }
}

#[test]
fn no_name_is_registered_twice() {
    let (_, signatures) = registered();
    for kind in [CallKind::Function, CallKind::Filter, CallKind::Test] {
        let mut names: Vec<_> = signatures.names(kind).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{kind:?}");
    }
}

/// The values that a call gives have the type that its signature says, as far as that depends on the input alone.
#[test]
fn calls_give_what_signatures_say() {
    let (tera, signatures) = registered();
    for signature in all(&signatures).filter(|signature| !OF_SITES.contains(&signature.name)) {
        let call = call(signature, "", KindSet::EMPTY);
        let kinds = match signature.gives {
            Gives::Bool => KindSet::BOOL,
            Gives::Int => KindSet::INT,
            Gives::Float => KindSet::FLOAT,
            Gives::Number => KindSet::NUMBER,
            Gives::Text | Gives::Html | Gives::Marked => KindSet::TEXT,
            Gives::List(_) | Gives::Items => KindSet::LIST,
            Gives::Struct(_) | Gives::Open(_) => KindSet::MAP,
            _ => continue,
        };
        let value = value_of(&tera, &call);
        assert!(kinds.has(kind_of(&value)), "{call} gives {value}");
    }
}

/// Returns what a call gives.
fn value_of(tera: &Tera, call: &str) -> Value {
    let (sender, receiver) = std::sync::mpsc::channel();
    let mut tera = tera.clone();
    tera.register_filter("tell", move |value: Value, _: tera::Kwargs, _: &tera::State| {
        sender.send(value).expect("the test listens");
        ""
    });
    tera.add_raw_template("call", &format!("{{{{ ({call}) | tell }}}}")).expect("the call is an expression");
    tera.render("call", &Context::new()).unwrap_or_else(|error| panic!("{call}: {error}"));
    receiver.recv().expect("the filter tells a value")
}

fn kind_of(value: &Value) -> KindSet {
    match value {
        value if value.is_bool() => KindSet::BOOL,
        value if value.is_f64() => KindSet::FLOAT,
        value if value.is_number() => KindSet::INT,
        value if value.is_string() => KindSet::TEXT,
        value if value.is_array() => KindSet::LIST,
        value if value.is_map() => KindSet::MAP,
        value if value.is_none() => KindSet::NONE,
        _ => KindSet::UNDEFINED,
    }
}
