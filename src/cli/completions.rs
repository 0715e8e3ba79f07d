use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::generate;
use clap_complete::shells;

use super::Streams;
use super::outcome::{Failure, Outcome};

#[derive(Args)]
pub(super) struct Options {
    /// The shell that is to know the command
    #[arg(value_name = "SHELL")]
    language: Language,
}

/// What the script is written in.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Bash,
    Elvish,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Zsh,
}

/// Prints a script by which a shell completes the command's words as they are typed.
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
