//! Joins streams to a module.

use crate::code::{Code, Form, Stream, walk_code};

/// Unpacks a module into a buffer of its size. Packed are, as LEB128: the size of the module, the number of bytes
/// up to the functions of its code section, and the length of each stream; then the streams follow.
///
/// Returns `None` if this is not a packed module.
pub fn unpack(mut packed: &[u8], module: &mut [u8]) -> Option<()> {
    read_number(&mut packed)?;
    let before_code = read_number(&mut packed)?;
    let mut lengths = [0; Stream::COUNT];
    for length in &mut lengths {
        *length = read_number(&mut packed)?;
    }
    let mut streams = [[].as_slice(); Stream::COUNT];
    for (stream, length) in streams.iter_mut().zip(lengths) {
        (*stream, packed) = packed.split_at_checked(length as usize)?;
    }
    let mut unpacking = Unpacking { streams, module, at: 0, function: 0 };
    unpacking.bytes(Stream::Sections, before_code)?;
    walk_code(&mut unpacking)?;
    // Streams may be longer than what is used of them.
    let rest = unpacking.module.len().checked_sub(unpacking.at)?;
    unpacking.bytes(Stream::Sections, u32::try_from(rest).ok()?)
}

/// Reads an unsigned number in LEB128, and advances the bytes. Of a number of more than 32 bits, the lower ones are
/// returned.
pub fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0_u32;
    let mut shift = 0_u32;
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(first & 0x7f).unbounded_shl(shift);
        shift += 7;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
}

/// The streams that are left, and the module so far.
struct Unpacking<'a> {
    streams: [&'a [u8]; Stream::COUNT],
    module: &'a mut [u8],
    /// The length of the module so far.
    at: usize,
    /// Where the current function begins, without its size.
    function: usize,
}

impl<'a> Unpacking<'a> {
    fn stream(&mut self, stream: Stream) -> Option<&mut &'a [u8]> {
        self.streams.get_mut(stream as usize)
    }
}

impl Code for Unpacking<'_> {
    fn begin_function(&mut self) -> Option<()> {
        // Its size comes first, and has one byte at least.
        self.at += 1;
        self.function = self.at;
        Some(())
    }

    fn end_function(&mut self) -> Option<()> {
        let begin = self.function;
        let mut size = self.at - begin;
        let more = size.checked_ilog2().unwrap_or(0) as usize / 7;
        self.module.get(..self.at + more)?;
        self.module.copy_within(begin..self.at, begin + more);
        let end = self.at + more;
        self.at = begin - 1;
        while size >= 0x80 {
            self.implied(size as u8 | 0x80)?;
            size >>= 7;
        }
        self.implied(size as u8)?;
        self.at = end;
        Some(())
    }

    fn opcode(&mut self) -> Option<(u8, Form)> {
        let stream = self.stream(Stream::Opcodes)?;
        let (packed, rest) = stream.split_first()?;
        *stream = rest;
        let (opcode, form) = Form::unpack(*packed);
        self.implied(opcode)?;
        Some((opcode, form))
    }

    fn number(&mut self, stream: Stream) -> Option<u32> {
        let rest = self.stream(stream)?;
        let all = *rest;
        let value = read_number(rest)?;
        let length = all.len() - rest.len();
        for byte in all.get(..length)? {
            self.implied(*byte)?;
        }
        Some(value)
    }

    fn bytes(&mut self, stream: Stream, count: u32) -> Option<()> {
        let rest = self.stream(stream)?;
        let (bytes, after) = rest.split_at_checked(count as usize)?;
        *rest = after;
        for byte in bytes {
            self.implied(*byte)?;
        }
        Some(())
    }

    fn implied(&mut self, byte: u8) -> Option<()> {
        *self.module.get_mut(self.at)? = byte;
        self.at += 1;
        Some(())
    }
}
