//! Works around features missing from native hosts, by patching the finished type from Python.

use core::ffi::{CStr, c_int, c_void};

use hpy_sys::{HPy, HPyContext, HPyDef, HPyDef_Kind_GetSet, HPyDef_Value, HPyGetSet, HPyType_Spec};

use super::host_kind::HostKind;
use super::type_flags::TPFLAGS_DEFAULT;
use crate::call::arguments::Arguments;
use crate::call::definition::Def;
use crate::call::function::{Convention, Function};
use crate::call::params::Params;
use crate::class::tables::{FreeDef, Methods};
use crate::core::exceptions::TypeError;
use crate::core::markers::Type;
use crate::core::{Context, Error, Handle, Ref, Result};

/// Patches a finished class.
pub(super) fn detour<'ctx>(
    ctx: Context<'ctx>,
    host: HostKind,
    class: &Handle<'ctx, Type>,
    methods: &'static Methods,
    more: [Option<&'static FreeDef>; 2],
) -> Result<()> {
    if host == HostKind::Foreign {
        // CPython fills a slot when the method is assigned on the finished type.
        let dict = class.getattr("__dict__")?;
        for (name, _) in methods.extras.iter().flat_map(|extra| extra.methods) {
            let name = &*name.to_string_lossy();
            class.setattr(name, dict.getitem(name)?)?;
        }
    }
    add_free(ctx, class, methods.free)?;
    for method in more.into_iter().flatten() {
        add_free(ctx, class, core::slice::from_ref(method))?;
    }
    if host == HostKind::PyPy { add_free(ctx, class, NO_SUBCLASS) } else { Ok(()) }
}

/// A read-only `__class__`. PyPy's host allows assigning any class to an object; the methods of that class would then misread
/// the object's memory.
pub(super) static FIXED_CLASS: Def = Def::of(HPyDef {
    kind: HPyDef_Kind_GetSet,
    value: HPyDef_Value {
        getset: HPyGetSet {
            name: c"__class__".as_ptr(),
            getter_impl: class_of as *const c_void,
            setter_impl: keep_class as *const c_void,
            getter_cpy_trampoline: core::ptr::null(),
            setter_cpy_trampoline: core::ptr::null(),
            doc: c"".as_ptr(),
            closure: core::ptr::null_mut(),
        },
    },
});

/// # Safety
///
/// Only for a host to call, by the rules of a getter.
unsafe extern "C" fn class_of(ctx: *mut HPyContext, this: HPy, _: *mut c_void) -> HPy {
    // SAFETY: the host's word.
    unsafe { hpy_host::calls::HPy_Type(ctx, this) }
}

/// # Safety
///
/// Only for a host to call, by the rules of a setter.
unsafe extern "C" fn keep_class(ctx: *mut HPyContext, _: HPy, _: HPy, _: *mut c_void) -> c_int {
    let text = c"__class__ can't be assigned to instances of this class";
    // SAFETY: the host's word; the text is NUL-terminated.
    unsafe { hpy_host::calls::HPyErr_SetString(ctx, (*ctx).h_TypeError, text.as_ptr()) };
    -1
}

/// Forbids Python code to subclass a class that has subclasses in this library, on hosts that break with it.
pub(super) fn close<'ctx>(ctx: Context<'ctx>, class: &Handle<'ctx, Type>) -> Result<()> {
    if HostKind::of(ctx) == HostKind::Foreign { add_free(ctx, class, NO_SUBCLASS) } else { Ok(()) }
}

/// Adds static and class methods to the class.
fn add_free<'ctx>(ctx: Context<'ctx>, class: &Handle<'ctx, Type>, methods: &'static [FreeDef]) -> Result<()> {
    if methods.is_empty() {
        return Ok(());
    }
    let holder = free_functions(ctx, methods.iter().map(FreeDef::make_method).collect())?;
    for free in methods {
        let name = &*free.name().to_string_lossy();
        let wrapper = if free.is_class() { "classmethod" } else { "staticmethod" };
        let function = ctx.builtins().getitem(wrapper)?.call((holder.getattr(name)?,))?;
        class.setattr(name, function)?;
    }
    Ok(())
}

/// Rejects Python subclasses on a host that allows subclassing any class.
static NO_SUBCLASS: &[FreeDef] = &[FreeDef::of_class::<InitSubclass>()];

enum InitSubclass {}

impl Function for InitSubclass {
    type This = Type;
    const NAME: &'static CStr = c"__init_subclass__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::Keywords;
    const PARAMS: &'static Params = &Params::anything(b"__init_subclass__\0");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        class: Ref<'a, 'ctx, Type>,
        _: &Arguments<'a, 'ctx>,
        _: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let base: String = class.getattr("__base__")?.getattr("__name__")?.extract()?;
        Err(Error::new::<TypeError>(format!(
            "type '{}' is not an acceptable base type on {}; import its module with HPY_HOST=embedded",
            base,
            ctx.name()
        )))
    }
}

/// An object whose methods are the static and class methods.
pub(super) fn free_functions<'ctx>(ctx: Context<'ctx>, mut defs: Vec<*mut HPyDef>) -> Result<Handle<'ctx>> {
    defs.push(core::ptr::null_mut());
    let spec = Box::leak(Box::new(HPyType_Spec {
        name: c"hpy.Functions".as_ptr(),
        basicsize: 0,
        itemsize: 0,
        flags: TPFLAGS_DEFAULT,
        builtin_shape: hpy_sys::HPyType_BuiltinShape_Object,
        legacy_slots: core::ptr::null_mut(),
        defines: defs.leak().as_mut_ptr(),
        doc: core::ptr::null(),
    }));
    // SAFETY: invariants 2 and 3; a complete table that lives for ever.
    let holder: Handle<'ctx, Type> = unsafe {
        let raw = hpy_host::calls::HPyType_FromSpec(ctx.raw(), spec, core::ptr::null_mut());
        Handle::from_result(ctx, raw)
    }?;
    holder.call(())
}
