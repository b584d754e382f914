//! `__reduce__` of variants, as derived by `pickle`.

use core::ffi::CStr;
use core::marker::PhantomData;

use super::variant::EnumClass;
use crate::call::arguments::Arguments;
use crate::call::definition::Definition;
use crate::call::function::{Convention, Function, FunctionDef};
use crate::call::params::Params;
use crate::class::derived::copy::{method_defs, tuple, tuple2};
use crate::class::methods::receiver::borrow;
use crate::core::markers::{Dict, List, Tuple};
use crate::core::{Context, Handle, Ref, Result};

/// `__reduce__` of an enum without data.
struct ReduceUnit<T>(PhantomData<T>);
/// `__reduce__` of an enum with data.
struct ReduceVariant<T>(PhantomData<T>);

method_defs! {
    reduce_unit_def ReduceUnit: [EnumClass] c"__reduce__" NoArgs (Params::anything(b"__reduce__\0")), |ctx, this, args| {
        let name = borrow(&this)?.variant().name();
        tuple(ctx, [ctx.builtins().getitem("getattr")?, tuple2(this.type_()?.into_any(), name)?])
    };
    reduce_variant_def ReduceVariant: [EnumClass] c"__reduce__" NoArgs (Params::anything(b"__reduce__\0")), |ctx, this, args| {
        let parts = borrow(&this)?.variant().parts();
        reduce_variant(this.as_any(), parts.map_or(&[], |parts| parts.params))
    };
}

/// The kind of a parameter of a variant's constructor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldParam {
    /// By position.
    Positional,
    /// `*field`
    VarArgs,
    /// By keyword.
    Keyword,
    /// `**field`
    KwArgs,
}

/// `(class, args)`, by the parameters of the constructor; nobody inherits from the class of a variant.
fn reduce_variant<'ctx>(
    this: &Handle<'ctx>,
    params: &'static [(&'static str, FieldParam)],
) -> Result<Handle<'ctx>> {
    let ctx = this.ctx();
    let (args, kwargs) = (List::new(ctx)?, Dict::new(ctx)?);
    for (name, kind) in params {
        let value = this.getattr(name)?;
        match kind {
            FieldParam::Positional => args.append(value)?,
            FieldParam::VarArgs => drop(args.as_any().call_method("extend", (value,))?),
            FieldParam::Keyword => kwargs.setitem(*name, value)?,
            FieldParam::KwArgs => drop(kwargs.as_any().call_method("update", (value,))?),
        }
    }
    let mut make = this.type_()?.into_any();
    if kwargs.len()? > 0 {
        let args = Tuple::from_handles(ctx, &[make])?;
        make = ctx.import("functools")?.getattr("partial")?.call_tuple(&args, Some(&kwargs))?;
    }
    let args = ctx.builtins().getitem("tuple")?.call((args,))?;
    tuple(ctx, [make, args])
}
