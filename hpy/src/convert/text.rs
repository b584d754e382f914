//! Text: `str`, `String`, `Cow<str>` and `char`.

use std::borrow::Cow;

use crate::core::exceptions::ValueError;
use crate::core::markers::Str;
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Result};

impl<'a, 'ctx> FromPython<'a, 'ctx> for &'a str {
    type Error = Error;
    const HINT: Hint = Hint::Name("str");

    /// Borrows the text inside the Python object.
    #[inline]
    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        value.downcast::<Str>()?.as_str()
    }
}

impl<'ctx> FromPython<'_, 'ctx> for String {
    type Error = Error;
    const HINT: Hint = Hint::Name("str");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        <&str>::from_python(value).map(str::to_owned)
    }
}

impl<'a, 'ctx> FromPython<'a, 'ctx> for Cow<'a, str> {
    type Error = Error;
    const HINT: Hint = Hint::Name("str");

    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        <&str>::from_python(value).map(Cow::Borrowed)
    }
}

impl<'ctx> FromPython<'_, 'ctx> for char {
    type Error = Error;
    const HINT: Hint = Hint::Name("str");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let text = <&str>::from_python(value)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(one), None) => Ok(one),
            _ => Err(Error::new::<ValueError>(format!(
                "expected a string of one character, not {}",
                text.chars().count()
            ))),
        }
    }
}

macro_rules! texts {
    ($($ty:ty, $text:ident => $as_str:expr;)*) => {$(
        impl<'ctx> IntoPython<'ctx> for $ty {
            type Target = Str;
            type Error = Error;

            #[inline]
            fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Str>> {
                let $text = self;
                Str::new(ctx, $as_str)
            }
        }
    )*};
}

texts! {
    &str, text => text;
    &&str, text => text;
    String, text => &text;
    &String, text => text;
    Cow<'_, str>, text => &text;
    Box<str>, text => &text;
    char, text => text.encode_utf8(&mut [0; 4]);
}
