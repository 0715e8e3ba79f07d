//! Roll-up captions, as YouTube and live captioners write them: each cue repeats the line that the previous
//! one ended with, and a very short cue between two of them has nothing else.

/// The duration below which a cue counts as very short, in seconds. YouTube's last for 0.01.
const SHORT_CUE: f64 = 0.05;

/// Drops the lines that roll up from one cue to the next.
#[derive(Default)]
pub(super) struct RollUp {
    /// What the previous cue ended with, without tags.
    last: String,
}

impl RollUp {
    /// Returns the lines of a cue that do not repeat the previous cue. `plain` removes the tags of a line. If
    /// a line is all that a longer cue has, it is new even if it is the same: people do repeat themselves.
    pub(super) fn new_lines<'t>(
        &mut self,
        text: &'t str,
        seconds: f64,
        plain: &dyn Fn(&str) -> String,
    ) -> &'t str {
        let lines = text.trim();
        let (first, rest) = lines.split_once('\n').unwrap_or((lines, ""));
        let is_repeated = !first.is_empty()
            && plain(first).trim() == self.last
            && (!rest.trim().is_empty() || seconds < SHORT_CUE);
        let last = lines.rsplit('\n').next().unwrap_or_default();
        plain(last).trim().clone_into(&mut self.last);
        if is_repeated { rest } else { text }
    }
}
