//! A module of functions with arguments in an array, like those created by HPy's macros in C.

use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering::Relaxed};

use hpy_sys::{
    _HPy_CallRealFunctionFromTrampoline, _HPyFunc_args_VARARGS, HPyContext, HPyDef, HPyFunc_VARARGS,
    HPyFunc_varargs, HPyModuleDef, cpy_PyObject,
};

/// What the host gave to this file.
static ANNOUNCED: AtomicPtr<HPyContext> = AtomicPtr::new(null_mut());

/// Asks the host to call a function.
///
/// # Safety
///
/// CPython's word for a call of METH_FASTCALL.
pub(crate) unsafe fn call(
    function: HPyFunc_varargs,
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_VARARGS { self_: this, args, nargs, result: null_mut() };
    // SAFETY: the caller's word; the struct and the function of this signature.
    unsafe {
        _HPy_CallRealFunctionFromTrampoline(
            ANNOUNCED.load(Relaxed),
            HPyFunc_VARARGS,
            function as *const c_void,
            (&raw mut args).cast(),
        );
    }
    args.result
}

static mut MODULE: HPyModuleDef = HPyModuleDef {
    doc: c"Breaks HPy's rules.".as_ptr(),
    size: 0,
    legacy_methods: null_mut(),
    defines: (&raw mut crate::DEFINES).cast::<*mut HPyDef>(),
    globals: null_mut(),
};

// SAFETY: no other library of a process that loads this one has symbols of these names.
#[unsafe(no_mangle)]
extern "C" fn get_required_hpy_major_version_misuse() -> u32 {
    0
}

// SAFETY: as above.
#[unsafe(no_mangle)]
extern "C" fn get_required_hpy_minor_version_misuse() -> u32 {
    0
}

// SAFETY: as above.
#[unsafe(no_mangle)]
extern "C" fn HPyInitGlobalContext_misuse(ctx: *mut HPyContext) {
    ANNOUNCED.store(ctx, Relaxed);
}

// SAFETY: as above.
#[unsafe(no_mangle)]
extern "C" fn HPyInit_misuse() -> *mut HPyModuleDef {
    &raw mut MODULE
}

/// Defines functions and the tables of the module with all of them.
macro_rules! module {
    ($($(#[$doc:meta])* $name:ident = |$ctx:ident, $args:ident| $body:expr;)*) => {
        $(
            $(#[$doc])*
            #[inline(never)]
            unsafe extern "C" fn $name($ctx: *mut HPyContext, _: HPy, $args: *const HPy, _: usize) -> HPy {
                // SAFETY: HPy's rules, or what breaks them.
                #[allow(unused_unsafe)]
                unsafe { $body }
            }
        )*

        mod trampolines {
            $(
                pub(crate) unsafe extern "C" fn $name(
                    this: *mut hpy_sys::cpy_PyObject,
                    args: *const *mut hpy_sys::cpy_PyObject,
                    nargs: isize,
                ) -> *mut hpy_sys::cpy_PyObject {
                    // SAFETY: CPython's word for a call of METH_FASTCALL.
                    unsafe { $crate::module::call(super::$name, this, args, nargs) }
                }
            )*
        }

        /// The functions; null at the end.
        static mut DEFINES: [*mut HPyDef; 1 + [$(stringify!($name)),*].len()] = [
            $({
                static mut DEF: HPyDef = HPyDef::meth(
                    // SAFETY: an identifier and a NUL.
                    unsafe { CStr::from_bytes_with_nul_unchecked(concat!(stringify!($name), "\0").as_bytes()) },
                    $name as *const c_void,
                    trampolines::$name as *const c_void,
                    HPyFunc_VARARGS,
                    c"",
                );
                &raw mut DEF
            },)*
            null_mut(),
        ];
    };
}

pub(crate) use module;
