use crate::article::{Article, Passage};

/// The passages of an article by the names that timings use, for many look-ups in a row.
///
/// [`Article::passage`] goes through the article each time, which for the thousands of timings of
/// a long article would take thousands of times as long as reading it.
pub(super) struct PassageNames<'article> {
    sorted: Vec<(&'article str, Passage)>,
}

impl<'article> PassageNames<'article> {
    pub(super) fn of(article: &'article Article) -> Self {
        let key_points = article.key_points.iter().enumerate();
        let blocks = article.body.iter().enumerate();
        let mut sorted: Vec<(&str, Passage)> = [("title", Passage::Title), ("summary", Passage::Summary)]
            .into_iter()
            .chain(key_points.map(|(index, point)| (&*point.id, Passage::KeyPoint(index))))
            .chain(blocks.map(|(index, block)| (&*block.id, Passage::Block(index))))
            .collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// The passage of this name; of several, the one that comes first in the article, as in
    /// [`Article::passage`].
    pub(super) fn find(&self, name: &str) -> Option<Passage> {
        let place = self.sorted.partition_point(|(known, _)| *known < name);
        let (known, passage) = self.sorted.get(place)?;
        (*known == name).then_some(*passage)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::timeline::testing::{article, key_point, paragraph};

    #[test]
    fn a_name_is_found_as_the_article_finds_it() {
        let mut article = article("Title");
        article.key_points = vec![key_point("k1", "One."), key_point("same", "Two.")];
        article.body =
            vec![paragraph("same", "Three."), paragraph("p2", "Four."), paragraph("title", "Five.")];
        let names = PassageNames::of(&article);
        for name in ["title", "summary", "k1", "same", "p2", "k9", "", "zzz"] {
            assert_eq!(names.find(name), article.passage(name), "{name}");
        }
    }
}
