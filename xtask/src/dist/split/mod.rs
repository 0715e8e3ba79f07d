//! Code splitting: moves functions that only some readers need into modules of their own (*chunks*).
//!
//! A page calls such a function only after it has loaded the module, which imports the memory, the tables, the
//! globals, and the functions that both need, from the exports of the main module. All functions that nothing else
//! calls move along, and so do the constant data and the slots of the table that nothing else refers to
//! (`linked.rs`).

mod exports;
mod lazy;
mod remaining;
mod whole;

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::{ExternalKind, Parser};

use self::lazy::lazy_module;
use self::remaining::Remaining;
use self::whole::{Names, Uses, Whole};
use super::linked::{Item, Linked};

/// A chunk of the widget, which few readers need.
pub(super) struct Chunk {
    /// Its path among the published files.
    path: &'static str,
    /// The functions that the page calls only after it has loaded this chunk, as wasm-bindgen exports them.
    exports: &'static [&'static str],
    /// Whether it converts the data of a CMS. Then the page calls its exports by these names, without the glue, and it
    /// has all that it needs: what several adapters need is copied into each, since a page loads one, or two.
    is_adapter: bool,
}

/// A chunk with what only it uses.
pub(super) struct Planned {
    chunk: &'static Chunk,
    own: Own,
}

/// What only one chunk uses besides functions that others call by name.
#[derive(Default)]
struct Own {
    /// The addresses of constant data, in ascending order.
    data: Vec<Range<u32>>,
    /// The slots of the table.
    slots: Vec<u32>,
}

/// Files with their published paths.
type Files = Vec<(&'static str, Vec<u8>)>;

impl Planned {
    /// Returns all chunks with what only each uses.
    pub(super) fn all(linked: &Linked) -> Vec<Self> {
        let adapters = adapter_exports();
        let plan = |chunk: &'static Chunk| {
            let apart = if chunk.is_adapter { &adapters[..] } else { chunk.exports };
            let others = linked.reached(|name| !is_one_of(apart, name), &[]);
            let own = linked.reached(|name| is_one_of(chunk.exports, name), &[]);
            let is_own = |item: Item| own.contains(&item) && !others.contains(&item);
            let own = Own {
                data: linked.addresses(is_own, |item| others.contains(&item), true),
                slots: linked.slots(is_own),
            };
            Self { chunk, own }
        };
        CHUNKS.iter().map(plan).collect()
    }

    /// Splits chunks off a module; returns what remains of it, and the chunks. `name` returns the name that the module
    /// exports a function by.
    pub(super) fn split_off(
        chunks: &[Self],
        module: &[u8],
        name: &impl Fn(&str) -> Result<String>,
    ) -> Result<(Vec<u8>, Files)> {
        let names = |chunk: &Self| chunk.chunk.exports.iter().map(|export| name(export)).collect();
        let names: Vec<Vec<String>> = chunks.iter().map(names).collect::<Result<_>>()?;
        let Split { main, lazy } = split(module, &Self::lazy(chunks, &names))?;
        let mut files = Vec::new();
        for ((Self { chunk, .. }, names), mut lazy) in chunks.iter().zip(&names).zip(lazy) {
            if chunk.is_adapter {
                let pairs = names.iter().map(String::as_str).zip(chunk.exports.iter().copied());
                lazy = exports::renamed(&lazy, &pairs.collect::<Vec<_>>())?;
            }
            files.push((chunk.path, lazy));
        }
        Ok((main, files))
    }

    /// Returns the functions of a module that move into each chunk.
    pub(super) fn moved(chunks: &[Self], module: &[u8]) -> Result<Vec<BTreeSet<u32>>> {
        let whole = Whole::read(module)?;
        let names = |chunk: &Self| chunk.chunk.exports.iter().copied().map(str::to_owned).collect();
        let names: Vec<Vec<String>> = chunks.iter().map(names).collect();
        let all = Self::lazy(chunks, &names);
        all.iter().map(|lazy| whole.needed_only_by(lazy, &all)).collect()
    }

    fn lazy<'a>(chunks: &'a [Self], names: &'a [Vec<String>]) -> Vec<Lazy<'a>> {
        let lazy = |(planned, names): (&'a Self, &'a Vec<String>)| Lazy {
            exports: names.iter().map(String::as_str).collect(),
            own: &planned.own,
            has_all: planned.chunk.is_adapter,
        };
        chunks.iter().zip(names).map(lazy).collect()
    }
}

/// A chunk that the glue links once it is loaded.
const fn linked_by_glue(path: &'static str, exports: &'static [&'static str]) -> Chunk {
    Chunk { path, exports, is_adapter: false }
}

/// A chunk that converts data of a CMS.
const fn adapter(path: &'static str, exports: &'static [&'static str]) -> Chunk {
    Chunk { path, exports, is_adapter: true }
}

/// The chunks of the widget. `src/embed/reading.js` loads them, and `src/adapters/convert.js` the adapters. An adapter
/// includes the readers of HTML, Markdown or blocks that nearly every document of its format needs; of some formats there
/// are several, one for each kind of text.
const CHUNKS: [Chunk; 28] = [
    linked_by_glue("wasm/mentions.wasm", &["embedded_linkMentions"]),
    linked_by_glue(
        "wasm/long_article.wasm",
        &["embedded_firstScreen", "embedded_writePart", "embedded_drawSlice"],
    ),
    linked_by_glue("wasm/redraw.wasm", &["embedded_change", "embedded_passages"]),
    adapter("wasm/adapters_arc-ans.wasm", &["toCanonical", "registerArcAns", "registerHtml"]),
    adapter(
        "wasm/adapters_contentful.wasm",
        &["toCanonical", "registerContentful", "registerContentfulBlocks"],
    ),
    adapter("wasm/adapters_contentful-blocks.wasm", &["registerContentfulBlocks"]),
    adapter(
        "wasm/adapters_contentful_markdown.wasm",
        &["toCanonical", "registerContentful", "registerMarkdown"],
    ),
    adapter("wasm/adapters_csl-json.wasm", &["registerCslJson"]),
    adapter("wasm/adapters_detection.wasm", &["registerDetection"]),
    adapter("wasm/adapters_drupal.wasm", &["toCanonical", "registerDrupal", "registerHtml"]),
    adapter("wasm/adapters_failures.wasm", &["registerFailures"]),
    adapter("wasm/adapters_ghost.wasm", &["toCanonical", "registerGhost", "registerHtml"]),
    adapter("wasm/adapters_html.wasm", &["registerHtml"]),
    adapter("wasm/adapters_json-feed.wasm", &["toCanonical", "registerJsonFeed", "registerHtml"]),
    adapter("wasm/adapters_json-ld.wasm", &["toCanonical", "registerJsonLd"]),
    adapter("wasm/adapters_json-ld_html.wasm", &["toCanonical", "registerJsonLd", "registerHtml"]),
    adapter("wasm/adapters_map.wasm", &["toCanonical", "registerMap"]),
    adapter("wasm/adapters_map_html.wasm", &["toCanonical", "registerMap", "registerHtml"]),
    adapter("wasm/adapters_markdown.wasm", &["registerMarkdown"]),
    adapter("wasm/adapters_model-answer.wasm", &["toCanonical", "registerModelAnswer", "registerMarkdown"]),
    adapter("wasm/adapters_ninjs.wasm", &["toCanonical", "registerNinjs", "registerHtml"]),
    adapter(
        "wasm/adapters_portable-text.wasm",
        &["toCanonical", "registerPortableText", "registerPortableTextBlocks"],
    ),
    adapter("wasm/adapters_portable-text-blocks.wasm", &["registerPortableTextBlocks"]),
    adapter("wasm/adapters_strapi.wasm", &["toCanonical", "registerStrapi", "registerStrapiBlocks"]),
    adapter("wasm/adapters_strapi-blocks.wasm", &["registerStrapiBlocks"]),
    adapter("wasm/adapters_strapi_html.wasm", &["toCanonical", "registerStrapi", "registerHtml"]),
    adapter("wasm/adapters_strapi_markdown.wasm", &["toCanonical", "registerStrapi", "registerMarkdown"]),
    adapter("wasm/adapters_wordpress.wasm", &["toCanonical", "registerWordpress", "registerHtml"]),
];

fn adapter_exports() -> Vec<&'static str> {
    CHUNKS.iter().filter(|chunk| chunk.is_adapter).flat_map(|chunk| chunk.exports).copied().collect()
}

/// Returns whether a published file is an adapter.
pub(super) fn is_adapter(path: &str) -> bool {
    CHUNKS.iter().any(|chunk| chunk.path == path && chunk.is_adapter)
}

/// Returns the functions that run only in an engine that is dropped as a whole: those that only adapters call.
pub(super) fn disposable(linked: &Linked) -> HashSet<u32> {
    let exports = adapter_exports();
    let is_adapter = |name: &str| is_one_of(&exports, name);
    let others = linked.reached(|name| !is_adapter(name), &[]);
    let reached = linked.reached(is_adapter, &[]).into_iter().filter(|item| !others.contains(item));
    let function = |item: Item| match item {
        Item::Function(index) => Some(index),
        Item::Data(_) => None,
    };
    reached.filter_map(function).collect()
}

/// Returns whether an export of the compiler is one of these: it adds a hash to each name, which wasm-bindgen removes.
fn is_one_of(exports: &[&str], name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(method, _)| exports.contains(&method))
}

/// Returns whether a published file is a chunk.
pub(crate) fn is_chunk(file: &Path) -> bool {
    CHUNKS.iter().any(|chunk| Path::new(chunk.path) == file)
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

/// A module to split off.
struct Lazy<'a> {
    /// The functions that the page calls only after it has loaded the module, by the names of their exports.
    exports: Vec<&'a str>,
    /// What only this module uses besides functions that others call by name.
    own: &'a Own,
    /// Whether it has all that it needs besides what the main module has: what several such modules need is copied into
    /// each.
    has_all: bool,
}

/// A module that has been split.
struct Split {
    /// What every reader needs.
    main: Vec<u8>,
    /// The modules that have been split off.
    lazy: Vec<Vec<u8>>,
}

/// The index of the table of functions.
const FUNCTIONS: u32 = 0;

/// The name of the module in the imports of the lazy one.
const MODULE: &str = "";

/// Moves exported functions into modules of their own, with what only they use.
fn split(wasm: &[u8], all: &[Lazy<'_>]) -> Result<Split> {
    let whole = Whole::read(wasm)?;
    let mut names = Names::new(&whole);
    let mut lazy_modules = Vec::new();
    let (mut all_moved, mut all_shared) = (BTreeSet::new(), Vec::<Shared>::new());
    let data = joined(all.iter().flat_map(|lazy| &lazy.own.data));
    for lazy in all {
        let moved = whole.needed_only_by(lazy, all)?;
        let mut uses = Uses::default();
        for index in &moved {
            uses.function(*index, &whole)?;
        }
        if whole.own_slots(lazy.own).any(|(_, function)| moved.contains(&function)) {
            uses.tables.insert(FUNCTIONS);
        }
        let shared = whole.shared(&uses, &moved, &mut names);
        let own_data = common(&lazy.own.data, &data);
        lazy_modules.push(lazy_module(&whole, lazy, &own_data, &moved, &uses, &shared)?);
        all_moved.extend(moved);
        for one in shared {
            let is_known = whole.exports.iter().any(|export| export.name == one.name);
            if !is_known && !all_shared.iter().any(|known| known.name == one.name) {
                all_shared.push(one);
            }
        }
    }
    let mut main = Module::new();
    Remaining::of(&whole, &all_moved, &all_shared, &data)
        .parse_core_module(&mut main, Parser::new(0), wasm)
        .context("cannot rewrite the WebAssembly")?;
    Ok(Split { main: main.finish(), lazy: lazy_modules })
}

/// The least number of bytes for which it is worth while to move data: what describes a segment weighs as much.
const MIN_MOVED: u32 = 12;

/// Returns the addresses of the data to move, in ascending order.
fn joined<'a>(ranges: impl Iterator<Item = &'a Range<u32>>) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> =
        ranges.filter(|range| range.end - range.start >= MIN_MOVED).cloned().collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Returns the addresses that are in both lists, which are in ascending order.
fn common(one: &[Range<u32>], other: &[Range<u32>]) -> Vec<Range<u32>> {
    let parts = one.iter().flat_map(|range| {
        let part = |of: &Range<u32>| range.start.max(of.start)..range.end.min(of.end);
        other.iter().map(part).filter(|part| part.start < part.end)
    });
    parts.collect()
}

/// Something of the main module that the lazy one imports.
struct Shared {
    kind: ExternalKind,
    index: u32,
    /// The name under which the main module exports it.
    name: String,
}

/// Returns a length as an index of WebAssembly, of which there are fewer than 2³².
#[allow(clippy::cast_possible_truncation, reason = "no module is that large")]
fn index(length: usize) -> u32 {
    length as u32
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
        Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Module, TypeSection, ValType,
    };
    use wasmparser::{DataKind, Parser, Payload, Validator};

    use std::ops::Range;

    use super::super::{fixtures, offset};
    use super::whole::short_name;
    use super::{Lazy, Own};

    struct Split {
        main: Vec<u8>,
        lazy: Vec<u8>,
    }

    /// Splits off one module.
    fn split(wasm: &[u8], exports: &[&str], own: &Own) -> anyhow::Result<Split> {
        let lazy = Lazy { exports: exports.to_vec(), own, has_all: false };
        let super::Split { main, lazy } = super::split(wasm, &[lazy])?;
        Ok(Split { main, lazy: lazy.into_iter().next().unwrap() })
    }

    /// Returns a module with an imported function 0 and these: 1, exported as `always`, calls 3; 2, exported as
    /// `sometimes`, calls 0, 3 and 4, and uses a global; 5, in slot 1 of the table, calls 4; 6 is in slot 2.
    fn module() -> Vec<u8> {
        module_with(&[&[3], &[0, 3, 4], &[], &[], &[4], &[]], &["always", "sometimes"])
    }

    /// Returns such a module in which each function calls others. The first ones are exported by these names.
    fn module_with(calls: &[&[u32]], names: &[&str]) -> Vec<u8> {
        let (mut types, mut imports, mut functions, mut globals) =
            (TypeSection::new(), ImportSection::new(), FunctionSection::new(), GlobalSection::new());
        let (tables, memories) = (fixtures::table(3), fixtures::memory());
        types.ty().function([], []);
        types.ty().function([ValType::I64], []);
        imports.import("page", "call", EntityType::Function(0));
        let mut code = CodeSection::new();
        for (index, called) in (1..).zip(calls) {
            functions.function(0);
            let mut body = Function::new([]);
            for function in *called {
                body.instructions().call(*function);
            }
            if index == 2 {
                body.instructions().global_get(0).drop();
            }
            body.instructions().end();
            code.function(&body);
        }
        let mutable = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(mutable, &ConstExpr::i32_const(9));
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        for (index, name) in (1..).zip(names).filter(|(_, name)| !name.is_empty()) {
            exports.export(name, ExportKind::Func, index);
        }
        exports.export("a", ExportKind::Global, 0);
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
        Own { data: std::iter::once(109..122).collect(), slots: vec![1] }
    }

    /// What a module contains.
    #[derive(Default)]
    struct Contents {
        imports: Vec<String>,
        exports: Vec<String>,
        functions: usize,
        /// The segments of data, with their addresses.
        data: Vec<(u32, String)>,
    }

    /// Returns what a valid module contains.
    fn contents(wasm: &[u8]) -> Contents {
        Validator::new().validate_all(wasm).unwrap();
        let mut contents = Contents::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    let all = section.into_imports().map(Result::unwrap);
                    contents.imports.extend(all.map(|import| format!("{}.{}", import.module, import.name)));
                }
                Payload::ExportSection(section) => {
                    contents
                        .exports
                        .extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
                }
                Payload::CodeSectionEntry(_) => contents.functions += 1,
                Payload::DataSection(section) => {
                    for segment in section.into_iter().map(Result::unwrap) {
                        let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        let Some(address) = offset::stated(&offset_expr).unwrap() else { continue };
                        contents.data.push((address, String::from_utf8(segment.data.to_vec()).unwrap()));
                    }
                }
                _ => {}
            }
        }
        contents
    }

    #[test]
    fn what_nothing_else_uses_moves_along() {
        let Split { main, lazy } = split(&module(), &["sometimes"], &own()).unwrap();
        let main = contents(&main);
        assert_eq!(main.imports, ["page.call"]);
        assert_eq!(main.functions, 3, "1, 3 and 6 stay");
        assert_eq!(main.data, [(100, "for both|".to_owned()), (122, "|for both".to_owned())]);
        // `a` is taken.
        assert_eq!(main.exports, ["memory", "always", "a", "b", "c", "d"]);

        let lazy = contents(&lazy);
        assert_eq!(lazy.imports, [".memory", ".b", ".a", ".c", ".d"]);
        assert_eq!(lazy.exports, ["sometimes"]);
        assert_eq!(lazy.functions, 3, "2, 4 and 5 move");
        assert_eq!(lazy.data, [(109, "for this part".to_owned())]);
    }

    #[test]
    fn functions_in_shared_slots_stay_with_what_they_call() {
        let Split { main, lazy } = split(&module(), &["sometimes"], &Own::default()).unwrap();
        assert_eq!(contents(&main).functions, 5, "only 2 moves");
        assert_eq!(contents(&lazy).data, []);
    }

    const CALLS: [&[u32]; 6] = [&[], &[4], &[0, 4], &[], &[], &[]];
    const NAMES: [&str; 3] = ["always", "sometimes", "rarely"];

    /// Splits off the modules `sometimes` and `rarely`, which both call 4; nothing else does.
    fn two(has_all: bool) -> super::Split {
        let own = Own::default();
        let lazy = |name| Lazy { exports: vec![name], own: &own, has_all };
        super::split(&module_with(&CALLS, &NAMES), &[lazy("sometimes"), lazy("rarely")]).unwrap()
    }

    fn functions(modules: &[Vec<u8>]) -> Vec<usize> {
        modules.iter().map(|module| contents(module).functions).collect()
    }

    #[test]
    fn what_two_modules_need_stays() {
        let super::Split { main, lazy } = two(false);
        assert_eq!(contents(&main).functions, 4, "1, 4, and 5 and 6 in the table stay");
        assert_eq!(functions(&lazy), [1, 1]);
    }

    #[test]
    fn what_modules_that_have_all_need_is_copied_into_each() {
        let super::Split { main, lazy } = two(true);
        assert_eq!(contents(&main).functions, 3, "1, and 5 and 6 in the table stay");
        assert_eq!(functions(&lazy), [2, 2]);
    }

    #[test]
    fn data_that_moves_for_one_module_is_in_each_that_needs_it() {
        let wasm = module_with(&CALLS, &NAMES);
        let own = |data: Range<u32>| Own { data: vec![data], slots: Vec::new() };
        // By itself, the first piece would be too short to move.
        let (short, long) = (own(109..114), own(109..122));
        let lazy = |name, own| Lazy { exports: vec![name], own, has_all: true };
        let super::Split { main, lazy } =
            super::split(&wasm, &[lazy("sometimes", &short), lazy("rarely", &long)]).unwrap();
        assert_eq!(contents(&main).data, [(100, "for both|".to_owned()), (122, "|for both".to_owned())]);
        assert_eq!(contents(&lazy[0]).data, [(109, "for t".to_owned())]);
        assert_eq!(contents(&lazy[1]).data, [(109, "for this part".to_owned())]);
    }

    #[test]
    fn exports_are_renamed() {
        let renamed = super::exports::renamed(&module(), &[("sometimes", "often")]).unwrap();
        assert_eq!(contents(&renamed).exports, ["memory", "always", "often", "a"]);
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
