//! The configuration of a directory.

use super::Plan;
use super::columns::DisplayColumn;
use crate::new::declaration::{Declaration, quote};

/// The numbers of rows from which on lists are paginated, and the search leaves out the text of pages.
const LONG_LIST: usize = 500;
const UNSEARCHED: usize = 10_000;

pub(super) fn config(plan: &Plan) -> String {
    let Plan { inferred, dataset, file, words, .. } = plan;
    let publish = Some(format!("/data/{file}"));
    let declaration = Declaration { inferred, name: dataset, file, publish };
    format!(
        "# A directory of the {many} in content/data/{file}, made by \"sitegen init --data\".\n\
         #\n\
         # All of it is yours to change: what the site is called, the types of the data's columns, which of them are shown and\n\
         # how, and queries/things.sql, which says what is a thing. Replace the data, and \"sitegen check\" says what no longer\n\
         # holds.\n\
         title = {title}\n\
         base_url = \"https://example.com\"  # where the site will be\n\
         theme = \"directory\"\n\n\
         # --- the data ---\n\n\
         # {declaration}\n\
         # Say where the data is from, and its pages say so, too.\n\
         # [datasets.{dataset}.source]\n\
         # name = \"Who gathered it\"\n\
         # url = \"https://example.com/\"\n\
         # licence = \"CC0 1.0\"\n\n\
         # --- the pages ---\n\n{pages}{extra}",
        many = words.many,
        title = quote(&words.title),
        pages = pages(plan),
        extra = extra(plan),
    )
}

/// Declares how pages differ from the theme's.
fn pages(plan: &Plan) -> String {
    let path = plan.words.folder().map(|folder| format!("path = \"/{folder}/{{slug}}/\"\n"));
    let search = (plan.inferred.rows > UNSEARCHED)
        .then(|| "search = \"none\"  # so many would make the search slow\n".to_owned());
    let thing: String = path.into_iter().chain(search).collect();
    let thing = if thing.is_empty() { thing } else { format!("[pages.thing]\n{thing}\n") };
    let is_long = plan.inferred.rows > LONG_LIST;
    let home = if is_long { "[pages.home]\npaginate = { by = 100, empty = true }\n\n" } else { "" };
    format!("{thing}{home}")
}

/// Sets the theme's options.
fn extra(plan: &Plan) -> String {
    let Plan { words, file, .. } = plan;
    let columns: Vec<_> =
        plan.columns.iter().map(|column| format!("  {},\n", self::column(column))).collect();
    let columns = columns.concat();
    format!(
        "[extra.directory]\n\
         one = {one}\n\
         many = {many}\n\
         data = {data}\n\
         # kind: text, long, number, money, percent, year, date, time, url, flag or list.\n\
         # list: in lists of things. facet: things can be chosen by it (queries/facts.sql). sort: lists can be sorted by it.\n\
         columns = [\n{columns}]\n",
        one = quote(&words.one),
        many = quote(&words.many),
        data = quote(&format!("/data/{file}")),
    )
}

fn column(column: &DisplayColumn) -> String {
    let is_sorted = column.list && column.presentation.has_order();
    let flags = [("list", column.list), ("facet", column.facet), ("sort", is_sorted)];
    let flags = flags.iter().filter(|(_, holds)| *holds).map(|(flag, _)| format!(", {flag} = true"));
    let currency = column.currency.as_deref().map(|currency| format!(", currency = {}", quote(currency)));
    let rest: String = currency.into_iter().chain(flags).collect();
    let (name, label, kind) = (quote(&column.name), quote(&column.label), quote(column.presentation.name()));
    format!("{{ name = {name}, label = {label}, kind = {kind}{rest} }}")
}
