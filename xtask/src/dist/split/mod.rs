//! Code splitting: moves functions that only some readers need into modules of their own (*chunks*).
//!
//! A page calls such a function only after it has loaded the module, which imports the memory, the tables, the
//! globals, and the functions that both need, from the exports of the main module. All functions that nothing else
//! calls move along, and so do the constant data and the slots of the table that nothing else refers to
//! (`linked.rs`).

mod lazy;
mod remaining;
mod whole;

use std::fmt;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::{ExternalKind, Parser};

use self::lazy::lazy_module;
use self::remaining::Remaining;
use self::whole::{Uses, Whole};
use super::linked::{Item, Linked};

/// A chunk of the widget, which few readers need.
pub(super) struct Chunk {
    /// Its path among the published files.
    pub(super) path: &'static str,
    /// The methods that the page calls only after it has loaded this chunk, as wasm-bindgen exports them.
    pub(super) exports: &'static [&'static str],
}

/// What only one chunk uses besides functions that others call by name.
#[derive(Default)]
pub(super) struct Own {
    /// The addresses of constant data, in ascending order.
    pub(super) data: Vec<Range<u32>>,
    /// The slots of the table.
    pub(super) slots: Vec<u32>,
}

impl Chunk {
    /// Returns what only this chunk uses.
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

/// The chunks of the widget. `src/embed/reading.js` loads them.
pub(super) const CHUNKS: [Chunk; 3] = [
    Chunk { path: "wasm/mentions.wasm", exports: &["embedded_linkMentions"] },
    Chunk { path: "wasm/long_article.wasm", exports: &["embedded_firstScreen", "embedded_drawSlice"] },
    Chunk { path: "wasm/redraw.wasm", exports: &["embedded_change", "embedded_passages"] },
];

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

/// A module that has been split.
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
    let mut remaining = Remaining::of(&whole, &moved, &shared, &own.data);
    remaining.parse_core_module(&mut main, Parser::new(0), wasm).context("cannot rewrite the WebAssembly")?;
    let lazy = lazy_module(&whole, lazy, &moved, &uses, &shared, &remaining.extracted)?;
    Ok(Split { main: main.finish(), lazy })
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

    use super::super::{fixtures, offset};
    use super::whole::short_name;
    use super::{Own, Split, split};

    /// Returns a module with an imported function 0 and these: 1, exported as `always`, calls 3; 2, exported as
    /// `sometimes`, calls 0, 3 and 4, and uses a global; 5, in slot 1 of the table, calls 4; 6 is in slot 2.
    fn module() -> Vec<u8> {
        let (mut types, mut imports, mut functions, mut globals) =
            (TypeSection::new(), ImportSection::new(), FunctionSection::new(), GlobalSection::new());
        let (tables, memories) = (fixtures::table(3), fixtures::memory());
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
