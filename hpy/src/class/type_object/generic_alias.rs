//! `__class_getitem__` of a class that is `generic`: `C[int]` is a `types.GenericAlias`.

use core::ffi::CStr;

use crate::call::arguments::{Arguments, takes_one};
use crate::call::function::{Convention, Function};
use crate::call::params::Params;
use crate::class::tables::FreeDef;
use crate::core::markers::Type;
use crate::core::{Context, Handle, Ref, Result};

/// `__class_getitem__`.
pub(super) static ALIAS: FreeDef = FreeDef::of_class::<Alias>();

enum Alias {}

impl Function for Alias {
    type This = Type;
    const NAME: &'static CStr = c"__class_getitem__";
    const DOC: &'static CStr = c"See PEP 585";
    const CONVENTION: Convention = Convention::O;
    const PARAMS: &'static Params = &Params::anything(b"__class_getitem__\0");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        class: Ref<'a, 'ctx, Type>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let Some(item) = args.only() else { return Err(takes_one(params, args.len())) };
        let types = ctx.import("types")?;
        if !types.hasattr("GenericAlias")? {
            return Ok(class.to_owned().into_any()); // Python 3.8
        }
        types.call_method("GenericAlias", (class.to_owned(), item.to_owned()))
    }
}
