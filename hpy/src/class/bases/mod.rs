//! [`Base`]: classes that can be extended.

pub(crate) mod builtin;

use hpy_sys::{HPyType_BuiltinShape, HPyType_BuiltinShape_Object};

use crate::call::arguments::Arguments;
use crate::class::instance::parts::Made;
use crate::core::markers::{Any, Type};
use crate::core::{Context, Handle, Result};

/// A class that `#[hpy::class(extends = Base)]` can extend: a Rust class with the option `subclass`; `Type`, `Int`, `Float`,
/// `Str`, `Tuple`, `List` or `Dict` of [`hpy::types`]; or a class of [`hpy::exceptions`]. A class without `extends` extends
/// `object`, which is [`Any`].
///
/// [`hpy::types`]: crate::types
/// [`hpy::exceptions`]: crate::exceptions
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be extended",
    label = "not a class that others may extend",
    note = "`extends` takes a class with `subclass`: write `#[hpy::class(subclass)]` above `struct {Self}`",
    note = "or one of `hpy::types` (`Type`, `Int`, `Float`, `Str`, `Tuple`, `List`, `Dict`) or `hpy::exceptions`"
)]
pub trait Base: SealedBase + 'static {
    /// The name in Python.
    #[doc(hidden)]
    const BASE_NAME: &'static str;
    /// The builtin shape that instances begin with.
    #[doc(hidden)]
    const SHAPE: HPyType_BuiltinShape;
    /// Whether a builtin class makes the instances.
    #[doc(hidden)]
    const BUILTIN: bool;
    /// Whether the class has an `__init__` that must not be called with other arguments.
    #[doc(hidden)]
    const HAS_INIT: bool;
    /// Size in bytes of the instance's data before that of a class that extends this one.
    #[doc(hidden)]
    const SIZE: usize;
    /// Whether an instance may contain fields.
    #[doc(hidden)]
    const GC: bool;
    /// Whether the class needs one of our hosts.
    #[doc(hidden)]
    const OUR_HOST: bool;
    /// The value that this part of an instance is made of.
    #[doc(hidden)]
    type Init;

    /// The class that the host is told of; `None` for `object`, which it knows.
    #[doc(hidden)]
    fn base_class<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>>;

    /// A new instance of `class`, with all up to this base made.
    ///
    /// # Safety
    ///
    /// `class` is this base's or a subclass of it.
    #[doc(hidden)]
    unsafe fn made_of<'ctx>(init: Self::Init, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>>;
}

/// A base that needs no value of its own.
#[diagnostic::on_unimplemented(
    message = "an instance needs a value of its base `{Self}`, too",
    label = "the value of `{Self}` is missing",
    note = "give both, the base's last: `(Derived {{ … }}, Base {{ … }})`; where there is no context, \
            `hpy::Init::from((Derived {{ … }}, Base {{ … }}))`"
)]
pub trait Root: Base<Init: Default> {
    /// A new instance of `class`, which Python made with these arguments.
    ///
    /// # Safety
    ///
    /// As for [`Base::made_of`].
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn called<'ctx>(class: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word.
        unsafe { Self::made_of(Default::default(), class) }
    }
}

mod private {
    /// Can't be named, and so not implemented, elsewhere.
    #[diagnostic::on_unimplemented(
        message = "`Base` can't be implemented for `{Self}` by hand",
        label = "the layout of instances follows from it",
        note = "write `#[hpy::class(subclass)]` above `struct {Self}`"
    )]
    pub trait SealedBase {}
}
pub(in crate::class) use private::SealedBase;

impl SealedBase for Any {}

impl Base for Any {
    const BASE_NAME: &'static str = "object";
    const SHAPE: HPyType_BuiltinShape = HPyType_BuiltinShape_Object;
    const BUILTIN: bool = false;
    const HAS_INIT: bool = false;
    const SIZE: usize = 0;
    const GC: bool = false;
    const OUR_HOST: bool = false;
    type Init = ();

    fn base_class<'ctx>(_: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>> {
        Ok(None)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn made_of<'ctx>((): (), class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word.
        unsafe { Made::allocate(class) }
    }
}

impl Root for Any {}
