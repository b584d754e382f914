//! Docstrings: the signature line is removed where the interpreter would show it as text.

use core::ffi::{CStr, c_char};

use crate::interp::{Implementation, interpreter};

/// Returns the docstring of something called `name`, without its signature where the interpreter would take that for
/// text. A null pointer stands for no docstring.
///
/// # Safety
///
/// Each of the two is a C string or null, which live as long as the interpreter uses them.
pub(crate) unsafe fn docstring(name: *const c_char, doc: *const c_char) -> *const c_char {
    let takes_it_for_text =
        interpreter().is_some_and(|known| known.implementation == Implementation::GraalPy);
    // SAFETY: the caller's word.
    if takes_it_for_text { unsafe { without_signature(name, doc) } } else { doc }
}

/// Returns the docstring of something called `name` without its signature; a null pointer if nothing is left.
///
/// # Safety
///
/// As for [`docstring`].
pub(crate) unsafe fn without_signature(name: *const c_char, doc: *const c_char) -> *const c_char {
    if name.is_null() || doc.is_null() {
        return doc;
    }
    // SAFETY: the caller's word; the signature is a part of the string.
    unsafe {
        let (name, text) = (CStr::from_ptr(name).to_bytes(), CStr::from_ptr(doc).to_bytes());
        match signature(name, text) {
            0 => doc,
            skip if skip == text.len() => core::ptr::null(),
            skip => doc.add(skip),
        }
    }
}

/// Returns how many bytes of a docstring are its signature, by CPython's rules.
fn signature(name: &[u8], doc: &[u8]) -> usize {
    const END: &[u8] = b")\n--\n\n";
    let name = name.rsplit(|&byte| byte == b'.').next().unwrap_or(name);
    let head = doc.strip_prefix(name).is_some_and(|rest| rest.starts_with(b"("));
    let end = doc.windows(END.len()).position(|window| window == END);
    let paragraph = doc.windows(2).position(|window| window == b"\n\n");
    match (end, paragraph) {
        // Nothing but the signature stands before the first empty line.
        (Some(end), Some(paragraph)) if head && end < paragraph => end + END.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn what_is_a_signature() {
        assert_eq!(signature(b"f", b"f(a, b=1)\n--\n\nText."), 14);
        assert_eq!(signature(b"m.Name", b"Name()\n--\n\n"), 11);
        assert_eq!(signature(b"f", b"g(a)\n--\n\nText."), 0);
        assert_eq!(signature(b"f", b"f(a) is a function.\n\n(see g)\n--\n\n"), 0);
        assert_eq!(signature(b"f", b"Text."), 0);
    }
}
