//! Compares the sizes of what readers download with the budgets in xtask/budgets.toml.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use console::style;
use serde::Deserialize;

use crate::dist::{Manifest, Recipe};
use crate::file_io;
use crate::workspace::Workspace;

/// The file with the budgets.
const FILE: &str = "xtask/budgets.toml";
/// A budget that exceeds the built size by more than this, in thousandths of that size, is too loose and
/// fails.
const SLACK: usize = 10;
/// A new budget exceeds the built size by this much, in thousandths of that size.
const MARGIN: usize = 4;
/// With another compiler than the one that was measured with, the sizes may differ by this much either way,
/// in thousandths.
const OTHER_COMPILER: usize = 30;

/// All budgets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budgets {
    /// The version of Rust that was measured with.
    pub(crate) rust: String,
    /// The budgets of the files that are the same in both builds, by path. `*` in a path stands for any name;
    /// the largest of these files must keep to the budget.
    files: BTreeMap<String, Budget>,
    small: Build,
    plain: Build,
}

/// The budgets of one build, in bytes compressed by Brotli.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Build {
    /// The budget of loader, `reading.js`, glue and WebAssembly together.
    whole: Budget,
    /// The budgets of the other files, by path as above.
    files: BTreeMap<String, Budget>,
}

/// The maximum size of something, in bytes.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// The maximum for now.
    budget: usize,
    /// The goal, if it is smaller.
    target: Option<usize>,
    /// By how much more or less the file may weigh for what is not its own: hashes of other files, which do not
    /// compress, or the numbers of the engine's functions.
    #[serde(default)]
    varies: usize,
}

impl Budgets {
    /// Reads the budgets.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self> {
        let path = workspace.root.join(FILE);
        let text = file_io::read_text(&path)?;
        toml::from_str(&text).with_context(|| format!("cannot parse {FILE}"))
    }

    /// Compares a build by a version of Rust with its budgets, prints how much of each is used, and returns
    /// what is wrong. A file that is the same in both builds counts with the larger of its two sizes: it
    /// contains hashes, which do not compress, and some of them come out shorter than others.
    pub(crate) fn check(&self, manifest: &Manifest, other: &Manifest, rust: &str) -> Vec<String> {
        let (table, build) = match manifest.build {
            Recipe::Small => ("small", &self.small),
            Recipe::Plain => ("plain", &self.plain),
        };
        let tolerance = if rust == self.rust { 0 } else { OTHER_COMPILER };
        println!("\n{}", style(format!("The {table} build, in bytes of Brotli")).bold());
        println!("{:>9} {:>9} {:>7} {:>9} {:>9}", "built", "budget", "used", "target", "to go");

        let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
        let mut one = |name: &str, key: &str, built: usize, budget: Budget| {
            let target = budget.target.map_or_else(String::new, |target| target.to_string());
            let to_go = match budget.target {
                Some(target) if built > target => (built - target).to_string(),
                Some(_) => "reached".to_owned(),
                None => String::new(),
            };
            let used = 100.0 * built as f64 / budget.budget as f64;
            println!("{built:>9} {:>9} {used:>6.1}% {target:>9} {to_go:>9}  {name}", budget.budget);
            wrong.extend(check_one(name, &format!("[{key}]"), built, budget, tolerance));
        };
        let both = [manifest, other];
        let own = build.files.iter().map(|file| (format!("{table}.files"), file, &both[..1]));
        let shared = self.files.iter().map(|file| ("files".to_owned(), file, &both[..]));
        for (table, (pattern, budget), builds) in own.chain(shared) {
            let files = builds.iter().flat_map(|build| &build.files);
            let covered = files.filter(|(path, _)| covers(pattern, path));
            match covered.max_by_key(|(_, entry)| entry.sizes.brotli) {
                Some((path, entry)) => {
                    one(path, &format!("{table}.\"{pattern}\""), entry.sizes.brotli, *budget)
                }
                None => {
                    unknown.push(format!("{pattern} has a budget but is not built: remove it from {FILE}"))
                }
            }
        }
        one("the whole", &format!("{table}.whole"), manifest.whole.brotli, build.whole);

        for (path, entry) in &manifest.files {
            if !build.files.keys().chain(self.files.keys()).any(|pattern| covers(pattern, path)) {
                unknown.push(format!(
                    "{path} has no budget: in {FILE}, write `budget = {}` under [files.\"{path}\"]",
                    with_margin(entry.sizes.brotli)
                ));
            }
        }
        wrong.extend(unknown);
        wrong
    }
}

/// Returns what is wrong with a budget, if anything is.
fn check_one(name: &str, table: &str, built: usize, budget: Budget, tolerance: usize) -> Option<String> {
    let Budget { budget, varies, .. } = budget;
    if built > budget + thousandths(budget, tolerance) + varies {
        return Some(format!(
            "{name} weighs {built} bytes, {} more than its budget of {budget}: `cargo xtask size` shows where the \
             bytes are. If every reader gains enough from them, write `budget = {}` under {table} in {FILE}, and why",
            built - budget,
            with_margin(built)
        ));
    }
    if budget > built + thousandths(built, SLACK + tolerance) + varies {
        return Some(format!(
            "{name} weighs {built} bytes, {} less than its budget of {budget}: keep the gain: write \
             `budget = {}` under {table} in {FILE}",
            budget - built,
            with_margin(built)
        ));
    }
    None
}

/// Returns whether a budget applies to a file.
fn covers(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        None => path == pattern,
    }
}

fn with_margin(built: usize) -> usize {
    built + thousandths(built, MARGIN)
}

fn thousandths(of: usize, count: usize) -> usize {
    of * count / 1000
}

#[cfg(test)]
mod tests {
    use super::{Budget, Budgets, Build, check_one, with_margin};
    use crate::dist::{LOADER, Manifest, Recipe, WASM};
    use crate::workspace::Workspace;

    const RUST: &str = "1.95.0";

    fn built() -> Manifest {
        let mut manifest = Manifest::new("1.0.0", Recipe::Small);
        manifest.add(LOADER, b"", 1_700, 1_450);
        manifest.add(WASM, b"", 150_000, 129_715);
        manifest
    }

    /// Returns budgets just above the built sizes, except that of the WebAssembly, which is given.
    fn budgets(wasm: usize) -> Budgets {
        let budget = |budget| Budget { budget, target: None, varies: 0 };
        let file = |path: &str, bytes| [(path.to_owned(), budget(bytes))].into();
        let build = || Build { whole: budget(with_margin(1_450 + 129_715)), files: file(WASM, wasm) };
        let files = file(LOADER, with_margin(1_450));
        Budgets { rust: RUST.to_owned(), files, small: build(), plain: build() }
    }

    #[test]
    fn files_within_their_budget_pass() {
        assert_eq!(budgets(with_margin(129_715)).check(&built(), &built(), RUST), Vec::<String>::new());
    }

    #[test]
    fn an_exceeded_budget_fails_and_reports_the_excess() {
        let lowered = with_margin(129_715) * 99 / 100;
        let wrong = budgets(lowered).check(&built(), &built(), RUST);
        assert_eq!(wrong.len(), 1);
        let over = format!("{} more than its budget of {lowered}", 129_715 - lowered);
        for part in [WASM, "129715", &over, "cargo xtask size"] {
            assert!(wrong[0].contains(part), "{part} is not in the message: {}", wrong[0]);
        }
    }

    #[test]
    fn a_budget_with_too_much_slack_fails() {
        let wrong = budgets(129_715 * 102 / 100).check(&built(), &built(), RUST);
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].contains(&format!("`budget = {}`", with_margin(129_715))), "{}", wrong[0]);
    }

    #[test]
    fn the_suggested_budget_passes() {
        for built in [0, 7, 682, 1_450, 129_715, 10_000_000] {
            let budget = Budget { budget: with_margin(built), target: None, varies: 0 };
            assert_eq!(check_one("it", "[it]", built, budget, 0), None);
        }
    }

    #[test]
    fn hashes_may_make_a_file_lighter_or_heavier() {
        let is_right = |built, varies| {
            let budget = Budget { budget: 3_100, target: None, varies };
            check_one("it", "[it]", built, budget, 0).is_none()
        };
        assert!(is_right(3_140, 40) && is_right(3_040, 40));
        assert!(!is_right(3_141, 40) && !is_right(3_140, 0) && !is_right(3_040, 0) && !is_right(3_000, 40));
    }

    #[test]
    fn shared_files_count_with_their_larger_size() {
        let larger = || {
            let mut larger = Manifest::new("1.0.0", Recipe::Small);
            larger.add(LOADER, b"", 1_700, 1_500);
            larger.add(WASM, b"", 150_000, 129_715);
            larger
        };
        let mut budgets = budgets(with_margin(129_715));
        budgets
            .files
            .insert(LOADER.to_owned(), Budget { budget: with_margin(1_500), target: None, varies: 0 });
        for (one, another) in [(built(), larger()), (larger(), built())] {
            assert_eq!(budgets.check(&one, &another, RUST), Vec::<String>::new());
        }
    }

    #[test]
    fn another_compiler_gets_a_tolerance() {
        assert!(!budgets(129_000).check(&built(), &built(), RUST).is_empty());
        assert!(budgets(129_000).check(&built(), &built(), "1.97.0").is_empty());
    }

    #[test]
    fn files_without_budget_and_budgets_without_file_fail() {
        let mut more = built();
        more.add("words/fr.json", b"", 1, 1);
        let wrong = budgets(with_margin(129_715)).check(&more, &more, RUST);
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].contains("words/fr.json has no budget"));

        let mut less = Manifest::new("1.0.0", Recipe::Small);
        less.add(WASM, b"", 150_000, 131_165);
        let wrong = budgets(with_margin(131_165)).check(&less, &less, RUST);
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].contains("news-briefing.js has a budget but is not built"));
    }

    #[test]
    fn a_budget_for_a_pattern_applies_to_the_largest_file() {
        let mut built = built();
        built.add("words/fr.json", b"", 1_000, 700);
        built.add("words/ar.json", b"", 1_000, 900);
        let mut budgets = budgets(with_margin(129_715));
        let mut check = |bytes| {
            budgets
                .files
                .insert("words/*.json".to_owned(), Budget { budget: bytes, target: None, varies: 0 });
            budgets.check(&built, &built, RUST)
        };
        assert_eq!(check(with_margin(900)), Vec::<String>::new());
        let wrong = check(899);
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].contains("words/ar.json weighs 900 bytes"), "{}", wrong[0]);
        assert!(wrong[0].contains("[files.\"words/*.json\"]"), "{}", wrong[0]);
    }

    #[test]
    fn the_budgets_can_be_read_and_both_builds_have_a_target() {
        let budgets = Budgets::read(&Workspace::find().unwrap()).unwrap();
        assert!([budgets.small, budgets.plain].iter().all(|build| build.whole.target.is_some()));
    }

    #[test]
    fn file_sizes_in_the_documents_match_the_budgets() {
        let workspace = Workspace::find().unwrap();
        let budgets = Budgets::read(&workspace).unwrap();
        let size_of = |file: &str| {
            let Budget { budget, .. } =
                budgets.files.get(file).unwrap_or_else(|| panic!("{file} has no budget"));
            format!("{:.1} KB", *budget as f64 / 1_000.0)
        };
        let read = |path| std::fs::read_to_string(workspace.root.join(path)).unwrap();
        let (readme, embedding) = (read("README.md"), read("docs/embedding.md"));
        assert!(readme.contains(&format!("a page first gets {}.", size_of(LOADER))), "README.md");
        assert!(embedding.contains(&format!("the loader alone, {}.", size_of(LOADER))), "docs/embedding.md");
        // Such as: `recording.js`, 2.7 KB
        let mut count = 0;
        for (before, after) in
            embedding.match_indices("`, ").map(|(at, mark)| embedding.split_at(at + mark.len()))
        {
            let file = before.trim_end_matches("`, ").rsplit('`').next().unwrap();
            let figure = after.split_inclusive(" KB").next().unwrap();
            if figure.len() < 9 && figure.ends_with(" KB") {
                assert_eq!(figure, size_of(file), "{file} in docs/embedding.md");
                count += 1;
            }
        }
        assert!(count >= 3, "docs/embedding.md gives the size of {count} files");
    }
}
