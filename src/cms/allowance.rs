//! How much may be copied where a document refers to its own parts. Without a limit, a long part to which many
//! places refer would multiply.

use std::cell::Cell;

use super::context::Context;
use crate::article::Json;

/// How many times as large as the document all the copies together may be.
const MAX_COPIES: usize = 4;

/// The bytes that may be copied whatever the size of the document.
const ALWAYS: usize = 10_000;

pub(super) struct Allowance {
    left: Cell<usize>,
}

impl Allowance {
    pub(super) fn new(document: &Json) -> Self {
        Self { left: Cell::new(ALWAYS + MAX_COPIES * size(document)) }
    }

    /// Returns whether a part may be copied once more. After the first that may not, none may.
    pub(super) fn permits(&self, part: &Json) -> bool {
        let left = self.left.get();
        // The size is not determined again for each of many references to a large part.
        let rest = if left > 0 { left.checked_sub(size(part)) } else { None };
        self.left.set(rest.unwrap_or_default());
        rest.is_some()
    }

    /// Reports that parts were not copied.
    pub(super) fn report(&self, path: &str, context: &mut Context<'_>) {
        if self.left.get() == 0 {
            context.warn(path, &["is referred to so often that not every reference is followed"]);
        }
    }
}

/// Returns about as many bytes as a value has in JSON.
fn size(json: &Json) -> usize {
    match json {
        Json::Text(text) => text.len() + 1,
        Json::List(items) => items.iter().map(size).sum::<usize>() + 1,
        Json::Object(entries) => {
            entries.iter().map(|(key, value)| key.len() + size(value)).sum::<usize>() + 1
        }
        _ => 1,
    }
}
