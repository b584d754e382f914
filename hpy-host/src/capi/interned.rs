//! Interned data that interpreters keep pointers to: tables of methods, members and attributes, and names.
//!
//! This data can't be freed with the module or type it was made for: on CPython, a method descriptor or a bound function points
//! into the table and may outlive both. It is never freed, and equal contents are stored once, so loading a module again adds
//! nothing. Sharing is sound because equal tables contain equal pointers and nobody writes to them.

use core::ffi::{CStr, c_char};
use std::collections::BTreeMap;
use std::ffi::CString;
use std::sync::{Mutex, PoisonError};

use hpy_sys::HPyMember;
use hpy_sys::cast::{key, unsigned};

use crate::capi::types::{PyGetSetDef, PyMemberDef, PyMethodDef, PyType_Slot};

/// The addresses of all that was made, by kind and contents.
static INTERNED: Mutex<BTreeMap<Box<[usize]>, usize>> = Mutex::new(BTreeMap::new());

/// The kinds: contents of different ones are never equal.
pub(crate) mod kind {
    pub(super) const METHODS: usize = 0;
    pub(super) const MEMBERS: usize = 1;
    pub(super) const GETSETS: usize = 2;
    pub(super) const SLOTS: usize = 3;
    pub(super) const NAME: usize = 4;
    pub(crate) const BUFFER: usize = 5;
    pub(crate) const MEMBER: usize = 6;
    pub(crate) const ONE_SIDED: usize = 7;
    pub(crate) const OWN: usize = 8;
}

/// An item of a list, as words.
pub(crate) trait Words: Copy + 'static {
    /// The kind of its lists.
    const KIND: usize;

    /// Adds all that it has.
    fn add(&self, to: &mut Vec<usize>);
}

impl Words for PyMethodDef {
    const KIND: usize = kind::METHODS;

    fn add(&self, to: &mut Vec<usize>) {
        to.extend([self.ml_name.addr(), self.ml_meth.addr(), key(self.ml_flags), self.ml_doc.addr()]);
    }
}

impl Words for PyMemberDef {
    const KIND: usize = kind::MEMBERS;

    fn add(&self, to: &mut Vec<usize>) {
        to.extend([self.name.addr(), key(self.ty), unsigned(self.offset), key(self.flags)]);
        to.push(self.doc.addr());
    }
}

impl Words for PyGetSetDef {
    const KIND: usize = kind::GETSETS;

    fn add(&self, to: &mut Vec<usize>) {
        to.extend([self.name.addr(), self.get.addr(), self.set.addr(), self.doc.addr(), self.closure.addr()]);
    }
}

impl Words for PyType_Slot {
    const KIND: usize = kind::SLOTS;

    fn add(&self, to: &mut Vec<usize>) {
        to.extend([key(self.slot), self.pfunc.addr()]);
    }
}

impl Words for HPyMember {
    const KIND: usize = kind::MEMBER;

    fn add(&self, to: &mut Vec<usize>) {
        to.extend([self.name.addr(), key(self.type_), unsigned(self.offset), key(self.readonly)]);
        to.push(self.doc.addr());
    }
}

/// Adds all items of a list, with their number.
pub(crate) fn add_all<T: Words>(list: &[T], to: &mut Vec<usize>) {
    to.push(list.len());
    list.iter().for_each(|item| item.add(to));
}

/// Adds the bytes of a text, with their number.
pub(crate) fn add_text(text: &[u8], to: &mut Vec<usize>) {
    to.push(text.len());
    to.extend(text.chunks(size_of::<usize>()).map(|chunk| {
        let mut word = [0; size_of::<usize>()];
        word[..chunk.len()].copy_from_slice(chunk);
        usize::from_ne_bytes(word)
    }));
}

/// What was made for these words, which begin with a kind and name all contents; made now if there is none.
///
/// `make` gives the exposed address of what lives for ever, and runs no Python: a lock is held.
pub(crate) fn once(words: Vec<usize>, make: &mut dyn FnMut() -> usize) -> usize {
    let mut interned = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
    *interned.entry(words.into_boxed_slice()).or_insert_with(make)
}

/// The same list, alive for ever.
pub(crate) fn list<T: Words>(list: Vec<T>) -> *mut T {
    let mut words = vec![T::KIND];
    add_all(&list, &mut words);
    let made = once(words, &mut || list.as_slice().to_vec().leak().as_mut_ptr().expose_provenance());
    core::ptr::with_exposed_provenance_mut(made)
}

/// The same text, alive for ever.
pub(crate) fn name(text: &CStr) -> *const c_char {
    let mut words = vec![kind::NAME];
    add_text(text.to_bytes(), &mut words);
    let made = once(words, &mut || CString::from(text).into_raw().expose_provenance());
    core::ptr::with_exposed_provenance(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_contents_are_made_once() {
        let method = |name: &'static CStr| PyMethodDef { ml_name: name.as_ptr(), ..PyMethodDef::END };
        let (a, b) = (c"a", c"b");
        let one = list(vec![method(a), PyMethodDef::END]);
        assert_eq!(one, list(vec![method(a), PyMethodDef::END]));
        assert_ne!(one, list(vec![method(b), PyMethodDef::END]));
        assert_ne!(one, list(vec![method(a), method(a), PyMethodDef::END]));
        assert_ne!(one, list(vec![PyMethodDef { ml_flags: 1, ..method(a) }, PyMethodDef::END]));
        // SAFETY: it lives for ever.
        unsafe { assert_eq!((*one).ml_name, a.as_ptr()) };
    }

    #[test]
    fn names_of_any_length() {
        let long = CString::new("n".repeat(100)).unwrap();
        for text in [c"", c"x", c"seven..", c"eight...", c"nine.....", &long] {
            assert_eq!(name(text), name(&CString::from(text)));
            // SAFETY: it lives for ever.
            assert_eq!(unsafe { CStr::from_ptr(name(text)) }, text);
        }
        assert_ne!(name(c"x"), name(c"y"));
    }
}
