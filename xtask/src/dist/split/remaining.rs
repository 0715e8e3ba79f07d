//! Rewrites the main module without what moves.

use std::collections::BTreeSet;
use std::ops::Range;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, ConstExpr, DataSection, Elements, ExportSection, FunctionSection};
use wasmparser::{Data, DataKind, ElementItems, Export, ExternalKind, FunctionBody, FunctionSectionReader};

use super::super::offset;
use super::whole::Whole;
use super::{Obstacle, Shared, index};

/// Rewrites the main module without what moves, and exports what the other one imports.
pub(super) struct Remaining<'a> {
    moved: &'a BTreeSet<u32>,
    shared: &'a [Shared],
    data: &'a [Range<u32>],
    /// The indices of the functions whose type and whose body is next.
    next_type: u32,
    next_body: u32,
    /// The number of segments of data.
    segments: u32,
}

impl<'a> Remaining<'a> {
    pub(super) fn of(
        whole: &Whole<'_>,
        moved: &'a BTreeSet<u32>,
        shared: &'a [Shared],
        data: &'a [Range<u32>],
    ) -> Self {
        let kept = |(address, bytes): &(u32, &[u8])| Pieces::of(*address, bytes, data).kept.len();
        Self {
            moved,
            shared,
            data,
            next_type: whole.imported_functions(),
            next_body: whole.imported_functions(),
            segments: index(whole.segments.iter().map(kept).sum()),
        }
    }
}

impl Reencode for Remaining<'_> {
    type Error = Obstacle;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(function - index(self.moved.range(..function).count()))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for of in section {
            let of = of?;
            if !self.moved.contains(&self.next_type) {
                functions.function(of);
            }
            self.next_type += 1;
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for export in section {
            let export = export?;
            if export.kind != ExternalKind::Func || !self.moved.contains(&export.index) {
                utils::parse_export(self, exports, export)?;
            }
        }
        for Shared { kind, index: at, name } in self.shared {
            utils::parse_export(self, exports, Export { name, kind: *kind, index: *at })?;
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if !self.moved.contains(&self.next_body) {
            utils::parse_function_body(self, code, body)?;
        }
        self.next_body += 1;
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.segments)
    }

    fn element_items<'a>(&mut self, items: ElementItems<'a>) -> Result<Elements<'a>, Error<Self::Error>> {
        let ElementItems::Functions(functions) = items else { return utils::element_items(self, items) };
        let functions: Vec<u32> = functions.into_iter().collect::<Result<_, _>>()?;
        let kept =
            functions.iter().copied().find(|function| !self.moved.contains(function)).unwrap_or_default();
        // Another function is in the slots of those that move, until the lazy module fills them.
        let functions = functions.into_iter().map(|function| {
            self.function_index(if self.moved.contains(&function) { kept } else { function })
        });
        Ok(Elements::Functions(functions.collect::<Result<Vec<_>, _>>()?.into()))
    }

    fn parse_data(&mut self, data: &mut DataSection, datum: Data<'_>) -> Result<(), Error<Self::Error>> {
        // `Whole::read` has read all of them.
        if let DataKind::Active { offset_expr, .. } = &datum.kind
            && let Some(address) = offset::stated(offset_expr)?
        {
            let pieces = Pieces::of(address, datum.data, self.data);
            for (address, bytes) in pieces.kept {
                data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
            }
        }
        Ok(())
    }
}

/// The pieces of a segment of data that are kept and that move, with their addresses.
pub(super) struct Pieces<'a> {
    kept: Vec<(u32, &'a [u8])>,
    pub(super) moved: Vec<(u32, &'a [u8])>,
}

impl<'a> Pieces<'a> {
    /// Divides a segment at an address. The ranges that move are in ascending order.
    pub(super) fn of(address: u32, segment: &'a [u8], moving: &[Range<u32>]) -> Self {
        let end = address + index(segment.len());
        let slice = |from: u32, to: u32| {
            let bytes = segment.get((from - address) as usize..(to - address) as usize);
            bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| (from, bytes))
        };
        let (mut kept, mut moved) = (Vec::new(), Vec::new());
        let mut done = address;
        for range in moving {
            let (from, to) = (range.start.clamp(done, end), range.end.clamp(done, end));
            if from < to {
                kept.extend(slice(done, from));
                moved.extend(slice(from, to));
                done = to;
            }
        }
        kept.extend(slice(done, end));
        Self { kept, moved }
    }
}
