/// The rates a speed control offers, each with its name; 1 is the pace of the recording or of the
/// average reader. The names are written out, since fractions take much code to format.
pub const RATES: [(f64, &str); 9] = [
    (0.5, "0.5×"),
    (0.75, "0.75×"),
    (1.0, "1×"),
    (1.25, "1.25×"),
    (1.5, "1.5×"),
    (1.75, "1.75×"),
    (2.0, "2×"),
    (2.5, "2.5×"),
    (3.0, "3×"),
];

/// The slowest rate that is taken; slower speech falls apart into sounds.
pub const SLOWEST: f64 = 0.5;

/// The fastest rate that is taken; few listeners follow faster speech.
pub const FASTEST: f64 = 3.0;
