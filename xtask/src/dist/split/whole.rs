//! Reads what a module contains, and decides what moves.

use std::collections::{BTreeSet, HashSet};

use anyhow::{Context, Result, bail, ensure};
use wasm_encoder::CodeSection;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{
    CompositeInnerType, DataKind, ElementItems, ElementKind, Export, ExternalKind, FunctionBody, GlobalType,
    MemoryType, Parser, Payload, TableType, TypeRef,
};

use super::super::offset;
use super::{FUNCTIONS, Obstacle, Own, Shared, index};

/// The contents of a module that matter here. All indices count what is imported first.
#[derive(Default)]
pub(super) struct Whole<'a> {
    pub(super) types: Vec<wasmparser::FuncType>,
    /// The type of each function.
    pub(super) functions: Vec<u32>,
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<GlobalType>,
    pub(super) exports: Vec<Export<'a>>,
    /// Functions that are called without being named: those in the table, and the one that starts the module.
    pub(super) called: Vec<u32>,
    /// The functions in the slots of the table that only the lazy functions use.
    pub(super) own_slots: Vec<(u32, u32)>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// The segments of data, with their addresses.
    pub(super) segments: Vec<(u32, &'a [u8])>,
}

impl<'a> Whole<'a> {
    pub(super) fn read(wasm: &'a [u8], own: &Own) -> Result<Self> {
        let mut whole = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.context("this is not WebAssembly")? {
                Payload::TypeSection(types) => {
                    for group in types {
                        for declared in group?.into_types() {
                            let CompositeInnerType::Func(of) = declared.composite_type.inner else {
                                bail!("the WebAssembly has types of values that are collected as garbage");
                            };
                            whole.types.push(of);
                        }
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        match import?.ty {
                            TypeRef::Func(of) => whole.functions.push(of),
                            TypeRef::Table(table) => whole.tables.push(table),
                            TypeRef::Memory(memory) => whole.memories.push(memory),
                            TypeRef::Global(global) => whole.globals.push(global),
                            other => bail!("the WebAssembly imports {other:?}"),
                        }
                    }
                }
                Payload::FunctionSection(functions) => {
                    for of in functions {
                        whole.functions.push(of?);
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        whole.tables.push(table?.ty);
                    }
                }
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        whole.memories.push(memory?);
                    }
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        whole.globals.push(global?.ty);
                    }
                }
                Payload::ExportSection(exports) => {
                    whole.exports = exports.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::StartSection { func, .. } => whole.called.push(func),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let element = element?;
                        let ElementItems::Functions(functions) = element.items else {
                            bail!("the WebAssembly has tables that are computed");
                        };
                        let ElementKind::Active { table_index, offset_expr } = element.kind else {
                            bail!("the WebAssembly has tables that the code fills");
                        };
                        ensure!(
                            table_index.unwrap_or_default() == FUNCTIONS,
                            "the WebAssembly has several tables of functions"
                        );
                        let Some(first) = offset::stated(&offset_expr)? else {
                            bail!("the WebAssembly has tables whose slots are computed");
                        };
                        for (slot, function) in (first..).zip(functions) {
                            if own.slots.contains(&slot) {
                                whole.own_slots.push((slot, function?));
                            } else {
                                whole.called.push(function?);
                            }
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => whole.bodies.push(body),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else {
                            bail!("the WebAssembly has data that the code puts in its place");
                        };
                        let Some(address) = offset::stated(&offset_expr)? else {
                            bail!("the WebAssembly has data whose address is computed");
                        };
                        whole.segments.push((address, segment.data));
                    }
                }
                _ => {}
            }
        }
        Ok(whole)
    }

    pub(super) fn imported_functions(&self) -> u32 {
        index(self.functions.len() - self.bodies.len())
    }

    pub(super) fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported_functions())? as usize)
    }

    /// Returns the functions with code that are reached from the exports of these names alone.
    pub(super) fn reached_only_from(&self, lazy: &[&str]) -> Result<BTreeSet<u32>> {
        let exported = |is_lazy: bool| {
            let functions = self.exports.iter().filter(|export| export.kind == ExternalKind::Func);
            functions.filter(move |export| lazy.contains(&export.name) == is_lazy).map(|export| export.index)
        };
        let entries: Vec<u32> = exported(true).collect();
        ensure!(entries.len() == lazy.len(), "of the functions {lazy:?} not all are exported");
        let always = self.reached(exported(false).chain(self.called.iter().copied()))?;
        let own = self.own_slots.iter().map(|(_, function)| *function);
        let moved: BTreeSet<u32> = self
            .reached(entries.iter().copied().chain(own))?
            .into_iter()
            .filter(|function| !always.contains(function) && self.body(*function).is_some())
            .collect();
        for entry in entries {
            ensure!(moved.contains(&entry), "function {entry} is also called by what stays");
        }
        Ok(moved)
    }

    fn reached(&self, from: impl Iterator<Item = u32>) -> Result<HashSet<u32>> {
        let mut reached = HashSet::new();
        let mut left: Vec<u32> = from.collect();
        while let Some(function) = left.pop() {
            if reached.insert(function) {
                let mut uses = Uses::default();
                uses.function(function, self)?;
                left.extend(uses.functions);
            }
        }
        Ok(reached)
    }

    /// Returns what the moved functions use of the main module, with the name under which it exports that.
    pub(super) fn shared(&self, uses: &Uses, moved: &BTreeSet<u32>) -> Vec<Shared> {
        let taken: HashSet<&str> = self.exports.iter().map(|export| export.name).collect();
        let mut free = (0..).map(short_name).filter(|name| !taken.contains(name.as_str()));
        let memories = (0..index(self.memories.len())).map(|memory| (ExternalKind::Memory, memory));
        let tables = uses.tables.iter().map(|table| (ExternalKind::Table, *table));
        let globals = uses.globals.iter().map(|global| (ExternalKind::Global, *global));
        let functions = uses.functions.iter().filter(|function| !moved.contains(function));
        memories
            .chain(tables)
            .chain(globals)
            .chain(functions.map(|function| (ExternalKind::Func, *function)))
            .map(|(kind, index)| {
                let known = self.exports.iter().find(|export| export.kind == kind && export.index == index);
                let name = known.map(|export| export.name.to_owned()).or_else(|| free.next());
                Shared { kind, index, name: name.unwrap_or_default() }
            })
            .collect()
    }

    pub(super) fn type_of(&self, function: u32) -> u32 {
        self.functions.get(function as usize).copied().unwrap_or_default()
    }
}

/// What functions use of their module.
#[derive(Default)]
pub(super) struct Uses {
    pub(super) functions: BTreeSet<u32>,
    pub(super) tables: BTreeSet<u32>,
    pub(super) globals: BTreeSet<u32>,
    pub(super) types: BTreeSet<u32>,
}

impl Uses {
    /// Adds what a function uses; an imported one uses nothing.
    pub(super) fn function(&mut self, function: u32, whole: &Whole<'_>) -> Result<()> {
        if let Some(body) = whole.body(function) {
            self.parse_function_body(&mut CodeSection::new(), body.clone())?;
        }
        Ok(())
    }
}

impl Reencode for Uses {
    type Error = Obstacle;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        self.functions.insert(function);
        Ok(function)
    }

    fn table_index(&mut self, table: u32) -> Result<u32, Error<Self::Error>> {
        self.tables.insert(table);
        Ok(table)
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<Self::Error>> {
        self.globals.insert(global);
        Ok(global)
    }

    fn type_index(&mut self, of: u32) -> Result<u32, Error<Self::Error>> {
        self.types.insert(of);
        Ok(of)
    }

    fn data_index(&mut self, _: u32) -> Result<u32, Error<Self::Error>> {
        Err(Error::UserError(Obstacle("the code initialises memory by itself, so data cannot move")))
    }
}

/// Returns the name with a number: `a` to `z`, then `aa` and so on.
pub(super) fn short_name(number: u32) -> String {
    let letter = char::from(b'a' + (number % 26) as u8);
    match (number / 26).checked_sub(1) {
        Some(before) => format!("{}{letter}", short_name(before)),
        None => letter.to_string(),
    }
}
