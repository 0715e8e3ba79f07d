//! What was read can be written, and read again.

use news_briefing::article::{read, read_text};
use proptest::prelude::*;

use crate::strategies::{article, check, good_article};

#[test]
fn a_written_article_is_read_the_same() {
    check(400, prop_oneof![3 => article(), 1 => good_article()], |json| {
        let reading = read(&json);
        let Some(article) = reading.article else { return Ok(()) };
        let again = read_text(&article.to_json());
        let told: Vec<_> =
            again.problems.iter().filter(|problem| !problem.message.contains("U+FFFD")).collect();
        prop_assert!(told.is_empty(), "{:?}\n{}", told, article.to_json());
        // What stood around a refused link may join otherwise.
        if reading.problems.iter().all(|problem| !problem.message.contains("in a link")) {
            prop_assert_eq!(again.article, Some(article));
        }
        Ok(())
    });
}
