use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

/// Tests a property with many values, and fails with a minimal counterexample.
///
/// The values are the same in every run, so that a result depends only on the code. To test other
/// values, build with other numbers in `NEWS_BRIEFING_PROPERTY_SEED` and
/// `NEWS_BRIEFING_PROPERTY_CASES`.
pub(crate) fn check<S: Strategy>(cases: u32, values: S, property: impl Fn(S::Value) -> TestCaseResult)
where
    S::Value: Debug,
{
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
    let cases = number(option_env!("NEWS_BRIEFING_PROPERTY_CASES")).unwrap_or(cases);
    let seed = number(option_env!("NEWS_BRIEFING_PROPERTY_SEED")).unwrap_or(20_260_304);
    let mut bytes = [7; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    if let Err(failure) = TestRunner::new_with_rng(config, rng).run(&values, property) {
        panic!("{failure}");
    }
}
