//! The functions of the context, a file for each family. Handles are object pointers, so most are one call of the C API.
//!
//! `table` (generated) puts them into a context, [`embedded()`] into the embedded one; [`calls`] (generated) calls them directly.
//! [`extensions`] has what this host can do beyond HPy.
//!
//! Every function here is called by the rules of HPy: with a live context of this host, open handles, and on a thread that runs
//! Python. SAFETY comments call that "HPy's rules".

#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's

mod builder;
mod bytes;
mod call;
#[path = "gen/calls.rs"]
pub mod calls;
mod capsule;
mod complete;
mod container;
mod contextvar;
mod err;
mod eval;
pub mod extensions;
mod handles;
mod length;
mod long;
pub(crate) mod new_module;
pub(crate) mod null_checks;
mod number;
mod object;
pub(crate) mod size_limit;
#[path = "gen/table.rs"]
mod table;
mod text;
mod trampoline;
mod types;

pub(crate) use self::object::*;
pub(crate) use builder::*;
pub(crate) use bytes::*;
pub(crate) use call::*;
pub(crate) use capsule::*;
pub(crate) use container::*;
pub(crate) use contextvar::*;
pub(crate) use err::*;
pub(crate) use eval::*;
pub(crate) use handles::*;
pub(crate) use length::*;
pub(crate) use long::*;
pub(crate) use number::*;
pub(crate) use text::*;
pub use trampoline::RealCall;
pub(crate) use trampoline::{call_by_signature, ctx_CallRealFunctionFromTrampoline};
pub(crate) use types::*;

pub use crate::capi::embedded_context::{address, is_embedded};
pub(crate) use crate::capi::handle::{handle, object};
pub(crate) use crate::layout::type_check::is_instance;
pub use complete::embedded;
pub(crate) use size_limit::is_too_long;

/// Defines functions of the context that are one call of the C API: `ctx_Add(a, b) -> HPy = PyNumber_Add`.
/// `HPy` stands for an object, both ways; other types are passed as they are.
macro_rules! direct {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ident $(<$inner:ty>)?),*) $(-> $ret:ident)? = $capi:ident;)*) => {$(
        $(#[$doc])*
        pub(crate) unsafe extern "C" fn $name(
            _: *mut hpy_sys::HPyContext $(, $arg: $crate::context::direct!(@type $ty $(<$inner>)?))*
        ) $(-> $ret)? {
            // SAFETY: HPy's rules.
            unsafe { $crate::context::direct!(@out $($ret)?, ($crate::api().$capi)($($crate::context::direct!(@in $ty, $arg)),*)) }
        }
    )*};
    (@type ptr<$inner:ty>) => { *const $inner };
    (@type ptrmut<$inner:ty>) => { *mut $inner };
    (@type $ty:ident) => { $ty };
    (@in HPy, $arg:ident) => { $crate::capi::handle::object($arg) };
    (@in $ty:ident, $arg:ident) => { $arg };
    (@out HPy, $value:expr) => { $crate::capi::handle::handle($value) };
    (@out $($ret:ident)?, $value:expr) => { $value };
}
pub(crate) use direct;

/// The same for functions that may run other people's code: they raise `RecursionError` if the stack is nearly used up.
macro_rules! guarded {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ident $(<$inner:ty>)?),*) -> $ret:ident = $capi:ident;)*) => {$(
        $(#[$doc])*
        pub(crate) unsafe extern "C" fn $name(
            _: *mut hpy_sys::HPyContext $(, $arg: $crate::context::direct!(@type $ty $(<$inner>)?))*
        ) -> $ret {
            if $crate::interp::stack::is_low() {
                return $crate::interp::stack::refuse();
            }
            // SAFETY: HPy's rules.
            unsafe { $crate::context::direct!(@out $ret, ($crate::api().$capi)($($crate::context::direct!(@in $ty, $arg)),*)) }
        }
    )*};
}
pub(crate) use guarded;

/// The start of a function of the context that may run other people's code and is more than one call of the C API.
macro_rules! check_stack {
    () => {
        if $crate::interp::stack::is_low() {
            return $crate::interp::stack::refuse();
        }
    };
}
pub(crate) use check_stack;
