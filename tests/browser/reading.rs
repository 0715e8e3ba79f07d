//! Reading in the browser, through `JSON.parse`, is the same as reading natively.

use news_briefing::article::{Json, Severity, Spoken, read};
use news_briefing::timeline::Timeline;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::guarantees::meets_the_guarantees;
use crate::js;
use crate::strategies::{any_json, article, check, cut, deep_json, to_text, valid_article, wide_json};

fn reads_as_natively(json: &Json) -> TestCaseResult {
    let parsed = js::parse(&to_text(json));
    let result = read(&parsed);
    prop_assert_eq!(&result, &read(&cut(json)));
    meets_the_guarantees(&parsed, &result)?;
    if let Some(article) = &result.article {
        prop_assert!(Timeline::of(article).duration().is_finite());
    }
    Ok(())
}

#[wasm_bindgen_test]
fn any_json_reads_as_natively() {
    check(200, any_json(), |json| reads_as_natively(&json));
}

#[wasm_bindgen_test]
fn deep_and_wide_json_reads_as_natively() {
    check(60, deep_json(), |json| reads_as_natively(&json));
    check(5, wide_json(), |json| reads_as_natively(&json));
}

#[wasm_bindgen_test]
fn articles_read_as_natively() {
    check(200, prop_oneof![4 => article(), 1 => valid_article()], |json| reads_as_natively(&json));
}

#[wasm_bindgen_test]
fn non_json_values_give_an_article_or_an_error() {
    for kind in js::odd_kinds() {
        match js::json(js::odd_article(&kind)) {
            Ok(json) => {
                let result = read(&json);
                let has_error = result.problems.iter().any(|problem| problem.severity == Severity::Error);
                assert_eq!(result.article.is_none(), has_error, "{kind}: {:?}", result.problems);
            }
            Err(message) => assert!(!message.is_empty(), "{kind}"),
        }
    }
}

#[wasm_bindgen_test]
fn problems_of_odd_values_are_reported() {
    let problems = |kind: &str| -> Vec<String> {
        let json = js::json(js::odd_article(kind)).unwrap_or_else(|message| panic!("{kind}: {message}"));
        read(&json).problems.iter().map(ToString::to_string).collect()
    };
    for kind in [
        "big integer",
        "map",
        "undefined",
        "proxy",
        "null prototype",
        "symbol key",
        "__proto__ as a key",
        "cyclic",
    ] {
        assert_eq!(problems(kind), [""; 0], "{kind}");
    }
    assert_eq!(
        problems("not a number"),
        ["warning: source_count: expected a whole number above 0, found a number"]
    );
    assert_eq!(
        problems("infinity"),
        ["warning: audio.duration: expected a time in seconds, 0 or more, found a number"]
    );
}

#[wasm_bindgen_test]
fn throwing_getters_do_not_affect_later_reads() {
    for kind in ["getter that throws", "proxy that throws"] {
        let call = Closure::new(move || drop(js::json(js::odd_article(kind))));
        let thrown = js::thrown_by(&call).unwrap_or_default();
        assert!(thrown.starts_with("no "), "{kind}: {thrown}");
        assert!(read(&js::json(js::odd_article("undefined")).unwrap()).article.is_some(), "after {kind}");
    }
}

#[wasm_bindgen_test]
fn lone_surrogates_are_replaced_and_reported() {
    let result = read(&js::json(js::half()).unwrap());
    let problems: Vec<String> = result.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("warning: title: has a broken character"), "{problems:?}");
    let article = result.article.unwrap();
    assert_eq!(&*article.title, "T \u{FFFD}");
    assert_eq!(article.body[0].spoken(), "😀");
}

#[wasm_bindgen_test]
fn deep_nesting_is_reported_and_skipped() {
    for levels in [10, 100, 100_000] {
        let result = read(&js::json(js::nested(levels)).unwrap());
        assert_eq!(result.article.map(|article| article.body.len()), Some(1), "{levels}");
        assert_eq!(result.problems.len(), 1, "{levels}: {:?}", result.problems);
        assert_eq!(result.problems[0].path, "body[1]");
    }
}

#[wasm_bindgen_test]
fn oversized_articles_are_rejected() {
    let result = read(&js::json(js::large(10)).unwrap());
    assert!(result.article.is_none());
    assert!(result.problems[0].message.contains("8 MB"), "{:?}", result.problems[0]);
    let result = read(&js::json(js::large(5)).unwrap());
    assert!(result.article.is_some_and(|article| article.body.len() == 50));
}
