//! A speech synthesizer for browsers, and a sound server: a machine for tests has neither voices nor a
//! loudspeaker.

use std::path::Path;

use anyhow::Result;

use super::{Provided, debian, on_path};

/// The programs, and the Debian packages that contain them.
const PROGRAMS: [(&str, &str); 3] =
    [("espeak-ng", "espeak-ng"), ("speech-dispatcher", "speech-dispatcher"), ("pulseaudio", "pulseaudio")];

/// The module through which `speech-dispatcher` uses `espeak-ng`, in the folders where systems have it, and
/// the Debian package that contains it.
const MODULE: ([&str; 2], &str) = (
    [
        "/usr/lib/speech-dispatcher-modules/sd_espeak-ng",
        "/usr/libexec/speech-dispatcher-modules/sd_espeak-ng",
    ],
    "speech-dispatcher-espeak-ng",
);

/// Never fails: only the tests of speech need it, and the name of the tool says so.
pub(super) fn provide() -> Result<Provided> {
    let note = "not on this machine: its tests will fail";
    Ok(debian::provide_if_possible("speech", &missing(), note))
}

/// Returns the packages of the missing programs.
fn missing() -> Vec<&'static str> {
    let (places, package) = MODULE;
    let module = (!places.iter().any(|place| Path::new(place).exists())).then_some(package);
    on_path::missing(&PROGRAMS).into_iter().chain(module).collect()
}
