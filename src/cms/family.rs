/// Groups of formats, each read by a WebAssembly module of its own, so that a page that needs one format
/// downloads only the formats of its family. Native builds include all families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Posts in HTML.
    Blog,
    /// Fields and blocks of a headless CMS, and all other JSON.
    Headless,
    /// Exchange formats of news agencies and newsrooms.
    News,
}

impl Family {
    /// Returns the name of its feature and its module.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blog => "blog",
            Self::Headless => "headless",
            Self::News => "news",
        }
    }

    /// Returns whether this build reads its formats.
    #[must_use]
    pub fn is_built(self) -> bool {
        match self {
            Self::Blog => cfg!(feature = "formats-blog"),
            Self::Headless => cfg!(feature = "formats-headless"),
            Self::News => cfg!(feature = "formats-news"),
        }
    }
}
