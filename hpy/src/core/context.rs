//! [`Context`]: the proof that Python may be called now.
//!
//! # Lifetime names
//!
//! - `'ctx` is one call from Python into Rust. It is *invariant*: handles of two calls never mix, and nothing of
//!   one call can be kept for the next one.
//! - `'a` is the time for which a [`Ref`] borrows a handle that somebody else owns (an argument, say).
//!
//! Only generated code makes a `Context`, in a function that works for every `'ctx`; so there is no way to name a
//! context that is over. A `Context` is neither `Send` nor `Sync`: no other thread can use it.

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
/// `Copy`, one word. Constructors of Python objects take it; handles carry it, so that their methods need not.
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
    /// A pointer is neither `Send` nor `Sync`, and makes so whatever holds a context.
    raw: NonNull<HPyContext>,
    brand: Brand<'ctx>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Context").field(&self.name()).finish()
    }
}

impl<'ctx> Context<'ctx> {
    /// Makes a context of the pointer that a host passed.
    ///
    /// # Safety
    ///
    /// `raw` is a context that stays valid, and may be used by this thread, for all of `'ctx`; and the caller hands
    /// the result only to code that works for every `'ctx`.
    #[inline(always)]
    pub(crate) unsafe fn from_raw(raw: *mut HPyContext) -> Self {
        // SAFETY: invariant 1: a host never passes a null context.
        Context { raw: unsafe { NonNull::new_unchecked(raw) }, brand: PhantomData }
    }

    /// The raw context, for code that calls `hpy-sys` itself.
    #[inline]
    pub fn as_raw(self) -> *mut HPyContext {
        if self.is_embedded() { hpy_host::context::embedded() } else { self.raw() }
    }

    /// The raw context for this crate, which calls HPy by [`hpy_host::calls`]: where it is the embedded one, a library
    /// then has only what it uses of that host.
    #[inline(always)]
    pub(crate) fn raw(self) -> *mut HPyContext {
        self.raw.as_ptr()
    }

    /// Returns whether this is the context of the embedded host.
    #[inline(always)]
    pub(crate) fn is_embedded(self) -> bool {
        hpy_host::context::is_embedded(self.raw())
    }

    /// Returns the host's extensions to HPy, if it is one of ours.
    #[inline]
    pub(crate) fn extensions(self) -> Option<&'static hpy_host::context::extensions::Extensions> {
        // SAFETY: invariant 1: the context is alive.
        unsafe { hpy_host::context::extensions::of(self.raw()) }
    }

    /// The name that the host gave to its context (`ctx->name`), to tell hosts and modes apart.
    pub fn name(self) -> &'static str {
        // SAFETY: invariant 1: the context is alive, and its name is a static C string.
        let name = unsafe { CStr::from_ptr((*self.raw.as_ptr()).name) };
        name.to_str().unwrap_or("")
    }

    /// A constant of the context: borrowed for as long as the context.
    #[inline(always)]
    pub(crate) fn constant<T>(self, h: HPy) -> Ref<'ctx, 'ctx, T> {
        // SAFETY: invariant 4: the context's constants live as long as it, and are never null.
        unsafe { Ref::from_raw(self, h) }
    }

    /// `None`.
    #[inline(always)]
    pub fn none(self) -> Ref<'ctx, 'ctx, NoneType> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_None })
    }

    /// A handle of one's own on `None`: what most functions return.
    #[inline(always)]
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

    /// `NotImplemented`: what a binary operator returns for an operand that it does not know.
    pub fn not_implemented(self) -> Ref<'ctx, 'ctx, Any> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_NotImplemented })
    }

    /// `...`, that is `Ellipsis`.
    pub fn ellipsis(self) -> Ref<'ctx, 'ctx, Any> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_Ellipsis })
    }

    /// `True` or `False`.
    #[inline]
    pub fn bool(self, value: bool) -> Ref<'ctx, 'ctx, Bool> {
        let raw = self.raw();
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { if value { (*raw).h_True } else { (*raw).h_False } })
    }

    /// The type object of a builtin marker type: `ctx.type_of::<types::Dict>()` is `dict`.
    ///
    /// # Errors
    ///
    /// An `AttributeError` where the type is found by its name and a program has removed that name from `builtins`.
    pub fn type_of<T: super::markers::PythonType>(self) -> Result<Handle<'ctx, Type>> {
        T::type_object(self)
    }

    /// The `builtins` module's dictionary (`ctx->h_Builtins`).
    pub fn builtins(self) -> Ref<'ctx, 'ctx, Any> {
        // SAFETY: invariant 1: the context is alive.
        self.constant(unsafe { (*self.raw()).h_Builtins })
    }

    /// Imports a module: `ctx.import("os.path")` gives `os.path` (`HPyImport_ImportModule`).
    ///
    /// # Errors
    ///
    /// What the import raised; `ValueError` for a name with a NUL.
    pub fn import(self, name: &str) -> Result<Handle<'ctx, Module>> {
        let c_name = super::text::c_string("module name", name)?;
        // SAFETY: invariant 2; the name is NUL-terminated.
        let h = unsafe { hpy_host::calls::HPyImport_ImportModule(self.raw(), c_name.as_ptr()) };
        // SAFETY: invariant 3: a new handle or NULL with an exception.
        unsafe { Handle::from_result(self, h) }
    }

    /// Evaluates one Python expression with `globals` as its names, `builtins` added (`HPy_Compile_s`, `HPy_EvalCode`).
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
    /// `SyntaxError`, or what the expression raised; `ValueError` for a text with a NUL.
    pub fn eval(self, expression: &str, globals: &Handle<'ctx, Dict>) -> Result<Handle<'ctx>> {
        self.run_source(expression, globals, hpy_sys::HPy_SourceKind_Expr)
    }

    /// Runs Python statements with `globals` as their names.
    ///
    /// # Errors
    ///
    /// `SyntaxError`, or what the statements raised; `ValueError` for a text with a NUL.
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

    /// Runs `f` while other Python threads may run: releases the GIL where there is one
    /// (`HPy_LeavePythonExecution`, `HPy_ReenterPythonExecution`).
    ///
    /// Nothing that belongs to this call can be used in `f`: contexts and handles are not `Send`.
    ///
    /// Two kinds of crates get around that, as they do with every Python binding for Rust: wrappers that claim to be `Send`
    /// for whatever they hold (`send_wrapper`), and thread-locals that lend what is borrowed from further up the stack
    /// (`scoped-tls-hkt`). Through them `f` can reach a handle while another thread runs Python, which is undefined behavior.
    /// Builds with debug assertions panic when `f` calls Python, and so do the debug modes of HPy hosts; other builds don't
    /// look, as every call would be slower.
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
    /// `stacklevel` 1 names the Python line that called this function.
    ///
    /// # Errors
    ///
    /// The warning itself, where the filters turn it into an exception.
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
