//! What code and data refer to one another in a module, by the relocations that the linker keeps if it is told to
//! (`--emit-relocs`, [format](https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md)).
//!
//! Afterwards, an address in the code is a number like any other. The linker itself removes what nothing refers to;
//! but here more is known: which functions never run, and which run only once a chunk has been loaded.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use anyhow::{Context, Result};
use wasmparser::{
    DataKind, ElementItems, ElementKind, ExternalKind, KnownCustom, Linking, Name, Operator, Parser, Payload,
    RelocationType, SymbolInfo,
};

use super::{names, offset};

/// A function, by its index, or a piece of data, by its index in [`Linked::data`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Function(u32),
    Data(usize),
}

/// The functions and data of a module, and what each refers to.
#[derive(Default)]
pub(super) struct Linked {
    /// What each function refers to; the imported ones come first.
    functions: Vec<Vec<Item>>,
    data: Vec<Piece>,
    /// The exported functions, by name.
    exports: BTreeMap<String, u32>,
    /// The function in each slot of the table.
    slots: BTreeMap<u32, u32>,
    /// The function that starts the module, and what data refers to that belongs to no piece.
    always: Vec<Item>,
    /// Whether the linker has kept relocations. Without them, only the calls between functions are known.
    pub(super) has_relocations: bool,
}

/// A piece of data that the compiler has made.
struct Piece {
    /// Its addresses.
    at: Range<u32>,
    is_constant: bool,
    refers_to: Vec<Item>,
}

/// The custom sections of the linker.
pub(super) fn is_of_linker(section: &str) -> bool {
    section == "linking" || section.starts_with("reloc.")
}

/// A segment of data: its address, and where its bytes begin in the file.
struct Segment {
    address: u32,
    begin: u64,
    is_constant: bool,
}

/// A relocation: its place in the file, its kind, and the index of its symbol.
struct Relocation {
    at: u64,
    kind: RelocationType,
    symbol: usize,
}

impl Linked {
    /// Reads a module as the linker has written it.
    pub(super) fn read(wasm: &[u8]) -> Result<Self> {
        let mut linked = Self::default();
        let mut bodies: Vec<Range<u64>> = Vec::new();
        let mut segments: Vec<Segment> = Vec::new();
        let mut symbols: Vec<SymbolInfo<'_>> = Vec::new();
        let mut begins: BTreeMap<&str, u64> = BTreeMap::new();
        let mut relocations: Vec<Relocation> = Vec::new();
        let imported = names::count_imported(wasm)?;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.context("this is not WebAssembly")? {
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            linked.exports.insert(export.name.to_owned(), export.index);
                        }
                    }
                }
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let element = element?;
                        if let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) =
                            (element.kind, element.items)
                            && let Some(first) = offset::stated(&offset_expr)?
                        {
                            for (slot, function) in (first..).zip(functions) {
                                linked.slots.insert(slot, function?);
                            }
                        }
                    }
                }
                Payload::StartSection { func, .. } => linked.always.push(Item::Function(func)),
                Payload::CodeSectionStart { unchecked_range, .. } => {
                    begins.insert("reloc.CODE", unchecked_range.start);
                    linked.functions.resize_with(imported, Vec::new);
                }
                Payload::CodeSectionEntry(body) => {
                    // Functions that the linker itself has written have no relocations.
                    let mut calls = Vec::new();
                    for operator in body.get_operators_reader()? {
                        if let Operator::Call { function_index } = operator? {
                            calls.push(Item::Function(function_index));
                        }
                    }
                    linked.functions.push(calls);
                    bodies.push(body.range());
                }
                Payload::DataSection(section) => {
                    begins.insert("reloc.DATA", section.range().start);
                    for segment in section {
                        let segment = segment?;
                        let begin = segment.range.end - segment.data.len() as u64;
                        let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        if let Some(address) = offset::stated(&offset_expr)? {
                            segments.push(Segment { address, begin, is_constant: false });
                        }
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(table) = part? {
                                symbols = table.into_iter().collect::<Result<_, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Reloc(section) => {
                        let Some(begin) = begins.get(custom.name()) else { continue };
                        for entry in section.entries() {
                            let entry = entry?;
                            relocations.push(Relocation {
                                at: begin + u64::from(entry.offset),
                                kind: entry.ty,
                                symbol: entry.index as usize,
                            });
                        }
                    }
                    KnownCustom::Name(names) => {
                        for part in names {
                            let Name::Data(names) = part? else { continue };
                            for naming in names {
                                let naming = naming?;
                                if let Some(segment) = segments.get_mut(naming.index as usize) {
                                    segment.is_constant = naming.name.starts_with(".rodata");
                                }
                            }
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        linked.has_relocations = !relocations.is_empty();

        let mut places: Vec<(Range<u64>, usize)> = Vec::new();
        // For each symbol what it is, if it is a function or data.
        let items: Vec<Option<Item>> = symbols
            .iter()
            .map(|symbol| match symbol {
                SymbolInfo::Func { index, .. } => Some(Item::Function(*index)),
                SymbolInfo::Data { symbol: Some(data), .. } => {
                    let segment = segments.get(data.index as usize)?;
                    let address = segment.address + data.offset;
                    let begin = segment.begin + u64::from(data.offset);
                    places.push((begin..begin + u64::from(data.size), linked.data.len()));
                    linked.data.push(Piece {
                        at: address..address + data.size,
                        is_constant: segment.is_constant,
                        refers_to: Vec::new(),
                    });
                    Some(Item::Data(linked.data.len() - 1))
                }
                _ => None,
            })
            .collect();
        for Relocation { at, kind, symbol } in relocations {
            use RelocationType::{
                FunctionIndexLeb, MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32, TableIndexSleb,
            };
            let refers = [
                FunctionIndexLeb,
                TableIndexSleb,
                TableIndexI32,
                MemoryAddrLeb,
                MemoryAddrSleb,
                MemoryAddrI32,
            ];
            let Some(item) = items.get(symbol).copied().flatten().filter(|_| refers.contains(&kind)) else {
                continue;
            };
            let body = bodies.partition_point(|body| body.end <= at);
            let mut belongs = false;
            if bodies.get(body).is_some_and(|body| body.contains(&at))
                && let Some(function) = linked.functions.get_mut(imported + body)
            {
                function.push(item);
                belongs = true;
            }
            for (_, piece) in places.iter().filter(|(place, _)| place.contains(&at)) {
                if let Some(piece) = linked.data.get_mut(*piece) {
                    piece.refers_to.push(item);
                    belongs = true;
                }
            }
            if !belongs {
                linked.always.push(item);
            }
        }
        Ok(linked)
    }

    /// Returns everything that is reached from the exported functions that `is_root` accepts by name, except
    /// through functions that never run.
    pub(super) fn reached(&self, is_root: impl Fn(&str) -> bool, never_runs: &[bool]) -> HashSet<Item> {
        let roots =
            self.exports.iter().filter(|(name, _)| is_root(name)).map(|(_, index)| Item::Function(*index));
        let mut left: Vec<Item> = roots.chain(self.always.iter().copied()).collect();
        let mut reached = HashSet::new();
        while let Some(item) = left.pop() {
            if reached.insert(item) {
                let refers_to = match item {
                    Item::Function(index) if never_runs.get(index as usize) == Some(&true) => None,
                    Item::Function(index) => self.functions.get(index as usize),
                    Item::Data(index) => self.data.get(index).map(|piece| &piece.refers_to),
                };
                left.extend(refers_to.into_iter().flatten());
            }
        }
        reached
    }

    /// Returns the slots of the table whose functions `is_wanted` accepts.
    pub(super) fn slots(&self, is_wanted: impl Fn(Item) -> bool) -> Vec<u32> {
        let wanted = self.slots.iter().filter(|(_, function)| is_wanted(Item::Function(**function)));
        wanted.map(|(slot, _)| *slot).collect()
    }

    /// Returns the addresses of the data that `is_wanted` accepts, without those that data has which `is_other` accepts.
    /// With `constant`, only data that never changes.
    pub(super) fn addresses(
        &self,
        is_wanted: impl Fn(Item) -> bool,
        is_other: impl Fn(Item) -> bool,
        constant: bool,
    ) -> Vec<Range<u32>> {
        let may_change = |piece: &Piece| constant && !piece.is_constant;
        let pieces = || (0..).zip(&self.data).map(|(index, piece)| (Item::Data(index), piece));
        let wanted = pieces().filter(|(item, piece)| is_wanted(*item) && !may_change(piece));
        let others: Vec<_> = pieces().filter(|(item, piece)| is_other(*item) || may_change(piece)).collect();
        let mut ranges: Vec<Range<u32>> = Vec::new();
        let mut at: Vec<Range<u32>> = wanted.map(|(_, piece)| piece.at.clone()).collect();
        at.sort_unstable_by_key(|range| (range.start, range.end));
        for range in at.into_iter().filter(|range| !range.is_empty()) {
            let overlaps = |other: &Range<u32>| other.start < range.end && range.start < other.end;
            if others.iter().any(|(_, other)| overlaps(&other.at)) {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => ranges.push(range),
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, Encode, ExportKind,
        ExportSection, Function, FunctionSection, LinkingSection, Module, NameMap, NameSection, SymbolTable,
        TypeSection,
    };
    use wasmparser::RelocationType;

    use super::super::fixtures;
    use super::{Item, Linked};

    const FIRST: Item = Item::Data(0);
    const SECOND: Item = Item::Data(1);
    const THIRD: Item = Item::Data(2);

    /// Returns the body of a function that names an address, with the placeholder of a linker.
    fn body(address: u8) -> Function {
        let mut body = Function::new([]);
        body.raw([0x41, address | 0x80, 0x80, 0x80, 0x80, 0x00, 0x1A, 0x0B]);
        body
    }

    /// Returns a custom section with relocations: the kind of each, its offset and its symbol.
    fn relocations(section: u32, entries: &[(RelocationType, u32, u32)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        section.encode(&mut bytes);
        u32::try_from(entries.len()).unwrap().encode(&mut bytes);
        for (kind, offset, symbol) in entries {
            bytes.push(*kind as u8);
            offset.encode(&mut bytes);
            symbol.encode(&mut bytes);
            if matches!(kind, RelocationType::MemoryAddrSleb | RelocationType::MemoryAddrI32) {
                0_i32.encode(&mut bytes);
            }
        }
        bytes
    }

    /// Returns a module of these functions: `main` names the first piece of data, `lazy` the second, which has the
    /// address of the third function, in slot 1. That one names no data, and the third piece is unused.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        let mut empty = Function::new([]);
        empty.instructions().end();
        for body in [body(100), body(104), empty] {
            functions.function(0);
            code.function(&body);
        }
        let tables = fixtures::table(2);
        let memories = fixtures::memory();
        let mut exports = ExportSection::new();
        exports.export("main", ExportKind::Func, 0).export("lazy", ExportKind::Func, 1);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([2].as_slice().into()));
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(100), [1, 1, 1, 1, 1, 0, 0, 0, 2, 2, 2, 2]);

        let mut symbols = SymbolTable::new();
        for (name, offset) in [("first", 0), ("second", 4), ("third", 8)] {
            symbols.data(0, name, Some(wasm_encoder::DataSymbolDefinition { index: 0, offset, size: 4 }));
        }
        symbols.function(0, 2, Some("third"));
        let mut linking = LinkingSection::new();
        linking.symbol_table(&symbols);
        let in_code = relocations(
            6,
            &[(RelocationType::MemoryAddrSleb, 4, 0), (RelocationType::MemoryAddrSleb, 14, 1)],
        );
        let in_data = relocations(7, &[(RelocationType::TableIndexI32, 11, 3)]);
        let mut segments = NameMap::new();
        segments.append(0, ".rodata");
        let mut names = NameSection::new();
        names.data(&segments);

        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&memories).section(&exports);
        module.section(&elements).section(&code).section(&data).section(&linking);
        module.section(&CustomSection { name: "reloc.CODE".into(), data: in_code.into() });
        module.section(&CustomSection { name: "reloc.DATA".into(), data: in_data.into() });
        module.section(&names);
        module.finish()
    }

    #[test]
    fn data_and_functions_are_reached_through_addresses() {
        let linked = Linked::read(&module()).unwrap();
        assert!(linked.has_relocations);
        let reached = |name: &str, never_runs: &[bool]| linked.reached(|root| root == name, never_runs);
        assert_eq!(reached("main", &[]), [Item::Function(0), FIRST].into());
        assert_eq!(reached("lazy", &[]), [Item::Function(1), SECOND, Item::Function(2)].into());
        assert_eq!(reached("lazy", &[false, true]), [Item::Function(1)].into(), "it never runs");
    }

    #[test]
    fn unreached_data_has_addresses_and_unreached_functions_slots() {
        let linked = Linked::read(&module()).unwrap();
        let from_main = linked.reached(|root| root == "main", &[]);
        let others = |item: Item| !from_main.contains(&item);
        let addresses = |of: &dyn Fn(Item) -> bool| {
            linked
                .addresses(of, |item| !of(item), true)
                .into_iter()
                .map(|range| (range.start, range.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(addresses(&others), [(104, 112)], "neighbours are joined");
        assert_eq!(linked.slots(others), [1]);
        assert_eq!(addresses(&|item| item == THIRD), [(108, 112)]);
    }

    #[test]
    fn without_relocations_only_calls_are_known() {
        let linked = Linked::read(&Module::new().finish()).unwrap();
        assert!(!linked.has_relocations);
    }
}
