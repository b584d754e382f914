//! Traversal, clearing, finalizers and deallocation.
//!
//! On PyPy and GraalPy, a dying object must not be passed to the C API. Its type is read from its memory, and the type it was
//! allocated as from its [`type_tag`].

use core::ffi::{c_int, c_void};
use core::sync::atomic::Ordering;

use hpy_sys::{HPy, HPyField, HPyType_BuiltinShape_Type, cpy_visitproc};

use crate::api;
use crate::capi::deep_release;
use crate::capi::embedded_context::none;
use crate::capi::handle::object;
use crate::capi::refs;
use crate::capi::types::{Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HEAPTYPE, PyObject, PyTypeObject};
use crate::instance::fields;
use crate::instance::pypy_fields;
use crate::interp::{Implementation, interpreter};
use crate::layout::external_payload;
use crate::layout::payload_offset;
use crate::layout::type_info::{self, BaseDealloc, TypeInfo};
use crate::layout::type_layout;
use crate::layout::type_tag;

/// What a visitor of fields passes on: the interpreter's visitor, and its argument.
struct Visit {
    visit: cpy_visitproc,
    arg: *mut c_void,
}

unsafe extern "C" fn visit_field(field: *mut HPyField, arg: *mut c_void) -> c_int {
    // SAFETY: called by the `HPy_tp_traverse` that `traverse` calls, with its own argument and a field of the instance.
    unsafe {
        let Visit { visit, arg } = &*arg.cast::<Visit>();
        let object = fields::referent(*field);
        if object.is_null() { 0 } else { visit(object, *arg) }
    }
}

unsafe extern "C" fn visit_object(h: HPy, arg: *mut c_void) -> c_int {
    // SAFETY: called by the `VisitObjects` that `traverse` calls, with its own argument and a reference that the instance owns.
    unsafe {
        let Visit { visit, arg } = &*arg.cast::<Visit>();
        let object = fields::collected(object(h));
        if object.is_null() { 0 } else { visit(object, *arg) }
    }
}

/// `tp_traverse` of our types that have fields or own objects.
pub(crate) unsafe extern "C" fn traverse(
    instance: *mut PyObject,
    visit: cpy_visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the interpreter's word: a live instance.
    unsafe {
        let ty = type_layout::type_of(instance);
        let Some(made_as) = type_tag::of(instance) else { return 0 };
        let mut passed = Visit { visit, arg };
        let mut result = 0;
        made_as.each(|info| {
            if let (Some(traverse), 0) = (info.traverse, result) {
                result = traverse(
                    payload_offset::payload_of(instance, info),
                    visit_field,
                    (&raw mut passed).cast(),
                );
            }
            if let (Some(objects), 0) = (info.objects, result) {
                let payload = payload_offset::payload_of(instance, info);
                result = (objects.visit)(payload, visit_object, (&raw mut passed).cast());
            }
        });
        if let (0, Some(traverse)) = (result, type_layout::traverse(type_info::first_foreign(ty))) {
            result = traverse(instance, visit, arg);
        }
        if result == 0 && !made_as.dict_offsets.is_none() {
            result = made_as.dict_offsets.traverse(instance, visit, arg);
        }
        if result == 0 && made_as.says_type { visit(ty, arg) } else { result }
    }
}

unsafe extern "C" fn clear_field(field: *mut HPyField, _: *mut c_void) -> c_int {
    // SAFETY: as in `visit_field`; the owner is about to end, or a part of a cycle that does.
    unsafe {
        let object = fields::take(field);
        if !object.is_null() {
            deep_release::release_within(object);
        }
    }
    0
}

/// `tp_clear` of our types that have fields or own objects.
pub(crate) unsafe extern "C" fn clear(instance: *mut PyObject) -> c_int {
    // SAFETY: the interpreter's word: a live instance.
    unsafe {
        let Some(info) = type_tag::of(instance) else { return 0 };
        clear_fields(instance, info);
        info.each(|info| {
            if let Some(objects) = info.objects {
                (objects.clear)(payload_offset::payload_of(instance, info));
            }
        });
        info.dict_offsets.clear(instance);
        let foreign = type_info::first_foreign(type_layout::type_of(instance));
        type_layout::clear(foreign).map_or(0, |clear| clear(instance))
    }
}

unsafe fn clear_fields(instance: *mut PyObject, info: &'static TypeInfo) {
    // SAFETY: the caller's word: an instance with that tag.
    unsafe {
        info.each(|info| {
            if let Some(traverse) = info.traverse {
                traverse(payload_offset::payload_of(instance, info), clear_field, core::ptr::null_mut());
            }
        });
    }
}

/// Releases the fields of an instance that is deallocated.
unsafe fn release_fields(instance: *mut PyObject, info: &'static TypeInfo) {
    // SAFETY: the caller's word: an instance with that tag, on a thread that is attached.
    deep_release::nested(|| unsafe { clear_fields(instance, info) });
}

/// `tp_dealloc` of our types, by which they are recognised.
pub(crate) unsafe extern "C" fn dealloc(instance: *mut PyObject) {
    // SAFETY: the interpreter's word: an instance without references.
    unsafe {
        let ty = type_layout::type_of(instance);
        match type_info::of(ty) {
            Some(info) if info.simple => {
                if let Some(destroy) = info.destroy {
                    destroy(payload_offset::payload_of(instance, info));
                }
                free(refs::kind(), instance, ty);
            }
            _ => dealloc_other(instance, ty),
        }
    }
}

/// The same for [simple](TypeInfo::simple) types without `HPy_tp_destroy`, on CPython. What instances of Python's subclasses have
/// beyond theirs, the subclass's `tp_dealloc` has ended before it calls this one, and has taken them from the collector.
unsafe extern "C" fn dealloc_simple<const REFS: u8>(instance: *mut PyObject) {
    // SAFETY: the interpreter's word: an instance without references.
    unsafe { free(REFS, instance, type_layout::type_of(instance)) }
}

/// Returns the `tp_dealloc` for a type.
pub(crate) fn dealloc_of(info: &TypeInfo) -> *mut c_void {
    if !info.simple || info.has_destroy || !has_finalizers() {
        return dealloc as *mut c_void;
    }
    let simple = match refs::kind() {
        refs::WORD => dealloc_simple::<{ refs::WORD }> as *mut c_void,
        refs::HALF => dealloc_simple::<{ refs::HALF }> as *mut c_void,
        _ => dealloc_simple::<{ refs::CALL }> as *mut c_void,
    };
    type_info::set_simple_dealloc(simple);
    simple
}

unsafe fn dealloc_other(instance: *mut PyObject, ty: *mut PyTypeObject) {
    // SAFETY: the caller's word: an instance of that type without references.
    unsafe {
        let Some(info) = type_tag::of(instance) else { return };
        if type_info::is_our_dealloc(type_layout::dealloc(ty)) {
            if info.finalize.is_some()
                && has_finalizers()
                && (api().PyObject_CallFinalizerFromDealloc)(instance) < 0
            {
                return; // it lives on
            }
            if info.collected.load(Ordering::Relaxed) {
                untrack(instance);
            }
        } else if type_layout::flags(ty) & Py_TPFLAGS_HAVE_GC != 0 {
            // A subclass with its own `tp_dealloc`, which called the finalizer, and now calls this one.
            untrack(instance);
        }
        dealloc_parts(instance, ty, info);
    }
}

/// Frees the memory of an instance whose base is `object`.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn free(refs: u8, instance: *mut PyObject, ty: *mut PyTypeObject) {
    // SAFETY: the caller's word: an instance of that type, at its end. An instance of a heap type owns a reference to it.
    unsafe {
        type_layout::free(ty)(instance.cast());
        refs::decref_as(refs, ty);
    }
}

/// Returns whether the interpreter calls `tp_finalize`.
pub(crate) fn has_finalizers() -> bool {
    interpreter().is_some_and(|known| known.implementation == Implementation::CPython)
}

/// The finalizer as the method `__del__`.
pub(crate) unsafe extern "C" fn del(instance: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the interpreter's word: an instance of a type with a finalizer.
    unsafe {
        let finalize = type_tag::of(instance).and_then(|info| info.finalize);
        if let Some(finalize) = finalize {
            finalize(instance);
        }
        none()
    }
}

/// Untracks the instance. PyPy has only a macro of that name, which does nothing.
unsafe fn untrack(instance: *mut PyObject) {
    if interpreter().is_some_and(|known| known.implementation != Implementation::PyPy) {
        // SAFETY: the caller's word: an instance of a type that is collected.
        unsafe { (api().PyObject_GC_UnTrack)(instance.cast()) };
    }
}

/// Releases all that the instance has, and frees its memory.
unsafe fn dealloc_parts(instance: *mut PyObject, ty: *mut PyTypeObject, info: &'static TypeInfo) {
    // SAFETY: the caller's word: an instance of that type with that tag, without references, and not tracked.
    unsafe {
        if !info.dict_offsets.is_none() {
            info.dict_offsets.clear_weakrefs(instance);
            info.dict_offsets.clear(instance);
        }
        if info.has_fields {
            release_fields(instance, info);
            fields::free_retired(instance);
        }
        if info.field_slots.is_some() {
            pypy_fields::drop_values(instance, info);
        }
        if info.has_destroy {
            info.each(|info| {
                if let Some(destroy) = info.destroy {
                    destroy(payload_offset::payload_of(instance, info));
                }
            });
        }
        match info.base_dealloc {
            None => free(refs::kind(), instance, ty),
            Some(foreign) => dealloc_as_base(instance, ty, info, foreign),
        }
    }
}

/// Deallocates an instance whose base is not `object`, by the base's function.
unsafe fn dealloc_as_base(
    instance: *mut PyObject,
    ty: *mut PyTypeObject,
    info: &TypeInfo,
    foreign: BaseDealloc,
) {
    // SAFETY: the caller's word.
    unsafe {
        if info.shape == HPyType_BuiltinShape_Type {
            external_payload::remove(instance);
        }
        if foreign.collected {
            (api().PyObject_GC_Track)(instance.cast());
        }
        (foreign.dealloc)(instance);
        if !foreign.of_heap_type {
            refs::decref(ty);
        }
    }
}

/// Returns how instances of a type with this base are deallocated.
///
/// # Safety
///
/// A live type; the layout is known.
pub(crate) unsafe fn base_dealloc(base: *mut PyTypeObject) -> Option<BaseDealloc> {
    // SAFETY: the caller's word; `tp_dealloc` is a function of that type.
    unsafe {
        let base = type_info::first_foreign(base);
        if base == object_type() || type_layout::unreadable(base) {
            return None;
        }
        let flags = type_layout::flags(base);
        Some(BaseDealloc {
            dealloc: core::mem::transmute::<*mut c_void, unsafe extern "C" fn(*mut PyObject)>(
                type_layout::dealloc(base),
            ),
            collected: flags & Py_TPFLAGS_HAVE_GC != 0,
            of_heap_type: flags & Py_TPFLAGS_HEAPTYPE != 0,
        })
    }
}

fn object_type() -> *mut PyObject {
    // SAFETY: a constant of the context, set before the first type was made.
    crate::capi::handle::object(unsafe { (*crate::capi::embedded_context::address()).h_BaseObjectType })
}
