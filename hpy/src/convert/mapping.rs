//! Mappings.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use crate::core::markers::{Dict, PythonType};
use crate::core::{Context, Error, FromPython, FromPythonOwned, Handle, Hint, IntoPython, Result};

/// Number of items to reserve memory for in advance. A subclass may lie about its length.
const TRUSTED_LENGTH: usize = 1 << 16;

/// The value as a `dict`.
fn as_dict<'v, 'ctx>(value: &'v Handle<'ctx>, hint: &Hint) -> Result<&'v Handle<'ctx, Dict>> {
    if Dict::check(value)? {
        // SAFETY: just checked.
        Ok(unsafe { value.cast_unchecked() })
    } else {
        Err(Error::type_mismatch(hint.to_string(), value))
    }
}

/// Calls `f` with each key and value of a `dict`.
fn for_each<'ctx, K: FromPythonOwned<'ctx>, V: FromPythonOwned<'ctx>>(
    dict: &Handle<'ctx, Dict>,
    mut f: impl FnMut(K, V),
) -> Result<()> {
    dict.for_each(|key, value| {
        let converted = key.extract().map_err(|error| at_key(error, "key", &key, &key))?;
        f(converted, value.extract().map_err(|error| at_key(error, "value of", &key, &value))?);
        Ok(())
    })
}

/// Adds the key to the message of an error, if that has a message of ours.
#[cold]
fn at_key(error: Error, what: &str, key: &Handle<'_>, value: &Handle<'_>) -> Error {
    if !error.has_message() {
        return error;
    }
    match key.repr().and_then(|text| text.to_string()) {
        Ok(name) => error.at(format_args!("{what} {name}"), value.as_raw()),
        Err(failed) if failed.must_propagate(key.ctx()) => failed,
        Err(_) => error.at(format_args!("{what} ?"), value.as_raw()),
    }
}

fn into_dict<'ctx, K: IntoPython<'ctx>, V: IntoPython<'ctx>>(
    ctx: Context<'ctx>,
    items: impl IntoIterator<Item = (K, V)>,
) -> Result<Handle<'ctx, Dict>> {
    let dict = Dict::new(ctx)?;
    for (key, value) in items {
        dict.put(key, value)?;
    }
    Ok(dict)
}

impl<'ctx, K, V, S> FromPython<'_, 'ctx> for HashMap<K, V, S>
where
    K: FromPythonOwned<'ctx> + Eq + Hash,
    V: FromPythonOwned<'ctx>,
    S: BuildHasher + Default,
{
    type Error = Error;
    const HINT: Hint =
        Hint::Generic("dict", &[<K as FromPython<'_, 'ctx>>::HINT, <V as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let dict = as_dict(value, &Self::HINT)?;
        let mut map = HashMap::with_capacity_and_hasher(dict.len()?.min(TRUSTED_LENGTH), S::default());
        for_each(dict, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

impl<'ctx, K, V> FromPython<'_, 'ctx> for BTreeMap<K, V>
where
    K: FromPythonOwned<'ctx> + Ord,
    V: FromPythonOwned<'ctx>,
{
    type Error = Error;
    const HINT: Hint =
        Hint::Generic("dict", &[<K as FromPython<'_, 'ctx>>::HINT, <V as FromPython<'_, 'ctx>>::HINT]);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let mut map = BTreeMap::new();
        for_each(as_dict(value, &Self::HINT)?, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

impl<'ctx, K: IntoPython<'ctx>, V: IntoPython<'ctx>, S> IntoPython<'ctx> for HashMap<K, V, S> {
    type Target = Dict;
    type Error = Error;
    const HINT: Hint = Hint::Generic("dict", &[K::HINT, V::HINT]);

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Dict>> {
        into_dict(ctx, self)
    }
}

impl<'ctx, K: IntoPython<'ctx>, V: IntoPython<'ctx>> IntoPython<'ctx> for BTreeMap<K, V> {
    type Target = Dict;
    type Error = Error;
    const HINT: Hint = Hint::Generic("dict", &[K::HINT, V::HINT]);

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Dict>> {
        into_dict(ctx, self)
    }
}
