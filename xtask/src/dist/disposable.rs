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
    use std::collections::HashSet;

    use wasm_encoder::{CodeSection, Function, FunctionSection, Instruction, Module, TypeSection, ValType};
    use wasmparser::{Operator, Parser, Payload, Validator};

    use super::super::names;
    use super::{frees, without_destructors};

    /// Returns a module in which functions 2 and 3 call a destructor of two parameters, and one that does more.
    fn module() -> Vec<u8> {
        let (mut types, mut functions, mut code) =
            (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([ValType::I32, ValType::I32], []);
        types.ty().function([], []);
        let mut empty = Function::new([]);
        empty.instructions().end();
        for _ in 0..2 {
            functions.function(0);
            code.function(&empty);
        }
        for _ in 0..2 {
            functions.function(1);
            let mut body = Function::new([]);
            for called in [0, 1] {
                body.instruction(&Instruction::I32Const(1)).instruction(&Instruction::I32Const(2));
                body.instruction(&Instruction::Call(called));
            }
            body.instructions().end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code);
        let names = [
            "core::ptr::drop_in_place::<[alloc::string::String]>",
            "core::ptr::drop_in_place::<alloc::vec::drain::Drain<u8>>",
            "adapter",
            "widget",
        ];
        names::with_names(&module.finish(), &names.map(str::to_owned)).unwrap()
    }

    #[test]
    fn only_disposable_functions_free_nothing() {
        let wasm = without_destructors(&module(), &HashSet::from([2])).unwrap();
        Validator::new().validate_all(&wasm).unwrap();
        let mut called = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            if let Payload::CodeSectionEntry(body) = payload.unwrap() {
                let calls =
                    body.get_operators_reader().unwrap().into_iter().filter_map(|operator| match operator {
                        Ok(Operator::Call { function_index }) => Some(function_index),
                        _ => None,
                    });
                called.push(calls.collect::<Vec<_>>());
            }
        }
        assert_eq!(called, [vec![], vec![], vec![1], vec![0, 1]]);
    }

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
