//! Questions to the user at a terminal.

use std::io::{self, BufRead, Write};

use clap::ValueEnum as _;

use crate::args::Template;

/// Asks which site to begin with, until the answer is valid. Returns none if the input ends.
///
/// # Errors
///
/// The terminal cannot be read or written.
pub(super) fn template(answers: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Option<Template>> {
    writeln!(out, "What do you want to begin with?")?;
    for (place, template) in Template::value_variants().iter().enumerate() {
        writeln!(out, "  {}  {:<8} {}", place + 1, name(*template), help(*template))?;
    }
    while let Some(answer) = question("Number or name [1]: ", answers, out)? {
        match read(&answer) {
            Some(template) => return Ok(Some(template)),
            None => writeln!(out, "There is no \"{answer}\" in the list.")?,
        }
    }
    Ok(None)
}

/// Asks for the title of the site. Returns the starter's own title for an empty answer, and none if the input
/// ends.
///
/// # Errors
///
/// The terminal cannot be read or written.
pub(super) fn title(own: &str, answers: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Option<String>> {
    let answer = question(&format!("What is the site called? [{own}]: "), answers, out)?;
    Ok(answer.map(|answer| if answer.is_empty() { own.to_owned() } else { answer }))
}

/// Returns the name of a template, which is also the name of its folder.
pub(super) fn name(template: Template) -> String {
    template.to_possible_value().expect("no template is hidden").get_name().to_owned()
}

fn help(template: Template) -> String {
    let value = template.to_possible_value().expect("no template is hidden");
    value.get_help().map(ToString::to_string).unwrap_or_default()
}

fn question(text: &str, answers: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Option<String>> {
    out.write_all(text.as_bytes())?;
    out.flush()?;
    let mut line = String::new();
    let length = answers.read_line(&mut line)?;
    Ok((length > 0).then(|| line.trim().to_owned()))
}

/// Parses an answer: a number, a name, or nothing for the first template.
fn read(answer: &str) -> Option<Template> {
    let templates = Template::value_variants();
    if answer.is_empty() {
        return templates.first().copied();
    }
    let by_place =
        answer.parse::<usize>().ok().and_then(|place| templates.get(place.checked_sub(1)?).copied());
    by_place.or_else(|| Template::from_str(answer, true).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(answers: &str) -> (Option<Template>, String) {
        let mut out = Vec::new();
        let template = template(&mut answers.as_bytes(), &mut out).expect("memory can be written");
        (template, String::from_utf8(out).expect("it is text"))
    }

    #[test]
    fn a_template_is_chosen_by_number_by_name_or_by_enter() {
        assert_eq!(chosen("2\n").0, Some(Template::Blog));
        assert_eq!(chosen(" Docs \r\n").0, Some(Template::Docs));
        assert_eq!(chosen("\n").0, Some(Template::Minimal));
    }

    #[test]
    fn what_is_not_in_the_list_is_asked_again() {
        let (template, out) = chosen("0\n99\nblgo\nblog\n");
        assert_eq!(template, Some(Template::Blog));
        assert!(out.contains("There is no \"blgo\" in the list."), "{out}");
    }

    #[test]
    fn the_end_of_answers_chooses_nothing() {
        assert_eq!(chosen("").0, None);
        assert_eq!(title("Own", &mut "".as_bytes(), &mut Vec::new()).expect("memory can be written"), None);
    }

    #[test]
    fn an_empty_title_is_the_own_one() {
        let title = |answer: &str| {
            title("Own", &mut answer.as_bytes(), &mut Vec::new()).expect("memory can be written")
        };
        assert_eq!(title("\n").as_deref(), Some("Own"));
        assert_eq!(title(" Notes \n").as_deref(), Some("Notes"));
    }
}
