//! Functions for `float` and `bool`, and the operators of numbers.

use core::ffi::c_int;

use hpy_sys::{HPy, HPyContext};

use super::{check_stack, direct, guarded, handle, object};
use crate::api;

direct! {
    ctx_Float_FromDouble(v: f64) -> HPy = PyFloat_FromDouble;
    ctx_Number_Check(h: HPy) -> c_int = PyNumber_Check;
}

guarded! {
    ctx_Add(a: HPy, b: HPy) -> HPy = PyNumber_Add;
    ctx_Subtract(a: HPy, b: HPy) -> HPy = PyNumber_Subtract;
    ctx_Multiply(a: HPy, b: HPy) -> HPy = PyNumber_Multiply;
    ctx_MatrixMultiply(a: HPy, b: HPy) -> HPy = PyNumber_MatrixMultiply;
    ctx_FloorDivide(a: HPy, b: HPy) -> HPy = PyNumber_FloorDivide;
    ctx_TrueDivide(a: HPy, b: HPy) -> HPy = PyNumber_TrueDivide;
    ctx_Remainder(a: HPy, b: HPy) -> HPy = PyNumber_Remainder;
    ctx_Divmod(a: HPy, b: HPy) -> HPy = PyNumber_Divmod;
    ctx_Power(a: HPy, b: HPy, c: HPy) -> HPy = PyNumber_Power;
    ctx_Negative(h: HPy) -> HPy = PyNumber_Negative;
    ctx_Positive(h: HPy) -> HPy = PyNumber_Positive;
    ctx_Absolute(h: HPy) -> HPy = PyNumber_Absolute;
    ctx_Invert(h: HPy) -> HPy = PyNumber_Invert;
    ctx_Lshift(a: HPy, b: HPy) -> HPy = PyNumber_Lshift;
    ctx_Rshift(a: HPy, b: HPy) -> HPy = PyNumber_Rshift;
    ctx_And(a: HPy, b: HPy) -> HPy = PyNumber_And;
    ctx_Xor(a: HPy, b: HPy) -> HPy = PyNumber_Xor;
    ctx_Or(a: HPy, b: HPy) -> HPy = PyNumber_Or;
    ctx_Index(h: HPy) -> HPy = PyNumber_Index;
    ctx_Long(h: HPy) -> HPy = PyNumber_Long;
    ctx_Float(h: HPy) -> HPy = PyNumber_Float;
    ctx_InPlaceAdd(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceAdd;
    ctx_InPlaceSubtract(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceSubtract;
    ctx_InPlaceMultiply(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceMultiply;
    ctx_InPlaceMatrixMultiply(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceMatrixMultiply;
    ctx_InPlaceFloorDivide(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceFloorDivide;
    ctx_InPlaceTrueDivide(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceTrueDivide;
    ctx_InPlaceRemainder(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceRemainder;
    ctx_InPlaceLshift(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceLshift;
    ctx_InPlaceRshift(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceRshift;
    ctx_InPlaceAnd(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceAnd;
    ctx_InPlaceXor(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceXor;
    ctx_InPlaceOr(a: HPy, b: HPy) -> HPy = PyNumber_InPlaceOr;
}

pub(crate) unsafe extern "C" fn ctx_Float_AsDouble(_: *mut HPyContext, h: HPy) -> f64 {
    // SAFETY: HPy's rules.
    unsafe { crate::interp::fast_number::float_as_double(object(h)) }
}

pub(crate) unsafe extern "C" fn ctx_Bool_FromBool(ctx: *mut HPyContext, v: bool) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        let h = if v { (*ctx).h_True } else { (*ctx).h_False };
        super::ctx_Dup(ctx, h)
    }
}

/// As CPython does it: `__ipow__` is called without the modulus.
pub(crate) unsafe extern "C" fn ctx_InPlacePower(ctx: *mut HPyContext, a: HPy, b: HPy, c: HPy) -> HPy {
    check_stack!();
    // SAFETY: HPy's rules; the references that are made are given back.
    unsafe {
        let api = api();
        // PyPy's function takes no modulus.
        let pypy = !crate::interp::is_cpython() && c._i != (*ctx).h_None._i;
        if !pypy {
            return handle((api.PyNumber_InPlacePower)(object(a), object(b), object(c)));
        }
        let ty = (api.PyObject_Type)(object(a));
        let method = (api.PyObject_GetAttrString)(ty, c"__ipow__".as_ptr());
        (api.Py_DecRef)(ty);
        if method.is_null() {
            (api.PyErr_Clear)();
        } else {
            let args = [object(a), object(b)];
            let result = (api.PyObject_Vectorcall)(method, args.as_ptr(), 2, core::ptr::null_mut());
            (api.Py_DecRef)(method);
            if result != object((*ctx).h_NotImplemented) {
                return handle(result);
            }
            (api.Py_DecRef)(result);
        }
        handle((api.PyNumber_Power)(object(a), object(b), object(c)))
    }
}
