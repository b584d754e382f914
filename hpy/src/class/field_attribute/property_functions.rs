//! The functions behind attributes of fields on PyPy's own host, which are `property` objects there.

use core::ffi::{CStr, c_void};
use std::ffi::CString;
use std::sync::OnceLock;

use hpy_sys::HPy;

use super::{FieldAccess, hpy_get, hpy_set};
use crate::call::arguments::Arguments;
use crate::call::function::{Convention, Function, Nobody};
use crate::call::params::Params;
use crate::core::exceptions::TypeError;
use crate::core::{Context, Error, Handle, Ref, Result};
use crate::types::Capsule;

/// `get(attribute, instance)`: what `property` calls on PyPy's own host where a method does not do, the attribute given by
/// `functools.partial`.
pub(in crate::class) enum GetField {}

/// `set(attribute, instance, value)`; and `set(attribute, instance)`, which deletes it.
pub(in crate::class) enum SetField {}

impl FieldAccess {
    /// The getter as a method, for PyPy's own host; NULL where that does not do.
    pub(in crate::class) fn getter_method(&self) -> *const c_void {
        let get = self.attribute.place.get.as_ref().filter(|_| self.layout.is_plain_or_aligned());
        get.map_or(core::ptr::null(), |get| get.method)
    }

    /// The names of the functions that read and write the field, given a capsule.
    pub(in crate::class) fn getter_function(&self) -> Option<&'static CStr> {
        self.attribute.place.get.as_ref().map(|_| GetField::NAME)
    }

    pub(in crate::class) fn setter_function(&self) -> Option<&'static CStr> {
        self.attribute.place.set.map(|_| SetField::NAME)
    }

    /// A capsule of it. The name is of this file alone, as what another file has in its place may look otherwise.
    pub(in crate::class) fn capsule<'ctx>(
        &'static self,
        ctx: Context<'ctx>,
    ) -> Result<Handle<'ctx, Capsule>> {
        // SAFETY: nobody else makes capsules of that name.
        unsafe { Capsule::new(ctx, capsule_name(), self) }
    }
}

/// The name of the capsules.
fn capsule_name() -> &'static CStr {
    static NAME: OnceLock<CString> = OnceLock::new();
    NAME.get_or_init(|| CString::new(format!("hpy attribute of {:p}", &raw const NAME)).unwrap_or_default())
}

/// What a call passes: the closure, the instance, the value if there is one.
fn passed<'ctx>(
    ctx: Context<'ctx>,
    args: &Arguments<'_, 'ctx>,
) -> Result<(*mut c_void, Handle<'ctx>, Option<Handle<'ctx>>)> {
    let args = args.positional(ctx)?;
    let closure = args.getitem(0)?.downcast::<Capsule>()?.pointer(capsule_name())?;
    let values = args.len()?.saturating_sub(2);
    if values > 1 {
        return Err(Error::new::<TypeError>(format!("a setter takes 1 value ({values} given)")));
    }
    let value = if values == 1 { Some(args.getitem(2)?) } else { None };
    Ok((closure, args.getitem(1)?, value))
}

impl Function for GetField {
    type This = Nobody;
    const NAME: &'static CStr = c"_hpy_get";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::Varargs;
    const PARAMS: &'static Params = &Params::anything(b"_hpy_get\0");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: Ref<'a, 'ctx, Nobody>,
        args: &Arguments<'a, 'ctx>,
        _: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let (closure, this, _) = passed(ctx, args)?;
        // SAFETY: what such a capsule points at; the getter looks at the instance itself, and gives a new handle, or NULL with an
        // exception.
        unsafe { Handle::from_result(ctx, hpy_get(ctx.raw(), this.as_raw(), closure)) }
    }
}

impl Function for SetField {
    type This = Nobody;
    const NAME: &'static CStr = c"_hpy_set";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::Varargs;
    const PARAMS: &'static Params = &Params::anything(b"_hpy_set\0");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: Ref<'a, 'ctx, Nobody>,
        args: &Arguments<'a, 'ctx>,
        _: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let (closure, this, value) = passed(ctx, args)?;
        let value = value.as_ref().map_or(HPy::NULL, Handle::as_raw);
        // SAFETY: as for the getter.
        let status = unsafe { hpy_set(ctx.raw(), this.as_raw(), value, closure) };
        if status != 0 { Err(Error::fetch(ctx)) } else { Ok(ctx.new_none().into_any()) }
    }
}
