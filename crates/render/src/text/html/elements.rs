//! The elements that browsers know. Browsers show nothing of an unknown one, such as the `<T>` of `Vec<T>`.

use sitegen_parser::{HtmlPart, Span, html_parts};

/// The elements of the HTML standard, and obsolete ones that browsers still know. `listing` is left out,
/// because whoever writes it means a component.
const HTML: &str = "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body \
                    br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em \
                    embed fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header \
                    hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link main map mark \
                    marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup \
                    option output p param picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section \
                    select selectedcontent slot small source spacer span strike strong style sub summary sup svg table tbody td \
                    template textarea tfoot th thead time title tr track tt u ul var video wbr xmp";

/// The elements of SVG and MathML, in lower case.
const DRAWN: &str = "animate animatemotion animatetransform circle clippath cursor defs desc discard ellipse feblend fecolormatrix \
                     fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight \
                     fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology \
                     feoffset fepointlight fespecularlighting fespotlight fetile feturbulence filter foreignobject g glyph line \
                     lineargradient marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop switch \
                     symbol text textpath tref tspan use view annotation maction maligngroup malignmark menclose merror mfenced \
                     mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt \
                     mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics";

/// Finds the tags of unknown elements in HTML: their names and spans.
///
/// Names with a hyphen are left out: a script may say what they are.
pub(super) fn unknown(html: &str) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in html_parts(html) {
        let (HtmlPart::Comment(text) | HtmlPart::Markup(text) | HtmlPart::Text(text)) = part;
        if matches!(part, HtmlPart::Markup(_))
            && let Some(name) = name(text).filter(|name| !is_known(name))
        {
            found.push((name, at..at + text.len()));
        }
        at += text.len();
    }
    found
}

/// Returns the name in a start tag, if it consists of letters and digits only.
fn name(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))?;
    Some(&rest[..end]).filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_known(name: &str) -> bool {
    let mut names = HTML.split(' ').chain(DRAWN.split(' '));
    names.any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn elements_are_told_from_placeholders() {
        let html = "<T>a</T> <DIV title='<X>'><Intro/></DIV><my-tag><o:p><!-- <Y> --><path d=''/><script>1<b</script>";
        let names: Vec<_> = unknown(html).into_iter().map(|(name, at)| (name, &html[at])).collect();
        assert_eq!(names, [("T", "<T>"), ("Intro", "<Intro/>")]);
    }
}
