//! Sequences: `Vec`, arrays and slices.

use super::{FromPython, FromPythonOwned, IntoPython, no_text};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exceptions::ValueError;
use crate::handle::Handle;
use crate::hint::Hint;
use crate::types::{Any, Dict, List, PythonType, Set, Tuple};

/// How many items to make room for before they are seen: an object may lie about its length.
const TRUSTED_LENGTH: usize = 1 << 16;

/// Calls `f` with each item of a sequence. A list may shrink meanwhile: the items that are left are seen.
fn for_each_item<'ctx>(
    value: &Handle<'ctx>,
    hint: &Hint,
    mut f: impl FnMut(usize, Handle<'ctx>) -> Result<()>,
) -> Result<()> {
    if List::holds(value) || Tuple::holds(value) {
        let mut i = 0;
        while i < value.len()? {
            f(i, value.item(i)?)?;
            i += 1;
        }
        return Ok(());
    }
    no_text(value, hint)?;
    let is_sequence = !Dict::check(value)?
        && !Set::check(value)?
        && value.hasattr("__len__")?
        && value.hasattr("__getitem__")?;
    if !is_sequence {
        return Err(Error::type_mismatch(hint.to_string(), value));
    }
    for (i, item) in value.iter()?.into_iter().enumerate() {
        f(i, item?)?;
    }
    Ok(())
}

impl<'ctx, T: FromPythonOwned<'ctx>> FromPython<'_, 'ctx> for Vec<T> {
    type Error = Error;
    const HINT: Hint = Hint::Generic("Sequence", &[<T as FromPython<'_, 'ctx>>::HINT]);

    /// A `list`, a `tuple`, or any other sequence (`bytes` and `bytearray` for `Vec<u8>`); not a `str`.
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        if let Some(whole) = T::vec_from_python(value) {
            return whole;
        }
        // Others are not asked: what has no length would make an exception, and GraalPy 24's own HPy has no answer for `int`.
        let sized = List::holds(value) || Tuple::holds(value);
        let room = if sized { value.len()?.min(TRUSTED_LENGTH) } else { 0 };
        let mut items = Vec::with_capacity(room);
        for_each_item(value, &Self::HINT, |i, item| {
            let item = item.extract::<T>().map_err(|error| error.at(format_args!("item {i}")))?;
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
        items.try_into().map_err(|_| Error::new::<ValueError>(format!("expected {N} items, got {len}")))
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
