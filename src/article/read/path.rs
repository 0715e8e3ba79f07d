/// The path of a value in the JSON. It is a linked list on the stack, written out only when there
/// is a problem to report.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// Returns the path in the form that editors read: `references[1].url`.
    pub(crate) fn write(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(Self::Root, key) => (*key).to_owned(),
            Self::Key(parent, key) => [&parent.write(), ".", key].concat(),
            Self::Index(parent, index) => [&parent.write(), "[", &index.to_string(), "]"].concat(),
        }
    }
}
