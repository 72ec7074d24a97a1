//! Names of languages that authors use and the syntaxes do not know.

/// Other names of languages, by the syntax that is nearest to them.
const OTHER: [(&str, &str); 49] = [
    ("htaccess", "apache apacheconf aconf"),
    ("bash", "console shell shell-session shellsession sh-session bash-session ksh csh terminal prompt"),
    ("bat", "batch"),
    ("c++", "arduino"),
    ("c", "cuda opencl metal vala"),
    ("cs", "csharp"),
    ("css", "postcss"),
    ("d", "dlang"),
    ("Dockerfile", "docker"),
    ("dot", "graphviz"),
    (".env", "dotenv env"),
    ("f90", "fortran"),
    ("fs", "fsharp f#"),
    ("gd", "gdscript"),
    ("gitattributes", "git-attributes"),
    ("gitconfig", "git-config"),
    ("gitignore", "ignore git-ignore dockerignore npmignore"),
    ("glsl", "hlsl shaderlab"),
    ("go", "golang"),
    (
        "html",
        "handlebars hbs mustache ejs cshtml razor aspx astro liquid vue-html go-html-template gohtmltemplate gohtml \
             go-template gotmpl",
    ),
    ("http", "https"),
    ("ini", "editorconfig dosini systemd service"),
    ("java", "apex"),
    ("jinja2", "tera django htmldjango html+django html+jinja jinja-html"),
    ("js", "json5 hjson node nodejs pkl"),
    ("json", "jsonc jsonl ndjson tsconfig importmap geojson webmanifest csl-json json-ld jsonld"),
    ("lisp", "common-lisp elisp emacs-lisp scheme"),
    ("log", "logs"),
    ("m", "objc objectivec objective-c obj-c"),
    ("matlab", "octave"),
    ("md", "mdx"),
    ("mm", "objective-c++ objectivecpp objc++"),
    ("ml", "reasonml"),
    ("nasm", "assembly x86asm x86"),
    ("nginx", "nginxconf"),
    ("pas", "delphi objectpascal"),
    ("pl", "raku"),
    ("ps1", "pwsh posh"),
    ("py", "python2 python3 pycon pytb ipython ipython3 pyspark starlark bazel"),
    ("rb", "erb-ruby irb"),
    ("html.erb", "html+erb"),
    ("re", "regex regexp"),
    // Rustdoc takes all code for Rust, with these attributes.
    ("rs", "compile_fail no_run should_panic edition2018 edition2021 edition2024"),
    (
        "sql",
        "mysql mariadb pgsql postgres postgresql plpgsql plsql tsql t-sql sqlite sqlite3 bigquery snowflake hive hiveql \
             sparksql spark-sql duckdb redshift athena presto trino oracle mssql",
    ),
    ("ssh_config", "ssh-config sshconfig"),
    ("tex", "katex"),
    ("ts", "ets"),
    ("vim", "vimscript"),
    ("xml", "xsl xhtml+xml mathml plist"),
];

/// Names of plain text, and of languages that programs draw.
const PLAIN: &str = "text txt plain plaintext plain-text text-only none raw nohighlight no-highlight ascii ansi tree treeview output \
                     stdout stderr stdin shell-output math mermaid plantuml goat ditaa svgbob pseudocode pseudo syntax \
                     grammar bnf ebnf abnf";

/// Returns true if a name, in lower case, says that there is nothing to color.
pub(super) fn is_plain(name: &str) -> bool {
    PLAIN.split_whitespace().any(|plain| plain == name)
}

/// Returns the name by which syntaxes may know a language, given in lower case.
pub(super) fn known(name: &str) -> &str {
    let is_among = |names: &str| names.contains(name) && names.split_whitespace().any(|other| other == name);
    let other = OTHER.iter().find(|(_, names)| is_among(names));
    other.map_or(name, |(known, _)| known)
}

/// Lists all names of this file.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OTHER.iter().flat_map(|(_, names)| names.split_whitespace()).chain(PLAIN.split_whitespace())
}
