//! The origin of a handle: Python's traceback, and the native frames.

use core::ffi::{CStr, c_void};
use core::fmt;
use std::sync::Arc;

use hpy_sys::cast::count;
use hpy_sys::{HPy, HPyContext};

use crate::platform;

/// The frames of Python and of native code, the innermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    python: Vec<Frame>,
    native: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Frame {
    file: Arc<str>,
    line: i64,
    function: Arc<str>,
}

impl Origin {
    /// At most `limit` frames of each.
    ///
    /// # Safety
    ///
    /// This thread may call Python through the context.
    pub(super) unsafe fn capture(plain: *mut HPyContext, limit: usize) -> Origin {
        Origin {
            // SAFETY: the caller's word.
            python: unsafe { python(plain, limit) },
            native: native(limit),
        }
    }

    /// Only native frames: for a thread that may not call Python.
    pub(super) fn native(limit: usize) -> Origin {
        Origin { python: Vec::new(), native: native(limit) }
    }
}

/// Python's frames, found by `sys._getframe`. None while an exception is pending, as Python can't be called then.
unsafe fn python(plain: *mut HPyContext, limit: usize) -> Vec<Frame> {
    let mut frames = Vec::new();
    // SAFETY: the caller's word; each handle is closed once.
    unsafe {
        if ((*plain).ctx_Err_Occurred)(plain) != 0 {
            return frames;
        }
        let sys = Owned::new(plain, ((*plain).ctx_Import_ImportModule)(plain, c"sys".as_ptr()));
        let getframe = sys.attribute(c"_getframe");
        let mut frame = getframe.call();
        while frames.len() < limit && frame.is_object() {
            let code = frame.attribute(c"f_code");
            frames.push(Frame {
                file: code.attribute(c"co_filename").text(),
                line: frame.attribute(c"f_lineno").number(),
                function: code.attribute(c"co_name").text(),
            });
            frame = frame.attribute(c"f_back");
        }
    }
    frames
}

/// A handle of the plain context, or NULL, on which everything fails.
struct Owned(*mut HPyContext, HPy);

impl Owned {
    /// The result of a function. If it failed, its exception is forgotten.
    ///
    /// # Safety
    ///
    /// This thread may call Python through the context, and the handle is new.
    unsafe fn new(plain: *mut HPyContext, result: HPy) -> Owned {
        if result.is_null() {
            // SAFETY: the caller's word.
            unsafe { ((*plain).ctx_Err_Clear)(plain) };
        }
        Owned(plain, result)
    }

    fn is_object(&self) -> bool {
        // SAFETY: made by `python`, whose word this is.
        !self.1.is_null() && unsafe { ((*self.0).ctx_Is)(self.0, self.1, (*self.0).h_None) == 0 }
    }

    fn attribute(&self, name: &CStr) -> Owned {
        if self.1.is_null() {
            return Owned(self.0, HPy::NULL);
        }
        // SAFETY: as above.
        unsafe { Owned::new(self.0, ((*self.0).ctx_GetAttr_s)(self.0, self.1, name.as_ptr())) }
    }

    fn call(&self) -> Owned {
        if self.1.is_null() {
            return Owned(self.0, HPy::NULL);
        }
        // SAFETY: as above.
        unsafe { Owned::new(self.0, ((*self.0).ctx_CallTupleDict)(self.0, self.1, HPy::NULL, HPy::NULL)) }
    }

    fn text(&self) -> Arc<str> {
        if self.1.is_null() {
            return "?".into();
        }
        let mut size = 0;
        // SAFETY: as above; the text is read while the handle is open.
        unsafe {
            let text = ((*self.0).ctx_Unicode_AsUTF8AndSize)(self.0, self.1, &mut size);
            if text.is_null() {
                ((*self.0).ctx_Err_Clear)(self.0);
                return "?".into();
            }
            String::from_utf8_lossy(core::slice::from_raw_parts(text.cast(), count(size))).into()
        }
    }

    fn number(&self) -> i64 {
        if self.1.is_null() {
            return 0;
        }
        // SAFETY: as above.
        unsafe {
            let number = ((*self.0).ctx_Long_AsInt64_t)(self.0, self.1);
            if number == -1 {
                ((*self.0).ctx_Err_Clear)(self.0);
            }
            number
        }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        if !self.1.is_null() {
            // SAFETY: as above: an open handle of ours.
            unsafe { ((*self.0).ctx_Close)(self.0, self.1) }
        }
    }
}

/// Return addresses in native code: those of the extension, up to where the host called it.
fn native(limit: usize) -> Vec<usize> {
    let own = platform::first_address(native as *const c_void);
    let (mut frames, mut outside) = (Vec::new(), false);
    backtrace::trace(|frame| {
        let address = frame.ip();
        if platform::first_address(address) != own {
            outside = true;
            frames.push(address as usize);
        } else if outside {
            return false;
        }
        frames.len() < limit
    });
    frames
}

/// The file of the library that has an address, and how far into it that is.
fn offset(address: usize) -> Option<(String, usize)> {
    let (name, start) = platform::library(core::ptr::without_provenance(address))?;
    Some((name, address - start))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Frame { file, line, function } in program(&self.python) {
            writeln!(f, "    File \"{file}\", line {line}, in {function}")?;
        }
        if !self.native.is_empty() {
            // Libraries may have been loaded since addresses were last looked up.
            backtrace::clear_symbol_cache();
        }
        for address in &self.native {
            write_address(f, *address)?;
        }
        Ok(())
    }
}

/// The frames of the program, without those that started it.
fn program(frames: &[Frame]) -> &[Frame] {
    let starts = |frame: &Frame| {
        let file = frame.file.replace('\\', "/");
        file.ends_with("runpy>") || file.ends_with("/runpy.py") || file.contains("/hpy_host/")
    };
    let end = frames.iter().rposition(|frame| !starts(frame)).map_or(frames.len(), |last| last + 1);
    &frames[..end]
}

/// The functions that an address belongs to: more than one where functions were inlined.
fn write_address(f: &mut fmt::Formatter<'_>, address: usize) -> fmt::Result {
    let mut lines = Vec::new();
    backtrace::resolve(core::ptr::without_provenance_mut(address), |symbol| {
        let Some(name) = symbol.name() else { return };
        let mut line = format!("    {name:#}");
        if let (Some(file), Some(number)) = (symbol.filename(), symbol.lineno()) {
            line += &format!(" at {}:{number}", file.display());
        }
        lines.push(line);
    });
    let library = offset(address);
    let known = lines.iter().any(|line| line.contains(" at "));
    for line in &lines {
        match &library {
            Some((file, _)) if !known => writeln!(f, "{line} in {file}")?,
            _ => writeln!(f, "{line}")?,
        }
    }
    match library {
        Some((file, offset)) if lines.is_empty() => writeln!(f, "    {file}(+{offset:#x})"),
        None if lines.is_empty() => writeln!(f, "    {address:#x}"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_starts_a_program_is_not_shown() {
        let frame = |file: &str| Frame { file: file.into(), line: 1, function: "f".into() };
        let mut frames: Vec<Frame> = [
            "app.py",
            "<frozen runpy>",
            "app.py",
            "<frozen runpy>",
            r"Z:\x\hpy_host\_main.py",
            "/lib/runpy.py",
        ]
        .map(frame)
        .into();
        assert_eq!(program(&frames).len(), 3);
        frames.drain(..3);
        assert_eq!(program(&frames).len(), 3, "if there is nothing else, it is");
    }
}
