//! The embedded context: one per file, a static, filled when the first module of the file is imported.
//!
//! Its functions come in later, when somebody first asks for the whole context: see [`embedded`].

use core::ffi::{CStr, c_char};
use core::mem::{MaybeUninit, offset_of};
use std::sync::Once;

use hpy_sys::{HPy, HPyContext};

use crate::api;
use crate::ctx::handle;
use crate::interp::Owned;

/// The name by which our plain contexts are known.
pub(crate) const NAME: &CStr = c"HPy Universal ABI (hpy-host, embedded)";

static mut EMBEDDED: MaybeUninit<HPyContext> = MaybeUninit::zeroed();

/// Where the embedded context is: a constant, so that comparing with it costs nothing where it is known.
///
/// For its constants, and to be given to [`calls`](crate::calls). Its functions may not be there yet.
#[inline(always)]
pub fn address() -> *mut HPyContext {
    (&raw mut EMBEDDED).cast()
}

/// Is it the embedded context?
#[inline(always)]
pub fn is_embedded(ctx: *mut HPyContext) -> bool {
    core::ptr::eq(ctx, address())
}

/// The whole embedded context, to be given to code that calls its functions through the table.
///
/// A library that never calls this has only those functions of the host that it uses by [`calls`](crate::calls).
#[inline]
pub fn embedded() -> *mut HPyContext {
    static COMPLETE: Once = Once::new();
    // SAFETY: this happens once, and nobody reads the functions before.
    COMPLETE.call_once(|| unsafe { crate::generated::table::fill(address()) });
    address()
}

/// Names in `builtins`, in the order of the context's constants from `h_True` to `h_ListType`.
const FIRST: &str = "True False NotImplemented Ellipsis \
    BaseException Exception StopAsyncIteration StopIteration GeneratorExit ArithmeticError LookupError AssertionError \
    AttributeError BufferError EOFError FloatingPointError OSError ImportError ModuleNotFoundError IndexError KeyError \
    KeyboardInterrupt MemoryError NameError OverflowError RuntimeError RecursionError NotImplementedError SyntaxError \
    IndentationError TabError ReferenceError SystemError SystemExit TypeError UnboundLocalError UnicodeError \
    UnicodeEncodeError UnicodeDecodeError UnicodeTranslateError ValueError ZeroDivisionError BlockingIOError \
    BrokenPipeError ChildProcessError ConnectionError ConnectionAbortedError ConnectionRefusedError \
    ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError \
    PermissionError ProcessLookupError TimeoutError \
    Warning UserWarning DeprecationWarning PendingDeprecationWarning SyntaxWarning RuntimeWarning FutureWarning \
    ImportWarning UnicodeWarning BytesWarning ResourceWarning \
    object type bool int float str tuple list";

/// The same from `h_ComplexType` to `h_MemoryViewType`.
const SECOND: &str = "complex bytes memoryview";

const _: () = {
    assert!(
        words(FIRST) * size_of::<HPy>() == offset_of!(HPyContext, ctx_Dup) - offset_of!(HPyContext, h_True)
    );
    assert!(
        words(SECOND) * size_of::<HPy>()
            == offset_of!(HPyContext, h_CapsuleType) - offset_of!(HPyContext, h_ComplexType)
    );
};

const fn words(text: &str) -> usize {
    let (mut i, mut words) = (0, 1);
    while i < text.len() {
        words += (text.as_bytes()[i] == b' ') as usize;
        i += 1;
    }
    words
}

/// Fills the context's constants. They are references that are never given back.
///
/// # Safety
///
/// The table of the C API is filled, this thread runs Python, and nobody uses the context yet.
pub(crate) unsafe fn fill() -> Result<(), String> {
    let context = address();
    // SAFETY: the caller's word. The constants of each list stand side by side, as was asserted above.
    unsafe {
        (*context).name = NAME.as_ptr();
        (*context)._private = (&raw const crate::ext::EXTENSIONS).cast_mut().cast();
        (*context).h_None = none()?;
        let builtins = Owned::import(c"builtins")?;
        let fill = |names: &str, offset: usize| -> Result<(), String> {
            let mut to = context.byte_add(offset).cast::<HPy>();
            for name in names.split(' ') {
                let name = std::ffi::CString::new(name).unwrap_or_default();
                to.write(builtins.attribute(&name)?.into_handle());
                to = to.add(1);
            }
            Ok(())
        };
        fill(FIRST, offset_of!(HPyContext, h_True))?;
        fill(SECOND, offset_of!(HPyContext, h_ComplexType))?;
        fill("slice", offset_of!(HPyContext, h_SliceType))?;
        fill("dict", offset_of!(HPyContext, h_DictType))?;
        let capsule = Owned::new((api().PyCapsule_New)(context.cast(), core::ptr::null(), None))?;
        (*context).h_CapsuleType = Owned::new((api().PyObject_Type)(capsule.0))?.into_handle();
        (*context).h_Builtins = handle((api().PyEval_GetBuiltins)());
        if (*context).h_Builtins.is_null() {
            return Err("there are no builtins".to_owned());
        }
        (api().Py_IncRef)(crate::ctx::object((*context).h_Builtins));
    }
    Ok(())
}

/// `None` has no name in `builtins`, and no symbol on every interpreter; but an empty format builds it.
unsafe fn none() -> Result<HPy, String> {
    let name = if crate::capi::is_pypy() { c"PyPy_BuildValue" } else { c"Py_BuildValue" };
    let symbol = crate::capi::symbol(name);
    if symbol.is_null() {
        return Err("there is no Py_BuildValue".to_owned());
    }
    // SAFETY: a symbol of that name has that type in every interpreter; the caller's word.
    unsafe {
        let build: unsafe extern "C" fn(*const c_char, ...) -> *mut crate::cpy::PyObject =
            core::mem::transmute(symbol);
        Ok(Owned::new(build(c"".as_ptr()))?.into_handle())
    }
}
