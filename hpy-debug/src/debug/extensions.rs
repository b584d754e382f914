//! Wraps our hosts' extensions to HPy, so that code written with `hpy` behaves the same in debug mode.

use core::ffi::{CStr, c_char, c_int, c_void};

use hpy_host::context::extensions::{Attached, Extensions, Refused, TypeExtras};
use hpy_sys::{HPy, HPyContext, HPyModuleDef, HPyType_Spec, HPyType_SpecParam};

use super::Debug;
use super::by_hand::unwrap_params;
use super::call::Call;
use super::instance::Instance;

/// The table for debug contexts; one of no functions if the plain context is of a foreign host.
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

/// The plain context's table.
fn plain(call: &Call) -> &'static Extensions {
    // SAFETY: a call's context is alive.
    unsafe { hpy_host::context::extensions::of(call.plain) }.expect("the plain context has no extensions")
}

unsafe extern "C" fn err_fetch(ctx: *mut HPyContext) -> HPy {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let call = Call::enter(ctx, "err_fetch");
        let ext = plain(&call);
        let value = call.plain(|plain| (ext.err_fetch)(plain));
        call.open(value)
    }
}

unsafe extern "C" fn err_restore(ctx: *mut HPyContext, value: HPy) {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let call = Call::enter(ctx, "err_restore");
        let ext = plain(&call);
        let value = call.unwrap(value);
        call.plain(|plain| (ext.err_restore)(plain, value));
    }
}

/// Any thread may ask, with any context.
unsafe extern "C" fn runs_python(ctx: *mut HPyContext) -> c_int {
    // SAFETY: the rules of `Extensions`: a debug context.
    unsafe {
        let plain = Instance::of(ctx).debug.plain;
        hpy_host::context::extensions::of(plain).map_or(0, |ext| (ext.runs_python)(plain))
    }
}

/// With any context.
unsafe extern "C" fn close_kept(ctx: *mut HPyContext, h: HPy) {
    // SAFETY: the rules of `Extensions`: a debug context, on a thread that runs Python.
    unsafe {
        let debug = Instance::of(ctx).debug;
        if let Some(plain) = debug.close(h, "close_kept") {
            ((*debug.plain).ctx_Close)(debug.plain, plain);
        }
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
        let call = Call::enter(ctx, "type_from_spec");
        let mut params = unwrap_params(&call, params);
        let params = params.as_mut().map_or(core::ptr::null_mut(), Vec::as_mut_ptr);
        let result =
            call.plain(|plain| hpy_host::context::extensions::type_from_spec(plain, spec, params, extras));
        let result = result.unwrap_or(HPy::NULL); // the host that is wrapped is one of ours
        call.open(result)
    }
}

/// With any context. It is a question of the handle's owner, not a use of the handle: no rule is checked.
unsafe extern "C" fn plain_handle(ctx: *mut HPyContext, h: HPy) -> HPy {
    // SAFETY: the rules of `Extensions`: a debug context.
    unsafe {
        let debug = Instance::of(ctx).debug;
        let plain = debug.plain_of(h);
        let ext = hpy_host::context::extensions::of(debug.plain).filter(|ext| ext.count >= 8);
        ext.map_or(HPy::NULL, |ext| (ext.plain_handle)(debug.plain, plain))
    }
}

/// The function gets a context of its own, as each call does.
unsafe extern "C" fn attach(ctx: *mut HPyContext, function: Attached, data: *mut c_void) -> c_int {
    /// What to call when the thread is attached.
    struct Inner {
        debug: &'static Debug,
        function: Attached,
        data: *mut c_void,
    }
    unsafe extern "C" fn call(_: *mut HPyContext, inner: *mut c_void) {
        // SAFETY: the plain host passes on what it was given below; the context is in no other call.
        unsafe {
            let Inner { debug, function, data } = &*inner.cast::<Inner>();
            let ctx = debug.ring().begin(debug);
            function(ctx, *data);
            debug.ring().end(ctx);
        }
    }
    // SAFETY: the rules of `Extensions`: a debug context.
    unsafe {
        let debug = Instance::of(ctx).debug;
        let mut inner = Inner { debug, function, data };
        hpy_host::context::extensions::of(debug.plain).map_or(Refused::Unsupported as c_int, |ext| {
            (ext.attach)(debug.plain, call, (&raw mut inner).cast())
        })
    }
}

unsafe extern "C" fn new_module(ctx: *mut HPyContext, name: *const c_char, def: *const HPyModuleDef) -> HPy {
    // SAFETY: the rules of `Extensions`.
    unsafe {
        let call = Call::enter(ctx, "new_module");
        let name = CStr::from_ptr(name);
        let module = call.plain(|plain| hpy_host::context::extensions::new_module(plain, name, &*def));
        call.open(module.unwrap_or(HPy::NULL)) // the host that is wrapped is one of ours
    }
}
