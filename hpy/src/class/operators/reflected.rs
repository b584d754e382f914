//! Reflected operators as methods, for hosts that do not find them in the slots.

use core::ffi::CStr;

use super::binary::BinaryOperator;
use super::not_implemented;
use super::power::PowerOperator;
use crate::call::arguments::Arguments;
use crate::call::definition::Definition;
use crate::call::function::{Convention, Function, FunctionDef};
use crate::call::params::Params;
use crate::core::{Context, Handle, Ref, Result};

/// A reflected operator as a method, for PyPy's own host, which does not find it in the slot.
#[derive(Debug)]
pub struct ReflectedDef<S>(core::marker::PhantomData<S>);

/// The same for `__rpow__`.
#[derive(Debug)]
pub struct ReflectedPowerDef<S>(core::marker::PhantomData<S>);

macro_rules! reflected {
    ($($def:ident: $bound:ident, |$ctx:ident, $this:ident, $other:ident| $call:expr;)*) => {$(
        impl<S: $bound> Function for $def<S> {
            type This = S::Class;
            const NAME: &'static CStr = c"";
            const DOC: &'static CStr = c"";
            const CONVENTION: Convention = Convention::O;
            const PARAMS: &'static Params = &Params::anything(b"\0");

            fn call<'a, 'ctx>(
                $ctx: Context<'ctx>,
                $this: Ref<'a, 'ctx, S::Class>,
                args: &Arguments<'a, 'ctx>,
                _: &'static Params,
            ) -> Result<Handle<'ctx>> {
                match args.only() {
                    Some($other) => $call,
                    None => not_implemented($ctx),
                }
            }
        }

        impl<S: $bound> $def<S> {
            /// The method; its name is given later.
            pub const METHOD: Definition<S::Class> = FunctionDef::<Self>::METHOD;
        }
    )*};
}

reflected! {
    ReflectedDef: BinaryOperator, |ctx, this, other| S::reflected(ctx, this, other);
    ReflectedPowerDef: PowerOperator, |ctx, this, other| {
        // SAFETY: every object is an `Any`.
        S::reflected(ctx, this, other, unsafe { ctx.none().cast_unchecked() })
    };
}
