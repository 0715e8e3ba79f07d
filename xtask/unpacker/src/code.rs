//! The grammar of the code section of WebAssembly, as far as packing needs it: which immediates follow an
//! opcode, and which stream each belongs to. The source is the
//! [binary format](https://webassembly.github.io/spec/core/binary/instructions.html).

/// A stream of packed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Stream {
    /// Everything that is not code.
    Sections,
    /// Declarations of local variables.
    Locals,
    /// Opcodes, some of them in another [`Form`].
    Opcodes,
    /// Indices of local variables that are read.
    LocalGet,
    /// Indices of local variables that are written.
    LocalSet,
    /// Indices of local variables that are written and stay on the stack.
    LocalTee,
    /// Indices of functions that are called.
    Call,
    /// 32-bit constants of one byte.
    Const1,
    /// 32-bit constants of two bytes.
    Const2,
    /// Longer 32-bit constants: mostly addresses.
    Const3,
    /// 64-bit constants.
    Const64,
    /// Offsets of memory accesses.
    Offset,
    /// Alignments of memory accesses, where they are not natural.
    Alignment,
    /// Types of blocks.
    BlockType,
    /// Labels of branches.
    Label,
    /// Indices of global variables.
    Global,
    /// All other immediates.
    Other,
}

impl Stream {
    /// The number of streams.
    pub const COUNT: usize = Self::Other as usize + 1;
}

/// The form of an instruction. In packed code it is part of the opcode: code has opcodes to spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A constant of one byte; a memory access with its natural alignment, which is omitted; anything else.
    Plain,
    /// A constant of two bytes; a memory access with another alignment.
    Second,
    /// A longer constant.
    Third,
}

/// The opcode of 32-bit constants.
const CONST: u8 = 0x41;
/// The opcodes of memory accesses.
const ACCESSES: core::ops::RangeInclusive<u8> = 0x28..=0x3e;
/// What is added to the opcode of a memory access with another alignment than its natural one.
const ALIGNED: u8 = 0xd7 - 0x28;
/// The packed opcodes of constants of two bytes and of more.
const CONST2: u8 = 0xee;
const CONST3: u8 = 0xef;
/// The natural alignment of each memory access, as a power of two.
const ALIGNMENTS: [u8; 23] = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];

impl Form {
    /// Returns the packed opcode.
    pub fn pack(self, opcode: u8) -> u8 {
        match (self, opcode) {
            (Self::Second, CONST) => CONST2,
            (Self::Third, CONST) => CONST3,
            (Self::Second, _) => opcode.wrapping_add(ALIGNED),
            _ => opcode,
        }
    }

    /// Returns the opcode and the form of a packed opcode.
    pub fn unpack(packed: u8) -> (u8, Self) {
        match packed {
            CONST2 => (CONST, Self::Second),
            CONST3 => (CONST, Self::Third),
            0xd7..CONST2 => (packed.wrapping_sub(ALIGNED), Self::Second),
            _ => (packed, Self::Plain),
        }
    }

    /// Returns the form of an instruction whose immediates begin with these bytes.
    pub fn of(opcode: u8, immediates: &[u8]) -> Self {
        let is_continued = |index| immediates.get(index).is_some_and(|byte| byte & 0x80 != 0);
        if opcode == CONST {
            match (is_continued(0), is_continued(1)) {
                (false, _) => Self::Plain,
                (true, false) => Self::Second,
                (true, true) => Self::Third,
            }
        } else if alignment(opcode).is_some_and(|natural| immediates.first() != Some(&natural)) {
            Self::Second
        } else {
            Self::Plain
        }
    }
}

/// Returns the natural alignment of a memory access.
fn alignment(opcode: u8) -> Option<u8> {
    ALIGNMENTS.get(usize::from(opcode.wrapping_sub(*ACCESSES.start()))).copied()
}

/// Code that is packed or unpacked, from its beginning to its end. Methods return `None` where the code ends too
/// early or is not as expected.
pub trait Code {
    /// Begins a function.
    fn begin_function(&mut self) -> Option<()>;
    /// Ends a function.
    fn end_function(&mut self) -> Option<()>;
    /// Moves the next opcode.
    fn opcode(&mut self) -> Option<(u8, Form)>;
    /// Moves a number (in LEB128) from or to a stream, and returns its value.
    fn number(&mut self, stream: Stream) -> Option<u32>;
    /// Moves bytes from or to a stream.
    fn bytes(&mut self, stream: Stream, count: u32) -> Option<()>;
    /// Passes over a byte that follows from the opcode, and so is in no stream.
    fn implied(&mut self, byte: u8) -> Option<()>;
}

/// Packs or unpacks a code section.
pub fn walk_code(code: &mut impl Code) -> Option<()> {
    for _ in 0..code.number(Stream::Sections)? {
        code.begin_function()?;
        for _ in 0..code.number(Stream::Locals)? {
            code.number(Stream::Locals)?;
            code.bytes(Stream::Locals, 1)?;
        }
        walk_instructions(code)?;
        code.end_function()?;
    }
    Some(())
}

fn walk_instructions(code: &mut impl Code) -> Option<()> {
    let mut depth = 1_u32;
    while depth > 0 {
        let (opcode, form) = code.opcode()?;
        let last = match (opcode, form) {
            // unreachable, nop, else, return; drop, select; comparisons, arithmetic and conversions; ref.is_null
            (0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1, _) => continue,
            // end
            (0x0b, _) => {
                depth -= 1;
                continue;
            }
            // block, loop, if
            (0x02..=0x04, _) => {
                depth += 1;
                Stream::BlockType
            }
            // br, br_if
            (0x0c | 0x0d, _) => Stream::Label,
            // br_table
            (0x0e, _) => {
                for _ in 0..code.number(Stream::Label)? {
                    code.number(Stream::Label)?;
                }
                Stream::Label
            }
            // call
            (0x10, _) => Stream::Call,
            // call_indirect
            (0x11, _) => {
                code.number(Stream::Other)?;
                Stream::Other
            }
            // local.get, local.set, local.tee
            (0x20, _) => Stream::LocalGet,
            (0x21, _) => Stream::LocalSet,
            (0x22, _) => Stream::LocalTee,
            // global.get, global.set
            (0x23 | 0x24, _) => Stream::Global,
            // table.get, table.set; memory.size, memory.grow; ref.null, ref.func
            (0x25 | 0x26 | 0x3f | 0x40 | 0xd0 | 0xd2, _) => Stream::Other,
            // Loads and stores.
            (0x28..=0x3e, Form::Plain) => {
                code.implied(alignment(opcode)?)?;
                Stream::Offset
            }
            (0x28..=0x3e, _) => {
                code.number(Stream::Alignment)?;
                Stream::Offset
            }
            (CONST, Form::Plain) => Stream::Const1,
            (CONST, Form::Second) => Stream::Const2,
            (CONST, Form::Third) => Stream::Const3,
            (0x42, _) => Stream::Const64,
            // f32.const, f64.const
            (0x43 | 0x44, _) => {
                code.bytes(Stream::Other, if opcode == 0x43 { 4 } else { 8 })?;
                continue;
            }
            // Saturating conversions; bulk operations on memory and tables.
            (0xfc, _) => match code.number(Stream::Other)? {
                0..=7 => continue,
                8 | 10 | 12 | 14 => {
                    code.number(Stream::Other)?;
                    Stream::Other
                }
                9 | 11 | 13 | 15..=17 => Stream::Other,
                _ => return None,
            },
            _ => return None,
        };
        code.number(last)?;
    }
    Some(())
}
