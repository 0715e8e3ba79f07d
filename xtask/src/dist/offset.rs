//! Where data and tables of a WebAssembly module begin.

use wasmparser::{ConstExpr, Operator};

/// Returns the address or slot that an expression states; `None` if it is computed.
pub(crate) fn stated(offset: &ConstExpr<'_>) -> wasmparser::Result<Option<u32>> {
    Ok(match offset.get_operators_reader().read()? {
        Operator::I32Const { value } => Some(value.cast_unsigned()),
        _ => None,
    })
}
