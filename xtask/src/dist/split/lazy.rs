//! Writes the module of the functions that move.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::ExternalKind;

use super::remaining::Pieces;
use super::whole::{Uses, Whole};
use super::{FUNCTIONS, Lazy, MODULE, Obstacle, Shared, index};

/// Returns the module of the moved functions, and the data that only it uses.
pub(super) fn lazy_module(
    whole: &Whole<'_>,
    lazy: &Lazy<'_>,
    own_data: &[Range<u32>],
    moved: &BTreeSet<u32>,
    uses: &Uses,
    shared: &[Shared],
) -> Result<Vec<u8>> {
    let mut renumbered = Renumbered::default();
    let mut types = TypeSection::new();
    let imported = shared.iter().filter(|shared| shared.kind == ExternalKind::Func);
    let functions = imported.map(|shared| &shared.index).chain(moved);
    let own: Vec<u32> = functions.map(|function| whole.type_of(*function)).collect();
    for of in uses.types.iter().chain(&own) {
        if !renumbered.types.contains_key(of) {
            renumbered.types.insert(*of, index(renumbered.types.len()));
            let signature = whole.types.get(*of as usize).context("a type is missing")?;
            types.ty().func_type(&RoundtripReencoder.func_type(signature.clone())?);
        }
    }
    let mut imports = ImportSection::new();
    for Shared { kind, index: at, name } in shared {
        let (numbers, declared): (_, EntityType) = match kind {
            ExternalKind::Func => {
                let of = renumbered.type_index(whole.type_of(*at))?;
                (&mut renumbered.functions, EntityType::Function(of))
            }
            ExternalKind::Table => {
                let of = whole.tables.get(*at as usize).context("a table is missing")?;
                (&mut renumbered.tables, RoundtripReencoder.table_type(*of)?.into())
            }
            ExternalKind::Global => {
                let of = whole.globals.get(*at as usize).context("a global is missing")?;
                (&mut renumbered.globals, RoundtripReencoder.global_type(*of)?.into())
            }
            ExternalKind::Memory => {
                let of = whole.memories.get(*at as usize).context("a memory is missing")?;
                (&mut renumbered.memories, RoundtripReencoder.memory_type(*of)?.into())
            }
            other => bail!("{other:?} cannot be shared"),
        };
        numbers.insert(*at, index(numbers.len()));
        imports.import(MODULE, name, declared);
    }
    let mut functions = FunctionSection::new();
    for function in moved {
        let of = renumbered.type_index(whole.type_of(*function))?;
        functions.function(of);
        renumbered.functions.insert(*function, index(renumbered.functions.len()));
    }
    let mut exports = ExportSection::new();
    for export in whole.exports.iter().filter(|export| lazy.exports.contains(&export.name)) {
        exports.export(export.name, ExportKind::Func, renumbered.function_index(export.index)?);
    }
    let mut code = CodeSection::new();
    for body in moved.iter().filter_map(|function| whole.body(*function)) {
        renumbered.parse_function_body(&mut code, body.clone())?;
    }
    let mut data = DataSection::new();
    for (address, segment) in &whole.segments {
        for (address, bytes) in Pieces::of(*address, segment, own_data).moved {
            if bytes.iter().any(|byte| *byte != 0) {
                data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
            }
        }
    }
    let mut elements = ElementSection::new();
    for (slot, function) in whole.own_slots(lazy.own).filter(|(_, function)| moved.contains(function)) {
        let function = [renumbered.function_index(function)?];
        elements.active(
            Some(renumbered.table_index(FUNCTIONS)?).filter(|table| *table != 0),
            &ConstExpr::i32_const(slot.cast_signed()),
            Elements::Functions(function.as_slice().into()),
        );
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports);
    if !elements.is_empty() {
        module.section(&elements);
    }
    module.section(&code);
    if !data.is_empty() {
        module.section(&data);
    }
    Ok(module.finish())
}

/// Rewrites functions with the indices that things have in another module.
#[derive(Default)]
struct Renumbered {
    functions: BTreeMap<u32, u32>,
    tables: BTreeMap<u32, u32>,
    globals: BTreeMap<u32, u32>,
    memories: BTreeMap<u32, u32>,
    types: BTreeMap<u32, u32>,
}

fn renumber(numbers: &BTreeMap<u32, u32>, old: u32) -> Result<u32, Error<Obstacle>> {
    numbers.get(&old).copied().ok_or(Error::UserError(Obstacle("something is used that is not imported")))
}

impl Reencode for Renumbered {
    type Error = Obstacle;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        renumber(&self.functions, function)
    }

    fn table_index(&mut self, table: u32) -> Result<u32, Error<Self::Error>> {
        renumber(&self.tables, table)
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<Self::Error>> {
        renumber(&self.globals, global)
    }

    fn memory_index(&mut self, memory: u32) -> Result<u32, Error<Self::Error>> {
        renumber(&self.memories, memory)
    }

    fn type_index(&mut self, of: u32) -> Result<u32, Error<Self::Error>> {
        renumber(&self.types, of)
    }
}
