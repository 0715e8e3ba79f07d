use super::{BlockKind, Content, required_text};
use crate::article::RichText;
use crate::article::read::{Object, Reader};
use crate::article::spoken::Spoken;

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct Paragraph {
    /// Its text.
    #[cfg_attr(feature = "native", schemars(schema_with = "crate::article::schema::filled_text"))]
    pub text: RichText,
}

impl Content for Paragraph {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        required_text(reader, object).map(BlockKind::paragraph)
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        visit(&self.text);
    }

    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        visit(&mut self.text);
    }
}

/// Its text.
impl Spoken for Paragraph {
    fn push_spoken(&self, words: &mut String) {
        self.text.push_spoken(words);
    }
}

impl BlockKind {
    /// Creates a paragraph with this text.
    #[must_use]
    pub fn paragraph(text: RichText) -> Self {
        Self::Paragraph(Paragraph { text })
    }
}
