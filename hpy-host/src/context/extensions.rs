//! [`Extensions`]: functions beyond HPy, in a table that the safe crate finds through the context.
//!
//! The private data of a foreign host's context must not be read. The name of a context decides: those of this host contain
//! `(hpy-host`, whichever file made them, including those of debug and trace mode.

use core::ffi::{CStr, c_char, c_int, c_void};

use hpy_sys::{HPy, HPyContext, HPyModuleDef, HPyType_Spec, HPyType_SpecParam};

use crate::api;
use crate::capi::types::PyObject;
use crate::context::is_embedded;
use crate::context::{ctx_Close, handle, object};

pub use crate::interp::attach::Refused;
pub use crate::layout::payload_offset::payload_or_null;
pub use crate::layout::type_extras::{
    HAS_DICT, HAS_OBJECTS, HAS_WEAKREFS, Objects, SHAPE_EXCEPTION, TypeExtras, VisitObject, VisitObjects,
};

/// What the names of our contexts contain. The private data of such a context begins with [`Extensions`].
const MARK: &[u8] = b"(hpy-host";

/// Functions beyond HPy. Later versions only append.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Extensions {
    /// How many functions this table has.
    pub count: usize,
    /// Takes the current exception out of the interpreter, normalised and with its traceback: a new handle, or NULL if
    /// there is none.
    pub err_fetch: unsafe extern "C" fn(*mut HPyContext) -> HPy,
    /// Makes an exception object the current exception. The handle stays the caller's.
    pub err_restore: unsafe extern "C" fn(*mut HPyContext, HPy),
    /// Returns whether this thread may call Python.
    pub runs_python: unsafe extern "C" fn(*mut HPyContext) -> c_int,
    /// `HPyType_FromSpec` for a type that has more than HPy can say: a new handle, or NULL with an exception.
    pub type_from_spec: unsafe extern "C" fn(
        *mut HPyContext,
        *mut HPyType_Spec,
        *mut HPyType_SpecParam,
        *const TypeExtras,
    ) -> HPy,
    /// `HPy_Close` of a handle that outlived its call, with any context of this host, on a thread that runs Python.
    pub close_kept: unsafe extern "C" fn(*mut HPyContext, HPy),
    /// Attaches this thread to the interpreter, with any context of this host, calls a function with a context for that time
    /// and the given data, and detaches it again. Returns 0, or why that is impossible: a [`Refused`] by its number. The
    /// function must not unwind.
    pub attach: unsafe extern "C" fn(*mut HPyContext, Attached, *mut c_void) -> c_int,
    /// Creates a module with this name and the functions and the docstring of a table, alive for ever, and does not execute it:
    /// a new handle, or NULL with an exception. The functions call the code for this host by their trampolines.
    pub new_module: unsafe extern "C" fn(*mut HPyContext, *const c_char, *const HPyModuleDef) -> HPy,
    /// The handle by which the host that made a type knows the object of an open handle: another one if a debug mode wraps that
    /// host. Borrowed: it is valid as long as the handle is open.
    pub plain_handle: unsafe extern "C" fn(*mut HPyContext, HPy) -> HPy,
}

impl Extensions {
    /// How many functions the table of this version has: all its words but the first.
    pub const COUNT: usize = size_of::<Self>() / size_of::<usize>() - 1;
}

/// What [`Extensions::attach`] calls.
pub type Attached = unsafe extern "C" fn(*mut HPyContext, *mut c_void);

/// Tells the embedded host of an instance that a builtin base class made, and gives its payload; null if it has no memory
/// for what its type says.
///
/// # Safety
///
/// A live instance of a type of the embedded host, or of a subclass: a new one, or one that was told of before.
#[inline]
pub unsafe fn made_by_base(instance: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe { crate::instance::creation::made_by_base(instance) }
}

/// `PyObject_GenericGetAttr` of the embedded host's interpreter; `RecursionError` if the stack is nearly used up, as it runs
/// descriptors.
///
/// # Safety
///
/// As there.
pub unsafe fn generic_getattr(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    if crate::interp::stack::is_low() {
        return crate::interp::stack::refuse();
    }
    // SAFETY: the caller's word.
    unsafe { (api().PyObject_GenericGetAttr)(object, name) }
}

/// The embedded host's, for those who find it through the context. Code that creates types or modules does so by
/// [`type_from_spec`] and [`new_module`], so that libraries without them have nothing of that.
pub(crate) static EXTENSIONS: Extensions = Extensions {
    count: Extensions::COUNT,
    err_fetch,
    err_restore,
    runs_python,
    type_from_spec: no_types,
    close_kept: ctx_Close,
    attach,
    new_module: no_modules,
    plain_handle,
};

/// The same in a context that is complete.
pub(crate) static COMPLETE: Extensions = Extensions {
    type_from_spec: crate::context::type_from_spec_with_extras,
    new_module: crate::context::new_module::new_module,
    ..EXTENSIONS
};

unsafe extern "C" fn no_types(
    _: *mut HPyContext,
    _: *mut HPyType_Spec,
    _: *mut HPyType_SpecParam,
    _: *const TypeExtras,
) -> HPy {
    crate::capi::missing_functions::raise_member("type_from_spec");
    HPy::NULL
}

unsafe extern "C" fn no_modules(_: *mut HPyContext, _: *const c_char, _: *const HPyModuleDef) -> HPy {
    crate::capi::missing_functions::raise_member("new_module");
    HPy::NULL
}

/// `HPyType_FromSpec` for a type that has more than HPy can say: straight where the context is the embedded one, else
/// through the extensions; `None` where the host has none.
///
/// # Safety
///
/// HPy's rules; `extras` is valid and alive for ever.
#[inline]
pub unsafe fn type_from_spec(
    ctx: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
    extras: *const TypeExtras,
) -> Option<HPy> {
    // SAFETY: the caller's word.
    unsafe {
        if is_embedded(ctx) {
            return Some(crate::context::type_from_spec_with_extras(ctx, spec, params, extras));
        }
        Some((of_another(ctx)?.type_from_spec)(ctx, spec, params, extras))
    }
}

/// [`Extensions::new_module`]; `None` where the host has no such function.
///
/// # Safety
///
/// As there.
pub unsafe fn new_module(ctx: *mut HPyContext, name: &CStr, def: &'static HPyModuleDef) -> Option<HPy> {
    // SAFETY: the caller's word.
    unsafe {
        if is_embedded(ctx) {
            return Some(crate::context::new_module::new_module(ctx, name.as_ptr(), def));
        }
        let extensions = of_another(ctx).filter(|extensions| extensions.count >= 7)?;
        Some((extensions.new_module)(ctx, name.as_ptr(), def))
    }
}

/// The extensions of a context's host, if it is one of ours.
///
/// # Safety
///
/// A live context.
#[inline]
pub unsafe fn of(ctx: *mut HPyContext) -> Option<&'static Extensions> {
    // SAFETY: the caller's word.
    if is_embedded(ctx) { Some(&EXTENSIONS) } else { unsafe { of_another(ctx) } }
}

#[cold]
unsafe fn of_another(ctx: *mut HPyContext) -> Option<&'static Extensions> {
    // SAFETY: the caller's word: a live context has a NUL-terminated name; if the name is ours, so is the private data.
    unsafe {
        let name = CStr::from_ptr((*ctx).name);
        if !name.to_bytes().windows(MARK.len()).any(|part| part == MARK) {
            return None;
        }
        (*ctx)._private.cast::<Extensions>().as_ref()
    }
}

unsafe extern "C" fn err_fetch(_: *mut HPyContext) -> HPy {
    // SAFETY: this thread runs Python, as it has a context; the three references are ours, and given back.
    unsafe {
        let api = api();
        let [mut ty, mut value, mut traceback] = crate::interp::fetch::fetch();
        if ty.is_null() {
            return HPy::NULL;
        }
        (api.PyErr_NormalizeException)(&mut ty, &mut value, &mut traceback);
        if !traceback.is_null() {
            if !value.is_null() {
                (api.PyException_SetTraceback)(value, traceback);
            }
            (api.Py_DecRef)(traceback);
        }
        (api.Py_DecRef)(ty);
        handle(value)
    }
}

unsafe extern "C" fn err_restore(_: *mut HPyContext, value: HPy) {
    let value = object(value);
    // SAFETY: this thread runs Python, as it has a context; PyErr_Restore takes three references of its own.
    unsafe {
        let api = api();
        let ty = (api.PyObject_Type)(value);
        let traceback = (api.PyException_GetTraceback)(value);
        (api.Py_IncRef)(value);
        (api.PyErr_Restore)(ty, value, traceback);
    }
}

unsafe extern "C" fn runs_python(_: *mut HPyContext) -> c_int {
    crate::interp::threads::runs_python().into()
}

unsafe extern "C" fn plain_handle(_: *mut HPyContext, h: HPy) -> HPy {
    h
}

unsafe extern "C" fn attach(ctx: *mut HPyContext, function: Attached, data: *mut c_void) -> c_int {
    match crate::interp::attach::enter() {
        Ok(_attached) => {
            // SAFETY: the caller's word; the thread is attached until `_attached` is dropped.
            unsafe { function(ctx, data) };
            0
        }
        Err(refused) => refused as c_int,
    }
}
