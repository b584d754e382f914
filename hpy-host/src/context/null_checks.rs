//! Argument checks that only CPython's C API makes itself.
//!
//! CPython raises `SystemError` for a NULL in place of an object, and for another object in place of a list. The C APIs of
//! PyPy and GraalPy dereference the NULL. Rust code never passes one, but a C module that ignores a failed call may. Modules
//! of other files call through the complete context, so on these interpreters that gets functions which check first.
//! CPython's is unchanged.

use core::ffi::{c_char, c_int, c_void};

use hpy_sys::*;

use super::object;
use crate::api;
use crate::interp::stack::Failure;

/// Raises what CPython's functions raise.
#[cold]
unsafe fn null_argument<R: Failure>(ctx: *mut HPyContext) -> R {
    // SAFETY: HPy's rules.
    unsafe {
        let text = c"null argument to internal routine";
        (api().PyErr_SetString)(object((*ctx).h_SystemError), text.as_ptr());
    }
    R::FAILED
}

type Text = *const c_char;
type Size = *mut isize;
type Handles = *const HPy;
/// A handle that may be NULL.
type Optional = HPy;

/// Defines [`fill`], which puts functions into a context that look whether a handle is NULL before they go on to those of
/// `ctx`. Each group has one signature.
macro_rules! checked {
    ($(($($arg:ident: $ty:ident),*) -> $ret:ty { $($name:ident)* })*) => {
        /// Puts the functions that look into a context which has all functions.
        ///
        /// # Safety
        ///
        /// Nobody uses the functions of the context yet.
        pub(crate) unsafe fn fill(context: *mut HPyContext) {
            // SAFETY: the caller's word.
            unsafe {
                $(checked!(@group context, ($($arg: $ty),*) -> $ret { $($name)* });)*
                (*context).ctx_List_Append = append;
                (*context).ctx_List_Insert = insert;
            }
        }
    };
    (@group $context:ident, $args:tt -> $ret:ty { $($name:ident)* }) => {
        $(checked!(@one $context, $name, $args -> $ret);)*
    };
    (@one $context:ident, $name:ident, ($($arg:ident: $ty:ident),*) -> $ret:ty) => {{
        unsafe extern "C" fn $name(ctx: *mut HPyContext, $($arg: $ty),*) -> $ret {
            // SAFETY: HPy's rules, but for the NULL.
            unsafe {
                if $(checked!(@is_null $ty, $arg))||* {
                    return null_argument(ctx);
                }
                super::$name(ctx, $($arg),*)
            }
        }
        (*$context).$name = $name;
    }};
    (@is_null HPy, $arg:ident) => { $arg.is_null() };
    (@is_null $ty:ident, $arg:ident) => { false };
}

checked! {
    (h: HPy) -> i32 { ctx_Long_AsInt32_t }
    (h: HPy) -> u32 { ctx_Long_AsUInt32_t ctx_Long_AsUInt32_tMask }
    (h: HPy) -> i64 { ctx_Long_AsInt64_t }
    (h: HPy) -> u64 { ctx_Long_AsUInt64_t ctx_Long_AsUInt64_tMask }
    (h: HPy) -> usize { ctx_Long_AsSize_t }
    (h: HPy) -> f64 { ctx_Long_AsDouble ctx_Float_AsDouble }
    (h: HPy) -> isize { ctx_Long_AsSsize_t ctx_Length ctx_Hash ctx_Bytes_Size ctx_Bytes_GET_SIZE }
    (h: HPy) -> *mut c_void { ctx_Long_AsVoidPtr }
    (h: HPy) -> *const c_char { ctx_Bytes_AsString ctx_Bytes_AS_STRING ctx_Type_GetName }
    (h: HPy) -> c_int { ctx_IsTrue }
    (h: HPy) -> HPy {
        ctx_Negative ctx_Positive ctx_Absolute ctx_Invert ctx_Index ctx_Long ctx_Float
        ctx_Type ctx_GetIter ctx_Iter_Next ctx_Dict_Keys ctx_Dict_Copy
        ctx_Unicode_AsASCIIString ctx_Unicode_AsLatin1String ctx_Unicode_AsUTF8String ctx_Unicode_EncodeFSDefault
    }
    (a: HPy, b: HPy) -> HPy {
        ctx_Add ctx_Subtract ctx_Multiply ctx_MatrixMultiply ctx_FloorDivide ctx_TrueDivide ctx_Remainder ctx_Divmod
        ctx_Lshift ctx_Rshift ctx_And ctx_Xor ctx_Or ctx_InPlaceAdd ctx_InPlaceSubtract ctx_InPlaceMultiply
        ctx_InPlaceMatrixMultiply ctx_InPlaceFloorDivide ctx_InPlaceTrueDivide ctx_InPlaceRemainder ctx_InPlaceLshift
        ctx_InPlaceRshift ctx_InPlaceAnd ctx_InPlaceXor ctx_InPlaceOr
        ctx_GetAttr ctx_GetItem ctx_ContextVar_Set
    }
    (a: HPy, b: HPy, c: HPy) -> HPy { ctx_Power ctx_InPlacePower }
    (a: HPy, b: HPy) -> c_int { ctx_Contains ctx_DelItem }
    (a: HPy, b: HPy, op: c_int) -> HPy { ctx_RichCompare }
    (a: HPy, b: HPy, op: c_int) -> c_int { ctx_RichCompareBool }
    (h: HPy, name: Text) -> HPy { ctx_GetAttr_s ctx_GetItem_s }
    (h: HPy, name: Text) -> c_int { ctx_DelItem_s }
    (h: HPy, name: Text, value: HPy) -> c_int { ctx_SetItem_s }
    (h: HPy, index: isize) -> HPy { ctx_GetItem_i }
    (h: HPy, index: isize) -> c_int { ctx_DelItem_i }
    (h: HPy, index: isize, value: HPy) -> c_int { ctx_SetItem_i }
    (h: HPy, key: HPy, value: HPy) -> c_int { ctx_SetItem }
    (h: HPy, start: isize, end: isize) -> HPy { ctx_GetSlice ctx_Unicode_Substring }
    (h: HPy, start: isize, end: isize) -> c_int { ctx_DelSlice }
    (h: HPy, start: isize, end: isize, value: HPy) -> c_int { ctx_SetSlice }
    (h: HPy, start: Size, stop: Size, step: Size) -> c_int { ctx_Slice_Unpack }
    (h: HPy, size: Size) -> *const c_char { ctx_Unicode_AsUTF8AndSize }
    (h: HPy, index: isize) -> u32 { ctx_Unicode_ReadChar }
    (h: HPy, name: HPy, value: Optional) -> c_int { ctx_SetAttr }
    (h: HPy, name: Text, value: Optional) -> c_int { ctx_SetAttr_s }
    (callable: HPy, args: Optional, kw: Optional) -> HPy { ctx_CallTupleDict }
    (h: HPy, args: Handles, nargs: usize, names: Optional) -> HPy { ctx_Call ctx_CallMethod }
}

/// Raises `SystemError` for what is not a list, or no item.
unsafe fn is_wrong(ctx: *mut HPyContext, list: HPy, item: HPy) -> bool {
    // SAFETY: HPy's rules, but for the NULL.
    unsafe {
        let wrong = list.is_null() || item.is_null() || super::ctx_List_Check(ctx, list) == 0;
        if wrong {
            super::bad_argument(ctx);
        }
        wrong
    }
}

unsafe extern "C" fn append(ctx: *mut HPyContext, list: HPy, item: HPy) -> c_int {
    // SAFETY: HPy's rules, but for the NULL.
    unsafe { if is_wrong(ctx, list, item) { -1 } else { super::ctx_List_Append(ctx, list, item) } }
}

unsafe extern "C" fn insert(ctx: *mut HPyContext, list: HPy, index: isize, item: HPy) -> c_int {
    // SAFETY: HPy's rules, but for the NULL.
    unsafe { if is_wrong(ctx, list, item) { -1 } else { super::ctx_List_Insert(ctx, list, index, item) } }
}
