use super::{Article, Passage};

/// An index of an article's passages by the names that timings use, for many lookups in a row.
///
/// [`Article::passage`] scans the whole article on every call. For the thousands of timings of a
/// long article, that would take thousands of times as long as reading the article once.
pub(crate) struct PassageNames<'article> {
    sorted: Vec<(&'article str, Passage)>,
}

impl Article {
    /// Returns the passages with the names that timings use, in reading order.
    pub(super) fn named_passages(&self) -> impl Iterator<Item = (&str, Passage)> {
        let key_points = self.key_points.iter().enumerate();
        let blocks = self.body.iter().enumerate();
        [("title", Passage::Title), ("summary", Passage::Summary)]
            .into_iter()
            .chain(key_points.map(|(index, point)| (&*point.id, Passage::KeyPoint(index))))
            .chain(blocks.map(|(index, block)| (&*block.id, Passage::Block(index))))
    }
}

impl<'article> PassageNames<'article> {
    pub(crate) fn of(article: &'article Article) -> Self {
        let mut sorted: Vec<(&str, Passage)> = article.named_passages().collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Returns the passage with this name. Of several, it is the first one in the article, as in
    /// [`Article::passage`].
    pub(crate) fn find(&self, name: &str) -> Option<Passage> {
        let place = self.sorted.partition_point(|(known, _)| *known < name);
        let (known, passage) = self.sorted.get(place)?;
        (*known == name).then_some(*passage)
    }
}

#[cfg(all(test, feature = "native"))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::article::read_text;

    #[test]
    fn lookup_by_name_agrees_with_the_article() {
        let text = r#"{ "format": "briefing", "version": "1.0", "title": "Title",
            "key_points": ["One.", "Two."], "body": ["Three.", "Four.", "Five."] }"#;
        let mut article = read_text(text).article.unwrap();
        article.key_points[1].id = "same".into();
        article.body[0].id = "same".into();
        article.body[2].id = "title".into();
        let names = PassageNames::of(&article);
        for name in ["title", "summary", "k1", "same", "p2", "k9", "", "zzz"] {
            assert_eq!(names.find(name), article.passage(name), "{name}");
        }
    }
}
