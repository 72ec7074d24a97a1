//! Prose that a small grammar makes: long enough and varied enough to be rendered like an author's.

use crate::random::SplitMix;

/// The texts that each name in braces may stand for.
const RULES: [(&str, &[&str]); 16] = [
    (
        "company",
        &[
            "{maker} with {volume} a day, where the data team answers to {boss}.",
            "{maker} whose data teams are small, own {asset} end to end and are on call for it.",
            "{maker}. Its interviews are known for {trait} and for asking what you would {verb} *next*.",
        ],
    ),
    (
        "maker",
        &["A family business", "A listed company", "A young company", "A former monopoly", "A cooperative"],
    ),
    ("volume", &["40 million events", "a few thousand invoices", "2 TB of logs", "600,000 shipments"]),
    ("boss", &["the head of finance", "the chief engineer", "each product's owner", "nobody in particular"]),
    ("asset", &["their tables", "the pipelines", "the metrics", "the **contracts** with their sources"]),
    (
        "trait",
        &[
            "long silences",
            "plain questions & hard follow-ups",
            "reading code aloud",
            "`EXPLAIN` plans on paper",
        ],
    ),
    ("verb", &["measure", "delete", "automate", "document", "test"]),
    (
        "role",
        &[
            "Builds and keeps {asset}, and is asked to say why {flaw} matters to those who read the numbers. Half of the \
             work is deciding what not to build.",
            "Turns {data} into something that others can rely on. The work is judged by how seldom anyone has to ask \
             about {flaw}.",
        ],
    ),
    (
        "location",
        &[
            "The offices are near the harbour, and most teams are there three days a week. Pay is a little below the \
             capital's; rents are far below it. Teams here often own {asset}.",
            "A second home for companies whose first one grew too dear. Teams are young and hire in pairs, so that each \
             newcomer has someone to ask about {flaw}. English is spoken in interviews.",
            "Data work here grew up around {volume} of a single employer, and many who left it hire today. Expect to be \
             asked about {data} by someone who has repaired it at night.",
        ],
    ),
    (
        "round",
        &[
            "The interviewer shares {data} and asks for {answer}. The first version takes ten minutes.",
            "Then a condition changes: {change}. Say what breaks in your answer before you type, since that is what is \
             written down.",
            "You are not expected to finish. What counts is whether you notice {flaw} without being told, and whether \
             your second version is *simpler* than the first.",
            "Towards the end there are questions about {asset}: who may change them, what happens when {change}, and how \
             you would {verb} the repair.",
            "Strong candidates name the **grain** first, then the keys, then what can be missing. Weak ones begin with \
             `select` and discover {flaw} in front of the interviewer.",
        ],
    ),
    (
        "tip",
        &[
            "Repeat the question in your own words, and ask whether {flaw} can occur. It nearly always can.",
            "Say what you would {verb} before you say how. The interviewer can then stop you early.",
            "Keep a small example of {data} at hand and walk through it after each change.",
            "If you are stuck, write down what is true of {answer} & check it row by row.",
            "Leave the last five minutes for a test: one empty input, one with {flaw}, one that is too large.",
        ],
    ),
    (
        "problem",
        &[
            "You are given {data}. Find {answer}, although {change}.",
            "A report shows {answer}, and since Tuesday it is wrong by 3 %. Find out how {flaw} got in, and keep it out.",
        ],
    ),
    (
        "prompt",
        &[
            "Each row has a key, a time and an amount; times are in UTC and amounts in cents. {change}, and a row may come \
             twice with different amounts, of which the later one holds. Return one row for each key, the newest first, \
             and say what your answer costs for 10⁹ rows.",
            "The source sends a file an hour. Files come late, twice or not at all, and {change}. Give {answer} as of \
             any hour, so that asking again about the same hour gives the same result. State what you assume about \
             {flaw}, and which assumption you would drop first.",
        ],
    ),
    (
        "data",
        &[
            "a table of orders",
            "six weeks of click logs",
            "a nested JSON feed",
            "two ledgers that should agree",
            "a change log",
        ],
    ),
    (
        "answer",
        &[
            "the latest state of each customer",
            "the gap between visits",
            "the median by week",
            "all pairs that overlap",
        ],
    ),
    (
        "flaw",
        &[
            "a NULL in the key",
            "a tie",
            "a duplicate row",
            "a clock that runs backwards",
            "an amount < 0",
            "a late file",
        ],
    ),
];

const CHANGE: [&str; 5] = [
    "rows can arrive two days late",
    "one source doubles its volume",
    "a customer may merge with another",
    "the second table no longer fits into memory",
    "a currency is added",
];

/// Makes one of a rule's sentences.
pub(crate) fn sentence(rule: &str, random: &mut SplitMix) -> String {
    let pattern = random.one(choices(rule));
    fill(pattern, random)
}

/// Makes some of a rule's sentences, each at most once, in their order.
pub(crate) fn sentences(rule: &str, count: usize, random: &mut SplitMix) -> Vec<String> {
    let patterns = random.some(count, choices(rule));
    patterns.into_iter().map(|pattern| fill(pattern, random)).collect()
}

fn choices(rule: &str) -> &'static [&'static str] {
    if rule == "change" {
        return &CHANGE;
    }
    let found = RULES.iter().find(|(name, _)| *name == rule);
    found.map(|(_, choices)| *choices).expect("each name in braces has a rule")
}

/// Puts words in the place of names in braces. A sentence begins with a capital.
fn fill(pattern: &str, random: &mut SplitMix) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("braces are closed");
        let words = sentence(name, random);
        filled.push_str(before);
        filled.push_str(&if filled.is_empty() || filled.ends_with(". ") { capital(&words) } else { words });
        rest = after;
    }
    filled + rest
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_leads_to_words() {
        for (rule, _) in RULES {
            for number in 0..50 {
                let text = sentence(rule, &mut SplitMix::named(&format!("{rule} {number}")));
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }
}
