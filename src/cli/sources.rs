use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use glob::{MatchOptions, Pattern};
use walkdir::{DirEntry, WalkDir};

use super::input::{Input, read_all};
use super::outcome::Failure;

/// The inputs that the arguments name, in their order.
pub(super) struct Sources {
    list: Vec<Source>,
    /// The content of standard input, until it is read.
    standard: Mutex<Option<io::Result<Vec<u8>>>>,
}

/// One input.
pub(super) enum Source {
    /// Standard input.
    Standard,
    /// A file.
    File {
        path: PathBuf,
        /// The number of leading path components that are not repeated where results are written.
        outer: usize,
    },
    /// A pattern that matches no file, or a path that cannot be read, and the reason.
    Unavailable { name: String, reason: String },
}

/// Options with which patterns match as in shells.
const LIKE_SHELLS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

impl Sources {
    /// Finds the files that arguments name, directly or by a pattern such as `articles/**/*.json`. An
    /// existing file whose name looks like a pattern is taken as a file.
    pub(super) fn find(arguments: &[OsString], standard: &mut dyn Read) -> Self {
        let mut list = Vec::new();
        for argument in arguments {
            match pattern(argument) {
                _ if argument == "-" => list.push(Source::Standard),
                Some(pattern) => add_matches(pattern, &mut list),
                None => {
                    let path = PathBuf::from(argument);
                    let outer = path.components().count().saturating_sub(1);
                    list.push(Source::File { path, outer });
                }
            }
        }
        let reads_standard_input = list.iter().any(|source| matches!(source, Source::Standard));
        Self { list, standard: Mutex::new(reads_standard_input.then(|| read_all(standard))) }
    }

    /// Returns all inputs.
    pub(super) fn list(&self) -> &[Source] {
        &self.list
    }

    /// Reads an input.
    pub(super) fn read(&self, source: &Source) -> Result<Input, Failure> {
        match source {
            Source::File { path, .. } => Input::file(path),
            Source::Unavailable { reason, .. } => {
                Err(Failure::new(reason.clone(), "put patterns in quotes, and check that the files exist"))
            }
            Source::Standard => {
                let bytes = self.standard.lock().unwrap_or_else(PoisonError::into_inner).take();
                let bytes = bytes.ok_or_else(|| {
                    Failure::new("standard input is named twice".to_owned(), "it can be read only once")
                })?;
                Input::standard(bytes)
            }
        }
    }
}

impl Source {
    /// Returns the name to print in messages.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Standard => "standard input".to_owned(),
            Self::File { path, .. } => path.to_string_lossy().into_owned(),
            Self::Unavailable { name, .. } => name.clone(),
        }
    }

    /// Returns the path, if it is a file.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Returns the path of the result inside of an output folder: the name of the file, with the folders in
    /// which a pattern found it.
    pub(super) fn relative_output_path(&self) -> Option<&Path> {
        let Self::File { path, outer } = self else { return None };
        let mut components = path.components();
        for _ in 0..*outer {
            components.next();
        }
        Some(components.as_path())
    }
}

/// Returns the argument if it is a pattern, and not the name of an existing file.
fn pattern(argument: &OsStr) -> Option<&str> {
    let pattern = argument.to_str()?;
    let is_pattern = is_pattern(pattern) && Path::new(argument).symlink_metadata().is_err();
    is_pattern.then_some(pattern)
}

fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Adds the files that a pattern matches, sorted by name. Symbolic links to folders are not followed, since
/// they may form a cycle.
fn add_matches(pattern: &str, list: &mut Vec<Source>) {
    let (base, rest) = split(pattern);
    let unavailable = |reason| Source::Unavailable { name: pattern.to_owned(), reason };
    let inner = match Pattern::new(&rest) {
        Ok(inner) => inner,
        Err(error) => return list.push(unavailable(format!("{pattern} is not a valid pattern: {error}"))),
    };
    let here = Path::new(".");
    let root = if base.as_os_str().is_empty() { here } else { &base };
    let max_depth = if rest.contains("**") { usize::MAX } else { rest.split('/').count() };
    let includes_hidden = rest.split('/').any(|part| part.starts_with('.'));
    let is_included = |entry: &DirEntry| {
        includes_hidden || entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let walk = WalkDir::new(root).min_depth(1).max_depth(max_depth).sort_by_file_name();
    let before = list.len();
    for entry in walk.into_iter().filter_entry(is_included) {
        match entry {
            Ok(entry) => {
                let found = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let is_folder = |path: &Path| {
                    if entry.path_is_symlink() { path.is_dir() } else { entry.file_type().is_dir() }
                };
                if inner.matches_path_with(found, LIKE_SHELLS) && !is_folder(entry.path()) {
                    list.push(Source::File { path: base.join(found), outer: base.components().count() });
                }
            }
            // If the root itself cannot be read, nothing matches.
            Err(error) if error.depth() == 0 => {}
            Err(error) => {
                let name = error.path().unwrap_or(root).to_string_lossy().into_owned();
                list.push(Source::Unavailable { reason: format!("cannot read {name}: {error}"), name });
            }
        }
    }
    if list.len() == before {
        list.push(unavailable(format!("no file matches {pattern}")));
    }
}

/// Splits a pattern into the leading folders without wildcards and the rest.
fn split(pattern: &str) -> (PathBuf, String) {
    let (mut base, mut rest) = (PathBuf::new(), Vec::new());
    for component in Path::new(pattern).components().filter(|component| *component != Component::CurDir) {
        let part = component.as_os_str();
        if rest.is_empty() && !is_pattern(&part.to_string_lossy()) {
            base.push(part);
        } else {
            rest.push(part.to_string_lossy());
        }
    }
    (base, rest.join("/"))
}
