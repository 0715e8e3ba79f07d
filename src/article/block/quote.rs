use super::{BlockKind, Content, required_text};
use crate::article::read::{Object, Reader};
use crate::article::spoken::{Spoken, push_line};
use crate::article::{RichText, Url};

/// A quotation.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema), schemars(inline))]
pub struct Quote {
    /// What was said.
    #[cfg_attr(feature = "native", schemars(schema_with = "crate::article::schema::filled_text"))]
    pub text: RichText,
    /// Who said it, and where.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "RichText::is_empty"), schemars(default))]
    pub attribution: RichText,
    /// Where it was said.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<Url>,
}

impl Content for Quote {
    fn read(reader: &mut Reader, object: &Object) -> Option<BlockKind> {
        let attribution = object.rich(reader, "attribution");
        let url = object.url(reader, "url");
        required_text(reader, object).map(|text| BlockKind::Quote(Self { text, attribution, url }))
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a RichText)) {
        visit(&self.text);
        visit(&self.attribution);
    }

    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut RichText)) {
        visit(&mut self.text);
        visit(&mut self.attribution);
    }
}

/// What was said, then who said it.
impl Spoken for Quote {
    fn push_spoken(&self, words: &mut String) {
        push_line(&self.text, words);
        push_line(&self.attribution, words);
    }
}
