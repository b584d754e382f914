//! Sets.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

use crate::core::markers::{FrozenSet, Set};
use crate::core::{Context, Error, FromPython, FromPythonOwned, Handle, Hint, IntoPython, Result};

/// Calls `f` with each item of a `set` or `frozenset`. Python itself notices if the set changes meanwhile.
fn for_each<'ctx>(
    value: &Handle<'ctx>,
    hint: &Hint,
    mut f: impl FnMut(Handle<'ctx>) -> Result<()>,
) -> Result<()> {
    if !value.is_a::<Set>()? && !value.is_a::<FrozenSet>()? {
        return Err(Error::type_mismatch(hint.to_string(), value));
    }
    for item in value.iter()? {
        f(item?)?;
    }
    Ok(())
}

fn into_set<'ctx, T: IntoPython<'ctx>>(
    ctx: Context<'ctx>,
    items: impl IntoIterator<Item = T>,
) -> Result<Handle<'ctx, Set>> {
    let set = Set::new(ctx)?;
    for item in items {
        set.add(item)?;
    }
    Ok(set)
}

impl<'ctx, T, S> FromPython<'_, 'ctx> for HashSet<T, S>
where
    T: FromPythonOwned<'ctx> + Eq + Hash,
    S: BuildHasher + Default,
{
    type Error = Error;
    const HINT: Hint = Hint::Generic("set", &[<T as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let mut set = HashSet::default();
        for_each(value, &Self::HINT, |item| {
            set.insert(item.extract::<T>().map_err(|error| error.at("an item", item.as_raw()))?);
            Ok(())
        })?;
        Ok(set)
    }
}

impl<'ctx, T: FromPythonOwned<'ctx> + Ord> FromPython<'_, 'ctx> for BTreeSet<T> {
    type Error = Error;
    const HINT: Hint = Hint::Generic("set", &[<T as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let mut set = BTreeSet::new();
        for_each(value, &Self::HINT, |item| {
            set.insert(item.extract::<T>().map_err(|error| error.at("an item", item.as_raw()))?);
            Ok(())
        })?;
        Ok(set)
    }
}

impl<'ctx, T: IntoPython<'ctx>, S> IntoPython<'ctx> for HashSet<T, S> {
    type Target = Set;
    type Error = Error;
    const HINT: Hint = Hint::Generic("set", &[T::HINT]);

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Set>> {
        into_set(ctx, self)
    }
}

impl<'ctx, T: IntoPython<'ctx>> IntoPython<'ctx> for BTreeSet<T> {
    type Target = Set;
    type Error = Error;
    const HINT: Hint = Hint::Generic("set", &[T::HINT]);

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Set>> {
        into_set(ctx, self)
    }
}
