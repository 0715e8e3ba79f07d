//! A bump allocator that never frees. Each alignment runs in a module instance of its own, and all its
//! memory goes with the instance. The code that would drop texts, lists and trees, a few instructions in
//! nearly every function, is therefore not even compiled.

#![allow(unsafe_code, reason = "an allocator hands out memory")]

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::cell::Cell;
use std::ptr;

/// The size of a WebAssembly page in bytes: memory grows by whole pages.
const PAGE: usize = 65_536;

/// Hands out the memory behind the module's static data, one piece after the other.
pub(super) struct Arena {
    /// The address where the next piece may begin.
    next: Cell<usize>,
    /// The address where the memory ends; 0 before the first piece.
    end: Cell<usize>,
}

impl Arena {
    /// Creates an arena that has handed out nothing.
    pub(super) const fn new() -> Self {
        Self { next: Cell::new(0), end: Cell::new(0) }
    }

    /// Claims the memory up to this address and returns whether there is enough.
    fn claim_to(&self, to: usize) -> bool {
        let missing = to.saturating_sub(self.end.get());
        if missing > 0 && memory_grow::<0>(missing.div_ceil(PAGE)) == usize::MAX {
            return false;
        }
        self.end.set(memory_size::<0>() * PAGE);
        self.next.set(to);
        true
    }
}

// SAFETY: the module is built without threads.
unsafe impl Sync for Arena {}

// SAFETY: `next` is never before the end of a piece in use, since only shrinking the last piece moves it back. So
// no two pieces share a byte, and every piece lies within the grown memory.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if self.end.get() == 0 {
            self.end.set(memory_size::<0>() * PAGE);
            self.next.set(self.end.get());
        }
        let start = self.next.get().next_multiple_of(layout.align());
        match start.checked_add(layout.size()) {
            Some(end) if self.claim_to(end) => ptr::with_exposed_provenance_mut(start),
            _ => ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    /// Grows the most recent piece in place; any other piece is copied.
    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if piece.addr() + layout.size() == self.next.get() {
            let fits = piece.addr().checked_add(size).is_some_and(|end| self.claim_to(end));
            return if fits { piece } else { ptr::null_mut() };
        }
        // SAFETY: the caller upholds the contract of `alloc`, and `layout` is the layout of `piece`.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(piece, new, layout.size().min(size));
            }
            new
        }
    }
}
