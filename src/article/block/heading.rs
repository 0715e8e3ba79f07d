use super::{BlockKind, Content, required_text};
use crate::article::RichText;
use crate::article::read::{Object, Reader};
use crate::article::spoken::Spoken;

/// A heading inside the text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct Heading {
    /// From 2 to 4; the title is level 1.
    #[cfg_attr(
        feature = "native",
        schemars(default = "crate::article::schema::level", range(min = 2, max = 4))
    )]
    pub level: u8,
    /// Its text.
    #[cfg_attr(feature = "native", schemars(schema_with = "crate::article::schema::filled_text"))]
    pub text: RichText,
}

impl Default for Heading {
    fn default() -> Self {
        Self { level: 2, text: RichText::default() }
    }
}

impl Content for Heading {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        let level = object.count(reader, "level").unwrap_or(2);
        if !(2..=4).contains(&level) {
            reader.expected(object.path.key("level"), "2, 3 or 4", object.get("level"));
        }
        let level = u8::try_from(level.clamp(2, 4)).unwrap_or(2);
        required_text(reader, object).map(|text| BlockKind::Heading(Self { level, text }))
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        visit(&self.text);
    }

    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        visit(&mut self.text);
    }
}

/// Its text.
impl Spoken for Heading {
    fn push_spoken(&self, words: &mut String) {
        self.text.push_spoken(words);
    }
}
