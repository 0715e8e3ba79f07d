/// Formats that are read by the same WebAssembly module: who needs one of them downloads no more than these. Natively all
/// of them are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Posts in HTML.
    Blog,
    /// Contents of fields and blocks, as a CMS without a site of its own has them, and all other JSON.
    Headless,
    /// What agencies and newsrooms exchange.
    News,
}

impl Family {
    /// What its feature and its module are called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blog => "blog",
            Self::Headless => "headless",
            Self::News => "news",
        }
    }

    /// Whether its formats are read by this build.
    #[must_use]
    pub fn is_built(self) -> bool {
        match self {
            Self::Blog => cfg!(feature = "formats-blog"),
            Self::Headless => cfg!(feature = "formats-headless"),
            Self::News => cfg!(feature = "formats-news"),
        }
    }
}
