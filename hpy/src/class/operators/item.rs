//! Items: `__getitem__`, `__setitem__` and `__delitem__`.
//!
//! A class that is a `sequence` never sees a negative index: the length is added first, as CPython does for a `list`, and an
//! index that is still negative is out of range. Hosts do this before they call the slots that take numbers. The slots that
//! take objects have priority on all of them, so for these it is done here.

use hpy_sys::HPySlot_Slot;

use super::binary::BinarySlot;
use super::{This, unsupported};
use crate::call::definition::Definition;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::Slot;
use crate::class::tables::{ClassTable, Collection};
use crate::convert::int::is_natural;
use crate::core::exceptions::{IndexError, OverflowError};
use crate::core::markers::{Int, Slice};
use crate::core::{Context, Error, Handle, IntoPython, Ref, Result};

/// The slots of a `__getitem__`, or those of `__setitem__` and `__delitem__`.
#[derive(Debug)]
pub struct ItemDef<S>(core::marker::PhantomData<S>);

impl<S: BinarySlot> s::Binary for ItemDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        key: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        let this = this(mode, a)?;
        match place::<S>(a, key)? {
            Some(place) => S::call(ctx, this, place.as_ref()),
            None => S::call(ctx, this, key),
        }
    }
}

impl<S: BinarySlot> s::Repeat for ItemDef<S> {
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>, n: isize) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?, number::<S>(ctx, n)?.as_ref())
    }
}

impl<S: BinarySlot> ItemDef<S> {
    /// `mp_subscript`.
    pub const fn get(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::binary::def::<Self, _>(slot)
    }

    /// `sq_item`.
    pub const fn get_at(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::repeat::def::<Self, _>(slot)
    }
}

/// `__setitem__` and `__delitem__`.
pub trait SetItemSlot: Slot {
    /// `this[key] = value`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn set<'ctx>(
        _: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _key: Ref<'_, 'ctx>,
        _value: Ref<'_, 'ctx>,
    ) -> Result<()> {
        Err(unsupported::<Self::Class>("does not support item assignment"))
    }

    /// `del this[key]`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn delete<'ctx>(_: Context<'ctx>, _: This<'_, 'ctx, Self>, _key: Ref<'_, 'ctx>) -> Result<()> {
        Err(unsupported::<Self::Class>("doesn't support item deletion"))
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn change<'ctx, S: SetItemSlot>(
    ctx: Context<'ctx>,
    this: This<'_, 'ctx, S>,
    key: Ref<'_, 'ctx>,
    value: Option<Ref<'_, 'ctx>>,
) -> Result<()> {
    match value {
        Some(value) => S::set(ctx, this, key, value),
        None => S::delete(ctx, this, key),
    }
}

impl<S: SetItemSlot> s::SetItem for ItemDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        key: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        let this = this(mode, a)?;
        match place::<S>(a, key)? {
            Some(place) => change::<S>(ctx, this, place.as_ref(), value),
            None => change::<S>(ctx, this, key, value),
        }
    }
}

impl<S: SetItemSlot> s::SetItemAt for ItemDef<S> {
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        n: isize,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        change::<S>(ctx, this(mode, a)?, number::<S>(ctx, n)?.as_ref(), value)
    }
}

impl<S: SetItemSlot> ItemDef<S> {
    /// `mp_ass_subscript`.
    pub const fn set(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::set_item::def::<Self, _>(slot)
    }

    /// `sq_ass_item`.
    pub const fn set_at(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::set_item_at::def::<Self, _>(slot)
    }
}

const fn is_sequence<S: Slot>() -> bool {
    matches!(<S::Class as ClassTable>::COLLECTION, Collection::Sequence)
}

/// Returns the key that the method receives: for a sequence and a negative number, the index from the start.
#[cfg_attr(not(debug_assertions), inline(always))]
fn place<'ctx, S: Slot>(this: Ref<'_, 'ctx>, key: Ref<'_, 'ctx>) -> Result<Option<Handle<'ctx>>> {
    if is_sequence::<S>() && !is_natural(&key) { from_the_start(this, key) } else { Ok(None) }
}

#[inline(never)]
fn from_the_start<'ctx>(this: Ref<'_, 'ctx>, key: Ref<'_, 'ctx>) -> Result<Option<Handle<'ctx>>> {
    let number = Int::holds(&key) || !Slice::holds(&key) && key.type_()?.hasattr("__index__")?;
    if !number {
        return Ok(None);
    }
    let ctx = key.ctx();
    let n: isize = match key.extract() {
        Ok(n) => n,
        Err(error) if error.is_instance_of::<OverflowError>(ctx) => return Err(out_of_range()),
        Err(error) => return Err(error),
    };
    if n >= 0 {
        return Ok(None);
    }
    match n.checked_add_unsigned(this.len()?) {
        Some(n) if n >= 0 => Ok(Some(n.into_python(ctx)?.into_any())),
        _ => Err(out_of_range()),
    }
}

/// A number that a host gives, to which it has added the length if that is to be.
fn number<'ctx, S: Slot>(ctx: Context<'ctx>, n: isize) -> Result<Handle<'ctx>> {
    if is_sequence::<S>() && n < 0 {
        return Err(out_of_range());
    }
    Ok(n.into_python(ctx)?.into_any())
}

#[cold]
fn out_of_range() -> Error {
    Error::new::<IndexError>("index out of range")
}
