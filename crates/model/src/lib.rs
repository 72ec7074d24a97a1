//! The typed model of a site: its declarations, records, relations, routes and links.
//!
//! The modules are layers, in the order in which a build runs them: each uses those before it and none after
//! it.

mod ground;
mod read;
mod database;
mod question;
mod schema;
mod record;
mod dataset;
mod infer;
mod relation;
mod route;
mod site;

pub use crate::database::Rows;
pub use crate::ground::suggest::{NameIndex, nearest};
pub use crate::ground::token::{bucket, words};
pub use crate::ground::url::{
    BaseUrl, anchor, decode, external, is_external, join, names, relative, without_dots,
};
pub use crate::ground::{
    By, CollectionId, DatasetId, FamilyId, Id, Kept, Piece, QueryId, RecordId, RelationId, Scalar, TextKey,
    TextOrder, Value,
};
pub use crate::infer::{Inference, Inferred, Look, Note, Odd, Seen, Unread, dataset_name, infer, snake};
pub use crate::question::Share;
pub use crate::read::documents::is_record;
pub use crate::read::include::wanted as wanted_includes;
pub use crate::read::theme::{theme_path, with_extended};
pub use crate::read::{
    CONTENT, Category, Config, Content, ContentConfig, Documents, Drafts, Exception, FOLDERS, File, Files,
    Gap, History, INDEXES, Inputs, LinksConfig, MarkdownConfig, MeantFolder, Message, Phrase, RawHtml,
    Setting, Stray, THEME_FILE, Theme, Words, hash_bytes,
};
pub use crate::record::{Case, Exercise, Grade, Program, Record, Records, Role, Scenario, SqlValue};
pub use crate::relation::{Gates, KeyIndex, Relation, Relations};
pub use crate::route::{
    Engine, ListPage, Route, Routes, SearchFile, Searched, Shows, Sitemap, Target, Tells, Unlisted,
    is_style_sheet,
};
pub use crate::schema::{
    Anchored, Card, Collection, Column, Condition, Constraints, DataField, Dataset, DefaultValue, Exercises,
    FORMS, Family, Field, Findable, Headers, Host, Invalid, Key, Kind, Language, Locator, Matter, Negative,
    Notation, Objection, Origin, Pagination, Query, Reach, Reads, RecordFile, Rest, Schema, Search, Slugs,
    SlugsOf, Sort, Spoken, TypeForm, json_of_site, json_of_theme, time_parts,
};
pub use crate::site::{Link, Mentions, Model, ReferenceTarget, Vocabulary};
