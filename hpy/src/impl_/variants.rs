//! Enums: the objects of their variants, which are attributes of the class.

use core::sync::atomic::{AtomicPtr, Ordering};

use hpy_sys::cpy_PyObject;

use super::construct::new_instance;
use super::{not_implemented, operand, output};
use crate::class::Class;
use crate::context::Context;
use crate::convert::{FromPython, IntoPython};
use crate::error::Result;
use crate::ffi;
use crate::handle::Handle;
use crate::object::CompareOp;
use crate::types::Type;

/// An enum that is a class. The macro implements it.
pub trait Variants: Class {
    /// The variant that the value is of.
    fn variant(&self) -> &'static Variant;
}

/// A variant: its name in Python, and the object that the embedded host keeps for it.
#[derive(Debug)]
pub struct Variant {
    name: &'static str,
    object: AtomicPtr<cpy_PyObject>,
}

impl Variant {
    /// One whose class was not made yet.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Variant { name, object: AtomicPtr::new(core::ptr::null_mut()) }
    }

    /// Keeps the object for the rest of the process in the embedded host; other hosts find it by its name.
    fn keep<'ctx, T>(&self, object: &Handle<'ctx, T>) {
        if object.ctx().is_embedded() {
            self.object.store(ffi::object(object.clone().into_raw()), Ordering::Release);
        }
    }

    fn kept<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
        let object = self.object.load(Ordering::Acquire);
        if object.is_null() || !ctx.is_embedded() {
            return None;
        }
        let raw = hpy_sys::HPy { _i: object as isize };
        // SAFETY: invariants 3 and 5: the variant holds a reference on the object for ever, to which one is added.
        Some(unsafe { Handle::from_raw(ctx, ffi::dup(ctx, raw)) })
    }
}

/// Makes the object of a variant without data, and gives it to the class.
///
/// # Errors
///
/// What the host raised.
pub fn add_unit<'ctx, T: Variants>(_: Context<'ctx>, class: &Handle<'ctx, Type>, value: T) -> Result<()> {
    let variant = value.variant();
    let object = new_instance(class, value)?;
    variant.keep(&object);
    class.setattr(variant.name, object)
}

/// The object of a variant without data.
///
/// # Errors
///
/// `SystemError` if the class is in no module that was imported.
#[inline]
pub fn unit<T: Variants>(ctx: Context<'_>, value: T) -> Result<Handle<'_, T>> {
    match value.variant().kept(ctx) {
        // SAFETY: invariant 8: the object that `add_unit` made.
        Some(object) => Ok(unsafe { object.cast_into_unchecked() }),
        None => find_unit(ctx, value),
    }
}

/// Finds the object by its name. If Python code has put something else there, the value becomes a new one.
fn find_unit<T: Variants>(ctx: Context<'_>, value: T) -> Result<Handle<'_, T>> {
    let class = ctx.type_of::<T>()?;
    let variant = value.variant();
    let found = class.getattr(variant.name).and_then(Handle::downcast_into::<T>).ok();
    match found {
        Some(object) if object.borrow().is_ok_and(|found| core::ptr::eq(found.variant(), variant)) => {
            Ok(object)
        }
        _ => new_instance(&class, value),
    }
}

/// Compares the number of a variant with an `int`; with anything else it is not implemented.
///
/// # Errors
///
/// What Python raised.
pub fn compare_number<'ctx, N>(
    ctx: Context<'ctx>,
    number: N,
    other: &Handle<'ctx>,
    op: CompareOp,
) -> Result<Handle<'ctx>>
where
    N: PartialEq + IntoPython<'ctx> + for<'a> FromPython<'a, 'ctx>,
{
    let equal = match op {
        CompareOp::Eq => true,
        CompareOp::Ne => false,
        _ => return not_implemented(ctx),
    };
    match operand::<N>(ctx, other)? {
        Some(other) => output(ctx, (number == other) == equal),
        None => not_implemented(ctx),
    }
}
