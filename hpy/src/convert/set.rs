//! Sets.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hash};

use super::sequence::{Place, of_plain, push};
use crate::core::markers::{FrozenSet, List, PythonType, Set};
use crate::core::{Context, Error, FromPython, FromPythonOwned, Handle, Hint, IntoPython, Result};

/// The items of a `set` or `frozenset`. One of no subclass is copied into a list first, so it can't change meanwhile; of another,
/// Python itself notices that.
fn items<'ctx, T: FromPythonOwned<'ctx>>(value: &Handle<'ctx>, hint: &Hint) -> Result<Vec<T>> {
    let ctx = value.ctx();
    if !value.is_a::<Set>()? && !value.is_a::<FrozenSet>()? {
        return Err(Error::type_mismatch(hint.to_string(), value));
    }
    let ty = value.type_()?;
    if ty.is(&Set::type_object(ctx)?) || ty.is(&FrozenSet::type_object(ctx)?) {
        return of_plain(List::of(value)?.as_any(), Place::Any);
    }
    let mut items = Vec::new();
    for item in value.iter()? {
        push(&mut items, &item?, Place::Any)?;
    }
    Ok(items)
}

fn into_set<'ctx, T: IntoPython<'ctx>>(
    ctx: Context<'ctx>,
    items: impl IntoIterator<Item = T>,
) -> Result<Handle<'ctx, Set>> {
    Set::of(ctx, items)
}

impl<'ctx, T, S> FromPython<'_, 'ctx> for HashSet<T, S>
where
    T: FromPythonOwned<'ctx> + Eq + Hash,
    S: BuildHasher + Default,
{
    type Error = Error;
    const HINT: Hint = Hint::Generic("set", &[<T as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        Ok(items(value, &Self::HINT)?.into_iter().collect())
    }
}

impl<'ctx, T: FromPythonOwned<'ctx> + Ord> FromPython<'_, 'ctx> for BTreeSet<T> {
    type Error = Error;
    const HINT: Hint = Hint::Generic("set", &[<T as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        Ok(items(value, &Self::HINT)?.into_iter().collect())
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
