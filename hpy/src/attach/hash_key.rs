//! [`HashKey`]: Python objects as keys of Rust's maps.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::attach;
use crate::core::exceptions::NotImplementedError;
use crate::core::markers::Any;
use crate::core::{
    Context, Error, FromPython, Handle, IntoPython, Py, Ref, Result, Traverse, Visitor, panic,
};

/// A Python object as the key of a Rust map or set, by Python's `hash` and `==`.
///
/// Keys compare as those of a `dict` do: an object is equal to itself, whatever its `__eq__` says; objects with different
/// hashes are different; otherwise `==` decides. The hash is computed once, when the key is made.
///
/// `==` runs Python code, which can raise. Rust's `Eq` has no way to say so; so use the map inside of [`HashKey::scope`], which
/// ends with that exception. The operation does not go on: a map to which a key was to be added has not changed.
///
/// ```
/// #[hpy::module(host = "embedded")]
/// mod counter {
///     use std::collections::HashMap;
///
///     use hpy::{Context, HashKey, Result};
///
///     #[class]
///     #[derive(Default)]
///     struct Counter {
///         counts: HashMap<HashKey, u64>,
///     }
///
///     #[methods]
///     impl Counter {
///         #[new]
///         fn new() -> Self {
///             Counter::default()
///         }
///
///         fn add(&mut self, ctx: Context<'_>, key: HashKey) -> Result<u64> {
///             HashKey::scope(ctx, || {
///                 let count = self.counts.entry(key).or_insert(0);
///                 *count += 1;
///                 *count
///             })
///         }
///     }
/// }
/// # fn main() {}
/// ```
///
/// Python code that `==` runs can use the map at hand again. What it meets is what any code would: `&mut self` is borrowed, so
/// the method raises `RuntimeError`; a `Mutex` that is held would wait for ever, so hold none.
///
/// Outside of a scope, an exception of a comparison is reported to `sys.unraisablehook`, and the keys are different.
///
/// # Hosts
///
/// Comparing takes [`attach`], so making a key is a `NotImplementedError` where that does not work.
pub struct HashKey<T = Any> {
    object: Py<T>,
    hash: isize,
}

thread_local! {
    /// Is this thread in a scope, and not in Python code that was called from it?
    static IN_SCOPE: Cell<bool> = const { Cell::new(false) };
    /// Where panics end the process: the exception of a comparison, looked for at the end of the scope.
    static FAILED: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// Sets [`IN_SCOPE`] until it is dropped.
struct Scope(bool);

impl Scope {
    fn set(inside: bool) -> Self {
        Scope(IN_SCOPE.replace(inside))
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        IN_SCOPE.set(self.0);
    }
}

impl<T> HashKey<T> {
    /// Makes a key of an object: computes its hash.
    ///
    /// # Errors
    ///
    /// `TypeError` for an object without a hash, or what its `__hash__` raised; `NotImplementedError` on a host without
    /// [`attach`](crate::attach).
    pub fn new<'ctx>(object: impl Into<Handle<'ctx, T>>) -> Result<Self> {
        let object = object.into();
        let ctx = object.ctx();
        if !super::is_supported(ctx) {
            return Err(Error::new::<NotImplementedError>(format!(
                "hpy::HashKey compares by hpy::attach, which {} has no function for: write \
                 `#[hpy::module(host = \"embedded\")]`, or import the module with HPY_HOST=embedded",
                ctx.name()
            )));
        }
        let hash = object.hash()?;
        Ok(HashKey { object: Py::from(object), hash })
    }

    /// The object.
    pub fn object(&self) -> &Py<T> {
        &self.object
    }

    /// The object.
    pub fn into_object(self) -> Py<T> {
        self.object
    }

    /// Borrows the object for a call.
    pub fn bind<'a, 'ctx>(&'a self, ctx: Context<'ctx>) -> Ref<'a, 'ctx, T> {
        self.object.bind(ctx)
    }

    /// Creates another key of the same object.
    #[must_use]
    pub fn clone_ref(&self, ctx: Context<'_>) -> Self {
        HashKey { object: self.object.clone_ref(ctx), hash: self.hash }
    }

    /// The object's hash.
    pub fn hash_value(&self) -> isize {
        self.hash
    }

    fn equals(&self, other: &Self) -> bool {
        if self.object.is_same_word(&other.object) {
            return true;
        }
        self.hash == other.hash && self.equals_by_python(other)
    }

    #[inline(never)]
    fn equals_by_python(&self, other: &Self) -> bool {
        let equal = attach(|ctx| {
            let (one, other) = (self.bind(ctx), other.bind(ctx));
            if one.is(&*other) {
                return Ok(true);
            }
            // Python code that is called from here has scopes of its own.
            let outside = Scope::set(false);
            let compared = one.as_any().eq(other.as_any());
            drop(outside);
            compared.or_else(|error| {
                if IN_SCOPE.get() && !std::thread::panicking() && panic::can_unwind() {
                    return Err(error);
                }
                error.write_unraisable(&one);
                Ok(false)
            })
        });
        match equal {
            Ok(Ok(equal)) => equal,
            Ok(Err(error)) if cfg!(panic = "abort") => {
                FAILED.with_borrow_mut(|failed| _ = failed.get_or_insert(error));
                false
            }
            Ok(Err(error)) => panic::unwind(error),
            // The interpreter is gone: nobody can say that they are equal.
            Err(_) => false,
        }
    }
}

impl HashKey {
    /// Runs `f`, which uses maps with keys of Python objects; an exception of a comparison ends it.
    ///
    /// It ends by unwinding, as a panic would, but nothing is printed. Rust's maps and sets have not changed then; what `f`
    /// itself has done before is done. A `std` lock whose guard `f` made itself is poisoned: lock outside.
    ///
    /// Rust functions that `f` calls by way of Python belong to the scope, too; those that a comparison calls need one of their own.
    ///
    /// # Errors
    ///
    /// The exception of the first comparison that raised.
    pub fn scope<R>(_: Context<'_>, f: impl FnOnce() -> R) -> Result<R> {
        let result = {
            let _inside = Scope::set(true);
            catch_unwind(AssertUnwindSafe(f))
        };
        match result.map_err(panic::raised) {
            Ok(result) if cfg!(panic = "abort") => FAILED.take().map_or(Ok(result), Err),
            Ok(result) => Ok(result),
            Err(Ok(error)) => Err(error),
            Err(Err(panic)) => resume_unwind(panic),
        }
    }
}

impl<T> PartialEq for HashKey<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.equals(other)
    }
}

impl<T> Eq for HashKey<T> {}

impl<T> Hash for HashKey<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_isize(self.hash);
    }
}

// SAFETY: it owns one `Py`.
unsafe impl<T> Traverse for HashKey<T> {
    #[inline]
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.object.traverse(visitor);
    }
}

impl<T> fmt::Debug for HashKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HashKey").field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl<'a, 'ctx, T: crate::core::markers::PythonType> FromPython<'a, 'ctx> for HashKey<T> {
    type Error = Error;
    const HINT: crate::core::Hint = crate::core::Hint::Name(T::NAME);

    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        HashKey::new(value.downcast::<T>()?.clone())
    }
}

impl<'ctx, T: crate::core::markers::PythonType> IntoPython<'ctx> for HashKey<T> {
    type Target = T;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self.object.into_handle(ctx))
    }
}

impl<'ctx, T: crate::core::markers::PythonType> IntoPython<'ctx> for &HashKey<T> {
    type Target = T;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self.object.get(ctx))
    }
}
