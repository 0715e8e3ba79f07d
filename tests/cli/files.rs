//! Several files at a time: which are read, in which order, where results are written, and how invalid
//! files are handled.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{ARTICLES, CallResult, POST, call};
use news_briefing::article::read_text;
use news_briefing::cli::Outcome;
use serde_json::{Value, json};

const MINIMAL: &str = ARTICLES[1];

/// Creates a folder with files of these names, each an article with its name as its title.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let article = json!({ "format": "briefing", "version": "1.0", "title": name, "body": ["Words."] });
        fs::write(file, article.to_string()).unwrap();
    }
    folder
}

/// Returns the names of all files below a folder, in order.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

/// Calls the command, with `{}` replaced by a folder.
fn call_in(folder: &TempDir, arguments: &[&str]) -> CallResult {
    let path = folder.path().to_str().unwrap();
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.replace("{}", path)).collect();
    call(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), MINIMAL)
}

fn titles(called: &CallResult) -> Vec<String> {
    let values = serde_json::Deserializer::from_str(&called.out).into_iter::<Value>();
    values.map(|value| value.unwrap()["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn patterns_match_files_as_in_shells() {
    let files =
        folder(&["a.json", "b.json", "in/c.json", "in/deep/d.json", ".hidden/e.json", "f.txt", "g[1].json"]);
    for (pattern, expected) in [
        ("{}/*.json", &["a.json", "b.json", "g[1].json"][..]),
        ("{}/**/*.json", &["a.json", "b.json", "g[1].json", "in/c.json", "in/deep/d.json"]),
        ("{}/?.json", &["a.json", "b.json"]),
        ("{}/[!a].json", &["b.json"]),
        ("{}/in/*", &["in/c.json"]),
        ("{}/.hidden/*", &[".hidden/e.json"]),
        ("{}/.h*/*", &[".hidden/e.json"]),
        ("{}/in/../*.txt", &["f.txt"]),
        // A name with brackets matches itself.
        ("{}/g[1].json", &["g[1].json"]),
    ] {
        let called = call_in(&files, &["convert", pattern]);
        assert_eq!(called.outcome, Outcome::Good, "{pattern}: {}", called.err);
        assert_eq!(titles(&called), expected, "{pattern}");
    }
}

#[test]
fn a_pattern_without_matches_does_not_stop_the_others() {
    let files = folder(&["a.json"]);
    let called = call_in(&files, &["convert", "{}/*.jsonl", "{}/a.json", "{}/***", "{}/no/*"]);
    assert_eq!(called.outcome, Outcome::Failed);
    assert_eq!(titles(&called), ["a.json"]);
    assert!(called.err.contains("/*.jsonl\n  help: "), "{}", called.err);
    assert!(called.err.contains("/*** is not a valid pattern: "), "{}", called.err);
    assert!(called.err.ends_with("1 of 4 files were converted\n"), "{}", called.err);
}

/// Links may form a cycle, or reach the same files again.
#[test]
#[cfg(unix)]
fn patterns_do_not_follow_links_to_folders() {
    let files = folder(&["a.json", "in/b.json"]);
    std::os::unix::fs::symlink("..", files.path().join("in/loop")).unwrap();
    std::os::unix::fs::symlink("../a.json", files.path().join("in/link.json")).unwrap();
    let called = call_in(&files, &["convert", "{}/**/*.json"]);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    assert_eq!(titles(&called), ["a.json", "in/b.json", "a.json"]);
}

#[test]
fn results_are_in_file_order_for_any_number_of_threads() {
    let names: Vec<String> = (0..300).map(|number| format!("{number:03}.json")).collect();
    let files = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    // The first file takes longest.
    fs::write(files.path().join("000.json"), POST).unwrap();
    let one = call_in(&files, &["convert", "--jobs", "1", "{}/*.json"]);
    assert_eq!(one.outcome, Outcome::Good, "{}", one.err);
    for jobs in ["2", "7"] {
        let called = call_in(&files, &["convert", "-j", jobs, "{}/*.json"]);
        assert_eq!((&called.out, &called.err), (&one.out, &one.err), "{jobs}");
    }
    for report in ["text", "json", "sarif", "github"] {
        let check = |jobs: &str| call_in(&files, &["check", "--format", report, "-j", jobs, "{}/*.json"]).out;
        assert_eq!(check("1"), check("7"), "{report}");
    }
    assert_eq!(call_in(&files, &["check", "--jobs", "0", "{}/*.json"]).outcome, Outcome::Failed);
}

#[test]
fn standard_input_can_be_named_only_once() {
    let files = folder(&["a.json"]);
    let called = call_in(&files, &["convert", "{}/a.json", "-"]);
    assert_eq!((called.outcome, titles(&called).len()), (Outcome::Good, 2), "{}", called.err);
    let called = call_in(&files, &["check", "-", "{}/a.json", "-"]);
    assert_eq!(called.outcome, Outcome::Failed);
    assert!(called.err.contains("error: standard input is named twice\n"), "{}", called.err);
    assert!(called.err.contains("failed: standard input\n"), "{}", called.err);
    let called = call_in(&files, &["convert", "--out", "{}/out", "-"]);
    assert!(called.err.contains("standard input has no name"), "{}", called.err);
    assert!(!files.path().join("out").exists());
}

#[test]
fn an_archive_is_rendered_with_its_folder_structure() {
    let files = folder(&["2025/a.json", "2026/a.json", "2026/03/b.json"]);
    fs::write(files.path().join("2026/bad.json"), "{ \"title\": ").unwrap();
    fs::write(files.path().join("2026/empty.json"), "{ \"format\": \"briefing\", \"version\": \"1.0\" }")
        .unwrap();
    let called = call_in(&files, &["render", "--page", "--out", "{}/out/html", "{}/20*/**/*.json"]);
    assert_eq!((called.outcome, &*called.out), (Outcome::Faulty, ""));
    let out = files.path().join("out/html");
    assert_eq!(
        names_in(&out),
        ["2025/a.html", "2026/03/b.html", "2026/a.html"],
        "there are no partial files"
    );
    let page = fs::read_to_string(out.join("2026/03/b.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("<title>2026/03/b.json</title>"), "{page}");
    let lines: Vec<&str> = called.err.lines().collect();
    let failed: Vec<&&str> = lines.iter().filter(|line| line.starts_with("failed: ")).collect();
    assert_eq!(failed.len(), 2, "{lines:?}");
    assert!(failed[0].ends_with("/2026/bad.json") && failed[1].ends_with("/2026/empty.json"), "{failed:?}");
    assert_eq!(lines.last(), Some(&"3 of 5 files were rendered"));

    // Each result is the same as that of a single call.
    let alone = call_in(&files, &["render", "--page", "{}/2026/03/b.json"]);
    assert_eq!(alone.out, page);
    // A second run overwrites existing results.
    let again = call_in(&files, &["render", "--out", "{}/out/html", "{}/20*/a.json"]);
    assert_eq!((again.outcome, &*again.err), (Outcome::Good, "2 of 2 files were rendered\n"));
    assert_ne!(fs::read_to_string(out.join("2026/a.html")).unwrap(), page);
    assert_eq!(names_in(&out).len(), 3);
}

#[test]
fn the_csp_hash_is_printed_once_and_an_iframe_for_each_file() {
    let files = folder(&["a.json", "b.json"]);
    let called = call_in(&files, &["render", "--out", "{}/out", "--style", "inline", "{}/*.json"]);
    assert_eq!(called.err.matches("style-src 'sha256-").count(), 1, "{}", called.err);
    let called = call_in(&files, &["render", "--out", "{}/out", "--iframe", "{}/*.json"]);
    assert!(called.err.contains("src=\"a.html\"") && called.err.contains("src=\"b.html\""), "{}", called.err);
}

#[test]
fn files_with_the_same_output_path_are_rejected() {
    let files = folder(&["x/a.json", "y/a.json", "x/a.txt"]);
    for arguments in
        [["{}/x/a.json", "{}/y/a.json"], ["{}/x/a.json", "{}/x/a.txt"], ["{}/x/*.json", "{}/y/*.json"]]
    {
        for task in ["convert", "render"] {
            let called = call_in(&files, &[&[task, "--out", "{}/out"], &arguments[..]].concat());
            assert_eq!(called.outcome, Outcome::Failed, "{arguments:?}");
            assert!(called.err.contains(" would both be written to "), "{}", called.err);
            assert!(!files.path().join("out").exists(), "nothing is written");
        }
    }
    let kept = call_in(&files, &["convert", "--out", "{}/out", "{}/?/*.json"]);
    assert_eq!(kept.outcome, Outcome::Good, "{}", kept.err);
    assert_eq!(names_in(&files.path().join("out")), ["x/a.json", "y/a.json"]);

    let several = call_in(&files, &["render", "{}/x/a.json", "{}/y/a.json"]);
    assert_eq!((several.outcome, &*several.out), (Outcome::Failed, ""));
    assert!(several.err.contains("help: name a folder for them with --out"), "{}", several.err);
}

#[test]
fn source_files_are_not_overwritten() {
    let files = folder(&["a.json", "b.json"]);
    let before = fs::read_to_string(files.path().join("a.json")).unwrap();
    let called = call_in(&files, &["convert", "--out", "{}", "{}/*.json"]);
    assert_eq!(called.outcome, Outcome::Failed);
    assert_eq!(called.err.matches("would overwrite itself").count(), 2, "{}", called.err);
    assert_eq!(fs::read_to_string(files.path().join("a.json")).unwrap(), before);
    assert_eq!(names_in(files.path()).len(), 2);
    // HTML, however, may be written beside its source.
    assert_eq!(call_in(&files, &["render", "--out", "{}", "{}/*.json"]).outcome, Outcome::Good);
    assert_eq!(names_in(files.path()), ["a.html", "a.json", "b.html", "b.json"]);
}

#[test]
fn write_failures_are_reported_for_each_file() {
    let files = folder(&["a.json", "b.json"]);
    // A folder has the name of the output file.
    fs::create_dir_all(files.path().join("out/a.json")).unwrap();
    let called = call_in(&files, &["convert", "--out", "{}/out", "{}/*.json"]);
    assert_eq!(called.outcome, Outcome::Failed);
    assert!(
        called.err.contains("error: cannot write ") && called.err.contains("/out/a.json: "),
        "{}",
        called.err
    );
    assert!(called.err.ends_with("1 of 2 files were converted\n"), "{}", called.err);
    assert_eq!(names_in(&files.path().join("out")), ["b.json"]);
}

#[test]
fn files_of_different_formats_are_converted_together() {
    let files = folder(&["briefing.json"]);
    for (name, text) in [
        ("wordpress.json", POST),
        ("ghost.json", include_str!("../cms/ghost/post.json")),
        ("ninjs.json", include_str!("../cms/ninjs/v3.json")),
    ] {
        fs::write(files.path().join(name), text).unwrap();
    }
    let called = call_in(&files, &["convert", "--out", "{}/out", "{}/*.json"]);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    for name in names_in(&files.path().join("out")) {
        let text = fs::read_to_string(files.path().join("out").join(&name)).unwrap();
        assert!(read_text(&text).article.is_some(), "{name}");
    }
}

#[test]
fn completions_exist_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let called = call(&["completions", shell], "");
        assert_eq!((called.outcome, &*called.err), (Outcome::Good, ""), "{shell}");
        for word in ["convert", "strict", "references", "completions"] {
            assert!(called.out.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(call(&["completions", "dos"], "").outcome, Outcome::Failed);
}

#[test]
fn exit_codes_are_listed_in_the_help() {
    let help = call(&["--help"], "").out;
    assert!(
        help.contains("Exit codes:\n  0  all is well\n  1  an article has an error or, with check --strict, a warning\n  2  "),
        "{help}"
    );
}

/// Tests of the command in its own process.
#[cfg(target_os = "linux")]
mod process {
    use std::fs::File;
    use std::io::Read;
    use std::os::unix::ffi::OsStrExt;
    use std::process::{Command, Stdio};

    use super::*;

    fn command() -> Command {
        Command::new(env!("CARGO_BIN_EXE_news-briefing"))
    }

    #[test]
    fn progress_is_shown_only_on_a_terminal() {
        let files = folder(&["a.json", "b.json", "c.json"]);
        let pattern = files.path().join("*.json");
        let piped = command().arg("convert").arg(&pattern).output().unwrap();
        assert_eq!(piped.stderr, b"3 of 3 files were converted\n");

        let main =
            rustix::pty::openpt(rustix::pty::OpenptFlags::RDWR | rustix::pty::OpenptFlags::NOCTTY).unwrap();
        rustix::pty::grantpt(&main).unwrap();
        rustix::pty::unlockpt(&main).unwrap();
        let name = rustix::pty::ptsname(&main, Vec::new()).unwrap();
        let terminal = File::options()
            .read(true)
            .write(true)
            .open(std::ffi::OsStr::from_bytes(name.as_bytes()))
            .unwrap();
        let mut child = command()
            .arg("convert")
            .arg(&pattern)
            .env("TERM", "xterm")
            .stdout(Stdio::piped())
            .stderr(terminal)
            .spawn()
            .unwrap();
        let mut out = String::new();
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        assert!(child.wait().unwrap().success());
        // Once no process holds the terminal, reading ends with an error.
        let mut shown = Vec::new();
        let _ = File::from(main).read_to_end(&mut shown);
        let shown = String::from_utf8_lossy(&shown);
        assert!(shown.contains(" of 3 files"), "{shown:?}");
        assert!(shown.trim_end().ends_with("3 of 3 files were converted"), "{shown:?}");
        assert_eq!(out.as_bytes(), piped.stdout, "results are the same");
    }

    /// A script that the shell cannot parse would break every session that loads it.
    #[test]
    fn bash_can_load_its_completions() {
        let script = call(&["completions", "bash"], "").out;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("completions.bash");
        fs::write(&file, script).unwrap();
        let script_to_run = "source \"$1\"; function=$(complete -p news-briefing); function=${function##*-F }; \
            COMP_WORDS=(news-briefing con); COMP_CWORD=1; \
            \"${function%% *}\" news-briefing con news-briefing; echo \"${COMPREPLY[@]}\"";
        let Ok(output) = Command::new("bash").args(["-c", script_to_run, "bash"]).arg(&file).output() else {
            return;
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), "convert\n", "{output:?}");
    }
}
