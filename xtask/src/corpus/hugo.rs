//! The same records as files for Hugo.

/// Returns the path and the text of a file for Hugo; none if Hugo has no use for the file.
pub(super) fn file(path: &str, text: &str) -> Option<(String, String)> {
    let (folder, name) = path.split_once('/')?;
    match name.rsplit_once('.')? {
        _ if folder != "content" => None,
        (_, "md") => Some((path.to_owned(), document(text))),
        (_, "csv") => Some(("assets/offers.csv".to_owned(), text.to_owned())),
        _ => Some((format!("data/{name}"), text.to_owned())),
    }
}

/// Writes a document whose front matter holds its title, and all fields as parameters, because Hugo has its
/// own meaning for some of their names.
fn document(text: &str) -> String {
    let front = text.strip_prefix("+++\n").unwrap_or(text);
    let title = front.lines().find_map(|line| line.strip_prefix("title = ").or(line.strip_prefix("name = ")));
    let date = front.lines().find(|line| line.starts_with("date = "));
    let date = date.map(|date| format!("{date}\n")).unwrap_or_default();
    let (front, body) = front.split_once("+++\n").unwrap_or((front, ""));
    format!("+++\ntitle = {}\n{date}[params]\n{front}+++\n{}", title.unwrap_or("\"\""), links(body))
}

/// Writes links to articles as calls of a shortcode, which looks the title up as sitegen does.
fn links(body: &str) -> String {
    let mut parts = body.split("[](@articles/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once(')') {
        Some((slug, rest)) => format!("{text}{{{{< article \"{slug}\" >}}}}{rest}"),
        None => text + part,
    })
}

/// Makes the file with the number of pages, which the template for the pages reads.
pub(super) fn limit(pages: usize) -> (String, String) {
    ("data/size.toml".to_owned(), format!("pages = {pages}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_parameters_and_links_look_titles_up() {
        let text = "+++\nname = \"A\"\nkind = \"sql\"\n+++\n\nAs in [](@articles/b).\n";
        let expected = "+++\ntitle = \"A\"\n[params]\nname = \"A\"\nkind = \"sql\"\n+++\n\nAs in {{< article \"b\" >}}.\n";
        assert_eq!(document(text), expected);
    }

    #[test]
    fn files_move_to_where_hugo_looks() {
        let moved = |path| file(path, "").map(|(path, _)| path);
        assert_eq!(moved("content/companies.toml").as_deref(), Some("data/companies.toml"));
        assert_eq!(moved("content/data/offers.csv").as_deref(), Some("assets/offers.csv"));
        assert_eq!(moved("queries/size.sql"), None);
    }
}
