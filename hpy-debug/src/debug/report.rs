//! Reports misuse: calls the function that Python set, or else prints a report and aborts the process.

use core::fmt::Write as _;
use std::ffi::CString;

use hpy_sys::{HPy, HPyContext};

use super::handles::Entry;
use super::origin::Origin;
use super::real_call::BEHIND_ARGUMENTS;
use super::{Debug, Settings};
use crate::lock;

/// Wrong use of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misuse {
    /// It is closed.
    Closed,
    /// It was closed so long ago that it is not remembered.
    LongClosed,
    /// It never was one.
    Unknown,
    ClosedArgument,
    ClosedConstant,
    ReturnedArgument,
    ReturnedConstant,
    /// `HPy_Close` of what is no open handle, of which nothing is needed to go on.
    ClosedLongClosed,
    ClosedUnknown,
}

/// What is said of [`BEHIND_ARGUMENTS`].
const BEHIND: &str = "the function read behind its last argument. HPy_tp_new and HPy_tp_init get their keywords as a dict, for \
                      HPyArg_ParseKeywordsDict; HPyArg_ParseKeywords is for functions with HPyFunc_KEYWORDS";

impl Misuse {
    fn text(self) -> &'static str {
        match self {
            Misuse::Closed => "the handle is closed",
            Misuse::LongClosed | Misuse::ClosedLongClosed => "the handle was closed long ago",
            Misuse::Unknown | Misuse::ClosedUnknown => "this is no handle of the debug context",
            Misuse::ClosedArgument => "an argument is closed by the caller, not by the function",
            Misuse::ClosedConstant => "a constant of the context must not be closed",
            Misuse::ReturnedArgument => "an argument can't be returned, only what HPy_Dup makes of it",
            Misuse::ReturnedConstant => {
                "a constant of the context can't be returned, only what HPy_Dup makes of it"
            }
        }
    }
}

/// Wrong use of a builder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuilderMisuse {
    /// It was built or cancelled.
    Closed,
    /// The index and the size.
    Index(isize, isize),
}

impl Debug {
    /// Calls the function that was set for it, and comes back; or ends the process.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    #[cold]
    pub(super) unsafe fn report(&self, misuse: Misuse, h: HPy, function: &str) {
        // SAFETY: the caller's word. There is nothing to go on with if the handle is not known.
        unsafe {
            if !matches!(misuse, Misuse::LongClosed | Misuse::Unknown)
                && self.call_hook(|settings| settings.on_invalid_handle)
            {
                return;
            }
            let what = if h._i == BEHIND_ARGUMENTS._i { BEHIND } else { misuse.text() };
            let mut text = format!("Invalid usage of already closed handle\n{function}: {what}");
            let _ = write!(text, "\n{}", self.describe(h));
            fatal_error(self.plain, text)
        }
    }

    /// The same for builders.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    #[cold]
    pub(super) unsafe fn report_builder(&self, misuse: BuilderMisuse, function: &str) {
        // SAFETY: the caller's word.
        unsafe {
            if self.call_hook(|settings| settings.on_invalid_builder) {
                return;
            }
            let text = match misuse {
                BuilderMisuse::Closed => {
                    format!(
                        "Invalid usage of already closed builder\n{function}: it was built or cancelled before"
                    )
                }
                BuilderMisuse::Index(index, size) => format!(
                    "Invalid usage of a builder\n{function}: there is no place {index} in a builder of size {size}"
                ),
            };
            self.fatal(text)
        }
    }

    /// Ends the process, with a message and the place.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    #[cold]
    pub(super) unsafe fn fatal(&self, text: String) -> ! {
        // SAFETY: the caller's word.
        unsafe {
            let origin = Origin::capture(self.plain, 16);
            fatal_error(self.plain, format!("{text}\n{origin}"))
        }
    }

    /// Calls a function that was set; false if none was.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    unsafe fn call_hook(&self, which: impl Fn(&Settings) -> HPy) -> bool {
        let plain = self.plain;
        // SAFETY: the caller's word; an exception that is pending is put aside. The function may set another one.
        unsafe {
            let hook = {
                let settings = lock(&self.settings);
                ((*plain).ctx_Dup)(plain, which(&settings))
            };
            if hook.is_null() {
                return false;
            }
            let ext = hpy_host::context::extensions::of(plain);
            let pending = ext.map_or(HPy::NULL, |ext| (ext.err_fetch)(plain));
            let result = ((*plain).ctx_CallTupleDict)(plain, hook, HPy::NULL, HPy::NULL);
            if result.is_null() {
                ((*plain).ctx_Err_WriteUnraisable)(plain, hook);
            } else {
                ((*plain).ctx_Close)(plain, result);
            }
            ((*plain).ctx_Close)(plain, hook);
            if let (Some(ext), false) = (ext, pending.is_null()) {
                (ext.err_restore)(plain, pending);
                ((*plain).ctx_Close)(plain, pending);
            }
        }
        true
    }

    /// Where the handle was made and closed, and where this is.
    unsafe fn describe(&self, h: HPy) -> String {
        let mut text = String::new();
        let traced = {
            let handles = lock(&self.handles);
            let entry = handles.find(h).ok().and_then(|place| handles.get(place));
            if let Some(origin) = entry.and_then(Entry::made) {
                let _ = write!(text, "It was made at:\n{origin}");
            }
            if let Some(origin) = entry.and_then(Entry::closed) {
                let _ = write!(text, "It was closed at:\n{origin}");
            }
            entry.is_none_or(|entry| entry.made().is_some())
        };
        if !traced {
            text += super::NO_TRACE;
        }
        // SAFETY: the caller's word.
        let origin = unsafe { Origin::capture(self.plain, 16) };
        let _ = write!(text, "Now at:\n{origin}");
        text
    }
}

unsafe fn fatal_error(plain: *mut HPyContext, text: String) -> ! {
    let text = CString::new(text.replace('\0', "?")).unwrap_or_default();
    // SAFETY: the caller's word: this thread runs Python.
    unsafe { ((*plain).ctx_FatalError)(plain, text.as_ptr()) }
}
