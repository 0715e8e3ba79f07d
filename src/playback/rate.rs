/// The rates a speed control offers; 1 is the pace of the recording or of the average reader.
pub const RATES: [f64; 6] = [0.75, 1.0, 1.25, 1.5, 1.75, 2.0];

/// The slowest rate that is taken; slower speech falls apart into sounds.
pub const SLOWEST: f64 = 0.5;

/// The fastest rate that is taken; few listeners follow faster speech.
pub const FASTEST: f64 = 3.0;
