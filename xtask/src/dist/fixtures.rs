//! Sections of the modules that tests make.

use wasm_encoder::{MemorySection, MemoryType, RefType, TableSection, TableType};

/// Returns a memory of one page.
pub(super) fn memory() -> MemorySection {
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    memories
}

/// Returns a table of functions with this number of slots.
pub(super) fn table(slots: u64) -> TableSection {
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: slots,
        maximum: None,
        table64: false,
        shared: false,
    });
    tables
}
