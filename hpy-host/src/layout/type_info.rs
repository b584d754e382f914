//! [`TypeInfo`]: the host's record of a type that it made, reachable from the type.
//!
//! A type of this host is recognised by its `tp_dealloc`, a function of [`dealloc`](crate::instance::dealloc) that no other
//! type has: Python subclasses have the interpreter's own, or no methods. Its `tp_methods` points to the second entry of the
//! table that the type was made with; the first entry, which the interpreter never sees, leads to the `TypeInfo`. No lookup
//! is needed.

use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

use hpy_sys::{HPyFunc_destroyfunc, HPyFunc_traverseproc, HPyType_BuiltinShape, cpy_vectorcallfunc};

use crate::capi::types::{PyMethodDef, PyObject, PyTypeObject};
use crate::layout::pypy_field_slots::{self, FieldSlots};
use crate::layout::type_extras::Objects;
use crate::layout::type_layout::{self, unreadable};

/// `tp_finalize`.
pub(crate) type Finalize = unsafe extern "C" fn(*mut PyObject);

/// Offsets of an instance's `__dict__` and of its list of weak references; 0 for none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DictOffsets {
    pub(crate) dict: usize,
    pub(crate) weak_references: usize,
}

impl DictOffsets {
    /// Adds the offsets to the key of a type.
    pub(crate) fn add_to(self, words: &mut Vec<usize>) {
        words.extend([self.dict, self.weak_references]);
    }

    /// Returns whether there is neither.
    pub(crate) fn is_none(self) -> bool {
        self.dict == 0 && self.weak_references == 0
    }

    /// Returns these offsets, or its base's where there is none.
    pub(crate) fn or(self, base: Option<&TypeInfo>) -> Self {
        let base = base.map(|info| info.dict_offsets).unwrap_or_default();
        DictOffsets {
            dict: if self.dict != 0 { self.dict } else { base.dict },
            weak_references: if self.weak_references != 0 {
                self.weak_references
            } else {
                base.weak_references
            },
        }
    }
}

/// Signatures of slots, as CPython has them.
pub(crate) type Length = unsafe extern "C" fn(*mut PyObject) -> isize;
pub(crate) type Item = unsafe extern "C" fn(*mut PyObject, isize) -> *mut PyObject;
pub(crate) type AssItem = unsafe extern "C" fn(*mut PyObject, isize, *mut PyObject) -> c_int;

/// Slots that [`slot_methods`](crate::instance::slot_methods) call, of the type or a base.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WrappedSlots {
    pub(crate) length: Option<Length>,
    pub(crate) item: Option<Item>,
    pub(crate) ass_item: Option<AssItem>,
    pub(crate) hash: Option<Length>,
}

/// The host's record of a type that it made. It lives for ever, like the tables that the type was made of; a type that is
/// made again from the same spec has the same one.
#[derive(Debug)]
pub(crate) struct TypeInfo {
    /// The builtin shape of its instances.
    pub(crate) shape: HPyType_BuiltinShape,
    /// Bytes of the payload; 0 if the type adds nothing to its base.
    pub(crate) size: usize,
    /// `HPy_tp_traverse`.
    pub(crate) traverse: Option<HPyFunc_traverseproc>,
    /// Whether the type or a base has `HPy_tp_traverse`.
    pub(crate) has_fields: bool,
    /// The objects that the payload owns, where the collector asks for them.
    pub(crate) objects: Option<Objects>,
    /// Whether the payload of the type or of a base owns such objects.
    pub(crate) has_objects: bool,
    /// Hidden slots for the values of fields, on PyPy; of the type or a base.
    pub(crate) field_slots: Option<&'static FieldSlots>,
    /// Whether the type or a base has `HPy_tp_destroy`.
    pub(crate) has_destroy: bool,
    /// How the first base that is not ours deallocates; `None` if that is `object`.
    pub(crate) base_dealloc: Option<BaseDealloc>,
    /// Whether the payload is all that deallocation has to end, and the base is `object`.
    pub(crate) simple: bool,
    /// `HPy_tp_destroy`.
    pub(crate) destroy: Option<HPyFunc_destroyfunc>,
    /// `HPy_tp_call`: what new instances are called with.
    pub(crate) call: Option<cpy_vectorcallfunc>,
    /// Offset of the call function in an instance; 0 if there is none.
    pub(crate) call_offset: usize,
    /// Offsets of `__dict__` and weak references, of the type or a base.
    pub(crate) dict_offsets: DictOffsets,
    /// `HPy_tp_finalize`, of the type or a base.
    pub(crate) finalize: Option<Finalize>,
    /// Slots that methods of the host call.
    pub(crate) wrapped: WrappedSlots,
    /// Whether traversal visits the type, too, which each instance owns. HPy's `HPy_tp_traverse` says nothing of it,
    /// so for the types of modules that are not made with this project nobody does.
    pub(crate) says_type: bool,
    /// Whether instances take part in garbage collection. Set when the type is made.
    pub(crate) collected: AtomicBool,
    /// Bytes of an instance, where instances have a [type tag](crate::layout::type_tag). Set when the type is made.
    pub(crate) instance_size: AtomicUsize,
    /// The nearest base of ours.
    pub(crate) base: Option<&'static TypeInfo>,
}

impl TypeInfo {
    /// Adds to the key of a type what does not follow from its parts and its base.
    pub(crate) fn add(&self, words: &mut Vec<usize>) {
        words.extend([
            hpy_sys::cast::key(self.shape),
            self.size,
            self.field_slots.map_or(0, |slots| (&raw const *slots).addr()),
            self.base_dealloc.map_or(0, |foreign| foreign.dealloc as usize),
            self.call_offset,
            usize::from(self.says_type),
        ]);
        self.dict_offsets.add_to(words);
    }

    /// Returns whether it is `other`, or extends it.
    pub(crate) fn is_or_extends(&self, other: &TypeInfo) -> bool {
        core::ptr::eq(self, other) || self.base.is_some_and(|base| base.is_or_extends(other))
    }

    /// Calls `f` with this record, and with those of all bases of ours.
    #[inline]
    pub(crate) fn each(&'static self, mut f: impl FnMut(&'static TypeInfo)) {
        let mut next = Some(self);
        while let Some(info) = next {
            f(info);
            next = info.base;
        }
    }
}

/// How a base that is not ours deallocates its instances. Python code may give a type other bases, but only such that
/// deallocate alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BaseDealloc {
    pub(crate) dealloc: unsafe extern "C" fn(*mut PyObject),
    /// Whether it expects the collector to track the instance.
    pub(crate) collected: bool,
    /// Whether it releases the instance's reference to its type, as those of heap types do.
    pub(crate) of_heap_type: bool,
}

/// `tp_dealloc` of types of ours; null before there are any.
static DEALLOC: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
/// That of simple types; null before there are any.
static SIMPLE_DEALLOC: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// Sets the `tp_dealloc` by which types of ours are known. Called before the first such type is made.
pub(crate) fn set_dealloc(dealloc: unsafe extern "C" fn(*mut PyObject)) {
    DEALLOC.store(dealloc as *mut c_void, Ordering::Relaxed);
}

/// Sets that of simple types. Called before the first such type is made.
pub(crate) fn set_simple_dealloc(dealloc: *mut c_void) {
    SIMPLE_DEALLOC.store(dealloc, Ordering::Relaxed);
}

/// Returns whether that is the `tp_dealloc` of a type of ours, once there is one.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_our_dealloc(tp_dealloc: *mut c_void) -> bool {
    tp_dealloc == DEALLOC.load(Ordering::Relaxed)
        || tp_dealloc == SIMPLE_DEALLOC.load(Ordering::Relaxed) && !tp_dealloc.is_null()
}

/// The first entry of a type's table of methods: it leads to `info`, and the interpreter does not see it.
pub(crate) fn leading_entry(info: &'static TypeInfo) -> PyMethodDef {
    PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: (&raw const *info).cast(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    }
}

/// Returns the record of a type; `None` if the host did not make it.
///
/// # Safety
///
/// A live type, or null; and a type of ours exists.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn of(ty: *mut PyTypeObject) -> Option<&'static TypeInfo> {
    // SAFETY: the caller's word; and see above: the table of a type with this `tp_dealloc` has a leading entry.
    unsafe {
        if unreadable(ty) || !is_our_dealloc(type_layout::dealloc(ty)) {
            return None;
        }
        let methods = type_layout::methods(ty);
        if methods.is_null() {
            return None; // PyPy's subclasses inherit `tp_dealloc`, but have no array
        }
        (*methods.sub(1)).ml_meth.cast::<TypeInfo>().as_ref()
    }
}

/// Returns the record of the nearest type of ours at `ty` or above it, with the type.
///
/// # Safety
///
/// As for [`of`].
#[inline]
pub(crate) unsafe fn nearest(mut ty: *mut PyTypeObject) -> Option<(&'static TypeInfo, *mut PyTypeObject)> {
    // SAFETY: the caller's word; the bases of a live type are alive.
    unsafe {
        while !unreadable(ty) {
            if let Some(info) = of(ty) {
                return Some((info, ty));
            }
            ty = type_layout::base(ty);
        }
        None
    }
}

/// [`nearest`], also before the first type of ours exists.
///
/// # Safety
///
/// A live type.
#[inline]
pub(crate) unsafe fn any(ty: *mut PyTypeObject) -> Option<(&'static TypeInfo, *mut PyTypeObject)> {
    // SAFETY: the caller's word.
    if type_layout::is_known() { unsafe { nearest(ty) } } else { None }
}

/// Returns the first type above `ty` that is not ours.
///
/// # Safety
///
/// As for [`of`].
#[inline]
pub(crate) unsafe fn first_foreign(mut ty: *mut PyTypeObject) -> *mut PyTypeObject {
    // SAFETY: the caller's word; the bases of a live type are alive.
    unsafe {
        while let Some((_, at)) = nearest(ty) {
            ty = type_layout::base(at);
        }
        while pypy_field_slots::is_slots_class(ty) {
            ty = type_layout::base(ty);
        }
        ty
    }
}

/// Returns whether instances of `sub`, a subclass of `ty`, have the payload of `ty`, if that is one of ours.
///
/// # Safety
///
/// Live types, and a type of ours exists.
pub(crate) unsafe fn fits_in_memory(sub: *mut PyTypeObject, ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word; the bases of a live type are alive.
    unsafe {
        if of(ty).is_none_or(|info| info.size == 0) {
            return true; // not one of ours, or they have nothing
        }
        let mut next = sub;
        while !unreadable(next) {
            if next == ty {
                return true;
            }
            next = type_layout::base(next);
        }
        false
    }
}
