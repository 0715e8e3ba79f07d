//! Programs that run for the length of a scenario, or of all.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// A program and all that it starts, in a process group of their own, which ends with it.
pub(crate) struct Process {
    child: Child,
    name: String,
    ending: Signal,
    output: Option<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts a program.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}: `cargo xtask test --only e2e` brings it"))?;
        let output = child.stdout.take().map(BufReader::new);
        Ok(Self { child, name, ending: Signal::KILL, output })
    }

    /// Asks it to end, instead of ending it at once: for what cleans up behind itself.
    pub(crate) fn ended_gently(mut self) -> Self {
        self.ending = Signal::TERM;
        self
    }

    /// Waits for the line of its output that tells something, such as a port.
    pub(crate) fn told<T>(&mut self, what: &str, understand: impl Fn(&str) -> Option<T>) -> Result<T> {
        let mut output = self.output.take().context("its output was read already")?;
        let mut said = String::new();
        for line in (&mut output).lines() {
            let line = line?;
            if let Some(told) = understand(&line) {
                // Read on, or the program stops when its output is full.
                std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
                return Ok(told);
            }
            said.push_str(&line);
            said.push('\n');
        }
        bail!("{} did not say its {what}; it said:\n{said}", self.name)
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        let process = self.pid().with_context(|| format!("{} has no number", self.name))?;
        kill_process(process, signal).with_context(|| format!("{} has ended", self.name))
    }

    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(group) = self.pid() {
            let _ = kill_process_group(group, self.ending);
        }
        let _ = self.child.wait();
    }
}
