//! The queries of a directory, as one would write them by hand.

use sitegen_model::Kind;

use super::Plan;
use super::columns::{DisplayColumn, Presentation, Title};

/// The width of a line of columns.
const WIDTH: usize = 110;

/// The numbers of characters after which a name is cut in titles and in URLs. File systems allow names of 255
/// bytes.
const TITLE: usize = 100;
const SLUG: usize = 60;

/// Writes the query for the things: a row, and so a page, for each row of the data.
pub(super) fn things(plan: &Plan) -> String {
    let Plan { dataset, words, .. } = plan;
    let names = plan.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    // A slug with a number added may be the slug of another row. The number is added twice then.
    let slug = "base || iif(same > 1, '_' || same || iif(base || '_' || same in (select base from based), '_' || same, ''), '') as slug";
    let first = [slug, "title"].map(str::to_owned);
    let columns = list(first.into_iter().chain(names));
    format!(
        "-- The things: a row, and a page, for each of the {many}. Where titles look the same in addresses, a number tells \
         them apart.\nwith\n  named as (\n    select *, {title} as title from {dataset}\n  ),\n  based as (\n    \
         select *, coalesce(nullif(slug(substr(title, 1, {SLUG})), ''), {one}) as base from named\n  ),\n  numbered as (\n    \
         select *, row_number() over (partition by fold(base)) as same from based\n  )\nselect\n{columns}\nfrom numbered\n\
         order by title collate site\n",
        many = words.many,
        title = title(plan),
        one = text(&sitegen_parser::slugify(&words.one)),
    )
}

/// Writes the SQL expression for the title of a row.
fn title(plan: &Plan) -> String {
    let columns = &plan.inferred.columns;
    let unnamed = text(&format!("{} without a name", capitalized(&plan.words.one)));
    match &plan.title {
        Title::Column(at) => {
            let column = &columns[*at];
            let name = &column.name;
            let name =
                if column.longest > TITLE { format!("substr({name}, 1, {TITLE})") } else { name.clone() };
            let name = if matches!(column.kind, Kind::Int) { format!("cast({name} as text)") } else { name };
            if column.optional { format!("coalesce({name}, {unnamed})") } else { name }
        }
        Title::Columns(parts) => {
            let is_optional = parts.iter().any(|at| columns[*at].optional);
            let names: Vec<_> = parts.iter().map(|at| &*columns[*at].name).collect();
            if is_optional {
                format!("coalesce(nullif(concat_ws(', ', {}), ''), {unnamed})", names.join(", "))
            } else {
                names.join(" || ', ' || ")
            }
        }
        Title::Number => {
            format!("{} || row_number() over ()", text(&format!("{} ", capitalized(&plan.words.one))))
        }
    }
}

/// Writes the query for what things can be chosen by, if there is anything.
pub(super) fn facts(plan: &Plan) -> Option<String> {
    let fact = |(at, column): (usize, &DisplayColumn)| {
        let name = &column.name;
        let named = |value: String, thing: &str| match at {
            0 => format!(
                "select {} as facet, {} as label, {value} as value, {thing} as thing",
                text(name),
                text(&column.label)
            ),
            _ => format!("select {}, {}, {value}, {thing}", text(name), text(&column.label)),
        };
        match column.presentation {
            Presentation::List => format!(
                "{}\nfrom things, json_each(things.{name}) as item",
                named("item.value".to_owned(), "things.slug")
            ),
            other => {
                let value = match other {
                    Presentation::Flag => format!("iif({name}, 'Yes', 'No')"),
                    Presentation::Percent => format!("{name} || ' %'"),
                    _ => name.clone(),
                };
                format!("{}\nfrom things\nwhere {name} is not null", named(value, "slug"))
            }
        }
    };
    let facets = plan.columns.iter().filter(|column| column.facet);
    let question = format!(
        "-- What {} can be chosen by: a row for each value of each {}.",
        plan.words.many, plan.words.one
    );
    asked(&question, facets.enumerate().map(fact))
}

/// Writes the query for what things can be ranked by, if there is anything.
pub(super) fn figures(plan: &Plan) -> Option<String> {
    let figure = |(at, column): (usize, &DisplayColumn)| {
        let name = &column.name;
        let named = match at {
            0 => format!("select {} as name, {name} as value, slug as thing", text(name)),
            _ => format!("select {}, {name}, slug", text(name)),
        };
        format!("{named}\nfrom things\nwhere {name} is not null")
    };
    let figures = plan.columns.iter().filter(|column| column.figure);
    let question = format!(
        "-- What {} can be ranked by: a row for each number of each {}.",
        plan.words.many, plan.words.one
    );
    asked(&question, figures.enumerate().map(figure))
}

fn asked(question: &str, parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| format!("{question}\n{}\n", parts.join("\nunion all\n")))
}

/// Joins names by commas, and breaks long lines.
fn list(names: impl Iterator<Item = String>) -> String {
    let mut lines = vec![String::new()];
    for name in names {
        let line = lines.last_mut().expect("there is always a line");
        match (line.is_empty(), line.len() + name.len() < WIDTH) {
            (true, _) => line.extend(["  ", &name]),
            (false, true) => line.extend([", ", &name]),
            (false, false) => {
                line.push(',');
                lines.push(format!("  {name}"));
            }
        }
    }
    lines.join("\n")
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
