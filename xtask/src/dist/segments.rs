//! Joins segments of data that are near one another.
//!
//! `wasm-opt` omits zeros between constants, and splitting a chunk off leaves gaps. But each segment has a header with
//! an address, which compresses badly, and a run of zeros takes hardly anything.

use anyhow::{Context, Result, bail};
use wasm_encoder::{ConstExpr, DataSection, Module, RawSection};
use wasmparser::{DataKind, Parser, Payload};

use super::offset;

/// The most zeros between two segments that are joined, in bytes. Beyond 400, more gain little.
const MAX_GAP: u32 = 4_000;

/// Returns a module with fewer segments of data, for one that is instantiated before anything else puts data between
/// them.
pub(super) fn joined(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("this is not WebAssembly")?;
        match &payload {
            Payload::DataSection(segments) => {
                let mut joined: Vec<(u32, Vec<u8>)> = Vec::new();
                for segment in segments.clone() {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        bail!("the WebAssembly has data that the code puts in its place");
                    };
                    let address = offset::stated(&offset_expr)?.context("the address of data is computed")?;
                    match joined.last_mut() {
                        Some((before, bytes))
                            if address
                                .checked_sub(*before + u32::try_from(bytes.len())?)
                                .is_some_and(|gap| gap <= MAX_GAP) =>
                        {
                            bytes.resize((address - *before) as usize, 0);
                            bytes.extend(segment.data);
                        }
                        _ => joined.push((address, segment.data.to_vec())),
                    }
                }
                let mut data = DataSection::new();
                for (address, bytes) in joined {
                    data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes);
                }
                module.section(&data);
            }
            // Only code that initialises memory by itself needs the number of segments.
            Payload::DataCountSection { .. } => {}
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    let data = wasm.get(range.start as usize..range.end as usize).unwrap_or_default();
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, DataSection, Module};
    use wasmparser::{DataKind, Parser, Payload, Validator};

    use super::super::{fixtures, offset};
    use super::joined;

    #[test]
    fn only_near_segments_are_joined() {
        let mut data = DataSection::new();
        for (address, bytes) in [(10, b"one"), (15, b"two"), (9000, b"far")] {
            data.active(0, &ConstExpr::i32_const(address), *bytes);
        }
        let mut module = Module::new();
        module.section(&fixtures::memory()).section(&data);
        let joined = joined(&module.finish()).unwrap();
        Validator::new().validate_all(&joined).unwrap();
        let mut segments = Vec::new();
        for payload in Parser::new(0).parse_all(&joined) {
            if let Payload::DataSection(section) = payload.unwrap() {
                for segment in section {
                    let segment = segment.unwrap();
                    let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                    segments.push((offset::stated(&offset_expr).unwrap(), segment.data.to_vec()));
                }
            }
        }
        assert_eq!(segments, [(Some(10), b"one\0\0two".to_vec()), (Some(9000), b"far".to_vec())]);
    }
}
