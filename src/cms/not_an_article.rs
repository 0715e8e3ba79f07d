use std::fmt;

use super::Format;

/// Why there is no article to show. The message also says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAnArticle {
    /// The data matches no known format.
    NoMatch,
    /// The host page declares a format that does not exist.
    UnknownFormat(String),
    /// The data is not in the format that the host page declares.
    FormatMismatch(Format),
    /// Readers are needed that are not loaded, with their names: that of the format, or of what is in it.
    NotLoaded(Vec<&'static str>),
    /// The data is to be read by a field map, but there is no map.
    NoMap,
    /// The field map is invalid; with the reason.
    InvalidMap(String),
    /// The field map names no body, or there is nothing at these paths.
    NoBody(Vec<String>),
    /// The article is a draft.
    Draft,
    /// The CMS shows the article only to users who are signed in: it is a draft, scheduled, or
    /// private.
    NotPublic {
        /// The code that the CMS returned.
        code: String,
        /// The page of the guide about this, in `docs/cms/`.
        guide: &'static str,
    },
    /// The article must not be shown before this moment, given as the CMS writes it.
    Embargoed(String),
    /// The article was withheld or withdrawn; this is the status that the CMS gives.
    Withheld(String),
    /// The article requires a password.
    Protected,
    /// The article is for members only.
    MembersOnly,
    /// The CMS answered with an error.
    Refused {
        /// The status or code; empty where there is none.
        code: String,
        /// The message of the CMS.
        message: String,
        /// The page of the guide about this, in `docs/cms/`.
        guide: &'static str,
    },
    /// The list has no such item.
    NoSuchItem(String),
    /// The list has several items, and nothing says which to show; with the names of some.
    SeveralItems(Vec<String>),
    /// The list is empty.
    NoItems,
    /// The data has nothing to read; with the page of the guide about its format.
    Empty(&'static str),
}

impl NotAnArticle {
    /// Returns a stable identifier of the reason, for programs.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoMatch
            | Self::UnknownFormat(_)
            | Self::FormatMismatch(_)
            | Self::NotLoaded(_)
            | Self::NoMap
            | Self::InvalidMap(_)
            | Self::NoBody(_) => "format",
            Self::Draft => "draft",
            Self::NotPublic { .. } => "not-public",
            Self::Embargoed(_) => "embargoed",
            Self::Withheld(_) => "withheld",
            Self::Protected => "protected",
            Self::MembersOnly => "members",
            Self::Refused { .. } => "refused",
            Self::NoSuchItem(_) | Self::SeveralItems(_) | Self::NoItems => "item",
            Self::Empty(_) => "empty",
        }
    }

    /// Returns what is wrong and what to do about it, in a sentence or two.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NoMatch => [
                "is in no known format; tried: briefing, ",
                &known_formats(),
                ". Name its format, or map its fields: docs/cms/README.md",
            ]
            .concat(),
            Self::UnknownFormat(name) => {
                ["cannot be read as \"", name, "\"; known formats are briefing, ", &known_formats()].concat()
            }
            Self::FormatMismatch(format) => [
                "does not match the declared format \"",
                format.name(),
                "\". See docs/cms/",
                format.name(),
                ".md",
            ]
            .concat(),
            Self::NotLoaded(names) => ["needs readers that are not loaded: ", &names.join(", ")].concat(),
            Self::NoMap => "needs a field map, but none was given. See docs/cms/map.md".to_owned(),
            Self::InvalidMap(why) => ["needs another field map: ", why].concat(),
            Self::NoBody(paths) if paths.is_empty() => {
                "has no body: the field map has no path for one. See docs/cms/map.md".to_owned()
            }
            Self::NoBody(paths) => {
                ["has no value at these paths of the field map: ", &paths.join(", "), ". See docs/cms/map.md"]
                    .concat()
            }
            Self::Draft => "is a draft; publish it first".to_owned(),
            Self::NotPublic { code, guide } => {
                ["is not public, or not yet (", code, "): publish it, and see docs/cms/", guide, ".md"]
                    .concat()
            }
            Self::Embargoed(until) => {
                ["is embargoed until ", until, "; it is not shown before then"].concat()
            }
            Self::Withheld(status) => ["has the status \"", status, "\", so it is not shown"].concat(),
            Self::Protected => "is protected by a password; a briefing shows only public articles".to_owned(),
            Self::MembersOnly => "is for members only; a briefing shows only public articles".to_owned(),
            Self::Refused { code, message, guide } => {
                let code = if code.is_empty() { String::new() } else { [" (", code, ")"].concat() };
                [
                    "is an error response",
                    &code,
                    ", not an article: ",
                    message.trim_end_matches('.'),
                    ". See docs/cms/",
                    guide,
                    ".md",
                ]
                .concat()
            }
            Self::NoSuchItem(item) => {
                ["has no item \"", item, "\"; give an id, slug or address, or first or last"].concat()
            }
            Self::SeveralItems(names) => [
                "is a list of several articles; set item to one of them, such as ",
                &names.join(", "),
                ", first or last",
            ]
            .concat(),
            Self::NoItems => "is an empty list; check that the address names a published article".to_owned(),
            Self::Empty(guide) => {
                ["has no text to show. What to request from the CMS: docs/cms/", guide, ".md"].concat()
            }
        }
    }
}

fn known_formats() -> String {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    names.join(", ")
}

impl fmt::Display for NotAnArticle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for NotAnArticle {}
