// The largest deviation of a recording's length from the stated one, as a fraction of the stated length, for
// it to count as the same recording: as in `timeline/align/fit.rs`.
export const SAME_RECORDING = 0.02;
