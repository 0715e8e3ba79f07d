//! The string type of an article's texts.

/// Plain text, shared rather than copied: the view shows the very bytes that were read.
#[cfg(not(all(feature = "adapters", not(any(feature = "view", feature = "native")))))]
pub type Text = std::rc::Rc<str>;

#[cfg(all(feature = "adapters", not(any(feature = "view", feature = "native"))))]
pub use never_freed::Text;

/// Adapter modules never free memory, so their texts need no reference counting. The code that decrements a
/// count would be repeated at every place that drops a text.
#[cfg(all(feature = "adapters", not(any(feature = "view", feature = "native"))))]
mod never_freed {
    use std::borrow::{Borrow, Cow};
    use std::fmt;
    use std::ops::Deref;

    /// Plain text, shared rather than copied; lives as long as the instance of the module.
    #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Text(&'static str);

    impl Deref for Text {
        type Target = str;

        fn deref(&self) -> &str {
            self.0
        }
    }

    impl Borrow<str> for Text {
        fn borrow(&self) -> &str {
            self.0
        }
    }

    impl AsRef<str> for Text {
        fn as_ref(&self) -> &str {
            self.0
        }
    }

    impl From<String> for Text {
        fn from(text: String) -> Self {
            Self(text.leak())
        }
    }

    impl From<&str> for Text {
        fn from(text: &str) -> Self {
            text.to_owned().into()
        }
    }

    impl From<Cow<'_, str>> for Text {
        fn from(text: Cow<'_, str>) -> Self {
            text.into_owned().into()
        }
    }

    impl fmt::Debug for Text {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt::Debug::fmt(self.0, f)
        }
    }

    impl fmt::Display for Text {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }
}
