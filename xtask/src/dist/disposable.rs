//! Removes the code that frees memory from functions that run only in an engine that is dropped as a whole, as those of
//! the adapters do (`src/adapters/convert.js`).
//!
//! The compiler cannot know that, since the same types are freed elsewhere. Here the calls of destructors that do
//! nothing but free memory are removed, so that `wasm-opt` can remove what leads to them.

use std::collections::HashSet;

use anyhow::{Context, Result, ensure};
use rustc_demangle::demangle;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Function, Instruction, Module};
use wasmparser::{CompositeInnerType, FunctionBody, Operator, Parser, Payload, TypeRef};

use super::names;

/// The types whose destructors only free memory, or drop values of such types. Others end a borrow or a state, as
/// `Drain` does.
const FREEING: [&str; 11] = [
    "(",
    "[",
    "alloc::boxed::Box<",
    "alloc::raw_vec::RawVec<",
    "alloc::rc::Rc<",
    "alloc::string::String",
    "alloc::vec::Vec<",
    "alloc::vec::into_iter::IntoIter<",
    "core::option::Option<",
    "news_briefing::",
    "wasm_bindgen::JsValue",
];
/// Parts of the names of types whose destructors do more, wherever they are inside.
const MORE: [&str; 3] = ["Drain", "core::cell::Ref", "Guard"];

/// Returns a module in which the functions of these indices free nothing. The module must have names.
pub(super) fn without_destructors(wasm: &[u8], disposable: &HashSet<u32>) -> Result<Vec<u8>> {
    let parameters = parameters(wasm)?;
    let freeing: Vec<Option<usize>> = names::function_names(wasm)?
        .iter()
        .map(|name| format!("{:#}", demangle(name.as_deref().unwrap_or_default())))
        .zip(parameters)
        .map(|(name, parameters)| frees(&name).then_some(parameters))
        .collect();
    ensure!(
        freeing.iter().any(Option::is_some),
        "the WebAssembly has no destructors: find their new names and write them in xtask/src/dist/disposable.rs"
    );
    let next = u32::try_from(names::count_imported(wasm)?)?;
    let mut module = Module::new();
    Disposing { freeing, disposable, next }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("cannot rewrite the WebAssembly")?;
    Ok(module.finish())
}

/// Returns whether a function of this name does nothing but free memory.
fn frees(name: &str) -> bool {
    let dropped = name
        .strip_prefix("core::ptr::drop_in_place::<")
        .or_else(|| name.strip_prefix('<').filter(|rest| rest.contains(" as core::ops::drop::Drop>::drop")))
        .or_else(|| name.strip_prefix('<').filter(|rest| rest.ends_with(">::drop_slow")));
    let is_type = |dropped: &str| {
        FREEING.iter().any(|of| dropped.starts_with(of)) && !MORE.iter().any(|part| dropped.contains(part))
    };
    dropped.is_some_and(is_type)
        || name.starts_with("<alloc::alloc::Global as core::alloc::Allocator>::deallocate")
}

/// Returns the number of parameters of each function.
fn parameters(wasm: &[u8]) -> Result<Vec<usize>> {
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section {
                    for declared in group?.into_types() {
                        types.push(match declared.composite_type.inner {
                            CompositeInnerType::Func(function) => function.params().len(),
                            _ => 0,
                        });
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if let TypeRef::Func(of) = import?.ty {
                        functions.push(of);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for of in section {
                    functions.push(of?);
                }
            }
            _ => {}
        }
    }
    functions.into_iter().map(|of| types.get(of as usize).copied().context("a type is missing")).collect()
}

/// Rewrites a module without calls of destructors in some functions.
struct Disposing<'a> {
    /// For each function that frees, the number of its parameters.
    freeing: Vec<Option<usize>>,
    disposable: &'a HashSet<u32>,
    /// The index of the function whose body is next.
    next: u32,
}

impl Reencode for Disposing<'_> {
    type Error = std::convert::Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let is_disposable = self.disposable.contains(&self.next);
        self.next += 1;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            match operator {
                Operator::Call { function_index } if is_disposable => {
                    self.write_call(&mut function, function_index);
                }
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}

impl Disposing<'_> {
    fn write_call(&self, function: &mut Function, called: u32) {
        match self.freeing.get(called as usize).copied().flatten() {
            Some(parameters) => {
                for _ in 0..parameters {
                    function.instruction(&Instruction::Drop);
                }
            }
            None => {
                function.instruction(&Instruction::Call(called));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::frees;

    #[test]
    fn destructors_that_only_free_are_recognised() {
        for name in [
            "core::ptr::drop_in_place::<alloc::vec::Vec<news_briefing::article::block::Block>>",
            "core::ptr::drop_in_place::<[alloc::string::String]>",
            "<alloc::rc::Rc<str>>::drop_slow",
            "<alloc::vec::Vec<u8> as core::ops::drop::Drop>::drop",
            "<alloc::alloc::Global as core::alloc::Allocator>::deallocate",
        ] {
            assert!(frees(name), "{name}");
        }
        for name in [
            "core::ptr::drop_in_place::<alloc::vec::drain::Drain<u8>>",
            "core::ptr::drop_in_place::<core::option::Option<core::cell::RefMut<u8>>>",
            "<alloc::vec::drain::Drain<u8> as core::ops::drop::Drop>::drop",
            "<alloc::vec::Vec<u8>>::drain",
            "news_briefing::cms::html::drop::dropped",
        ] {
            assert!(!frees(name), "{name}");
        }
    }
}
