//! `sitegen query`: answers questions to the data of a site, or to data files, in SQL.

mod files;

use std::sync::Arc;
use std::time::Instant;

use sitegen_model::{Model, nearest};
use sitegen_parser::{Diagnostic, Diagnostics};

use crate::args::{Common, QueryArgs, SheetFormat, SiteArgs};
use crate::console::Console;
use crate::errors::{self, Exit, Failure};
use crate::know;
use crate::phrase::{count, seconds};
use crate::sheet::Sheet;
use crate::site::LoadedSite;

/// Answers a question in SQL, or prints the rows of a relation by its name.
///
/// # Errors
///
/// The site's folder or a data file is missing, or there is no relation of that name.
pub(crate) fn query(
    common: &Common,
    args: &SiteArgs,
    QueryArgs { question, file }: &QueryArgs,
    format: SheetFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    let site = match file.as_slice() {
        [] => know::read(common, args, console)?,
        paths => files::site(common, paths)?,
    };
    let (model, exit) = know::model_of_question(&site, question, console);
    // In a site with errors, data may be missing, so answers would be wrong.
    if !model.is_whole() {
        return Ok(exit);
    }
    let started = Instant::now();
    let rows = if let Some(relation) = model.schema.relation(question.trim()) {
        let (columns, rows) = model.table(relation);
        Sheet::of_rows(&columns, &rows, &model.records).print(format, console)?;
        rows.len()
    } else if is_name(question) {
        return Err(unknown(question.trim(), &model));
    } else {
        match model.ask(question) {
            Ok((columns, rows)) => {
                Sheet::of_rows(&columns, &rows, &model.records).print(format, console)?;
                rows.len()
            }
            Err(problem) => return Ok(refuse(problem, question, &site, console)),
        }
    };
    console.notice(&format!("{} in {}", count(rows, "row"), seconds(started.elapsed())));
    Ok(exit)
}

/// Returns true if a question must be a name, because no SQL is a single word.
fn is_name(question: &str) -> bool {
    let question = question.trim();
    !question.is_empty() && !question.contains(|c: char| c.is_whitespace() || "(;".contains(c))
}

fn unknown(name: &str, model: &Model) -> Failure {
    let names: Vec<_> = model.schema.relations().map(|id| model.schema.relation_name(id)).collect();
    errors::unknown_relation(name, nearest(name, names.iter().copied()), &names)
}

/// Reports the problem of a question, with an excerpt.
fn refuse(problem: Diagnostic, question: &str, site: &LoadedSite, console: &Console) -> Exit {
    let find = |_: &str| Some(Arc::from(question));
    site.report(&Diagnostics::from_iter([problem]), &find, console);
    Exit::Usage
}
