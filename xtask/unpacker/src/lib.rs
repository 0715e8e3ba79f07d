//! Joins the code of a WebAssembly module that was split into streams for compression.
//!
//! In code, an opcode alternates with its immediates: indices, constants, offsets. A compressor finds fewer
//! repetitions in that than in opcodes and each kind of immediate by themselves. So `cargo xtask dist` splits
//! code into a stream for each kind (see [`Stream`]), as executable packers and [WOFF 2] do. The published file is
//! a module that contains the streams and, in a kilobyte, this crate: it extracts itself. A page needs no other
//! file, and a server sends it as what it is. Chunks of that module are extracted by it as well: each is an empty module
//! with the streams as a custom section.
//!
//! The packer and this crate walk code by the same grammar, [`code`], so that neither can know an
//! instruction that the other does not.
//!
//! [WOFF 2]: https://www.w3.org/TR/WOFF2/#table_tranforms

#![cfg_attr(target_arch = "wasm32", no_std)]

mod code;
mod module;
mod unpack;

pub use code::{Code, Form, Stream, walk_code};
pub use unpack::{read_number, unpack};
