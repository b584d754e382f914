//! Properties: attributes with a getter and a setter in Rust.

use core::ffi::{CStr, c_void};

use hpy_sys::{HPy, HPyContext};

use super::slot::{Slot, SlotDef};
use crate::call::definition::{self, Definition, Functions};
use crate::call::slot as s;
use crate::call::trampoline::{Body, Mode, failed};
use crate::class::field_attribute::refuse;
use crate::core::exceptions::TypeError;
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

impl<S: GetSlot> s::Getter for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
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
    #[cfg_attr(not(debug_assertions), inline(always))]
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

/// The attribute's functions as methods, with HPy's signatures: for PyPy's own host, which calls no others.
struct Methods<S>(core::marker::PhantomData<S>);

impl<S: GetSlot> Methods<S> {
    /// # Safety
    ///
    /// Only for a host to call, by the rules of a method without arguments.
    unsafe extern "C" fn get(ctx: *mut HPyContext, this: HPy) -> HPy {
        // SAFETY: the host's word.
        unsafe { s::getter::given_body(ctx, this, core::ptr::null_mut(), s::getter::body::<SlotDef<S>>) }
    }
}

impl<S: SetSlot> Methods<S> {
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

/// The name and the documentation of an attribute. The macro implements it for a type of its own.
pub trait Attribute {
    /// The name in Python.
    const NAME: &'static CStr;
    /// The docstring.
    const DOC: &'static CStr;
}

/// A read-only attribute.
pub const fn read_only<S: Attribute + GetSlot>() -> Definition<S::Class> {
    let attribute = const {
        &definition::Attribute {
            name: S::NAME,
            doc: S::DOC,
            get: s::getter::functions::<SlotDef<S>>(),
            set: Functions::NONE,
            get_method: Methods::<S>::get as *const c_void,
            set_method: core::ptr::null(),
        }
    };
    Definition::attribute(attribute)
}

/// An attribute that can be read, set or deleted.
pub const fn read_write<S: Attribute + GetSlot + SetSlot>() -> Definition<S::Class> {
    let attribute = const {
        &definition::Attribute {
            name: <S as Attribute>::NAME,
            doc: S::DOC,
            get: s::getter::functions::<SlotDef<S>>(),
            set: s::setter::functions::<SlotDef<S>>(),
            get_method: Methods::<S>::get as *const c_void,
            set_method: Methods::<S>::set as *const c_void,
        }
    };
    Definition::attribute(attribute)
}

/// A write-only attribute.
pub const fn write_only<S: Attribute + SetSlot>() -> Definition<S::Class> {
    let attribute = const {
        &definition::Attribute {
            name: <S as Attribute>::NAME,
            doc: S::DOC,
            get: Functions::NONE,
            set: s::setter::functions::<SlotDef<S>>(),
            get_method: core::ptr::null(),
            set_method: Methods::<S>::set as *const c_void,
        }
    };
    Definition::attribute(attribute)
}
