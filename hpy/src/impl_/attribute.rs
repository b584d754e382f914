//! Attributes of instances that are read and set by Rust code.

use core::ffi::{CStr, c_void};

use hpy_sys::{HPyDef, HPyDef_Kind_GetSet, HPyDef_Value, HPyGetSet};

use super::args::{Arguments, Params};
use super::function::{Convention, Def, Function, FunctionDef};
use super::operators::{Slot, SlotDef};
use super::slot::{self as s, DefPair, Property};
use super::trampoline::Mode;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exceptions::AttributeError;
use crate::handle::{Handle, Ref};

/// A getter.
pub trait GetSlot: Slot {
    /// Reads the attribute.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn get<'ctx>(ctx: Context<'ctx>, this: Ref<'_, 'ctx, Self::Class>) -> Result<Handle<'ctx>>;
}

/// A setter, a deleter, or both.
pub trait SetSlot: Attribute + Slot {
    /// Sets the attribute.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn set<'ctx>(_: Context<'ctx>, _: Ref<'_, 'ctx, Self::Class>, _value: Ref<'_, 'ctx>) -> Result<()> {
        Err(refuse(<Self as Attribute>::NAME, "set"))
    }

    /// Deletes the attribute.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn delete<'ctx>(_: Context<'ctx>, _: Ref<'_, 'ctx, Self::Class>) -> Result<()> {
        Err(refuse(<Self as Attribute>::NAME, "delete"))
    }
}

#[cold]
fn refuse(name: &CStr, verb: &str) -> Error {
    let name = name.to_string_lossy();
    Error::new::<AttributeError>(format!("can't {verb} attribute '{name}'"))
}

impl<S: GetSlot> s::Getter for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx, M: Mode>(ctx: Context<'ctx>, this: Ref<'_, 'ctx>, _: *mut c_void) -> Result<Handle<'ctx>> {
        S::get(ctx, super::operators::this::<M, _>(this)?)
    }
}

impl<S: SetSlot> s::Setter for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx, M: Mode>(
        ctx: Context<'ctx>,
        this: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
        _: *mut c_void,
    ) -> Result<()> {
        let this = super::operators::this::<M, _>(this)?;
        match value {
            Some(value) => S::set(ctx, this, value),
            None => S::delete(ctx, this),
        }
    }
}

/// The functions of one half of an attribute: HPy's, and two with CPython's signature.
struct Half {
    implementation: *const c_void,
    portable: *const c_void,
    direct: *const c_void,
}

const NONE: Half =
    Half { implementation: core::ptr::null(), portable: core::ptr::null(), direct: core::ptr::null() };

/// A getter as a method.
struct GetMethod<S>(core::marker::PhantomData<S>);
/// A setter as a method.
struct SetMethod<S>(core::marker::PhantomData<S>);
/// A deleter as a method.
struct DeleteMethod<S>(core::marker::PhantomData<S>);

macro_rules! methods {
    ($($name:ident: $bound:ident, $convention:ident, |$ctx:ident, $this:ident, $args:ident| $call:expr;)*) => {$(
        impl<S: $bound> Function for $name<S> {
            type This = S::Class;
            const NAME: &'static CStr = c"";
            const DOC: &'static CStr = c"";
            const CONVENTION: Convention = Convention::$convention;
            const PARAMS: &'static Params = &Params::anything("");

            fn call<'a, 'ctx>(
                $ctx: Context<'ctx>,
                $this: Ref<'a, 'ctx, S::Class>,
                $args: Arguments<'a, 'ctx>,
                params: &'static Params,
            ) -> Result<Handle<'ctx>> {
                let _ = (&$args, params);
                $call
            }
        }
    )*};
}

methods! {
    GetMethod: GetSlot, NoArgs, |ctx, this, args| S::get(ctx, this);
    SetMethod: SetSlot, O, |ctx, this, args| match args.only() {
        Some(value) => S::set(ctx, this, value).map(|()| ctx.new_none().into_any()),
        None => Err(refuse(<S as Attribute>::NAME, "set")),
    };
    DeleteMethod: SetSlot, NoArgs, |ctx, this, args| S::delete(ctx, this).map(|()| ctx.new_none().into_any());
}

/// The methods, constant so that they can be referred to.
struct Methods<S>(core::marker::PhantomData<S>);

impl<S: GetSlot> Methods<S> {
    const GET: &'static Def = &FunctionDef::<GetMethod<S>>::UNIVERSAL;
}

impl<S: SetSlot> Methods<S> {
    const SET: &'static Def = &FunctionDef::<SetMethod<S>>::UNIVERSAL;
    const DELETE: &'static Def = &FunctionDef::<DeleteMethod<S>>::UNIVERSAL;
}

const fn attribute<C>(
    name: &'static CStr,
    doc: &'static CStr,
    get: Half,
    set: Half,
    property: &'static Property,
) -> DefPair<C> {
    const fn def(
        name: &'static CStr,
        doc: &'static CStr,
        implementations: [*const c_void; 2],
        trampolines: [*const c_void; 2],
    ) -> Def {
        let getset = HPyGetSet {
            name: name.as_ptr(),
            getter_impl: implementations[0],
            setter_impl: implementations[1],
            getter_cpy_trampoline: trampolines[0],
            setter_cpy_trampoline: trampolines[1],
            doc: doc.as_ptr(),
            closure: core::ptr::null_mut(),
        };
        Def::of(HPyDef { kind: HPyDef_Kind_GetSet, value: HPyDef_Value { getset } })
    }
    let implementations = [get.implementation, set.implementation];
    DefPair {
        universal: def(name, doc, implementations, [get.portable, set.portable]),
        embedded: def(name, doc, implementations, [get.direct, set.direct]),
        property: Some(property),
        class: core::marker::PhantomData,
    }
}

const fn getter<S: GetSlot>() -> Half {
    Half {
        implementation: s::getter::hpy::<SlotDef<S>> as *const c_void,
        portable: s::getter::cpy::<SlotDef<S>> as *const c_void,
        direct: s::getter::direct::<SlotDef<S>> as *const c_void,
    }
}

const fn setter<S: SetSlot>() -> Half {
    Half {
        implementation: s::setter::hpy::<SlotDef<S>> as *const c_void,
        portable: s::setter::cpy::<SlotDef<S>> as *const c_void,
        direct: s::setter::direct::<SlotDef<S>> as *const c_void,
    }
}

/// The name and the documentation of an attribute. The macro implements it for a type of its own.
pub trait Attribute {
    /// The name in Python.
    const NAME: &'static CStr;
    /// The docstring.
    const DOC: &'static CStr;
}

/// An attribute that can only be read.
pub const fn read_only<S: Attribute + GetSlot>() -> DefPair<S::Class> {
    let property =
        const { &Property { name: S::NAME, doc: S::DOC, get: Some(Methods::<S>::GET), set: None } };
    attribute(S::NAME, S::DOC, getter::<S>(), NONE, property)
}

/// An attribute that can be read, and set or deleted.
pub const fn read_write<S: Attribute + GetSlot + SetSlot>() -> DefPair<S::Class> {
    let property = const {
        &Property {
            name: <S as Attribute>::NAME,
            doc: S::DOC,
            get: Some(Methods::<S>::GET),
            set: Some([Methods::<S>::SET, Methods::<S>::DELETE]),
        }
    };
    attribute(<S as Attribute>::NAME, S::DOC, getter::<S>(), setter::<S>(), property)
}

/// An attribute that can't be read.
pub const fn write_only<S: Attribute + SetSlot>() -> DefPair<S::Class> {
    let property = const {
        &Property {
            name: <S as Attribute>::NAME,
            doc: S::DOC,
            get: None,
            set: Some([Methods::<S>::SET, Methods::<S>::DELETE]),
        }
    };
    attribute(<S as Attribute>::NAME, S::DOC, NONE, setter::<S>(), property)
}
