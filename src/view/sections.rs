use crate::article::Article;

/// Which sections of a briefing a page shows. The header always is; a page that teases an article
/// may want its key points besides, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sections {
    /// The key points.
    pub key_points: bool,
    /// The text.
    pub body: bool,
    /// The list of references. Citations open their sources without it too.
    pub references: bool,
    /// The player, with the times beside the text.
    pub player: bool,
}

impl Sections {
    /// All of them.
    pub const ALL: Self = Self { key_points: true, body: true, references: true, player: true };

    /// The names of all.
    #[cfg(feature = "cli")]
    pub const NAMES: [&str; 5] = ["header", "key-points", "body", "references", "player"];

    /// Reads names such as `key-points references`. What is no name is passed over; where none is
    /// left, all are meant.
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

    /// Takes from an article the passages that are not shown, and what leads to them.
    pub(crate) fn cut(self, article: &mut Article) {
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
    fn names_choose() {
        let chosen = Sections::from_names(" player\nkey-points ads");
        assert_eq!(chosen, Sections { body: false, references: false, ..Sections::ALL });
    }

    #[test]
    fn the_header_can_stand_alone() {
        let chosen = Sections::from_names("header");
        assert!(!chosen.key_points && !chosen.body && !chosen.references && !chosen.player);
    }

    #[test]
    fn no_name_that_is_known_chooses_all() {
        for names in ["", "  ", "everything"] {
            assert_eq!(Sections::from_names(names), Sections::ALL, "{names:?}");
        }
    }
}
