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
use super::{FUNCTIONS, Lazy, Obstacle, Own, Shared, index};

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
    /// The function that starts the module.
    start: Option<u32>,
    /// The functions in the slots of the table.
    slots: Vec<(u32, u32)>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// The segments of data, with their addresses.
    pub(super) segments: Vec<(u32, &'a [u8])>,
}

impl<'a> Whole<'a> {
    pub(super) fn read(wasm: &'a [u8]) -> Result<Self> {
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
                Payload::StartSection { func, .. } => whole.start = Some(func),
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
                            whole.slots.push((slot, function?));
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

    /// Returns the functions with code that only one of the lazy modules needs, or only it and others that have all they
    /// need.
    pub(super) fn needed_only_by(&self, lazy: &Lazy<'_>, all: &[Lazy<'_>]) -> Result<BTreeSet<u32>> {
        let exported = |names: &[&str]| -> Vec<u32> {
            let functions = self.exports.iter().filter(|export| export.kind == ExternalKind::Func);
            functions.filter(|export| names.contains(&export.name)).map(|export| export.index).collect()
        };
        let entries = exported(&lazy.exports);
        ensure!(
            entries.len() == lazy.exports.len(),
            "of the functions {:?} not all are exported",
            lazy.exports
        );
        let is_apart = |other: &Lazy<'_>| std::ptr::eq(other, lazy) || other.has_all && lazy.has_all;
        let (apart, others): (Vec<_>, Vec<_>) = all.iter().partition(|other| is_apart(other));
        let lazy_slots = |slot: u32, of: &[&Lazy<'_>]| of.iter().any(|lazy| lazy.own.slots.contains(&slot));
        // What the main module, or another lazy one, calls by name or through the table.
        let exports_apart: Vec<&str> = apart.iter().flat_map(|lazy| &lazy.exports).copied().collect();
        let other_exports: Vec<&str> = self
            .exports
            .iter()
            .map(|export| export.name)
            .filter(|name| !exports_apart.contains(name))
            .collect();
        let other_slots =
            self.slots.iter().filter(|(slot, _)| !lazy_slots(*slot, &apart) || lazy_slots(*slot, &others));
        let from_others = exported(&other_exports)
            .into_iter()
            .chain(other_slots.map(|(_, function)| *function))
            .chain(self.start);
        let always = self.reached(from_others)?;
        let own = self.own_slots(lazy.own).map(|(_, function)| function);
        let needed: BTreeSet<u32> = self
            .reached(entries.iter().copied().chain(own))?
            .into_iter()
            .filter(|function| !always.contains(function) && self.body(*function).is_some())
            .collect();
        for entry in entries {
            ensure!(needed.contains(&entry), "function {entry} is also called by what stays");
        }
        Ok(needed)
    }

    /// Returns the slots of the table that only one module uses, with their functions.
    pub(super) fn own_slots(&self, own: &Own) -> impl Iterator<Item = (u32, u32)> {
        self.slots.iter().copied().filter(|(slot, _)| own.slots.contains(slot))
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
    pub(super) fn shared(&self, uses: &Uses, moved: &BTreeSet<u32>, names: &mut Names) -> Vec<Shared> {
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
                let name = known.map_or_else(|| names.of(kind, index), |export| export.name.to_owned());
                Shared { kind, index, name }
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

/// The names under which a module exports what lazy modules import.
pub(super) struct Names {
    /// The names of other exports.
    taken: HashSet<String>,
    known: Vec<(ExternalKind, u32, String)>,
    next: u32,
}

impl Names {
    pub(super) fn new(whole: &Whole<'_>) -> Self {
        let taken = whole.exports.iter().map(|export| export.name.to_owned()).collect();
        Self { taken, known: Vec::new(), next: 0 }
    }

    fn of(&mut self, kind: ExternalKind, index: u32) -> String {
        if let Some((.., name)) = self.known.iter().find(|(of, at, _)| *of == kind && *at == index) {
            return name.clone();
        }
        let name = loop {
            let name = short_name(self.next);
            self.next += 1;
            if !self.taken.contains(&name) {
                break name;
            }
        };
        self.known.push((kind, index, name.clone()));
        name
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
