//! The inputs of a build, and what each file says by itself: the configuration, words, documents.

mod file;
mod inputs;
pub(crate) mod content;
mod folders;
mod history;
mod form;
mod layer;
pub(crate) mod theme;
mod config;
mod words;
pub(crate) mod include;
pub(crate) mod documents;
pub(crate) mod errors;

#[cfg(test)]
pub(crate) use self::config::MODEL_KEYS;
pub use self::config::{Config, ContentConfig, Exception, LinksConfig, MarkdownConfig, RawHtml};
pub(crate) use self::config::{ConfigText, config_keys};
pub use self::content::{CONTENT, Content, FOLDERS};
pub use self::documents::{Documents, INDEXES};
pub use self::file::{File, Files, Stray, hash_bytes};
pub use self::folders::MeantFolder;
pub(crate) use self::form::{KeyForm, TableForm, ValueForm};
pub use self::history::{Gap, History};
pub use self::inputs::{Drafts, Inputs, Setting};
pub(crate) use self::layer::{Declared, Layer, Layers};
pub(crate) use self::theme::{Declarations, theme_keys};
pub use self::theme::{THEME_FILE, Theme};
pub use self::words::{Category, Message, Phrase, Words};
