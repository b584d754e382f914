//! Sequences: `Vec`, arrays and slices.

use super::no_text;
use crate::core::exceptions::{IndexError, ValueError};
use crate::core::markers::{Any, Dict, List, PythonType, Set, Tuple};
use crate::core::{
    Context, Error, FromPython, FromPythonOwned, Handle, Hint, InPlace, IntoPython, Result, ffi,
};

/// Number of items to reserve memory for in advance. An object may lie about its length.
const TRUSTED_LENGTH: usize = 1 << 16;

/// How the place of an item is called in an error.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// By its index.
    Index,
    /// The items have no order.
    Any,
}

impl Place {
    #[cold]
    fn tell(self, error: Error, index: usize, item: &Handle<'_>) -> Error {
        match self {
            Place::Index => error.at(format_args!("item {index}"), item.as_raw()),
            Place::Any => error.at("an item", item.as_raw()),
        }
    }
}

/// Converts one more item.
pub(super) fn push<'ctx, T: FromPythonOwned<'ctx>>(
    items: &mut Vec<T>,
    item: &Handle<'ctx>,
    place: Place,
) -> Result<()> {
    match item.extract::<T>() {
        Ok(value) => {
            items.push(value);
            Ok(())
        }
        Err(error) => Err(place.tell(error, items.len(), item)),
    }
}

/// The items of an exact `list` or `tuple`. A list may change meanwhile, in a conversion or in another thread: the items that are
/// there when their turn comes are seen.
pub(super) fn of_plain<'ctx, T: FromPythonOwned<'ctx>>(value: &Handle<'ctx>, place: Place) -> Result<Vec<T>> {
    let mut items = Vec::new();
    let ctx = value.ctx();
    // GraalPy's own host gives items that a list had before it shrank.
    let checks_index = ctx.is_embedded() || !ctx.name().contains("Graal");
    let mut walk = Walk { value, checks_index, len: None };
    loop {
        read_in_place(value, &mut items);
        let Some(item) = walk.item(items.len())? else { return Ok(items) };
        if let (0, Some(len)) = (items.capacity(), walk.len) {
            items.reserve(len.min(TRUSTED_LENGTH));
        }
        push(&mut items, &item, place)?;
    }
}

/// Reserves memory, and reads the items from `items.len()` on, up to one that is not simple.
#[cfg_attr(not(debug_assertions), inline(always))]
fn read_in_place<'ctx, T: FromPythonOwned<'ctx>>(value: &Handle<'ctx>, items: &mut Vec<T>) {
    let ctx = value.ctx();
    let quick = <T as FromPython<'_, 'ctx>>::QUICK.0;
    if quick.is_none() && items.capacity() > 0 {
        return;
    }
    // SAFETY: invariants 2 and 16: a `Quick` conversion reads memory only.
    unsafe {
        ffi::with_items(ctx, value.as_raw(), |found| {
            if items.capacity() == 0 {
                // The list has that many items in memory; what they become may be larger.
                let most = if quick.is_some() { usize::MAX } else { TRUSTED_LENGTH };
                items.reserve_exact(found.len().min(most));
            }
            let (Some(quick), Some(found)) = (quick, found.get(items.len()..)) else { return };
            items.extend(
                found.iter().map_while(
                    |item| {
                        if item.is_null() { None } else { quick(InPlace::new(ctx, *item)) }
                    },
                ),
            );
        })
    };
}

/// Gives the items of an exact `list` or `tuple` by their index.
struct Walk<'v, 'ctx> {
    value: &'v Handle<'ctx>,
    /// Whether the host refuses an index that is too large.
    checks_index: bool,
    /// As it was found, where it had to be asked for.
    len: Option<usize>,
}

impl<'ctx> Walk<'_, 'ctx> {
    /// The item at an index; `None` at the end.
    fn item(&mut self, index: usize) -> Result<Option<Handle<'ctx>>> {
        let (value, ctx) = (self.value, self.value.ctx());
        // SAFETY: invariant 2.
        if let Some(item) = unsafe { ffi::list_item(ctx, value.as_raw(), index) } {
            if item.is_null() {
                return Ok(None);
            }
            // SAFETY: a new handle.
            return Ok(Some(unsafe { Handle::from_raw(ctx, item) }));
        }
        if !self.checks_index || self.len.is_none_or(|len| index >= len) {
            let len = value.len()?;
            self.len = Some(len);
            if index >= len {
                return Ok(None);
            }
        }
        match value.item(index) {
            Err(error) if error.is_instance_of::<IndexError>(ctx) && index >= value.len()? => Ok(None),
            item => item.map(Some),
        }
    }
}

/// Returns an error unless the object is a sequence, by its type. Subclasses of `list` and `tuple` are iterated, as `list(value)`
/// does: their `__len__` may say anything.
fn check_sequence(value: &Handle<'_>, hint: &Hint) -> Result<()> {
    if List::holds(value) || Tuple::holds(value) {
        return Ok(());
    }
    no_text(value, hint)?;
    let is_sequence = !Dict::check(value)?
        && !Set::check(value)?
        && value.hasattr("__len__")?
        && value.hasattr("__getitem__")?;
    if is_sequence { Ok(()) } else { Err(Error::type_mismatch(hint.to_string(), value)) }
}

/// Returns whether the object is a `list` or a `tuple`, and no instance of a subclass.
fn is_plain(value: &Handle<'_>) -> bool {
    // SAFETY: invariant 4.
    let (list, tuple) = unsafe { ((*value.ctx().raw()).h_ListType, (*value.ctx().raw()).h_TupleType) };
    value.has_type(list) || value.has_type(tuple)
}

impl<'ctx, T: FromPythonOwned<'ctx>> FromPython<'_, 'ctx> for Vec<T> {
    type Error = Error;
    const HINT: Hint = Hint::Generic("Sequence", &[<T as FromPython<'_, 'ctx>>::HINT]);

    /// Accepts a `list`, a `tuple`, or any other sequence (`bytes` and `bytearray` for `Vec<u8>`), but not a `str`.
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        if let Some(whole) = T::vec_from_python(value) {
            return whole;
        }
        if is_plain(value) {
            return of_plain(value, Place::Index);
        }
        check_sequence(value, &Self::HINT)?;
        let mut items = Vec::new();
        for item in value.iter()? {
            push(&mut items, &item?, Place::Index)?;
        }
        Ok(items)
    }
}

impl<'ctx, T: FromPythonOwned<'ctx>, const N: usize> FromPython<'_, 'ctx> for [T; N] {
    type Error = Error;
    const HINT: Hint = Hint::Generic("Sequence", &[<T as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let items = Vec::<T>::from_python(value)?;
        let len = items.len();
        items.try_into().map_err(|_| Error::new::<ValueError>(format!("expected {N} items, not {len}")))
    }
}

impl<'ctx, T: IntoPython<'ctx>> IntoPython<'ctx> for Vec<T> {
    type Target = Any;
    type Error = Error;
    const HINT: Hint = T::VEC_HINT;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        T::vec_into_python(self, ctx)
    }
}

impl<'ctx, T: IntoPython<'ctx>, const N: usize> IntoPython<'ctx> for [T; N] {
    type Target = Any;
    type Error = Error;
    const HINT: Hint = T::VEC_HINT;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        T::vec_into_python(self.into(), ctx)
    }
}
