//! Properties: attributes with a getter and a setter in Rust.

use core::ffi::{CStr, c_void};

use hpy_sys::{HPy, HPyContext, HPyDef, HPyDef_Kind_GetSet, HPyDef_Value, HPyGetSet};

use super::slot::{Slot, SlotDef};
use crate::call::definition::{Def, DefPair, Property, uncalled};
use crate::call::slot as s;
use crate::call::trampoline::{Body, Mode, failed};
use crate::core::exceptions::{AttributeError, TypeError};
use crate::core::{Context, Error, Handle, Ref, Result};

/// A getter.
pub trait GetSlot: Slot {
    /// Reads the attribute.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn get<'ctx>(ctx: Context<'ctx>, this: Ref<'_, 'ctx, Self::Class>) -> Result<Handle<'ctx>>;
}

/// A setter, a deleter, or both.
pub trait SetSlot: Attribute + Slot {
    /// Sets the attribute.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn set<'ctx>(_: Context<'ctx>, _: Ref<'_, 'ctx, Self::Class>, _value: Ref<'_, 'ctx>) -> Result<()> {
        Err(refuse(<Self as Attribute>::NAME, "set"))
    }

    /// Deletes the attribute.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
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
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        this: Ref<'_, 'ctx>,
        _: *mut c_void,
    ) -> Result<Handle<'ctx>> {
        S::get(ctx, crate::call::self_check::this(mode, this)?)
    }
}

impl<S: SetSlot> s::Setter for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        this: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
        _: *mut c_void,
    ) -> Result<()> {
        let this = crate::call::self_check::this(mode, this)?;
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

/// The attribute's functions as methods, with HPy's signatures: for PyPy's own host, which calls no others.
struct Methods<S>(core::marker::PhantomData<S>);

const fn method(signature: hpy_sys::HPyFunc_Signature, implementation: *const c_void) -> Def {
    Def::of(HPyDef::meth(c"", implementation, uncalled as *const c_void, signature, c""))
}

impl<S: GetSlot> Methods<S> {
    const GET: &'static Def = &method(hpy_sys::HPyFunc_NOARGS, Self::get as *const c_void);

    /// # Safety
    ///
    /// Only for a host to call, by the rules of a method without arguments.
    unsafe extern "C" fn get(ctx: *mut HPyContext, this: HPy) -> HPy {
        // SAFETY: the host's word.
        unsafe { s::getter::given_body(ctx, this, core::ptr::null_mut(), s::getter::body::<SlotDef<S>>) }
    }
}

impl<S: SetSlot> Methods<S> {
    const SET: &'static Def = &method(hpy_sys::HPyFunc_VARARGS, Self::set as *const c_void);

    /// # Safety
    ///
    /// Only for a host to call, by the rules of a method with positional arguments.
    unsafe extern "C" fn set(ctx: *mut HPyContext, this: HPy, args: *const HPy, nargs: usize) -> HPy {
        // SAFETY: the host's word.
        unsafe { set_or_delete(ctx, this, args, nargs, s::setter::body::<SlotDef<S>>) }
    }
}

/// Sets an attribute to the one argument, or deletes it if there is none: `property` calls it so.
///
/// # Safety
///
/// The host's word for a call of a method; `body` is that of a setter.
#[inline(never)]
unsafe fn set_or_delete(ctx: *mut HPyContext, this: HPy, args: *const HPy, nargs: usize, body: Body) -> HPy {
    // SAFETY: the host's word.
    unsafe {
        if nargs > 1 {
            let text = format!("a setter takes 1 value ({nargs} given)");
            failed(Context::from_raw(ctx), Error::new::<TypeError>(text));
            return HPy::NULL;
        }
        let value = if nargs == 0 { HPy::NULL } else { *args };
        let status = s::setter::given_body(ctx, this, value, core::ptr::null_mut(), body);
        if status != 0 { HPy::NULL } else { Context::from_raw(ctx).new_none().into_raw() }
    }
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
            doc: if doc.is_empty() { core::ptr::null() } else { doc.as_ptr() },
            closure: core::ptr::null_mut(),
        };
        Def::of(HPyDef { kind: HPyDef_Kind_GetSet, value: HPyDef_Value { getset } })
    }
    let implementations = [get.implementation, set.implementation];
    DefPair {
        universal: def(name, doc, implementations, [get.portable, set.portable]),
        embedded: def(name, doc, implementations, [get.direct, set.direct]),
        property: Some(property),
        doc: None,
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

/// A read-only attribute.
pub const fn read_only<S: Attribute + GetSlot>() -> DefPair<S::Class> {
    let property =
        const { &Property { name: S::NAME, doc: S::DOC, get: Some(Methods::<S>::GET), set: None } };
    attribute(S::NAME, S::DOC, getter::<S>(), NONE, property)
}

/// An attribute that can be read, set or deleted.
pub const fn read_write<S: Attribute + GetSlot + SetSlot>() -> DefPair<S::Class> {
    let property = const {
        &Property {
            name: <S as Attribute>::NAME,
            doc: S::DOC,
            get: Some(Methods::<S>::GET),
            set: Some(Methods::<S>::SET),
        }
    };
    attribute(<S as Attribute>::NAME, S::DOC, getter::<S>(), setter::<S>(), property)
}

/// A write-only attribute.
pub const fn write_only<S: Attribute + SetSlot>() -> DefPair<S::Class> {
    let property = const {
        &Property { name: <S as Attribute>::NAME, doc: S::DOC, get: None, set: Some(Methods::<S>::SET) }
    };
    attribute(<S as Attribute>::NAME, S::DOC, NONE, setter::<S>(), property)
}
