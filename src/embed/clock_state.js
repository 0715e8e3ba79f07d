// The states of a clock that is implemented in JavaScript: the numbers that `clock_state.rs` reads.

export const RUNNING = 0;
export const STALLED = 1;
export const PAUSED = 2;
export const ENDED = 3;
export const NOT_ALLOWED = 4;
export const NOT_SUPPORTED = 5;
export const INTERRUPTED = 6;
export const NETWORK = 7;
export const DECODE = 8;
