//! Rust closures as Python callables: [`Callable::new`] and [`CallableBuilder`].

mod args;
pub(crate) mod function;
mod signature;

use core::fmt;
use core::marker::PhantomData;

use self::function::{Body, RustFunction};
use self::signature::Signature;
use super::type_object::class_of_the_crate;
use crate::call::result::Output;
use crate::core::markers::Callable;
use crate::core::{Context, Handle, Result};

pub use args::{Args, FromArgs};

impl Callable {
    /// Creates a Python callable of a closure.
    ///
    /// The closure gets the context of each call and its arguments. It returns any value that converts to Python, or a
    /// `Result` of one; an object is returned as [`Py`](crate::Py) (`handle.unbind()`). [`Callable::build`] also sets a docstring
    /// and a signature.
    ///
    /// ```
    /// #[hpy::module]
    /// mod scales {
    ///     use hpy::types::Callable;
    ///     use hpy::{Context, Handle, Result};
    ///
    ///     /// A function that multiplies by `factor`.
    ///     #[function]
    ///     fn scale_by<'ctx>(ctx: Context<'ctx>, factor: f64) -> Result<Handle<'ctx, Callable>> {
    ///         Callable::new(ctx, "scale", move |_, args| -> Result<f64> {
    ///             let (value,): (f64,) = args.extract()?;
    ///             Ok(value * factor)
    ///         })
    ///     }
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// The callable owns the closure, which is `Send` and `Sync`, because Python may keep the callable, call it on any thread, and
    /// call it again while it runs. State that changes is kept in atomics or locks. The closure is dropped with the callable. A panic
    /// becomes a `PanicException`.
    ///
    /// The garbage collector does not see objects that the closure captures as [`Py`](crate::Py): one that refers to the callable itself
    /// makes a cycle that is never collected. A class with `__call__` and a [`Field`](crate::Field) has no such limit.
    ///
    /// All these callables of a library are instances of one class, `hpy.Function`, with `__name__`, `__qualname__`, `__doc__`
    /// and `__signature__`. As a class attribute, such a callable is not bound to instances, like a builtin function.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new<'ctx, F, R>(
        ctx: Context<'ctx>,
        name: impl Into<String>,
        f: F,
    ) -> Result<Handle<'ctx, Callable>>
    where
        F: for<'a, 'call> Fn(Context<'call>, &Args<'a, 'call>) -> R + Send + Sync + 'static,
        R: for<'call> Output<'call> + 'static,
    {
        Callable::build(name, f).create(ctx)
    }

    /// Describes a Python callable of a closure, to be created by [`CallableBuilder::create`].
    ///
    /// ```
    /// # use hpy::{Context, Handle, Result, types::Callable};
    /// fn repeat<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
    ///     Callable::build("repeat", |_, args| -> Result<String> {
    ///         let (text, times): (&str, Option<usize>) = args.extract()?;
    ///         Ok(text.repeat(times.unwrap_or(2)))
    ///     })
    ///     .signature("text, /, times=2")
    ///     .doc("Repeat a text.")
    ///     .create(ctx)
    /// }
    /// ```
    pub fn build<F, R>(name: impl Into<String>, f: F) -> CallableBuilder
    where
        F: for<'a, 'call> Fn(Context<'call>, &Args<'a, 'call>) -> R + Send + Sync + 'static,
        R: for<'call> Output<'call> + 'static,
    {
        let body = Box::new(Closure { f, result: PhantomData });
        CallableBuilder { name: name.into(), doc: None, signature: None, body }
    }
}

/// A closure with its result's type.
struct Closure<F, R> {
    f: F,
    result: PhantomData<fn() -> R>,
}

impl<F, R> Body for Closure<F, R>
where
    F: for<'a, 'call> Fn(Context<'call>, &Args<'a, 'call>) -> R + Send + Sync,
    R: for<'call> Output<'call>,
{
    fn call<'ctx>(&self, ctx: Context<'ctx>, args: &Args<'_, 'ctx>) -> Result<Handle<'ctx>> {
        (self.f)(ctx, args).output(ctx)
    }
}

/// A closure that becomes a Python callable: see [`Callable::build`].
#[must_use = "`create` makes the callable"]
pub struct CallableBuilder {
    name: String,
    doc: Option<String>,
    signature: Option<String>,
    body: Box<dyn Body>,
}

impl fmt::Debug for CallableBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallableBuilder").field("name", &self.name).finish_non_exhaustive()
    }
}

impl CallableBuilder {
    /// Sets the docstring.
    pub fn doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = Some(doc.into());
        self
    }

    /// Sets the parameters, in Python's notation: `"path, /, depth=1, *, strict=False, **options"`. Arguments are then accepted by
    /// position and by keyword as for a function with this signature. Without one, [`Args::extract`] takes positional arguments
    /// only.
    ///
    /// A default is what Python shows; [`Args::extract`] converts a parameter that was not passed like `None`.
    pub fn signature(mut self, signature: impl Into<String>) -> Self {
        self.signature = Some(signature.into());
        self
    }

    /// Creates the callable.
    ///
    /// # Errors
    ///
    /// Returns a `ValueError` for a signature that Python would not accept, or a `MemoryError`.
    pub fn create<'ctx>(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        let signature = self.signature.as_deref().map(Signature::parse).transpose()?;
        class_of_the_crate::<RustFunction>(ctx)?;
        let function = RustFunction { name: self.name, doc: self.doc, signature, body: self.body };
        let object = Handle::new(ctx, function)?;
        // SAFETY: the class has a `__call__`.
        Ok(unsafe { object.cast_into_unchecked() })
    }
}
