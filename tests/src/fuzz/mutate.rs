//! Makes inputs of others at random. A seed and a number decide an input, whatever was made before.

use crate::Random;

/// The length of the longest input.
const LARGEST: usize = 32_000;

/// Texts that mean something to a parser.
const TOKENS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "jav&#x09;ascript:alert(1)",
    "[a](javascript:alert(1))",
    "![a](data:text/html,<script>1</script>)",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "</textarea>",
    "</title>",
    "<title>",
    "<style>",
    "<math><mtext></p><style>",
    "<a href='",
    "&lt;",
    "&#0;",
    "&#x110000;",
    "&NotEqualTilde;",
    "+++\n",
    "---\n",
    "---\na: ",
    "a: &a [*a, *a]\n",
    "<<: *a\n",
    "a: |\n  ",
    "{\"a\": ",
    "```yaml\n",
    "```\n",
    "~~~~ a {x=1}\n",
    ":::note\n",
    ":::\n",
    "> [!NOTE]\n",
    "[^a]",
    "[^a]: ",
    "[a]: <",
    "| a | b |\n|---|:-:|\n",
    "- [ ] ",
    "1. ",
    "    ",
    "\t",
    "$$",
    "$",
    "\\(",
    "\\frac{",
    "\\",
    "`",
    "**",
    "_",
    "~~",
    "![",
    "](",
    "{#id .class}",
    "{.a key=\"v\"}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{<",
    "/>}}",
    "{% for a in b %}",
    "{% endfor %}",
    "{% raw %}",
    "{% endraw %}",
    "{{ note.body | safe }}",
    "{{ rows(from=\"notes\") }}",
    " | ",
    "not ",
    "[[",
    "]]",
    "\"\"\"",
    "'''",
    " = ",
    "{ a = 1 }",
    "[a.b]\n",
    "1979-05-27T07:32:00Z",
    "0x",
    "inf",
    "nan",
    "1e999",
    "9223372036854775808",
    "-9223372036854775809",
    "0",
    "true",
    "null",
    "\"\"",
    "\",\"",
    "\"a\nb\"",
    "{\"a\":[1,{}]}",
    "select ",
    " from ",
    " union all ",
    "with recursive a(b) as (select 1) ",
    "random()",
    "group by ",
    "--",
    "/*",
    "*/",
    "?1",
    ":a",
    "x'00'",
    "@notes/",
    "@notes/b#",
    "../",
    "/./",
    "//",
    "%2e%2e/",
    "%00",
    "%",
    "#:~:text=",
    "#",
    "?",
    "http://[::1]/",
    "https://",
    "mailto:",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "\u{1f468}\u{200d}\u{1f469}",
    "\u{fffd}",
    "\r\n",
    "\r",
    "\n\n",
    "\u{2028}",
    "\u{85}",
    "url(",
    "@import ",
    "expression(",
    "sourceMappingURL=",
    "import(",
    "{n, plural,",
    "=== content/notes/x.md\n",
    "=== static/",
    "=== theme/",
    "redirect_from = [\"/a/\"]\n",
    "draft = true\n",
    "slug = \"",
    "path = \"/{note.slug}/\"\n",
];

/// Makes an input of a corpus.
///
/// # Panics
///
/// If there is none.
pub fn input(corpus: &[Vec<u8>], seed: u64, number: u64) -> Vec<u8> {
    let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number);
    let mut bytes = random.one(corpus).clone();
    for _ in 0..=random.below(4) {
        change(&mut bytes, corpus, &mut random);
        bytes.truncate(LARGEST);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], random: &mut Random) {
    let range = random.range(bytes.len());
    let at = random.below(bytes.len() + 1);
    match random.below(9) {
        0 if !range.is_empty() => bytes[range.start] ^= 1 << random.below(8),
        1 => drop(bytes.drain(range)),
        2 => {
            let part = bytes[range].to_vec();
            insert(bytes, at, &part);
        }
        3 => {
            let other = random.one(corpus);
            let part = random.range(other.len());
            insert(bytes, at, &other[part]);
        }
        4 => {
            let times = 1 << random.below(10);
            insert(bytes, at, &bytes[range].repeat(times));
        }
        5 => bytes.truncate(at),
        6 => {
            let times = 1 << random.below(10);
            insert(bytes, at, &random.one(TOKENS).as_bytes().repeat(times));
        }
        7 => swap_lines(bytes, random),
        _ => insert(bytes, at, random.one(TOKENS).as_bytes()),
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    let part = &part[..part.len().min(LARGEST)];
    bytes.splice(at..at, part.iter().copied());
}

fn swap_lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() {
        return;
    }
    let (left, right) = (random.below(lines.len()), random.below(lines.len()));
    lines.swap(left, right);
    *bytes = lines.concat();
}
