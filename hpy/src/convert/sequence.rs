//! Sequences: `Vec`, arrays and slices.

use super::no_text;
use crate::core::exceptions::{IndexError, ValueError};
use crate::core::markers::{Any, Dict, List, PythonType, Set, Tuple};
use crate::core::{Context, Error, FromPython, FromPythonOwned, Handle, Hint, IntoPython, Result};

/// Number of items to reserve memory for in advance. An object may lie about its length.
const TRUSTED_LENGTH: usize = 1 << 16;

/// Calls `f` with each item of a sequence. A list may shrink meanwhile, in `f` or in another thread: the items that are left
/// are seen. Subclasses of `list` and `tuple` are iterated, as `list(value)` does: their `__len__` may say anything.
fn for_each_item<'ctx>(
    value: &Handle<'ctx>,
    hint: &Hint,
    mut f: impl FnMut(usize, Handle<'ctx>) -> Result<()>,
) -> Result<()> {
    if is_plain(value) {
        let mut i = 0;
        while i < value.len()? {
            match value.item(i) {
                Ok(item) => f(i, item)?,
                Err(error) if error.is_instance_of::<IndexError>(value.ctx()) && i >= value.len()? => break,
                Err(error) => return Err(error),
            }
            i += 1;
        }
        return Ok(());
    }
    if List::holds(value) || Tuple::holds(value) {
        return iterate(value, f);
    }
    no_text(value, hint)?;
    let is_sequence = !Dict::check(value)?
        && !Set::check(value)?
        && value.hasattr("__len__")?
        && value.hasattr("__getitem__")?;
    if !is_sequence {
        return Err(Error::type_mismatch(hint.to_string(), value));
    }
    iterate(value, f)
}

fn iterate<'ctx>(value: &Handle<'ctx>, mut f: impl FnMut(usize, Handle<'ctx>) -> Result<()>) -> Result<()> {
    for (i, item) in value.iter()?.into_iter().enumerate() {
        f(i, item?)?;
    }
    Ok(())
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
        // Others are not asked: what has no length would make an exception, and GraalPy 24's own HPy has no answer for `int`.
        let room = if is_plain(value) { value.len()?.min(TRUSTED_LENGTH) } else { 0 };
        let mut items = Vec::with_capacity(room);
        for_each_item(value, &Self::HINT, |i, item| {
            let item =
                item.extract::<T>().map_err(|error| error.at(format_args!("item {i}"), item.as_raw()))?;
            items.push(item);
            Ok(())
        })?;
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
