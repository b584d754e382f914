//! [`Own`]: what the host knows of a type that it made, found again from the type.
//!
//! A type of ours ends its instances by a function of [`life`](crate::instance::dealloc), which no other type has: subclasses have
//! the interpreter's, or no methods. And a type's `tp_methods` is the array that it was made with; ours has a first element, before
//! the one that the interpreter knows of, which leads here. So nothing needs to be looked up.

use core::sync::atomic::{AtomicBool, AtomicUsize};

use hpy_sys::{HPyFunc_destroyfunc, HPyFunc_traverseproc, HPyType_BuiltinShape, cpy_vectorcallfunc};

use crate::capi::types::{PyMethodDef, PyObject, PyTypeObject};
use crate::instance::dealloc;
use crate::instance::dict_and_weakrefs::Attached;
use crate::instance::pypy_fields::{self, Slots};
use crate::instance::slot_methods::Wrapped;
use crate::layout::type_layout;
use crate::layout::type_layout::unreadable;
use crate::types::slots::Finalize;

/// What the host knows of a type that it made. Lives for ever, as what the type was made of does; a type that is made again from
/// the same spec has the same one.
#[derive(Debug)]
pub(crate) struct Own {
    /// What instances begin with.
    pub(crate) shape: HPyType_BuiltinShape,
    /// Bytes of own data; 0 if it is what the base says.
    pub(crate) size: usize,
    /// `HPy_tp_traverse`.
    pub(crate) traverse: Option<HPyFunc_traverseproc>,
    /// Is there an `HPy_tp_traverse`, its own or of a base?
    pub(crate) has_fields: bool,
    /// Where instances keep what their fields hold, on PyPy; its own or of a base.
    pub(crate) slots: Option<&'static Slots>,
    /// Is there an `HPy_tp_destroy`, its own or of a base?
    pub(crate) has_destroy: bool,
    /// Ends an instance in the way of the first base that is not ours; `None` if that is `object`.
    pub(crate) foreign_dealloc: Option<Foreign>,
    /// Does an instance have nothing to end but its own data, and is its base `object`?
    pub(crate) simple: bool,
    /// `HPy_tp_destroy`.
    pub(crate) destroy: Option<HPyFunc_destroyfunc>,
    /// `HPy_tp_call`: what new instances are called with.
    pub(crate) call: Option<cpy_vectorcallfunc>,
    /// Where in an instance its call function stands; 0 if there is none.
    pub(crate) call_offset: usize,
    /// `__dict__` and weak references, its own or of a base.
    pub(crate) attached: Attached,
    /// `HPy_tp_finalize`, its own or of a base.
    pub(crate) finalize: Option<Finalize>,
    /// Slots that are called by methods of the host.
    pub(crate) wrapped: Wrapped,
    /// Does the collector hear of the type, too, which each instance owns? HPy's `HPy_tp_traverse` says nothing of it,
    /// so for the types of modules that are not made with this project nobody does.
    pub(crate) says_type: bool,
    /// Do instances take part in garbage collection? Known when the type is made.
    pub(crate) collected: AtomicBool,
    /// Bytes of an instance, where instances are [tagged](crate::layout::type_tag). Known when the type is made.
    pub(crate) instance_size: AtomicUsize,
    /// The next type of ours above it.
    pub(crate) base: Option<&'static Own>,
}

impl Own {
    /// Adds what does not follow from the parts of its type and from the base to the words of a type.
    pub(crate) fn add(&self, words: &mut Vec<usize>) {
        words.extend([
            hpy_sys::cast::key(self.shape),
            self.size,
            self.slots.map_or(0, |slots| (&raw const *slots).addr()),
            self.foreign_dealloc.map_or(0, |foreign| foreign.dealloc as usize),
            self.call_offset,
            usize::from(self.says_type),
        ]);
        self.attached.add_to(words);
    }

    /// Is it `other`, or a type below it?
    pub(crate) fn is_or_extends(&self, other: &Own) -> bool {
        core::ptr::eq(self, other) || self.base.is_some_and(|base| base.is_or_extends(other))
    }

    /// Calls `f` with this, and with what the host knows of each type of ours above it.
    #[inline]
    pub(crate) fn each(&'static self, mut f: impl FnMut(&'static Own)) {
        let mut next = Some(self);
        while let Some(own) = next {
            f(own);
            next = own.base;
        }
    }
}

/// How the instances of a base end that is not ours. Python code may give a type other bases, but only such whose
/// instances end alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Foreign {
    pub(crate) dealloc: unsafe extern "C" fn(*mut PyObject),
    /// Does it expect the instance to be tracked by the collector?
    pub(crate) collected: bool,
    /// Does it give back the instance's reference to its type, as those of heap types do?
    pub(crate) of_heap_type: bool,
}

/// The array of methods for a type: its first element leads to `own`, and is not for the interpreter.
pub(crate) fn lead(own: &'static Own) -> PyMethodDef {
    PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: (&raw const *own).cast(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    }
}

/// What the host knows of a type; `None` if it did not make it.
///
/// # Safety
///
/// A live type, or null; and a type of ours exists.
#[inline(always)]
pub(crate) unsafe fn own(ty: *mut PyTypeObject) -> Option<&'static Own> {
    // SAFETY: the caller's word; and see above: the array of a type with this `tp_dealloc` is one with a lead.
    unsafe {
        if unreadable(ty) || !dealloc::is_ours(type_layout::dealloc(ty)) {
            return None;
        }
        let methods = type_layout::methods(ty);
        if methods.is_null() {
            return None; // PyPy's subclasses inherit `tp_dealloc`, but have no array
        }
        (*methods.sub(1)).ml_meth.cast::<Own>().as_ref()
    }
}

/// The next type of ours at `ty` or above it, with the type.
///
/// # Safety
///
/// As for [`own`].
#[inline]
pub(crate) unsafe fn nearest(mut ty: *mut PyTypeObject) -> Option<(&'static Own, *mut PyTypeObject)> {
    // SAFETY: the caller's word; the bases of a live type are alive.
    unsafe {
        while !unreadable(ty) {
            if let Some(own) = own(ty) {
                return Some((own, ty));
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
pub(crate) unsafe fn any(ty: *mut PyTypeObject) -> Option<(&'static Own, *mut PyTypeObject)> {
    // SAFETY: the caller's word.
    if type_layout::is_known() { unsafe { nearest(ty) } } else { None }
}

/// The first type above `ty` that is not ours.
///
/// # Safety
///
/// As for [`own`].
#[inline]
pub(crate) unsafe fn first_foreign(mut ty: *mut PyTypeObject) -> *mut PyTypeObject {
    // SAFETY: the caller's word; the bases of a live type are alive.
    unsafe {
        while let Some((_, at)) = nearest(ty) {
            ty = type_layout::base(at);
        }
        while pypy_fields::is_slots(ty) {
            ty = type_layout::base(ty);
        }
        ty
    }
}
