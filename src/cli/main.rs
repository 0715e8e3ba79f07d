//! The command `news-briefing`.

use std::io::{IsTerminal, stderr, stdin, stdout};
use std::process::ExitCode;

use news_briefing::cli::{Streams, run};

fn main() -> ExitCode {
    let (input, out, err) = (&mut stdin().lock(), &mut stdout().lock(), &mut stderr());
    let err_is_terminal = stderr().is_terminal();
    run(std::env::args_os(), &mut Streams { input, out, err, err_is_terminal }).into()
}
