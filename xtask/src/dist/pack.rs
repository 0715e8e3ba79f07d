//! Makes a WebAssembly module smaller to download: its code is split into streams, which compress better, and a
//! small module around them joins them again. See the crate `unpacker`.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use unpacker::{Code, Form, Stream, read_number, unpack, walk_code};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    ConstExpr, CustomSection, DataSection, Encode, ExportSection, MemorySection, MemoryType, Module,
    RawSection, SectionId,
};
use wasmparser::{ExternalKind, Operator, Parser, Payload};

use super::compressed;
use super::wasm::rewrite;
use crate::call::{Call, Environment};
use crate::file_io;
use crate::tools::TARGET;
use crate::workspace::Workspace;

/// The export of the unpacker whose value is the end of the memory that it uses.
const HEAP_BASE: &str = "__heap_base";
/// The exports that the page uses, by the name in the unpacker and the published name. Glue that is bundled with
/// the script that uses them has other names for the exports of wasm-bindgen, such as `memory`.
const EXPORTS: [(&str, &str); 3] = [("memory", "packed"), ("unpack", "unpack"), (HEAP_BASE, "base")];
/// The custom section of a packed chunk.
const SECTION: &str = "packed";
/// The size of a page of memory, in bytes.
const PAGE: usize = 65_536;

/// The memory of an unpacker, in bytes, beyond what it uses itself.
#[derive(Clone, Copy)]
pub(crate) struct Capacity(usize);

/// Replaces the module in a file by one that extracts it, and whose unpacker has this much memory.
pub(crate) fn pack(file: &Path, workspace: &Workspace, environment: &Environment) -> Result<Capacity> {
    let unpacker = build_unpacker(workspace, environment)?;
    let mut capacity = Capacity(0);
    rewrite(file, |module| {
        let packed = best_streams(module)?;
        capacity.0 = packed.len() + module.len();
        self_extracting(&packed, capacity, &unpacker)
    })
    .with_context(|| format!("cannot pack {}", file.display()))?;
    Ok(capacity)
}

/// Replaces the module in each file by its streams, in a section of an empty module. The page extracts it with the
/// unpacker of another module, which has this much memory.
pub(super) fn pack_chunks<'f>(files: impl Iterator<Item = &'f Path>, capacity: Capacity) -> Result<()> {
    let pack = |file: &Path| {
        rewrite(file, |module| packed_chunk(module, capacity))
            .with_context(|| format!("cannot pack {}", file.display()))
    };
    // It takes seconds of compression for each, so all cores do it.
    thread::scope(|scope| {
        let tasks: Vec<_> = files.map(|file| scope.spawn(move || pack(file))).collect();
        tasks.into_iter().try_for_each(|task| task.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

fn packed_chunk(module: &[u8], capacity: Capacity) -> Result<Vec<u8>> {
    let packed = best_streams(module)?;
    ensure!(packed.len() + module.len() <= capacity.0, "the module is too large for the unpacker");
    let mut chunk = Module::new();
    chunk.section(&CustomSection { name: SECTION.into(), data: packed.into() });
    Ok(chunk.finish())
}

fn build_unpacker(workspace: &Workspace, environment: &Environment) -> Result<Vec<u8>> {
    let target = workspace.target.join("unpacker");
    Call::new("cargo")
        .args(["rustc", "--package", "unpacker", "--lib", "--crate-type", "cdylib", "--release", "--locked"])
        .args(["--target", TARGET, "--", "-Clink-arg=-zstack-size=4096"])
        .arg(format!("-Clink-arg=--export={HEAP_BASE}"))
        .folder(&workspace.root)
        .within(environment)
        // A folder of its own, so that no other build of Cargo is waited for.
        .var("CARGO_TARGET_DIR", &target)
        .run_quietly()?;
    file_io::read(&target.join(TARGET).join("release/unpacker.wasm"))
}

/// How many zeros follow each stream but the last.
type Padding = [usize; Stream::COUNT - 1];

/// The paddings that are tried. Brotli chooses how to encode one part of its input after the other, and chooses better if
/// few streams share a part. Zeros take a few bytes by themselves, and save up to 2 KB. Which of them save most differs
/// from module to module, without a rule that could be found. The last two have them only after the long streams in front,
/// and are those that gain most for the widget and for timings.
const PADDINGS: [Padding; 6] = [
    [0; Stream::COUNT - 1],
    [1_000; Stream::COUNT - 1],
    [3_000; Stream::COUNT - 1],
    [10_000; Stream::COUNT - 1],
    [16_000, 16_000, 16_000, 16_000, 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 16_000, 16_000, 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
];

/// Returns the streams of a module, from which it can be unpacked, as they compress best.
fn best_streams(module: &[u8]) -> Result<Vec<u8>> {
    let mut best: Option<(usize, Vec<u8>)> = None;
    for padding in PADDINGS {
        let packed = streams(module, &padding)?;
        let size = compressed::brotli(&packed)?.len();
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, packed));
        }
    }
    let (_, packed) = best.context("there is a padding")?;
    let mut unpacked = vec![0; module.len()];
    unpack(&packed, &mut unpacked).context("the packed module cannot be unpacked")?;
    ensure!(unpacked == module, "the packed module is another one once it is unpacked");
    Ok(packed)
}

/// Returns a module that extracts itself: the unpacker, with the streams as its data.
fn self_extracting(packed: &[u8], capacity: Capacity, unpacker: &[u8]) -> Result<Vec<u8>> {
    let base = heap_base(unpacker)?;
    let size = usize::try_from(base)? + capacity.0;
    with_data(unpacker, base, packed, size.div_ceil(PAGE) as u64)
}

/// Packs a module as `unpacker::unpack` expects it, with these zeros at the end of each stream but the last.
fn streams(module: &[u8], padding: &Padding) -> Result<Vec<u8>> {
    let code = Parser::new(0)
        .parse_all(module)
        .filter_map(|payload| payload.ok()?.as_section())
        .find(|(id, _)| *id == SectionId::Code as u8)
        .map(|(_, range)| range.start as usize..range.end as usize)
        .context("the module has no code")?;
    let (before, code, after) = (
        module.get(..code.start).unwrap_or_default(),
        module.get(code.clone()).unwrap_or_default(),
        module.get(code.end..).unwrap_or_default(),
    );
    let mut packing = Packing { code, function: None, streams: std::array::from_fn(|_| Vec::new()) };
    packing.write(Stream::Sections, before);
    walk_code(&mut packing).with_context(|| {
        format!("{} bytes before the end of the code is what the unpacker does not know", packing.code.len())
    })?;
    ensure!(packing.code.is_empty(), "the code is longer than its functions");
    packing.write(Stream::Sections, after);

    let [padded @ .., _] = &mut packing.streams;
    for (stream, zeros) in padded.iter_mut().zip(padding) {
        stream.resize(stream.len() + zeros, 0);
    }
    let mut packed = Vec::new();
    let lengths = packing.streams.iter().map(Vec::len);
    for number in [module.len(), before.len()].into_iter().chain(lengths) {
        number.encode(&mut packed);
    }
    packed.extend(packing.streams.concat());
    Ok(packed)
}

/// The code that is left, and the streams so far.
struct Packing<'a> {
    code: &'a [u8],
    /// The length of the code that is left after the current function.
    function: Option<usize>,
    streams: [Vec<u8>; Stream::COUNT],
}

impl Packing<'_> {
    fn write(&mut self, stream: Stream, bytes: &[u8]) -> Option<()> {
        self.streams.get_mut(stream as usize)?.extend(bytes);
        Some(())
    }
}

impl Code for Packing<'_> {
    fn begin_function(&mut self) -> Option<()> {
        let size = read_number(&mut self.code)?;
        self.function = Some(self.code.len().checked_sub(usize::try_from(size).ok()?)?);
        Some(())
    }

    fn end_function(&mut self) -> Option<()> {
        (self.function == Some(self.code.len())).then_some(())
    }

    fn opcode(&mut self) -> Option<(u8, Form)> {
        let (opcode, rest) = self.code.split_first()?;
        self.code = rest;
        let form = Form::of(*opcode, rest);
        self.write(Stream::Opcodes, &[form.pack(*opcode)])?;
        Some((*opcode, form))
    }

    fn number(&mut self, stream: Stream) -> Option<u32> {
        let mut rest = self.code;
        let value = read_number(&mut rest)?;
        self.bytes(stream, u32::try_from(self.code.len() - rest.len()).ok()?)?;
        Some(value)
    }

    fn bytes(&mut self, stream: Stream, count: u32) -> Option<()> {
        let (bytes, rest) = self.code.split_at_checked(usize::try_from(count).ok()?)?;
        self.code = rest;
        self.write(stream, bytes)
    }

    fn implied(&mut self, byte: u8) -> Option<()> {
        self.code = self.code.strip_prefix(&[byte])?;
        Some(())
    }
}

/// Returns the end of the memory that the unpacker uses.
fn heap_base(unpacker: &[u8]) -> Result<u32> {
    let mut exported = None;
    let mut globals = Vec::new();
    for payload in Parser::new(0).parse_all(unpacker) {
        match payload? {
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.name == HEAP_BASE && export.kind == ExternalKind::Global {
                        exported = Some(export.index);
                    }
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let mut operators = global?.init_expr.get_operators_reader();
                    globals.push(operators.read()?);
                }
            }
            _ => {}
        }
    }
    match exported.and_then(|index| globals.get(usize::try_from(index).ok()?)) {
        Some(Operator::I32Const { value }) => Ok(u32::try_from(*value)?),
        _ => bail!("the unpacker does not export {HEAP_BASE}"),
    }
}

/// Returns the unpacker with data at an address, with memory of this many pages, and without the exports that only
/// this file uses.
fn with_data(unpacker: &[u8], at: u32, data: &[u8], pages: u64) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut all_data = DataSection::new();
    for payload in Parser::new(0).parse_all(unpacker) {
        let payload = payload?;
        match &payload {
            Payload::MemorySection(_) => {
                let mut memories = MemorySection::new();
                memories.memory(MemoryType {
                    minimum: pages,
                    maximum: None,
                    memory64: false,
                    shared: false,
                    page_size_log2: None,
                });
                module.section(&memories);
            }
            Payload::ExportSection(reader) => {
                let mut exports = ExportSection::new();
                for export in reader.clone() {
                    let mut export = export?;
                    if let Some((_, name)) = EXPORTS.iter().find(|(name, _)| *name == export.name) {
                        export.name = name;
                        RoundtripReencoder.parse_export(&mut exports, export)?;
                    }
                }
                module.section(&exports);
            }
            Payload::DataSection(reader) => {
                RoundtripReencoder.parse_data_section(&mut all_data, reader.clone())?;
            }
            Payload::CustomSection(_) => {}
            payload => {
                if let Some((id, range)) = payload.as_section()
                    && id != SectionId::DataCount as u8
                {
                    let data = unpacker.get(range.start as usize..range.end as usize).unwrap_or_default();
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    all_data.active(0, &ConstExpr::i32_const(i32::try_from(at)?), data.iter().copied());
    module.section(&all_data);
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use wasm_encoder::{
        BlockType, CodeSection, ConstExpr, ExportKind, ExportSection, Function, FunctionSection,
        GlobalSection, GlobalType, Instruction, MemArg, MemArgTarget, Module, TypeSection, ValType,
    };

    use super::super::fixtures;
    use super::{
        Capacity, HEAP_BASE, PADDINGS, Padding, SECTION, packed_chunk, self_extracting, streams, unpack,
    };

    /// Not so many zeros that a change of one byte would mostly change one of these.
    const FEW: Padding = [3; PADDINGS[0].len()];

    /// Returns a module with these functions.
    fn module(functions: &[Vec<Instruction<'_>>]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
        for instructions in functions {
            declared.function(0);
            let mut function = Function::new([(2, ValType::I32), (1, ValType::I64)]);
            for instruction in instructions {
                function.instruction(instruction);
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&declared).section(&code);
        module.finish()
    }

    fn unpacked(packed: &[u8], length: usize) -> Option<Vec<u8>> {
        let mut module = vec![0; length];
        unpack(packed, &mut module).map(|()| module)
    }

    fn access() -> impl Strategy<Value = MemArg> {
        (0..4_u32, any::<u32>()).prop_map(|(align, offset)| MemArg {
            align,
            offset: offset.into(),
            target: MemArgTarget::default(),
            ordering: None,
        })
    }

    fn instruction() -> impl Strategy<Value = Instruction<'static>> {
        prop_oneof![
            any::<u32>().prop_map(Instruction::LocalGet),
            any::<u32>().prop_map(Instruction::LocalSet),
            any::<u32>().prop_map(Instruction::LocalTee),
            any::<u32>().prop_map(Instruction::Call),
            any::<i32>().prop_map(Instruction::I32Const),
            (-200..200).prop_map(Instruction::I32Const),
            any::<i64>().prop_map(Instruction::I64Const),
            any::<f32>().prop_map(|value| Instruction::F32Const(value.into())),
            any::<f64>().prop_map(|value| Instruction::F64Const(value.into())),
            access().prop_map(Instruction::I32Load),
            access().prop_map(Instruction::I64Store),
            access().prop_map(Instruction::I64Store32),
            any::<u32>().prop_map(Instruction::BrIf),
            (any::<u32>(), any::<u32>())
                .prop_map(|(type_index, table_index)| Instruction::CallIndirect { type_index, table_index }),
            prop::collection::vec(any::<u32>(), 0..4)
                .prop_map(|labels| Instruction::BrTable(labels.into(), 1)),
            any::<u32>().prop_map(Instruction::GlobalGet),
            Just(Instruction::MemorySize(0)),
            Just(Instruction::MemoryFill(0)),
            Just(Instruction::MemoryCopy { src_mem: 0, dst_mem: 0 }),
            any::<u32>().prop_map(Instruction::TableGrow),
            Just(Instruction::I32TruncSatF64U),
            Just(Instruction::I32Add),
            Just(Instruction::I64ExtendI32U),
            Just(Instruction::Unreachable),
        ]
    }

    /// Instructions, some of them in blocks.
    fn instructions() -> impl Strategy<Value = Vec<Instruction<'static>>> {
        let flat = prop::collection::vec(instruction(), 0..40);
        flat.prop_recursive(3, 64, 3, |inner| {
            prop::collection::vec(inner, 0..3).prop_map(|bodies| {
                let block = |body: Vec<Instruction<'static>>| {
                    [vec![Instruction::Block(BlockType::Result(ValType::I32))], body, vec![Instruction::End]]
                        .concat()
                };
                bodies.into_iter().flat_map(block).collect()
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_code_is_the_same_once_it_is_unpacked(functions in prop::collection::vec(instructions(), 0..4)) {
            let module = module(&functions);
            let packed = streams(&module, &FEW).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(unpacked(&packed, module.len()), Some(module));
        }

        #[test]
        fn what_is_damaged_or_cut_off_ends_in_no_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let module = module(&[vec![Instruction::I32Const(1000), Instruction::Drop]]);
            let mut packed = streams(&module, &FEW).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let at = at.index(packed.len());
            prop_assert_eq!(unpacked(packed.get(..at).unwrap_or_default(), module.len()), None);
            packed[at] = byte;
            // Whether it fails or not.
            let _ = unpacked(&packed, module.len());
        }
    }

    #[test]
    fn an_instruction_that_the_unpacker_does_not_know_is_an_error() {
        let module = module(&[vec![Instruction::ReturnCall(0)]]);
        assert!(streams(&module, &PADDINGS[0]).is_err());
    }

    #[test]
    fn a_chunk_is_a_module_with_the_streams_in_a_section() {
        let module = module(&[vec![Instruction::I32Const(7), Instruction::Drop]]);
        let chunk = packed_chunk(&module, Capacity(10 * module.len() + 10_000)).unwrap();
        let mut payloads = wasmparser::Parser::new(0).parse_all(&chunk).skip(1);
        let Some(Ok(wasmparser::Payload::CustomSection(section))) = payloads.next() else {
            panic!("there is no custom section")
        };
        assert_eq!(section.name(), SECTION);
        assert_eq!(unpacked(section.data(), module.len()), Some(module));
    }

    #[test]
    fn a_chunk_that_is_too_large_for_the_unpacker_is_an_error() {
        let module = module(&[vec![Instruction::I32Const(7), Instruction::Drop]]);
        assert!(packed_chunk(&module, Capacity(module.len())).is_err());
    }

    #[test]
    fn the_data_follows_the_memory_of_the_unpacker_and_leaves_room_for_the_module() {
        let (mut globals, mut exports) = (GlobalSection::new(), ExportSection::new());
        let constant = GlobalType { val_type: ValType::I32, mutable: false, shared: false };
        globals.global(constant, &ConstExpr::i32_const(60_000));
        exports.export("memory", ExportKind::Memory, 0).export(HEAP_BASE, ExportKind::Global, 0);
        let mut unpacker = Module::new();
        unpacker.section(&fixtures::memory()).section(&globals).section(&exports);
        let module = module(&[vec![Instruction::I32Const(7); 5000]]);

        let packed = streams(&module, &PADDINGS[0]).unwrap();
        let capacity = Capacity(packed.len() + module.len());
        let extracting = self_extracting(&packed, capacity, &unpacker.finish()).unwrap();

        let mut pages = 0;
        let mut begin = 0;
        let mut names = Vec::new();
        let mut length = 0;
        for payload in wasmparser::Parser::new(0).parse_all(&extracting) {
            match payload.unwrap() {
                wasmparser::Payload::MemorySection(section) => {
                    pages = section.into_iter().next().unwrap().unwrap().initial
                }
                wasmparser::Payload::ExportSection(section) => {
                    names.extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
                }
                wasmparser::Payload::DataSection(section) => {
                    let data = section.into_iter().next().unwrap().unwrap();
                    length = data.data.len() as u64;
                    if let wasmparser::DataKind::Active { offset_expr, .. } = data.kind
                        && let wasmparser::Operator::I32Const { value } =
                            offset_expr.get_operators_reader().read().unwrap()
                    {
                        begin = u64::try_from(value).unwrap();
                    }
                }
                _ => {}
            }
        }
        assert_eq!(names, ["packed", "base"]);
        assert_eq!(begin, 60_000);
        assert!(begin + length + module.len() as u64 <= pages * 65_536);
    }
}
