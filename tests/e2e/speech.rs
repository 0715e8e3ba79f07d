//! Speech synthesis on a machine without a loudspeaker: real voices at their real speed, whose sound is
//! discarded.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow};
use tempfile::TempDir;

use crate::browser::new_folder;
use crate::process::Process;
use crate::wait::until;

/// The folder with the sound server's socket and the voices, or the error of its start.
static READY: OnceLock<Result<PathBuf, String>> = OnceLock::new();

/// Settings with a single synthesizer. Its sound goes to the server that a variable names, and to no other
/// on the machine.
const SETTINGS: &str = "AudioOutputMethod \"pulse\"
AddModule \"espeak-ng\" \"sd_espeak-ng\" \"espeak-ng.conf\"
DefaultModule espeak-ng
";

/// A sound server that discards its input, and voices; both are removed on drop.
pub(crate) struct Speech {
    // Dropped in this order: the process ends before its folder is removed.
    _sound: Process,
    _folder: TempDir,
}

/// Starts what all browsers share. If this fails, browsers fall back to the machine's own speech.
pub(crate) fn prepare() -> Option<Speech> {
    let (speech, folder_or_error) = match start() {
        Ok((speech, folder)) => (Some(speech), Ok(folder)),
        Err(error) => (None, Err(format!("{error:#}"))),
    };
    READY.get_or_init(|| folder_or_error);
    speech
}

fn start() -> Result<(Speech, PathBuf)> {
    let folder = new_folder()?;
    let path = folder.path().to_owned();
    fs::write(path.join("speechd.conf"), SETTINGS)?;
    link_voices(&path)?;
    let socket = sound_in(&path);
    let sound = Process::start(
        Command::new("pulseaudio")
            // Ignore the machine's configuration, do not compete for priority, and write nothing outside
            // of the folder.
            .args(["-n", "--high-priority=no", "--realtime=no", "--use-pid-file=no", "--disable-shm=yes"])
            .args(["--daemonize=no", "--exit-idle-time=-1"])
            // Without `norewinds`, the null sink may be two seconds late.
            .arg("--load=module-null-sink norewinds=1")
            .arg(format!("--load=module-native-protocol-unix auth-anonymous=1 socket={}", socket.display()))
            .env("XDG_CONFIG_HOME", &path)
            .env("XDG_RUNTIME_DIR", &path),
    )?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(answers("pulseaudio", &socket))?;
    Ok((Speech { _sound: sound, _folder: folder }, path))
}

/// Links the synthesizer's data into a folder, except the variants of its voices: with a hundred variants
/// of each voice, every browser would list thirteen thousand.
fn link_voices(folder: &Path) -> Result<()> {
    let output = Command::new("espeak-ng").arg("--version").output();
    let output = output.context("cannot start espeak-ng: `cargo xtask test --only e2e` installs it")?;
    let output = String::from_utf8(output.stdout)?;
    let (_, data) = output.split_once("Data at:").with_context(|| format!("espeak-ng said {output:?}"))?;
    let voices = voices_in(folder);
    fs::create_dir(&voices)?;
    for entry in fs::read_dir(data.trim())? {
        let entry = entry?;
        if entry.file_name() != "voices" {
            symlink(entry.path(), voices.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Starts a separate synthesizer for a browser that has none of its own, in the browser's folder. Browsers
/// cannot share one: it speaks one utterance at a time, whichever browser asks, and a pause by Chromium
/// stops it for good.
pub(crate) fn start_synthesizer(folder: &Path) -> Result<Option<Process>> {
    let Ok(shared) = shared() else { return Ok(None) };
    let files = folder.join("speech");
    fs::create_dir(&files)?;
    let synthesizer = Process::start(
        Command::new("speech-dispatcher")
            .args(["--run-single", "--timeout=0", "--log-level=1", "--communication-method=unix_socket"])
            .arg("--socket-path")
            .arg(synthesizer_of(folder))
            .arg("--config-dir")
            .arg(shared)
            .arg("--log-dir")
            .arg(&files)
            .arg("--pid-file")
            .arg(files.join("pid"))
            .env("ESPEAK_DATA_PATH", voices_in(shared))
            .env("PULSE_SERVER", address(&sound_in(shared)))
            .env("XDG_CONFIG_HOME", &files)
            .env("XDG_RUNTIME_DIR", &files),
    )?;
    Ok(Some(synthesizer))
}

/// Waits until the synthesizer of a browser accepts connections: a browser tries once, and would then
/// start another synthesizer.
pub(crate) async fn synthesizer_answers(folder: &Path) -> Result<()> {
    answers("speech-dispatcher", &synthesizer_of(folder)).await
}

/// Returns the variables that point a browser to this speech setup, and to nothing else on the machine.
pub(crate) fn variables(folder: &Path) -> Vec<(&'static str, String)> {
    let Ok(shared) = shared() else { return Vec::new() };
    vec![
        ("PULSE_SERVER", address(&sound_in(shared))),
        ("SPEECHD_ADDRESS", format!("unix_socket:{}", synthesizer_of(folder).display())),
    ]
}

/// Returns the shared folder, or an error with the reason why the tests' own voices are unavailable.
pub(crate) fn shared() -> Result<&'static Path> {
    match READY.get() {
        Some(Ok(folder)) => Ok(folder),
        Some(Err(reason)) => Err(anyhow!("{reason}")),
        None => Err(anyhow!("speech was not started")),
    }
}

async fn answers(program: &str, socket: &Path) -> Result<()> {
    until(&format!("{program} answers"), async || Ok(UnixStream::connect(socket)?)).await.map(drop)
}

fn address(socket: &Path) -> String {
    format!("unix:{}", socket.display())
}

fn sound_in(shared: &Path) -> PathBuf {
    shared.join("sound")
}

fn voices_in(shared: &Path) -> PathBuf {
    shared.join("voices")
}

fn synthesizer_of(folder: &Path) -> PathBuf {
    folder.join("synthesizer")
}
