//! The typed database of a site: what it declares, what it records, what refers to what, and where everything is.
//!
//! The modules stand in the order in which a site becomes known.

mod glob;
mod history;
mod content;
mod inputs;
mod engine;
mod folders;
mod kept;
mod layer;
mod theme;
mod config;
mod placeholder;
mod reserved;
mod words;
mod schema;
mod include;
mod documents;
mod record;
mod order;
mod token;
mod rows;
mod database;
mod dataset;
mod infer;
mod relation;
mod route;
mod mention;
mod model;
mod question;
mod link;
mod wiki;
mod asset;
mod url;
mod suggest;
mod errors;

pub use crate::asset::Referred;
pub use crate::config::{Config, ContentConfig, Exception, LinksConfig, MarkdownConfig, RawHtml};
pub use crate::content::{CONTENT, Content, FOLDERS};
pub use crate::documents::{Documents, is_record};
pub use crate::engine::Engine;
pub use crate::folders::MeantFolder;
pub use crate::history::{Gap, History};
pub use crate::include::wanted as wanted_includes;
pub use crate::infer::{Inference, Inferred, Look, Note, Odd, Seen, Unread, dataset_name, infer, snake};
pub use crate::inputs::{Drafts, File, Files, Inputs, Setting, Stray, hash_bytes};
pub use crate::kept::{Id, Kept};
pub use crate::link::{INDEXES, Link, is_external};
pub use crate::mention::{Mentions, Vocabulary};
pub use crate::model::Model;
pub use crate::order::{TextKey, TextOrder};
pub use crate::placeholder::Piece;
pub use crate::record::{
    Case, Exercise, Given, Grade, Program, Record, RecordId, Records, Role, SqlValue, Value,
};
pub use crate::relation::{Gates, Index, Relation, Relations};
pub use crate::route::{
    Part, Route, Routes, SearchFile, Searched, Shows, Sitemap, Target, Tells, Unlisted, is_style_sheet,
};
pub use crate::rows::{Rows, Scalar};
pub use crate::schema::{
    Anchored, Card, Collection, CollectionId, Column, Condition, Constraints, DataField, Dataset, DatasetId,
    DefaultValue, Exercises, Family, FamilyId, Field, Findable, Headers, Host, Invalid, Key, Kind, Language,
    Locator, Matter, Objection, Origin, Pagination, Query, QueryId, Reach, Reads, RelationId, Rest, Schema,
    Search, Slugs, Sort, Spoken,
};
pub use crate::suggest::{Names, nearest};
pub use crate::theme::{THEME_FILE, Theme, theme_path, with_extended};
pub use crate::token::{bucket, words};
pub use crate::url::{BaseUrl, anchor, decode, external, join, names, relative, without_dots};
pub use crate::words::{Category, Message, Phrase, Words};
