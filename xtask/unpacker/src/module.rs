//! The module that extracts itself.
//!
//! `cargo xtask dist` places the packed module behind the memory that this crate uses, and makes the memory so
//! large that the unpacked module fits at its end. The page may place another, smaller one there instead.

#![cfg(target_arch = "wasm32")]
#![allow(unsafe_code, reason = "without an allocator, memory has to be taken as it is")]

use core::panic::PanicInfo;
use core::slice;

use crate::unpack::{read_number, unpack as unpack_into};

unsafe extern "C" {
    /// Set by the linker: its address is the end of the memory that it uses.
    static mut __heap_base: u8;
}

/// Unpacks the module, and returns its address: it ends where the memory ends.
#[unsafe(no_mangle)]
#[expect(unreachable_pub, reason = "the page calls it")]
pub extern "C" fn unpack() -> *const u8 {
    const PAGE: usize = 65_536;
    let base = &raw mut __heap_base;
    let length = core::arch::wasm32::memory_size(0) * PAGE - base as usize;
    // SAFETY: the linker and the Rust code use no memory from `__heap_base` on, and this is called once.
    let memory = unsafe { slice::from_raw_parts_mut(base, length) };
    let mut unpacked = || {
        let size = read_number(&mut &*memory)? as usize;
        let (packed, module) = memory.split_at_mut_checked(length.checked_sub(size)?)?;
        unpack_into(packed, module)?;
        Some(module.as_ptr())
    };
    unpacked().unwrap_or_else(|| core::arch::wasm32::unreachable())
}

/// Ends the module. Nothing here panics but what the compiler cannot know.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
