use super::{Language, Moment, Text, Url};

/// A source the article cites.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "native", derive(serde::Serialize, schemars::JsonSchema))]
pub struct Reference {
    /// The name by which `[^id]` in the text cites it. Without one, it can be cited by its number only.
    #[cfg_attr(feature = "native", schemars(default, with = "Option<super::schema::Id>"))]
    pub id: Text,
    /// Its title, in its own language.
    #[cfg_attr(feature = "native", schemars(length(min = 1)))]
    pub title: Text,
    /// Who published it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub publisher: Option<Text>,
    /// Other names by which the text may mention the publisher.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Vec::is_empty"), schemars(default))]
    pub aliases: Vec<Text>,
    /// Whether mentions of the publisher in the text cite it. Without this, they do where the sentence says
    /// that the publisher reports.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub mention: Option<Mention>,
    /// Where it can be read.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub url: Option<Url>,
    /// Who wrote it.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Vec::is_empty"), schemars(default))]
    pub authors: Vec<Text>,
    /// When it was published.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub published: Option<Moment>,
    /// The language it is written in.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub lang: Option<Language>,
    /// What kind of source it is.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub kind: Option<ReferenceKind>,
    /// The passage of the source that matters here.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub excerpt: Option<Text>,
    /// A copy that will still be there when the source is gone.
    #[cfg_attr(feature = "native", serde(skip_serializing_if = "Option::is_none"))]
    pub archive_url: Option<Url>,
}

/// Whether mentions of a publisher cite its reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "native",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum Mention {
    /// Wherever its name is used alone, whether or not the sentence says that it reports.
    Always,
    /// Nowhere.
    Never,
}

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "native",
    derive(serde::Serialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum ReferenceKind {
    /// A piece of journalism.
    Article,
    /// A scholarly paper.
    Paper,
    /// A report or white paper.
    Report,
    /// A book.
    Book,
    /// A filing, law, judgment or other document of record.
    Document,
    /// A data set.
    Dataset,
    /// A film, broadcast or clip.
    Video,
    /// A programme or recording.
    Audio,
    /// A post on a social network or blog.
    Post,
    /// A page of an organisation about itself.
    Website,
}

impl ReferenceKind {
    /// The kinds with their names in the JSON.
    pub const NAMES: [(&'static str, Self); 10] = [
        ("article", Self::Article),
        ("paper", Self::Paper),
        ("report", Self::Report),
        ("book", Self::Book),
        ("document", Self::Document),
        ("dataset", Self::Dataset),
        ("video", Self::Video),
        ("audio", Self::Audio),
        ("post", Self::Post),
        ("website", Self::Website),
    ];

    /// Returns the kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    /// Returns its name in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}
