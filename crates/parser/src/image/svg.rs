//! Reads the size of an SVG from its root element.

use super::ImageSize;

/// The units of lengths, in CSS pixels.
const UNITS: [(&str, f64); 7] = [
    ("px", 1.0),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
    ("in", 96.0),
    ("cm", 96.0 / 2.54),
    ("mm", 96.0 / 25.4),
    ("", 1.0),
];

/// Reads the size of a drawing: its width and height, or those of its view box.
pub(super) fn size(text: &str) -> Option<ImageSize> {
    let root = root(text)?;
    let sides = ["width", "height"].map(|name| attribute(root, name).and_then(length));
    let ratio = attribute(root, "viewBox").and_then(view_box);
    let (width, height) = match (sides, ratio) {
        ([Some(width), Some(height)], _) => (width, height),
        ([Some(width), None], Some((x, y))) => (width, width * y / x),
        ([None, Some(height)], Some((x, y))) => (height * x / y, height),
        ([None, None], Some(ratio)) => ratio,
        _ => return None,
    };
    ImageSize::of(pixels(width)?, pixels(height)?)
}

/// Rounds a length to whole pixels; none if it cannot be the side of an image.
fn pixels(length: f64) -> Option<usize> {
    let rounded = length.round().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within these bounds")]
    (length > 0.0 && rounded <= f64::from(u32::MAX)).then_some(rounded as usize)
}

/// Returns the attributes of the root element, as text, if that is an `svg`.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest.get(..4)? {
            "<!--" => "-->",
            start if start.starts_with("<?") => "?>",
            start if start.starts_with("<!") => ">",
            "<svg" => return rest[4..].split('>').next(),
            _ => return None,
        };
        rest = rest[rest.find(end)? + end.len()..].trim_start();
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let begins = tag[..at].ends_with(char::is_whitespace);
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| begins && "\"'".contains(*quote))?;
        value[1..].split(quote).next()
    })
}

/// Converts a length to pixels; none if it depends on the surroundings.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let (_, factor) = UNITS.into_iter().find(|(unit, _)| text[number.len()..] == **unit)?;
    number.trim().parse::<f64>().ok().filter(|length| length.is_finite()).map(|length| length * factor)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let numbers = text.split(|c: char| c.is_whitespace() || c == ',').filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}
