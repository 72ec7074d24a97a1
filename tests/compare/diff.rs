//! Finds the differences between two lists.

/// The number of equal parts that end a difference.
const EQUAL: usize = 4;
/// The number of parts of both lists that are searched for the end of a difference.
const FAR: usize = 1500;

/// Returns the parts of both lists that differ, in order.
pub(crate) fn hunks<'a>(a: &'a [String], b: &'a [String]) -> Vec<(&'a [String], &'a [String])> {
    let mut hunks = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (skipped, other) = meeting(&a[i..], &b[j..]);
        hunks.push((&a[i..i + skipped], &b[j..j + other]));
        (i, j) = (i + skipped, j + other);
    }
    hunks
}

/// Returns the numbers of parts to skip in both lists until they continue alike; the least in all.
fn meeting(a: &[String], b: &[String]) -> (usize, usize) {
    for distance in 1..FAR {
        for skipped in 0..=distance {
            let other = distance - skipped;
            if skipped <= a.len() && other <= b.len() && go_on_alike(&a[skipped..], &b[other..]) {
                return (skipped, other);
            }
        }
    }
    (a.len(), b.len())
}

fn go_on_alike(a: &[String], b: &[String]) -> bool {
    let length = EQUAL.min(a.len()).min(b.len());
    if length < EQUAL { a == b } else { a[..length] == b[..length] }
}
