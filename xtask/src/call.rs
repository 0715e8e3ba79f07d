//! Calls other programs.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use console::style;

use crate::progress::Progress;

/// The number of last lines that are shown when a program fails whose output is hidden.
const LINES_SHOWN: usize = 40;

/// The environment of called programs: the tools on `PATH`, and variables that name the places of
/// things.
#[derive(Clone, Default)]
pub(crate) struct Environment {
    path: Vec<PathBuf>,
    vars: BTreeMap<&'static str, OsString>,
}

impl Environment {
    /// Puts a folder in front of those on `PATH`.
    pub(crate) fn put_on_path(&mut self, folder: PathBuf) {
        self.path.push(folder);
    }

    /// Sets a variable.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.vars.insert(name, value.into());
    }

    /// Returns the value of a variable that was set.
    pub(crate) fn get(&self, name: &str) -> Option<&OsStr> {
        self.vars.get(name).map(OsString::as_os_str)
    }

    /// Adds everything of another environment.
    pub(crate) fn extend(&mut self, other: Self) {
        self.path.extend(other.path);
        self.vars.extend(other.vars);
    }

    fn path(&self) -> Result<OsString> {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.path.iter().cloned().chain(std::env::split_paths(&inherited));
        std::env::join_paths(folders).context("a folder of tools has a name that PATH cannot contain")
    }
}

/// A program with its arguments, ready to be called.
#[derive(Clone)]
pub(crate) struct Call {
    program: OsString,
    args: Vec<OsString>,
    environment: Environment,
    folder: Option<PathBuf>,
}

impl Call {
    /// Creates a call of a program, by name or by path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            args: Vec::new(),
            environment: Environment::default(),
            folder: None,
        }
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Sets the folder to run in; by default the current one.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Sets one variable.
    pub(crate) fn var(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.set(name, value);
        self
    }

    /// Adds an environment.
    pub(crate) fn within(mut self, environment: &Environment) -> Self {
        self.environment.extend(environment.clone());
        self
    }

    /// Prints the command, and runs it with visible output.
    pub(crate) fn run(self) -> Result<()> {
        println!("{}", style(format!("$ {self}")).dim());
        let output = self.expression()?.unchecked().run().with_context(|| format!("cannot run `{self}`"))?;
        if !output.status.success() {
            bail!("`{self}` ended with {}", output.status);
        }
        Ok(())
    }

    /// Replaces this process by the program, if the system allows it, so that stopping one stops
    /// the other.
    pub(crate) fn exec(self) -> Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;

            let mut command = std::process::Command::new(&self.program);
            command.args(&self.args).envs(&self.environment.vars).env("PATH", self.environment.path()?);
            if let Some(folder) = &self.folder {
                command.current_dir(folder);
            }
            // `exec` returns only if it fails.
            Err(command.exec()).with_context(|| format!("cannot run `{self}`"))
        }
        #[cfg(not(unix))]
        self.run()
    }

    /// Runs the program with hidden output. The last line of output is shown as progress, and the
    /// last few lines if the program fails.
    pub(crate) fn run_with_progress(self, progress: &Progress) -> Result<()> {
        let reader = self
            .expression()?
            .stdin_null()
            .stderr_to_stdout()
            .unchecked()
            .reader()
            .with_context(|| format!("cannot run `{self}`"))?;
        let mut last = VecDeque::with_capacity(LINES_SHOWN);
        for line in BufReader::new(&reader).lines().map_while(Result::ok) {
            progress.line(&line);
            if last.len() == LINES_SHOWN {
                last.pop_front();
            }
            last.push_back(line);
        }
        let status =
            reader.try_wait().with_context(|| format!("cannot run `{self}`"))?.map(|output| output.status);
        match status {
            Some(status) if status.success() => Ok(()),
            Some(status) => bail!("`{self}` ended with {status}:\n{}", Vec::from(last).join("\n")),
            None => bail!("`{self}` closed its output but did not end"),
        }
    }

    /// Runs a short program with hidden output, which is shown if the program fails.
    pub(crate) fn run_quietly(self) -> Result<()> {
        let output = self
            .expression()?
            .stdin_null()
            .stderr_to_stdout()
            .stdout_capture()
            .unchecked()
            .run()
            .with_context(|| format!("cannot run `{self}`"))?;
        if !output.status.success() {
            let printed = String::from_utf8_lossy(&output.stdout);
            bail!("`{self}` ended with {}:\n{}", output.status, printed.trim_end());
        }
        Ok(())
    }

    /// Runs the program with hidden output and returns what it printed, if it succeeds.
    pub(crate) fn read(self) -> Result<String> {
        self.expression()?.stdin_null().stderr_null().read().with_context(|| format!("cannot run `{self}`"))
    }

    fn expression(&self) -> Result<duct::Expression> {
        let mut expression = duct::cmd(&self.program, &self.args);
        if let Some(folder) = &self.folder {
            expression = expression.dir(folder);
        }
        for (name, value) in &self.environment.vars {
            expression = expression.env(name, value);
        }
        if !self.environment.path.is_empty() {
            expression = expression.env("PATH", self.environment.path()?);
        }
        Ok(expression)
    }
}

/// Formats the command as one would type it.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.program.to_string_lossy())?;
        for arg in &self.args {
            let arg = arg.to_string_lossy();
            if arg.is_empty() || arg.contains(char::is_whitespace) {
                write!(f, " '{arg}'")?;
            } else {
                write!(f, " {arg}")?;
            }
        }
        Ok(())
    }
}
