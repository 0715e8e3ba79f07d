use crate::article::{Problem, Severity};

/// The largest deviation of a recording's length from the stated one, as a fraction of the stated length, for
/// given times to be scaled: as in `recording/same_recording.js`. Other encodings and the padding of encoders
/// stay far below; an advertisement does not.
const SAME_RECORDING: f64 = 0.02;

/// What to do with given times when the actual length of a recording becomes known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fit {
    /// The same recording: times are multiplied by this factor, which is 1 if a length is unknown.
    Scale(f64),
    /// Another recording, such as one with advertisements inserted: times are not changed, and words are not
    /// highlighted, as it is unknown when each is spoken.
    Other,
}

/// Returns whether a recording of `measured` seconds is the one that is stated to be `stated` seconds long.
#[must_use]
pub fn fit(stated: Option<f64>, measured: f64) -> Fit {
    let known = |seconds: &f64| seconds.is_finite() && *seconds > 0.0;
    match stated.filter(known).zip(Some(measured).filter(known)) {
        None => Fit::Scale(1.0),
        Some((stated, measured)) if (measured - stated).abs() <= SAME_RECORDING * stated => {
            Fit::Scale(measured / stated)
        }
        Some(_) => Fit::Other,
    }
}

impl Fit {
    /// Returns the warning for editors, if the recording is another one.
    #[must_use]
    pub fn problem(self) -> Option<Problem> {
        (self == Self::Other).then(|| Problem {
            path: "audio.duration".to_owned(),
            severity: Severity::Warning,
            message:
                "differs from the recording's length by more than 2 %; words are not highlighted, as something \
                      may have been inserted"
                    .to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_the_same_limit() {
        let script = include_str!("../../embed/recording/same_recording.js");
        assert!(script.contains(&format!("SAME_RECORDING = {SAME_RECORDING};")), "{script}");
    }

    #[test]
    fn deviations_up_to_two_percent_are_scaled() {
        assert_eq!(fit(Some(100.0), 102.0), Fit::Scale(1.02));
        assert_eq!(fit(Some(100.0), 98.0), Fit::Scale(0.98));
        assert_eq!(fit(Some(100.0), 100.0), Fit::Scale(1.0));
        assert_eq!(fit(Some(100.0), 102.1), Fit::Other);
        assert_eq!(fit(Some(100.0), 97.0), Fit::Other);
        assert_eq!(fit(Some(100.0), 124.0), Fit::Other);
    }

    #[test]
    fn unknown_lengths_change_nothing() {
        for (stated, measured) in [
            (None, 100.0),
            (Some(0.0), 100.0),
            (Some(f64::NAN), 100.0),
            (Some(100.0), f64::NAN),
            (Some(100.0), f64::INFINITY),
            (Some(100.0), 0.0),
        ] {
            assert_eq!(fit(stated, measured), Fit::Scale(1.0), "{stated:?} {measured}");
        }
    }

    #[test]
    fn only_another_recording_is_reported() {
        assert_eq!(Fit::Scale(1.0).problem(), None);
        assert_eq!(Fit::Other.problem().map(|problem| problem.path).as_deref(), Some("audio.duration"));
    }
}
