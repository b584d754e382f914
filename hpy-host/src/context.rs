//! The embedded context: one per file, a static, filled when the first module of the file is imported.

use core::ffi::{CStr, c_char};

use hpy_sys::{HPy, HPyContext};

use crate::api;
use crate::ctx::handle;
use crate::interp::Owned;

/// The name by which our plain contexts are known.
pub(crate) const NAME: &CStr = c"HPy Universal ABI (hpy-host, embedded)";

static mut EMBEDDED: HPyContext = crate::generated::table::TABLE;

/// The embedded context. Its address is a constant, so that comparing with it costs nothing where it is known.
#[inline(always)]
pub fn embedded() -> *mut HPyContext {
    &raw mut EMBEDDED
}

/// Constants of the context, and where in `builtins` they are found.
macro_rules! builtins {
    ($context:ident, $get:expr, $($member:ident)*) => {
        $({
            let name = &stringify!($member)[2..];
            $context.$member = $get(name)?;
        })*
    };
}

/// Fills the context's constants. They are references that are never given back.
///
/// # Safety
///
/// The table of the C API is filled, this thread runs Python, and nobody uses the context yet.
pub(crate) unsafe fn fill() -> Result<(), String> {
    // SAFETY: the caller's word.
    unsafe {
        let builtins = Owned::import(c"builtins")?;
        let context = &mut *embedded();
        context.name = NAME.as_ptr();
        context._private = (&raw const crate::ext::EXTENSIONS).cast_mut().cast();
        let get = |name: &str| -> Result<HPy, String> {
            let name = std::ffi::CString::new(name).unwrap_or_default();
            let object = builtins.attribute(&name)?;
            let h = handle(object.0);
            core::mem::forget(object);
            Ok(h)
        };
        context.h_None = none()?;
        context.h_Builtins = handle((api().PyEval_GetBuiltins)());
        if context.h_Builtins.is_null() {
            return Err("there are no builtins".to_owned());
        }
        (api().Py_IncRef)(crate::ctx::object(context.h_Builtins));
        builtins!(context, get,
            h_True h_False h_NotImplemented h_Ellipsis
            h_BaseException h_Exception h_StopAsyncIteration h_StopIteration h_GeneratorExit h_ArithmeticError
            h_LookupError h_AssertionError h_AttributeError h_BufferError h_EOFError h_FloatingPointError h_OSError
            h_ImportError h_ModuleNotFoundError h_IndexError h_KeyError h_KeyboardInterrupt h_MemoryError h_NameError
            h_OverflowError h_RuntimeError h_RecursionError h_NotImplementedError h_SyntaxError h_IndentationError
            h_TabError h_ReferenceError h_SystemError h_SystemExit h_TypeError h_UnboundLocalError h_UnicodeError
            h_UnicodeEncodeError h_UnicodeDecodeError h_UnicodeTranslateError h_ValueError h_ZeroDivisionError
            h_BlockingIOError h_BrokenPipeError h_ChildProcessError h_ConnectionError h_ConnectionAbortedError
            h_ConnectionRefusedError h_ConnectionResetError h_FileExistsError h_FileNotFoundError h_InterruptedError
            h_IsADirectoryError h_NotADirectoryError h_PermissionError h_ProcessLookupError h_TimeoutError
            h_Warning h_UserWarning h_DeprecationWarning h_PendingDeprecationWarning h_SyntaxWarning h_RuntimeWarning
            h_FutureWarning h_ImportWarning h_UnicodeWarning h_BytesWarning h_ResourceWarning
        );
        context.h_BaseObjectType = get("object")?;
        context.h_TypeType = get("type")?;
        context.h_BoolType = get("bool")?;
        context.h_LongType = get("int")?;
        context.h_FloatType = get("float")?;
        context.h_UnicodeType = get("str")?;
        context.h_TupleType = get("tuple")?;
        context.h_ListType = get("list")?;
        context.h_ComplexType = get("complex")?;
        context.h_BytesType = get("bytes")?;
        context.h_MemoryViewType = get("memoryview")?;
        context.h_SliceType = get("slice")?;
        context.h_DictType = get("dict")?;
        let capsule = Owned::new((api().PyCapsule_New)(embedded().cast(), core::ptr::null(), None))?;
        context.h_CapsuleType = handle((api().PyObject_Type)(capsule.0));
    }
    Ok(())
}

/// `None` has no name in `builtins`, and no symbol on every interpreter; but an empty format builds it.
unsafe fn none() -> Result<HPy, String> {
    let name = if crate::capi::is_pypy() { c"PyPy_BuildValue" } else { c"Py_BuildValue" };
    let address = crate::capi::symbol(name);
    if address.is_null() {
        return Err("there is no Py_BuildValue".to_owned());
    }
    // SAFETY: a symbol of that name has that type in every interpreter; the caller's word.
    unsafe {
        let build: unsafe extern "C" fn(*const c_char, ...) -> *mut crate::cpy::PyObject =
            core::mem::transmute(address);
        let none = Owned::new(build(c"".as_ptr()))?;
        let h = handle(none.0);
        core::mem::forget(none);
        Ok(h)
    }
}
