//! Checks that the native command writes valid HTML, for every article of the newsroom in every
//! form.

use std::fs;

use anyhow::{Result, ensure};

use super::{Run, Step};
use crate::call::Call;
use crate::file_io;
use crate::native_command;
use crate::tools::Tool;

pub(super) const STEP: Step = Step {
    name: "markup",
    title: "Validation of prerendered HTML",
    needs: &[Tool::HtmlValidate],
    in_browser: false,
    after: &[],
    run,
};

/// The forms, each with the name in its files and the arguments of the command.
const FORMS: [(&str, &[&str]); 4] = [
    ("fragment", &[]),
    ("page", &["--page"]),
    ("frame", &["--iframe"]),
    ("inline", &["--page", "--style", "inline", "--lang", "ar"]),
];

/// The only article that cannot be shown.
const REFUSED: &str = "refused.json";

fn run(run: &Run<'_>) -> Result<()> {
    native_command::build(run.workspace, run.environment)?;
    let folder = run.workspace.target.join("rendered");
    file_io::remove_folder(&folder)?;
    file_io::create_folder(&folder)?;
    // All rules of the HTML standard, and none about style.
    fs::write(
        folder.join(".htmlvalidate.json"),
        r#"{ "root": true, "extends": ["html-validate:standard"] }"#,
    )?;

    let mut files = Vec::new();
    for entry in fs::read_dir(run.workspace.root.join("www/articles"))? {
        let article = entry?.path();
        let name = article.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".json") || name == REFUSED {
            continue;
        }
        for (form, arguments) in FORMS {
            let html =
                Call::new(run.workspace.command()).arg("render").args(arguments).arg(&article).read()?;
            let file = folder.join(format!("{name}.{form}.html"));
            file_io::write(&file, html)?;
            files.push(file);
        }
    }
    ensure!(!files.is_empty(), "there are no articles in www/articles");
    Call::new("html-validate").args(["--formatter", "text"]).args(&files).within(run.environment).run()
}
