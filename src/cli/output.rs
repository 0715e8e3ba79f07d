use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::outcome::Failure;
use super::sources::{Source, Sources};

/// A folder for results, each in a file named after its source.
pub(super) struct Folder<'o> {
    path: &'o Path,
    /// The extension of the files.
    extension: &'static str,
}

impl<'o> Folder<'o> {
    /// Creates the folder, if it does not exist.
    ///
    /// # Errors
    /// Fails if a source is standard input, if a result would lie outside of the folder, or if two
    /// results would have the same file; then nothing is written. Also fails if the folder cannot
    /// be created.
    pub(super) fn open(path: &'o Path, extension: &'static str, sources: &Sources) -> Result<Self, Failure> {
        let folder = Self { path, extension };
        folder.check(sources.list())?;
        fs::create_dir_all(path).map_err(|error| {
            Failure::new(format!("cannot create {}: {error}", path.display()), "name a folder to write into")
        })?;
        Ok(folder)
    }

    fn check(&self, sources: &[Source]) -> Result<(), Failure> {
        if sources.iter().any(|source| matches!(source, Source::Standard)) {
            return Err(Failure::new(
                "standard input has no name".to_owned(),
                "write it to standard output, without --out",
            ));
        }
        let mut named: Vec<(&Path, &Source)> =
            sources.iter().filter_map(|source| Some((source.relative_output_path()?, source))).collect();
        let outside = named
            .iter()
            .find(|(name, _)| name.components().any(|part| !matches!(part, Component::Normal(_))));
        if let Some((name, source)) = outside {
            return Err(Failure::new(
                format!("{} would be written outside the folder, as {}", source.name(), name.display()),
                "name the file without .. in it",
            ));
        }
        // Compared without allocating names, since there may be very many files.
        named.sort_by(|(one, _), (other, _)| without_extension(one).cmp(&without_extension(other)));
        let pairs = named.iter().zip(named.iter().skip(1));
        let duplicate = pairs
            .into_iter()
            .find(|((one, _), (other, _))| without_extension(one) == without_extension(other));
        let Some(((name, one), (_, other))) = duplicate else { return Ok(()) };
        let target = self.target(name);
        Err(Failure::new(
            format!("{} and {} would both be written to {}", one.name(), other.name(), target.display()),
            "use another --out for each folder, or name the files by a pattern in quotes, which keeps their folders",
        ))
    }

    /// Returns the path of the result of a source, relative to the folder.
    pub(super) fn relative_path(&self, source: &Source) -> Option<PathBuf> {
        source.relative_output_path().map(|name| name.with_extension(self.extension))
    }

    fn target(&self, name: &Path) -> PathBuf {
        self.path.join(name).with_extension(self.extension)
    }

    /// Writes the result of a source atomically: the file is complete or absent.
    pub(super) fn write(&self, source: &Source, text: &str) -> Result<(), Failure> {
        let (Some(name), Some(from)) = (source.relative_output_path(), source.path()) else { return Ok(()) };
        let to = self.target(name);
        // An existing target may be the source itself.
        if let Ok(existing) = to.canonicalize()
            && from.canonicalize().is_ok_and(|from| from == existing)
        {
            return Err(Failure::new(
                format!("{} would overwrite itself", source.name()),
                "choose another folder",
            ));
        }
        let written = write_atomically(&to, text).or_else(|error| match to.parent() {
            // Most files are in a folder that exists: it is only looked for where one is missing.
            Some(folder) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                write_atomically(&to, text)
            }
            _ => Err(error),
        });
        written.map_err(|error| {
            Failure::new(
                format!("cannot write {}: {error}", to.display()),
                "check that the disk has space and that you may write there",
            )
        })
    }
}

/// Returns a path without its extension, to compare paths.
fn without_extension(name: &Path) -> (Option<&Path>, Option<&OsStr>) {
    (name.parent(), name.file_stem())
}

/// Writes to a temporary file in the same folder, and renames it to the target.
fn write_atomically(to: &Path, text: &str) -> std::io::Result<()> {
    let mut temporary = to.as_os_str().to_owned();
    temporary.push(format!(".{}.part", std::process::id()));
    fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, to)).inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}
