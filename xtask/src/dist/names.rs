//! The names of the functions of a WebAssembly module.

use anyhow::{Context, Result};
use wasm_encoder::{NameMap, NameSection};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Returns the name of each function, if it has one; the imported ones come first.
pub(crate) fn function_names(wasm: &[u8]) -> Result<Vec<Option<String>>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(custom) = payload.context("this is not WebAssembly")?
            && let KnownCustom::Name(subsections) = custom.as_known()
        {
            for subsection in subsections {
                let Name::Function(functions) = subsection? else { continue };
                for naming in functions {
                    let naming = naming?;
                    let index = naming.index as usize;
                    names.resize(names.len().max(index + 1), None);
                    if let Some(name) = names.get_mut(index) {
                        *name = Some(naming.name.to_owned());
                    }
                }
            }
        }
    }
    Ok(names)
}

/// Counts the imported functions.
pub(crate) fn count_imported(wasm: &[u8]) -> Result<usize> {
    let mut count = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(imports) = payload.context("this is not WebAssembly")? {
            for import in imports.into_imports() {
                count += usize::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
    }
    Ok(count)
}

/// Returns the module with only these names of functions; the imported ones come first.
pub(super) fn with_names(wasm: &[u8], names: &[String]) -> Result<Vec<u8>> {
    let mut functions = NameMap::new();
    for (index, name) in (0..).zip(names) {
        functions.append(index, name);
    }
    let mut section = NameSection::new();
    section.functions(&functions);
    with_name_section(wasm, &section)
}

/// Returns the module with only this name of itself.
pub(super) fn with_module_name(wasm: &[u8], name: &str) -> Result<Vec<u8>> {
    let mut section = NameSection::new();
    section.module(name);
    with_name_section(wasm, &section)
}

fn with_name_section(wasm: &[u8], section: &NameSection) -> Result<Vec<u8>> {
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("this is not WebAssembly")?;
        if matches!(&payload, Payload::CustomSection(custom) if custom.name() == "name") {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = wasm.get(range.start as usize..range.end as usize).unwrap_or_default();
            module.section(&wasm_encoder::RawSection { id, data });
        }
    }
    module.section(section);
    Ok(module.finish())
}
