use crate::playback::{ClockFault, ClockState};

/// Returns the state of a clock that is implemented in JavaScript, from the state number in
/// `clock_state.js` and the position in seconds.
pub(super) fn clock_state(doing: u32, time: f64) -> ClockState {
    match doing {
        0 => ClockState::Running(time),
        1 => ClockState::Stalled(time),
        2 => ClockState::Paused(time),
        3 => ClockState::Ended(time),
        4 => ClockState::Failed(ClockFault::NotAllowed),
        5 => ClockState::Failed(ClockFault::NotSupported),
        7 => ClockState::Failed(ClockFault::Network),
        8 => ClockState::Failed(ClockFault::Decode),
        _ => ClockState::Failed(ClockFault::Interrupted),
    }
}
