// How far the length of a recording may be from the stated one, in parts of that, for it to be the same: as in
// `timeline/align/fit.rs`.
export const SAME_RECORDING = 0.02;
