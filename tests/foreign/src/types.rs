//! The module `types`: types of every shape with data, a field and a count of deallocated instances; and specs with one error
//! each. `tests/py/test_types.py` uses it.

#![allow(non_upper_case_globals)] // the names are HPy's

use core::ffi::{CStr, c_int, c_ulong, c_void};
use core::mem::offset_of;
use core::ptr::{null, null_mut};
use core::sync::atomic::AtomicI64;
use core::sync::atomic::Ordering::Relaxed;
use std::ffi::CString;
use std::sync::LazyLock;

use hpy_host::context::extensions::{Objects, TypeExtras};
use hpy_sys::*;

use crate::{CONTEXT, exec, table};

/// What instances have of their own.
#[repr(C)]
struct Data {
    number: i64,
    real: f64,
    field: HPyField,
}

static ENDED: AtomicI64 = AtomicI64::new(0);

/// A function with its arguments in an array: the HPy one, and the one that asks the host for it.
macro_rules! varargs {
    ($($(#[$doc:meta])* $name:ident / $cpy:ident = |$ctx:ident, $this:ident, $args:ident, $n:ident| $body:expr;)*) => {$(
        $(#[$doc])*
        unsafe extern "C" fn $name($ctx: *mut HPyContext, $this: HPy, $args: *const HPy, $n: usize) -> HPy {
            let _ = ($this, $args, $n);
            // SAFETY: HPy's rules.
            unsafe { $body }
        }

        unsafe extern "C" fn $cpy(
            this: *mut cpy_PyObject,
            args: *const *mut cpy_PyObject,
            nargs: isize,
        ) -> *mut cpy_PyObject {
            let mut args = _HPyFunc_args_VARARGS { self_: this, args, nargs, result: null_mut() };
            // SAFETY: the host's call; the struct and the function of this signature.
            unsafe {
                _HPy_CallRealFunctionFromTrampoline(
                    CONTEXT.load(Relaxed),
                    HPyFunc_VARARGS,
                    $name as *const c_void,
                    (&raw mut args).cast(),
                );
            }
            args.result
        }
    )*};
}

fn method(name: &'static CStr, hpy: *const c_void, cpy: *const c_void) -> HPyDef {
    HPyDef::meth(name, hpy, cpy, HPyFunc_VARARGS, c"")
}

/// The data of an instance of any shape.
unsafe fn data<'a>(ctx: *mut HPyContext, this: HPy) -> &'a mut Data {
    // SAFETY: HPy's rules: the type's shape says which function gives its data.
    unsafe {
        let ty = HPy_Type(ctx, this);
        let shape = _HPyType_GetBuiltinShape(ctx, ty);
        HPy_Close(ctx, ty);
        let data = match shape {
            HPyType_BuiltinShape_Type => _HPy_AsStruct_Type(ctx, this),
            HPyType_BuiltinShape_Long => _HPy_AsStruct_Long(ctx, this),
            HPyType_BuiltinShape_Float => _HPy_AsStruct_Float(ctx, this),
            HPyType_BuiltinShape_Unicode => _HPy_AsStruct_Unicode(ctx, this),
            HPyType_BuiltinShape_Tuple => _HPy_AsStruct_Tuple(ctx, this),
            HPyType_BuiltinShape_List => _HPy_AsStruct_List(ctx, this),
            HPyType_BuiltinShape_Dict => _HPy_AsStruct_Dict(ctx, this),
            _ => _HPy_AsStruct_Object(ctx, this),
        };
        &mut *data.cast::<Data>()
    }
}

unsafe extern "C" fn traverse(data: *mut c_void, visit: HPyFunc_visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the host's word: the data of an instance.
    unsafe { visit(&raw mut (*data.cast::<Data>()).field, arg) }
}

unsafe extern "C" fn destroy(_: *mut c_void) {
    ENDED.fetch_add(1, Relaxed);
}

unsafe fn none(ctx: *mut HPyContext) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPy_Dup(ctx, (*ctx).h_None) }
}

varargs! {
    set_field / cpy_set_field = |ctx, this, args, _n| {
        HPyField_Store(ctx, this, &raw mut data(ctx, this).field, *args);
        none(ctx)
    };
    clear_field / cpy_clear_field = |ctx, this, _args, _n| {
        HPyField_Store(ctx, this, &raw mut data(ctx, this).field, HPy::NULL);
        none(ctx)
    };
    get_field / cpy_get_field = |ctx, this, _args, _n| {
        let field = data(ctx, this).field;
        let value = if field.is_null() { HPy::NULL } else { HPyField_Load(ctx, this, field) };
        if value.is_null() { none(ctx) } else { value }
    };
    /// How many instances ended.
    ended / cpy_ended = |ctx, _this, _args, _n| HPyLong_FromInt64_t(ctx, ENDED.load(Relaxed));
    /// make(shape, base): a type.
    make / cpy_make = |ctx, _this, args, _n| {
        let shape = HPyLong_AsInt32_t(ctx, *args);
        from_spec(ctx, HPyType_Spec { builtin_shape: shape, ..spec(defines()) }, *args.add(1))
    };
    /// make_plain(base): a type that has nothing of its own.
    make_plain / cpy_make_plain = |ctx, _this, args, _n| {
        let spec = HPyType_Spec { basicsize: 0, flags: SUBCLASSABLE, ..spec(vec![]) };
        from_spec(ctx, spec, *args)
    };
    /// make_callable(base): a type that has nothing of its own but a call function.
    make_callable / cpy_make_callable = |ctx, _this, args, _n| {
        let call = vec![HPyDef::slot(HPy_tp_call, called as *const c_void, called as *const c_void)];
        from_spec(ctx, HPyType_Spec { basicsize: 0, flags: SUBCLASSABLE, ..spec(call) }, *args)
    };
    /// make_with(metaclass): a type with a metaclass.
    make_with / cpy_make_with = |ctx, _this, args, _n| {
        let mut spec = spec(defines());
        let mut params = [
            HPyType_SpecParam { kind: HPyType_SpecParam_Metaclass, object: *args },
            HPyType_SpecParam { kind: 0, object: HPy::NULL },
        ];
        HPyType_FromSpec(ctx, &mut spec, params.as_mut_ptr())
    };
    /// make_attached(flags): a type whose instances have a `__dict__` or weak references, and no fields.
    make_attached / cpy_make_attached = |ctx, _this, args, _n| {
        let flags = HPyLong_AsUInt32_t(ctx, *args);
        let defines = defines().into_iter().skip(1).filter(|def| def.kind != HPyDef_Kind_Meth).collect();
        let spec = Box::leak(Box::new(HPyType_Spec { flags: SUBCLASSABLE, ..spec(defines) }));
        let extras = Box::leak(Box::new(TypeExtras { slots: null(), methods: null(), flags, own_start: 0, objects: Objects::NONE }));
        match hpy_host::context::extensions::of(ctx) {
            Some(extensions) => (extensions.type_from_spec)(ctx, spec, null_mut(), extras),
            None => none(ctx),
        }
    };
    /// wrong(n): a type of a spec with the mistake of that number.
    wrong / cpy_wrong = |ctx, _this, args, _n| {
        let base = (*ctx).h_BaseObjectType;
        let spec = match HPyLong_AsInt32_t(ctx, *args) {
            0 => HPyType_Spec { name: null(), ..spec(vec![]) },
            1 => spec(vec![]), // collected, but nothing to traverse
            2 => HPyType_Spec { builtin_shape: 77, ..spec(defines()) },
            3 => HPyType_Spec { builtin_shape: HPyType_BuiltinShape_Legacy, ..spec(defines()) },
            4 => HPyType_Spec { legacy_slots: (&raw mut NOTHING).cast(), ..spec(defines()) },
            5 => HPyType_Spec { basicsize: -8, ..spec(defines()) },
            6 => HPyType_Spec { flags: SUBCLASSABLE, ..spec(vec![HPyDef::slot(12345, null(), null())]) },
            7 => HPyType_Spec { flags: SUBCLASSABLE, ..spec(vec![HPyDef::slot(HPy_mod_exec, null(), null())]) },
            8 => HPyType_Spec { basicsize: 0, ..spec(defines()) }, // members of nothing
            9 => HPyType_Spec { flags: SUBCLASSABLE | HPy_TPFLAGS_HAVE_VECTORCALL, ..spec(vec![]) },
            10 => HPyType_Spec { flags: SUBCLASSABLE, ..spec(vec![HPyDef { kind: 77, ..member(c"number", HPyMember_LONGLONG, 0) }]) },
            11 => HPyType_Spec { flags: SUBCLASSABLE, ..spec(vec![member(c"odd", 15, 0)]) },
            _ => HPyType_Spec { flags: SUBCLASSABLE, ..spec(vec![]) },
        };
        from_spec(ctx, spec, base)
    };
}

/// The number of positional arguments.
unsafe extern "C" fn called(ctx: *mut HPyContext, _: HPy, _: *const HPy, nargs: usize, _: HPy) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPyLong_FromInt64_t(ctx, nargs as i64) }
}

static mut NOTHING: usize = 0;

const SUBCLASSABLE: c_ulong = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE;

/// A spec with these definitions.
fn spec(defines: Vec<HPyDef>) -> HPyType_Spec {
    HPyType_Spec {
        name: c"foreign.Type".as_ptr(),
        basicsize: size_of::<Data>() as c_int,
        itemsize: 0,
        flags: SUBCLASSABLE | HPy_TPFLAGS_HAVE_GC,
        builtin_shape: HPyType_BuiltinShape_Object,
        legacy_slots: null_mut(),
        defines: table(defines).defines,
        doc: c"A type of raw tables.".as_ptr(),
    }
}

fn member(name: &'static CStr, kind: HPyMember_FieldType, offset: usize) -> HPyDef {
    let member =
        HPyMember { name: name.as_ptr(), type_: kind, offset: offset as isize, readonly: 0, doc: null() };
    HPyDef { kind: HPyDef_Kind_Member, value: HPyDef_Value { member } }
}

fn defines() -> Vec<HPyDef> {
    vec![
        HPyDef::slot(HPy_tp_traverse, traverse as *const c_void, traverse as *const c_void),
        HPyDef::slot(HPy_tp_destroy, destroy as *const c_void, destroy as *const c_void),
        member(c"number", HPyMember_LONGLONG, offset_of!(Data, number)),
        member(c"real", HPyMember_DOUBLE, offset_of!(Data, real)),
        member(c"field", HPyMember_OBJECT_EX, offset_of!(Data, field)),
        method(c"set_field", set_field as *const c_void, cpy_set_field as *const c_void),
        method(c"clear_field", clear_field as *const c_void, cpy_clear_field as *const c_void),
        method(c"get_field", get_field as *const c_void, cpy_get_field as *const c_void),
    ]
}

unsafe fn from_spec(ctx: *mut HPyContext, mut spec: HPyType_Spec, base: HPy) -> HPy {
    let mut params = [
        HPyType_SpecParam { kind: HPyType_SpecParam_Base, object: base },
        HPyType_SpecParam { kind: 0, object: HPy::NULL },
    ];
    // SAFETY: HPy's rules; the definitions live for ever.
    unsafe { HPyType_FromSpec(ctx, &mut spec, params.as_mut_ptr()) }
}

unsafe extern "C" fn add_types(module: *mut cpy_PyObject) -> c_int {
    let ctx = CONTEXT.load(Relaxed);
    // SAFETY: the host's call; HPy's rules. The specs are constant data.
    unsafe {
        let module = HPy { _i: module.expose_provenance() as isize };
        for (name, spec) in [(c"A", SPECS[0]), (c"B", SPECS[1])] {
            let spec = core::ptr::with_exposed_provenance_mut(spec);
            let ty = HPyType_FromSpec(ctx, spec, null_mut());
            if ty.is_null() || HPy_SetAttr_s(ctx, module, name.as_ptr(), ty) < 0 {
                return -1;
            }
            HPy_Close(ctx, ty);
        }
    }
    0
}

/// Two specs with the same contents, as constant data of a C file has them. As numbers.
static SPECS: LazyLock<[usize; 2]> =
    LazyLock::new(|| [(); 2].map(|()| (&raw mut *Box::leak(Box::new(spec(many())))).expose_provenance()));

/// As many methods as a real class has.
fn many() -> Vec<HPyDef> {
    let mut defines = defines();
    defines.extend((0..60).map(|i| {
        let name = Box::leak(CString::new(format!("method_{i}")).unwrap().into_boxed_c_str());
        method(name, get_field as *const c_void, cpy_get_field as *const c_void)
    }));
    defines
}

static AGAIN: LazyLock<usize> = LazyLock::new(|| {
    let mut defines = vec![exec(add_types)];
    defines.extend(many().into_iter().filter(|def| def.kind == HPyDef_Kind_Meth));
    (&raw mut *Box::leak(Box::new(table(defines)))).expose_provenance()
});

module!(again, version 0, core::ptr::with_exposed_provenance_mut(*AGAIN));

module!(
    types,
    table(vec![
        method(c"ended", ended as *const c_void, cpy_ended as *const c_void),
        method(c"make", make as *const c_void, cpy_make as *const c_void),
        method(c"make_plain", make_plain as *const c_void, cpy_make_plain as *const c_void),
        method(c"make_callable", make_callable as *const c_void, cpy_make_callable as *const c_void),
        method(c"make_attached", make_attached as *const c_void, cpy_make_attached as *const c_void),
        method(c"make_with", make_with as *const c_void, cpy_make_with as *const c_void),
        method(c"wrong", wrong as *const c_void, cpy_wrong as *const c_void),
    ])
);
