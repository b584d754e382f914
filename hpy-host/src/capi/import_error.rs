//! [`Reason`]: why a file can't be imported, for a reader to act on.

use std::borrow::Cow;

/// A sentence for an `ImportError`. One word, since nearly every step of an import may fail.
#[derive(Debug)]
pub(crate) struct Reason(Box<Cow<'static, str>>);

impl Reason {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Reason {
    #[cold]
    fn from(text: &'static str) -> Self {
        Reason(Box::new(text.into()))
    }
}

impl From<String> for Reason {
    #[cold]
    fn from(text: String) -> Self {
        Reason(Box::new(text.into()))
    }
}
