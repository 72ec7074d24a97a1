//! The inputs of a build, and what each file says by itself: the configuration, words, documents.

mod file;
mod inputs;
pub(crate) mod content;
mod folders;
mod history;
mod layer;
pub(crate) mod theme;
mod config;
mod words;
pub(crate) mod include;
pub(crate) mod documents;
pub(crate) mod errors;

pub use self::config::{Config, ContentConfig, Exception, LinksConfig, MarkdownConfig, RawHtml};
pub(crate) use self::config::{ConfigText, MODEL_KEYS};
pub use self::content::{CONTENT, Content, FOLDERS};
pub use self::documents::{Documents, INDEXES};
pub use self::file::{File, Files, Stray, hash_bytes};
pub use self::folders::MeantFolder;
pub use self::history::{Gap, History};
pub use self::inputs::{Drafts, Inputs, Setting};
pub(crate) use self::layer::{Declared, Layer, Layers};
pub(crate) use self::theme::{Declarations, EXTENDS};
pub use self::theme::{THEME_FILE, Theme};
pub use self::words::{Category, Message, Phrase, Words};
