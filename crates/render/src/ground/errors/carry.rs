//! Diagnostics as errors of Tera. A function or filter of Tera can fail only with a text, so the text holds
//! the fields of a diagnostic.

use sitegen_parser::{Among, Cause, Code, Diagnostic, Place};

const START: char = '\u{1}';
const BETWEEN: &str = "\u{2}";

/// Packs a diagnostic into an error of Tera.
pub(crate) fn carry(diagnostic: &Diagnostic) -> tera::Error {
    let (path, start, end) = match &diagnostic.place {
        Some(place) => (&*place.path, place.start, place.end),
        None => ("", 0, 0),
    };
    let help = diagnostic.help.as_deref().unwrap_or_default();
    let (start, end) = (start.to_string(), end.to_string());
    let (among, of, name) = match &diagnostic.cause {
        Some(Cause { among, name }) => (tag(among).0, tag(among).1, &**name),
        None => ("", "", ""),
    };
    let fields = [diagnostic.code.name(), &diagnostic.message, path, &start, &end, help, among, of, name];
    tera::Error::message(format!("{START}{}", fields.join(BETWEEN)))
}

/// Unpacks the diagnostic from the message of an error; there is none in Tera's own errors.
pub(crate) fn uncarry(message: &str) -> Option<Diagnostic> {
    let (_, fields) = message.split_once(START)?;
    let fields: Vec<_> = fields.split(BETWEEN).collect();
    let [code, message, path, start, end, help, among, of, name] = fields[..] else { return None };
    let mut diagnostic = Diagnostic::error(Code::named(code)?, message);
    if !path.is_empty() {
        let span = start.parse().ok()?..end.parse().ok()?;
        diagnostic = diagnostic.at(Place::new(&path.into(), &span));
    }
    if let Some(among) = untag(among, of) {
        diagnostic = diagnostic.cause(among, name);
    }
    Some(if help.is_empty() { diagnostic } else { diagnostic.help(help) })
}

fn tag(among: &Among) -> (&'static str, &str) {
    match among {
        Among::Names => ("names", ""),
        Among::Of(of) => ("of", of),
        Among::Files => ("files", ""),
        Among::Content => ("content", ""),
        Among::Urls => ("urls", ""),
        Among::Hrefs => ("hrefs", ""),
        Among::Records(collection) => ("records", collection),
        Among::Wiki => ("wiki", ""),
        Among::Words => ("words", ""),
        Among::Assets => ("assets", ""),
        Among::Referred => ("referred", ""),
    }
}

fn untag(tag: &str, of: &str) -> Option<Among> {
    Some(match tag {
        "names" => Among::Names,
        "of" => Among::Of(of.into()),
        "files" => Among::Files,
        "content" => Among::Content,
        "urls" => Among::Urls,
        "hrefs" => Among::Hrefs,
        "records" => Among::Records(of.into()),
        "wiki" => Among::Wiki,
        "words" => Among::Words,
        "assets" => Among::Assets,
        "referred" => Among::Referred,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_arrives() {
        let place = Place::new(&"a.md".into(), &(1..2));
        let known = [
            Among::Names,
            Among::Of("a:b".into()),
            Among::Files,
            Among::Content,
            Among::Urls,
            Among::Hrefs,
            Among::Records("notes".into()),
            Among::Wiki,
            Among::Words,
            Among::Assets,
            Among::Referred,
        ];
        for among in known {
            let diagnostic =
                Diagnostic::error(Code::BrokenLink, "m").at(place.clone()).help("h").cause(among, "n");
            assert_eq!(uncarry(&carry(&diagnostic).to_string()), Some(diagnostic));
        }
    }
}
