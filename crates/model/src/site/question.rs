//! Answers SQL from the command line, and shows whole relations as tables.

use std::borrow::Cow;

use sitegen_parser::{Code, Diagnostic, Diagnostics, Source};

use super::Model;
use crate::database::Rows;
use crate::ground::{Kept, RelationId};
use crate::read::{Config, Documents, Inputs, Words};
use crate::record::Records;
use crate::relation::{Relations, WantedRelations, read_answer, records_as_rows};
use crate::schema::{Column, Schema, refused};

/// Lists the relations that a question names; none if it cannot be understood, which its answer says.
fn asked(schema: &Schema, question: &str) -> Vec<RelationId> {
    if let Some(relation) = schema.relation(question.trim()) {
        return vec![relation];
    }
    let described = schema.open_database().describe(question);
    described.map(|described| schema.reads(&described).relations().collect()).unwrap_or_default()
}

/// The name of the query in diagnostics, because it is in no file.
const PATH: &str = "query";

impl Model {
    /// Builds as much of a site's model as answers a question: the name of a relation, or SQL. Its datasets are not
    /// loaded and its queries not asked but for those that the answer comes from, and it has no routes.
    pub fn of_question(
        inputs: &Inputs,
        config: Config,
        documents: &Documents,
        question: &str,
    ) -> (Self, Diagnostics) {
        if !config.whole {
            return (Self { config, ..Self::default() }, inputs.problems().collect());
        }
        let mut diagnostics: Diagnostics =
            inputs.problems().chain(documents.diagnostics().cloned()).collect();
        let words = Words::kept(inputs, &config, &Kept::default());
        let schema = Schema::kept(inputs, &config, &words, &Kept::default());
        // No page is shown, so no template is needed.
        let declared = schema.diagnostics.iter().filter(|found| found.code != Code::MissingTemplate);
        let declared: Diagnostics = declared.cloned().collect();
        let (records, recorded) = Records::check(&schema, documents, inputs, &Records::default());
        let holds = !declared.has_errors();
        let (relations, answered) = if holds {
            let wanted = WantedRelations::behind(&schema, asked(&schema, question));
            Relations::ask(&schema, &records, inputs, &wanted, &Relations::default())
        } else {
            (Relations::empty(&schema), Diagnostics::new())
        };
        if holds {
            diagnostics.extend(recorded.into_iter().chain(answered));
        }
        diagnostics.extend(declared);
        let model = Self { config, words, schema, records, relations, declared: holds, ..Self::default() };
        (model, diagnostics)
    }

    /// Runs SQL that is in no file over all relations, queries included. Values from a column have the
    /// column's type; a value that does not fit the type stays as SQLite returns it.
    ///
    /// # Errors
    ///
    /// `invalid-sql`, `unknown-relation`, `unknown-column`, `forbidden-sql`, `runaway-query`, in the file `query`.
    pub fn ask(&self, sql: &str) -> Result<(Vec<Column>, Rows), Diagnostic> {
        let source = Source { path: PATH.into(), text: sql.into() };
        let refuse = |refusal| refused(&self.schema, &source, &refusal, 0);
        let mut database = self.schema.open_database();
        let description = database.describe(sql).map_err(refuse)?;
        let reads = self.schema.reads(&description);
        for id in reads.relations() {
            self.relations.fill_table(id, &self.schema, &self.records, &mut database);
        }
        let over = reads.relations().map(|id| self.relations.count(id, &self.records)).sum();
        let columns = description.columns.into_iter();
        let columns: Vec<_> = columns
            .map(|answered| Column {
                kind: self.schema.traced(&answered),
                name: answered.name,
                optional: None,
            })
            .collect();
        let answer = read_answer(sql, over, &columns, &self.records, &mut database, |column, values| {
            values[column].clone()
        });
        Ok((columns, answer.map_err(refuse)?))
    }

    /// Returns true if all relations have all of their rows, so that a missing row is really missing.
    pub fn is_whole(&self) -> bool {
        self.relations.whole
    }

    /// Returns a relation as SQL sees it: its columns and rows.
    pub fn table(&self, id: RelationId) -> (Vec<Column>, Cow<'_, Rows>) {
        if let RelationId::Collection(collection) = id {
            let columns = self.schema[collection].table_columns().into_iter();
            let columns = columns.map(|(name, kind)| Column {
                name: name.to_owned(),
                kind: kind.cloned(),
                optional: None,
            });
            return (columns.collect(), Cow::Owned(records_as_rows(collection, &self.schema, &self.records)));
        }
        let rows =
            self.relations.rows(id).map_or_else(Cow::default, |relation| Cow::Borrowed(&relation.rows));
        (self.schema.columns(id), rows)
    }
}
