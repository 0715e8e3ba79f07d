//! What every measure works with.

use std::sync::Arc;

use anyhow::Result;

use crate::report::Section;
use crate::server::Files;

/// The site that is measured, and how often.
pub(crate) struct Bench {
    /// The address of the server.
    pub(crate) address: String,
    /// What it serves.
    pub(crate) files: Arc<Files>,
    /// How often to measure, at the usual sizes.
    pub(crate) runs: usize,
}

impl Bench {
    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// How often to measure something of so many blocks: what takes long varies little.
    pub(crate) fn runs(&self, blocks: usize) -> usize {
        if blocks < 10_000 { self.runs } else { self.runs.div_ceil(3) }
    }
}

/// A measure: what `--only` calls it, and how it is done.
pub(crate) struct Measure {
    /// Its name.
    pub(crate) name: &'static str,
    /// Does it.
    pub(crate) run: fn(&Bench) -> Result<Section>,
}
