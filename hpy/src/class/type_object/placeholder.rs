//! Placeholder for a class that the host cannot make: calling it raises `TypeError`.

use core::ffi::CStr;

use hpy_sys::HPyDef;

use super::host_kind::HostKind;
use super::spec::{SlotDocs, Spec, TPFLAGS_DEFAULT, build};
use crate::call::arguments::Arguments;
use crate::call::definition::Definition;
use crate::call::function::{Convention, Function};
use crate::call::params::Params;
use crate::class::instance::constructor::NewDef;
use crate::class::tables::{Collection, Methods};
use crate::core::exceptions::TypeError;
use crate::core::markers::Type;
use crate::core::{Context, Error, Handle, Ref, Result};

/// The attribute with the reason.
const WHY: &str = "__hpy_why__";

/// Creates a class that raises `TypeError` with the given message when it is called, so that the rest of the module works.
pub(super) fn placeholder<'ctx>(
    ctx: Context<'ctx>,
    host: HostKind,
    name: std::ffi::CString,
    why: &str,
) -> Result<Handle<'ctx, Type>> {
    const NEW: &Definition = &NewDef::<Refuse>::definition();
    let new: *mut HPyDef = host.pick(NEW);
    let spec = Spec {
        name,
        size: 0,
        own_start: 0,
        flags: TPFLAGS_DEFAULT,
        shape: hpy_sys::HPyType_BuiltinShape_Object,
        new_method: None,
        alias: None,
        restore: None,
        objects: None,
        collection: Collection::Unsaid,
        attached: 0,
        doc: c"",
        docs: SlotDocs::of(&[]),
        base: None,
    };
    let class = build(ctx, host, spec, vec![new], &Methods::NONE)?;
    class.setattr(WHY, why)?;
    Ok(class)
}

struct Refuse;

impl Function for Refuse {
    type This = Type;
    const NAME: &'static CStr = c"__new__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::Keywords;
    const PARAMS: &'static Params = &Params::anything(b"__new__\0");

    fn call<'a, 'ctx>(
        _: Context<'ctx>,
        class: Ref<'a, 'ctx, Type>,
        _: &Arguments<'a, 'ctx>,
        _: &'static Params,
    ) -> Result<Handle<'ctx>> {
        Err(Error::new::<TypeError>(class.getattr(WHY)?.extract::<String>()?))
    }
}
