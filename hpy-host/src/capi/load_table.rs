//! Filling the table of the C API: each function is looked up by name in the running process.

use core::ffi::c_void;

use super::function_names::FunctionNames;
use super::functions::Api;
use super::import_error::ImportError;
use super::stand_ins::stand_in;
use super::table::{address, is_pypy};

/// Looks every function up. What may be missing has its stand-in then; what must not is named by the error.
///
/// # Safety
///
/// No other thread uses the table yet.
pub(crate) unsafe fn load() -> Result<(), ImportError> {
    let pypy = is_pypy();
    let api: *mut Api = address();
    // SAFETY: the caller's word.
    unsafe { stand_in(api) };
    let (mut found, mut missing) = (false, String::new());
    let mut names = FunctionNames::new();
    let mut field: *mut *mut c_void = api.cast();
    while let Some(optional) = names.next() {
        let symbol = names.symbol(pypy);
        if !symbol.is_null() {
            // SAFETY: `Api` is `repr(C)` and has one pointer for each name, in the same order; and a symbol with that
            // name has that type in every interpreter.
            unsafe { field.write(symbol) };
            found = true;
        } else if !optional {
            missing.push(' ');
            missing.push_str(&names.name().to_string_lossy());
        }
        field = field.wrapping_add(1);
    }
    if !found {
        return Err("the process has no C API of Python that can be found by name".into());
    }
    if !missing.is_empty() {
        return Err(format!("the interpreter's C API lacks{missing}").into());
    }
    Ok(())
}
