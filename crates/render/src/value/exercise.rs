//! Exercises as templates and the scripts of pages see them.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use sitegen_model::{Case, Engine, Exercise, Model, Program, Role, Scenario, SqlValue};
use sitegen_parser::Markdown;
use tera::{Map, Value};

/// Returns an exercise as templates see it. `html` returns the HTML of a piece of Markdown.
pub(crate) fn value(exercise: &Exercise, model: &Model, html: impl Fn(&Arc<Markdown>) -> Value) -> Value {
    let program = |program: &Program| {
        let mut map = Map::new();
        map.insert("title".into(), Value::from(program.title.clone()));
        map.insert("text".into(), Value::from(program.text.as_str()));
        map.insert("code".into(), html(&program.code));
        Value::from(map)
    };
    let programs = |role| exercise.of(role).map(program).collect::<Vec<_>>();
    let engine = model.routes.engines().iter().find(|engine| engine.language == exercise.language);
    let mut map = Map::new();
    map.insert("language".into(), Value::from(exercise.language.name()));
    map.insert("entry".into(), Value::from(exercise.entry.clone()));
    map.insert("ordered".into(), exercise.grade.ordered.into());
    map.insert("prompt".into(), html(&exercise.prompt));
    map.insert("rest".into(), html(&exercise.rest));
    map.insert("starter".into(), programs(Role::Starter).pop().into());
    map.insert("solutions".into(), programs(Role::Solution).into());
    map.insert("mistakes".into(), programs(Role::Wrong).into());
    map.insert("engine".into(), engine.map(|engine| engine_value(engine, model)).into());
    map.insert("data".into(), Value::from(data(exercise)));
    map.into()
}

fn engine_value(engine: &Engine, model: &Model) -> Value {
    let mut map = Map::new();
    map.insert("title".into(), Value::from(engine.title.as_str()));
    map.insert("url".into(), Value::from(model.config.base_url.href(&engine.url())));
    map.insert("loads".into(), engine.loads.into());
    map.into()
}

/// Returns the data with which a page's script runs programs, as JSON that can stand in HTML.
fn data(exercise: &Exercise) -> String {
    let grade = &exercise.grade;
    let data = json!({
        "language": exercise.language.name(),
        "entry": exercise.entry,
        "tolerance": grade.tolerance,
        "grade": { "ordered": grade.ordered, "named": grade.named, "tolerance": grade.tolerance },
        "cases": exercise.cases.iter().map(case).collect::<Vec<_>>(),
    });
    // No tag can begin or end in the data, because `<` is escaped.
    data.to_string().replace('<', "\\u003c")
}

fn case(case: &Case) -> Json {
    match &case.given {
        Scenario::Sql { setup, columns, rows } => {
            let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            // The rows are passed as text, because scripts would take 7.0 for 7 and round large numbers.
            let rows = json!(rows).to_string();
            json!({ "name": case.name, "setup": setup, "columns": columns, "rows": rows })
        }
        Scenario::Python { args, expect } => json!({ "name": case.name, "args": args, "expect": expect }),
    }
}

fn cell(value: &SqlValue) -> Json {
    match value {
        SqlValue::Null => Json::Null,
        SqlValue::Int(value) => json!(value),
        SqlValue::Real(value) => json!(value),
        SqlValue::Text(text) => json!(text),
    }
}
