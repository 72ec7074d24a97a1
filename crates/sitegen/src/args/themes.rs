//! The command line of `sitegen theme`.

use clap::Subcommand;

const COPY_HELP: &str = "\
A file of a theme's folder comes to stand in the site's folder of the same name, and then for the theme's. A whole theme goes to
themes/, and the site then wears that copy. To add to a template or a style sheet instead, name the theme's file in yours:

  {% extends \"themes/docs/templates/doc.html\" %}
  @import \"themes/docs/assets/style.css\";

Examples:
  sitegen theme copy themes/docs/templates/front.html
  sitegen theme copy docs/words
  sitegen theme copy docs";

/// The commands for themes that the program carries.
#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    /// List the themes and parts of themes that sitegen carries, or the files of one
    #[command(after_help = "Examples:\n  sitegen theme list\n  sitegen theme list sitegen/prose")]
    List {
        /// The theme or part whose files to list
        theme: Option<String>,
    },
    /// Print a file of a theme
    #[command(after_help = "Example: sitegen theme show themes/docs/templates/doc.html")]
    Show {
        /// Its path, as problems say it; a line behind it is left out
        path: String,
    },
    /// Copy a file, a folder or all of a theme into the site, to be changed there
    #[command(after_help = COPY_HELP)]
    Copy {
        /// Its path, as problems say it, or the theme's name
        path: String,
        /// Replace files that are there
        #[arg(long)]
        force: bool,
    },
}
