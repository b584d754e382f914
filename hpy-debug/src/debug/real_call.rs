//! Calls from the host to a function of the extension.
//!
//! The extension's trampoline asks the context that its library received to call the implementation. Only the plain context
//! can read the interpreter's arguments. Debug mode therefore passes the request on to it, with a function of its own that
//! has the same signature. That function receives plain handles, wraps them, and calls the implementation with a context for
//! this call.

use core::cell::Cell;

use hpy_sys::cast::count;
use hpy_sys::{HPy, HPyCFunction, HPyContext, HPyFunc_Signature};

use super::Debug;
use super::handles::Owner;
use super::instance::Instance;
use super::report::Misuse;
use super::slots::Stale;
use crate::lock;

/// What stands behind the last argument of a call: no handle, so that using it is reported.
pub(super) const BEHIND_ARGUMENTS: HPy = HPy { _i: isize::MIN };

/// How many of those there are, at least.
const GUARDS: usize = 4;

/// What the plain context is about to call.
#[derive(Clone, Copy)]
struct Pending {
    debug: &'static Debug,
    function: HPyCFunction,
}

thread_local!(static PENDING: Cell<Option<Pending>> = const { Cell::new(None) });

/// `_HPy_CallRealFunctionFromTrampoline`.
pub(crate) unsafe extern "C" fn ctx_CallRealFunctionFromTrampoline(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut core::ffi::c_void,
) {
    // SAFETY: HPy's rules: the file's context, and the struct of arguments of this signature.
    unsafe {
        let debug = Instance::of(ctx).debug;
        let plain = debug.plain;
        match super::generated_calls::between(signature) {
            Some(ours) => {
                let outer = PENDING.replace(Some(Pending { debug, function }));
                ((*plain).ctx_CallRealFunctionFromTrampoline)(plain, signature, ours, args);
                PENDING.set(outer);
            }
            None => ((*plain).ctx_CallRealFunctionFromTrampoline)(plain, signature, function, args),
        }
    }
}

/// One call of a function of the extension.
pub(crate) struct RealCall {
    pending: Pending,
    ctx: *mut HPyContext,
}

impl RealCall {
    /// Begins the call that the plain context was asked for.
    ///
    /// # Safety
    ///
    /// Only for what [`between`](super::generated_calls::between) gives.
    pub(crate) unsafe fn begin() -> RealCall {
        let pending = PENDING.take().expect("nobody asked for this call");
        RealCall { pending, ctx: pending.debug.ring().begin(pending.debug) }
    }

    /// The context of this call.
    pub(crate) fn context(&self) -> *mut HPyContext {
        self.ctx
    }

    /// What is to be called.
    pub(crate) fn function(&self) -> HPyCFunction {
        self.pending.function
    }

    /// A handle for an argument, for as long as the call.
    ///
    /// # Safety
    ///
    /// The host's word for a call.
    pub(crate) unsafe fn argument(&self, plain: HPy) -> HPy {
        // SAFETY: the caller's word.
        unsafe { self.pending.debug.open(plain, Owner::Caller) }
    }

    /// The same for an array, with [`BEHIND_ARGUMENTS`] after it: `keywords` times, and some more.
    ///
    /// # Safety
    ///
    /// The host's word for a call: `args` can be read for `n` handles.
    unsafe fn arguments(&self, args: *const HPy, n: usize, keywords: usize) -> Vec<HPy> {
        // SAFETY: the caller's word.
        let arguments = (0..n).map(|i| unsafe { self.argument(*args.add(i)) });
        arguments.chain(core::iter::repeat_n(BEHIND_ARGUMENTS, keywords + GUARDS)).collect()
    }

    /// How many keywords a dict of them has, or a tuple of their names. `HPyArg_ParseKeywords` takes the one for the other, and
    /// reads as many values behind the arguments.
    ///
    /// # Safety
    ///
    /// The host's word for a call: a plain handle, or NULL.
    unsafe fn keywords(&self, kw: HPy) -> usize {
        let plain = self.pending.debug.plain;
        // SAFETY: the caller's word.
        if kw.is_null() { 0 } else { count(unsafe { ((*plain).ctx_Length)(plain, kw) }) }
    }

    /// The function came back: its context and the handles on its arguments end.
    ///
    /// # Safety
    ///
    /// The host's word for a call; `arguments` are those of this call.
    pub(crate) unsafe fn end(&self, arguments: &[HPy]) {
        let debug = self.pending.debug;
        // SAFETY: the caller's word.
        unsafe { debug.ring().end(self.ctx) };
        let mut handles = lock(&debug.handles);
        for argument in arguments {
            if let Ok(place) = handles.find(*argument) {
                handles.close(place, None);
            }
        }
    }

    /// The plain handle of a result, which is the host's from now on.
    ///
    /// # Safety
    ///
    /// The host's word for a call.
    pub(crate) unsafe fn result(&self, h: HPy) -> HPy {
        if h.is_null() {
            return h;
        }
        let debug = self.pending.debug;
        let (misuse, plain) = {
            let mut handles = lock(&debug.handles);
            match handles.find(h) {
                Err(Stale::Unknown) => (Misuse::Unknown, HPy::NULL),
                Err(Stale::Ended) => (Misuse::LongClosed, HPy::NULL),
                Ok(place) => match handles.get(place).map(|e| (e.is_open(), e.owner, e.plain)) {
                    Some((true, Owner::Extension, plain)) => {
                        handles.close(place, None);
                        return plain;
                    }
                    Some((true, Owner::Context, plain)) => (Misuse::ReturnedConstant, plain),
                    Some((true, Owner::Caller, plain)) => (Misuse::ReturnedArgument, plain),
                    Some((false, Owner::Caller, plain)) => (Misuse::ReturnedArgument, plain),
                    Some((false, _, plain)) => (Misuse::Closed, plain),
                    None => (Misuse::Unknown, HPy::NULL),
                },
            }
        };
        // SAFETY: the caller's word. If the report comes back, the host gets a handle that it may close.
        unsafe {
            debug.report(misuse, h, "a function's result");
            ((*debug.plain).ctx_Dup)(debug.plain, plain)
        }
    }
}

pub(crate) mod by_hand {
    //! Signatures with arrays of handles, or with a struct that has one.

    use core::ffi::c_int;
    use core::mem::transmute;

    use hpy_sys::*;

    use super::RealCall;

    pub(crate) unsafe extern "C" fn varargs(
        _: *mut HPyContext,
        self_: HPy,
        args: *const HPy,
        n: usize,
    ) -> HPy {
        // SAFETY: the host's word for a call.
        unsafe {
            let call = RealCall::begin();
            let self_ = call.argument(self_);
            let args = call.arguments(args, n, 0);
            let f: HPyFunc_varargs = transmute(call.function());
            let result = f(call.context(), self_, args.as_ptr(), n);
            call.end(&[&[self_], &*args].concat());
            call.result(result)
        }
    }

    pub(crate) unsafe extern "C" fn keywords(
        _: *mut HPyContext,
        self_: HPy,
        args: *const HPy,
        n: usize,
        kwnames: HPy,
    ) -> HPy {
        // SAFETY: the host's word for a call: a tuple of names, or NULL; the values of the names follow the arguments.
        unsafe {
            let call = RealCall::begin();
            let named = call.keywords(kwnames);
            let self_ = call.argument(self_);
            let args = call.arguments(args, n + named, 0);
            let kwnames = call.argument(kwnames);
            let f: HPyFunc_keywords = transmute(call.function());
            let result = f(call.context(), self_, args.as_ptr(), n, kwnames);
            call.end(&[&[self_], &*args, &[kwnames]].concat());
            call.result(result)
        }
    }

    pub(crate) unsafe extern "C" fn newfunc(
        _: *mut HPyContext,
        ty: HPy,
        args: *const HPy,
        n: isize,
        kw: HPy,
    ) -> HPy {
        // SAFETY: the host's word for a call.
        unsafe {
            let call = RealCall::begin();
            let ty = call.argument(ty);
            let args = call.arguments(args, hpy_sys::cast::count(n), call.keywords(kw));
            let kw = call.argument(kw);
            let f: HPyFunc_newfunc = transmute(call.function());
            let result = f(call.context(), ty, args.as_ptr(), n, kw);
            call.end(&[&[ty], &*args, &[kw]].concat());
            call.result(result)
        }
    }

    pub(crate) unsafe extern "C" fn initproc(
        _: *mut HPyContext,
        self_: HPy,
        args: *const HPy,
        n: isize,
        kw: HPy,
    ) -> c_int {
        // SAFETY: the host's word for a call.
        unsafe {
            let call = RealCall::begin();
            let self_ = call.argument(self_);
            let args = call.arguments(args, hpy_sys::cast::count(n), call.keywords(kw));
            let kw = call.argument(kw);
            let f: HPyFunc_initproc = transmute(call.function());
            let result = f(call.context(), self_, args.as_ptr(), n, kw);
            call.end(&[&[self_], &*args, &[kw]].concat());
            result
        }
    }

    pub(crate) unsafe extern "C" fn getbufferproc(
        _: *mut HPyContext,
        self_: HPy,
        view: *mut HPy_buffer,
        flags: c_int,
    ) -> c_int {
        // SAFETY: the host's word for a call; the extension fills the buffer in, with a handle that becomes the host's.
        unsafe {
            let call = RealCall::begin();
            let self_ = call.argument(self_);
            let f: HPyFunc_getbufferproc = transmute(call.function());
            let result = f(call.context(), self_, view, flags);
            call.end(&[self_]);
            (*view).obj = if result < 0 { HPy::NULL } else { call.result((*view).obj) };
            result
        }
    }

    pub(crate) unsafe extern "C" fn releasebufferproc(_: *mut HPyContext, self_: HPy, view: *mut HPy_buffer) {
        // SAFETY: the host's word for a call; the buffer's handle is the host's.
        unsafe {
            let call = RealCall::begin();
            let self_ = call.argument(self_);
            let plain = (*view).obj;
            let object = call.argument(plain);
            (*view).obj = object;
            let f: HPyFunc_releasebufferproc = transmute(call.function());
            f(call.context(), self_, view);
            (*view).obj = plain;
            call.end(&[self_, object]);
        }
    }
}
