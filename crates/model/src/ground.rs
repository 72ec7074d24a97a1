//! The foundation that all stages share: ids, kept results, values, URLs, the order of texts, suggestions of
//! names.

pub(crate) mod url;
pub(crate) mod suggest;
pub(crate) mod order;
pub(crate) mod placeholder;
pub(crate) mod reserved;
pub(crate) mod token;
mod glob;
mod id;
mod kept;
mod scalar;
mod text;
mod value;
pub(crate) mod errors;

pub(crate) use self::glob::Glob;
pub use self::id::{CollectionId, DatasetId, FamilyId, QueryId, RecordId, RelationId};
pub use self::kept::{By, Id, Kept};
pub use self::order::{TextKey, TextOrder};
pub use self::placeholder::Piece;
pub(crate) use self::reserved::Reserved;
pub(crate) use self::scalar::Given;
pub use self::scalar::Scalar;
pub(crate) use self::text::{same_word, trim};
pub use self::value::Value;
