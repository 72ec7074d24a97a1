//! Ids of collections, datasets, queries, page families, relations and records: each is an index among its
//! kind.

/// A collection's place in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollectionId(pub usize);

/// A dataset's place in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DatasetId(pub usize);

/// A query's place in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub usize);

/// A page family's place in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyId(pub usize);

/// A relation's place in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationId {
    /// A collection: records that authors write.
    Collection(CollectionId),
    /// A dataset: rows of a data file.
    Dataset(DatasetId),
    /// A query: rows of an SQL query's answer.
    Query(QueryId),
}

/// A record's place in the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// Its collection.
    pub collection: CollectionId,
    /// Its place in the collection's order.
    pub row: usize,
}
