//! The hot functions of the C API, in two forms.
//!
//! Each compares the context with the address of the embedded one. If they are equal, it calls the interpreter's own function
//! through the table filled at load time; otherwise it calls the context's member. In a trampoline of the embedded host the
//! context is a constant, so the comparison costs nothing there.

use hpy_sys::cast::extent;
use hpy_sys::{HPy, cpy_PyObject};

use super::context::Context;

/// The object behind a handle of the embedded host, where handles are object pointers.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn object(h: HPy) -> *mut cpy_PyObject {
    h._i as *mut cpy_PyObject
}

/// The embedded host's handle of an object.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn handle(object: *mut cpy_PyObject) -> HPy {
    HPy { _i: object as isize }
}

/// `HPy_Dup`.
///
/// # Safety
///
/// `h` is an open handle of `ctx`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn dup(ctx: Context<'_>, h: HPy) -> HPy {
    if ctx.is_embedded() {
        hpy_host::interp::detach_check::check();
        // SAFETY: invariant 5: the handle is a pointer to a live object.
        unsafe { hpy_host::capi::refs::incref(object(h)) };
        h
    } else {
        // SAFETY: as the caller says.
        unsafe { hpy_host::calls::HPy_Dup(ctx.raw(), h) }
    }
}

/// `HPy_Close`. Not inlined: the good path of few calls closes a handle, and all code that does would grow.
///
/// # Safety
///
/// `h` is an open handle of `ctx`, and not used again.
#[inline(never)]
pub(crate) unsafe fn close(ctx: Context<'_>, h: HPy) {
    if ctx.is_embedded() {
        if hpy_host::interp::detach_check::is_detached() && std::thread::panicking() {
            return; // the panic says why
        }
        hpy_host::interp::detach_check::check();
        // SAFETY: invariant 5: the handle is a pointer to a live object, and owns one reference.
        unsafe { hpy_host::capi::refs::decref(object(h)) }
    } else {
        // SAFETY: as the caller says.
        unsafe { hpy_host::calls::HPy_Close(ctx.raw(), h) }
    }
}

/// Returns whether the object's type is exactly the context's constant `ty`. May say `false` where the host can't tell fast.
///
/// # Safety
///
/// `h` is an open handle of `ctx`, and `ty` one of its constants.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn is_exactly(ctx: Context<'_>, h: HPy, ty: HPy) -> bool {
    // SAFETY: invariant 5: the handle is a pointer to a live object.
    ctx.is_embedded() && unsafe { hpy_host::interp::type_of(object(h)) } == Some(object(ty))
}

/// Returns whether an exception is set.
#[inline]
pub(crate) fn error_occurred(ctx: Context<'_>) -> bool {
    if ctx.is_embedded() {
        // SAFETY: invariant 5: the API is loaded while its context is used.
        unsafe { !(hpy_host::api().PyErr_Occurred)().is_null() }
    } else {
        // SAFETY: invariant 2.
        unsafe { hpy_host::calls::HPyErr_Occurred(ctx.raw()) != 0 }
    }
}

macro_rules! two_forms {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty = $hpy:ident | $capi:ident $(=> $conv:expr)?;)*) => {$(
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// Handles are open and belong to `ctx`.
        #[cfg_attr(not(debug_assertions), inline(always))]
        pub(crate) unsafe fn $name(ctx: Context<'_>, $($arg: $ty),*) -> $ret {
            if ctx.is_embedded() {
                hpy_host::interp::detach_check::check();
                // SAFETY: invariant 5: the API is loaded while its context is used, and handles are object pointers.
                let value = unsafe { (hpy_host::api().$capi)($(Raw::raw($arg)),*) };
                Raw::cooked(value)
            } else {
                // SAFETY: as the caller says.
                unsafe { hpy_host::calls::$hpy(ctx.raw(), $($arg),*) }
            }
        }
    )*};
}

/// Conversion between the types of HPy's functions and those of the C API's.
trait Raw<T> {
    fn raw(self) -> T;
    fn cooked(value: T) -> Self;
}

impl Raw<*mut cpy_PyObject> for HPy {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn raw(self) -> *mut cpy_PyObject {
        object(self)
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn cooked(value: *mut cpy_PyObject) -> Self {
        handle(value)
    }
}

macro_rules! same {
    ($($ty:ty),*) => {$(
        impl Raw<$ty> for $ty {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn raw(self) -> $ty { self }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn cooked(value: $ty) -> Self { value }
        }
    )*};
}
same!(i64, u64, f64, i32, isize);

/// The item of a `tuple` at an index, to be given back by [`close_tuple_item`]; NULL and an exception if there is none.
/// The embedded host lends the tuple's own reference.
///
/// # Safety
///
/// `tuple` is an open handle of `ctx` on a `tuple`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn tuple_item(ctx: Context<'_>, tuple: HPy, index: usize) -> HPy {
    // SAFETY: as the caller says; invariant 5.
    unsafe {
        if ctx.is_embedded() {
            hpy_host::interp::detach_check::check();
            handle((hpy_host::api().PyTuple_GetItem)(object(tuple), extent(index)))
        } else {
            hpy_host::calls::HPy_GetItem_i(ctx.raw(), tuple, extent(index))
        }
    }
}

/// Gives back what [`tuple_item`] gave.
///
/// # Safety
///
/// `item` is what that function gave for `ctx`, and not used again.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn close_tuple_item(ctx: Context<'_>, item: HPy) {
    if !ctx.is_embedded() {
        // SAFETY: as the caller says.
        unsafe { hpy_host::calls::HPy_Close(ctx.raw(), item) }
    }
}

/// Calls `f` with the items of an exact `list` or `tuple`, borrowed from it; `None` for any other object and where the host does
/// not know where they are. An item that was never set is null.
///
/// # Safety
///
/// `h` is an open handle of `ctx`. `f` runs no Python code and takes no lock of Python's.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn with_items<R>(
    ctx: Context<'_>,
    h: HPy,
    f: impl FnOnce(&[*mut cpy_PyObject]) -> R,
) -> Option<R> {
    if !ctx.is_embedded() {
        return None;
    }
    hpy_host::interp::detach_check::check();
    // SAFETY: as the caller says; invariant 5.
    unsafe { hpy_host::interp::items::with(object(h), f) }
}

/// A new handle to an item of an exact `list` or `tuple`, NULL beyond its end; `None` as for [`with_items`].
///
/// # Safety
///
/// `h` is an open handle of `ctx`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn list_item(ctx: Context<'_>, h: HPy, index: usize) -> Option<HPy> {
    if !ctx.is_embedded() {
        return None;
    }
    hpy_host::interp::detach_check::check();
    // SAFETY: as the caller says; invariant 5.
    unsafe { hpy_host::interp::items::get(object(h), index) }.map(handle)
}

/// Whether [`long_as_i64`] of a foreign host refuses anything but an `int`.
pub(crate) const READS_INT_ONLY: bool = cfg!(target_pointer_width = "64");

/// The value of an `int`; -1 and an exception on failure.
///
/// # Safety
///
/// `h` is an open handle of `ctx`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn long_as_i64(ctx: Context<'_>, h: HPy) -> i64 {
    // SAFETY: as the caller says; invariant 5.
    unsafe {
        if ctx.is_embedded() {
            hpy_host::interp::detach_check::check();
        }
        if ctx.is_embedded() && READS_INT_ONLY {
            // It runs no other people's code, so the stack needs no look: what has `__index__` comes back as a `TypeError`.
            (hpy_host::api().PyLong_AsSsize_t)(object(h)) as i64
        } else if ctx.is_embedded() {
            hpy_host::interp::fast_number::long_as_long_long(object(h))
        } else if READS_INT_ONLY {
            // `HPyLong_AsInt64_t` of some hosts also takes what has `__int__`.
            hpy_host::calls::HPyLong_AsSsize_t(ctx.raw(), h) as i64
        } else {
            hpy_host::calls::HPyLong_AsInt64_t(ctx.raw(), h)
        }
    }
}

/// The value of a `float`; -1.0 and an exception on failure.
///
/// # Safety
///
/// `h` is an open handle of `ctx`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn float_as_f64(ctx: Context<'_>, h: HPy) -> f64 {
    // SAFETY: as the caller says; invariant 5.
    unsafe {
        if ctx.is_embedded() {
            hpy_host::interp::fast_number::float_as_double(object(h))
        } else {
            hpy_host::calls::HPyFloat_AsDouble(ctx.raw(), h)
        }
    }
}

two_forms! {
    /// A new `int`, or NULL.
    fn long_from_i64(value: i64) -> HPy = HPyLong_FromInt64_t | PyLong_FromLongLong;
    /// A new `int`, or NULL.
    fn long_from_u64(value: u64) -> HPy = HPyLong_FromUInt64_t | PyLong_FromUnsignedLongLong;
    /// A new `float`, or NULL.
    fn float_from_f64(value: f64) -> HPy = HPyFloat_FromDouble | PyFloat_FromDouble;
    /// The value of an `int`; `u64::MAX` and an exception on failure.
    fn long_as_u64(h: HPy) -> u64 = HPyLong_AsUInt64_t | PyLong_AsUnsignedLongLong;
    /// The length of a `tuple`.
    fn tuple_len(h: HPy) -> isize = HPy_Length | PyTuple_Size;
}
