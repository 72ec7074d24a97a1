//! The survey of pay, read and counted by other means than sitegen's.

use std::collections::BTreeMap;

/// Groups the pay of rows that have the same values in some columns.
pub(crate) fn groups(data: &str, columns: &[&str]) -> BTreeMap<Vec<String>, Vec<f64>> {
    let mut lines = data.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let place =
        |name: &str| header.iter().position(|column| *column == name).expect("the survey has the column");
    let (pay, columns) = (place("salary_in_usd"), columns.iter().map(|name| place(name)).collect::<Vec<_>>());
    let mut groups: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for row in lines {
        let key = columns.iter().map(|column| row[*column].to_owned()).collect();
        groups.entry(key).or_default().push(row[pay].parse().expect("the survey's pay is a number"));
    }
    groups
}

/// Computes a percentile by linear interpolation, counted in quarters.
pub(crate) fn quartile(pay: &[f64], quarter: usize) -> f64 {
    let mut sorted = pay.to_vec();
    sorted.sort_by(f64::total_cmp);
    let quarters = quarter * (sorted.len() - 1);
    let (below, rest) = (quarters / 4, quarters % 4);
    let above = sorted[(below + 1).min(sorted.len() - 1)];
    #[expect(clippy::cast_precision_loss, reason = "it is below 4")]
    let part = rest as f64 / 4.0;
    sorted[below] * (1.0 - part) + above * part
}

/// Formats an amount as `$123,456`, with cents where there are some.
pub(crate) fn money(amount: f64) -> String {
    let cents =
        if amount.fract() == 0.0 { String::new() } else { format!("{:.2}", amount.fract())[1..].to_owned() };
    let mut whole = format!("{:.0}", amount.trunc());
    let mut at = whole.len();
    while at > 3 {
        at -= 3;
        whole.insert(at, ',');
    }
    format!("${whole}{cents}")
}
