use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::outcome::Failure;
use super::sources::{Source, Sources};

/// A folder that results are written into, each into a file of the name of what it was made of.
pub(super) struct Folder<'o> {
    path: &'o Path,
    /// What the names of the files end with.
    extension: &'static str,
}

impl<'o> Folder<'o> {
    /// Makes the folder, if there is none.
    ///
    /// # Errors
    /// Where two results would be written into one file, or one has no name; then nothing is written.
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
            sources.iter().filter_map(|source| Some((source.inner_path()?, source))).collect();
        let strange = named
            .iter()
            .find(|(name, _)| name.components().any(|part| !matches!(part, Component::Normal(_))));
        if let Some((name, source)) = strange {
            return Err(Failure::new(
                format!("{} would be written outside the folder, as {}", source.name(), name.display()),
                "name the file without .. in it",
            ));
        }
        // Compared without making names of them: there may be very many.
        named.sort_by(|(one, _), (other, _)| without_ending(one).cmp(&without_ending(other)));
        let pairs = named.iter().zip(named.iter().skip(1));
        let twice =
            pairs.into_iter().find(|((one, _), (other, _))| without_ending(one) == without_ending(other));
        let Some(((name, one), (_, other))) = twice else { return Ok(()) };
        let target = self.target(name);
        Err(Failure::new(
            format!("{} and {} would both be written to {}", one.name(), other.name(), target.display()),
            "use another --out for each folder, or name the files by a pattern in quotes, which keeps their folders",
        ))
    }

    /// Where what comes of a file is written, beneath the folder.
    pub(super) fn inner_name(&self, source: &Source) -> Option<PathBuf> {
        source.inner_path().map(|name| name.with_extension(self.extension))
    }

    fn target(&self, name: &Path) -> PathBuf {
        self.path.join(name).with_extension(self.extension)
    }

    /// Writes what came of a file, so that it is there whole or not at all.
    pub(super) fn write(&self, source: &Source, text: &str) -> Result<(), Failure> {
        let (Some(name), Some(from)) = (source.inner_path(), source.path()) else { return Ok(()) };
        let to = self.target(name);
        // What is there already may be what was read.
        if let (Ok(from), Ok(to)) = (from.canonicalize(), to.canonicalize())
            && from == to
        {
            return Err(Failure::new(
                format!("{} would overwrite itself", source.name()),
                "choose another folder",
            ));
        }
        let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| write_whole(&to, text)).map_err(|error| {
            Failure::new(
                format!("cannot write {}: {error}", to.display()),
                "check that the disk has space and that you may write there",
            )
        })
    }
}

/// What a name is, whatever it ends with.
fn without_ending(name: &Path) -> (Option<&Path>, Option<&OsStr>) {
    (name.parent(), name.file_stem())
}

/// Writes a file beside, and moves it into its place.
fn write_whole(to: &Path, text: &str) -> std::io::Result<()> {
    let mut beside = to.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, to)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}
