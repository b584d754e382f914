//! [`Interned`]: a constant name as a Python `str`, made once. [`AttrName`]: what can name an attribute.

use core::fmt;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};
use std::ffi::CString;

use hpy_sys::{HPy, HPyContext};

use super::context::Context;
use super::conversion::IntoPython;
use super::error::{Error, Result};
use super::handle::{Handle, Ref};
use super::markers::Str;

/// A constant text as a Python `str`: the object is created and interned at its first use, and kept.
///
/// The name of an attribute or a method as a `&str` becomes a new `str` object for each lookup, which Python then has to hash. As an
/// `Interned`, it costs one load. [`intern!`](crate::intern) writes one where the name is used; a `static` of this type gives it
/// a name of its own:
///
/// ```
/// # use hpy::{Handle, Interned, Result};
/// static REAL: Interned = Interned::new("real");
///
/// fn real_part(number: &Handle<'_>) -> Result<f64> {
///     number.getattr(&REAL)?.extract()
/// }
/// ```
///
/// A `&'static Interned` is accepted wherever a name is ([`AttrName`]), and converts to a `str`, so it can also be an argument or the key of a
/// dict.
pub struct Interned {
    text: &'static str,
    /// The embedded host's: an object, or 0.
    own: AtomicIsize,
    /// Of the host in another file that was first to ask: a handle that is never closed, or 0.
    other: AtomicIsize,
    /// The context that `other` belongs to; null until then.
    ctx: AtomicPtr<HPyContext>,
}

impl Interned {
    /// Creates the constant. Python is not needed yet.
    pub const fn new(text: &'static str) -> Self {
        Interned {
            text,
            own: AtomicIsize::new(0),
            other: AtomicIsize::new(0),
            ctx: AtomicPtr::new(core::ptr::null_mut()),
        }
    }

    /// Returns the text.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Returns the `str` object.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the object can't be created.
    pub fn get<'ctx>(&'static self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Str>> {
        self.hold(ctx).map(|held| (*held).clone())
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn borrow<'ctx>(&'static self, ctx: Context<'ctx>) -> Result<HeldName<'ctx>> {
        // `Acquire`: another thread may have made the object, and there may be no GIL.
        let raw = if ctx.is_embedded() {
            self.own.load(Ordering::Acquire)
        } else if self.ctx.load(Ordering::Acquire) == ctx.raw() {
            self.other.load(Ordering::Relaxed)
        } else {
            0
        };
        if raw == 0 {
            return self.first(ctx);
        }
        // SAFETY: invariant 18: a reference, or a handle of this context, that is kept for ever.
        Ok(HeldName::borrowed(unsafe { Handle::from_raw(ctx, HPy { _i: raw }) }))
    }

    /// Creates the object, and keeps it where the host allows that.
    #[cold]
    #[inline(never)]
    fn first<'ctx>(&'static self, ctx: Context<'ctx>) -> Result<HeldName<'ctx>> {
        let made = self.make(ctx)?;
        if !ctx.is_embedded() && !keeps_handles(ctx) {
            return Ok(HeldName::owned(made));
        }
        let place = if ctx.is_embedded() { &self.own } else { &self.other };
        // `AcqRel`: whoever reads the word sees the object that it stands for.
        match place.compare_exchange(0, made.as_raw()._i, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => {
                if !ctx.is_embedded() {
                    self.ctx.store(ctx.raw(), Ordering::Release);
                }
                Ok(HeldName::borrowed(made))
            }
            // Another thread was faster, or another host has the place.
            Err(_) => Ok(HeldName::owned(made)),
        }
    }

    fn make<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Str>> {
        if !ctx.is_embedded() {
            let text = Str::new(ctx, self.text)?;
            if super::text::is_graalpy(ctx) {
                return Ok(text); // its HPy refuses an interned text as the name of a method
            }
            return ctx.import("sys")?.call_method("intern", (text,))?.downcast_into();
        }
        let Ok(text) = CString::new(self.text) else { return Str::new(ctx, self.text) };
        // SAFETY: invariant 5: the API is loaded; a NUL-terminated text.
        let object = unsafe { (hpy_host::api().PyUnicode_InternFromString)(text.as_ptr()) };
        // SAFETY: invariant 3: a new reference to a `str`, or NULL with an exception.
        unsafe { Handle::from_result(ctx, HPy { _i: object as isize }) }
    }
}

/// Can a handle of this context stay open for ever? Debug modes report one as a leak.
fn keeps_handles(ctx: Context<'_>) -> bool {
    let name = ctx.name();
    !name.contains("Debug") && !name.contains("Trace")
}

impl fmt::Debug for Interned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Interned").field(&self.text).finish()
    }
}

impl<'ctx> IntoPython<'ctx> for &'static Interned {
    type Target = Str;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Str>> {
        self.get(ctx)
    }
}

/// A handle on a name, for the time of a lookup: closed at its end, unless the name is kept.
#[allow(missing_debug_implementations)] // named in a sealed trait only
pub struct HeldName<'ctx> {
    handle: ManuallyDrop<Handle<'ctx, Str>>,
    owned: bool,
}

impl<'ctx> HeldName<'ctx> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn borrowed(handle: Handle<'ctx, Str>) -> Self {
        HeldName { handle: ManuallyDrop::new(handle), owned: false }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn owned(handle: Handle<'ctx, Str>) -> Self {
        HeldName { handle: ManuallyDrop::new(handle), owned: true }
    }
}

impl<'ctx> Deref for HeldName<'ctx> {
    type Target = Handle<'ctx, Str>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &Handle<'ctx, Str> {
        &self.handle
    }
}

impl Drop for HeldName<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if self.owned {
            // SAFETY: dropped once, here, and not used again.
            unsafe { ManuallyDrop::drop(&mut self.handle) }
        }
    }
}

/// The name of an attribute, a method or a keyword argument.
///
/// - [`intern!("name")`](crate::intern), or another `&'static` [`Interned`]: costs one load. For names that the code knows.
/// - `&str`, `&String`, `&Cow<str>`: becomes a new `str` object for each lookup. For names known only at run time.
/// - `&Handle<'ctx, Str>`, `Ref<'_, 'ctx, Str>`: a name that is an object already.
///
/// This trait is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't name an attribute",
    label = "not a name",
    note = "a name is a `&str`, `hpy::intern!(\"name\")`, or a `&Handle<'ctx, Str>`; `handle.downcast::<Str>()?` checks that an object is a `str`"
)]
pub trait AttrName<'ctx>: sealed::Name<'ctx> {}

impl<'ctx, T: sealed::Name<'ctx>> AttrName<'ctx> for T {}

pub(crate) mod sealed {
    use core::ops::Deref;

    use crate::core::markers::Str;
    use crate::core::{Context, Handle, Result};

    pub trait Name<'ctx>: Sized {
        /// What keeps the handle open.
        type Held: Deref<Target = Handle<'ctx, Str>>;

        fn hold(self, ctx: Context<'ctx>) -> Result<Self::Held>;
    }
}

use sealed::Name;

impl<'ctx, S: AsRef<str> + ?Sized> Name<'ctx> for &S {
    type Held = Owned<'ctx>;

    #[inline]
    fn hold(self, ctx: Context<'ctx>) -> Result<Owned<'ctx>> {
        Str::new(ctx, self.as_ref()).map(Owned)
    }
}

impl<'ctx> Name<'ctx> for &'static Interned {
    type Held = HeldName<'ctx>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn hold(self, ctx: Context<'ctx>) -> Result<HeldName<'ctx>> {
        self.borrow(ctx)
    }
}

impl<'a, 'ctx> Name<'ctx> for &'a Handle<'ctx, Str> {
    type Held = Ref<'a, 'ctx, Str>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn hold(self, _: Context<'ctx>) -> Result<Ref<'a, 'ctx, Str>> {
        Ok(self.as_ref())
    }
}

impl<'a, 'ctx> Name<'ctx> for Ref<'a, 'ctx, Str> {
    type Held = Ref<'a, 'ctx, Str>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn hold(self, _: Context<'ctx>) -> Result<Ref<'a, 'ctx, Str>> {
        Ok(self)
    }
}

/// A `str` made for one lookup.
#[allow(missing_debug_implementations)] // named in a sealed trait only
pub struct Owned<'ctx>(Handle<'ctx, Str>);

impl<'ctx> Deref for Owned<'ctx> {
    type Target = Handle<'ctx, Str>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &Handle<'ctx, Str> {
        &self.0
    }
}

/// The name of an attribute, a method or a keyword as a `&'static` [`Interned`]: it becomes a Python `str` once, so
/// that each lookup costs one load.
///
/// ```
/// use hpy::{Handle, Result, intern};
///
/// fn total(numbers: &[Handle<'_>]) -> Result<f64> {
///     let mut total = 0.0;
///     for number in numbers {
///         total += number.getattr(intern!("real"))?.extract::<f64>()?;
///     }
///     Ok(total)
/// }
/// ```
///
/// As PyO3's macro, it can be given the context, which it does not need: `intern!(ctx, "real")`.
///
/// It takes a literal. A `static` [`Interned`] takes any constant. A name known only at run time is passed as `&str`.
#[macro_export]
macro_rules! intern {
    ($name:literal $(,)?) => {{
        static NAME: $crate::Interned = $crate::Interned::new($name);
        &NAME
    }};
    ($ctx:expr, $name:literal $(,)?) => {{
        let _: $crate::Context<'_> = $ctx;
        $crate::intern!($name)
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`intern!` takes a literal: `intern!(\"name\")`. For a constant, write `static NAME: hpy::Interned = \
             hpy::Interned::new(CONSTANT)` and pass `&NAME`; a name known only at run time is passed as `&str`."
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_thread_may_use_it() {
        fn is_free<T: Send + Sync + 'static>() {}
        is_free::<Interned>();
        static NAME: Interned = Interned::new("näme");
        assert_eq!(NAME.as_str(), "näme");
        assert_eq!(format!("{NAME:?}"), "Interned(\"näme\")");
        assert_eq!(crate::intern!("x").as_str(), "x");
    }
}
