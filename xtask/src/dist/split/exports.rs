//! Renames the exports of a chunk.

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{ExportSection, Module};
use wasmparser::{Export, ExportSectionReader, Parser};

/// Returns a module whose exports have other names, given as pairs of the old name and the new one.
pub(super) fn renamed(wasm: &[u8], names: &[(&str, &str)]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Renaming { names }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("cannot rename the exports of the WebAssembly")?;
    Ok(module.finish())
}

struct Renaming<'a> {
    names: &'a [(&'a str, &'a str)],
}

impl Reencode for Renaming<'_> {
    type Error = std::convert::Infallible;

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        for export in section {
            let export = export?;
            let new = self.names.iter().find(|(old, _)| *old == export.name);
            let name = new.map_or(export.name, |(_, new)| new);
            utils::parse_export(self, exports, Export { name, ..export })?;
        }
        Ok(())
    }
}
