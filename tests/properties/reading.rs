//! Reading never fails in any other way than by reporting problems.

use news_briefing::article::{ReadResult, Severity, read, read_text};
use proptest::prelude::*;

use crate::guarantees::meets_the_guarantees;
use crate::strategies::{
    any_json, article, check, cut, deep_json, fuzzed_text, object, to_text, valid_article, wide_json,
};

#[test]
fn any_json_meets_the_guarantees() {
    check(600, any_json(), |json| meets_the_guarantees(&json, &read(&json)));
}

#[test]
fn deep_json_meets_the_guarantees() {
    check(200, deep_json(), |json| meets_the_guarantees(&json, &read(&json)));
}

#[test]
fn wide_json_meets_the_guarantees() {
    check(20, wide_json(), |json| meets_the_guarantees(&json, &read(&json)));
}

#[test]
fn any_json_under_any_article_key_meets_the_guarantees() {
    let replaced = (article(), any::<prop::sample::Index>(), prop_oneof![any_json(), deep_json()]);
    check(300, replaced, |(article, place, instead)| {
        let json = match article {
            news_briefing::article::Json::Object(mut entries) if !entries.is_empty() => {
                let index = place.index(entries.len());
                entries[index].1 = instead;
                object(entries)
            }
            other => other,
        };
        meets_the_guarantees(&json, &read(&json))
    });
}

#[test]
fn partly_invalid_articles_meet_the_guarantees() {
    check(500, article(), |json| meets_the_guarantees(&json, &read(&json)));
}

#[test]
fn valid_articles_are_read_without_a_problem() {
    check(300, valid_article(), |json| {
        let ReadResult { article, problems } = read(&json);
        prop_assert!(article.is_some());
        prop_assert_eq!(problems, []);
        Ok(())
    });
}

#[test]
fn text_and_tree_are_read_the_same() {
    check(400, prop_oneof![4 => article(), 1 => deep_json()], |json| {
        prop_assert_eq!(read_text(&to_text(&json)), read(&cut(&json)));
        Ok(())
    });
}

#[test]
fn truncated_json_reports_one_error() {
    let cut_short = (article(), any::<prop::sample::Index>()).prop_map(|(json, place)| {
        let text = to_text(&json);
        text[..text.floor_char_boundary(place.index(text.len()))].to_owned()
    });
    check(300, cut_short, |text| {
        let ReadResult { article, problems } = read_text(&text);
        prop_assert!(article.is_none());
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(problems[0].severity, Severity::Error);
        prop_assert!(problems[0].message.starts_with("is not JSON: "), "{}", problems[0].message);
        Ok(())
    });
}

#[test]
fn any_text_reports_problems() {
    check(600, prop_oneof![fuzzed_text(), any::<String>(), Just("[".repeat(100_000))], |text| {
        let result = read_text(&text);
        prop_assert!(result.article.is_none() && !result.problems.is_empty());
        Ok(())
    });
}
