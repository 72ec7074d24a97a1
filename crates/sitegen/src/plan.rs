//! `sitegen plan`: the pages that the site will have, and the reasons.

use std::io;

use serde::Serialize;
use sitegen_model::{Condition, Family, FamilyId, Model, RelationId, Target};

use crate::args::{AccountFormat, Common, SiteArgs};
use crate::console::{self, Console};
use crate::errors::{Exit, Failure};
use crate::know;
use crate::reason::DescribedRows;
use crate::sheet::{OutputCell, Sheet, printable};

/// The output of the command.
#[derive(Serialize)]
struct SitePlan {
    families: Vec<FamilyPlan>,
    relations: Vec<RelationSize>,
}

/// The pages of a family, counted.
#[derive(Serialize)]
struct FamilyPlan {
    family: String,
    from: Option<String>,
    /// The number of rows; none for a family with a single page.
    rows: Option<usize>,
    pages: usize,
    noindex: usize,
    unpublished: usize,
    path: String,
    publish_if: Option<Gate>,
    index_if: Option<Gate>,
}

/// A condition of a family, and the rows that it excludes.
#[derive(Serialize)]
struct Gate {
    condition: String,
    /// The number of rows that the condition is asked of: for `index_if`, only published ones.
    asked: usize,
    fails: usize,
    example: Option<String>,
}

/// A relation and its number of rows.
#[derive(Serialize)]
struct RelationSize {
    relation: String,
    kind: &'static str,
    rows: usize,
}

/// Prints which pages the site will have. Nothing is rendered for this.
///
/// # Errors
///
/// The site's folder is not there.
pub(crate) fn plan(
    common: &Common,
    args: &SiteArgs,
    format: AccountFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    let (_, model, exit) = know::model(common, args, console)?;
    // We print no plan of a site with errors, because the rows of broken declarations or data are not known.
    if model.is_whole() {
        let plan = SitePlan::of(&model);
        console::stream(|out| match format {
            AccountFormat::Text => plan.text(console, out),
            AccountFormat::Json => plan.json(out),
        })?;
    }
    Ok(exit)
}

impl SitePlan {
    fn of(model: &Model) -> Self {
        let count = model.schema.families.len();
        let mut pages = vec![0; count];
        let mut noindex = vec![0; count];
        for route in model.routes.iter() {
            if let Target::Page { family, indexed, .. } = &route.target {
                pages[family.0] += 1;
                noindex[family.0] += usize::from(!indexed);
            }
        }
        let families = (0..count).map(|index| FamilyPlan {
            pages: pages[index],
            noindex: noindex[index],
            ..FamilyPlan::of(FamilyId(index), model)
        });
        let relations = model.schema.relations().map(|id| RelationSize {
            relation: model.schema.relation_name(id).to_owned(),
            kind: kind(id),
            rows: model.relations.count(id, &model.records),
        });
        Self { families: families.collect(), relations: relations.collect() }
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let json = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        writeln!(out, "{json}")
    }

    fn text(&self, console: &Console, out: &mut dyn io::Write) -> io::Result<()> {
        self.families_table().write(console, out)?;
        for pages in &self.families {
            for (key, gate) in [("publish_if", &pages.publish_if), ("index_if", &pages.index_if)] {
                if let Some(gate) = gate {
                    writeln!(
                        out,
                        "\n{}",
                        printable(&format!("{}: {key} = \"{}\"", pages.family, gate.condition))
                    )?;
                    writeln!(out, "  {}", printable(&gate.verdict(pages.rows.is_some())))?;
                }
            }
        }
        writeln!(out)?;
        self.relations_table().write(console, out)
    }

    fn families_table(&self) -> Sheet<'_> {
        let row = |pages: &FamilyPlan| {
            vec![
                OutputCell::Text(pages.family.clone().into()),
                OutputCell::text(pages.from.clone()),
                pages.rows.map_or(OutputCell::Null, OutputCell::count),
                OutputCell::count(pages.pages),
                OutputCell::count(pages.noindex),
                OutputCell::count(pages.unpublished),
                OutputCell::Text(pages.path.clone().into()),
            ]
        };
        let columns = ["family", "from", "rows", "pages", "noindex", "not published", "path"];
        Sheet::of_cells(&columns, self.families.iter().map(row).collect())
    }

    fn relations_table(&self) -> Sheet<'_> {
        let row = |rows: &RelationSize| {
            vec![
                OutputCell::Text(rows.relation.clone().into()),
                OutputCell::Text(rows.kind.into()),
                OutputCell::count(rows.rows),
            ]
        };
        Sheet::of_cells(&["relation", "kind", "rows"], self.relations.iter().map(row).collect())
    }
}

impl FamilyPlan {
    /// Asks the conditions of a family; its pages are counted later.
    fn of(id: FamilyId, model: &Model) -> Self {
        let family = &model.schema[id];
        let gates = model.relations.gates(id);
        let rows = family.from.map(|relation| model.relations.count(relation, &model.records));
        let all = 0..rows.unwrap_or(1);
        let gate = |condition: &Option<Condition>, asked: Vec<usize>, holds: &dyn Fn(usize) -> bool| {
            condition.as_ref().map(|condition| Gate::of(condition, family, model, &asked, holds))
        };
        let published: Vec<_> = all.clone().filter(|row| gates.publishes(*row)).collect();
        Self {
            family: family.name.clone(),
            from: family.from.map(|relation| model.schema.relation_name(relation).to_owned()),
            rows,
            pages: 0,
            noindex: 0,
            unpublished: gates.unpublished(),
            path: family.declared_path(),
            publish_if: gate(&family.publish_if, all.collect(), &|row| gates.publishes(row)),
            index_if: gate(&family.index_if, published, &|row| gates.indexes(row)),
        }
    }
}

impl Gate {
    fn of(
        condition: &Condition,
        family: &Family,
        model: &Model,
        asked: &[usize],
        holds: &dyn Fn(usize) -> bool,
    ) -> Self {
        let mut failing = asked.iter().copied().filter(|row| !holds(*row));
        let first = failing.next();
        let example = first
            .zip(family.from)
            .map(|(row, relation)| DescribedRows::new(model, relation).example(family, condition, row));
        Self {
            condition: condition.text.clone(),
            asked: asked.len(),
            fails: usize::from(first.is_some()) + failing.count(),
            example,
        }
    }

    /// Formats the result: `fails for 1744 of 2341 rows, such as role = "AI Architect", n = 1`.
    fn verdict(&self, has_rows: bool) -> String {
        let rows = if self.asked == 1 { "row" } else { "rows" };
        match (&self.example, self.fails) {
            (_, 0) if has_rows => format!("holds for all of {} {rows}", self.asked),
            (_, 0) => "holds".to_owned(),
            (Some(example), fails) => {
                format!("fails for {fails} of {} {rows}, such as {example}", self.asked)
            }
            (None, _) => "does not hold".to_owned(),
        }
    }
}

fn kind(relation: RelationId) -> &'static str {
    match relation {
        RelationId::Collection(_) => "collection",
        RelationId::Dataset(_) => "dataset",
        RelationId::Query(_) => "query",
    }
}
