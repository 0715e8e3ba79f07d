/// The rates that a speed control offers, each with its label; 1 is the pace of the recording or of
/// the average reader. The labels are literals because formatting fractions takes much code.
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

/// The slowest accepted rate; slower speech falls apart into sounds.
pub const SLOWEST: f64 = 0.5;

/// The fastest accepted rate; few listeners follow faster speech.
pub const FASTEST: f64 = 3.0;
