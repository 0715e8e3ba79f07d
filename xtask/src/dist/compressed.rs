//! Compresses files once and as well as possible, instead of at every request.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::{Compression, GzBuilder};

/// Compresses with gzip. The result contains no time, so that the same input yields the same
/// output.
pub(super) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Compresses with Brotli.
pub(super) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    brotli_with(bytes, BrotliEncoderMode::BROTLI_MODE_GENERIC, 0)
}

/// Compresses with Brotli in several ways, and returns the smallest result. A way of modelling literals now and then makes
/// a small file a twelfth larger when a hash in it changes, and how many bytes are looked at together matters for large ones.
pub(super) fn smallest_brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut smallest = brotli(bytes)?;
    for mode in [BrotliEncoderMode::BROTLI_MODE_GENERIC, BrotliEncoderMode::BROTLI_MODE_FONT] {
        let compressed = brotli_with(bytes, mode, 16)?;
        if compressed.len() < smallest.len() {
            smallest = compressed;
        }
    }
    Ok(smallest)
}

/// `block_bits` is the binary logarithm of the size of a block, or 0 for the encoder's choice.
fn brotli_with(bytes: &[u8], mode: BrotliEncoderMode, block_bits: i32) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let params = BrotliEncoderParams {
        mode,
        quality: 11,
        lgwin: 24,
        lgblock: block_bits,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{gzip, smallest_brotli};

    #[test]
    fn compression_is_lossless() {
        let text = "In these days, in these nights. ".repeat(40);

        let mut from_brotli = Vec::new();
        brotli::BrotliDecompress(&mut &*smallest_brotli(text.as_bytes()).unwrap(), &mut from_brotli).unwrap();
        assert_eq!(from_brotli, text.as_bytes());

        let mut from_gzip = String::new();
        flate2::read::GzDecoder::new(&*gzip(text.as_bytes()).unwrap())
            .read_to_string(&mut from_gzip)
            .unwrap();
        assert_eq!(from_gzip, text);
    }

    #[test]
    fn gzip_output_has_no_timestamp() {
        let compressed = gzip(b"text").unwrap();
        assert_eq!(compressed[4..8], [0, 0, 0, 0]);
    }
}
