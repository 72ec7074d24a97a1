//! Conversion of HTML to Markdown.

use std::rc::Rc;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown, Node};

use super::tree;

/// Converts the main part of a page: returns its heading, or else the page's title, and the Markdown below
/// it. `absolute` makes whole URLs of links.
pub(super) fn of(html: &str, title: &str, absolute: &dyn Fn(&str) -> String) -> (String, String) {
    let converter = converter();
    let Ok(document) = converter.html_to_tree(html) else { return (title.to_owned(), String::new()) };
    let main = tree::main(&document);
    let heading = tree::heading(&main, title);
    let said = heading.as_ref().map(tree::text_of).filter(|said| !tree::is_part(said, title));
    let said = said.filter(|said| !said.trim().is_empty());
    tree::prune(&main, heading.as_ref(), absolute);
    (said.unwrap_or_else(|| title.to_owned()), tidy(&converter.tree_to_markdown(&main)))
}

fn converter() -> HtmlToMarkdown {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        preformatted_code: true,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["table"], |handlers: &dyn Handlers, element: Element| table(handlers, element.node))
        .add_handler(vec!["dt"], |handlers: &dyn Handlers, element: Element| term(handlers, element.node))
        .add_handler(vec!["dd"], |handlers: &dyn Handlers, element: Element| {
            definition(handlers, element.node)
        })
        .add_handler(vec!["summary"], |handlers: &dyn Handlers, element: Element| {
            summary(handlers, element.node)
        })
        .add_handler(vec!["del", "s"], |handlers: &dyn Handlers, element: Element| {
            struck(handlers, element.node)
        })
        .add_handler(vec!["input"], |_: &dyn Handlers, element: Element| checkbox(element.node))
        .add_handler(vec!["math"], |_: &dyn Handlers, element: Element| formula(element.node))
        .add_handler(vec!["pre"], |_: &dyn Handlers, element: Element| Some(verbatim(element.node).into()))
        .build()
}

/// Reduces empty lines between blocks to one, and removes those at the ends; code blocks stay as they are.
fn tidy(markdown: &str) -> String {
    let mut tidy = String::with_capacity(markdown.len());
    let mut fence: Option<&str> = None;
    let mut empty = true;
    for line in markdown.lines() {
        let bare = line.trim_start();
        let ticks = &bare[..bare.len() - bare.trim_start_matches('`').len()];
        match fence {
            Some(open) if ticks == open && bare == ticks => fence = None,
            None if ticks.len() >= 3 => fence = Some(ticks),
            _ => {}
        }
        let is_empty = bare.is_empty() && fence.is_none();
        if !(is_empty && empty) {
            tidy.push_str(if is_empty { "" } else { line });
            tidy.push('\n');
        }
        empty = is_empty;
    }
    tidy.trim_end().to_owned()
}

/// Converts the content of a node to one line of Markdown.
fn line(handlers: &dyn Handlers, node: &Rc<Node>) -> String {
    let content = handlers.walk_children(node).content;
    content.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Converts preformatted text to a code block, without the elements in it.
fn verbatim(node: &Rc<Node>) -> String {
    let class = tree::child(node, "code").and_then(|code| tree::attribute_of(&code, "class"));
    let language =
        class.as_deref().and_then(|class| class.split(' ').find_map(|name| name.strip_prefix("language-")));
    let text = tree::text_of(node);
    let text = text.trim_end_matches('\n');
    let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat((ticks + 1).max(3));
    format!("\n\n{fence}{}\n{text}\n{fence}\n\n", language.unwrap_or_default())
}

/// Converts a formula to its source, if it has one.
fn formula(node: &Rc<Node>) -> Option<HandlerResult> {
    let source = tree::text_of(&tree::find(node, "annotation")?);
    let is_display = tree::attribute_of(node, "display").is_some_and(|display| display == "block");
    let dollars = if is_display { "$$" } else { "$" };
    Some(format!("{dollars}{source}{dollars}").into())
}

fn struck(handlers: &dyn Handlers, node: &Rc<Node>) -> Option<HandlerResult> {
    let text = line(handlers, node);
    (!text.is_empty()).then(|| format!("~~{text}~~").into())
}

/// Converts the box of a task, which readers cannot tick.
fn checkbox(node: &Rc<Node>) -> Option<HandlerResult> {
    let has = |name| tree::attribute_of(node, name).is_some();
    let is_box = tree::attribute_of(node, "type").is_some_and(|kind| kind == "checkbox") && has("disabled");
    is_box.then(|| if has("checked") { "[x] " } else { "[ ] " }.into())
}

/// Converts a summary to a paragraph above its details, which are always shown.
fn summary(handlers: &dyn Handlers, node: &Rc<Node>) -> Option<HandlerResult> {
    let content = handlers.walk_children(node).content;
    let content = content.trim();
    match content {
        "" => None,
        // A heading in a summary stays a heading.
        heading if heading.starts_with('#') || heading.contains('\n') => {
            Some(format!("\n\n{heading}\n\n").into())
        }
        plain => Some(format!("\n\n**{plain}**\n\n").into()),
    }
}

/// Converts a definition list to a list of `term: definition`, because not all readers of Markdown know
/// definition lists.
fn term(handlers: &dyn Handlers, node: &Rc<Node>) -> Option<HandlerResult> {
    let term = line(handlers, node);
    (!term.is_empty()).then(|| format!("\n- {term}").into())
}

fn definition(handlers: &dyn Handlers, node: &Rc<Node>) -> Option<HandlerResult> {
    let content = handlers.walk_children(node).content;
    match content.trim() {
        "" => None,
        text if text.contains('\n') => {
            let lines =
                text.lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") });
            Some(format!(":\n\n{}\n", lines.collect::<Vec<_>>().join("\n")).into())
        }
        text => Some(format!(": {text}").into()),
    }
}

/// Converts a table, with a row of headings. A table in a cell of another becomes text, because tables in
/// Markdown do not nest.
fn table(handlers: &dyn Handlers, node: &Rc<Node>) -> Option<HandlerResult> {
    if tree::is_within(node, &["td", "th"]) {
        return Some(format!(" {} ", line(handlers, node)).into());
    }
    let mut rows = tree::rows(node);
    if rows.is_empty() {
        return None;
    }
    let head = if tree::is_head(&rows[0]) { Some(rows.remove(0)) } else { None };
    let cells =
        |row: &Rc<Node>| tree::cells(row).iter().map(|cell| this_cell(handlers, cell)).collect::<Vec<_>>();
    let rows: Vec<_> = rows.iter().map(cells).collect();
    let head = head.map(|row| cells(&row)).unwrap_or_default();
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().max(head.len());
    let mut text = String::from("\n\n");
    if let Some(caption) = tree::child(node, "caption").map(|caption| line(handlers, &caption)) {
        text.push_str(&caption);
        text.push_str("\n\n");
    }
    push_row(&mut text, &head, width);
    push_row(&mut text, &vec!["---".to_owned(); width], width);
    for row in &rows {
        push_row(&mut text, row, width);
    }
    text.push('\n');
    Some(text.into())
}

fn this_cell(handlers: &dyn Handlers, cell: &Rc<Node>) -> String {
    line(handlers, cell).replace('|', "\\|")
}

fn push_row(text: &mut String, cells: &[String], width: usize) {
    text.push('|');
    for column in 0..width {
        text.extend([" ", cells.get(column).map_or("", String::as_str), " |"]);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_html_is_too_broken() {
        let page = "<main><p><table><tr><th>a<td><dl><dd>x<dt><pre>`</pre><?php x ?><ol start=99999999999><li><b><i>\
                    </b><a href=x><a href='y'><![CDATA[ z ]]></a><svg role=img aria-label=w/><template><p></template>\
                    <details><summary></details><del></del><input type=checkbox disabled></main><main></main>";
        for end in 0..page.len() {
            of(&page[..end], "", &str::to_owned);
        }
    }
}
