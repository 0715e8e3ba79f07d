//! A document as serialized by `document.js`: parts separated by NUL characters, which no document contains.

use crate::cms::html::{Element, Tree, TreeBuilder};

/// Reads a serialized document. The first character of each part gives its kind: `<` an element by its name,
/// `=` an attribute whose value is the next part, `#` a text, `>` the end of an element.
pub(super) fn tree(serialized: &str) -> Tree {
    let mut builder = TreeBuilder::default();
    let mut element: Option<Element> = None;
    let mut parts = serialized.split('\0');
    while let Some(part) = parts.next() {
        let mut rest = part.chars();
        let sign = rest.next();
        let rest = rest.as_str();
        if sign == Some('=') {
            if let (Some(element), Some(value)) = (&mut element, parts.next()) {
                element.attributes.push((rest.to_owned(), value.to_owned()));
            }
            continue;
        }
        if let Some(element) = element.take() {
            builder.open(element);
        }
        match sign {
            Some('<') => element = Some(Element { name: rest.to_owned(), attributes: Vec::new() }),
            Some('#') => builder.text(rest.to_owned()),
            Some('>') => builder.close(),
            _ => {}
        }
    }
    builder.finish()
}
