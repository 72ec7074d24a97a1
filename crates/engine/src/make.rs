//! Makes engines: the files of a package, changed where programs must not reach, and our own files.

use crate::Bundle;
use crate::manifest::{About, describe, gzip};
use crate::package::{PYODIDE, SQLITE};
use crate::wasm;

/// The bytes of memory that a program in Python may take.
const MEMORY: usize = 512 << 20;

/// The end of the script in Pyodide's package, which [`script`] replaces.
const EXPORT: &str = "export default _createPyodideModule;";

/// Makes Python's engine: a script that loads no modules, an interpreter with bounds, and our own files,
/// which are the compiled part of the standard library that solutions need, and the code that starts and asks
/// the interpreter.
///
/// # Errors
///
/// The package is made in another way than this function knows.
pub fn python(package: &[Vec<u8>], own: Bundle) -> Result<Bundle, String> {
    let [interpreter, module] = package else { return Err("it has other files".to_owned()) };
    let mut interpreter = interpreter.clone();
    let refused: Vec<_> = refused(&own)?.iter().map(|name| format!("PyInit_{name}")).collect();
    wasm::bound_memory(&mut interpreter, MEMORY)?;
    wasm::silence(&mut interpreter, &refused)?;
    let mut files = own;
    files.insert("pyodide.js".to_owned(), script(module)?.into_bytes());
    files.insert("pyodide.asm.wasm.gz".to_owned(), gzip(&interpreter));
    let scripts = &["pyodide.js", "start.js", "worker.js"];
    let about =
        About { language: "python", title: "Python 3.14", package: &PYODIDE, scripts, most: 6_000_000 };
    describe(files, &about)
}

/// Makes SQL's engine: `SQLite` as it is published, and our own files.
///
/// # Errors
///
/// The engine is too large.
pub fn sqlite(package: &[Vec<u8>], own: Bundle) -> Result<Bundle, String> {
    let [interpreter] = package else { return Err("it has other files".to_owned()) };
    let mut files = own;
    files.insert("sqlite3.wasm.gz".to_owned(), gzip(interpreter));
    let scripts = &["worker.js"];
    describe(
        files,
        &About { language: "sql", title: "SQLite 3.54", package: &SQLITE, scripts, most: 420_000 },
    )
}

/// Turns Pyodide into a script that needs no module, because it runs in a realm without modules.
fn script(module: &[u8]) -> Result<String, String> {
    let text = str::from_utf8(module).map_err(|error| error.to_string())?;
    let body = text.trim_end().strip_suffix(EXPORT).ok_or("pyodide.asm.mjs ends in another way")?;
    let body = without_imports(body).replace("import.meta.url", "\"\"");
    Ok(format!(
        "// Pyodide {}, MPL-2.0, as a script: notices.txt says where its source is. Made by sitegen.\n\
         \"use strict\";\n{{\nconst refuse = () => {{ throw new Error(\"there are no modules\"); }};\n{body}\n\
         globalThis.createPyodideModule = _createPyodideModule;\n}}\n",
        PYODIDE.version
    ))
}

/// Replaces the calls of `import` in a script by calls of `refuse`.
fn without_imports(text: &str) -> String {
    let mut pieces = text.split("import(");
    let mut without = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_word = without.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
        without.push_str(if is_word { "import(" } else { "refuse(" });
        without.push_str(piece);
    }
    without
}

/// Lists the modules of the interpreter that the runner refuses, because nothing else may reach them either.
fn refused(own: &Bundle) -> Result<Vec<&str>, &'static str> {
    let runner = own.get("runner.py").and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
    let list = runner.split_once("REFUSED = frozenset(").and_then(|(_, rest)| rest.split_once(".split"));
    let (list, _) = list.ok_or("runner.py refuses nothing")?;
    Ok(list
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|name| !name.is_empty())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_imports_nothing() {
        let made = script(
            b"let a = import('fs'), reimport(1);import.meta.url\nexport default _createPyodideModule;\n",
        );
        let made = made.expect("it ends as is known");
        assert!(made.contains("let a = refuse('fs'), reimport(1);\"\"\n"), "{made}");
        assert!(script(b"export default other;").is_err());
    }
}
