//! Finds out from its symbol where a function was written.
//!
//! Rust's symbols name the module in which a function was written; for a method of a trait, this is
//! the module of the `impl` block: <https://doc.rust-lang.org/rustc/symbol-mangling/v0.html>. The
//! demangled form omits this, so this module parses the symbol itself.

use std::fmt;

use rustc_demangle::demangle;

/// The name of this project's crate.
const OWN_CRATE: &str = "news_briefing";

/// The depth to which modules of this project are distinguished.
const DEPTH: usize = 2;

/// The place where a function was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Origin {
    /// In a module of this project, such as `view::player`.
    Ours(String),
    /// In another crate.
    Crate(String),
    /// By `wasm-bindgen`, between the page's JavaScript and Rust.
    Shim,
    /// At an unknown place.
    Unknown,
}

impl Origin {
    fn of_path(path: &[&str]) -> Self {
        match path.split_first() {
            Some((&OWN_CRATE, [])) => Self::Ours("lib".to_owned()),
            Some((&OWN_CRATE, modules)) => {
                Self::Ours(modules.iter().take(DEPTH).copied().collect::<Vec<_>>().join("::"))
            }
            Some((name, _)) => Self::Crate((*name).to_owned()),
            None => Self::Unknown,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ours(module) => write!(f, "our {module}"),
            Self::Crate(name) => f.write_str(name),
            Self::Shim => f.write_str("(wasm-bindgen's shims)"),
            Self::Unknown => f.write_str("(unknown)"),
        }
    }
}

/// A parsed symbol of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    /// The demangled name.
    pub(crate) name: String,
    /// Where it was written.
    pub(crate) origin: Origin,
    /// The module of this project for whose type or closure it was instantiated, if it was written
    /// elsewhere. Without that type, it would not exist.
    pub(crate) built_for: Option<Origin>,
}

impl Symbol {
    /// Parses the name that a function has in the WebAssembly; `exported` if JavaScript calls it.
    pub(crate) fn read(raw: &str, exported: bool) -> Self {
        // `wasm-bindgen` may add words, such as ` externref shim`.
        let (mangled, _) = raw.split_once(' ').unwrap_or((raw, ""));
        let name = raw.replacen(mangled, &format!("{:#}", demangle(mangled)), 1);
        let origin = if mangled.starts_with("_R") {
            definition(mangled, &name).unwrap_or(Origin::Unknown)
        } else if raw.starts_with("__") || raw.contains("->") {
            Origin::Shim
        } else if exported {
            // All exports of this project are written in one module.
            Origin::Ours("embed".to_owned())
        } else {
            // Operations that processors have and WebAssembly lacks, under the names that C has for
            // them.
            Origin::Crate("compiler_builtins".to_owned())
        };
        let built_for = if matches!(origin, Origin::Ours(_)) { None } else { first_own_module(&name) };
        Self { name, origin, built_for }
    }
}

/// Returns where the function of a symbol was written; `name` is the demangled symbol.
fn definition(mangled: &str, name: &str) -> Option<Origin> {
    let mut reader = Reader { symbol: mangled.strip_prefix("_R")?, at: 0, depth: 0 };
    let path = match reader.path()? {
        Path::Modules(path) | Path::Inside(path) => path,
        Path::TraitDefault => return trait_of(name).map(|path| Origin::of_path(&modules_of(path))),
    };
    Some(Origin::of_path(&path))
}

/// The result of reading a path in a symbol.
enum Path<'a> {
    /// A crate or a module: the crate and the modules on the path.
    Modules(Vec<&'a str>),
    /// Another item, and the modules that contain it. The reader may have stopped before the end of
    /// the path.
    Inside(Vec<&'a str>),
    /// A default method of a trait. The reader stopped before the trait.
    TraitDefault,
}

/// Reads the path of a symbol as far as there are modules.
struct Reader<'a> {
    symbol: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn path(&mut self) -> Option<Path<'a>> {
        // Limits the depth, in case a symbol refers back to itself in a cycle.
        self.depth += 1;
        if self.depth > 200 {
            return None;
        }
        match self.next()? {
            'C' => {
                self.disambiguator()?;
                Some(Path::Modules(vec![self.identifier()?]))
            }
            // An `impl` block, with the path of the module that contains it.
            'M' | 'X' => {
                self.disambiguator()?;
                match self.path()? {
                    Path::Modules(path) | Path::Inside(path) => Some(Path::Inside(path)),
                    Path::TraitDefault => Some(Path::TraitDefault),
                }
            }
            'Y' => Some(Path::TraitDefault),
            'N' => {
                let space = self.next()?;
                let mut path = match self.path()? {
                    Path::Modules(path) if space == 't' => path,
                    Path::Modules(path) => return Some(Path::Inside(path)),
                    stopped => return Some(stopped),
                };
                self.disambiguator()?;
                let name = self.identifier()?;
                if name.starts_with(|first: char| first.is_lowercase() || first == '_') {
                    path.push(name);
                    Some(Path::Modules(path))
                } else {
                    Some(Path::Inside(path))
                }
            }
            'I' => match self.path()? {
                Path::Modules(path) | Path::Inside(path) => Some(Path::Inside(path)),
                Path::TraitDefault => Some(Path::TraitDefault),
            },
            'B' => {
                let at = self.base_62()?;
                Self { symbol: self.symbol, at, depth: self.depth }.path()
            }
            _ => None,
        }
    }

    /// Skips the disambiguator, which distinguishes items of the same name.
    fn disambiguator(&mut self) -> Option<()> {
        if self.peek() == Some('s') {
            self.at += 1;
            self.base_62()?;
        }
        Some(())
    }

    fn identifier(&mut self) -> Option<&'a str> {
        if self.peek() == Some('u') {
            self.at += 1;
        }
        let mut length = 0_usize;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            length = length.checked_mul(10)?.checked_add(digit as usize)?;
            self.at += 1;
        }
        if self.peek() == Some('_') {
            self.at += 1;
        }
        let end = self.at.checked_add(length)?;
        let name = self.symbol.get(self.at..end)?;
        self.at = end;
        Some(name)
    }

    /// Reads a base-62 number such as `_`, `0_` or `4Gz_`: `_` is 0, any other is one more than its
    /// digits.
    fn base_62(&mut self) -> Option<usize> {
        let mut value = 0_usize;
        if self.peek()? == '_' {
            self.at += 1;
            return Some(0);
        }
        loop {
            let digit = match self.next()? {
                '_' => return value.checked_add(1),
                digit @ '0'..='9' => digit as usize - '0' as usize,
                digit @ 'a'..='z' => digit as usize - 'a' as usize + 10,
                digit @ 'A'..='Z' => digit as usize - 'A' as usize + 36,
                _ => return None,
            };
            value = value.checked_mul(62)?.checked_add(digit)?;
        }
    }

    fn peek(&self) -> Option<char> {
        self.symbol.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }
}

/// Returns the path of the trait in `<Type as path::Trait<…>>::method`.
fn trait_of(name: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut before = ' ';
    let mut start = None;
    for (at, letter) in name.char_indices() {
        match letter {
            '<' => depth += 1,
            // Not the arrow of `fn() -> T`.
            '>' if before != '-' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        before = letter;
        match start {
            None if depth == 1 && name.get(at..)?.starts_with(" as ") => start = Some(at + " as ".len()),
            Some(start) if at >= start && (depth == 0 || letter == '<') => return name.get(start..at),
            _ => {}
        }
    }
    None
}

/// Splits a demangled path, and drops its last name.
fn modules_of(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = path.split("::").collect();
    names.pop();
    names
}

/// Returns the first module of this project in a name.
fn first_own_module(name: &str) -> Option<Origin> {
    let at = name.find(&format!("{OWN_CRATE}::"))?;
    let path = name.get(at..)?;
    let end = path.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
    let names = path.get(..end.unwrap_or(path.len()))?.split("::");
    let modules: Vec<&str> = names
        .take_while(|name| name.starts_with(|first: char| first.is_lowercase() || first == '_'))
        .collect();
    Some(Origin::of_path(&modules))
}

#[cfg(test)]
mod tests {
    use super::{Origin, Symbol, trait_of};

    fn ours(module: &str) -> Origin {
        Origin::Ours(module.to_owned())
    }

    fn other_crate(name: &str) -> Origin {
        Origin::Crate(name.to_owned())
    }

    #[test]
    fn a_function_belongs_to_its_module() {
        let symbol = Symbol::read("_RNvNtNtCswbBt89M2sn_13news_briefing4view6inline6inline", false);
        assert_eq!(symbol.name, "news_briefing::view::inline::inline");
        assert_eq!(symbol.origin, ours("view::inline"));
        assert_eq!(symbol.built_for, None);
    }

    #[test]
    fn a_method_belongs_to_the_module_of_its_impl() {
        let symbol = Symbol::read(
            "_RNvMNtNtNtCswbBt89M2sn_13news_briefing7article4read6readerNtB2_6Reader4rich",
            false,
        );
        assert_eq!(symbol.name, "<news_briefing::article::read::reader::Reader>::rich");
        assert_eq!(symbol.origin, ours("article::read"));
    }

    /// `Rc` is in `alloc`, but the trait and its `impl` are Yew's.
    #[test]
    fn a_trait_method_belongs_to_the_crate_of_its_impl() {
        let symbol = Symbol::read(
            "_RNvXs5_NtCseey7Sz629lL_3yew5utilsINtNtCs9l8QbDZUqJP_5alloc2rc2RcNtNtNtB7_11virtual_dom4vtag4VTagE\
             INtB5_5RcExtB10_E15unwrap_or_cloneB7_",
            false,
        );
        assert_eq!(symbol.origin, other_crate("yew"));
        assert_eq!(symbol.built_for, None);
    }

    #[test]
    fn a_default_method_belongs_to_its_trait() {
        let symbol = Symbol::read(
            "_RNvYNtNtCs2eNZGeVBQr1_18serde_wasm_bindgen5error5ErrorNtNtCs2VmdMLA8ZWZ_10serde_core2de5Error\
             12invalid_typeB6_",
            false,
        );
        assert_eq!(symbol.origin, other_crate("serde_core"));
    }

    #[test]
    fn generic_code_names_the_module_it_was_instantiated_for() {
        let symbol = Symbol::read(
            "_RNvYNvYTReNtNtCswbBt89M2sn_13news_briefing7article7PassageENtNtCs1OA3ihfmHv5_4core3cmp10PartialOrd\
             2ltINtNtNtBZ_3ops8function5FnMutTRB5_B25_EE8call_mutBc_",
            false,
        );
        assert_eq!(symbol.origin, other_crate("core"));
        assert_eq!(symbol.built_for, Some(ours("article")));
    }

    #[test]
    fn exports_belong_to_embed() {
        let symbol = Symbol::read("embedded_show externref shim", true);
        assert_eq!(symbol.name, "embedded_show externref shim");
        assert_eq!(symbol.origin, ours("embed"));
    }

    #[test]
    fn generated_functions_are_distinguished() {
        assert_eq!(Symbol::read("__wbindgen_malloc", true).origin, Origin::Shim);
        assert_eq!(Symbol::read("F64 -> Externref", false).origin, Origin::Shim);
        assert_eq!(Symbol::read("memcpy", false).origin, other_crate("compiler_builtins"));
    }

    #[test]
    fn the_trait_of_a_method_is_found_behind_generics() {
        assert_eq!(trait_of("<a::B<fn(u8) -> u8> as c::d::E<f::G>>::h"), Some("c::d::E"));
        assert_eq!(trait_of("<a::B<<x::Y as x::Z>::W> as c::D>::h"), Some("c::D"));
        assert_eq!(trait_of("a::b"), None);
    }
}
