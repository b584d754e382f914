//! Deallocation and traversal of instances, and the constructor of a class that has none.

use core::ffi::{c_int, c_void};

use hpy_host::context::extensions::{Objects, VisitObject};
use hpy_sys::{HPyDef, HPyFunc_visitproc};

use crate::call::definition::{Definition, Functions, uncalled};
use crate::call::through_host::through_host;
use crate::class::Class;
use crate::class::instance::constructor::{InitDef, NewDef, NoInit, NoNew};
use crate::class::operators::buffer::exporter_ended;
use crate::class::payload::Payload;
use crate::class::tables::{FreeDef, NewMethod};
use crate::core::Visitor;
use crate::core::markers::Any;

/// `tp_traverse`.
///
/// # Safety
///
/// Only for a host to call: the payload of a live instance.
unsafe extern "C" fn traverse<T: Class>(
    data: *mut c_void,
    visit: HPyFunc_visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the host's word.
    unsafe { Payload::<T>::at(data).traverse(visit, arg) }
}

/// `tp_traverse` with CPython's signature: through the context that the host announced.
///
/// # Safety
///
/// Only for a host to call: a live instance.
unsafe extern "C" fn cpy_traverse<T: Class>(
    this: *mut hpy_sys::cpy_PyObject,
    visit: hpy_sys::cpy_visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: a function of this signature.
    unsafe { traverse_through_host(this, visit, arg, traverse::<T> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe fn traverse_through_host(
    this: *mut hpy_sys::cpy_PyObject,
    visit: hpy_sys::cpy_visitproc,
    arg: *mut c_void,
    function: *const c_void,
) -> c_int {
    let mut args = hpy_sys::_HPyFunc_args_TRAVERSEPROC { self_: this, visit, arg, result: -1 };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_TRAVERSEPROC }>(function, (&raw mut args).cast()) };
    args.result
}

/// Visits the objects that a payload owns, for `tp_traverse`.
///
/// # Safety
///
/// Only for a host to call: the payload of a live instance, or null.
unsafe extern "C" fn visit_objects<T: Class>(
    data: *mut c_void,
    visit: VisitObject,
    arg: *mut c_void,
) -> c_int {
    if data.is_null() {
        return 0;
    }
    // SAFETY: the host's word.
    unsafe {
        let mut visitor = Visitor::new(visit, arg);
        Payload::<T>::at(data).visit_objects(&mut visitor);
        visitor.result()
    }
}

/// Drops the value of a payload, for `tp_clear`.
///
/// # Safety
///
/// Only for a host to call: the payload of an instance that is garbage, or null.
unsafe extern "C" fn clear<T: Class>(data: *mut c_void) {
    if !data.is_null() {
        // SAFETY: the host's word.
        unsafe { Payload::<T>::at(data).clear() }
    }
}

/// `tp_destroy`.
///
/// # Safety
///
/// Only for a host to call, once: the payload of an instance that dies.
unsafe extern "C" fn destroy<T: Class>(data: *mut c_void) {
    if !data.is_null() {
        // SAFETY: the host's word.
        unsafe { Payload::<T>::at(data).destroy() }
    }
}

/// `tp_destroy` of a class with a `__buffer__`.
///
/// # Safety
///
/// As for [`destroy`].
unsafe extern "C" fn destroy_exporter<T: Class>(data: *mut c_void) {
    if !data.is_null() {
        // SAFETY: the host's word.
        unsafe {
            exporter_ended(Payload::<T>::at(data));
            destroy::<T>(data);
        }
    }
}

/// The `__new__` of a class without one.
pub(crate) const NO_NEW: &Definition = &NewDef::<NoNew>::definition();

/// An `__init__` that ignores its arguments: `__new__` has seen them, and called that of the builtin class.
pub(crate) const NO_INIT: &Definition = &InitDef::<NoInit>::DEFINITION;

/// The definitions that every class has.
pub(crate) struct Own<T>(core::marker::PhantomData<T>);

impl<T: Class> Own<T> {
    /// [`NO_NEW`] for a class that extends a builtin one.
    pub(crate) const NO_NEW_METHOD: Option<&'static FreeDef> = NewMethod::<T, NoNew>::METHOD;
    pub(crate) const DESTROY: Destroy = destroy::<T>;
    pub(crate) const DESTROY_EXPORTER: Destroy = destroy_exporter::<T>;
    pub(crate) const OBJECTS: Objects = Objects { visit: visit_objects::<T>, clear: clear::<T> };
    pub(crate) const TRAVERSE: Traverse = Traverse(Functions {
        hpy: traverse::<T> as *const c_void,
        portable: cpy_traverse::<T> as *const c_void,
        direct: cpy_traverse::<T> as *const c_void,
    });
}

/// `tp_destroy`.
pub(crate) type Destroy = unsafe extern "C" fn(*mut c_void);

/// The definition of a `tp_destroy`.
pub(crate) fn destroy_def(destroy: Destroy) -> *mut HPyDef {
    let never = uncalled as *const c_void;
    let functions = Functions { hpy: destroy as *const c_void, portable: never, direct: never };
    Definition::<Any>::slot(hpy_sys::HPy_tp_destroy, functions).make(false)
}

/// `tp_traverse`.
#[derive(Clone, Copy)]
pub(crate) struct Traverse(Functions);

// SAFETY: pointers to functions.
unsafe impl Sync for Traverse {}

impl Traverse {
    /// Its definition.
    pub(crate) fn make(self) -> *mut HPyDef {
        Definition::<Any>::slot(hpy_sys::HPy_tp_traverse, self.0).make(false)
    }
}
