use std::io::Read;

use super::outcome::Failure;

/// A file that was named, or what was given on standard input.
pub(super) struct Input {
    /// What to call it.
    pub(super) name: String,
    /// What is in it.
    pub(super) text: String,
}

impl Input {
    /// Reads a file; `-` is standard input.
    pub(super) fn read(path: &str, standard: &mut dyn Read) -> Result<Self, Failure> {
        let (name, bytes) = if path == "-" {
            let mut bytes = Vec::new();
            ("standard input", standard.read_to_end(&mut bytes).map(|_| bytes))
        } else {
            (path, std::fs::read(path))
        };
        let bytes = bytes.map_err(|error| {
            Failure::new(
                format!("cannot read {name}: {error}"),
                "name a file with an article as JSON, or - for standard input",
            )
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::new(format!("{name} is not UTF-8 from byte {at} on"), "save it as UTF-8, as all JSON is")
        })?;
        Ok(Self { name: name.to_owned(), text })
    }
}
