//! Finds the references in scripts: the modules that they import and the URLs that are relative to them.

mod data;
mod token;

pub(super) use self::data::{images, modules, pages};
use self::token::{ScriptToken, TokenClass};
use super::{Reference, ReferenceForm};

/// Finds the references of a script.
pub(super) fn references(script: &str) -> Vec<Reference> {
    // Most scripts refer to nothing, so they are not read token by token.
    if !script.contains("import") && !script.contains("export") {
        return Vec::new();
    }
    let mut finder = ReferenceFinder::new(script);
    for at in 0..finder.tokens.len() {
        finder.read(at);
    }
    finder.found
}

struct ReferenceFinder<'a> {
    script: &'a str,
    tokens: Vec<ScriptToken>,
    found: Vec<Reference>,
}

impl<'a> ReferenceFinder<'a> {
    fn new(script: &'a str) -> Self {
        Self { script, tokens: token::read(script), found: Vec::new() }
    }

    /// Finds the reference of a statement or an expression that begins with this word.
    fn read(&mut self, at: usize) {
        let is_member = at.checked_sub(1).is_some_and(|before| self.is(before, ".") || self.is(before, "#"));
        match self.word(at) {
            "import" if !is_member => self.import(at + 1),
            "export" if self.is(at + 1, "*") || self.is(at + 1, "{") => self.clause(at + 1),
            "URL" if at > 0 && self.word(at - 1) == "new" => self.url(at + 1),
            "importScripts" if self.is(at + 1, "(") => self.texts(at + 2, ")"),
            _ => {}
        }
    }

    fn import(&mut self, at: usize) {
        if self.is(at, "(") {
            self.argument(at + 1, ReferenceForm::Module);
        } else if self.follows(at, &[".", "meta", ".", "resolve", "("]) {
            self.argument(at + 5, ReferenceForm::Module);
        } else if self.kind(at) == Some(TokenClass::Text) {
            self.push(at, ReferenceForm::Module);
        } else if !self.is(at, ".") {
            self.clause(at);
        }
    }

    /// Searches an import or export clause for the module that it is from.
    fn clause(&mut self, start: usize) {
        for at in start..self.tokens.len() {
            if self.word(at) == "from" && self.kind(at + 1) == Some(TokenClass::Text) {
                return self.push(at + 1, ReferenceForm::Module);
            }
            let goes_on = match self.kind(at) {
                Some(TokenClass::Word) => !["import", "export"].contains(&self.word(at)),
                Some(TokenClass::Text) => true,
                _ => ["{", "}", ",", "*"].iter().any(|sign| self.is(at, sign)),
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Reads `new URL("…", import.meta.url)` from its parenthesis on.
    fn url(&mut self, at: usize) {
        let is_relative_to_script = self.follows(at + 2, &[",", "import", ".", "meta", ".", "url"]);
        if self.is(at, "(") && is_relative_to_script && (self.is(at + 8, ")") || self.is(at + 8, ",")) {
            self.literal(at + 1, ReferenceForm::Url);
        }
    }

    /// Takes the URLs of a list, up to the sign at its end.
    fn texts(&mut self, mut at: usize, end: &str) {
        while self.kind(at) == Some(TokenClass::Text) && (self.is(at + 1, ",") || self.is(at + 1, end)) {
            self.push(at, ReferenceForm::Url);
            at += 2;
        }
    }

    /// Takes a first argument that is a literal and nothing more.
    fn argument(&mut self, at: usize, form: ReferenceForm) {
        if self.is(at + 1, ")") || self.is(at + 1, ",") {
            self.literal(at, form);
        }
    }

    fn literal(&mut self, at: usize, form: ReferenceForm) {
        if matches!(self.kind(at), Some(TokenClass::Text | TokenClass::Template)) {
            self.push(at, form);
        }
    }

    /// Takes a literal, unless it holds escapes, which nobody writes in the name of a file.
    fn push(&mut self, at: usize, form: ReferenceForm) {
        let Some(token) = self.tokens.get(at) else { return };
        let span = token.start + 1..token.end - 1;
        let to = self.script[span.clone()].to_owned();
        if !to.contains('\\') {
            self.found.push(Reference { span, to, form });
        }
    }

    fn kind(&self, at: usize) -> Option<TokenClass> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Returns the word at a place; empty for other tokens.
    fn word(&self, at: usize) -> &str {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenClass::Word);
        token.map_or("", |token| &self.script[token.start..token.end])
    }

    /// Returns true if this word or sign is at a place.
    fn is(&self, at: usize, text: &str) -> bool {
        let token =
            self.tokens.get(at).filter(|token| matches!(token.kind, TokenClass::Word | TokenClass::Sign));
        token.is_some_and(|token| &self.script[token.start..token.end] == text)
    }

    fn follows(&self, at: usize, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(index, text)| self.is(at + index, text))
    }
}

#[cfg(test)]
mod tests {
    use super::references;

    fn found(script: &str) -> Vec<String> {
        references(script).into_iter().map(|reference| reference.to).collect()
    }

    #[test]
    fn modules_are_found_in_all_that_imports() {
        for (script, names) in [
            ("import a, { b as c, \"d-e\" as d } from './a.js'; import './b.js'", &["./a.js", "./b.js"][..]),
            ("import * as a from\n\"./a.js\"\nimport from from './b.js'", &["./a.js", "./b.js"]),
            (
                "export * from './a.js'; export { b } from './b.js'; export { c }\nimport './d.js'",
                &["./a.js", "./b.js", "./d.js"],
            ),
            (
                "import d from './d.json' with { type: 'json' }; import{e}from'./e.js'",
                &["./d.json", "./e.js"],
            ),
            ("await import(`./a.js`); import('./b.js', { with: {} }).then(c)", &["./a.js", "./b.js"]),
            ("import.meta.resolve('./a.js')", &["./a.js"]),
            ("new Worker(new URL('./w.js', import.meta.url), { type: 'module' })", &["./w.js"]),
            ("importScripts('./a.js', 'b.js')", &["./a.js", "b.js"]),
        ] {
            assert_eq!(found(script), names, "{script}");
        }
    }

    #[test]
    fn what_is_not_certain_is_left_alone() {
        for script in [
            "// import './a.js'\n/* import './b.js' */ const s = \"import './c.js'\"",
            "import(name); import('./a' + b); import(`./${a}.js`); import('./\\u0061.js')",
            "a.import('./a.js'); ({ import: './b.js' }); new URL('./c.js', base)",
            "const r = /import '.\\/a.js'/; x = a / b; `import './b.js' ${ `import './c.js'` }`",
            "if (a) /['\"`]/.test(b); export default from; // './a.js'",
            "export const a = 1, b = './a.js'",
        ] {
            assert_eq!(found(script), [""; 0], "{script}");
        }
    }

    #[test]
    fn what_stands_before_does_not_hide_an_import() {
        for before in [
            "const r = /[/'\"]/g;",
            "a = b / c; d = '/';",
            "function f() {}\n/'/.test(a);",
            "const t = `a ${ b ? `'${c}` : { d: \"}\" } } '`;",
            "const x = { a: 1 } / 2; y = \"/\";",
            "if (a) /'/.exec(b); i++ / 2; '/';",
            "const s = 'it\\'s'; // don't",
            "x = arr[0] / 2 + \"'\" / (1) / 3;",
            "#!/usr/bin/env node '\n",
            "return /'/;",
        ] {
            assert_eq!(found(&format!("{before}\nimport './a.js'")), ["./a.js"], "{before}");
        }
    }

    #[test]
    fn no_script_is_too_broken() {
        let script = "import a from './ü.js'; `${a}` /[/ü]/ 'x\\' /* import( new URL('a', import.meta.url";
        for end in (0..script.len()).filter(|end| script.is_char_boundary(*end)) {
            references(&script[..end]);
        }
    }
}
