//! Calling other programs.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use console::style;

use crate::progress::Progress;

/// How many of the last lines of a quiet program are shown when it fails.
const LINES_SHOWN: usize = 40;

/// What the programs that are called find in their environment: the tools, and where things are.
#[derive(Clone, Default)]
pub(crate) struct Environment {
    path: Vec<PathBuf>,
    vars: BTreeMap<&'static str, OsString>,
}

impl Environment {
    /// Puts a folder before those on `PATH`.
    pub(crate) fn put_on_path(&mut self, folder: PathBuf) {
        self.path.push(folder);
    }

    /// Sets a variable.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.vars.insert(name, value.into());
    }

    /// The value of a variable that was set.
    pub(crate) fn get(&self, name: &str) -> Option<&OsStr> {
        self.vars.get(name).map(OsString::as_os_str)
    }

    /// Adds all of another environment.
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
    /// A program, by name or by path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            args: Vec::new(),
            environment: Environment::default(),
            folder: None,
        }
    }

    /// One more argument.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// More arguments.
    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// The folder to run in, the current one otherwise.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Sets one variable.
    pub(crate) fn var(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.set(name, value);
        self
    }

    /// Runs within an environment.
    pub(crate) fn within(mut self, environment: &Environment) -> Self {
        self.environment.extend(environment.clone());
        self
    }

    /// Runs it in plain sight, after naming it.
    pub(crate) fn run(self) -> Result<()> {
        println!("{}", style(format!("$ {self}")).dim());
        let output = self.expression()?.unchecked().run().with_context(|| format!("cannot run `{self}`"))?;
        if !output.status.success() {
            bail!("`{self}` ended with {}", output.status);
        }
        Ok(())
    }

    /// Becomes this program, as far as the system allows: who stops the one stops the other.
    pub(crate) fn take_over(self) -> Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;

            let mut command = std::process::Command::new(&self.program);
            command.args(&self.args).envs(&self.environment.vars).env("PATH", self.environment.path()?);
            if let Some(folder) = &self.folder {
                command.current_dir(folder);
            }
            // It returns only when it fails.
            Err(command.exec()).with_context(|| format!("cannot run `{self}`"))
        }
        #[cfg(not(unix))]
        self.run()
    }

    /// Runs it out of sight, its last line of output shown as progress, and the last few when it
    /// fails.
    pub(crate) fn run_behind(self, progress: &Progress) -> Result<()> {
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

    /// Runs it out of sight where it does not take long, with what it printed when it fails.
    pub(crate) fn run_unseen(self) -> Result<()> {
        let output = self
            .expression()?
            .stdin_null()
            .stderr_to_stdout()
            .stdout_capture()
            .unchecked()
            .run()
            .with_context(|| format!("cannot run `{self}`"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stdout);
            bail!("`{self}` ended with {}:\n{}", output.status, said.trim_end());
        }
        Ok(())
    }

    /// Runs it out of sight and returns what it printed, if it ran well.
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

/// The command as one would type it.
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
