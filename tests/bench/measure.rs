//! The common parts of all measurements.

use std::sync::Arc;

use anyhow::Result;

use crate::report::Section;
use crate::server::Files;

/// The measured site, and the number of runs.
pub(crate) struct Bench {
    /// The address of the server.
    pub(crate) address: String,
    /// The served files.
    pub(crate) files: Arc<Files>,
    /// The number of runs at the usual sizes.
    pub(crate) runs: usize,
}

impl Bench {
    /// Returns the URL of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Returns the number of runs for this number of blocks: long measurements vary little.
    pub(crate) fn runs(&self, blocks: usize) -> usize {
        if blocks < 10_000 { self.runs } else { self.runs.div_ceil(3) }
    }
}

/// A measurement: its name for `--only`, and its function.
pub(crate) struct Measure {
    /// Its name.
    pub(crate) name: &'static str,
    /// Runs the measurement.
    pub(crate) run: fn(&Bench) -> Result<Section>,
}
