//! Programs that run for one scenario, or for the whole run.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// A program and its descendants, in their own process group, which is killed on drop.
pub(crate) struct Process {
    child: Child,
    name: String,
    stop_signal: Signal,
    output: Option<BufReader<ChildStdout>>,
    stderr: File,
}

impl Process {
    /// Starts a program.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let stderr = tempfile::tempfile()?;
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(stderr.try_clone()?)
            .spawn()
            .with_context(|| format!("cannot start {name}: `cargo xtask test --only e2e` installs it"))?;
        let output = child.stdout.take().map(BufReader::new);
        Ok(Self { child, name, stop_signal: Signal::KILL, output, stderr })
    }

    /// Makes the drop send `SIGTERM` instead of killing the process, for programs that clean up
    /// after themselves.
    pub(crate) fn with_graceful_shutdown(mut self) -> Self {
        self.stop_signal = Signal::TERM;
        self
    }

    /// Waits for an output line that contains a value, such as a port, and returns the value.
    pub(crate) fn wait_for_output<T>(
        &mut self,
        description: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        let mut output = self.output.take().context("its output was read already")?;
        let mut text = String::new();
        for line in (&mut output).lines() {
            let line = line?;
            if let Some(value) = parse(&line) {
                // Keep draining the output, or the program blocks when the pipe is full.
                std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
                return Ok(value);
            }
            text.push_str(&line);
            text.push('\n');
        }
        bail!("{description} was not printed; {}; output: {text}", self.state())
    }

    /// Returns whether the program has ended by itself.
    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Describes whether the program runs, and what it wrote to standard error: for errors after a
    /// failed wait.
    pub(crate) fn state(&mut self) -> String {
        let state = match self.child.try_wait() {
            Ok(None) => "runs".to_owned(),
            Ok(Some(status)) => format!("has ended with {status}"),
            Err(error) => format!("has an unknown state: {error}"),
        };
        format!("{} {state}; its stderr: {}", self.name, self.stderr_tail().unwrap_or_default().trim())
    }

    /// Returns the end of its standard error.
    fn stderr_tail(&self) -> Result<String> {
        const READ: usize = 2_000;
        let mut end = vec![0; READ];
        // Read by offset: the program shares this file's cursor for its writes.
        let start = self.stderr.metadata()?.len().saturating_sub(READ as u64);
        let length = self.stderr.read_at(&mut end, start)?;
        end.truncate(length);
        Ok(String::from_utf8_lossy(&end).into_owned())
    }

    /// Sends the process a signal.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        let process = self.pid().with_context(|| format!("{} has no process id", self.name))?;
        kill_process(process, signal).with_context(|| format!("{} has ended", self.name))
    }

    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(group) = self.pid() {
            let _ = kill_process_group(group, self.stop_signal);
        }
        let _ = self.child.wait();
    }
}
