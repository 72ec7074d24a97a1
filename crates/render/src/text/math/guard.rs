//! The guard of formulas: only elements and attributes of MathML Core come out, and classes instead of
//! styles.
//!
//! Nothing else reaches a page, whatever the library does. Classes are used, because a policy may forbid
//! inline styles.

/// The elements: MathML Core's, `menclose`, and those of HTML that stand in the text of a formula.
const ELEMENTS: [&str; 36] = [
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "ms",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
    "mpadded",
    "mphantom",
    "mstyle",
    "merror",
    "menclose",
    "b",
    "i",
    "em",
    "code",
    "span",
    "s",
    "u",
    "semantics",
];

/// The attributes, besides `class` and `style`.
const ATTRIBUTES: [&str; 31] = [
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "dir",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathbackground",
    "mathcolor",
    "mathsize",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
    "columnalign",
    "rowalign",
];

/// The styles of the library, with the classes that say the same. A style without a class needs none, because
/// another class says it, too.
const CLASSES: [(&str, &str); 34] = [
    ("text-align:left", "math-left"),
    ("justify-items:start", ""),
    ("text-align:right", "math-right"),
    ("justify-items:end", ""),
    ("padding-left:0", "math-pl-0"),
    ("padding-right:0", "math-pr-0"),
    ("padding-left:0.1em", "math-pl-1"),
    ("padding-right:0.1em", "math-pr-1"),
    ("padding-left:0.1667em", "math-pl-3"),
    ("padding-right:0.1667em", "math-pr-3"),
    ("padding-left:0.2222em", "math-pl-4"),
    ("padding-right:0.2222em", "math-pr-4"),
    ("padding-left:0.2778em", "math-pl-5"),
    ("padding-right:0.2778em", "math-pr-5"),
    ("padding-left:1em", "math-pl-18"),
    ("padding-top:0", "math-flat"),
    ("padding-bottom:0", ""),
    ("padding-top:0.1667em", "math-pt-3"),
    ("margin-left:-0.1667em", "math-ml-3"),
    ("margin-left:-0.2222em", "math-ml-4"),
    ("margin-left:-0.2778em", "math-ml-5"),
    ("margin-left:-0.16666667em", "math-ml-3"),
    ("margin-left:-0.22222222em", "math-ml-4"),
    ("margin-left:-0.2777778em", "math-ml-5"),
    ("width:100%", "math-wide"),
    ("width:50%", "math-half"),
    ("width:7.5%", "math-edge"),
    ("border-right:0.05em solid currentcolor", "math-rule-right"),
    ("border-right:0.05em dashed currentcolor", "math-dash-right"),
    ("border-left:0.05em solid currentcolor", "math-rule-left"),
    ("border-left:0.05em dashed currentcolor", "math-dash-left"),
    ("border-top:0.05em solid currentcolor", "math-rule-top"),
    ("border-top:0.05em dashed currentcolor", "math-dash-top"),
    ("math-shift:compact", "math-compact"),
];

/// Returns the MathML with classes instead of styles, or a message about a part that cannot be shown.
pub(super) fn clean(mathml: &str) -> Result<String, String> {
    let mut html = String::with_capacity(mathml.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while let Some(start) = rest.find('<') {
        html.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let (is_end, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, attributes) = tag.split_at(length);
        if !ELEMENTS.contains(&name) {
            return Err(refused(&format!("<{name}")));
        }
        if is_end {
            rest = attributes.strip_prefix('>').ok_or_else(|| refused(name))?;
            if open.pop() != Some(name) {
                return Err(refused(name));
            }
            html.extend(["</", name, ">"]);
        } else {
            html.extend(["<", name]);
            let (after, closes) = self::attributes(attributes, &mut html)?;
            rest = after;
            if !closes {
                open.push(name);
            }
        }
    }
    if !open.is_empty() {
        return Err(refused("an element without an end"));
    }
    html.push_str(rest);
    Ok(html)
}

/// Writes a tag's attributes and its end. Returns the text after the tag, and true if the tag ends its
/// element.
fn attributes<'m>(mut rest: &'m str, html: &mut String) -> Result<(&'m str, bool), String> {
    let mut classes: Vec<&str> = Vec::new();
    loop {
        rest = rest.trim_start();
        for (end, closes) in [("/>", true), (">", false)] {
            if let Some(after) = rest.strip_prefix(end) {
                if !classes.is_empty() {
                    html.extend([" class=\"", &classes.join(" "), "\""]);
                }
                html.push_str(end);
                return Ok((after, closes));
            }
        }
        let (name, after) = rest.split_once("=\"").ok_or_else(|| refused(rest))?;
        let (value, after) = after.split_once('"').ok_or_else(|| refused(name))?;
        rest = after;
        match name {
            "class" if value.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b' ')) => {
                classes.push(value);
            }
            "style" => style(value, html, &mut classes)?,
            _ if ATTRIBUTES.contains(&name) && !value.contains('<') => {
                html.extend([" ", name, "=\"", value, "\""]);
            }
            _ => return Err(refused(name)),
        }
    }
}

/// Replaces a style by attributes and classes.
fn style<'m>(style: &'m str, html: &mut String, classes: &mut Vec<&'m str>) -> Result<(), String> {
    for declaration in style.split(';').filter(|declaration| !declaration.trim().is_empty()) {
        let (property, value) = declaration.split_once(':').ok_or_else(|| refused(declaration))?;
        let (property, value) = (property.trim(), value.trim());
        let is_simple = value.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'#' | b'%' | b'.'));
        match property {
            "color" if is_simple => html.extend([" mathcolor=\"", value, "\""]),
            "font-size" if is_simple => html.extend([" mathsize=\"", value, "\""]),
            "font-variant-caps" if value == "small-caps" => classes.push("math-caps"),
            // The width is left out, because an attribute says the same.
            "width" if value.ends_with("rem") => {}
            _ => {
                let said = format!("{property}:{value}");
                let known = CLASSES.iter().find(|(style, _)| *style == said);
                let (_, class) = known.ok_or_else(|| refused(&said))?;
                classes.extend(Some(*class).filter(|class| !class.is_empty()));
            }
        }
    }
    Ok(())
}

fn refused(what: &str) -> String {
    let what: String = what.chars().take(40).collect();
    format!("this formula would need \"{what}\", which no formula can have here")
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_what_is_listed_passes() {
        let fine = "<math display=\"block\"><mi>x</mi><mo stretchy=\"false\">&lt;</mo><mspace width=\"1em\"/></math>";
        assert_eq!(clean(fine).as_deref(), Ok(fine));
        for wrong in [
            "<math><svg></svg></math>",
            "<math><svg/onload=alert(1)></math>",
            "<math><mi onclick=\"x\">a</mi></math>",
            "<math><mi class=a>a</mi></math>",
            "<math><mi>a</math></mi>",
            "<math><mi>a",
            "<math><!-- --></math>",
            "<math href=\"x\"></math>",
            "<math><mi mathcolor=\"<\">a</mi></math>",
            "<math><mi style=\"position:fixed\">a</mi></math>",
            "<math><",
        ] {
            assert!(clean(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn styles_become_classes() {
        let styled = "<mtd style=\"text-align: left;justify-items: start;padding-right: 0;\"></mtd>";
        assert_eq!(clean(styled).as_deref(), Ok("<mtd class=\"math-left math-pr-0\"></mtd>"));
        let coloured = "<mrow style=\"color:#ff0000;\"></mrow>";
        assert_eq!(clean(coloured).as_deref(), Ok("<mrow mathcolor=\"#ff0000\"></mrow>"));
    }
}
