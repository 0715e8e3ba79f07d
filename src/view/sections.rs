use crate::article::Article;

/// Which sections of a briefing the host page shows. The header is always shown; a page that teases
/// an article may show just its key points besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sections {
    /// The key points.
    pub key_points: bool,
    /// The body text.
    pub body: bool,
    /// The list of references. Citations open their sources even without it.
    pub references: bool,
    /// The player and the timestamps beside the text.
    pub player: bool,
}

impl Sections {
    /// All sections.
    pub const ALL: Self = Self { key_points: true, body: true, references: true, player: true };

    /// The names of all sections.
    #[cfg(feature = "cli")]
    pub const NAMES: [&str; 5] = ["header", "key-points", "body", "references", "player"];

    /// Parses names such as `key-points references`. Unknown names are ignored; if none is known,
    /// all sections are shown.
    #[must_use]
    pub fn from_names(names: &str) -> Self {
        let has = |name| names.split_ascii_whitespace().any(|named| named == name);
        let sections = Self {
            key_points: has("key-points"),
            body: has("body"),
            references: has("references"),
            player: has("player"),
        };
        let none = Self { key_points: false, body: false, references: false, player: false };
        if sections == none && !has("header") { Self::ALL } else { sections }
    }

    /// Removes the hidden sections from an article, and the links to them.
    pub(crate) fn remove_hidden_from(self, article: &mut Article) {
        if !self.key_points {
            article.key_points.clear();
        }
        if !self.body {
            article.body.clear();
            article.key_points.iter_mut().for_each(|point| point.supports.clear());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sections;

    #[test]
    fn names_select_sections() {
        let chosen = Sections::from_names(" player\nkey-points ads");
        assert_eq!(chosen, Sections { body: false, references: false, ..Sections::ALL });
    }

    #[test]
    fn header_can_be_the_only_section() {
        let chosen = Sections::from_names("header");
        assert!(!chosen.key_points && !chosen.body && !chosen.references && !chosen.player);
    }

    #[test]
    fn unknown_names_select_all_sections() {
        for names in ["", "  ", "everything"] {
            assert_eq!(Sections::from_names(names), Sections::ALL, "{names:?}");
        }
    }
}
