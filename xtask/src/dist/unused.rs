//! Removes the parts of Yew that no briefing reaches.
//!
//! The linker removes what nothing calls. But it cannot know that a variant of an `enum` is never
//! constructed, or that a list is always empty, so the code for these cases stays. Here the body of each such
//! function becomes a trap, and `wasm-opt` removes the code that only these functions call. If a briefing
//! reaches such a function nevertheless, it ends as after any trap: the page shows its own fallback content.
//!
//! Only published files are changed: an application that renders a briefing with a Yew of its own keeps
//! everything.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use rustc_demangle::demangle;
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{CodeSection, DataSection, Function, Instruction};
use wasmparser::{DataKind, FunctionBody};

use super::linked::{self, Item, Linked};
use super::{names, offset};

/// A part of Yew that is never reached, by its functions: the type of each, and its name. The body of each
/// must be unique: the compiler merges identical functions, such as those that drop two types, under the name
/// of either.
struct Unused {
    /// The reason why it is never reached.
    because: &'static str,
    functions: &'static [(&'static str, &'static str)],
}

const UNUSED: [Unused; 3] = [
    Unused {
        because: "no markup is inserted as text, which tests/architecture.rs forbids",
        functions: &[("::VRaw", "attach"), ("::BRaw", "detach"), ("::BRaw", "position")],
    },
    Unused {
        because: "no component suspends",
        functions: &[("::VSuspense", "attach"), ("::AnyScope", "find_parent_scope")],
    },
    Unused {
        because: "no component has Yew listeners, which Yew never releases: see CONTRIBUTING.md, view",
        functions: &[
            ("::ListenerRegistration", "register"),
            ("::listeners::Registry", "register"),
            ("::SubtreeData", "add_listener"),
            ("::BSubtree", "ensure_handled"),
            ("::EventDescriptor", "clone"),
        ],
    },
];

/// Returns the module with traps instead of the functions that are never reached. The module must have names.
pub(super) fn with_traps(wasm: &[u8], linked: &Linked) -> Result<Vec<u8>> {
    let names = names::function_names(wasm)?;
    let demangled: Vec<String> =
        names.iter().map(|name| format!("{:#}", demangle(name.as_deref().unwrap_or_default()))).collect();
    for unused in &UNUSED {
        ensure!(
            demangled.iter().any(|name| unused.has(name)),
            "the WebAssembly has no function to remove because {}: find the new name in Yew and write \
             it in xtask/src/dist/unused.rs",
            unused.because
        );
    }
    let mut is_unused: Vec<bool> =
        demangled.iter().map(|name| UNUSED.iter().any(|unused| unused.has(name))).collect();
    // What only these functions use is unused, too.
    let reached = linked.reached(|_| true, &is_unused);
    for (index, is_unused) in (0..).zip(&mut is_unused) {
        *is_unused |= !reached.contains(&Item::Function(index));
    }
    let unused_data =
        linked.addresses(|item| !reached.contains(&item), |item| reached.contains(&item), false);
    let mut module = wasm_encoder::Module::new();
    Trapping { is_unused, unused_data, next: names::count_imported(wasm)? }
        .parse_core_module(&mut module, wasmparser::Parser::new(0), wasm)
        .context("cannot rewrite the WebAssembly")?;
    Ok(module.finish())
}

impl Unused {
    /// Returns whether this part has a function of this name.
    fn has(&self, name: &str) -> bool {
        (name.starts_with("yew::") || name.starts_with("<yew::"))
            && self.functions.iter().any(|(of, called)| name.contains(of) && name.contains(called))
    }
}

/// Rewrites a module with other bodies.
struct Trapping {
    /// For each function whether it is unused; the imported ones come first.
    is_unused: Vec<bool>,
    /// The addresses of data that is unused.
    unused_data: Vec<Range<u32>>,
    /// The index of the function whose body is next.
    next: usize,
}

impl Reencode for Trapping {
    type Error = std::convert::Infallible;

    fn parse_custom_section(
        &mut self,
        module: &mut wasm_encoder::Module,
        section: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        // The places of the relocations are wrong from now on.
        if linked::is_of_linker(section.name()) {
            return Ok(());
        }
        utils::parse_custom_section(self, module, section)
    }

    fn parse_data(
        &mut self,
        data: &mut DataSection,
        segment: wasmparser::Data<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        let mut bytes = segment.data.to_vec();
        if let DataKind::Active { offset_expr, .. } = &segment.kind
            && let Some(begin) = offset::stated(offset_expr)?
        {
            // Zeros weigh nothing once compressed.
            let place = |address: u32| address.checked_sub(begin).map(|at| at as usize);
            for unused in &self.unused_data {
                if let Some((start, end)) = place(unused.start).zip(place(unused.end))
                    && let Some(bytes) = bytes.get_mut(start..end)
                {
                    bytes.fill(0);
                }
            }
        }
        utils::parse_data(self, data, wasmparser::Data { data: &bytes, ..segment })
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        let is_unused = self.is_unused.get(self.next) == Some(&true);
        self.next += 1;
        if !is_unused {
            return utils::parse_function_body(self, code, body);
        }
        let mut trap = Function::new([]);
        trap.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
        code.function(&trap);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection, Module,
        TypeSection,
    };
    use wasmparser::{Operator, Parser, Payload};

    use super::super::linked::Linked;
    use super::super::names;
    use super::{UNUSED, with_traps};

    /// Returns a module with an imported function, and for each of these names an exported function that calls it.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("page", "call", EntityType::Function(0));
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        let mut exports = ExportSection::new();
        for (index, name) in (1..).zip(names) {
            exports.export(name, ExportKind::Func, index);
            functions.function(0);
            let mut body = Function::new([]);
            body.instructions().call(0).end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        let all: Vec<String> = std::iter::once(&"call").chain(names).map(|name| (*name).to_owned()).collect();
        names::with_names(&module.finish(), &all).unwrap()
    }

    /// Returns for each function whether it is a trap.
    fn traps(wasm: &[u8]) -> Vec<bool> {
        let bodies = Parser::new(0).parse_all(wasm).filter_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        bodies
            .map(|body| {
                let first = body.get_operators_reader().unwrap().read().unwrap();
                matches!(first, Operator::Unreachable)
            })
            .collect()
    }

    const REACHED: [&str; 4] = [
        "news_briefing::view::player::VRaw::attach",
        "<yew::virtual_dom::vtag::VTag as yew::dom_bundle::traits::Reconcilable>::attach",
        "yew::dom_bundle::btag::listeners::Registry::new",
        "core::ptr::drop_in_place::<yew::dom_bundle::braw::BRaw>",
    ];

    #[test]
    fn only_unused_functions_become_traps() {
        // As the compiler names them in the small build and in the plain one.
        let unused = [
            "<yew::virtual_dom::vraw::VRaw as yew::dom_bundle::traits::Reconcilable>::attach",
            "yew::dom_bundle::bsuspense::<impl Reconcilable for yew::virtual_dom::vsuspense::VSuspense>::attach",
            "<yew::dom_bundle::subtree_root::SubtreeData>::add_listener::{closure#0}",
        ];
        let module = module(&[&REACHED[..], &unused[..]].concat());
        let wasm = with_traps(&module, &Linked::read(&module).unwrap()).unwrap();
        assert_eq!(traps(&wasm), [false, false, false, false, true, true, true]);
        assert_eq!(names::function_names(&wasm).unwrap().len(), 8, "names stay");
    }

    #[test]
    fn a_function_that_yew_no_longer_has_is_reported() {
        let module = module(&REACHED);
        let error = with_traps(&module, &Linked::read(&module).unwrap()).unwrap_err().to_string();
        assert!(error.contains(UNUSED[0].because), "{error}");
    }
}
