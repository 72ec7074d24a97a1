//! Tests of `new --dataset`, and of sites that `init` makes from data.

use std::fmt::Write as _;
use std::path::Path;

use crate::sandbox::{Run, Sandbox, workspace};

#[test]
fn a_declaration_is_printed() {
    let place = Sandbox::empty();
    place.write("My offers.csv", "Company,Total (USD)\nAda,1\nAlan,2\n");
    let run = place.run(&["new", "--dataset", "My offers.csv"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    for said in [
        "[datasets.my_offers]\nfile = \"data/My offers.csv\"",
        "total_usd = { type = \"int\", header = \"Total (USD)\"",
    ] {
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
    let run = place.run(&["new", "--dataset", "My offers.csv", "pay"]);
    assert!(run.stdout.contains("[datasets.pay]\n"), "{}", run.stdout);
    let run = place.run(&["new", "--dataset", "My offers.csv", "My Pay"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("did you mean \"my_pay\"?"), "{}", run.stderr);
}

#[test]
fn what_is_no_data_is_shown_at_its_place() {
    let place = Sandbox::empty();
    place.write("a.csv", "a,b\n1,\"2\n");
    let run = place.run(&["new", "--dataset", "a.csv"]);
    assert_eq!((run.code, run.count("unclosed-quote")), (Some(1), 1), "{}", run.stderr);
    assert!(run.stderr.contains("a.csv:2:3"), "{}", run.stderr);
    assert_eq!(place.run(&["new", "--dataset", "b.csv"]).code, Some(3));
}

/// Makes and builds a directory of a file's rows, without problems.
#[track_caller]
fn directory(file: &str, bytes: &[u8]) -> Sandbox {
    let place = Sandbox::empty();
    std::fs::write(place.path(file), bytes).expect("is writable");
    let run = place.run(&["init", "site", "--data", file]);
    assert_eq!(run.code, Some(0), "{file}: {}", run.stderr);
    // The only output allowed is a line about columns that were not understood.
    let said: Vec<_> = run.stderr.lines().collect();
    assert!(
        matches!(said[..], [] | [_]) && said.iter().all(|it| it.ends_with(": site.toml says why")),
        "{said:?}"
    );
    let Run { code, stderr, .. } = place.run(&["--root", "site", "build", "--no-sync"]);
    let config = || place.read("site/site.toml") + &place.read("site/queries/things.sql");
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{file}\n{}", config());
    place
}

#[test]
fn what_is_not_read_as_it_looks_is_said() {
    let place = Sandbox::empty();
    let table = "name,length,fine,opened,phone\nA,\"1,200.5\",Y,01/01/1980,+49 30 10237\nB,\"3.001,5\",N,02/02/1981,+49 30 10238\nC,\"2,300\",Y,x\n";
    place.write("a.csv", table);
    let run = place.run(&["init", "site", "--data", "a.csv"]);
    let told =
        "2 columns not read as what they look like (length, opened); 1 row left out: site.toml says why\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), told));
    let config = place.read("site/site.toml");
    assert!(config.contains("\nfine = \"bool\""), "{config}");
    let told = place.run(&["init", "quiet", "--data", "a.csv", "--quiet"]).stderr;
    assert_eq!(told, "");
}

#[test]
fn lists_of_json_can_be_chosen_by() {
    let row = |name: &str, tags: &str| format!("{{\"name\": \"{name}\", \"tags\": [{tags}]}}\n");
    let rows = [row("Io", "\"rock\""), row("Europa", "\"ice\", \"rock\"")].concat();
    let place = directory("a.jsonl", rows.as_bytes());
    assert!(place.read("site/public/by/tags/rock/index.html").contains("Io"));
}

/// Returns the page of the first of `count` rows, whose second column has these values in turn.
#[track_caller]
fn first_page(count: usize, values: [&str; 4]) -> String {
    let rows = (0..count).map(|row| format!("n{row},\"{}\"\n", values[row % 4]));
    let table = format!("name,value\n{}", rows.collect::<String>());
    directory("a.csv", table.as_bytes()).read("site/public/entries/n0/index.html")
}

#[test]
fn places_and_names_are_no_lists() {
    let page = first_page(40, ["Portland, OR", "Portland, ME", "Columbus, OH", "Columbus, GA"]);
    assert!(page.contains("Portland, OR"), "{page}");
}

#[test]
fn lists_keep_their_order() {
    let page = first_page(8, ["z; a; m", "m; z", "a; m", "m; a"]);
    let [z, a, m] = ["z", "a", "m"].map(|tag| format!("/by/value/{tag}/")).map(|url| page.find(&url));
    assert!(z.is_some() && z < a && a < m, "{page}");
}

#[test]
fn versions_keep_their_zeros_and_times_their_hours() {
    let place = directory(
        "a.csv",
        b"name,release,start\nx,1.10,2024-01-02 09:00\ny,1.1,2024-01-02 17:30\nz,1.9,2024-01-03 08:15\n",
    );
    let page = place.read("site/public/entries/x/index.html");
    assert!(page.contains(">1.10<") && page.contains("January 2, 2024, 09:00"), "{page}");
}

#[test]
fn numbers_tell_slugs_apart_that_no_title_has() {
    let place = directory("a.csv", b"name,a\nx,11\nx,12\nx_2,15\nx 2,16\nx-2,17\n");
    assert_eq!(pages(&place, "entries"), 5);
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}

/// Counts the pages of things.
fn pages(place: &Sandbox, folder: &str) -> usize {
    let files = place.files(&format!("site/public/{folder}"));
    files.keys().filter(|path| is_page(path)).count()
}

#[test]
fn data_makes_no_other_site() {
    let place = Sandbox::empty();
    place.write("a.csv", "name,n\nAda,1\n");
    let run = place.run(&["init", "site", "--data", "a.csv", "--template", "blog"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--template asks for \"blog\""), "{}", run.stderr);
    assert!(!place.path("site").exists());
}

#[test]
fn a_real_file_becomes_a_directory() {
    let file = "hiring-without-whiteboards.csv";
    let Ok(bytes) = std::fs::read(workspace().join("../shared/data").join(file)) else {
        eprintln!("skipped: {file} is not there");
        return;
    };
    assert_eq!(pages(&directory(file, &bytes), "companies"), 803);
}

#[test]
fn odd_files_become_directories() {
    for (file, text) in [
        ("cities.csv", "city;people\nOslo;709000\nBergen;289000\n"),
        ("no-header.csv", "Oslo,709000\nBergen,289000\n"),
        ("equal.csv", ",name,pay,pay\n1,Ada,2,3\n2,Alan,4,5\n"),
        ("slugs.csv", "name,n\nA b,1\na-b,2\nA  B,3\n!!!,4\n???,5\nStraße,6\nStrasse,7\n"),
        ("gaps.csv", "name,n\nAda,1\n,2\nN/A,3\nAlan,\n"),
        ("dates.csv", "name,day\nAda,01/02/2024\nAlan,13/02/2024\nGrace,02/13/2024\n"),
        (
            "names.csv",
            "title,slug,base,same,thing,facet,url,page,order\nx,y,1,2,3,4,https://a.example,6,7\ny,z,1,2,3,4,,6,7\n",
        ),
        ("facts.csv", "name,kind\na,x\nb,x\nc,y\nd,y\n"),
        ("select.csv", "name,kind\na,x\nb,x\nc,y\nd,y\n"),
        ("My file (1).csv", "Name;It's \"quoted\"\nO'Neil;a'b\nx;c\n"),
        ("one.csv", "name\nAda\n"),
        ("numbers.csv", "a,b\n1,2\n3,4\n"),
        (
            "rows.jsonl",
            "{\"name\": \"Ada\", \"tags\": [\"x\", \"y\"]}\n{\"name\": \"Alan\", \"tags\": [\"x\"]}\n",
        ),
    ] {
        directory(file, text.as_bytes());
    }
}

#[test]
fn what_cells_hold_stays_text() {
    let hostile = [
        "<script>alert(1)</script>",
        "{{ site.title }} {% if true %}",
        "\"\"quoted\"\" 'single'",
        "[link](@things/x) *emphasis*",
        "🙂🙂🙂",
        "שלום עולם",
        "a\u{202e}b",
        "../../../etc/passwd",
        "con",
        "404",
    ];
    let long = "very long ".repeat(2_000);
    let cells = hostile.iter().map(|cell| format!("\"{cell}\",\"{cell}\"\n"));
    let text = format!("name,about\n{}\"{long}\",\"{long}\"\n", cells.collect::<String>());
    let place = directory("hostile.csv", text.as_bytes());
    let files = place.files("site/public").into_iter().filter(|(path, _)| is_page(path));
    let pages: String = files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect();
    assert!(pages.contains("&lt;script&gt;alert") && !pages.contains("<script>alert"));
}

#[test]
fn wide_and_long_files_become_directories() {
    let header: Vec<_> = (0..300).map(|column| format!("c{column}")).collect();
    let mut wide = header.join(",") + "\n";
    for row in 0..30 {
        let cells: Vec<_> = (0..300).map(|column| format!("{}", (row * column) % 17)).collect();
        wide += &(cells.join(",") + "\n");
    }
    directory("wide.csv", wide.as_bytes());
    let mut long = "name,kind,size\n".to_owned();
    for row in 0..600 {
        writeln!(long, "thing {},{},{}", row / 2, row % 7, row % 100).expect("a text can be written to");
    }
    assert_eq!(pages(&directory("long.csv", long.as_bytes()), "entries"), 600);
}
