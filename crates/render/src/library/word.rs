//! The function that writes words in the site's language: `t(key="rounds", count=6)`.

use std::sync::Arc;

use sitegen_model::{Message, Piece, nearest};
use tera::{Kwargs, State, TeraResult, Value};

use super::argument::required;
use super::registry::Registry;
use super::{Library, format};
use crate::library::errors;
use crate::types::{Gives, Rule, Signature, SignatureArgument, Wants};

const T: Signature =
    Signature::function("t", &[SignatureArgument::required("key", Wants::TEXT)], Gives::Rule(Rule::Words))
        .with_others(Wants::DEFINED)
        .for_fields();

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.function(&T, move |args: Kwargs, state: &State| of.say(&args, state));
}

impl Library {
    fn say(&self, args: &Kwargs, state: &State) -> TeraResult<Value> {
        let key: &str = required(args, "key")?;
        let words = &self.model.words;
        let Some(message) = words.get(key) else {
            return Err(errors::carry(&errors::unknown_word(key)));
        };
        expect_placeholders(key, message, args)?;
        let count = if message.counts() { Some(required::<u64>(args, "count")?) } else { None };
        // A text is escaped where it is shown, because HTML and JSON escape differently. If a part of it is
        // HTML already, the others are escaped here.
        let is_html = state.autoescaping_enabled() && args.iter().any(|(_, value)| is_html(value));
        let mut text = String::new();
        for piece in &message.phrase(count).pieces {
            let piece = match piece {
                Piece::Text(piece) => Value::from(piece.as_str()),
                Piece::Placeholder(name) => self.put(key, name, required::<Value>(args, name)?)?,
            };
            text.push_str(&if is_html { state.escape_if_needed(&piece)? } else { piece.to_string() });
        }
        Ok(if is_html { Value::safe_string(&text) } else { text.into() })
    }

    /// Converts a value to its form in a sentence.
    fn put(&self, key: &str, name: &str, value: Value) -> TeraResult<Value> {
        if value.is_string() {
            return Ok(value);
        }
        match value.as_number() {
            Some(number) => Ok(format::number(number.into(), None, &self.model.words).into()),
            None => Err(errors::carry(&errors::unsayable(key, name))),
        }
    }
}

/// Returns true if a value is HTML that is more than text.
fn is_html(value: &Value) -> bool {
    value.is_safe() && value.as_str().is_some_and(|html| html.contains(['<', '&']))
}

/// Refuses a call without an argument for a placeholder of the words, or with an argument too many.
fn expect_placeholders(key: &str, message: &Message, args: &Kwargs) -> TeraResult<()> {
    let mut wanted = message.placeholders();
    if message.counts() {
        wanted.insert("count");
    }
    let given: Vec<_> =
        args.iter().filter_map(|(name, _)| name.as_str()).filter(|name| *name != "key").collect();
    if let Some(extra) = given.iter().find(|name| !wanted.contains(*name) && !message.takes(name)) {
        let nearest = nearest(extra, wanted.iter().copied());
        return Err(errors::carry(&errors::unexpected_argument(
            &format!("t(key=\"{key}\")"),
            extra,
            nearest,
        )));
    }
    match wanted.iter().find(|name| !given.contains(name)) {
        Some(missing) => Err(errors::carry(&errors::missing_word_argument(key, missing))),
        None => Ok(()),
    }
}
