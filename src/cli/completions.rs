use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::generate;
use clap_complete::shells;

use super::Streams;
use super::outcome::{Failure, Outcome};

#[derive(Args)]
pub(super) struct Options {
    /// The shell to print a script for
    #[arg(value_name = "SHELL")]
    language: Language,
}

/// A shell, which determines the language of the script.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Bash,
    Elvish,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Zsh,
}

/// Prints a completion script for a shell.
pub(super) fn run<C: CommandFactory>(
    options: &Options,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    const NAME: &str = "news-briefing";
    let (command, script) = (&mut C::command(), &mut Vec::new());
    match options.language {
        Language::Bash => generate(shells::Bash, command, NAME, script),
        Language::Elvish => generate(shells::Elvish, command, NAME, script),
        Language::Fish => generate(shells::Fish, command, NAME, script),
        Language::PowerShell => generate(shells::PowerShell, command, NAME, script),
        Language::Zsh => generate(shells::Zsh, command, NAME, script),
    }
    streams.out.write_all(script)?;
    Ok(Outcome::Good)
}
