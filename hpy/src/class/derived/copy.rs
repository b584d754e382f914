//! `__copy__`, `__deepcopy__`, `__reduce__` and `__replace__`, as derived by `copy`, `pickle` and `replace` of `#[class]`.

use core::ffi::CStr;
use core::marker::PhantomData;

use crate::call::arguments::{Arguments, bind_variadic, unbound};
use crate::call::definition::Definition;
use crate::call::function::{Convention, Function, FunctionDef};
use crate::call::params::Params;
use crate::class::Class;
use crate::class::methods::receiver::borrow;
use crate::core::markers::{Any, Dict, Str, Tuple};
use crate::core::{Context, Handle, Ref, Result};

/// A class with a constructor that takes its fields. The macro implements it.
pub trait Record: Class {
    /// The names of the fields in Python.
    const NAMES: &'static [&'static str];

    /// Their values.
    ///
    /// # Errors
    ///
    /// Returns the error of a conversion.
    fn values<'ctx>(ctx: Context<'ctx>, this: &Ref<'_, 'ctx, Self>) -> Result<Vec<Handle<'ctx>>>;
}

/// `__reduce__` of a class with fields.
struct Reduce<T>(PhantomData<T>);
/// `__replace__`
struct Replace<T>(PhantomData<T>);
/// `__copy__`
struct Copied<T>(PhantomData<T>);
/// `__deepcopy__`
struct DeepCopied<T>(PhantomData<T>);

/// Methods that a generic type of this room stands for: a function that gives the definitions, and the type's `Function`.
macro_rules! method_defs {
    ($($def:ident $ty:ident: [$($bound:tt)*] $name:literal $convention:ident ($params:expr), |$ctx:ident, $this:ident, $args:ident| $body:expr;)*) => {$(
        /// The method.
        pub const fn $def<T: $($bound)*>() -> Definition<T> {
            FunctionDef::<$ty<T>>::METHOD
        }

        impl<T: $($bound)*> Function for $ty<T> {
            type This = T;
            const NAME: &'static CStr = $name;
            const DOC: &'static CStr = c"";
            const CONVENTION: Convention = Convention::$convention;
            const PARAMS: &'static Params = &$params;

            fn call<'a, 'ctx>(
                $ctx: Context<'ctx>,
                $this: Ref<'a, 'ctx, T>,
                $args: &Arguments<'a, 'ctx>,
                _: &'static Params,
            ) -> Result<Handle<'ctx>> {
                let _ = (&$ctx, &$args);
                $body
            }
        }
    )*};
}

pub(crate) use method_defs;

method_defs! {
    reduce_def Reduce: [Record] c"__reduce__" NoArgs (Params::anything(b"__reduce__\0")), |ctx, this, args| {
        reduce(this.as_any(), &T::values(ctx, &this)?)
    };
    replace_def Replace: [Record] c"__replace__" Keywords (REPLACE), |ctx, this, args| {
        replace(this.as_any(), args, T::NAMES, &T::values(ctx, &this)?)
    };
    copy_def Copied: [Class<Base = Any> + Clone] c"__copy__" NoArgs (Params::anything(b"__copy__\0")), |ctx, this, args| {
        let value = borrow(&this)?.clone();
        let copy = Handle::new_of(&this.type_()?, value)?.into_any();
        copy_state(this.as_any(), &copy, None)?;
        Ok(copy)
    };
    deepcopy_def DeepCopied: [Class<Base = Any> + Clone] c"__deepcopy__" O (Params::anything(b"__deepcopy__\0")), |ctx, this, args| {
        let Some(memo) = args.only() else { return Err(unbound(Self::PARAMS)) };
        let value = borrow(&this)?.clone();
        let copy = Handle::new_of(&this.type_()?, value)?.into_any();
        remember(this.as_any(), &copy, &memo)?;
        copy_state(this.as_any(), &copy, Some(&memo))?;
        Ok(copy)
    };
}

const REPLACE: Params = Params { varargs: false, ..Params::anything(b"__replace__\0") };

pub(crate) fn tuple<'ctx, const N: usize>(
    ctx: Context<'ctx>,
    items: [Handle<'ctx>; N],
) -> Result<Handle<'ctx>> {
    Tuple::from_handles(ctx, &items).map(Handle::into_any)
}

pub(crate) fn tuple2<'ctx>(first: Handle<'ctx>, second: &str) -> Result<Handle<'ctx>> {
    let ctx = first.ctx();
    tuple(ctx, [first, Str::new(ctx, second)?.into_any()])
}

/// What Python's subclasses have beside the fields: what `__getstate__` says, or, before Python 3.11, where not every
/// object has one, the same by hand.
fn state<'ctx>(this: &Handle<'ctx>) -> Result<Option<Handle<'ctx>>> {
    let ctx = this.ctx();
    let state = if this.hasattr("__getstate__")? {
        this.call_method("__getstate__", ())?
    } else {
        let dict =
            if this.hasattr("__dict__")? { this.getattr("__dict__")? } else { ctx.new_none().into_any() };
        let slots = Dict::new(ctx)?;
        for name in ctx.import("copyreg")?.call_method("_slotnames", (this.type_()?,))?.iter()? {
            let name = name?;
            let name = name.downcast::<Str>()?.as_str()?;
            if this.hasattr(name)? {
                slots.setitem(name, this.getattr(name)?)?;
            }
        }
        if slots.len()? == 0 { dict } else { tuple(ctx, [dict, slots.into_any()])? }
    };
    Ok(if state.is_true()? { Some(state) } else { None })
}

/// `(copyreg.__newobj__, (class, *values), state)`: makes it without `__init__`, as Python does for its own classes.
fn reduce<'ctx>(this: &Handle<'ctx>, values: &[Handle<'ctx>]) -> Result<Handle<'ctx>> {
    let ctx = this.ctx();
    let make = ctx.import("copyreg")?.getattr("__newobj__")?;
    let mut args = vec![this.type_()?.into_any()];
    args.extend_from_slice(values);
    let args = Tuple::from_handles(ctx, &args)?.into_any();
    match state(this)? {
        Some(state) => tuple(ctx, [make, args, state]),
        None => tuple(ctx, [make, args]),
    }
}

/// Calls the class with the fields, the changed ones as they were given.
fn replace<'ctx>(
    this: &Handle<'ctx>,
    args: &Arguments<'_, 'ctx>,
    names: &[&str],
    values: &[Handle<'ctx>],
) -> Result<Handle<'ctx>> {
    let ctx = this.ctx();
    let (_, changes) = bind_variadic(&REPLACE, args, &mut [])?;
    let Some(changes) = changes else { return Err(unbound(&REPLACE)) };
    for (name, value) in names.iter().zip(values) {
        if !changes.contains(*name)? {
            changes.setitem(*name, value)?;
        }
    }
    this.type_()?.call_tuple(&Tuple::from_handles(ctx, &[])?, Some(&changes))
}

/// `memo[id(this)] = copy`
fn remember<'ctx>(this: &Handle<'ctx>, copy: &Handle<'ctx>, memo: &Handle<'ctx>) -> Result<()> {
    let id = this.ctx().builtins().getitem("id")?.call((this,))?;
    memo.setitem(id, copy)
}

/// Gives a copy what Python's subclasses have beside the value.
fn copy_state<'ctx>(this: &Handle<'ctx>, copy: &Handle<'ctx>, memo: Option<&Handle<'ctx>>) -> Result<()> {
    let ctx = this.ctx();
    let Some(mut state) = state(this)? else { return Ok(()) };
    if let Some(memo) = memo {
        state = ctx.import("copy")?.call_method("deepcopy", (state, memo))?;
    }
    if copy.hasattr("__setstate__")? {
        return copy.call_method("__setstate__", (state,)).map(drop);
    }
    let (dict, slots) =
        if Tuple::holds(&state) { (state.item(0)?, Some(state.item(1)?)) } else { (state, None) };
    if !dict.is_none() {
        copy.getattr("__dict__")?.call_method("update", (dict,))?;
    }
    if let Some(slots) = slots {
        for name in slots.iter()? {
            let name = name?;
            ctx.builtins().getitem("setattr")?.call((copy, &name, slots.getitem(&name)?))?;
        }
    }
    Ok(())
}
