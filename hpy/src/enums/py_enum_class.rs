//! Creates the class of an [`Enumeration`] with Python's `enum` module, and looks up its members.

use core::ffi::CStr;

use super::py_enum::Enumeration;
use crate::class::type_slot::not_made;
use crate::core::exceptions::ValueError;
use crate::core::markers::{Dict, List, Module, Str, Tuple, Type};
use crate::core::{Context, Error, Handle, Result};

/// Creates the class, unless this library has created it before, and adds it to the module.
///
/// # Errors
///
/// Returns the exception raised by Python.
pub fn add_enumeration<'ctx, T: Enumeration>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, Module>,
) -> Result<()> {
    let name = <T as Enumeration>::NAME;
    let class = match T::slot().get(ctx) {
        Some(class) => class,
        None => {
            let members = List::new(ctx)?;
            for member in T::MEMBERS {
                members.append((member.variant().name(), member.value(ctx)?))?;
            }
            let class = make(module, (name, T::BASE, T::MODULE, T::DOC), &members)?;
            if let Err(faster) = T::slot().set(ctx, &class) {
                return module.setattr(name, faster);
            }
            for member in T::MEMBERS {
                let variant = member.variant();
                let object = class.getattr(variant.name())?;
                check_name(variant.name(), &object)?;
                variant.keep(&object);
            }
            class
        }
    };
    module.setattr(name, class)
}

/// Python takes members with equal values for one: no Rust value would be the second then.
fn check_name(name: &str, member: &Handle<'_>) -> Result<()> {
    let found: String = member.getattr("_name_")?.extract()?;
    if found == name {
        return Ok(());
    }
    Err(Error::new::<ValueError>(format!("member '{name}' has the value of member '{found}'")))
}

/// Calls the class in `enum`.
fn make<'ctx>(
    module: &Handle<'ctx, Module>,
    (name, base, of, doc): (&str, &str, Option<&str>, &CStr),
    members: &Handle<'ctx, List>,
) -> Result<Handle<'ctx, Type>> {
    let ctx = module.ctx();
    let library = ctx.import("enum")?;
    let keywords = Dict::new(ctx)?;
    match of {
        Some(of) => keywords.setitem("module", of)?,
        None => keywords.setitem("module", module.getattr("__name__")?)?,
    }
    keywords.setitem("qualname", name)?;
    let text_enum = base == "StrEnum" && !library.hasattr(base)?;
    let base = if text_enum { "Enum" } else { base };
    if text_enum {
        // Before Python 3.11.
        keywords.setitem("type", ctx.type_of::<Str>()?)?;
    }
    let args = [Str::new(ctx, name)?.into_any(), members.as_any().clone()];
    let args = Tuple::from_handles(ctx, &args)?;
    let class = library.getattr(base)?.call_tuple(&args, Some(&keywords))?.downcast_into::<Type>()?;
    if text_enum {
        for method in ["__str__", "__format__"] {
            class.setattr(method, ctx.type_of::<Str>()?.getattr(method)?)?;
        }
    }
    let doc = doc.to_string_lossy();
    if !doc.is_empty() {
        class.setattr("__doc__", &*doc)?;
    }
    Ok(class)
}

/// The class.
///
/// # Errors
///
/// Returns a `SystemError` if no module with the class was imported.
pub fn enumeration_class<'ctx, T: Enumeration>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
    T::slot().get(ctx).ok_or_else(|| not_made(<T as Enumeration>::NAME))
}

/// Returns whether the object is a member, or a combination of members.
pub fn is_member<T: Enumeration>(value: &Handle<'_>) -> bool {
    T::slot().is_exactly(value) || T::slot().get(value.ctx()).is_some_and(|class| value.is_instance(&class))
}

/// The member that an object is.
///
/// # Errors
///
/// It is none.
pub fn member<T: Enumeration>(value: &Handle<'_>) -> Result<T> {
    if let Some(member) = T::MEMBERS.iter().find(|member| member.variant().is(value)) {
        return Ok(member.same());
    }
    if !is_member::<T>(value) {
        return Err(Error::type_mismatch(<T as Enumeration>::NAME, value));
    }
    // Combinations have no name, or one that no member has.
    let name = value.getattr("_name_")?.extract::<Option<String>>()?;
    let named = |member: &&T| name.as_deref() == Some(member.variant().name());
    match T::MEMBERS.iter().find(named) {
        Some(member) => Ok(member.same()),
        None => Err(no_member(<T as Enumeration>::NAME, value)),
    }
}

#[cold]
fn no_member(name: &str, value: &Handle<'_>) -> Error {
    match value.repr().and_then(|text| text.to_string()) {
        Ok(text) => Error::new::<ValueError>(format!("{text} is not a single member of {name}")),
        Err(error) => error,
    }
}

/// The object of a member.
///
/// # Errors
///
/// Returns a `SystemError` if no module with the class was imported.
pub fn member_object<'ctx, T: Enumeration>(ctx: Context<'ctx>, member: &T) -> Result<Handle<'ctx, T>> {
    let variant = member.variant();
    match variant.kept(ctx) {
        // SAFETY: what `add_enumeration` found on the class; a `T` is no more than an object of Python's.
        Some(object) => Ok(unsafe { object.cast_into_unchecked() }),
        None => enumeration_class::<T>(ctx)?.getattr(variant.name())?.downcast_into(),
    }
}

/// The value of a member or of a combination of `Flag`s.
///
/// # Errors
///
/// Returns the exception raised by Python.
pub fn flags_value(value: &Handle<'_>) -> Result<i128> {
    value.getattr("_value_")?.extract()
}

/// The value of a member of a `StrEnum`.
///
/// # Errors
///
/// `MemoryError`.
pub fn text_value<'ctx>(ctx: Context<'ctx>, text: &str) -> Result<Handle<'ctx>> {
    Str::new(ctx, text).map(Handle::into_any)
}
