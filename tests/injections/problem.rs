//! Problems with a hostile text everywhere but in programs, because an exercise must still pass its cases.

use super::content::QuotedPayload;
use super::key;

/// Makes the files of a problem in SQL, one in Python and one whose answer is drawn.
pub(crate) fn files(number: usize, payload: &str, said: &QuotedPayload, body: &str) -> Vec<(String, String)> {
    let QuotedPayload { text, shown, .. } = said;
    let common = |kind: &str| {
        format!(
            "title = {text}\nsummary = {shown}\naliases = [{text}]\nupdated = 2027-01-01\nkind = \"{kind}\"\ndifficulty = \"easy\"\n\
             minutes = 9\nskills = [\"sql-joins\"]\nrounds = []\nhints = [{shown}, {shown}]\n"
        )
    };
    let asked = format!("[[follow_up]]\nquestion = {shown}\nanswer = {shown}\n");
    let file = |kind: &str, own: String, text: String| {
        let matter = common(kind) + &own + &asked;
        (format!("content/problems/{kind}-hostile-{number}.md"), format!("+++\n{matter}+++\n{text}{body}\n"))
    };
    let exercise = if number.is_multiple_of(2) {
        file(
            "sql",
            sql(payload),
            programs(payload, "sql", ["SELECT 0 AS a", "SELECT a FROM t", "SELECT -1 AS a"]),
        )
    } else {
        let definitions = ["def solve(a): return 0", "def solve(a): return a", "def solve(a): return -1"];
        file("python", python(payload), programs(payload, "python", definitions))
    };
    vec![exercise, file("modeling", drawn(said), String::new())]
}

fn sql(payload: &str) -> String {
    let case = |value: u8| {
        let name = name(payload, value);
        format!(
            "[[case]]\nname = {name}\nsetup = \"CREATE TABLE t (a INTEGER); INSERT INTO t VALUES ({value});\"\n\
             columns = [\"a\"]\nrows = \"[[{value}]]\"\n"
        )
    };
    (1..=CASES).map(case).collect()
}

fn python(payload: &str) -> String {
    let case = |value: u8| {
        let name = name(payload, value);
        format!("[[case]]\nname = {name}\nargs = \"({value},)\"\nexpect = \"{value}\"\n")
    };
    "entry = \"solve\"\n".to_owned() + &(1..=CASES).map(case).collect::<String>()
}

/// The number of cases that an exercise needs.
const CASES: u8 = 2;

/// Makes the name of a case, which is unique.
fn name(payload: &str, value: u8) -> String {
    key::quoted(&format!("{payload} {value}"))
}

/// Makes a prompt, and programs below a heading of their own, because a line that begins with the text may be
/// HTML or a comment instead of Markdown.
fn programs(payload: &str, language: &str, [starter, solution, wrong]: [&str; 3]) -> String {
    // A title ends at the next quotation mark.
    let title = payload.replace(['"', '`'], "_");
    format!(
        "It says {payload}\n\n## Programs\n\n```{language} starter \"{title}\"\n{starter}\n```\n\n\
         ```{language} solution \"{title}\"\n{solution}\n```\n\n```{language} wrong \"{title}\"\n{wrong}\n```\n\n"
    )
}

/// Makes the levels of an answer, and boxes and arrows with this text in every field.
fn drawn(QuotedPayload { text, shown, .. }: &QuotedPayload) -> String {
    format!(
        "[rubric]\nweak = {shown}\ngood = {shown}\nstrong = {shown}\n\
         [diagram]\ntitle = {text}\n\
         box = [{{ id = {text}, at = [1, 1], title = {text}, note = {text}, group = {text}, store = true }}, \
         {{ id = \"t\", at = [2, 1], note = {text}, group = {text}, columns = [{{ name = {text}, type = {text}, key = \"PK\" }}] }}, \
         {{ id = \"u\", at = [2, 2] }}]\n\
         arrow = [{{ from = \"t\", to = \"u\", label = {text}, counts = [{text}, {text}] }}]\n"
    )
}
