//! [`Iter`]: a Rust iterator as a Python iterator.

use core::fmt;
use core::marker::PhantomData;
use std::sync::Mutex;

use super::type_object::class_of_the_crate;
use crate::call::result::Output;
use crate::core::{Context, Error, Handle, IntoPython, Result};
use crate::types::iterator::Iterator;

/// A Rust iterator as a Python iterator, to be returned by a function, a method or `__iter__`.
///
/// ```
/// #[hpy::module]
/// mod numbers {
///     /// The squares of the numbers below `end`.
///     #[function]
///     fn squares(end: u64) -> hpy::Iter<u64> {
///         hpy::Iter::new((0..end).map(|n| n * n))
///     }
///
///     #[class]
///     struct Bag {
///         things: Vec<String>,
///     }
///
///     #[methods]
///     impl Bag {
///         fn __iter__(&self) -> hpy::Iter<String> {
///             hpy::Iter::new(self.things.clone())
///         }
///     }
/// }
/// # fn main() {}
/// ```
///
/// The iterator owns its data, because Python may keep it, and is `Send`, because Python may use it on any thread. An item can
/// be a `Result`, whose error is raised by that call of `next`; the following call continues. After the end, or after a panic,
/// there are no more items. `operator.length_hint` returns the lower bound of `size_hint`.
///
/// All these iterators of a library are instances of one class, `hpy.Iterator`.
pub struct Iter<T> {
    items: Box<dyn Items>,
    item: PhantomData<fn() -> T>,
}

impl<T: for<'ctx> Output<'ctx>> Iter<T> {
    /// Creates a Python iterator from anything that can be iterated over.
    pub fn new<I>(items: I) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        Iter { items: Box::new(items.into_iter()), item: PhantomData }
    }
}

impl<T> fmt::Debug for Iter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}

impl<'ctx, T> IntoPython<'ctx> for Iter<T> {
    type Target = Iterator;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Iterator>> {
        class_of_the_crate::<RustIterator>(ctx)?;
        let items = Some(Mutex::new(self.items));
        let object = Handle::new(ctx, RustIterator { items, broken: false })?;
        // SAFETY: the class has a `__next__`.
        Ok(unsafe { object.cast_into_unchecked() })
    }
}

/// An iterator that gives Python objects.
trait Items: Send {
    fn next<'ctx>(&mut self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>>;
    fn at_least(&self) -> usize;
}

impl<I> Items for I
where
    I: core::iter::Iterator + Send,
    I::Item: for<'ctx> Output<'ctx>,
{
    fn next<'ctx>(&mut self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        core::iter::Iterator::next(self).map(|item| item.output(ctx)).transpose()
    }

    fn at_least(&self) -> usize {
        self.size_hint().0
    }
}

/// The class.
#[hpy_macros::class(crate = "crate", name = "Iterator", module = "hpy")]
pub(crate) struct RustIterator {
    /// None after the end. Never locked: only `&mut self` gets at it, so that all threads may have it.
    items: Option<Mutex<Box<dyn Items>>>,
    /// It is just being asked for an item; afterwards, it panicked.
    broken: bool,
}

#[hpy_macros::methods(crate = "crate")]
impl RustIterator {
    fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
        slf.clone()
    }

    fn __next__<'ctx>(&mut self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        let Some(items) = self.items.as_mut().filter(|_| !self.broken) else { return Ok(None) };
        self.broken = true;
        let next = inside(items).next(ctx);
        self.broken = false;
        if matches!(next, Ok(None)) {
            self.items = None;
        }
        next
    }

    fn __length_hint__(&mut self) -> usize {
        let items = self.items.as_mut().filter(|_| !self.broken);
        let at_least = items.map_or(0, |items| inside(items).at_least());
        // What iterates for ever says `usize::MAX`, which nobody should make room for.
        if at_least > isize::MAX as usize { 0 } else { at_least }
    }
}

fn inside(items: &mut Mutex<Box<dyn Items>>) -> &mut dyn Items {
    match items.get_mut() {
        Ok(items) => &mut **items,
        Err(poisoned) => &mut **poisoned.into_inner(),
    }
}
