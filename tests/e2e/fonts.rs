//! The fonts of a browser: a fixed set, independent of the machine's fonts. Line breaks depend on the font,
//! so a layout that passes with one font set may fail with another.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// A set of fonts. Their Debian packages are listed in `xtask/src/tools/fonts.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FontSet {
    /// DejaVu: wide. Every scenario runs with it.
    DejaVu,
    /// Noto: narrow.
    Noto,
}

impl FontSet {
    /// Returns the generic families of CSS, each with its font in this set.
    fn generic(self) -> [(&'static str, &'static str); 4] {
        let (serif, sans, mono) = match self {
            Self::DejaVu => ("DejaVu Serif", "DejaVu Sans", "DejaVu Sans Mono"),
            Self::Noto => ("Noto Serif", "Noto Sans", "Noto Sans Mono"),
        };
        [("serif", serif), ("sans-serif", sans), ("system-ui", sans), ("monospace", mono)]
    }

    /// Returns the families for scripts that the generic families lack.
    fn others(self) -> &'static [&'static str] {
        match self {
            Self::DejaVu => &["Noto Sans CJK SC", "Noto Serif CJK SC"],
            Self::Noto => &["Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans CJK SC", "Noto Serif CJK SC"],
        }
    }

    /// Returns the fontconfig configuration that replaces the machine's own.
    fn config(self) -> String {
        let family = |name: &str| {
            format!("<pattern><patelt name=\"family\"><string>{name}</string></patelt></pattern>")
        };
        let generic = self.generic();
        let accepted: String =
            generic.iter().map(|(_, name)| *name).chain(self.others().iter().copied()).map(family).collect();
        let aliases: String = generic
            .iter()
            .map(|(generic, name)| {
                let others: String =
                    self.others().iter().map(|name| format!("<family>{name}</family>")).collect();
                format!(
                    "<alias binding=\"same\"><family>{generic}</family>\
                     <prefer><family>{name}</family>{others}</prefer></alias>\n"
                )
            })
            .collect();
        let any = |scalable: bool| {
            format!("<pattern><patelt name=\"scalable\"><bool>{scalable}</bool></patelt></pattern>")
        };
        format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n<fontconfig>\n\
             <dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><dir>~/.fonts</dir>\n\
             <cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>\n\
             <selectfont>\n<acceptfont>{accepted}</acceptfont>\n<rejectfont>{}{}</rejectfont>\n</selectfont>\n\
             {aliases}</fontconfig>\n",
            any(true),
            any(false),
        )
    }

    /// Writes the font configuration into a folder, and returns the variables that restrict a browser to
    /// these fonts, if it uses fontconfig.
    pub(crate) fn variables(self, folder: &Path) -> Result<[(&'static str, String); 1]> {
        let file = folder.join("fonts.conf");
        fs::write(&file, self.config())?;
        Ok([("FONTCONFIG_FILE", file.display().to_string())])
    }
}

impl fmt::Display for FontSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DejaVu => "DejaVu",
            Self::Noto => "Noto",
        })
    }
}
