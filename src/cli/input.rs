use std::cell::OnceCell;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::excerpt::{Marked, excerpt};
use super::finding::{Finding, Origin};
use super::line_column::{LineColumn, Places};
use super::outcome::Failure;

/// The maximum size of a file in bytes. No article is nearly as large; a larger file is not read into memory.
const MAX_BYTES: u64 = 32_000_000;

/// Room for most files, in bytes.
const TYPICAL_BYTES: usize = 64 << 10;

/// The text of a named file or of standard input.
pub(super) struct Input {
    /// The name to print in messages.
    pub(super) name: String,
    /// The path; none for standard input.
    pub(super) path: Option<PathBuf>,
    /// The text, without a byte order mark.
    pub(super) text: String,
    /// The positions of the values, computed at first use.
    places: OnceCell<Places>,
}

/// The position of a finding in the text of an input.
pub(super) struct Spot {
    pub(super) place: LineColumn,
    /// The byte to show an excerpt of, and the extent of the marks; none if the finding is about the whole
    /// article.
    excerpt: Option<(usize, Marked)>,
}

impl Input {
    /// Reads a file, whose name need not be Unicode; `-` is standard input.
    pub(super) fn read(path: &OsStr, standard: &mut dyn Read) -> Result<Self, Failure> {
        if path == "-" { Self::standard(read_all(standard)) } else { Self::file(Path::new(path)) }
    }

    /// Reads a file.
    pub(super) fn file(path: &Path) -> Result<Self, Failure> {
        let bytes = File::open(path).and_then(|mut file| read_all(&mut file));
        Self::of(path.to_string_lossy().into_owned(), Some(path.to_owned()), bytes)
    }

    /// Returns the input for the bytes that were read from standard input.
    pub(super) fn standard(bytes: io::Result<Vec<u8>>) -> Result<Self, Failure> {
        Self::of("standard input".to_owned(), None, bytes)
    }

    /// Decodes UTF-8 and removes a byte order mark.
    fn of(name: String, path: Option<PathBuf>, bytes: io::Result<Vec<u8>>) -> Result<Self, Failure> {
        let bytes = bytes.map_err(|error| {
            Failure::new(
                format!("cannot read {name}: {error}"),
                "name a file with an article as JSON, or - for standard input",
            )
        })?;
        let mut text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::new(
                format!("{name} is not valid UTF-8 from byte {at} on"),
                "save it as UTF-8, which JSON requires",
            )
        })?;
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        Ok(Self { name, path, text, places: OnceCell::new() })
    }

    /// Returns the position of a finding in the text; none if the finding is about the canonical JSON made
    /// from it.
    pub(super) fn spot(&self, finding: &Finding) -> Option<Spot> {
        let places = || self.places.get_or_init(|| Places::of(&self.text));
        let (at, excerpt) = match finding.origin {
            Origin::Canonical => return None,
            Origin::Source => {
                let found = places().find(&finding.path);
                (found.at, (!found.is_root).then_some((found.at, Marked::Value)))
            }
            Origin::Syntax { line, column } => {
                let at = places().byte_at(&self.text, line, column);
                (at, Some((at, Marked::Character)))
            }
        };
        Some(Spot { place: places().line_column(&self.text, at), excerpt })
    }

    /// Returns the line around a position, with marks under the value there; none if the finding is about the
    /// whole article.
    pub(super) fn excerpt(&self, spot: &Spot) -> Option<String> {
        let (at, marked) = spot.excerpt?;
        Some(excerpt(&self.text, at, spot.place.line, marked))
    }
}

/// Reads everything, unless it exceeds the maximum size.
pub(super) fn read_all(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    // Otherwise the first of many reads would be of 32 bytes.
    let mut bytes = Vec::with_capacity(TYPICAL_BYTES);
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "it is larger than 32 MB, the limit for a file",
        ));
    }
    Ok(bytes)
}
