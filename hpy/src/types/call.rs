//! Calls from Rust into Python. Positional arguments are tuples, keyword arguments are pairs.

use hpy_sys::HPy;

use super::handle_array::Values;
use crate::core::markers::{Any, Dict, Str, Tuple};
use crate::core::{AttrName, Context, Handle, IntoPython, Result};

/// Positional arguments: `()`, or a tuple of up to 12 values that convert to Python.
///
/// This trait is sealed. For a number of arguments known only at run time, use [`Handle::call_tuple`].
pub trait CallArgs<'ctx>: sealed::Args<'ctx> {}

/// Keyword arguments: `()`, a tuple of up to 8 pairs `("name", value)` with any [`AttrName`], or a slice of pairs.
///
/// This trait is sealed. For a dict built at run time, use [`Handle::call_tuple`].
pub trait CallKwargs<'ctx>: sealed::Kwargs<'ctx> {}

mod sealed {
    use crate::core::{Context, Handle, Result};
    use crate::types::handle_array::Values;

    pub trait Args<'ctx> {
        /// Appends one handle per argument.
        fn push(self, ctx: Context<'ctx>, to: &mut Values<'ctx>) -> Result<()>;
    }

    pub trait Kwargs<'ctx> {
        fn push(
            self,
            ctx: Context<'ctx>,
            values: &mut Values<'ctx>,
            names: &mut Vec<Handle<'ctx>>,
        ) -> Result<()>;
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<'ctx, $($name: IntoPython<'ctx>),*> sealed::Args<'ctx> for ($($name,)*) {
            #[allow(unused_variables, non_snake_case)]
            fn push(self, ctx: Context<'ctx>, to: &mut Values<'ctx>) -> Result<()> {
                let ($($name,)*) = self;
                $(to.push($name.into_python(ctx).map_err(Into::into)?.into_any());)*
                Ok(())
            }
        }

        impl<'ctx, $($name: IntoPython<'ctx>),*> CallArgs<'ctx> for ($($name,)*) {}
    };
}
crate::convert::tuple::for_each_tuple!(tuples);
tuples!();

/// Positional arguments as a tuple.
pub(crate) fn tuple<'ctx>(ctx: Context<'ctx>, args: impl CallArgs<'ctx>) -> Result<Handle<'ctx, Tuple>> {
    let mut values = Values::new(ctx);
    args.push(ctx, &mut values)?;
    Tuple::from_raw_items(ctx, values.as_raw())
}

macro_rules! pairs {
    ($($key:ident $name:ident)*) => {
        impl<'ctx, $($key: AttrName<'ctx>, $name: IntoPython<'ctx>),*> sealed::Kwargs<'ctx> for ($(($key, $name),)*) {
            #[allow(unused_variables, non_snake_case)]
            fn push(
                self,
                ctx: Context<'ctx>,
                values: &mut Values<'ctx>,
                names: &mut Vec<Handle<'ctx>>,
            ) -> Result<()> {
                let ($($name,)*) = self;
                $(
                    names.push((*$name.0.hold(ctx)?).as_any().clone());
                    values.push($name.1.into_python(ctx).map_err(Into::into)?.into_any());
                )*
                Ok(())
            }
        }

        impl<'ctx, $($key: AttrName<'ctx>, $name: IntoPython<'ctx>),*> CallKwargs<'ctx> for ($(($key, $name),)*) {}
    };
}
pairs!();
pairs!(KA A);
pairs!(KA A KB B);
pairs!(KA A KB B KC C);
pairs!(KA A KB B KC C KD D);
pairs!(KA A KB B KC C KD D KE E);
pairs!(KA A KB B KC C KD D KE E KF F);
pairs!(KA A KB B KC C KD D KE E KF F KG G);
pairs!(KA A KB B KC C KD D KE E KF F KG G KH H);

impl<'ctx, V: IntoPython<'ctx> + Clone> sealed::Kwargs<'ctx> for &[(&str, V)] {
    fn push(
        self,
        ctx: Context<'ctx>,
        values: &mut Values<'ctx>,
        names: &mut Vec<Handle<'ctx>>,
    ) -> Result<()> {
        for (name, value) in self {
            names.push(Str::new(ctx, name)?.into_any());
            values.push(value.clone().into_python(ctx).map_err(Into::into)?.into_any());
        }
        Ok(())
    }
}

impl<'ctx, V: IntoPython<'ctx> + Clone> CallKwargs<'ctx> for &[(&str, V)] {}

impl<'ctx, T> Handle<'ctx, T> {
    /// Calls `self(*args)` (`HPy_Call`).
    ///
    /// ```
    /// # use hpy::{Handle, Result};
    /// fn twice<'ctx>(function: &Handle<'ctx>) -> Result<Handle<'ctx>> {
    ///     let once = function.call((1, "two", 3.0))?;
    ///     function.call((once,))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the call or by the conversion of an argument, or a `TypeError` for an object that is not
    /// callable.
    pub fn call<A: CallArgs<'ctx>>(&self, args: A) -> Result<Handle<'ctx>> {
        self.call_kw(args, ())
    }

    /// Calls `self(*args, **kwargs)` (`HPy_Call`): `f.call_kw((1,), (("key", "value"), ("depth", 3)))`.
    ///
    /// # Errors
    ///
    /// Same as [`Handle::call`].
    pub fn call_kw<A: CallArgs<'ctx>, K: CallKwargs<'ctx>>(
        &self,
        args: A,
        kwargs: K,
    ) -> Result<Handle<'ctx>> {
        let mut values = Values::new(self.ctx());
        args.push(self.ctx(), &mut values)?;
        let mut names = Vec::new();
        kwargs.push(self.ctx(), &mut values, &mut names)?;
        call(self.as_any(), &values, &names)
    }

    /// Calls `self.name(*args)` (`HPy_CallMethod`). A name that the code knows costs least as
    /// [`intern!("name")`](crate::intern).
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError` if there is no such method; otherwise the same as [`Handle::call`].
    pub fn call_method<A: CallArgs<'ctx>>(&self, name: impl AttrName<'ctx>, args: A) -> Result<Handle<'ctx>> {
        self.call_method_kw(name, args, ())
    }

    /// Calls `self.name(*args, **kwargs)` (`HPy_CallMethod`).
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError` if there is no such method; otherwise the same as [`Handle::call`].
    pub fn call_method_kw<A: CallArgs<'ctx>, K: CallKwargs<'ctx>>(
        &self,
        name: impl AttrName<'ctx>,
        args: A,
        kwargs: K,
    ) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let name = name.hold(ctx)?;
        let mut values = Values::new(ctx);
        values.push(self.as_any().clone());
        args.push(ctx, &mut values)?;
        let mut names = Vec::new();
        kwargs.push(ctx, &mut values, &mut names)?;
        call_method(&name, &values, &names)
    }

    /// Calls `self(*args, **kwargs)` with a tuple and a dict (`HPy_CallTupleDict`).
    ///
    /// # Errors
    ///
    /// Same as [`Handle::call`].
    pub fn call_tuple(
        &self,
        args: &Handle<'ctx, Tuple>,
        kwargs: Option<&Handle<'ctx, Dict>>,
    ) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let kwargs = kwargs.map_or(HPy::NULL, Handle::as_raw);
        // SAFETY: invariant 2; a null dict means "no keywords".
        let h =
            unsafe { hpy_host::calls::HPy_CallTupleDict(ctx.raw(), self.as_raw(), args.as_raw(), kwargs) };
        // SAFETY: invariant 3.
        unsafe { Handle::from_result(ctx, h) }
    }
}

/// `callable(*values[..n], **dict(zip(names, values[n..])))`.
fn call<'ctx>(
    callable: &Handle<'ctx, Any>,
    values: &Values<'ctx>,
    names: &[Handle<'ctx>],
) -> Result<Handle<'ctx>> {
    let ctx = callable.ctx();
    let values = values.as_raw();
    let count = values.len() - names.len();
    let names = if names.is_empty() { None } else { Some(Tuple::from_handles(ctx, names)?) };
    let kwnames = names.as_ref().map_or(HPy::NULL, Handle::as_raw);
    // SAFETY: invariant 2: `values` holds `count` positional arguments and one value for each name.
    let h =
        unsafe { hpy_host::calls::HPy_Call(ctx.raw(), callable.as_raw(), values.as_ptr(), count, kwnames) };
    // SAFETY: invariant 3.
    unsafe { Handle::from_result(ctx, h) }
}

/// The same for a method; `values[0]` is the object.
fn call_method<'ctx>(
    name: &Handle<'ctx, Str>,
    values: &Values<'ctx>,
    names: &[Handle<'ctx>],
) -> Result<Handle<'ctx>> {
    let ctx = name.ctx();
    let values = values.as_raw();
    let count = values.len() - names.len();
    let names = if names.is_empty() { None } else { Some(Tuple::from_handles(ctx, names)?) };
    let kwnames = names.as_ref().map_or(HPy::NULL, Handle::as_raw);
    // SAFETY: invariant 2: `values` holds the object, the positional arguments and one value for each name.
    let h =
        unsafe { hpy_host::calls::HPy_CallMethod(ctx.raw(), name.as_raw(), values.as_ptr(), count, kwnames) };
    // SAFETY: invariant 3.
    unsafe { Handle::from_result(ctx, h) }
}
