//! sitegen: makes a site from Markdown, TOML and a theme.
//!
//! Only this crate reads the disk, the environment and the clock. The modules are listed in the order in
//! which a run passes through them.

mod args;
mod settings;
mod console;
mod disk;
mod read;
mod embed;
mod site;
mod know;
mod prove;
mod build;
mod progress;
mod report;
mod publish;
mod clean;
mod init;
mod theme;
mod man;
mod add;
mod new;
mod schema;
mod sheet;
mod reason;
mod plan;
mod query;
mod list;
mod explain;
mod serve;
mod phrase;
mod errors;

#[cfg(test)]
mod faults;

use std::panic::{PanicHookInfo, resume_unwind};
use std::process::ExitCode;
use std::thread;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use rayon::ThreadPoolBuilder;
use sitegen_render::syntax_notices;

use crate::args::{Args, Command, Common, List};
use crate::console::{Console, ProblemFormat};
use crate::errors::{Exit, Failure};
use crate::list::LinkFilter;

/// The stack of every thread. It is set, because the same deep nesting must end the same way on every
/// machine.
pub(crate) const STACK_BYTES: usize = 16 << 20;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(report_bug));
    let args = Args::parse();
    let format = args.command.as_ref().map_or(ProblemFormat::Human, Command::problems);
    let console = args.common.console(format);
    let exit = run(&args, &console).unwrap_or_else(|failure| {
        report::failure(&failure, &console);
        failure.exit
    });
    ExitCode::from(exit as u8)
}

fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let mut threads = ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    if let Some(count) = args.common.threads {
        threads = threads.num_threads(usize::from(count));
    }
    threads.build_global().map_err(|error| errors::no_threads(&error))?;
    thread::scope(|scope| {
        let run = || match &args.command {
            Some(command) => obey(command, &args.common, console),
            None if args.notices => {
                console::print(notices().as_bytes())?;
                Ok(Exit::Done)
            }
            None => Args::command().error(ErrorKind::MissingSubcommand, "no command was given").exit(),
        };
        let main = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run);
        let main = main.map_err(|error| errors::no_threads(&error))?;
        main.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

fn obey(command: &Command, common: &Common, console: &Console) -> Result<Exit, Failure> {
    match command {
        Command::Build { build, publish } => build::build(common, build, publish, console),
        Command::Check { check } => build::check(common, check, console),
        Command::Serve { serve, site } => serve::serve(common, serve, site, console),
        Command::Plan { site, account } => plan::plan(common, site, account.format, console),
        Command::Query { query, site, sheet } => query::query(common, site, query, sheet.format, console),
        Command::List { list: List::Links, external, site, sheet } => {
            let wanted = if *external { LinkFilter::External } else { LinkFilter::All };
            list::links(common, site, wanted, sheet.format, console)
        }
        Command::List { external: true, .. } => Err(errors::external_of_what()),
        Command::List { list, site, sheet, .. } => list::list(common, site, *list, sheet.format, console),
        Command::Explain { subject, site, account } => {
            explain::explain(common, site, subject, account.format, console)
        }
        Command::Init { init } => init::init(common, init, console),
        Command::Theme { command } => theme::theme(common, command, console),
        Command::Add { addition } => add::add(common, addition, console),
        Command::New { new } => new::begin(common, new, console),
        Command::Schema { name } => schema::schema(common, name.as_deref(), console),
        Command::Clean { output_dir } => clean::clean(common, output_dir.as_deref(), console),
        Command::Man { folder } => man::write(folder, console),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "sitegen", &mut script);
            console::print(&script)?;
            Ok(Exit::Done)
        }
    }
}

/// Returns the licenses of the works of others in the program.
fn notices() -> String {
    let syntaxes = syntax_notices().map(|(path, terms)| format!("Syntax: {path}\n\n{}\n", terms.trim_end()));
    let parts: Vec<_> = std::iter::once(embed::NOTICES.to_owned()).chain(syntaxes).collect();
    parts.join("\n")
}

fn report_bug(panic: &PanicHookInfo) {
    let reason = panic.payload_as_str().unwrap_or("no reason was given");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    console::complain(&format!(
        "error: this is a bug in sitegen: {reason}\n --> {place}\n  = help: please report it at {}/issues\n",
        env!("CARGO_PKG_REPOSITORY"),
    ));
}
