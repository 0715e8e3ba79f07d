use super::{Article, Passage};

/// The passages of an article by the names that timings use, for many look-ups in a row.
///
/// [`Article::passage`] goes through the article each time, which for the thousands of timings of
/// a long article would take thousands of times as long as reading it.
pub(crate) struct PassageNames<'article> {
    sorted: Vec<(&'article str, Passage)>,
}

impl Article {
    /// The passages with the names that timings use, in the order in which they are read.
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

    /// The passage of this name; of several, the one that comes first in the article, as in
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
    fn a_name_is_found_as_the_article_finds_it() {
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
