//! Tests that declarations are valid: a site that declares the file so has no errors.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use sitegen_model::{Config, File, Inputs, Theme, infer};
use sitegen_parser::{Code, Diagnostic, Severity};
use sitegen_render::Build;

use super::Declaration;

/// Declares a file, and returns the errors of a site with this declaration.
fn declared(file: &str, bytes: &[u8]) -> Result<(String, Vec<Diagnostic>), Diagnostic> {
    let inferred = infer(&Arc::from(file), bytes)?;
    let declaration = Declaration { inferred: &inferred, name: "d", file, publish: None }.to_string();
    let config = format!("title = \"Site\"\nbase_url = \"https://example.com\"\n# {declaration}");
    let loaded = |path: &str, bytes: &[u8]| (Arc::from(path), File::Loaded(bytes.into()));
    let mut inputs = Inputs {
        config: "site.toml".into(),
        site: [loaded("site.toml", config.as_bytes()), loaded(&format!("content/data/{file}"), bytes)].into(),
        themes: vec![Theme { path: "theme".into(), files: [loaded("theme.toml", b"")].into() }],
        ..Inputs::default()
    };
    inputs.folders = Config::read(&inputs).0.content.folders;
    let build = sitegen_render::build(&inputs, &Build::default());
    let errors = build.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    Ok((declaration, errors.cloned().collect()))
}

#[track_caller]
fn holds(file: &str, bytes: &[u8]) -> String {
    let (declaration, errors) = declared(file, bytes).expect("something can be declared");
    assert!(errors.is_empty(), "{declaration}\n{errors:#?}");
    declaration
}

#[track_caller]
fn says(file: &str, bytes: &[u8], lines: &[&str]) {
    let declaration = holds(file, bytes);
    for line in lines {
        assert!(
            declaration.lines().any(|said| said.trim_start().starts_with(line)),
            "{line} in\n{declaration}"
        );
    }
}

/// Makes a file with a column, whose cells are made from their numbers.
fn rows(header: &str, count: usize, cell: impl Fn(usize) -> String) -> Vec<u8> {
    let rows: String = (0..count).map(|row| cell(row) + "\n").collect();
    format!("{header}\n{rows}").into_bytes()
}

#[test]
fn types_are_found() {
    let text = "id,name,born,site,score,active,level,tags\n\
                1,Ada,1815-12-10,https://ada.example,1.5,yes,EN,a;b\n\
                2,Alan,1912-06-23,https://alan.example,2,no,SE,b;c\n\
                3,Grace,,https://grace.example,N/A,yes,EN,a;c\n";
    says(
        "a.csv",
        text.as_bytes(),
        &[
            "key = [\"id\"]",
            "id = \"int\" ",
            "name = \"string\" ",
            "born = \"date?\" ",
            "website = { type = \"url\", header = \"site\" }",
            "score = { type = \"float?\", null = [\"N/A\"], min = 0 }",
            "active = \"bool\"",
            "tags = { type = \"[string]\", split = \";\" }",
        ],
    );
}

#[test]
fn digits_are_text_where_they_are_no_numbers() {
    let text = "zip,plz,count,phone\n01234,10115,1,5551234\n94107,80331,2,5554321\n";
    says(
        "a.csv",
        text.as_bytes(),
        &[
            "zip = \"string\"",
            "plz = \"string\"",
            "count = { type = \"int\", min = 0 }",
            "phone = \"string\"",
        ],
    );
}

#[test]
fn zeros_and_ones_are_truth_by_their_name() {
    let text = "name,is_open,sides\na,0,0\nb,1,1\nc,1,1\n";
    says(
        "a.csv",
        text.as_bytes(),
        &["is_open = \"bool\"", "# Only 0 and 1", "sides = { type = \"int\", min = 0 }"],
    );
}

#[test]
fn few_words_are_a_choice() {
    let words = ["EX", "MI", "SE"];
    says("a.csv", &rows("level", 30, |row| words[row % 3].to_owned()), &["level = \"enum(EX, MI, SE)\""]);
    says("a.csv", &rows("level", 4, |row| words[row % 3].to_owned()), &["level = \"string\""]);
}

#[test]
fn odd_values_are_told() {
    let few = rows("price", 500, |row| if row == 15 { "ten".into() } else { row.to_string() });
    let told = "# 1 cell of 500 is not a whole number: \"ten\" (line 17); their rows are left out.";
    says("a.csv", &few, &["invalid = \"skip\"", told, "price = { type = \"int\", min = 0 }"]);
    let many = rows("price", 50, |row| if row % 10 == 0 { "?!".into() } else { row.to_string() });
    says(
        "a.csv",
        &many,
        &["# 5 cells of 50 are no whole numbers: \"?!\" (line 2), …; so all is text.", "price = \"string\""],
    );
}

#[test]
fn what_only_looks_like_more_is_text() {
    for (cells, remark) in [
        (["02/13/2024", "13/02/2024"], "# Looks like dates in two orders"),
        (["01/02/2024", "03/04/2024"], "# Looks like dates, whether"),
        (["1,200.50", "3.400,5"], "# Looks like numbers with marks"),
        (["12 km", "5 km"], ""),
    ] {
        let text = format!("name,value\na,\"{}\"\nb,\"{}\"\n", cells[0], cells[1]);
        says("a.csv", text.as_bytes(), &[remark, "value = \"string\""]);
    }
}

#[test]
fn notations_are_declared() {
    for (cells, declared) in [
        (["01/02/2024", "13/02/2024"], "{ type = \"date\", format = \"%d/%m/%Y\" }"),
        (["31.12.2024", "13/7/1985"], "{ type = \"date\", format = [\"%d.%m.%Y\", \"%d/%m/%Y\"] }"),
        (["31.12.2024 9:05", "1.7.1985 10:00"], "{ type = \"datetime\", format = \"%d.%m.%Y %H:%M\" }"),
        (["$1,200", "$15"], "{ type = \"int\", thousands = \",\", strip = \"$\", min = 0 }"),
        (["1,200.50", "3,400"], "{ type = \"float\", thousands = \",\", min = 0 }"),
        (["1.200,50", "3,4"], "{ type = \"float\", decimal = \",\", thousands = \".\", min = 0 }"),
        (["5\u{a0}000", "300"], "{ type = \"int\", thousands = \" \", min = 0 }"),
        (["12 %", "3.5%"], "{ type = \"float\", strip = \"%\", min = 0 }"),
        (["(1200)", "300"], "{ type = \"int\", negative = \"parentheses\" }"),
        (["Ja", "nein"], "{ type = \"bool\", true = \"Ja\", false = \"nein\" }"),
    ] {
        let text = format!("name,value\na,\"{}\"\nb,\"{}\"\n", cells[0], cells[1]);
        says("a.csv", text.as_bytes(), &[&format!("value = {declared}")]);
    }
    let either = "name,value\na,\"1,200\"\nb,\"3,400\"\n";
    says(
        "a.csv",
        either.as_bytes(),
        &["# The commas may be meant as points", "value = { type = \"int\", thousands"],
    );
}

#[test]
fn lines_that_are_no_rows_are_declared() {
    says(
        "a.csv",
        b"Report,,\n\nname,pay,year\na,1,2024\nb,2,2025\n",
        &["skip = 2", "pay = { type = \"int\", min = 0 }"],
    );
    says("a.csv", b"# made by hand\n#\nname,pay\na,1\n# no more\nb,2\n", &["comment = \"#\"", "pay = "]);
}

#[test]
fn words_for_nothing_depend_on_what_is_around_them() {
    let text = "country,pay\nNA,1\nDE,NA\nFR,-\n";
    says(
        "a.csv",
        text.as_bytes(),
        &["country = \"string\"", "pay = { type = \"int?\", null = [\"NA\", \"-\"], min = 0 }"],
    );
}

#[test]
fn files_without_names_are_read_by_place() {
    says(
        "a.csv",
        b"Ada,1815\nAlan,1912\n",
        &[
            "header = false",
            "column_1 = { type = \"string\", header = 1 }",
            "column_2 = { type = \"int\", header = 2",
        ],
    );
    says(
        "a.csv",
        b",pay,pay,order\n0,1,2,x\n1,3,4,y\n",
        &[
            "column_1 = { type = \"int\", header = 1",
            "pay = { type = \"int\", header = 2",
            "pay_2 = { type = \"int\", header = 3",
            "order_value = { type = \"string\", header = \"order\" }",
        ],
    );
}

#[test]
fn layouts_and_encodings_are_found() {
    says("a.csv", "name;größe\nÅ;1\nB;2\n".as_bytes(), &["delimiter = \";\"", "grosse = "]);
    says("a.csv", b"name;gr\xf6\xdfe\n\xc5;1\nB;2\n", &["encoding = \"windows-1252\"", "grosse = "]);
    says("a.txt", b"a\tb\n1\tx\n2\ty\n", &["file = \"data/a.txt\"", "delimiter = \"\\t\""]);
    let wide: Vec<_> = "\u{feff}name,n\nAda,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    says("d.csv", &wide, &["encoding = \"utf-16le\""]);
    says("d.csv", b"\xef\xbb\xbfname,n\nAda,1\n", &["name = \"string\""]);
    says(
        "d.jsonl",
        b"{\"a\": 1, \"b\": [\"x\"], \"c\": {}}\n{\"a\": 2}\n",
        &["b = \"[string]?\"", "c = \"json?\""],
    );
    says(
        "d.json",
        b"[{\"a\": 1, \"b\": \"$1,200\"}]",
        &["a = { type = \"int\", min = 0 }", "b = { type = \"int\", thou"],
    );
    says("d.yaml", b"- a: 1\n- a: 2\n", &["a = { type = \"int\", min = 0 }"]);
    says("d.toml", b"[x]\na = 1\n[y]\na = 2\n", &["key_value = { type = \"string\", header = \"@key\" }"]);
}

#[test]
fn wide_files_are_bounded() {
    let header: Vec<_> = (0..1_200).map(|column| format!("c{column}")).collect();
    let row = vec!["1"; 1_200].join(",");
    let declaration = holds("a.csv", format!("{}\n{row}\n{row}\n", header.join(",")).as_bytes());
    assert!(declaration.contains("200 columns cannot be declared"), "{declaration}");
}

#[test]
fn rows_that_cannot_be_read_are_told() {
    says(
        "a.csv",
        b"a,b\n1,2\n3\n4,5\n",
        &["# 1 row cannot be read and is left out (line 3: ", "invalid = \"skip\""],
    );
}

#[test]
fn what_is_no_data_is_refused() {
    for (file, bytes, code) in [
        ("a.csv", &b"\x89PNG\r\n\x1a\n\0\0"[..], Code::UnknownFormat),
        ("a.xlsx", b"PK\x03\x04", Code::UnknownFormat),
        ("a.csv", b"", Code::MissingData),
        ("a.csv", b"a,b\n", Code::MissingData),
        ("a.csv", b"a,b\n1,\"2\n3,4\n", Code::UnclosedQuote),
        ("a.csv", b"a,b\n1\n2\n", Code::RaggedRow),
        ("a.jsonl", b"nothing\n", Code::InvalidJson),
    ] {
        let problem =
            declared(file, bytes).map(|(declaration, _)| declaration).expect_err("it cannot be declared");
        assert_eq!(problem.code, code, "{}", String::from_utf8_lossy(bytes));
    }
}

/// Cells as they occur in files of strangers.
const CELLS: [&str; 48] = [
    "",
    "",
    " ",
    "0",
    "1",
    "-1",
    "007",
    "1.5",
    "1e3",
    "12345678901234567890",
    "nan",
    "inf",
    "NA",
    "n/a",
    "-",
    "true",
    "No",
    "2024-01-31",
    "2024-01-31T09:30",
    "13/02/2024",
    "1,200",
    "$5",
    "5 %",
    "1.200,50",
    "1,5",
    "5 000",
    "(3)",
    "-$ 4",
    "3-",
    "31.12.2024",
    "1/7/85 9:05",
    "Ja",
    "nein",
    "€ 1’000",
    "# x",
    "https://a.example/x",
    "https://a b",
    "a",
    "A",
    "Å",
    "a;b",
    "b|c",
    "a, b",
    "\"",
    "line\nbreak",
    "🙂",
    "\u{feff}",
    "# { x }",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => (0..CELLS.len()).prop_map(|at| CELLS[at].to_owned()),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn table() -> impl Strategy<Value = String> {
    let separator = prop_oneof![Just(","), Just(";"), Just("\t")];
    // Columns have only few different cells, because they would have no type otherwise.
    let column = |rows: usize| {
        vec(cell(), 1..4)
            .prop_flat_map(move |few| vec((0..few.len()).prop_map(move |at| few[at].clone()), rows))
    };
    let columns = (1..40_usize).prop_flat_map(move |rows| vec(column(rows), 1..5));
    (columns, separator).prop_map(|(columns, separator)| {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let plain = |cell: &String| !cell.contains(['"', ',', ';', '\t', '\n', '\r']);
        let cell = move |cell: &String| if plain(cell) { cell.clone() } else { quoted(cell) };
        let row =
            |row: usize| columns.iter().map(|column| cell(&column[row])).collect::<Vec<_>>().join(separator);
        (0..columns[0].len()).map(|at| row(at) + "\n").collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn declarations_hold(text in table()) {
        if let Ok((declaration, errors)) = declared("a.csv", text.as_bytes()) {
            prop_assert!(errors.is_empty(), "{text}\n{declaration}\n{errors:#?}");
        }
    }

    #[test]
    fn bytes_are_declared_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        if let Ok((declaration, errors)) = declared("a.csv", &bytes) {
            prop_assert!(errors.is_empty(), "{declaration}\n{errors:#?}");
        }
    }
}
