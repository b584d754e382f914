//! Pickling and copying of instances with Rust data that derive neither: exceptions keep their fields, others refuse.
//!
//! `object.__reduce_ex__` would call the class anew, and the copy would lose the value.

use core::ffi::CStr;
use core::marker::PhantomData;

use crate::call::arguments::{Arguments, bind_positional, takes_one};
use crate::call::definition::Definition;
use crate::call::function::{Convention, Function, FunctionDef};
use crate::call::params::Params;
use crate::class::bases::Root;
use crate::class::bases::builtin::ExceptionBase;
use crate::class::instance::constructor::new_instance;
use crate::class::instance::parts::WithArgs;
use crate::class::tables::{FreeDef, Kept};
use crate::class::{Base, Class};
use crate::core::exceptions::TypeError;
use crate::core::markers::{Any, Tuple, Type};
use crate::core::{Context, Error, FromPythonOwned, Handle, IntoPython, Ref, Result};

/// Methods with which a class defines its own pickling.
pub(crate) const OWN: &[&CStr] =
    &[c"__reduce__", c"__reduce_ex__", c"__getstate__", c"__getnewargs__", c"__getnewargs_ex__"];

/// `__reduce_ex__` of a class whose data would be lost.
pub(crate) static REFUSE: Definition = FunctionDef::<Refuse>::METHOD;

enum Refuse {}

impl Function for Refuse {
    type This = Any;
    const NAME: &'static CStr = c"__reduce_ex__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::O;
    const PARAMS: &'static Params = &Params::anything(b"__reduce_ex__\0");

    fn call<'a, 'ctx>(
        _: Context<'ctx>,
        this: Ref<'a, 'ctx, Any>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let Some(protocol) = args.only() else { return Err(takes_one(params, args.len())) };
        match by_subclass(&this, &protocol)? {
            Some(reduced) => Ok(reduced),
            None => Err(refused(&this, "its Rust value would be lost")),
        }
    }
}

#[cold]
fn refused(this: &Handle<'_>, why: &str) -> Error {
    match this.type_().and_then(|class| class.name()) {
        Ok(name) => Error::new::<TypeError>(format!("cannot pickle '{name}' object: {why}")),
        Err(error) => error,
    }
}

/// Returns the pickling result of a Python subclass, if it overrides pickling.
#[inline(never)]
fn by_subclass<'ctx>(this: &Handle<'ctx>, protocol: &Handle<'ctx>) -> Result<Option<Handle<'ctx>>> {
    let ctx = this.ctx();
    for class in this.type_()?.getattr("__mro__")?.iter()? {
        let own = class?.getattr("__dict__")?;
        if own.contains("__reduce_ex__")? {
            break; // the class in Rust, or one that calls `super()`
        }
        if own.contains("__reduce__")? {
            return this.call_method("__reduce__", ()).map(Some);
        }
        for name in ["__getstate__", "__getnewargs__", "__getnewargs_ex__"] {
            if own.contains(name)? {
                let reduced = ctx.type_of::<Any>()?.call_method("__reduce_ex__", (this, protocol));
                return reduced.map(Some);
            }
        }
    }
    Ok(None)
}

/// The fields of an exception, all of which Python sees. The macro implements it.
pub trait KeptFields: Class {
    /// Their values.
    ///
    /// # Errors
    ///
    /// Returns the error of a conversion.
    fn values<'ctx>(ctx: Context<'ctx>, this: &Ref<'_, 'ctx, Self>) -> Result<Vec<Handle<'ctx>>>;

    /// A value with these fields.
    ///
    /// # Errors
    ///
    /// Returns the error of a conversion, or an `IndexError` for fewer values than fields.
    fn restored<'ctx>(values: &Handle<'ctx, Tuple>) -> Result<Self>;
}

/// Is a class an exception with [`KeptFields`]? Such a class finds the constant of its own, others that of [`NotKept`].
#[derive(Debug)]
pub struct KeptProbe<T>(PhantomData<T>);

impl<T: KeptFields> KeptProbe<T>
where
    T::Base: Root + ExceptionBase,
{
    /// Yes.
    pub const KEPT: Option<&'static Kept<T>> =
        Some(&Kept { reduce: FunctionDef::<Reduce<T>>::METHOD, restore: FreeDef::of_class::<Restore<T>>() });
}

/// See [`KeptProbe`].
pub trait NotKept<T: 'static> {
    /// No.
    const KEPT: Option<&'static Kept<T>> = None;
}

impl<T: 'static> NotKept<T> for KeptProbe<T> {}

/// `(class.__hpy_restore__, (args, fields), state)`
struct Reduce<T>(PhantomData<T>);

impl<T: KeptFields> Function for Reduce<T> {
    type This = T;
    const NAME: &'static CStr = c"__reduce_ex__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::O;
    const PARAMS: &'static Params = &Params::anything(b"__reduce_ex__\0");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        this: Ref<'a, 'ctx, T>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let Some(protocol) = args.only() else { return Err(takes_one(params, args.len())) };
        if let Some(reduced) = by_subclass(this.as_any(), &protocol)? {
            return Ok(reduced);
        }
        let values = T::values(ctx, &this)?;
        reduce(this.as_any(), <T::Base as Base>::base_class(ctx)?, &values)
    }
}

#[inline(never)]
fn reduce<'ctx>(
    this: &Handle<'ctx>,
    base: Option<Handle<'ctx, Type>>,
    values: &[Handle<'ctx>],
) -> Result<Handle<'ctx>> {
    let ctx = this.ctx();
    let Some(base) = base else { return Err(refused(this, "it is no exception")) };
    // `(class, args)`, and the attributes if it has some.
    let of_base = base.call_method("__reduce__", (this,))?;
    let args = (of_base.item(1)?, Tuple::from_handles(ctx, values)?);
    let restore = this.type_()?.getattr("__hpy_restore__")?;
    let reduced = match of_base.len()? {
        2 => (restore, args).into_python(ctx)?,
        _ => (restore, args, of_base.item(2)?).into_python(ctx)?,
    };
    Ok(reduced.into_any())
}

/// `class.__hpy_restore__(args, fields)`: a new instance.
struct Restore<T>(PhantomData<T>);

const RESTORE: Params = Params {
    names: b"__hpy_restore__\0!args\0!fields\0",
    own: 16,
    count: 2,
    positional_only: 2,
    positional: 2,
    required_positional: 2,
    varargs: false,
    kwargs: false,
    ..Params::anything(b"__hpy_restore__\0")
};

impl<T: KeptFields> Function for Restore<T>
where
    T::Base: Root + ExceptionBase,
{
    type This = Type;
    const NAME: &'static CStr = c"__hpy_restore__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::Varargs;
    const PARAMS: &'static Params = &RESTORE;

    fn call<'a, 'ctx>(
        _: Context<'ctx>,
        class: Ref<'a, 'ctx, Type>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let [Some(args), Some(fields)] = bind_positional::<2>(params, args)? else {
            return Err(crate::call::arguments::unbound(params));
        };
        let value = T::restored(fields.downcast::<Tuple>()?)?;
        new_instance(&class, WithArgs(value, args.downcast::<Tuple>()?)).map(Handle::into_any)
    }
}

/// A field, to be converted if its type can be. Types that can't find the second method only.
#[derive(Debug)]
pub struct FieldOf<'a, T>(pub &'a T);

/// See [`FieldOf`].
pub trait ConvertedField {
    /// The field as an object.
    ///
    /// # Errors
    ///
    /// Returns the error of the conversion.
    fn field<'ctx>(self, ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx>>;
}

impl<T: Clone + for<'ctx> IntoPython<'ctx>> ConvertedField for &&FieldOf<'_, T> {
    fn field<'ctx>(self, ctx: Context<'ctx>, _: &str) -> Result<Handle<'ctx>> {
        self.0.clone().into_python(ctx).map(Handle::into_any).map_err(Into::into)
    }
}

/// See [`FieldOf`].
pub trait UnconvertedField {
    /// Fails.
    ///
    /// # Errors
    ///
    /// Always returns an error.
    fn field<'ctx>(self, ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx>>;
}

impl<T> UnconvertedField for &FieldOf<'_, T> {
    fn field<'ctx>(self, _: Context<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        Err(unconverted(name, "Python"))
    }
}

/// The type of a field that is to be restored.
#[derive(Debug)]
pub struct FieldFrom<T>(PhantomData<fn() -> T>);

impl<T> FieldFrom<T> {
    /// Nothing.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        FieldFrom(PhantomData)
    }
}

/// See [`FieldFrom`].
pub trait RestoredField<T> {
    /// The field from an item of the tuple.
    ///
    /// # Errors
    ///
    /// Returns the error of the conversion.
    fn field(self, values: &Handle<'_, Tuple>, index: usize, name: &str) -> Result<T>;
}

impl<T: for<'ctx> FromPythonOwned<'ctx>> RestoredField<T> for &&FieldFrom<T> {
    fn field(self, values: &Handle<'_, Tuple>, index: usize, name: &str) -> Result<T> {
        let value = values.item(index)?;
        value.extract().map_err(|error| error.for_attribute(name, value.as_raw()))
    }
}

/// See [`FieldFrom`].
pub trait UnrestoredField<T> {
    /// Fails.
    ///
    /// # Errors
    ///
    /// Always returns an error.
    fn field(self, values: &Handle<'_, Tuple>, index: usize, name: &str) -> Result<T>;
}

impl<T> UnrestoredField<T> for &FieldFrom<T> {
    fn field(self, _: &Handle<'_, Tuple>, _: usize, name: &str) -> Result<T> {
        Err(unconverted(name, "Rust"))
    }
}

#[cold]
fn unconverted(name: &str, to: &str) -> Error {
    Error::new::<TypeError>(format!("cannot pickle field '{name}': its type has no conversion to {to}"))
}
