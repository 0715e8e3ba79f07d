//! Roll-up captions, as YouTube and live captioners write them: each cue repeats the line that the previous
//! one ended with, and a flash of a cue between two holds nothing else.

/// The longest that a cue is a flash, in seconds. YouTube's last for 0.01.
const FLASH: f64 = 0.05;

/// Drops the lines that roll up from one cue to the next.
#[derive(Default)]
pub(super) struct RollUp {
    /// What the previous cue ended with, without tags.
    last: String,
}

impl RollUp {
    /// The lines of a cue that are new in it. `plain` takes the tags out of a line. A line that is all of a
    /// longer cue is new even if it is the same: people do repeat themselves.
    pub(super) fn fresh<'t>(
        &mut self,
        text: &'t str,
        seconds: f64,
        plain: &dyn Fn(&str) -> String,
    ) -> &'t str {
        let lines = text.trim();
        let (first, rest) = lines.split_once('\n').unwrap_or((lines, ""));
        let rolls = !first.is_empty()
            && plain(first).trim() == self.last
            && (!rest.trim().is_empty() || seconds < FLASH);
        let last = lines.rsplit('\n').next().unwrap_or_default();
        plain(last).trim().clone_into(&mut self.last);
        if rolls { rest } else { text }
    }
}
