//! [`Variant`]: a variant of an enum, and its Python object, an attribute of the enum's class.

use core::sync::atomic::{AtomicPtr, Ordering};

use hpy_sys::cpy_PyObject;

use super::data_enum::VariantParts;
use crate::call::conversion::operand;
use crate::call::result::output;
use crate::class::Class;
use crate::class::instance::constructor::new_instance;
use crate::class::operators::not_implemented;
use crate::core::exceptions::{IndexError, OverflowError, TypeError};
use crate::core::markers::{Any, Type};
use crate::core::{Context, Error, FromPython, Handle, IntoPython, Ref, Result, ffi};
use crate::types::object::CompareOp;

/// An enum for Python. The macro implements it.
pub trait Variants: Sized + 'static {
    /// The variant that the value is of.
    fn variant(&self) -> &'static Variant<Self>;
}

/// An enum that is a class.
pub trait EnumClass: Class<Base = Any> + Variants {}

impl<T: Class<Base = Any> + Variants> EnumClass for T {}

/// A variant of the enum `T`: its name in Python; and the object that the embedded host keeps for it, an instance of the
/// enum's class, or a class for those with data.
#[derive(Debug)]
#[repr(C)]
pub struct Variant<T: 'static = Any> {
    name: &'static str,
    text: &'static str,
    /// Those of its class, if it has one; then `object` is that class.
    parts: Option<&'static VariantParts<T>>,
    object: AtomicPtr<cpy_PyObject>,
}

impl<T> Variant<T> {
    /// One without data, whose object was not made yet. `text` is the name with that of the enum's class before it.
    #[must_use]
    pub const fn unit(name: &'static str, text: &'static str) -> Self {
        Variant { name, text, parts: None, object: AtomicPtr::new(core::ptr::null_mut()) }
    }

    /// One with data, whose class was not made yet.
    #[must_use]
    pub const fn with_data(name: &'static str, text: &'static str, parts: &'static VariantParts<T>) -> Self {
        Variant { name, text, parts: Some(parts), object: AtomicPtr::new(core::ptr::null_mut()) }
    }

    /// For code that is compiled once.
    pub(crate) fn erased(&'static self) -> &'static Variant {
        // SAFETY: `repr(C)`, as are the definitions, and the enum is no part of the layout.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn text(&self) -> &'static str {
        self.text
    }

    pub(crate) fn parts(&self) -> Option<&'static VariantParts<T>> {
        self.parts
    }

    /// Keeps the object for the rest of the process in the embedded host; other hosts find it by its name.
    pub(crate) fn keep<'ctx, O>(&self, object: &Handle<'ctx, O>) {
        if object.ctx().is_embedded() {
            self.object.store(ffi::object(object.clone().into_raw()), Ordering::Release);
        }
    }

    /// Returns whether `value` is the object that the embedded host keeps.
    #[inline]
    pub(crate) fn is(&self, value: &Handle<'_>) -> bool {
        value.ctx().is_embedded() && self.object.load(Ordering::Acquire) == ffi::object(value.as_raw())
    }

    pub(crate) fn kept<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
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
/// Returns the exception raised by the host.
pub fn add_unit<'ctx, T: EnumClass>(_: Context<'ctx>, class: &Handle<'ctx, Type>, value: T) -> Result<()> {
    let variant = value.variant();
    let object = new_instance(class, value)?;
    if variant.parts.is_none() {
        variant.keep(&object);
    }
    class.setattr(variant.name, object)
}

/// The object of a variant without data.
///
/// # Errors
///
/// Returns a `SystemError` if no module with the class was imported.
#[inline]
pub fn unit<T: EnumClass>(ctx: Context<'_>, value: T) -> Result<Handle<'_, T>> {
    let variant = value.variant();
    match variant.kept(ctx) {
        // SAFETY: invariant 8: without parts, it is the object that `add_unit` made.
        Some(object) if variant.parts.is_none() => Ok(unsafe { object.cast_into_unchecked() }),
        _ => find_unit(ctx, value),
    }
}

/// Finds the object by its name. If Python code has put something else there, the value becomes a new one.
fn find_unit<T: EnumClass>(ctx: Context<'_>, value: T) -> Result<Handle<'_, T>> {
    let class = ctx.type_of::<T>()?;
    let variant = value.variant();
    if class.hasattr(variant.name)? {
        let found = class.getattr(variant.name)?;
        if found.is_a::<T>()? {
            let object = found.downcast_into::<T>()?;
            if object.borrow().is_ok_and(|found| core::ptr::eq(found.variant(), variant)) {
                return Ok(object);
            }
        }
    }
    new_instance(&class, value)
}

/// `repr` of a variant without data.
///
/// # Errors
///
/// The instance has no value.
pub fn unit_repr<'ctx, T: EnumClass>(ctx: Context<'ctx>, this: &Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
    output(ctx, this.borrow()?.variant().text)
}

/// A new object of a variant with data.
///
/// # Errors
///
/// Returns a `MemoryError`, or a `SystemError` if no module with the class was imported.
#[inline]
pub fn variant_object<T: EnumClass>(ctx: Context<'_>, value: T) -> Result<Handle<'_, T>> {
    new_instance(&class_of::<T>(ctx, value.variant())?, value)
}

/// The same for a constructor of `class`, which is the class of the variant, or that of the enum.
///
/// # Errors
///
/// As [`variant_object`]; `TypeError` if it is the class of another variant.
#[inline]
pub fn variant_object_of<'ctx, T: EnumClass>(
    class: &Handle<'ctx, Type>,
    value: T,
) -> Result<Handle<'ctx, T>> {
    let own = class_of::<T>(class.ctx(), value.variant())?;
    if !own.is(class) && !own.is_subtype_of(class) {
        return Err(other_class(class, value.variant().erased()));
    }
    new_instance(&own, value)
}

#[cold]
fn other_class(class: &Handle<'_, Type>, variant: &Variant) -> Error {
    match class.name() {
        Ok(name) => Error::new::<TypeError>(format!("{} is not a subclass of {name}", variant.text)),
        Err(error) => error,
    }
}

/// The class of a variant.
fn class_of<'ctx, T: EnumClass>(
    ctx: Context<'ctx>,
    variant: &'static Variant<T>,
) -> Result<Handle<'ctx, Type>> {
    match variant.kept(ctx) {
        // SAFETY: invariant 8: with parts, it is the class that `add_variant` made.
        Some(class) if variant.parts.is_some() => Ok(unsafe { class.cast_into_unchecked() }),
        _ => find_class(&ctx.type_of::<T>()?, variant.erased()),
    }
}

/// Finds the class of a variant by its name, where Python code may have put anything else.
fn find_class<'ctx>(of: &Handle<'ctx, Type>, variant: &Variant) -> Result<Handle<'ctx, Type>> {
    let class = of.getattr(variant.name)?.downcast_into::<Type>()?;
    if class.is(of) || !class.is_subtype_of(of) {
        return Err(Error::new::<TypeError>(format!("{} is another class than it was", variant.text)));
    }
    Ok(class)
}

/// An attribute of another variant was asked for: by a getter that was taken off its class.
///
/// # Errors
///
/// Always returns an error.
#[cold]
pub fn other_variant<'ctx, T: EnumClass>(
    this: &Ref<'_, 'ctx, T>,
    variant: &str,
    attribute: &str,
) -> Result<Handle<'ctx>> {
    let found = this.borrow()?.variant().name;
    Err(Error::new::<TypeError>(format!(
        "descriptor '{attribute}' for '{variant}' objects doesn't apply to a '{found}' object"
    )))
}

/// Resolves an index into `count` items.
///
/// # Errors
///
/// Returns a `TypeError` if the index is not an integer.
pub fn place(index: &Handle<'_>, count: usize) -> Result<usize> {
    let index: i64 = match index.extract() {
        Ok(index) => index,
        Err(error) if error.is_instance_of::<OverflowError>(index.ctx()) => i64::MAX,
        Err(error) => return Err(error),
    };
    let from_end = |back: u64| usize::try_from(back).ok().and_then(|back| count.checked_sub(back));
    let place = if index < 0 { from_end(index.unsigned_abs()) } else { usize::try_from(index).ok() };
    Ok(place.unwrap_or(usize::MAX))
}

/// Creates the error for an index that is out of range.
///
/// # Errors
///
/// Always returns an error.
#[cold]
pub fn out_of_range<'ctx>() -> Result<Handle<'ctx>> {
    Err(Error::new::<IndexError>("tuple index out of range"))
}

/// `repr` of a variant with data: `Shape.Circle(radius=1.0)`.
///
/// # Errors
///
/// Returns the exception raised by Python.
pub fn variant_repr<'ctx, T: EnumClass>(ctx: Context<'ctx>, this: &Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
    let variant = this.borrow()?.variant();
    output(ctx, repr_of_parts(this.as_any(), variant.erased())?)
}

fn repr_of_parts(this: &Handle<'_>, variant: &Variant) -> Result<String> {
    let mut text = format!("{}(", variant.text);
    let (names, tuple) = variant.parts.map_or((&[][..], false), |parts| (parts.names, parts.tuple));
    for (i, name) in names.iter().enumerate() {
        text.push_str(if i == 0 { "" } else { ", " });
        if !tuple {
            text.push_str(name);
            text.push('=');
        }
        text.push_str(&this.getattr(name)?.repr()?.to_string()?);
    }
    text.push(')');
    Ok(text)
}

/// Compares the number of a variant with an `int`; with anything else it is not implemented.
///
/// # Errors
///
/// Returns the exception raised by Python.
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
