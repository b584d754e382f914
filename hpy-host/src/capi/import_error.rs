//! [`ImportError`]: the reason why a file cannot be imported.

use std::borrow::Cow;

/// A sentence for an `ImportError`. One word, since nearly every step of an import may fail.
#[derive(Debug)]
pub(crate) struct ImportError(Box<Cow<'static, str>>);

impl ImportError {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for ImportError {
    #[cold]
    fn from(text: &'static str) -> Self {
        ImportError(Box::new(text.into()))
    }
}

impl From<String> for ImportError {
    #[cold]
    fn from(text: String) -> Self {
        ImportError(Box::new(text.into()))
    }
}
