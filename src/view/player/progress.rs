use crate::view::controller::Position;

/// The state of the progress bar: the elapsed fraction, the elapsed second, and the position that was
/// last announced to assistive technology.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Progress {
    /// The elapsed fraction of the duration, in ten-thousandths: unlike fractions, whole numbers need no
    /// extra formatting code.
    pub(super) fraction: u32,
    /// The elapsed seconds.
    pub(super) second: u32,
    /// The position that was last announced to assistive technology.
    pub(super) announced: Position,
    /// Whether the bar has the focus; then it announces only what the reader asks for.
    is_focused: bool,
}

/// An action that changes [`Progress`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Action {
    /// The player has moved on.
    Move {
        /// The new position.
        to: Position,
        /// Whether another passage has become current. Marking it takes two DOM writes, so the
        /// announcement waits for the next tick: no tick writes more than four times.
        passage_changed: bool,
    },
    /// The reader did something, and the resulting position is announced at once.
    Announce(Position),
    /// The bar has received or lost the focus.
    Focus(bool, Position),
}

impl Progress {
    pub(super) fn at(position: Position) -> Self {
        Self {
            fraction: ten_thousandths(position),
            second: whole(position.time),
            announced: position,
            is_focused: false,
        }
    }

    pub(super) fn after(self, action: Action) -> Self {
        match action {
            Action::Move { to, passage_changed } => {
                let second = whole(to.time);
                let waits = passage_changed || self.is_focused || second == whole(self.announced.time);
                let announced = if waits { self.announced } else { to };
                Self { fraction: ten_thousandths(to), second, announced, ..self }
            }
            Action::Announce(position) => Self { is_focused: self.is_focused, ..Self::at(position) },
            Action::Focus(is_focused, position) => Self { is_focused, ..Self::at(position) },
        }
    }
}

fn ten_thousandths(Position { time, duration }: Position) -> u32 {
    if duration > 0.0 { whole(10_000.0 * (time / duration).clamp(0.0, 1.0)) } else { 0 }
}

/// Truncates a number of seconds or parts.
pub(super) fn whole(number: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "conversion of floats saturates"
    )]
    let whole = number as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: f64) -> Position {
        Position { time, duration: 100.0 }
    }

    fn moved(progress: Progress, time: f64) -> Progress {
        progress.after(Action::Move { to: at(time), passage_changed: false })
    }

    #[test]
    fn fraction_and_second_follow_the_time() {
        let progress = moved(Progress::at(at(0.0)), 12.345);
        assert_eq!((progress.fraction, progress.second), (1234, 12));
    }

    #[test]
    fn fraction_is_clamped_and_zero_without_duration() {
        for duration in [0.0, f64::NAN, -1.0] {
            assert_eq!(Progress::at(Position { time: 5.0, duration }).fraction, 0);
        }
        assert_eq!(Progress::at(Position { time: 500.0, duration: 100.0 }).fraction, 10_000);
    }

    #[test]
    fn position_is_announced_once_a_second() {
        let progress = moved(Progress::at(at(3.0)), 3.75);
        assert_eq!(progress.announced, at(3.0));
        assert_eq!(moved(progress, 4.1).announced, at(4.1));
    }

    #[test]
    fn a_new_passage_is_announced_one_tick_later() {
        let progress = Progress::at(at(3.0)).after(Action::Move { to: at(4.0), passage_changed: true });
        assert_eq!((progress.second, progress.announced), (4, at(3.0)));
        assert_eq!(moved(progress, 4.25).announced, at(4.25));
    }

    #[test]
    fn a_focused_bar_announces_on_request() {
        let progress = Progress::at(at(3.0)).after(Action::Focus(true, at(3.5)));
        assert_eq!(progress.announced, at(3.5));
        let progress = moved(progress, 9.0);
        assert_eq!((progress.second, progress.announced), (9, at(3.5)));
        let progress = progress.after(Action::Announce(at(20.0)));
        assert_eq!(progress.announced, at(20.0));
        assert_eq!(moved(progress, 30.0).announced, at(20.0));
        let progress = progress.after(Action::Focus(false, at(21.0)));
        assert_eq!(moved(progress, 30.0).announced, at(30.0));
    }
}
