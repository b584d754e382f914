//! Marker types for Python's builtin types, and their trait, [`PythonType`].

use hpy_sys::HPy;

use super::context::Context;
use super::error::Result;
use super::ffi;
use super::handle::Handle;

/// A Python type known at compile time, used as the marker of a handle.
pub trait PythonType: core::marker::Sized + 'static {
    /// The name in Python, for errors and stubs.
    const NAME: &'static str;

    /// Whether instances have a Rust payload.
    #[doc(hidden)]
    const HAS_DATA: bool = false;

    /// Whether this is the receiver of a static method.
    #[doc(hidden)]
    const NOBODY: bool = false;

    /// Returns whether the object is an instance of the type or of a subclass.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by looking up the type, usually a `MemoryError`. An object of another type is not an error.
    fn check(value: &Handle<'_>) -> Result<bool>;

    /// [`PythonType::check`] for what a host passes as `self`, where it has not looked at it: small where it is called.
    ///
    /// # Errors
    ///
    /// As there.
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_self(value: &Handle<'_>) -> Result<bool> {
        Self::check(value)
    }

    /// Returns the type object.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the lookup, for types that are looked up by name.
    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>>;
}

/// A type that is a constant of the context.
macro_rules! constant_types {
    ($($(#[$doc:meta])* $name:ident = $python:literal $member:ident $(, $check:ident)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// [`PythonType::check`], which can't fail for this type.
            #[inline]
            #[allow(dead_code)]
            pub(crate) fn holds(value: &Handle<'_>) -> bool {
                let ctx = value.ctx();
                // SAFETY: invariants 2 and 4: an open handle, and a constant of the same context.
                unsafe {
                    let ty = (*ctx.raw()).$member;
                    ffi::is_exactly(ctx, value.as_raw(), ty)
                        || constant_types!(@check ctx, value.as_raw(), ty $(, $check)?)
                }
            }

            #[inline(never)]
            #[allow(dead_code)]
            fn is_self_apart(value: &Handle<'_>) -> bool {
                Self::holds(value)
            }
        }

        impl PythonType for $name {
            const NAME: &'static str = $python;

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn check(value: &Handle<'_>) -> Result<bool> {
                Ok(Self::holds(value))
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn is_self(value: &Handle<'_>) -> Result<bool> {
                Ok(Self::is_self_apart(value))
            }

            fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
                // SAFETY: invariant 4: the constant is a type.
                Ok(ctx.constant::<Type>(unsafe { (*ctx.raw()).$member }).to_owned())
            }
        }
    )*};
    (@check $ctx:ident, $h:expr, $ty:ident, $check:ident) => { hpy_host::calls::$check($ctx.raw(), $h) != 0 };
    (@check $ctx:ident, $h:expr, $ty:ident) => { hpy_host::calls::HPy_TypeCheck($ctx.raw(), $h, $ty) != 0 };
}

constant_types! {
    /// `bool`.
    Bool = "bool" h_BoolType;
    /// `int`, of any size.
    Int = "int" h_LongType;
    /// `float`.
    Float = "float" h_FloatType;
    /// `complex`.
    Complex = "complex" h_ComplexType;
    /// `str`.
    Str = "str" h_UnicodeType, HPyUnicode_Check;
    /// `bytes`.
    Bytes = "bytes" h_BytesType, HPyBytes_Check;
    /// `list`.
    List = "list" h_ListType, HPyList_Check;
    /// `tuple`.
    Tuple = "tuple" h_TupleType, HPyTuple_Check;
    /// `slice`.
    Slice = "slice" h_SliceType;
    /// `type`: a class.
    Type = "type" h_TypeType;
    /// `memoryview`.
    MemoryView = "memoryview" h_MemoryViewType;
}

/// Any object: `object`.
#[derive(Debug)]
pub enum Any {}

impl PythonType for Any {
    const NAME: &'static str = "object";

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn check(_: &Handle<'_>) -> Result<bool> {
        Ok(true)
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        // SAFETY: invariant 4: the constant is a type.
        Ok(ctx.constant::<Type>(unsafe { (*ctx.raw()).h_BaseObjectType }).to_owned())
    }
}

/// The type of `None`.
#[derive(Debug)]
pub enum NoneType {}

impl PythonType for NoneType {
    const NAME: &'static str = "None";

    fn check(value: &Handle<'_>) -> Result<bool> {
        Ok(value.is_none())
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        ctx.none().type_()
    }
}

/// `dict`.
#[derive(Debug)]
pub enum Dict {}

impl PythonType for Dict {
    const NAME: &'static str = "dict";

    #[inline]
    fn check(value: &Handle<'_>) -> Result<bool> {
        // SAFETY: invariant 2.
        Ok(unsafe { hpy_host::calls::HPyDict_Check(value.ctx().raw(), value.as_raw()) != 0 })
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        builtin(ctx, "dict") // a constant of the context only after HPy 0.9
    }
}

/// Anything that can be called.
#[derive(Debug)]
pub enum Callable {}

impl PythonType for Callable {
    const NAME: &'static str = "Callable";

    fn check(value: &Handle<'_>) -> Result<bool> {
        // SAFETY: invariant 2.
        Ok(unsafe { hpy_host::calls::HPyCallable_Check(value.ctx().raw(), value.as_raw()) != 0 })
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        ctx.import("collections.abc")?.getattr("Callable")?.downcast_into()
    }
}

/// Types without a constant: looked up in `builtins` and checked with `isinstance`.
macro_rules! builtin_types {
    ($($(#[$doc:meta])* $name:ident = $python:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl PythonType for $name {
            const NAME: &'static str = $python;

            fn check(value: &Handle<'_>) -> Result<bool> {
                Ok(value.is_instance(&builtin(value.ctx(), $python)?))
            }

            fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
                builtin(ctx, $python)
            }
        }
    )*};
}

builtin_types! {
    /// `set`.
    Set = "set";
    /// `frozenset`.
    FrozenSet = "frozenset";
    /// `bytearray`.
    ByteArray = "bytearray";
    /// `range`.
    Range = "range";
}

/// Abstract classes of `collections.abc`, checked with `isinstance`, which includes registered classes.
macro_rules! abstract_types {
    ($($(#[$doc:meta])* $name:ident = $python:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl PythonType for $name {
            const NAME: &'static str = $python;

            fn check(value: &Handle<'_>) -> Result<bool> {
                value.isinstance(&abstract_class(value.ctx(), $python)?)
            }

            fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
                abstract_class(ctx, $python)
            }
        }
    )*};
}

abstract_types! {
    /// `collections.abc.Hashable`.
    Hashable = "Hashable";
    /// `collections.abc.Sized`: has a `__len__`.
    Sized = "Sized";
    /// `collections.abc.Iterable`: has an `__iter__`.
    Iterable = "Iterable";
    /// `collections.abc.Collection`: sized, iterable, and a container.
    Collection = "Collection";
    /// `collections.abc.Sequence`.
    Sequence = "Sequence";
    /// `collections.abc.MutableSequence`.
    MutableSequence = "MutableSequence";
    /// `collections.abc.Mapping`.
    Mapping = "Mapping";
    /// `collections.abc.MutableMapping`.
    MutableMapping = "MutableMapping";
    /// `collections.abc.Set`, which includes `frozenset` and `dict.keys()`; [`Set`] is the builtin class.
    AbstractSet = "Set";
    /// `collections.abc.MutableSet`.
    MutableSet = "MutableSet";
}

#[inline(never)]
fn abstract_class<'ctx>(ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx, Type>> {
    ctx.import("collections.abc")?.getattr(name)?.downcast_into()
}

/// A module.
#[derive(Debug)]
pub enum Module {}

impl PythonType for Module {
    const NAME: &'static str = "module";

    fn check(value: &Handle<'_>) -> Result<bool> {
        Ok(value.is_instance(&Self::type_object(value.ctx())?))
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        ctx.import("builtins")?.type_()
    }
}

/// The class of that name in `builtins`.
pub(crate) fn builtin<'ctx>(ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx, Type>> {
    let ty = ctx.builtins().getitem(name)?;
    ty.downcast_into::<Type>()
}

/// Calls of the context that give a new handle of a known type.
///
/// # Safety
///
/// `raw` is what a function of `ctx` returned: a new handle on a `T`, or NULL with an exception.
pub(crate) unsafe fn new_handle<'ctx, T>(ctx: Context<'ctx>, raw: HPy) -> Result<Handle<'ctx, T>> {
    // SAFETY: as the caller says.
    unsafe { Handle::from_result(ctx, raw) }
}
