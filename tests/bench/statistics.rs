//! Statistics over several runs.

/// Returns the median: half of the values are below, half above. NaN if there are none.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

/// Returns the arithmetic mean. NaN if there are no values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "there are not so many")]
    let count = values.len() as f64;
    values.iter().sum::<f64>() / count
}

/// Returns the largest value; 0 if there are none.
pub(crate) fn max(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}
