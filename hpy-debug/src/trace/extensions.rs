//! Our hosts' extensions to HPy, called with the plain context and not counted.

use core::ffi::{CStr, c_char, c_int, c_void};

use hpy_host::context::extensions::{Attached, Extensions, TypeExtras};
use hpy_sys::{HPy, HPyContext, HPyModuleDef, HPyType_Spec, HPyType_SpecParam};

use super::Trace;

/// The table for a trace context; one of no functions if the plain context is of a foreign host.
pub(super) fn of(plain: *mut HPyContext) -> Extensions {
    // SAFETY: a live context.
    let plain = unsafe { hpy_host::context::extensions::of(plain) };
    let count = plain.map_or(0, |ext| ext.count.min(Extensions::COUNT));
    Extensions {
        count,
        err_fetch,
        err_restore,
        runs_python,
        type_from_spec,
        close_kept,
        attach,
        new_module,
        plain_handle,
    }
}

/// The plain context and its table.
unsafe fn plain(ctx: *mut HPyContext) -> (*mut HPyContext, &'static Extensions) {
    // SAFETY: the rules of `Extensions`: a trace context.
    let (plain, ext) = unsafe {
        let plain = Trace::of(ctx).plain;
        (plain, hpy_host::context::extensions::of(plain))
    };
    (plain, ext.expect("the plain context has no extensions"))
}

unsafe extern "C" fn err_fetch(ctx: *mut HPyContext) -> HPy {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, ext) = plain(ctx);
        (ext.err_fetch)(plain)
    }
}

unsafe extern "C" fn err_restore(ctx: *mut HPyContext, value: HPy) {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, ext) = plain(ctx);
        (ext.err_restore)(plain, value);
    }
}

unsafe extern "C" fn runs_python(ctx: *mut HPyContext) -> c_int {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, ext) = plain(ctx);
        (ext.runs_python)(plain)
    }
}

unsafe extern "C" fn close_kept(ctx: *mut HPyContext, h: HPy) {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, ext) = plain(ctx);
        (ext.close_kept)(plain, h);
    }
}

unsafe extern "C" fn type_from_spec(
    ctx: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
    extras: *const TypeExtras,
) -> HPy {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, _) = plain(ctx);
        // The host that is wrapped is one of ours.
        hpy_host::context::extensions::type_from_spec(plain, spec, params, extras).unwrap_or(HPy::NULL)
    }
}

unsafe extern "C" fn plain_handle(ctx: *mut HPyContext, h: HPy) -> HPy {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, ext) = plain(ctx);
        if ext.count >= 8 { (ext.plain_handle)(plain, h) } else { HPy::NULL }
    }
}

/// The function gets the trace context.
unsafe extern "C" fn attach(ctx: *mut HPyContext, function: Attached, data: *mut c_void) -> c_int {
    /// What to call when the thread is attached.
    struct Inner {
        ctx: *mut HPyContext,
        function: Attached,
        data: *mut c_void,
    }
    unsafe extern "C" fn call(_: *mut HPyContext, inner: *mut c_void) {
        // SAFETY: the plain host passes on what it was given below.
        unsafe {
            let Inner { ctx, function, data } = *inner.cast::<Inner>();
            function(ctx, data);
        }
    }
    let mut inner = Inner { ctx, function, data };
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, ext) = plain(ctx);
        (ext.attach)(plain, call, (&raw mut inner).cast())
    }
}

unsafe extern "C" fn new_module(ctx: *mut HPyContext, name: *const c_char, def: *const HPyModuleDef) -> HPy {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let (plain, _) = plain(ctx);
        // The host that is wrapped is one of ours.
        hpy_host::context::extensions::new_module(plain, CStr::from_ptr(name), &*def).unwrap_or(HPy::NULL)
    }
}
