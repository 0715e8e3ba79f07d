//! Code splitting: moves functions that only some readers need into a module of their own.
//!
//! A page calls such a function only after it has loaded the module, which imports the memory, the tables, the
//! globals, and the functions that both need, from the exports of the main module. Of the functions that the
//! compiler has left, all that nothing else calls move along. Functions in tables stay: what calls them is
//! unknown.
//!
//! Constant data that only these functions use moves along; see `linked.rs`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{
    CompositeInnerType, Data, DataKind, ElementItems, ElementKind, Export, ExternalKind, FunctionBody,
    FunctionSectionReader, GlobalType, MemoryType, Operator, Parser, Payload, TableType, TypeRef,
};

use super::linked::{Item, Linked};

/// A part of the widget that is split off.
pub(super) struct Part {
    /// Its path among the published files.
    pub(super) path: &'static str,
    /// The methods that the page calls only after it has loaded this part, as wasm-bindgen exports them.
    pub(super) exports: &'static [&'static str],
}

/// What only one part uses besides functions that others call by name.
#[derive(Clone, Default)]
pub(super) struct Own {
    /// The addresses of constant data, in ascending order.
    pub(super) data: Vec<Range<u32>>,
    /// The slots of the table.
    pub(super) slots: Vec<u32>,
}

impl Part {
    /// Returns what only this part uses.
    pub(super) fn own(&self, linked: &Linked) -> Own {
        // The compiler adds a hash to each name, and wasm-bindgen removes it.
        let is_own =
            |name: &str| name.rsplit_once('_').is_some_and(|(method, _)| self.exports.contains(&method));
        let others = linked.reached(|name| !is_own(name), &[]);
        let own = linked.reached(is_own, &[]);
        let is_own = |item: Item| own.contains(&item) && !others.contains(&item);
        Own { data: linked.addresses(is_own, true), slots: linked.slots(is_own) }
    }
}

/// The parts of the widget. `src/embed/reading.js` loads them.
pub(super) const PARTS: [Part; 3] = [
    Part { path: "wasm/mentions.wasm", exports: &["embedded_linkMentions"] },
    Part { path: "wasm/long_article.wasm", exports: &["embedded_firstScreen", "embedded_drawSlice"] },
    Part { path: "wasm/redraw.wasm", exports: &["embedded_change", "embedded_passages"] },
];

/// Returns whether a published file is a part that was split off.
pub(crate) fn is_part(file: &Path) -> bool {
    PARTS.iter().any(|part| Path::new(part.path) == file)
}

/// Why a module cannot be split.
#[derive(Debug)]
struct Obstacle(&'static str);

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Obstacle {}

/// A module in two parts.
pub(super) struct Split {
    /// What every reader needs.
    pub(super) main: Vec<u8>,
    /// The functions that the page calls only after it has loaded them.
    pub(super) lazy: Vec<u8>,
}

/// The index of the table of functions.
const FUNCTIONS: u32 = 0;

/// The name of the module in the imports of the lazy one.
const MODULE: &str = "";

/// Moves the exported functions of these names into a module of their own, with what only they use.
pub(super) fn split(wasm: &[u8], lazy: &[&str], own: &Own) -> Result<Split> {
    let whole = Whole::read(wasm, own)?;
    let data = own.data.as_slice();
    let moved = whole.reached_only_from(lazy)?;
    let mut uses = Uses::default();
    for index in &moved {
        uses.function(*index, &whole)?;
    }
    if whole.own_slots.iter().any(|(_, function)| moved.contains(function)) {
        uses.tables.insert(FUNCTIONS);
    }
    let shared = whole.shared(&uses, &moved);

    let mut main = Module::new();
    let mut remaining = Remaining {
        moved: &moved,
        shared: &shared,
        data,
        next_type: whole.imported_functions(),
        next_body: whole.imported_functions(),
        segments: index(
            whole.segments.iter().map(|(address, bytes)| Pieces::of(*address, bytes, data).kept.len()).sum(),
        ),
        extracted: Vec::new(),
    };
    remaining.parse_core_module(&mut main, Parser::new(0), wasm).context("cannot rewrite the WebAssembly")?;
    let extracted = remaining.extracted;
    Ok(Split { main: main.finish(), lazy: whole.lazy_module(lazy, &moved, &uses, &shared, &extracted)? })
}

/// Something of the main module that the lazy one imports.
struct Shared {
    kind: ExternalKind,
    index: u32,
    /// The name under which the main module exports it.
    name: String,
}

/// The contents of a module that matter here. All indices count what is imported first.
#[derive(Default)]
struct Whole<'a> {
    types: Vec<wasmparser::FuncType>,
    /// The type of each function.
    functions: Vec<u32>,
    tables: Vec<TableType>,
    memories: Vec<MemoryType>,
    globals: Vec<GlobalType>,
    exports: Vec<Export<'a>>,
    /// Functions that are called without being named: those in the table, and the one that starts the module.
    called: Vec<u32>,
    /// The functions in the slots of the table that only the lazy functions use.
    own_slots: Vec<(u32, u32)>,
    bodies: Vec<FunctionBody<'a>>,
    /// The segments of data, with their addresses.
    segments: Vec<(u32, &'a [u8])>,
}

impl<'a> Whole<'a> {
    fn read(wasm: &'a [u8], own: &Own) -> Result<Self> {
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
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            bail!("the WebAssembly has tables whose slots are computed");
                        };
                        for (slot, function) in (value.cast_unsigned()..).zip(functions) {
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
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            bail!("the WebAssembly has data whose address is computed");
                        };
                        whole.segments.push((value.cast_unsigned(), segment.data));
                    }
                }
                _ => {}
            }
        }
        Ok(whole)
    }

    fn imported_functions(&self) -> u32 {
        index(self.functions.len() - self.bodies.len())
    }

    fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported_functions())? as usize)
    }

    /// Returns the functions with code that are reached from the exports of these names alone.
    fn reached_only_from(&self, lazy: &[&str]) -> Result<BTreeSet<u32>> {
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
    fn shared(&self, uses: &Uses, moved: &BTreeSet<u32>) -> Vec<Shared> {
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

    /// Returns the module of the moved functions, and the data at these addresses.
    fn lazy_module(
        &self,
        lazy: &[&str],
        moved: &BTreeSet<u32>,
        uses: &Uses,
        shared: &[Shared],
        extracted: &[(u32, Vec<u8>)],
    ) -> Result<Vec<u8>> {
        let mut renumbered = Renumbered::default();
        let mut types = TypeSection::new();
        let imported = shared.iter().filter(|shared| shared.kind == ExternalKind::Func);
        let functions = imported.map(|shared| &shared.index).chain(moved);
        let own: Vec<u32> = functions.map(|function| self.type_of(*function)).collect();
        for of in uses.types.iter().chain(&own) {
            if !renumbered.types.contains_key(of) {
                renumbered.types.insert(*of, index(renumbered.types.len()));
                let signature = self.types.get(*of as usize).context("a type is missing")?;
                types.ty().func_type(&RoundtripReencoder.func_type(signature.clone())?);
            }
        }
        let mut imports = ImportSection::new();
        for Shared { kind, index: at, name } in shared {
            let (numbers, declared): (_, EntityType) = match kind {
                ExternalKind::Func => {
                    let of = renumbered.type_index(self.type_of(*at))?;
                    (&mut renumbered.functions, EntityType::Function(of))
                }
                ExternalKind::Table => {
                    let of = self.tables.get(*at as usize).context("a table is missing")?;
                    (&mut renumbered.tables, RoundtripReencoder.table_type(*of)?.into())
                }
                ExternalKind::Global => {
                    let of = self.globals.get(*at as usize).context("a global is missing")?;
                    (&mut renumbered.globals, RoundtripReencoder.global_type(*of)?.into())
                }
                ExternalKind::Memory => {
                    let of = self.memories.get(*at as usize).context("a memory is missing")?;
                    (&mut renumbered.memories, RoundtripReencoder.memory_type(*of)?.into())
                }
                other => bail!("{other:?} cannot be shared"),
            };
            numbers.insert(*at, index(numbers.len()));
            imports.import(MODULE, name, declared);
        }
        let mut functions = FunctionSection::new();
        for function in moved {
            let of = renumbered.type_index(self.type_of(*function))?;
            functions.function(of);
            renumbered.functions.insert(*function, index(renumbered.functions.len()));
        }
        let mut exports = ExportSection::new();
        for export in self.exports.iter().filter(|export| lazy.contains(&export.name)) {
            exports.export(export.name, ExportKind::Func, renumbered.function_index(export.index)?);
        }
        let mut code = CodeSection::new();
        for body in moved.iter().filter_map(|function| self.body(*function)) {
            renumbered.parse_function_body(&mut code, body.clone())?;
        }
        let mut data = DataSection::new();
        for (address, bytes) in extracted {
            data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
        }
        let mut elements = ElementSection::new();
        for (slot, function) in self.own_slots.iter().filter(|(_, function)| moved.contains(function)) {
            let function = [renumbered.function_index(*function)?];
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

    fn type_of(&self, function: u32) -> u32 {
        self.functions.get(function as usize).copied().unwrap_or_default()
    }
}

/// What functions use of their module.
#[derive(Default)]
struct Uses {
    functions: BTreeSet<u32>,
    tables: BTreeSet<u32>,
    globals: BTreeSet<u32>,
    types: BTreeSet<u32>,
}

impl Uses {
    /// Adds what a function uses; an imported one uses nothing.
    fn function(&mut self, function: u32, whole: &Whole<'_>) -> Result<()> {
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

/// Rewrites the main module without what moves, and exports what the other one imports.
struct Remaining<'a> {
    moved: &'a BTreeSet<u32>,
    shared: &'a [Shared],
    data: &'a [Range<u32>],
    /// The indices of the functions whose type and whose body is next.
    next_type: u32,
    next_body: u32,
    /// The number of segments of data.
    segments: u32,
    /// The data that was found, with its address.
    extracted: Vec<(u32, Vec<u8>)>,
}

impl Reencode for Remaining<'_> {
    type Error = Obstacle;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(function - index(self.moved.range(..function).count()))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for of in section {
            let of = of?;
            if !self.moved.contains(&self.next_type) {
                functions.function(of);
            }
            self.next_type += 1;
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let mut known = HashSet::new();
        for export in section {
            let export = export?;
            known.insert(export.name);
            if export.kind != ExternalKind::Func || !self.moved.contains(&export.index) {
                utils::parse_export(self, exports, export)?;
            }
        }
        for Shared { kind, index: at, name } in self.shared {
            if !known.contains(name.as_str()) {
                utils::parse_export(self, exports, Export { name, kind: *kind, index: *at })?;
            }
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if !self.moved.contains(&self.next_body) {
            utils::parse_function_body(self, code, body)?;
        }
        self.next_body += 1;
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.segments)
    }

    fn element_items<'a>(&mut self, items: ElementItems<'a>) -> Result<Elements<'a>, Error<Self::Error>> {
        let ElementItems::Functions(functions) = items else { return utils::element_items(self, items) };
        let functions: Vec<u32> = functions.into_iter().collect::<Result<_, _>>()?;
        let kept =
            functions.iter().copied().find(|function| !self.moved.contains(function)).unwrap_or_default();
        // Another function is in the slots of those that move, until the lazy module fills them.
        let functions = functions.into_iter().map(|function| {
            self.function_index(if self.moved.contains(&function) { kept } else { function })
        });
        Ok(Elements::Functions(functions.collect::<Result<Vec<_>, _>>()?.into()))
    }

    fn parse_data(&mut self, data: &mut DataSection, datum: Data<'_>) -> Result<(), Error<Self::Error>> {
        // `Whole::read` has read all of them.
        if let DataKind::Active { offset_expr, .. } = &datum.kind
            && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
        {
            let pieces = Pieces::of(value.cast_unsigned(), datum.data, self.data);
            for (address, bytes) in pieces.kept {
                data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
            }
            let moved = pieces.moved.into_iter().filter(|(_, bytes)| bytes.iter().any(|byte| *byte != 0));
            self.extracted.extend(moved.map(|(address, bytes)| (address, bytes.to_vec())));
        }
        Ok(())
    }
}

/// The least number of bytes for which it is worth while to split a segment: what describes a segment weighs as much.
const MIN_MOVED: u32 = 12;

/// The pieces of a segment of data that are kept and that move, with their addresses.
struct Pieces<'a> {
    kept: Vec<(u32, &'a [u8])>,
    moved: Vec<(u32, &'a [u8])>,
}

impl<'a> Pieces<'a> {
    fn of(address: u32, segment: &'a [u8], moving: &[Range<u32>]) -> Self {
        let end = address + index(segment.len());
        let slice = |from: u32, to: u32| {
            let bytes = segment.get((from - address) as usize..(to - address) as usize);
            bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| (from, bytes))
        };
        let (mut kept, mut moved) = (Vec::new(), Vec::new());
        let mut done = address;
        for range in moving {
            let (from, to) = (range.start.clamp(done, end), range.end.clamp(done, end));
            if to - from >= MIN_MOVED {
                kept.extend(slice(done, from));
                moved.extend(slice(from, to));
                done = to;
            }
        }
        kept.extend(slice(done, end));
        Self { kept, moved }
    }
}

/// Returns the name with a number: `a` to `z`, then `aa` and so on.
fn short_name(number: u32) -> String {
    let letter = char::from(b'a' + (number % 26) as u8);
    match (number / 26).checked_sub(1) {
        Some(before) => format!("{}{letter}", short_name(before)),
        None => letter.to_string(),
    }
}

/// Returns a length as an index of WebAssembly, of which there are fewer than 2³².
#[allow(clippy::cast_possible_truncation, reason = "no module is that large")]
fn index(length: usize) -> u32 {
    length as u32
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, DataSection};
    use wasm_encoder::{
        ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
        FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection, MemoryType, Module,
        RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::{Parser, Payload, Validator};

    use super::{Own, Split, short_name, split};

    /// Returns a module with an imported function 0 and these: 1, exported as `always`, calls 3; 2, exported as
    /// `sometimes`, calls 0, 3 and 4, and uses a global; 5, in slot 1 of the table, calls 4; 6 is in slot 2.
    fn module() -> Vec<u8> {
        let (mut types, mut imports, mut functions, mut tables, mut memories, mut globals) = (
            TypeSection::new(),
            ImportSection::new(),
            FunctionSection::new(),
            TableSection::new(),
            MemorySection::new(),
            GlobalSection::new(),
        );
        types.ty().function([], []);
        types.ty().function([ValType::I64], []);
        imports.import("page", "call", EntityType::Function(0));
        let calls: [&[u32]; 6] = [&[3], &[0, 3, 4], &[], &[], &[4], &[]];
        let mut code = CodeSection::new();
        for (index, called) in (1..).zip(calls) {
            functions.function(0);
            let mut body = Function::new([]);
            for function in called {
                body.instructions().call(*function);
            }
            if index == 2 {
                body.instructions().global_get(0).drop();
            }
            body.instructions().end();
            code.function(&body);
        }
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            minimum: 3,
            maximum: None,
            table64: false,
            shared: false,
        });
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mutable = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(mutable, &ConstExpr::i32_const(9));
        let mut exports = ExportSection::new();
        exports
            .export("memory", ExportKind::Memory, 0)
            .export("always", ExportKind::Func, 1)
            .export("sometimes", ExportKind::Func, 2)
            .export("a", ExportKind::Global, 0);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([5, 6].as_slice().into()));
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(100), *b"for both|for this part|for both");
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
        module.section(&globals).section(&exports).section(&elements).section(&code).section(&data);
        module.finish()
    }

    /// What the module `sometimes` uses alone: the slot of function 5, and the middle of the data.
    fn own() -> Own {
        Own { data: vec![109..122], slots: vec![1] }
    }

    /// Returns the names of what a module imports or exports, and the number of its functions and its data.
    fn contents(wasm: &[u8]) -> (Vec<String>, Vec<String>, usize, Vec<(u64, String)>) {
        let (mut imports, mut exports, mut functions, mut data) = (Vec::new(), Vec::new(), 0, Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    let all = section.into_imports().map(Result::unwrap);
                    imports.extend(all.map(|import| format!("{}.{}", import.module, import.name)));
                }
                Payload::ExportSection(section) => {
                    exports.extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
                }
                Payload::CodeSectionEntry(_) => functions += 1,
                Payload::DataSection(section) => {
                    for segment in section.into_iter().map(Result::unwrap) {
                        let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        let operator = offset_expr.get_operators_reader().read().unwrap();
                        let wasmparser::Operator::I32Const { value } = operator else { continue };
                        let text = String::from_utf8(segment.data.to_vec()).unwrap();
                        data.push((u64::try_from(value).unwrap(), text));
                    }
                }
                _ => {}
            }
        }
        (imports, exports, functions, data)
    }

    #[test]
    fn what_nothing_else_uses_moves_along() {
        let Split { main, lazy } = split(&module(), &["sometimes"], &own()).unwrap();
        let (imports, exports, functions, data) = contents(&main);
        assert_eq!(imports, ["page.call"]);
        assert_eq!(functions, 3, "1, 3 and 6 stay");
        assert_eq!(data, [(100, "for both|".to_owned()), (122, "|for both".to_owned())]);
        // `a` is taken.
        assert_eq!(exports, ["memory", "always", "a", "b", "c", "d"]);

        let (imports, exports, functions, data) = contents(&lazy);
        assert_eq!(imports, [".memory", ".b", ".a", ".c", ".d"]);
        assert_eq!((exports, functions), (vec!["sometimes".to_owned()], 3), "2, 4 and 5 move");
        assert_eq!(data, [(109, "for this part".to_owned())]);
        for part in [main, lazy] {
            Validator::new().validate_all(&part).unwrap();
        }
    }

    #[test]
    fn functions_in_shared_slots_stay_with_what_they_call() {
        let Split { main, lazy } = split(&module(), &["sometimes"], &Own::default()).unwrap();
        assert_eq!(contents(&main).2, 5, "only 2 moves");
        assert_eq!(contents(&lazy).3, []);
        for part in [main, lazy] {
            Validator::new().validate_all(&part).unwrap();
        }
    }

    #[test]
    fn what_is_not_exported_cannot_be_split_off() {
        let error = split(&module(), &["never"], &Own::default()).err().unwrap();
        assert!(error.to_string().contains("never"), "{error}");
    }

    #[test]
    fn names_are_short_and_distinct() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(short_name).collect();
        assert_eq!(names, ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    }
}
