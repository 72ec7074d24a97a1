//! The diagnostics of queries.

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) fn missing_query(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::MissingQuery, format!("query \"{name}\" has no file")).at(place);
    match nearest {
        Some(_) => diagnostic.suggest(nearest),
        None => diagnostic.help(format!("write it in queries/{name}.sql")),
    }
}

pub(crate) fn query_cycle(chain: &[(String, Option<Place>)]) -> Diagnostic {
    let names: Vec<_> = chain.iter().map(|(name, _)| name.as_str()).collect();
    let mut places = chain.iter().skip(1).filter_map(|(_, place)| place.clone());
    let diagnostic = Diagnostic::error(Code::QueryCycle, format!("query \"{}\" asks itself", names[0]))
        .at(places.next())
        .note(names.join(" → "));
    places.fold(diagnostic, |diagnostic, place| diagnostic.related(place, "which goes on here"))
}

pub(crate) fn one_without_by(query: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, format!("query \"{query}\" lacks \"by\""))
        .at(place)
        .help("say by which columns there is at most one row: by = [\"…\"]")
}

pub(crate) fn wide_key(most: usize, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidKey, format!("rows are looked up by at most {most} columns")).at(place)
}

pub(crate) fn duplicate_column(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::DuplicateColumn, format!("two columns of the answer are called \"{name}\""))
        .at(place)
        .help("give one another name by `as`")
}

pub(crate) fn unknown_sql_column(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnknownColumn, format!("there is no column \"{name}\""))
        .at(place)
        .suggest(nearest)
}

pub(crate) fn invalid_sql(message: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidSql, message.replace('`', "\"")).at(place)
}

pub(crate) fn forbidden_sql(place: Place) -> Diagnostic {
    Diagnostic::error(Code::ForbiddenSql, "a query can only read the site's relations")
        .at(place)
        .help("it is one `select` without chance and time; it changes nothing and opens nothing")
}

pub(crate) fn sql_clock(place: Place) -> Diagnostic {
    Diagnostic::error(Code::ForbiddenSql, "a query cannot ask for the time")
        .at(place)
        .help("the same site is the same tomorrow; compare with a date of the data")
}

pub(crate) fn runaway_query(why: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::RunawayQuery, format!("the query was stopped: {why}"))
        .at(place)
        .help("does a join lack its condition, or a recursion its end?")
}

pub(crate) fn heavy_query(megabytes: usize, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::RunawayQuery,
        format!("the query was stopped: its answer has more than {megabytes} MB"),
    )
    .at(place)
    .help("ask for fewer columns or rows, or for counts and sums of them")
}

pub(crate) fn long_text(megabytes: usize, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::RunawayQuery,
        format!("the query was stopped: a text in it has more than {megabytes} MB"),
    )
    .at(place)
    .help("what is repeated or put together has to stay shorter")
}
