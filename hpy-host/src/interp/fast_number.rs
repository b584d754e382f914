//! Fast paths for exact `float`s and `int`s, which run no Python code. Other objects have `__float__` or `__index__`, so the
//! stack is checked before they are converted.

use core::ffi::c_longlong;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering};

use crate::api;
use crate::capi::types::PyObject;
use crate::interp::stack;
use crate::interp::{Implementation, Interpreter, Owned, type_of};

/// `float`, where the place of a `float`'s value is known; else null. Written before the context is in use, like the others.
static FLOAT: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());
/// Bytes from the start of a `float` to its value.
static VALUE: AtomicUsize = AtomicUsize::new(0);
/// `int`, where its type can be read.
static INT: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());
/// Where the value of an `int` is: one of the following.
static DIGITS: AtomicU8 = AtomicU8::new(UNKNOWN);
/// Not known.
const UNKNOWN: u8 = 0;
/// A word with the number of digits, negative for a negative number, and the digits behind it: CPython 3.8 to 3.11.
const SIGNED: u8 = 1;
/// A word with the number of digits above three bits, the lower two of which are 1 minus the sign, and the digits behind it:
/// CPython from 3.12 on.
const TAGGED: u8 = 2;
/// Bits of a digit, which has 32 in memory.
const DIGIT: u32 = 30;
/// Bytes from the start of an `int` to the word before its digits.
static SIZE: AtomicUsize = AtomicUsize::new(0);

/// `PyFloat_AsDouble`.
///
/// # Safety
///
/// As there.
pub unsafe fn float_as_double(o: *mut PyObject) -> f64 {
    // SAFETY: the caller's word: a live object; the place of the value was proven by `probe`.
    unsafe {
        if type_of(o) == Some(FLOAT.load(Ordering::Relaxed)) {
            return o.byte_add(VALUE.load(Ordering::Relaxed)).cast::<f64>().read();
        }
        if stack::is_low() {
            return stack::refuse();
        }
        (api().PyFloat_AsDouble)(o)
    }
}

/// `PyLong_AsLongLong`.
///
/// # Safety
///
/// As there.
pub unsafe fn long_as_long_long(o: *mut PyObject) -> c_longlong {
    // SAFETY: the caller's word: a live object.
    unsafe {
        if type_of(o) == Some(INT.load(Ordering::Relaxed)) {
            #[cfg(target_pointer_width = "64")]
            return (api().PyLong_AsSsize_t)(o) as c_longlong;
            #[cfg(not(target_pointer_width = "64"))]
            return (api().PyLong_AsLongLong)(o);
        }
        if stack::is_low() {
            return stack::refuse();
        }
        (api().PyLong_AsLongLong)(o)
    }
}

/// The value of an exact `float`, read in place; `None` for any other object, and where the place is not known.
///
/// # Safety
///
/// A live object.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn exact_float(o: *mut PyObject) -> Option<f64> {
    // SAFETY: the caller's word; the place of the value was proven by `probe`.
    unsafe {
        if type_of(o)? != FLOAT.load(Ordering::Relaxed) {
            return None;
        }
        Some(o.byte_add(VALUE.load(Ordering::Relaxed)).cast::<f64>().read())
    }
}

/// The value of an exact `int` of up to two digits, read in place; `None` for any other object, and where the place is not known.
///
/// # Safety
///
/// A live object.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn exact_int(o: *mut PyObject) -> Option<i64> {
    // SAFETY: the caller's word; the layout was proven by `probe`. A number has as many digits as it says.
    unsafe {
        if type_of(o)? != INT.load(Ordering::Relaxed) {
            return None;
        }
        let size = o.byte_add(SIZE.load(Ordering::Relaxed)).cast::<isize>();
        let digits = size.add(1).cast::<u32>();
        let (sign, len) = match DIGITS.load(Ordering::Relaxed) {
            SIGNED => ((*size).signum(), (*size).unsigned_abs()),
            TAGGED => (1 - (*size & 3), (*size).unsigned_abs() >> 3),
            _ => return None,
        };
        let magnitude = match len {
            0 => 0,
            1 => i64::from(*digits),
            2 => i64::from(*digits) | i64::from(*digits.add(1)) << DIGIT,
            _ => return None,
        };
        Some(if sign < 0 { -magnitude } else { magnitude })
    }
}

/// Finds the digits of an `int`, by numbers of up to three digits.
unsafe fn find_digits(interpreter: &Interpreter) {
    const PROBES: [i64; 12] = [
        0,
        1,
        -1,
        300,
        -70_000,
        (1 << 30) - 1,
        1 - (1 << 30),
        1 << 30,
        -(1 << 30) - 7,
        (1 << 60) - 1,
        1 - (1 << 60),
        1 << 60,
    ];
    DIGITS.store(if interpreter.version < (3, 12) { SIGNED } else { TAGGED }, Ordering::Relaxed);
    SIZE.store(interpreter.header, Ordering::Relaxed);
    // SAFETY: the caller's word; an `int` of CPython has a word and a digit behind its header.
    let proven = PROBES.iter().all(|value| unsafe {
        let expected = Some(*value).filter(|value| value.unsigned_abs() < 1 << (2 * DIGIT));
        Owned::new((api().PyLong_FromLongLong)(*value)).is_ok_and(|int| exact_int(int.0) == expected)
    });
    if !proven {
        DIGITS.store(UNKNOWN, Ordering::Relaxed);
    }
}

/// Looks at a `float` and an `int` of this interpreter.
///
/// # Safety
///
/// The table of the C API is filled, and this thread runs Python.
pub(crate) unsafe fn probe(interpreter: &Interpreter) {
    const PROBE: f64 = 1234.5;
    if interpreter.implementation != Implementation::CPython {
        return;
    }
    // SAFETY: the caller's word; a `float` has its value behind the header, at an address that is aligned for it.
    unsafe {
        let (Ok(float), Ok(int)) =
            (Owned::new((api().PyFloat_FromDouble)(PROBE)), Owned::new((api().PyLong_FromLong)(1)))
        else {
            return;
        };
        if let Some(ty) = type_of(int.0) {
            INT.store(ty, Ordering::Relaxed);
            find_digits(interpreter);
        }
        let offset = interpreter.header.next_multiple_of(align_of::<f64>());
        let value = float.0.byte_add(offset).cast::<u64>().read();
        if let Some(ty) = type_of(float.0).filter(|_| value == PROBE.to_bits()) {
            VALUE.store(offset, Ordering::Relaxed);
            FLOAT.store(ty, Ordering::Relaxed);
        }
    }
}
