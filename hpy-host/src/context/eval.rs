//! Import, compilation and evaluation of source text.

use core::ffi::{c_char, c_int};

use hpy_sys::{
    HPy, HPy_SourceKind, HPy_SourceKind_Expr, HPy_SourceKind_File, HPy_SourceKind_Single, HPyContext,
};

use super::{check_stack, handle, object};
use crate::api;
use crate::interp::shutdown::call_or_park;

pub(crate) unsafe extern "C" fn ctx_Import_ImportModule(_: *mut HPyContext, name: *const c_char) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe { handle(call_or_park(|| (api().PyImport_ImportModule)(name))) }
}

pub(crate) unsafe extern "C" fn ctx_EvalCode(
    _: *mut HPyContext,
    code: HPy,
    globals: HPy,
    locals: HPy,
) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules.
    unsafe { handle(call_or_park(|| (api().PyEval_EvalCode)(object(code), object(globals), object(locals)))) }
}

/// The C API's numbers for the kinds of source.
const SINGLE: c_int = 256;
const FILE: c_int = 257;
const EXPRESSION: c_int = 258;

pub(crate) unsafe extern "C" fn ctx_Compile_s(
    ctx: *mut HPyContext,
    source: *const c_char,
    filename: *const c_char,
    kind: HPy_SourceKind,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        let start = match kind {
            HPy_SourceKind_Expr => EXPRESSION,
            HPy_SourceKind_File => FILE,
            HPy_SourceKind_Single => SINGLE,
            _ => {
                (api().PyErr_SetString)(object((*ctx).h_SystemError), c"invalid source kind".as_ptr());
                return HPy::NULL;
            }
        };
        handle((api().Py_CompileStringFlags)(source, filename, start, core::ptr::null_mut()))
    }
}
