//! What no briefing reaches of Yew.
//!
//! What nothing calls, the linker leaves out. But it cannot know that a variant of an `enum` is never made, nor that a
//! list is always empty; so what those would lead to stays. Here the body of each such function becomes a trap, and
//! `wasm-opt` takes out what it alone has led to. Should a briefing reach one all the same, it ends as after any trap: in
//! what the page itself has to say.
//!
//! Only what is published is made so: an application that renders a briefing with a Yew of its own keeps all of it.

use anyhow::{Context, Result, ensure};
use rustc_demangle::demangle;
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{CodeSection, Function, Instruction};
use wasmparser::FunctionBody;

use super::names;

/// A part of Yew, by its functions: the type that each is of, and what it is called. Each has a body like no other: the
/// compiler makes one of those that are alike, such as what drops two types, under the name of either.
struct Unused {
    /// Why it is never reached.
    because: &'static str,
    functions: &'static [(&'static str, &'static str)],
}

const UNUSED: [Unused; 3] = [
    Unused {
        because: "no markup comes as text: tests/architecture.rs forbids what would make a node of it",
        functions: &[("::VRaw", "attach"), ("::BRaw", "detach"), ("::BRaw", "position")],
    },
    Unused {
        because: "nothing is suspended",
        functions: &[("::VSuspense", "attach"), ("::AnyScope", "find_parent_scope")],
    },
    Unused {
        because: "no component has listeners of Yew's, which never lets go of them: see CONTRIBUTING.md, view",
        functions: &[
            ("::ListenerRegistration", "register"),
            ("::listeners::Registry", "register"),
            ("::SubtreeData", "add_listener"),
            ("::BSubtree", "ensure_handled"),
            ("::EventDescriptor", "clone"),
        ],
    },
];

/// The module with traps in the place of what is never reached. Functions have their names.
pub(super) fn trapped(wasm: &[u8]) -> Result<Vec<u8>> {
    let names = names::of_functions(wasm)?;
    let demangled: Vec<String> =
        names.iter().map(|name| format!("{:#}", demangle(name.as_deref().unwrap_or_default()))).collect();
    for unused in &UNUSED {
        ensure!(
            demangled.iter().any(|name| unused.has(name)),
            "no function of the WebAssembly is of what is never reached since {}: see what Yew calls it now, \
             in xtask/src/dist/unused.rs",
            unused.because
        );
    }
    let is_unused = demangled.iter().map(|name| UNUSED.iter().any(|unused| unused.has(name))).collect();
    let mut module = wasm_encoder::Module::new();
    Trapping { is_unused, next: names::imported(wasm)? }
        .parse_core_module(&mut module, wasmparser::Parser::new(0), wasm)
        .context("the WebAssembly cannot be written anew")?;
    Ok(module.finish())
}

impl Unused {
    /// Whether it has a function of this name.
    fn has(&self, name: &str) -> bool {
        (name.starts_with("yew::") || name.starts_with("<yew::"))
            && self.functions.iter().any(|(of, called)| name.contains(of) && name.contains(called))
    }
}

/// Writes a module anew, with other bodies.
struct Trapping {
    /// Of each function, the imported ones first.
    is_unused: Vec<bool>,
    /// The function whose body is next.
    next: usize,
}

impl Reencode for Trapping {
    type Error = std::convert::Infallible;

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
