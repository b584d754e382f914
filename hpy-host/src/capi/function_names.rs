//! [`FunctionNames`]: the names of the functions in the table, and lookup of their symbols.
//!
//! Neighbouring names share a prefix, so the list stores only the new part of each.

use core::ffi::{CStr, c_void};

use crate::capi::functions::{NAMES, OPTIONAL};
use crate::capi::table::c_string;

/// Bytes of the longest symbol, with its NUL and PyPy's prefix; what is longer fails the test below.
const LONGEST: usize = 64;

/// Goes through the list. Each entry is a byte that says how many bytes the name shares with the one before, and whether
/// it may be missing; then the rest of the name, and a NUL.
pub(crate) struct FunctionNames {
    list: &'static [u8],
    text: [u8; LONGEST],
}

impl FunctionNames {
    /// Before the first.
    pub(crate) fn new() -> Self {
        FunctionNames { list: NAMES, text: [0; LONGEST] }
    }

    /// Goes to the next one. Returns whether it may be missing; `None` at the end.
    #[inline(never)]
    pub(crate) fn next(&mut self) -> Option<bool> {
        let (&first, mut list) = self.list.split_first()?;
        let mut at = usize::from(first & !OPTIONAL);
        loop {
            let (&byte, rest) = list.split_first()?;
            *self.text.get_mut(at)? = byte;
            (list, at) = (rest, at + 1);
            if byte == 0 {
                break;
            }
        }
        self.list = list;
        Some(first & OPTIONAL != 0)
    }

    /// The name.
    pub(crate) fn name(&self) -> &CStr {
        c_string(&self.text)
    }

    /// The address of its symbol. On PyPy that of `PyLong_AsLong` is `PyPyLong_AsLong`, that of `_Py_Dealloc`
    /// `_PyPy_Dealloc`.
    pub(crate) fn symbol(&self, pypy: bool) -> *mut c_void {
        if !pypy {
            return crate::capi::table::symbol(self.name());
        }
        crate::capi::table::symbol(c_string(&self.on_pypy()))
    }

    #[inline(never)]
    fn on_pypy(&self) -> [u8; LONGEST] {
        let mut text = self.text;
        let prefix = if text[0] == b'_' { 3 } else { 2 };
        text.copy_within(prefix..LONGEST - 2, prefix + 2);
        text[prefix..prefix + 2].copy_from_slice(b"Py");
        text
    }
}

/// The name at a place of the list.
pub(crate) fn with_name<R>(index: usize, f: impl FnOnce(&CStr) -> R) -> R {
    let mut names = FunctionNames::new();
    for _ in 0..=index {
        names.next();
    }
    f(names.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capi::functions::Api;

    fn all() -> Vec<(String, String, bool)> {
        let mut names = FunctionNames::new();
        let mut all = Vec::new();
        while let Some(optional) = names.next() {
            let on_pypy = c_string(&names.on_pypy()).to_str().unwrap().to_owned();
            all.push((names.name().to_str().unwrap().to_owned(), on_pypy, optional));
        }
        assert!(names.list.is_empty());
        all
    }

    #[test]
    fn each_field_has_a_name() {
        let all = all();
        assert_eq!(all.len() * size_of::<usize>(), size_of::<Api>());
        assert_eq!(all[0].0, "Py_IncRef");
        assert!(all.iter().all(|(name, ..)| name.trim_start_matches('_').starts_with("Py")));
        with_name(1, |name| assert_eq!(name, c"Py_DecRef"));
    }

    #[test]
    fn names_on_pypy() {
        let all = all();
        let find = |name: &str| all.iter().find(|entry| entry.0 == name).unwrap();
        assert_eq!(find("PyLong_AsLong").1, "PyPyLong_AsLong");
        assert_eq!(find("Py_IncRef").1, "PyPy_IncRef");
        assert_eq!(find("_Py_Dealloc").1, "_PyPy_Dealloc");
        assert!(find("_Py_Dealloc").2 && !find("Py_IncRef").2);
    }
}
