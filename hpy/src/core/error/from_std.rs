//! Converts errors of the standard library to builtin exceptions.

use std::fmt;

use super::Error;

macro_rules! from_std {
    ($($source:ty => $exception:ident),* $(,)?) => {$(
        impl From<$source> for Error {
            fn from(error: $source) -> Self {
                Error::new::<crate::core::exceptions::$exception>(error.to_string())
            }
        }
    )*};
}

from_std! {
    core::str::Utf8Error => ValueError,
    std::string::FromUtf8Error => ValueError,
    std::ffi::NulError => ValueError,
    core::num::ParseIntError => ValueError,
    core::num::ParseFloatError => ValueError,
    core::str::ParseBoolError => ValueError,
    core::char::ParseCharError => ValueError,
    core::char::CharTryFromError => ValueError,
    core::num::TryFromIntError => OverflowError,
    core::array::TryFromSliceError => ValueError,
    std::net::AddrParseError => ValueError,
    std::time::SystemTimeError => ValueError,
    fmt::Error => RuntimeError,
}

impl From<core::convert::Infallible> for Error {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}
