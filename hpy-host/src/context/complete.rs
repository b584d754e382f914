//! The complete embedded context. Its functions are put in when it is first asked for.

use std::sync::Once;

use hpy_sys::HPyContext;

use super::address;

/// The whole embedded context, to be given to code that calls its functions through the table.
///
/// A library that never calls this has only those functions of the host that it uses by [`calls`](crate::calls). To be
/// called once the interpreter is known, as it is when anybody has the context.
#[inline]
pub fn embedded() -> *mut HPyContext {
    static COMPLETE: Once = Once::new();
    // SAFETY: this happens once, and nobody reads the functions before.
    COMPLETE.call_once(|| unsafe {
        super::table::fill(address());
        specialize();
        (*address())._private = (&raw const crate::context::extensions::COMPLETE).cast_mut().cast();
    });
    address()
}

/// Puts functions into the context that fit this interpreter better than those that fit all.
///
/// # Safety
///
/// Nobody uses the functions of the context yet.
unsafe fn specialize() {
    let (dup, close) = crate::capi::refs::functions();
    // SAFETY: the caller's word.
    unsafe {
        let context = address();
        (*context).ctx_Dup = dup;
        (*context).ctx_Close = close;
        if !crate::interp::is_cpython() {
            crate::context::null_checks::fill(context);
        }
        if let Some(set) = crate::capi::tuple::builder_set() {
            (*context).ctx_TupleBuilder_Set = set;
        }
        if !crate::interp::stack::is_limited() {
            (*context).ctx_CallRealFunctionFromTrampoline = crate::context::call_by_signature;
        }
    }
}
