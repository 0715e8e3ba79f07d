//! A parsed article can be written and parsed again.

use news_briefing::article::{Problem, read, read_text};
use proptest::prelude::*;

use crate::strategies::{article, check, valid_article};

#[test]
fn a_written_article_is_read_back_unchanged() {
    check(400, prop_oneof![3 => article(), 1 => valid_article()], |json| {
        let result = read(&json);
        let Some(article) = result.article else { return Ok(()) };
        prop_assert_eq!(read(&article.to_canonical()), read_text(&article.to_json()));
        let again = read_text(&article.to_json());
        // Text that only looks like something else stays, and is reported again. So are missing table
        // cells.
        let lasting = ["U+FFFD", "private-use", "exactly as written", "has fewer cells"];
        let is_new = |problem: &&Problem| !lasting.iter().any(|part| problem.message.contains(part));
        let reported: Vec<_> = again.problems.iter().filter(is_new).collect();
        prop_assert!(reported.is_empty(), "{:?}\n{}", reported, article.to_json());
        // The text around a rejected link may merge differently.
        if result.problems.iter().all(|problem| !problem.message.contains("in a link")) {
            prop_assert_eq!(again.article, Some(article));
        }
        Ok(())
    });
}
