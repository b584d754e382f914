//! [`Context`]: proof that this thread may call Python.
//!
//! # Lifetime names
//!
//! - `'ctx` is the duration of one call from Python into Rust. It is *invariant*: handles of two calls never mix, and
//!   nothing can be kept from one call for the next.
//! - `'a` is the duration for which a [`Ref`] borrows a handle owned elsewhere, such as an argument.
//!
//! Only generated code creates a `Context`, in a function that works for every `'ctx`. Code can therefore never name a
//! context whose call has ended. A `Context` is neither `Send` nor `Sync`: no other thread can use it.

use core::ffi::CStr;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;

use hpy_sys::{HPy, HPyContext};

use super::error::{Error, Result};
use super::handle::{Handle, Ref};
use super::markers::{Any, Bool, Dict, Module, NoneType, Type};

/// Invariant in `'ctx`.
pub(crate) type Brand<'ctx> = PhantomData<fn(&'ctx ()) -> &'ctx ()>;

/// Proof that this thread is inside one call from Python (HPy's `HPyContext *`).
///
/// It is `Copy` and one word in size. Constructors of Python objects take a context; handles contain one, so their methods
/// do not.
///
/// ```
/// use hpy::{Context, Handle, Result, types::List};
///
/// fn three<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, List>> {
///     let list = List::new(ctx)?;
///     list.append(1)?;
///     list.append("two")?;
///     list.append(3.0)?;
///     Ok(list)
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Context<'ctx> {
    /// A pointer is neither `Send` nor `Sync`, and neither is any type that contains a context.
    raw: NonNull<HPyContext>,
    brand: Brand<'ctx>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Context").field(&self.name()).finish()
    }
}

impl<'ctx> Context<'ctx> {
    /// Creates a context from the pointer that a host passed.
    ///
    /// # Safety
    ///
    /// `raw` is a context that stays valid, and may be used by this thread, for all of `'ctx`; and the caller hands
    /// the result only to code that works for every `'ctx`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn from_raw(raw: *mut HPyContext) -> Self {
        // SAFETY: invariant 1: a host never passes a null context.
        Context { raw: unsafe { NonNull::new_unchecked(raw) }, brand: PhantomData }
    }

    /// Returns the raw context, for code that calls `hpy-sys` directly.
    #[inline]
    pub fn as_raw(self) -> *mut HPyContext {
        if self.is_embedded() { hpy_host::context::embedded() } else { self.raw() }
    }

    /// Returns the raw context for this crate, which calls HPy through [`hpy_host::calls`]. A library then contains only the
    /// functions of the embedded host that it uses.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn raw(self) -> *mut HPyContext {
        self.raw.as_ptr()
    }

    /// Returns whether this is the context of the embedded host.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn is_embedded(self) -> bool {
        hpy_host::context::is_embedded(self.raw())
    }

    /// Returns the host's extensions to HPy, if it is one of ours.
    #[inline]
    pub(crate) fn extensions(self) -> Option<&'static hpy_host::context::extensions::Extensions> {
        // SAFETY: invariant 1: the context is alive.
        unsafe { hpy_host::context::extensions::of(self.raw()) }
    }

    /// Returns the name that the host gave to its context (`ctx->name`), which identifies the host and its mode.
    pub fn name(self) -> &'static str {
        // SAFETY: invariant 1: the context is alive, and its name is a static C string.
        let name = unsafe { CStr::from_ptr((*self.raw.as_ptr()).name) };
        name.to_str().unwrap_or("")
    }

    /// Returns a constant of the context, borrowed for the context's lifetime.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn constant<T>(self, h: HPy) -> Ref<'ctx, 'ctx, T> {
        // SAFETY: invariant 4: the context's constants live as long as it, and are never null.
        unsafe { Ref::from_raw(self, h) }
    }

    /// Returns `None` (`ctx->h_None`).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn none(self) -> Ref<'ctx, 'ctx, NoneType> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_None })
    }

    /// Returns an owned handle to `None`, the result of most functions.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn new_none(self) -> Handle<'ctx, NoneType> {
        let none = self.none();
        if self.is_embedded() {
            // SAFETY: invariant 5: the handle is a pointer to `None`, to which a reference is added.
            unsafe {
                hpy_host::capi::refs::incref_none(super::ffi::object(none.as_raw()));
                return Handle::from_raw(self, none.as_raw());
            }
        }
        none.to_owned()
    }

    /// Returns `NotImplemented`, the result of a binary operator for an operand that it does not support
    /// (`ctx->h_NotImplemented`).
    pub fn not_implemented(self) -> Ref<'ctx, 'ctx, Any> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_NotImplemented })
    }

    /// Returns `Ellipsis`, written `...` in Python (`ctx->h_Ellipsis`).
    pub fn ellipsis(self) -> Ref<'ctx, 'ctx, Any> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_Ellipsis })
    }

    /// Returns `True` or `False` (`ctx->h_True`, `ctx->h_False`).
    #[inline]
    pub fn bool(self, value: bool) -> Ref<'ctx, 'ctx, Bool> {
        let raw = self.raw();
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { if value { (*raw).h_True } else { (*raw).h_False } })
    }

    /// Returns the type object of a marker type: `ctx.type_of::<types::Dict>()` is `dict`.
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError` if the type is looked up by name and a program has removed that name from `builtins`.
    pub fn type_of<T: super::markers::PythonType>(self) -> Result<Handle<'ctx, Type>> {
        T::type_object(self)
    }

    /// Returns the dictionary of the module `builtins` (`ctx->h_Builtins`).
    pub fn builtins(self) -> Ref<'ctx, 'ctx, Any> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_Builtins })
    }

    /// Imports a module: `ctx.import("os.path")` returns `os.path` (`HPyImport_ImportModule`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the import, or a `ValueError` if the name contains a NUL.
    pub fn import(self, name: &str) -> Result<Handle<'ctx, Module>> {
        let c_name = super::text::c_string("module name", name)?;
        // SAFETY: invariant 2; the name is NUL-terminated.
        let h = unsafe { hpy_host::calls::HPyImport_ImportModule(self.raw(), c_name.as_ptr()) };
        // SAFETY: invariant 3: a new handle or NULL with an exception.
        unsafe { Handle::from_result(self, h) }
    }

    /// Evaluates a Python expression with `globals` as its global names (`HPy_Compile_s`, `HPy_EvalCode`).
    ///
    /// If `globals` has no `__builtins__`, this adds them.
    ///
    /// ```
    /// # use hpy::{Context, Result, types::Dict};
    /// fn seven(ctx: Context<'_>) -> Result<i64> {
    ///     let names = Dict::new(ctx)?;
    ///     names.setitem("x", 3)?;
    ///     ctx.eval("x * 2 + 1", &names)?.extract()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a `SyntaxError`, the exception raised by the expression, or a `ValueError` if the source contains a NUL.
    pub fn eval(self, expression: &str, globals: &Handle<'ctx, Dict>) -> Result<Handle<'ctx>> {
        self.run_source(expression, globals, hpy_sys::HPy_SourceKind_Expr)
    }

    /// Runs Python statements with `globals` as their global names (`HPy_Compile_s`, `HPy_EvalCode`).
    ///
    /// # Errors
    ///
    /// Returns a `SyntaxError`, the exception raised by the statements, or a `ValueError` if the source contains a NUL.
    pub fn run(self, statements: &str, globals: &Handle<'ctx, Dict>) -> Result<()> {
        self.run_source(statements, globals, hpy_sys::HPy_SourceKind_File).map(drop)
    }

    fn run_source(
        self,
        source: &str,
        globals: &Handle<'ctx, Dict>,
        kind: hpy_sys::HPy_SourceKind,
    ) -> Result<Handle<'ctx>> {
        if !globals.contains("__builtins__")? {
            globals.setitem("__builtins__", self.import("builtins")?)?;
        }
        let source = super::text::c_string("source", source)?;
        let raw = self.raw();
        // SAFETY: invariant 2; both texts are NUL-terminated.
        let code = unsafe { hpy_host::calls::HPy_Compile_s(raw, source.as_ptr(), c"<hpy>".as_ptr(), kind) };
        // SAFETY: invariant 3: a new handle or NULL with an exception.
        let code: Handle<'ctx> = unsafe { Handle::from_result(self, code) }?;
        // SAFETY: invariant 2: all three handles are alive.
        let value =
            unsafe { hpy_host::calls::HPy_EvalCode(raw, code.as_raw(), globals.as_raw(), globals.as_raw()) };
        // SAFETY: invariant 3: a new handle or NULL with an exception.
        unsafe { Handle::from_result(self, value) }
    }

    /// Runs `f` with the GIL released, so that other Python threads can run (`HPy_LeavePythonExecution`,
    /// `HPy_ReenterPythonExecution`).
    ///
    /// `f` can't use anything that belongs to this call, because contexts and handles are not `Send`.
    ///
    /// Two kinds of crates circumvent this check, as they do with every Python binding for Rust: wrappers that implement `Send`
    /// for any content (`send_wrapper`), and thread-locals that lend a borrow from further up the stack (`scoped-tls-hkt`). Through
    /// them, `f` can reach a handle while another thread runs Python, which is undefined behavior.
    ///
    /// # Panics
    ///
    /// Panics if `f` calls Python, in builds with debug assertions and in the debug modes of HPy hosts. Other builds do not check
    /// this, because the check would slow down every call. A panic of `f` is passed on.
    ///
    /// ```
    /// # use hpy::Context;
    /// fn sum(ctx: Context<'_>, numbers: Vec<u64>) -> u64 {
    ///     ctx.detach(|| numbers.iter().sum())
    /// }
    /// ```
    pub fn detach<R: Send>(self, f: impl FnOnce() -> R + Send) -> R {
        struct Reenter(*mut HPyContext, hpy_sys::HPyThreadState, bool);
        impl Drop for Reenter {
            fn drop(&mut self) {
                hpy_host::interp::detach_check::set(self.2);
                // SAFETY: the state is the one that the matching call returned, on the same thread.
                unsafe { hpy_host::calls::HPy_ReenterPythonExecution(self.0, self.1) }
            }
        }
        let raw = self.raw();
        // SAFETY: invariant 1; `Reenter` undoes it on return and on unwind, and until then `f` can't reach a context.
        let state = unsafe { hpy_host::calls::HPy_LeavePythonExecution(raw) };
        let _reenter = Reenter(raw, state, hpy_host::interp::detach_check::set(true));
        if self.is_embedded() { f() } else { super::pending_exception::detached(f) }
    }

    /// Issues a warning of the given category, as `warnings.warn` does (`HPyErr_WarnEx`).
    ///
    /// A `stacklevel` of 1 refers to the Python line that called this function.
    ///
    /// # Errors
    ///
    /// Returns the warning if the filters turn it into an exception.
    pub fn warn<W: super::exceptions::ExceptionType>(self, message: &str, stacklevel: isize) -> Result<()> {
        let text = super::text::c_string("message", message)?;
        let category = W::type_object(self);
        // SAFETY: invariant 2; the text is NUL-terminated.
        let rc = unsafe {
            hpy_host::calls::HPyErr_WarnEx(self.raw(), category.as_raw(), text.as_ptr(), stacklevel)
        };
        if rc < 0 { Err(Error::fetch(self)) } else { Ok(()) }
    }
}
