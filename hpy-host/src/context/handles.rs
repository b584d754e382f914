//! Functions for handles, globals, threads and trackers.

use core::ffi::c_int;

use hpy_sys::cast::{count, signed, unsigned};
use hpy_sys::{HPy, HPyContext, HPyGlobal, HPyThreadState, HPyTracker};

use super::object;
use crate::api;
use crate::capi::types::PyObject;
use crate::instance::fields::are_cells;
use crate::interp::locked_ref::{self, LockedRef};
use crate::interp::shutdown::call_or_park;

pub(crate) use crate::capi::refs::{ctx_Close, ctx_Dup};

pub(crate) unsafe extern "C" fn ctx_Is(_: *mut HPyContext, a: HPy, b: HPy) -> c_int {
    (a._i == b._i).into()
}

/// Refused: what a hybrid module does with an object of its own C API, such as counting references by a macro, is right on
/// the one CPython version that it was compiled for.
pub(crate) unsafe extern "C" fn ctx_FromPyObject(ctx: *mut HPyContext, _: *mut PyObject) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        legacy(
            ctx,
            c"HPy_FromPyObject is a legacy feature, which is not there on this host: keep an HPy instead",
        )
    };
    HPy::NULL
}

/// Refused, as above.
pub(crate) unsafe extern "C" fn ctx_AsPyObject(ctx: *mut HPyContext, _: HPy) -> *mut PyObject {
    // SAFETY: HPy's rules.
    unsafe {
        legacy(
            ctx,
            c"HPy_AsPyObject is a legacy feature, which is not there on this host: use functions of HPy",
        )
    };
    core::ptr::null_mut()
}

#[cold]
unsafe fn legacy(ctx: *mut HPyContext, text: &core::ffi::CStr) {
    // SAFETY: HPy's rules.
    unsafe { (api().PyErr_SetString)(object((*ctx).h_SystemError), text.as_ptr()) }
}

/// Without a GIL, a global is a cell that is never freed.
pub(crate) unsafe extern "C" fn ctx_Global_Store(ctx: *mut HPyContext, global: *mut HPyGlobal, h: HPy) {
    // SAFETY: HPy's rules; the old object is let go after the global has the new one, as its end may run Python.
    unsafe {
        let new = ctx_Dup(ctx, h);
        let old = match are_cells() {
            false => HPy { _i: core::ptr::replace(global, HPyGlobal { _i: new._i })._i },
            true if new.is_null() && (*global).is_null() => HPy::NULL,
            true => locked_ref::store(&raw mut (*global)._i, new),
        };
        ctx_Close(ctx, old);
    }
}

pub(crate) unsafe extern "C" fn ctx_Global_Load(ctx: *mut HPyContext, global: HPyGlobal) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        if are_cells() && !global.is_null() {
            return LockedRef::of(global._i).load();
        }
        ctx_Dup(ctx, HPy { _i: global._i })
    }
}

pub(crate) unsafe extern "C" fn ctx_LeavePythonExecution(_: *mut HPyContext) -> HPyThreadState {
    // SAFETY: HPy's rules.
    HPyThreadState { _i: unsafe { (api().PyEval_SaveThread)() } as isize }
}

pub(crate) unsafe extern "C" fn ctx_ReenterPythonExecution(_: *mut HPyContext, state: HPyThreadState) {
    // SAFETY: HPy's rules: the state is the one that leaving gave.
    call_or_park(|| unsafe {
        (api().PyEval_RestoreThread)(core::ptr::with_exposed_provenance_mut(unsigned(state._i)))
    })
}

/// What an `HPyTracker` is.
type Tracked = Vec<HPy>;

unsafe fn tracked<'a>(tracker: HPyTracker) -> &'a mut Tracked {
    // SAFETY: HPy's rules: what `ctx_Tracker_New` gave, not closed yet.
    unsafe { &mut *core::ptr::with_exposed_provenance_mut(unsigned(tracker._i)) }
}

pub(crate) unsafe extern "C" fn ctx_Tracker_New(_: *mut HPyContext, size: isize) -> HPyTracker {
    let list: Box<Tracked> = Box::new(Vec::with_capacity(count(size)));
    HPyTracker { _i: signed(Box::into_raw(list).expose_provenance()) }
}

pub(crate) unsafe extern "C" fn ctx_Tracker_Add(_: *mut HPyContext, tracker: HPyTracker, h: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { tracked(tracker) }.push(h);
    0
}

pub(crate) unsafe extern "C" fn ctx_Tracker_ForgetAll(_: *mut HPyContext, tracker: HPyTracker) {
    // SAFETY: HPy's rules.
    unsafe { tracked(tracker) }.clear();
}

pub(crate) unsafe extern "C" fn ctx_Tracker_Close(ctx: *mut HPyContext, tracker: HPyTracker) {
    // SAFETY: HPy's rules: the tracker is not used again.
    unsafe {
        let list = Box::from_raw(tracked(tracker));
        list.iter().for_each(|h| ctx_Close(ctx, *h));
    }
}
