//! The pointer that drags the thumb, as a pure state machine: the first one pressed on the bar, until it
//! is released or the browser takes it over, for instance to scroll.

/// How far a finger moves along the bar before it drags, in CSS pixels: no finger is perfectly still.
const DRAG_THRESHOLD: i32 = 8;

/// The pointer that is down on the bar, if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Drag(Option<PressedPointer>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct PressedPointer {
    pointer: i32,
    /// Where it was pressed, in CSS pixels.
    from: (i32, i32),
    /// The state of the player before the drag.
    before: PlayerSnapshot,
    /// Whether the thumb follows the pointer. A mouse drags at once; a finger may be about to scroll.
    is_sliding: bool,
}

/// The state of the player before a drag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlayerSnapshot {
    /// The current time, in seconds.
    pub(super) time: f64,
    /// Whether it was playing, which stops if the drag reaches the end.
    pub(super) is_playing: bool,
}

/// A pointer event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Input {
    /// The pointer was pressed on the bar.
    Down {
        /// Whether it is a mouse, which never scrolls by dragging.
        is_mouse: bool,
        /// The current state of the player.
        now: PlayerSnapshot,
    },
    /// The pointer moved.
    Move {
        /// Whether it is pressed, on the bar or elsewhere; otherwise it hovers.
        is_down: bool,
    },
    /// The pointer was released.
    Up {
        /// Whether it was on the bar.
        is_over: bool,
    },
    /// The browser has taken the pointer over for a gesture of its own.
    Cancel,
    /// The bar has lost the pointer capture.
    Lost,
}

/// A reaction to an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Effect {
    /// Nothing: another pointer drags, or the input does not matter.
    Nothing,
    /// Preview the place under the pointer.
    Preview,
    /// Seek to the place under the pointer.
    Seek,
    /// The drag has ended where it is.
    End,
    /// The drag has ended: seek to the place under the pointer.
    SeekAndEnd,
    /// The drag was cancelled: restore the state of the player before it.
    Restore(PlayerSnapshot),
}

impl Drag {
    /// Returns whether a pointer is down on the bar.
    pub(super) fn is_active(self) -> bool {
        self.0.is_some()
    }

    /// Handles an event of a pointer, at a position in the window in CSS pixels.
    pub(super) fn step(&mut self, pointer: i32, at: (i32, i32), input: Input) -> Effect {
        let Some(pressed) = &mut self.0 else {
            return match input {
                Input::Down { is_mouse, now } => {
                    self.0 = Some(PressedPointer { pointer, from: at, before: now, is_sliding: is_mouse });
                    if is_mouse { Effect::Seek } else { Effect::Preview }
                }
                Input::Move { is_down: false } => Effect::Preview,
                _ => Effect::Nothing,
            };
        };
        if pressed.pointer != pointer {
            return Effect::Nothing;
        }
        match input {
            Input::Down { .. } => return Effect::Nothing,
            Input::Move { .. } => {
                let along = (at.0 - pressed.from.0).abs();
                pressed.is_sliding |= along >= DRAG_THRESHOLD && along >= (at.1 - pressed.from.1).abs();
                return if pressed.is_sliding { Effect::Seek } else { Effect::Preview };
            }
            _ => {}
        }
        let PressedPointer { before, is_sliding, .. } = *pressed;
        self.0 = None;
        match input {
            Input::Up { is_over: true } if !is_sliding => Effect::SeekAndEnd,
            Input::Cancel if is_sliding => Effect::Restore(before),
            _ => Effect::End,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Drag, Effect, Input, PlayerSnapshot};

    const NOW: PlayerSnapshot = PlayerSnapshot { time: 60.0, is_playing: true };
    const MOUSE: Input = Input::Down { is_mouse: true, now: NOW };
    const FINGER: Input = Input::Down { is_mouse: false, now: NOW };
    const HOVER: Input = Input::Move { is_down: false };
    const MOVE: Input = Input::Move { is_down: true };
    const RELEASE_ON_BAR: Input = Input::Up { is_over: true };
    const RELEASE_OFF_BAR: Input = Input::Up { is_over: false };

    /// Returns the effects of consecutive inputs, after which no pointer drags.
    fn effects<const N: usize>(steps: [(i32, (i32, i32), Input); N]) -> [Effect; N] {
        let mut drag = Drag::default();
        let effects = steps.map(|(pointer, at, input)| drag.step(pointer, at, input));
        assert!(!drag.is_active());
        effects
    }

    #[test]
    fn mouse_seeks_at_once_and_drags() {
        let steps = [
            (1, (40, 5), HOVER),
            (1, (50, 5), MOUSE),
            (1, (51, -90), MOVE),
            (1, (70, -90), RELEASE_OFF_BAR),
            (1, (80, 5), HOVER),
            (1, (80, 5), RELEASE_ON_BAR),
        ];
        use Effect::{End, Nothing, Preview, Seek};
        assert_eq!(effects(steps), [Preview, Seek, Seek, End, Preview, Nothing]);
    }

    #[test]
    fn tap_seeks() {
        let steps = [(2, (50, 5), FINGER), (2, (53, 8), MOVE), (2, (53, 8), RELEASE_ON_BAR)];
        assert_eq!(effects(steps), [Effect::Preview, Effect::Preview, Effect::SeekAndEnd]);
    }

    #[test]
    fn vertical_swipe_does_not_seek() {
        for (y, end) in [(-60, Input::Cancel), (60, Input::Cancel), (-60, RELEASE_OFF_BAR), (20, Input::Lost)]
        {
            let steps = [(2, (50, 5), FINGER), (2, (56, y), MOVE), (2, (56, y), end)];
            assert_eq!(effects(steps), [Effect::Preview, Effect::Preview, Effect::End]);
        }
    }

    #[test]
    fn horizontal_drag_continues_off_the_bar() {
        for x in [20, 80] {
            let steps = [
                (2, (50, 5), FINGER),
                (2, (x, 9), MOVE),
                (2, (x, -60), MOVE),
                (2, (x, -60), RELEASE_OFF_BAR),
            ];
            assert_eq!(effects(steps), [Effect::Preview, Effect::Seek, Effect::Seek, Effect::End]);
        }
    }

    #[test]
    fn cancelled_drag_restores_the_player() {
        for down in [MOUSE, FINGER] {
            let steps = [(2, (50, 5), down), (2, (80, 5), MOVE), (2, (80, 5), Input::Cancel)];
            assert_eq!(effects(steps)[1..], [Effect::Seek, Effect::Restore(NOW)]);
        }
    }

    #[test]
    fn other_pointers_are_ignored_during_a_drag() {
        for other in [MOUSE, FINGER, MOVE, RELEASE_ON_BAR, RELEASE_OFF_BAR, Input::Cancel, Input::Lost] {
            let steps = [(2, (50, 5), FINGER), (3, (90, 5), other), (2, (50, 5), RELEASE_ON_BAR)];
            assert_eq!(effects(steps), [Effect::Preview, Effect::Nothing, Effect::SeekAndEnd]);
        }
        // The next pointer may drag, once the first has gone.
        let steps = [
            (2, (50, 5), FINGER),
            (2, (50, 5), RELEASE_ON_BAR),
            (3, (90, 5), FINGER),
            (3, (90, 5), RELEASE_ON_BAR),
        ];
        assert_eq!(effects(steps)[2..], [Effect::Preview, Effect::SeekAndEnd]);
        // A pointer that was pressed while another dragged never drags.
        let steps =
            [(2, (50, 5), FINGER), (3, (90, 5), FINGER), (2, (50, 5), RELEASE_ON_BAR), (3, (80, 5), MOVE)];
        assert_eq!(effects(steps)[3], Effect::Nothing);
    }
}
