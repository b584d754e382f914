//! Universal modules like those of other tools: a correct one, and others with one error each.
//! They use the raw tables of HPy, and their library contains no host. `tests/py/test_hosting.py` loads them.

#![allow(clippy::missing_safety_doc)] // every function is called by the rules of HPy

use core::ffi::{CStr, c_int, c_void};
use core::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use hpy_sys::*;

/// The context that the host announced last.
static CONTEXT: AtomicPtr<HPyContext> = AtomicPtr::new(null_mut());

fn raise(message: &CStr) {
    let ctx = CONTEXT.load(Ordering::Relaxed);
    // SAFETY: the host's context, on the thread that it calls.
    unsafe { ((*ctx).ctx_Err_SetString)(ctx, (*ctx).h_ValueError, message.as_ptr()) }
}

/// A table that lives for ever.
fn table(defines: Vec<HPyDef>) -> HPyModuleDef {
    let mut list: Vec<*mut HPyDef> =
        defines.into_iter().map(|define| &raw mut *Box::leak(Box::new(define))).collect();
    list.push(null_mut());
    HPyModuleDef {
        doc: null(),
        size: 0,
        legacy_methods: null_mut(),
        defines: list.leak().as_mut_ptr(),
        globals: null_mut(),
    }
}

unsafe extern "C" fn answer(ctx: *mut HPyContext, _: HPy) -> HPy {
    // SAFETY: the host's call.
    unsafe { ((*ctx).ctx_Long_FromInt64_t)(ctx, 42) }
}

unsafe extern "C" fn cpy_answer(this: *mut cpy_PyObject, _: *mut cpy_PyObject) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_NOARGS { self_: this, result: null_mut() };
    let ctx = CONTEXT.load(Ordering::Relaxed);
    // SAFETY: the host's call; the struct and the function of this signature.
    unsafe {
        ((*ctx).ctx_CallRealFunctionFromTrampoline)(
            ctx,
            HPyFunc_NOARGS,
            answer as *const c_void,
            (&raw mut args).cast(),
        );
    }
    args.result
}

fn function() -> HPyDef {
    HPyDef::meth(c"answer", answer as *const c_void, cpy_answer as *const c_void, HPyFunc_NOARGS, c"Give 42.")
}

type Exec = unsafe extern "C" fn(*mut cpy_PyObject) -> c_int;
type Create = unsafe extern "C" fn(*mut cpy_PyObject, *mut cpy_PyModuleDef) -> *mut cpy_PyObject;

/// `HPy_mod_exec`. The hosts that load these modules call its trampoline.
fn exec(run: Exec) -> HPyDef {
    HPyDef::slot(HPy_mod_exec, run as *const c_void, run as *const c_void)
}

/// `HPy_mod_create`.
fn create(run: Create) -> HPyDef {
    HPyDef::slot(HPy_mod_create, run as *const c_void, run as *const c_void)
}

unsafe extern "C" fn succeed(_: *mut cpy_PyObject) -> c_int {
    0
}

unsafe extern "C" fn fail_silently(_: *mut cpy_PyObject) -> c_int {
    -1
}

unsafe extern "C" fn fail(_: *mut cpy_PyObject) -> c_int {
    raise(c"exec says no");
    -1
}

unsafe extern "C" fn succeed_and_raise(_: *mut cpy_PyObject) -> c_int {
    raise(c"exec says both");
    0
}

unsafe extern "C" fn as_py_object(_: *mut cpy_PyObject) -> c_int {
    let ctx = CONTEXT.load(Ordering::Relaxed);
    // SAFETY: the host's call.
    let object = unsafe { ((*ctx).ctx_AsPyObject)(ctx, (*ctx).h_None) };
    if object.is_null() { -1 } else { 0 }
}

unsafe extern "C" fn from_py_object(_: *mut cpy_PyObject) -> c_int {
    let ctx = CONTEXT.load(Ordering::Relaxed);
    // SAFETY: the host's call.
    if unsafe { ((*ctx).ctx_FromPyObject)(ctx, null_mut()) }.is_null() { -1 } else { 0 }
}

unsafe extern "C" fn create_nothing(_: *mut cpy_PyObject, _: *mut cpy_PyModuleDef) -> *mut cpy_PyObject {
    null_mut()
}

unsafe extern "C" fn create_and_raise(spec: *mut cpy_PyObject, _: *mut cpy_PyModuleDef) -> *mut cpy_PyObject {
    let ctx = CONTEXT.load(Ordering::Relaxed);
    // SAFETY: the host's call.
    let result = unsafe { ((*ctx).ctx_Dup)(ctx, HPy { _i: spec.expose_provenance() as isize }) };
    raise(c"create says both");
    core::ptr::with_exposed_provenance_mut(result._i as usize)
}

/// One of the entry points of a module.
macro_rules! entry {
    ($module:ident $prefix:literal: fn($($arg:ident: $ty:ty)?) $(-> $ret:ty)? $body:block) => {
        const _: () = {
            #[unsafe(export_name = concat!($prefix, stringify!($module)))]
            extern "C" fn entry($($arg: $ty)?) $(-> $ret)? $body
        };
    };
}

/// A module with all its entry points.
macro_rules! module {
    ($module:ident, version $major:literal, $def:expr) => {
        entry!($module "get_required_hpy_major_version_": fn() -> u32 { $major });
        entry!($module "get_required_hpy_minor_version_": fn() -> u32 { 0 });
        entry!($module "HPyInitGlobalContext_": fn(ctx: *mut HPyContext) { CONTEXT.store(ctx, core::sync::atomic::Ordering::Relaxed) });
        entry!($module "HPyInit_": fn() -> *mut HPyModuleDef { $def });
    };
    ($module:ident, $def:expr) => {
        module!($module, version 0, &raw mut *Box::leak(Box::new($def)));
    };
}

module!(
    good,
    HPyModuleDef { doc: c"A module of raw tables.".as_ptr(), ..table(vec![function(), exec(succeed)]) }
);
module!(empty, HPyModuleDef { defines: null_mut(), ..table(vec![]) });

module!(newer_abi, version 7, null_mut());
module!(init_gives_null, version 0, null_mut());
entry!(without_version "HPyInit_": fn() -> *mut HPyModuleDef { null_mut() });
entry!(without_init "get_required_hpy_major_version_": fn() -> u32 { 0 });
entry!(without_init "get_required_hpy_minor_version_": fn() -> u32 { 0 });
entry!(without_init "HPyInitGlobalContext_": fn(_ctx: *mut HPyContext) {});
entry!(without_context "get_required_hpy_major_version_": fn() -> u32 { 0 });
entry!(without_context "get_required_hpy_minor_version_": fn() -> u32 { 0 });
entry!(without_context "HPyInit_": fn() -> *mut HPyModuleDef { null_mut() });

module!(negative_size, HPyModuleDef { size: -1, ..table(vec![]) });
module!(with_state, HPyModuleDef { size: 8, ..table(vec![]) });
module!(legacy, HPyModuleDef { legacy_methods: core::ptr::dangling_mut(), ..table(vec![]) });
module!(unknown_slot, table(vec![HPyDef::slot(12345, null(), null())]));
module!(slot_of_types, table(vec![HPyDef::slot(HPy_tp_repr, null(), null())]));
module!(unknown_signature, {
    let mut wrong = function();
    wrong.value.meth.signature = 1234;
    table(vec![wrong])
});
module!(unknown_kind, table(vec![HPyDef { kind: 77, ..function() }]));
module!(without_name, {
    let mut wrong = function();
    wrong.value.meth.name = null();
    table(vec![wrong])
});
module!(function_without_trampoline, {
    let mut wrong = function();
    wrong.value.meth.cpy_trampoline = null();
    table(vec![wrong])
});
module!(without_trampoline, table(vec![HPyDef::slot(HPy_mod_exec, succeed as *const c_void, null())]));

module!(as_py_object_in_exec, table(vec![exec(as_py_object)]));
module!(from_py_object_in_exec, table(vec![exec(from_py_object)]));

module!(exec_fails, table(vec![exec(succeed), exec(fail), exec(succeed_and_raise)]));
module!(exec_fails_silently, table(vec![exec(fail_silently)]));
module!(exec_does_both, table(vec![exec(succeed_and_raise)]));
module!(create_twice, table(vec![create(create_nothing), create(create_nothing)]));
module!(create_fails_silently, table(vec![create(create_nothing)]));
module!(create_does_both, table(vec![create(create_and_raise)]));
module!(create_and_more, table(vec![create(create_nothing), function()]));
module!(create_and_doc, HPyModuleDef { doc: c"text".as_ptr(), ..table(vec![create(create_nothing)]) });

mod nulls;
mod slots;
mod types;
