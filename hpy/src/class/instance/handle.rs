//! Methods of handles on instances: borrowing the value, and making new instances.

use super::parts::Parts;
use crate::class::Class;
use crate::class::payload::borrow::{ClassRef, ClassRefMut};
use crate::class::payload::{Frozen, Mutable};
use crate::class::type_slot::payload_of;
use crate::core::exceptions::TypeError;
use crate::core::markers::Type;
use crate::core::{Context, Error, Handle, Result};

impl<'ctx, T: Class> Handle<'ctx, T> {
    /// A new instance of exactly the class, with that value; [`Parts`] if it extends another class. Neither `__new__` nor `__init__` is called.
    ///
    /// ```
    /// #[hpy::module]
    /// mod dice {
    ///     use hpy::{Context, Handle, Result};
    ///
    ///     #[class]
    ///     struct Die(u8);
    ///
    ///     #[function]
    ///     fn roll<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Die>> {
    ///         Handle::new(ctx, Die(4))
    ///     }
    /// }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// `MemoryError`; `SystemError` if the class is in no module that was imported.
    #[inline(always)]
    pub fn new(ctx: Context<'ctx>, parts: impl Parts<'ctx, T>) -> Result<Self> {
        parts.exact(ctx)
    }

    /// A new instance of `class`, which is the class or a subclass of it: what a `#[new]` does that takes `cls`.
    ///
    /// # Errors
    ///
    /// `TypeError` if `class` is another class; as [`Handle::new`].
    pub fn new_of(class: &Handle<'ctx, Type>, parts: impl Parts<'ctx, T>) -> Result<Self> {
        let own = class.ctx().type_of::<T>()?;
        if !class.is(&own) && !class.is_subtype_of(&own) {
            let name = class.name()?;
            return Err(Error::new::<TypeError>(format!("{name} is not a subclass of {}", T::NAME)));
        }
        parts.object(class)
    }

    /// The instance as one of the class that `T` extends: for that class's value and fields, and for functions that take it.
    ///
    /// ```
    /// #[hpy::module]
    /// mod animals {
    ///     use hpy::{Handle, Result};
    ///
    ///     #[class(subclass)]
    ///     struct Animal {
    ///         legs: u8,
    ///     }
    ///
    ///     #[class(extends = Animal)]
    ///     struct Bird {}
    ///
    ///     #[methods]
    ///     impl Bird {
    ///         fn lose_a_leg(slf: &Handle<'_, Self>) -> Result<()> {
    ///             slf.as_base().borrow_mut()?.legs -= 1;
    ///             Ok(())
    ///         }
    ///     }
    /// }
    /// # fn main() {}
    /// ```
    #[inline(always)]
    pub fn as_base(&self) -> &Handle<'ctx, T::Base> {
        // SAFETY: invariant 8: the class of `T` was made with the base's class as its base.
        unsafe { self.cast_unchecked() }
    }

    /// [`Handle::as_base`] of an owned handle.
    #[inline(always)]
    pub fn into_base(self) -> Handle<'ctx, T::Base> {
        // SAFETY: as there.
        unsafe { self.cast_into_unchecked() }
    }

    /// Borrows the Rust value.
    ///
    /// # Errors
    ///
    /// `RuntimeError` if it is borrowed mutably, or belongs to another thread; `TypeError` if there is none, as `__new__`
    /// was skipped.
    #[inline(always)]
    pub fn borrow(&self) -> Result<ClassRef<'_, 'ctx, T>> {
        let Some(payload) = payload_of(self) else { return Err(no_memory::<T>()) };
        Ok(ClassRef::new(payload.borrow()?, payload, self.as_ref()))
    }

    /// Borrows the Rust value mutably. Frozen classes have no such method.
    ///
    /// # Errors
    ///
    /// `RuntimeError` if it is borrowed in any way; and as [`Handle::borrow`].
    #[inline(always)]
    pub fn borrow_mut(&self) -> Result<ClassRefMut<'_, 'ctx, T>>
    where
        T: Class<Mutability = Mutable>,
    {
        let Some(payload) = payload_of(self) else { return Err(no_memory::<T>()) };
        Ok(ClassRefMut::new(payload.borrow_mut()?, payload, self.as_ref()))
    }

    /// The Rust value of an instance of a frozen class.
    ///
    /// # Errors
    ///
    /// As [`Handle::borrow`].
    #[inline(always)]
    pub fn get(&self) -> Result<&T>
    where
        T: Class<Mutability = Frozen>,
    {
        let Some(payload) = payload_of(self) else { return Err(no_memory::<T>()) };
        Ok(payload.borrow()?.0)
    }
}

#[cold]
fn no_memory<T: Class>() -> Error {
    Error::new::<TypeError>(format!(
        "this {0} object has no value: it was made without calling {0}.__new__, or the garbage collector has ended it",
        T::NAME
    ))
}
