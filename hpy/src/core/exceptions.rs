//! Builtin exceptions and warnings as Rust types, and a function to create new exception types.

use super::context::Context;
use super::error::{Error, Result};
use super::handle::{Handle, Ref};
use super::markers::{Any, Dict, Type};
use crate::core::error::arguments::ErrorArgs;
use core::ffi::CStr;

/// A builtin exception or warning type.
///
/// ```
/// use hpy::{Result, exceptions::ValueError};
///
/// fn half(n: i64) -> Result<i64> {
///     if n % 2 != 0 {
///         return Err(ValueError::new_err(format!("{n} is odd")));
///     }
///     Ok(n / 2)
/// }
/// ```
pub trait ExceptionType: Sized + 'static {
    /// The name in Python.
    const NAME: &'static str;

    /// Whether this type is defined by this crate and known to be an exception type.
    #[doc(hidden)]
    const BUILTIN: bool = false;

    /// Returns the type object, a constant of the context.
    fn type_object<'ctx>(ctx: Context<'ctx>) -> Ref<'ctx, 'ctx, Type>;
}

/// Creates a new exception type (`HPyErr_NewExceptionWithDoc`). `name` must be dotted: `module.Name`.
///
/// `base` is an exception type or a tuple of exception types; the default is `Exception`.
///
/// # Errors
///
/// Returns a `SystemError` for a name without a dot, a `ValueError` for a NUL in `name` or `doc`, an exception raised by a
/// metaclass of `base`, or a `TypeError` if the metaclass did not create a class.
pub fn new_type<'ctx>(
    ctx: Context<'ctx>,
    name: &str,
    doc: &str,
    base: Option<&Handle<'ctx, Any>>,
    dict: Option<&Handle<'ctx, Dict>>,
) -> Result<Handle<'ctx, Type>> {
    new_type_of(ctx, &super::text::c_string("name", name)?, &super::text::c_string("doc", doc)?, base, dict)
}

/// [`new_type`] of C strings.
pub(crate) fn new_type_of<'ctx>(
    ctx: Context<'ctx>,
    name: &CStr,
    doc: &CStr,
    base: Option<&Handle<'ctx, Any>>,
    dict: Option<&Handle<'ctx, Dict>>,
) -> Result<Handle<'ctx, Type>> {
    let base = base.map_or(hpy_sys::HPy::NULL, Handle::as_raw);
    let dict = dict.map_or(hpy_sys::HPy::NULL, Handle::as_raw);
    // SAFETY: invariant 2; both texts are NUL-terminated; a null base or dict stands for the default.
    let h = unsafe {
        hpy_host::calls::HPyErr_NewExceptionWithDoc(ctx.raw(), name.as_ptr(), doc.as_ptr(), base, dict)
    };
    // SAFETY: invariant 3: a new handle, or NULL with an exception.
    let made: Handle<'ctx> = unsafe { Handle::from_result(ctx, h) }?;
    made.downcast_into()
}

macro_rules! exceptions {
    ($($name:ident $member:ident),* $(,)?) => {$(
        #[doc = concat!("Python's `", stringify!($name), "`.")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// Creates an exception of this type with a message, or with any other arguments: one, or a tuple.
            #[cold]
            pub fn new_err<'ctx>(args: impl ErrorArgs<'ctx>) -> Error {
                args.error(Self::type_object)
            }
        }

        impl ExceptionType for $name {
            const NAME: &'static str = stringify!($name);
            const BUILTIN: bool = true;

            fn type_object<'ctx>(ctx: Context<'ctx>) -> Ref<'ctx, 'ctx, Type> {
                // SAFETY: invariant 4: the constant is a type.
                ctx.constant(unsafe { (*ctx.raw()).$member })
            }
        }
    )*};
}

exceptions! {
    BaseException h_BaseException,
    Exception h_Exception,
    StopAsyncIteration h_StopAsyncIteration,
    StopIteration h_StopIteration,
    GeneratorExit h_GeneratorExit,
    ArithmeticError h_ArithmeticError,
    LookupError h_LookupError,
    AssertionError h_AssertionError,
    AttributeError h_AttributeError,
    BufferError h_BufferError,
    EOFError h_EOFError,
    FloatingPointError h_FloatingPointError,
    OSError h_OSError,
    ImportError h_ImportError,
    ModuleNotFoundError h_ModuleNotFoundError,
    IndexError h_IndexError,
    KeyError h_KeyError,
    KeyboardInterrupt h_KeyboardInterrupt,
    MemoryError h_MemoryError,
    NameError h_NameError,
    OverflowError h_OverflowError,
    RuntimeError h_RuntimeError,
    RecursionError h_RecursionError,
    NotImplementedError h_NotImplementedError,
    SyntaxError h_SyntaxError,
    IndentationError h_IndentationError,
    TabError h_TabError,
    ReferenceError h_ReferenceError,
    SystemError h_SystemError,
    SystemExit h_SystemExit,
    TypeError h_TypeError,
    UnboundLocalError h_UnboundLocalError,
    UnicodeError h_UnicodeError,
    UnicodeEncodeError h_UnicodeEncodeError,
    UnicodeDecodeError h_UnicodeDecodeError,
    UnicodeTranslateError h_UnicodeTranslateError,
    ValueError h_ValueError,
    ZeroDivisionError h_ZeroDivisionError,
    BlockingIOError h_BlockingIOError,
    BrokenPipeError h_BrokenPipeError,
    ChildProcessError h_ChildProcessError,
    ConnectionError h_ConnectionError,
    ConnectionAbortedError h_ConnectionAbortedError,
    ConnectionRefusedError h_ConnectionRefusedError,
    ConnectionResetError h_ConnectionResetError,
    FileExistsError h_FileExistsError,
    FileNotFoundError h_FileNotFoundError,
    InterruptedError h_InterruptedError,
    IsADirectoryError h_IsADirectoryError,
    NotADirectoryError h_NotADirectoryError,
    PermissionError h_PermissionError,
    ProcessLookupError h_ProcessLookupError,
    TimeoutError h_TimeoutError,
    Warning h_Warning,
    UserWarning h_UserWarning,
    DeprecationWarning h_DeprecationWarning,
    PendingDeprecationWarning h_PendingDeprecationWarning,
    SyntaxWarning h_SyntaxWarning,
    RuntimeWarning h_RuntimeWarning,
    FutureWarning h_FutureWarning,
    ImportWarning h_ImportWarning,
    UnicodeWarning h_UnicodeWarning,
    BytesWarning h_BytesWarning,
    ResourceWarning h_ResourceWarning,
}

/// Calls a macro with the names of all.
macro_rules! for_each_exception {
    ($to:ident) => {
        $to! {
            BaseException,
            Exception,
            StopAsyncIteration,
            StopIteration,
            GeneratorExit,
            ArithmeticError,
            LookupError,
            AssertionError,
            AttributeError,
            BufferError,
            EOFError,
            FloatingPointError,
            OSError,
            ImportError,
            ModuleNotFoundError,
            IndexError,
            KeyError,
            KeyboardInterrupt,
            MemoryError,
            NameError,
            OverflowError,
            RuntimeError,
            RecursionError,
            NotImplementedError,
            SyntaxError,
            IndentationError,
            TabError,
            ReferenceError,
            SystemError,
            SystemExit,
            TypeError,
            UnboundLocalError,
            UnicodeError,
            UnicodeEncodeError,
            UnicodeDecodeError,
            UnicodeTranslateError,
            ValueError,
            ZeroDivisionError,
            BlockingIOError,
            BrokenPipeError,
            ChildProcessError,
            ConnectionError,
            ConnectionAbortedError,
            ConnectionRefusedError,
            ConnectionResetError,
            FileExistsError,
            FileNotFoundError,
            InterruptedError,
            IsADirectoryError,
            NotADirectoryError,
            PermissionError,
            ProcessLookupError,
            TimeoutError,
            Warning,
            UserWarning,
            DeprecationWarning,
            PendingDeprecationWarning,
            SyntaxWarning,
            RuntimeWarning,
            FutureWarning,
            ImportWarning,
            UnicodeWarning,
            BytesWarning,
            ResourceWarning,
        }
    };
}
pub(crate) use for_each_exception;
