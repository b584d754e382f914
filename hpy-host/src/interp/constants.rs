//! Constants of the embedded context: `None`, exceptions and builtin types.

use core::ffi::{CStr, c_char, c_void};
use core::mem::offset_of;

use hpy_sys::{HPy, HPyContext};

use super::Owned;
use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::handle::{handle, object};
use crate::capi::import_error::ImportError;
use crate::capi::table::{c_strings, is_pypy, symbol};
use crate::capi::types::PyObject;

/// The name by which our plain contexts are known.
pub(crate) const NAME: &CStr = c"HPy Universal ABI (hpy-host, embedded)";

/// Names in `builtins`, in the order of the context's constants from `h_True` to `h_ListType`.
const FIRST: &[u8] = b"\
    True\0False\0NotImplemented\0Ellipsis\0BaseException\0Exception\0StopAsyncIteration\0StopIteration\0\
    GeneratorExit\0ArithmeticError\0LookupError\0AssertionError\0AttributeError\0BufferError\0EOFError\0\
    FloatingPointError\0OSError\0ImportError\0ModuleNotFoundError\0IndexError\0KeyError\0KeyboardInterrupt\0\
    MemoryError\0NameError\0OverflowError\0RuntimeError\0RecursionError\0NotImplementedError\0SyntaxError\0\
    IndentationError\0TabError\0ReferenceError\0SystemError\0SystemExit\0TypeError\0UnboundLocalError\0\
    UnicodeError\0UnicodeEncodeError\0UnicodeDecodeError\0UnicodeTranslateError\0ValueError\0ZeroDivisionError\0\
    BlockingIOError\0BrokenPipeError\0ChildProcessError\0ConnectionError\0ConnectionAbortedError\0\
    ConnectionRefusedError\0ConnectionResetError\0FileExistsError\0FileNotFoundError\0InterruptedError\0\
    IsADirectoryError\0NotADirectoryError\0PermissionError\0ProcessLookupError\0TimeoutError\0Warning\0\
    UserWarning\0DeprecationWarning\0PendingDeprecationWarning\0SyntaxWarning\0RuntimeWarning\0FutureWarning\0\
    ImportWarning\0UnicodeWarning\0BytesWarning\0ResourceWarning\0object\0type\0bool\0int\0float\0str\0tuple\0\
    list\0";

/// The same from `h_ComplexType` to `h_MemoryViewType`.
const SECOND: &[u8] = b"complex\0bytes\0memoryview\0";

const _: () = {
    const fn count(list: &[u8]) -> usize {
        let (mut i, mut count) = (0, 0);
        while i < list.len() {
            count += (list[i] == 0) as usize;
            i += 1;
        }
        count
    }
    assert!(
        count(FIRST) * size_of::<HPy>() == offset_of!(HPyContext, ctx_Dup) - offset_of!(HPyContext, h_True)
    );
    assert!(
        count(SECOND) * size_of::<HPy>()
            == offset_of!(HPyContext, h_CapsuleType) - offset_of!(HPyContext, h_ComplexType)
    );
};

/// Fills the context's constants. They are references that are never given back. `private` becomes the context's private data,
/// if it has none yet.
///
/// # Safety
///
/// The table of the C API is filled, this thread runs Python, and nobody uses the context yet.
pub(crate) unsafe fn fill(private: *mut c_void) -> Result<(), ImportError> {
    let context = address();
    // SAFETY: the caller's word. The constants of each list stand side by side, as was asserted above.
    unsafe {
        (*context).name = NAME.as_ptr();
        if (*context)._private.is_null() {
            (*context)._private = private;
        }
        (*context).h_None = none()?;
        let builtins = Owned::import(c"builtins")?;
        let fill = |names: &'static [u8], offset: usize| -> Result<(), ImportError> {
            let mut to = context.byte_add(offset).cast::<HPy>();
            for name in c_strings(names) {
                to.write(builtins.attribute(name)?.into_handle());
                to = to.add(1);
            }
            Ok(())
        };
        fill(FIRST, offset_of!(HPyContext, h_True))?;
        fill(SECOND, offset_of!(HPyContext, h_ComplexType))?;
        fill(b"dict\0", offset_of!(HPyContext, h_DictType))?;
        // A program may have put something else under a name. That is no harm where the C API checks what it is given,
        // but it does not check slices and types.
        let open = core::ptr::null_mut();
        let slice = Owned::new((api().PySlice_New)(open, open, open))?;
        let slice_type = Owned::new((api().PyObject_Type)(slice.0))?;
        let type_type = Owned::new((api().PyObject_Type)(slice_type.0))?;
        (*context).h_SliceType = slice_type.into_handle();
        (*context).h_TypeType = type_type.into_handle();
        let capsule = Owned::new((api().PyCapsule_New)(context.cast(), core::ptr::null(), None))?;
        (*context).h_CapsuleType = Owned::new((api().PyObject_Type)(capsule.0))?.into_handle();
        (*context).h_Builtins = handle((api().PyEval_GetBuiltins)());
        if (*context).h_Builtins.is_null() {
            return Err("there are no builtins".into());
        }
        (api().Py_IncRef)(object((*context).h_Builtins));
    }
    Ok(())
}

/// `None` has no name in `builtins`, and no symbol on every interpreter; but an empty format builds it.
unsafe fn none() -> Result<HPy, ImportError> {
    let name = if is_pypy() { c"PyPy_BuildValue" } else { c"Py_BuildValue" };
    let symbol = symbol(name);
    if symbol.is_null() {
        return Err("there is no Py_BuildValue".into());
    }
    // SAFETY: a symbol of that name has that type in every interpreter; the caller's word.
    unsafe {
        let build: unsafe extern "C" fn(*const c_char, ...) -> *mut PyObject = core::mem::transmute(symbol);
        Ok(Owned::new(build(c"".as_ptr()))?.into_handle())
    }
}
