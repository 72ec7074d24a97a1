//! Reads the line that turns a block quote into an alert: `[!NOTE]- Title`.

use super::{Argument, Call, Spelling};
use crate::excerpt::Excerpt;
use crate::{Span, Spanned, WrittenValue};

/// The first line of an alert.
#[derive(Debug)]
pub(super) struct Marker {
    pub(super) call: Call,
    /// The title, which is the rest of the line; an empty range if there is none.
    pub(super) title: Span,
}

/// Reads the marker at the beginning of a paragraph; `Err` is the place of a marker without a valid name.
pub(super) fn read(excerpt: &Excerpt<'_>, paragraph: &Span) -> Option<Result<Marker, Span>> {
    let text = &excerpt.text[paragraph.clone()];
    let line = text.lines().next()?.trim_end();
    // A hard break behind the marker has no effect, because GitHub accepts such an alert, too.
    let line = line.strip_suffix('\\').unwrap_or(line).trim_end();
    let inner = line.strip_prefix("[!")?;
    let (name, rest) = inner.split_once(']').filter(|(name, _)| !name.trim().is_empty())?;
    let sign = rest.len() - rest.trim_start_matches(['+', '-']).len().max(rest.len().saturating_sub(1));
    let (sign, title) = rest.split_at(sign);
    if !(title.is_empty() || title.starts_with([' ', '\t'])) {
        return None;
    }
    let name_span = paragraph.start + 2..paragraph.start + 2 + name.len();
    if !is_name(name) {
        return Some(Err(name_span));
    }
    let end = paragraph.start + line.len();
    let sign_start = name_span.end + 1;
    let fold = fold(sign).map(|value| Argument {
        name: excerpt.spanned("fold".to_owned(), &(sign_start..sign_start + sign.len())),
        value: excerpt
            .spanned(WrittenValue::String(value.to_owned()), &(sign_start..sign_start + sign.len())),
    });
    let name: Spanned<String> = excerpt.spanned(name.to_lowercase().replace('-', "_"), &name_span);
    let call = Call { spelling: Spelling::Alert, name, arguments: fold.into_iter().collect() };
    Some(Ok(Marker { call, title: end - title.trim_start().len()..end }))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns the value of the argument `fold` for the sign behind a marker.
fn fold(sign: &str) -> Option<&'static str> {
    match sign {
        "-" => Some("closed"),
        "+" => Some("open"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    #[test]
    fn markers_are_told_from_brackets() {
        for (text, marker) in [
            ("[!NOTE]\nx", Some(Ok(("note", "", "")))),
            ("[!Code-Tip]- A *b* \nx", Some(Ok(("code_tip", "closed", "A *b*")))),
            ("[!NOTE]\\\nx", Some(Ok(("note", "", "")))),
            ("[!x]+", Some(Ok(("x", "open", "")))),
            ("[!a b] c", Some(Err("a b"))),
            ("[!é]", Some(Err("é"))),
            ("[!x](y)", None),
            ("[!x]é", None),
            ("[!x]-- y", None),
            ("[!]", None),
            ("[!x", None),
            ("[x]", None),
        ] {
            let source = Source { path: "x.md".into(), text: text.into() };
            let found = read(&Excerpt::new(&source, 0..text.len()), &(0..text.len()));
            let found = found.as_ref().map(|found| match found {
                Ok(Marker { call, title }) => {
                    let fold = call.arguments.first().map(|fold| &fold.value.value);
                    let fold = if let Some(WrittenValue::String(fold)) = fold { fold } else { "" };
                    Ok((call.name.value.as_str(), fold, &text[title.clone()]))
                }
                Err(span) => Err(&text[span.clone()]),
            });
            assert_eq!(found, marker, "{text}");
        }
    }
}
