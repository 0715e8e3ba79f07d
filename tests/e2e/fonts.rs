//! The fonts of a browser: a set of ours, whatever else the machine has. Lines break by their font, so
//! what holds with one may not with another.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// Some fonts. Their Debian packages are in `xtask/src/tools/fonts.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FontSet {
    /// DejaVu: wide. Every scenario has it.
    DejaVu,
    /// Noto: narrow.
    Noto,
}

impl FontSet {
    /// The families that a stylesheet can ask for without a name, each with what it is here.
    fn generic(self) -> [(&'static str, &'static str); 4] {
        let (serif, sans, mono) = match self {
            Self::DejaVu => ("DejaVu Serif", "DejaVu Sans", "DejaVu Sans Mono"),
            Self::Noto => ("Noto Serif", "Noto Sans", "Noto Sans Mono"),
        };
        [("serif", serif), ("sans-serif", sans), ("system-ui", sans), ("monospace", mono)]
    }

    /// The families for scripts that those lack.
    fn others(self) -> &'static [&'static str] {
        match self {
            Self::DejaVu => &["Noto Sans CJK SC", "Noto Serif CJK SC"],
            Self::Noto => &["Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans CJK SC", "Noto Serif CJK SC"],
        }
    }

    /// What fontconfig is to read instead of the machine's configuration.
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

    /// What gives a browser these fonts and no others, where it finds fonts by fontconfig, with a file in its
    /// folder.
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
