//! Reads the contents of a WebAssembly module: functions, data, and the rest.

use std::collections::HashSet;

use anyhow::{Context, Result};
use wasmparser::{DataKind, ExternalKind, KnownCustom, Operator, Parser, Payload};

use crate::dist::{names, offset};

/// The contents of a module.
#[derive(Default)]
pub(crate) struct Module {
    /// The functions with code, in their order.
    pub(crate) functions: Vec<Function>,
    /// The data that is in memory from the start, in the order of addresses.
    pub(crate) segments: Vec<Segment>,
    /// The other sections: a description of each, and its bytes.
    pub(crate) sections: Vec<(&'static str, usize)>,
}

/// A function.
pub(crate) struct Function {
    /// The symbol of the compiler, or the name of an export.
    pub(crate) symbol: String,
    /// Whether JavaScript calls it.
    pub(crate) exported: bool,
    /// The bytes of its code, including the number that encodes their length.
    pub(crate) bytes: usize,
    /// Every number in its code that might be an address.
    pub(crate) numbers: Vec<u32>,
}

/// Data that is in memory from the start.
pub(crate) struct Segment {
    /// The address of its first byte.
    pub(crate) address: u32,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Module {
    /// Reads a module.
    pub(crate) fn read(wasm: &[u8]) -> Result<Self> {
        let mut module = Self::default();
        let imported = u32::try_from(names::count_imported(wasm)?).context("there are too many functions")?;
        let names = names::function_names(wasm)?;
        let mut exported = HashSet::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.context("this is not WebAssembly")?;
            let length = payload.as_section().map_or(0, |(_, range)| (range.end - range.start) as usize);
            let description = match payload {
                Payload::ImportSection(_) => "imports: what the glue provides",
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            exported.insert(export.index);
                        }
                    }
                    "exports: what the glue calls"
                }
                Payload::TypeSection(_) => "signatures",
                Payload::FunctionSection(_) => "the signature of each function",
                Payload::ElementSection(_) => "functions called by number",
                Payload::GlobalSection(_) | Payload::TableSection(_) | Payload::MemorySection(_) => {
                    "globals, tables, memory"
                }
                Payload::CodeSectionEntry(body) => {
                    module.functions.push(Function {
                        symbol: String::new(),
                        exported: false,
                        bytes: with_length(body.as_bytes().len()),
                        numbers: numbers(&body)?,
                    });
                    continue;
                }
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        if let Some(address) = offset::stated(&offset_expr)? {
                            let bytes = segment.data.to_vec();
                            module.segments.push(Segment { address, bytes });
                        }
                    }
                    continue;
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    // Readers do not download this section.
                    KnownCustom::Name(_) => continue,
                    _ => "metadata of the tools",
                },
                _ => continue,
            };
            module.sections.push((description, length));
        }
        for (index, function) in (imported..).zip(&mut module.functions) {
            function.exported = exported.contains(&index);
            let name = names.get(index as usize).cloned().flatten();
            function.symbol = name.unwrap_or_else(|| format!("#{index}"));
        }
        module.segments.sort_by_key(|segment| segment.address);
        Ok(module)
    }
}

/// Adds to a number of bytes those of its own encoding (LEB128).
fn with_length(bytes: usize) -> usize {
    let bits = usize::BITS - bytes.leading_zeros();
    bytes + bits.div_ceil(7).max(1) as usize
}

/// Returns every constant of a function, and every constant offset from an address.
fn numbers(body: &wasmparser::FunctionBody<'_>) -> Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::I32Const { value } => numbers.push(value.cast_unsigned()),
            Operator::I32Load { memarg }
            | Operator::I32Load8U { memarg }
            | Operator::I32Load8S { memarg }
            | Operator::I32Load16U { memarg }
            | Operator::I32Load16S { memarg }
            | Operator::I64Load { memarg }
            | Operator::I64Load8U { memarg }
            | Operator::I64Load16U { memarg }
            | Operator::I64Load32U { memarg }
            | Operator::F32Load { memarg }
            | Operator::F64Load { memarg } => numbers.extend(u32::try_from(memarg.offset)),
            _ => {}
        }
    }
    Ok(numbers)
}
