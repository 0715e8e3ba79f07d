use super::{BlockKind, Content};
use crate::article::read::{Object, Reader};
use crate::article::spoken::Spoken;
use crate::article::{RichText, Text};

/// Program text or other text in which every space counts.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct Code {
    /// The text, unchanged.
    #[cfg_attr(feature = "native", schemars(length(min = 1)))]
    pub text: Text,
    /// The name of its language.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub language: Option<Text>,
}

impl Content for Code {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        let language = object.text(reader, "language");
        let text = reader.verbatim(object.path.key("text"), object.get("text"));
        if text.is_none() {
            reader.warn(object.path.key("text"), "is missing; the block was left out");
        }
        text.map(|text| BlockKind::Code(Self { text, language }))
    }

    fn each_text<'a>(&'a self, _: &mut impl FnMut(&'a RichText)) {}

    fn each_text_mut(&mut self, _: &mut impl FnMut(&mut RichText)) {}
}

/// The text, unchanged.
impl Spoken for Code {
    fn push_spoken(&self, words: &mut String) {
        words.push_str(&self.text);
    }
}
