//! [`FieldValues`]: the values of an instance's fields, on PyPy.
//!
//! PyPy's collector sees the attributes of an object, but not what a C struct holds. So an instance with fields has hidden
//! slots ([`pypy_field_slots`](crate::layout::pypy_field_slots)): a class above its type was made with `__slots__`, and the
//! descriptors were then removed from that class. An object in such a slot lives as long as the owner, and PyPy gives a
//! living object no second address. So `FieldValues` stores plain addresses, and loading a field looks nothing up. If there
//! are more fields than slots, the owner's last slot leads to a chain of chunks, which are instances of such a class.
//!
//! Objects that are never part of a cycle, such as numbers and strings, are held by a counted reference instead. That is
//! faster, and necessary: for an `int` or a `float` in a slot, PyPy keeps the value and not the object.

use core::ptr::null_mut;

use hpy_sys::HPyField;
use hpy_sys::cast::{signed, unsigned};

use crate::api;
use crate::capi::handle::object;
use crate::capi::types::PyObject;
use crate::interp::Owned;
use crate::layout::pypy_field_slots::{COUNT, MORE, below, set};
use crate::layout::type_info::TypeInfo;
use crate::layout::type_layout;
use crate::layout::type_tag;

/// Marks a value that is held by a reference.
const COUNTED: usize = 1;

/// The values of an instance's fields.
#[derive(Default)]
struct FieldValues {
    /// Addresses of objects, some [`COUNTED`]; 0 where there is none.
    values: Vec<usize>,
    /// Which values no field has.
    unused: Vec<usize>,
    /// Borrowed from the owner, which leads to the last one.
    chunks: Vec<*mut PyObject>,
}

/// Where an instance has the address of its [`FieldValues`]; `None` if it has no payload.
unsafe fn place(owner: *mut PyObject) -> Option<(*mut *mut FieldValues, &'static TypeInfo)> {
    // SAFETY: the caller's word: a live instance, with room for the address before what `payload_of` gives.
    unsafe {
        let info = type_tag::of(owner).filter(|info| info.size != 0)?;
        Some((type_tag::address(owner, info).cast(), info))
    }
}

/// `HPyField_Load`: a new reference, or null if the field holds nothing.
///
/// # Safety
///
/// A field of `owner`, a live instance; this thread runs Python.
pub(crate) unsafe fn load(owner: *mut PyObject, field: HPyField) -> *mut PyObject {
    let word = unsigned(field._i);
    // SAFETY: the caller's word. What `values` says is alive: counted, or in a slot of the owner's that nobody else changes.
    unsafe {
        let value = match index(word) {
            None => word,
            Some(index) => {
                let fields = place(owner).and_then(|(fields, _)| (*fields).as_ref());
                fields.and_then(|fields| fields.values.get(index)).map_or(0, |value| value & !COUNTED)
            }
        };
        let value: *mut PyObject = core::ptr::with_exposed_provenance_mut(value);
        if !value.is_null() {
            (api().Py_IncRef)(value);
        }
        value
    }
}

/// What a field says: which of its owner's values it has, or `None` if the field itself is the object, counted.
fn index(word: usize) -> Option<usize> {
    if word & 1 == 1 { Some(word >> 1) } else { None }
}

/// `HPyField_Store`.
///
/// # Safety
///
/// As for [`load`]; `value` is a live object or null.
pub(crate) unsafe fn store(owner: *mut PyObject, field: *mut HPyField, value: *mut PyObject) {
    // SAFETY: the caller's word. No Rust reference to what is held lives while the interpreter is called.
    unsafe {
        let word = unsigned((*field)._i);
        if word == 0 && value.is_null() {
            return;
        }
        let Some((fields, info)) = place(owner) else { return store_in_field(field, value) };
        if (*fields).is_null() {
            *fields = Box::into_raw(Box::default());
        }
        let fields = *fields;
        let index = (*fields).index(word);
        *field = HPyField { _i: signed(index << 1 | 1) };

        let old = (*fields).replace(index, None);
        let old_object: *mut PyObject = core::ptr::with_exposed_provenance_mut(old & !COUNTED);
        if old & COUNTED == 0 && old != 0 {
            (api().Py_IncRef)(old_object); // until `values` has the new one
        }
        let in_slot = !value.is_null() && !is_acyclic(value) && put(owner, info, fields, index, value);
        let mut new = value.expose_provenance();
        if !in_slot && !value.is_null() {
            (api().Py_IncRef)(value);
            new |= COUNTED;
        }
        (*fields).replace(index, Some(new));
        if !in_slot && old & COUNTED == 0 && old != 0 {
            put(owner, info, fields, index, object((*crate::capi::embedded_context::address()).h_None));
        }
        if value.is_null() {
            *field = HPyField::NULL;
            (*fields).give_back(index);
        }
        (api().Py_DecRef)(old_object);
    }
}

/// Stores the object of an owner that has no payload: nobody will take it from there.
unsafe fn store_in_field(field: *mut HPyField, value: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        (api().Py_IncRef)(value);
        let old = core::ptr::replace(field, HPyField { _i: signed(value.expose_provenance()) });
        (api().Py_DecRef)(object(hpy_sys::HPy { _i: old._i }));
    }
}

impl FieldValues {
    /// Which value a field has; one that no field has, if it is new.
    fn index(&mut self, word: usize) -> usize {
        if let Some(index) = index(word).filter(|index| *index < self.values.len()) {
            return index;
        }
        self.unused.pop().unwrap_or_else(|| {
            self.values.push(0);
            self.values.len() - 1
        })
    }

    /// What a value was, and is from now on if there is something new.
    fn replace(&mut self, index: usize, new: Option<usize>) -> usize {
        let old = self.values[index];
        self.values[index] = new.unwrap_or(old);
        old
    }

    /// No field has the value any more.
    fn give_back(&mut self, index: usize) {
        self.unused.push(index);
    }

    fn chunk(&self, number: usize) -> Option<*mut PyObject> {
        self.chunks.get(number).copied()
    }

    fn last_chunk(&self) -> Option<*mut PyObject> {
        self.chunks.last().copied()
    }

    fn add_chunk(&mut self, chunk: *mut PyObject) {
        self.chunks.push(chunk);
    }
}

/// Returns whether the object is never part of a cycle: a number or a string, of no subclass.
unsafe fn is_acyclic(value: *mut PyObject) -> bool {
    // SAFETY: the caller's word: a live object, which may be read on PyPy; constants of the context.
    unsafe {
        let ctx = &*crate::capi::embedded_context::address();
        let ty = type_layout::type_of(value);
        [
            ctx.h_UnicodeType,
            ctx.h_LongType,
            ctx.h_FloatType,
            ctx.h_BoolType,
            ctx.h_BytesType,
            ctx.h_ComplexType,
        ]
        .iter()
        .any(|acyclic| ty == object(*acyclic))
            || value == object(ctx.h_None)
    }
}

/// Puts an object into the slot of a value. That fails without memory, and if Python code has given the owner a class
/// without these slots: then the reference must be counted, so a cycle is not found.
unsafe fn put(
    owner: *mut PyObject,
    info: &TypeInfo,
    fields: *mut FieldValues,
    index: usize,
    value: *mut PyObject,
) -> bool {
    let Some(slots) = info.field_slots else { return false };
    // SAFETY: the caller's word; chunks are alive as long as the owner leads to them.
    unsafe {
        if index < COUNT {
            return set(slots, index, owner, value);
        }
        let ty = object((*crate::capi::embedded_context::address()).h_BaseObjectType);
        let Ok(of_chunks) = below(ty) else {
            (api().PyErr_Clear)();
            return false;
        };
        let (chunk, slot) = ((index - COUNT) / COUNT, (index - COUNT) % COUNT);
        let chunk = loop {
            if let Some(chunk) = (*fields).chunk(chunk) {
                break chunk;
            }
            let Ok(new) = Owned::new(crate::instance::creation::allocate(of_chunks.class)) else {
                return false;
            };
            let last = (*fields).last_chunk();
            if last.is_some_and(|last| !set(of_chunks, MORE, new.0, last)) || !set(slots, MORE, owner, new.0)
            {
                return false;
            }
            (*fields).add_chunk(new.0);
        };
        set(of_chunks, slot, chunk, value)
    }
}

/// Drops the values of the fields of an instance that is deallocated.
///
/// # Safety
///
/// An instance that has that tag, which nobody uses.
pub(crate) unsafe fn drop_values(owner: *mut PyObject, info: &TypeInfo) {
    if info.size == 0 {
        return;
    }
    // SAFETY: the caller's word. What is in slots went with the owner.
    unsafe {
        let fields: *mut *mut FieldValues = type_tag::address(owner, info).cast();
        let fields = core::mem::replace(&mut *fields, null_mut());
        if fields.is_null() {
            return;
        }
        for value in Box::from_raw(fields).values {
            if value & COUNTED != 0 {
                (api().Py_DecRef)(core::ptr::with_exposed_provenance_mut(value & !COUNTED));
            }
        }
    }
}
