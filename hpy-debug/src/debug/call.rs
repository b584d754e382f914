//! One call of a function of a debug context.

use core::ffi::{CStr, c_char};

use hpy_sys::{HPy, HPyContext};

use super::handles::Owner;
use super::instance::{Instance, Use};
use super::report::Misuse;
use super::{Debug, slots::Stale};

/// The call: which function, and of which context.
pub(crate) struct Call {
    instance: &'static Instance,
    pub(super) debug: &'static Debug,
    pub(super) plain: *mut HPyContext,
    pub(super) function: &'static str,
}

impl Call {
    /// Checks that the context may be used.
    ///
    /// # Safety
    ///
    /// `ctx` is a debug context.
    #[inline]
    pub(crate) unsafe fn enter(ctx: *mut HPyContext, function: &'static str) -> Call {
        // SAFETY: the caller's word.
        unsafe { Call::enter_if(ctx, Use::Any, function) }
    }

    /// The same for a function that may be called in another state.
    ///
    /// # Safety
    ///
    /// `ctx` is a debug context.
    pub(super) unsafe fn enter_if(ctx: *mut HPyContext, state: Use, function: &'static str) -> Call {
        // SAFETY: the caller's word.
        unsafe {
            let instance = Instance::of(ctx);
            instance.check(state, function);
            Call { instance, debug: instance.debug, plain: instance.debug.plain, function }
        }
    }

    /// The plain context's handle. A handle that may not be used is reported; where the report lets the process go on,
    /// it is used as it was.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    #[inline]
    pub(crate) unsafe fn unwrap(&self, h: HPy) -> HPy {
        // SAFETY: the caller's word.
        unsafe { self.debug.unwrap(h, self.function) }
    }

    /// The plain context's handles.
    ///
    /// # Safety
    ///
    /// `handles` is null, or can be read for `n` handles; this thread runs Python.
    pub(super) unsafe fn unwrap_all(&self, handles: *const HPy, n: usize) -> Vec<HPy> {
        // SAFETY: the caller's word.
        unsafe { (0..n).map(|i| self.unwrap(*handles.add(i))).collect() }
    }

    /// Calls the plain context. In the meantime the extension may not use this one.
    ///
    /// # Safety
    ///
    /// What `f` asks for.
    #[inline]
    pub(crate) unsafe fn plain<R>(&self, f: impl FnOnce(*mut HPyContext) -> R) -> R {
        self.instance.set_state(Use::Inside);
        let result = f(self.plain);
        self.instance.set_state(Use::Any);
        result
    }

    /// The debug handle for a new handle of the plain context; NULL stays NULL.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    #[inline]
    pub(crate) unsafe fn open(&self, plain: HPy) -> HPy {
        // SAFETY: the caller's word.
        unsafe { self.debug.open(plain, Owner::Extension) }
    }

    /// What the context may be used for from now on.
    pub(super) fn allow(&self, state: Use) {
        self.instance.set_state(state);
    }

    /// `HPy_Close`.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub(super) unsafe fn close(&self, h: HPy) {
        // SAFETY: the caller's word.
        unsafe {
            if let Some(plain) = self.debug.close(h, self.function) {
                // This may run a destructor.
                self.plain(|ctx| ((*ctx).ctx_Close)(ctx, plain));
            }
        }
    }

    /// Memory for the extension to read as long as a handle is open.
    ///
    /// # Safety
    ///
    /// `source` can be read for `size` bytes, at least one.
    pub(super) unsafe fn hand_out(&self, h: HPy, source: *const c_char, size: usize) -> *const c_char {
        // SAFETY: the caller's word.
        unsafe { crate::lock(&self.debug.handles).hand_out(h, source, size) }
    }

    /// Is an object a type? Wrong use is no exception in HPy, but the end.
    ///
    /// # Safety
    ///
    /// An open handle of the plain context.
    pub(super) unsafe fn is(&self, plain: HPy, ty: impl FnOnce(&HPyContext) -> HPy, message: &CStr) {
        // SAFETY: the caller's word; the plain context is whole.
        unsafe {
            let ctx = self.plain;
            if plain.is_null() || ((*ctx).ctx_TypeCheck)(ctx, plain, ty(&*ctx)) == 0 {
                ((*ctx).ctx_FatalError)(ctx, message.as_ptr())
            }
        }
    }
}

impl Debug {
    /// See [`Call::unwrap`].
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    #[inline]
    pub(super) unsafe fn unwrap(&self, h: HPy, function: &str) -> HPy {
        if h.is_null() {
            return h;
        }
        let (found, plain) = {
            let handles = crate::lock(&self.handles);
            match handles.find(h) {
                Ok(place) => match handles.get(place) {
                    Some(entry) if entry.is_open() => return entry.plain,
                    Some(entry) if !entry.is_forgotten() => (Ok(()), entry.plain),
                    _ => (Err(Stale::Ended), HPy::NULL),
                },
                Err(stale) => (Err(stale), HPy::NULL),
            }
        };
        let misuse = match found {
            Ok(()) => Misuse::Closed,
            Err(Stale::Ended) => Misuse::LongClosed,
            Err(Stale::Unknown) => Misuse::Unknown,
        };
        // SAFETY: the caller's word.
        unsafe { self.report(misuse, h, function) };
        plain
    }

    /// See [`Call::open`].
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub(super) unsafe fn open(&self, plain: HPy, owner: Owner) -> HPy {
        if plain.is_null() {
            return plain;
        }
        // SAFETY: the caller's word.
        let made = unsafe { self.origin() };
        crate::lock(&self.handles).open(plain, owner, made)
    }

    /// Ends a handle as the extension may: gives the plain handle, which is to be closed.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub(super) unsafe fn close(&self, h: HPy, function: &str) -> Option<HPy> {
        if h.is_null() {
            return None;
        }
        // SAFETY: the caller's word.
        let closed = unsafe { self.origin() };
        let misuse = {
            let mut handles = crate::lock(&self.handles);
            match handles.find(h) {
                Err(Stale::Unknown) => Misuse::ClosedUnknown,
                Err(Stale::Ended) => Misuse::ClosedLongClosed,
                Ok(place) => match handles.get(place).map(|e| (e.is_open(), e.owner, e.plain)) {
                    Some((true, Owner::Extension, plain)) => {
                        handles.close(place, closed);
                        return Some(plain);
                    }
                    Some((true, Owner::Caller, _)) => Misuse::ClosedArgument,
                    Some((true, Owner::Context, _)) => Misuse::ClosedConstant,
                    _ => Misuse::Closed,
                },
            }
        };
        // SAFETY: the caller's word.
        unsafe { self.report(misuse, h, function) };
        None
    }
}
