//! The fields that declarations and questions read, besides those that templates read.

use std::collections::BTreeSet;

use super::{
    Collection, Column, Condition, Dataset, Family, Field, Kind, Part, PathStep, Pattern, Reads, Rest,
    Schema, Spoken,
};
use crate::ground::{CollectionId, DatasetId, RelationId};

/// The field in which a record has other names. Data and the search know the record by them.
const ALIASES: &str = "aliases";

/// Fields of collections and datasets, each by its place among the fields.
type FieldPlaces = BTreeSet<(RelationId, usize)>;

impl Schema {
    /// Lists the fields that the declarations themselves read: for paths and titles, in queries and conditions, to
    /// order, name and look up records and rows.
    pub fn fields_read(&self) -> BTreeSet<(RelationId, usize)> {
        let mut read = FieldPlaces::new();
        for query in &self.queries {
            self.add_reads(&query.reads, &mut read);
            if let Some(objection) = &query.objects {
                self.add_pattern(&objection.says, &query.columns, &mut read);
            }
        }
        for family in &self.families {
            let columns = family.from.map(|relation| self.columns(relation)).unwrap_or_default();
            family.patterns().for_each(|pattern| self.add_pattern(pattern, &columns, &mut read));
        }
        self.conditions().for_each(|Condition { reads, .. }| self.add_reads(reads, &mut read));
        for (id, collection) in self.collections.iter().enumerate() {
            let relation = RelationId::Collection(CollectionId(id));
            read.extend(collection.own_reads().map(|field| (relation, field)));
            if let Some(anchored) = &collection.anchored {
                let columns = self.columns(relation);
                self.add_pattern(&anchored.page, &columns, &mut read);
                self.add_pattern(&anchored.id, &columns, &mut read);
            }
        }
        for (id, dataset) in self.datasets.iter().enumerate() {
            let relation = RelationId::Dataset(DatasetId(id));
            read.extend(dataset.own_reads().map(|field| (relation, field)));
        }
        read
    }

    /// Lists the collections whose records the rows of a relation refer to.
    pub fn referred(&self, relation: RelationId) -> Vec<CollectionId> {
        let fields: Vec<_> = match relation {
            RelationId::Collection(id) => self[id].fields.iter().map(|field| &field.kind).collect(),
            RelationId::Dataset(id) => self[id].fields.iter().map(|column| &column.field.kind).collect(),
            RelationId::Query(id) => {
                self[id].columns.iter().filter_map(|column| column.kind.as_ref()).collect()
            }
        };
        let targets = fields.into_iter().flat_map(Kind::with_inner).filter_map(|kind| match kind {
            Kind::Reference(to) => Some(*to),
            _ => None,
        });
        targets.collect()
    }

    fn add_reads(&self, reads: &Reads, read: &mut FieldPlaces) {
        for (relation, columns) in reads.iter() {
            let field = |column: &usize| match relation {
                RelationId::Collection(id) => self[id].field_of(*column),
                RelationId::Dataset(_) | RelationId::Query(_) => Some(*column),
            };
            read.extend(columns.iter().filter_map(field).map(|field| (relation, field)));
        }
    }

    fn add_pattern(&self, pattern: &Pattern, columns: &[Column], read: &mut FieldPlaces) {
        for part in &pattern.parts {
            let Part::Column { column, steps, .. } = part else { continue };
            let mut kind = columns.get(*column).and_then(|column| column.kind.as_ref());
            for step in steps {
                let Some(Kind::Reference(of)) = kind else { break };
                let field = match step {
                    PathStep::Field(field) => Some(*field),
                    PathStep::Title => self[*of].title,
                    PathStep::Slug | PathStep::File => None,
                };
                read.extend(field.map(|field| (RelationId::Collection(*of), field)));
                kind = field.map(|field| &self[*of].fields[field].kind);
            }
        }
    }
}

impl Field {
    /// Returns true if its values refer to records.
    pub fn refers(&self) -> bool {
        self.kind.with_inner().into_iter().any(|kind| matches!(kind, Kind::Reference(_)))
    }
}

impl Family {
    /// Lists what is put together of its rows' values.
    fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.paths().chain([&self.title, &self.description, &self.updated].into_iter().flatten())
    }
}

impl Collection {
    /// Lists the fields that its own declaration reads.
    fn own_reads(&self) -> impl Iterator<Item = usize> {
        let exercises = self.exercises.iter().flat_map(|exercises| {
            let language = match &exercises.language {
                Spoken::By(field) => Some(field),
                Spoken::Always(_) => None,
            };
            language.into_iter().chain([&exercises.entry, &exercises.grade, &exercises.case])
        });
        let named = exercises.map(String::as_str).chain([ALIASES]).filter_map(|name| self.field(name));
        // Whatever front matter holds besides is kept for whoever reads it.
        let rest = match self.matter.rest {
            Rest::Field(field) => Some(field),
            Rest::Refused | Rest::Ignored => None,
        };
        let sort = self.sort.map(|sort| sort.field);
        let single = [self.title, sort, rest].into_iter().flatten();
        single.chain(self.mentions.iter().map(|(field, _)| *field)).chain(named)
    }

    /// Returns the field that a column of its table holds.
    fn field_of(&self, column: usize) -> Option<usize> {
        let (name, _) = *self.table_columns().get(column)?;
        match name {
            "title" => self.title,
            name => self.field(name),
        }
    }
}

impl Dataset {
    /// Lists the columns that its own declaration reads. Whoever downloads its file reads all of them.
    fn own_reads(&self) -> impl Iterator<Item = usize> {
        let published = if self.publish.is_some() { 0..self.fields.len() } else { 0..0 };
        self.unique.iter().chain(&self.by.columns).copied().chain(published)
    }
}
