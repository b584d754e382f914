//! Methods of handles on instances: borrowing the value, and making new instances.

use super::parts::Parts;
use crate::class::Class;
use crate::class::payload::borrow::{ClassRef, ClassRefMut};
use crate::class::payload::layout::LayoutOf;
use crate::class::payload::{Frozen, Mutable};
use crate::class::type_slot::payload_of;
use crate::core::exceptions::TypeError;
use crate::core::markers::Type;
use crate::core::{Context, Error, Handle, Result};

impl<'ctx, T: Class> Handle<'ctx, T> {
    /// Creates an instance of exactly this class, without calling `__new__` or `__init__`.
    ///
    /// `parts` is the Rust value, or the values of all classes if it extends another one; see [`Parts`].
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
    /// Returns a `MemoryError`, or a `SystemError` if no module with the class was imported.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(ctx: Context<'ctx>, parts: impl Parts<'ctx, T>) -> Result<Self> {
        parts.exact(ctx)
    }

    /// Creates an instance of `class`, which is this class or a subclass of it. Use it in a `#[new]` that takes `cls`.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` if `class` is another class; otherwise the same as [`Handle::new`].
    pub fn new_of(class: &Handle<'ctx, Type>, parts: impl Parts<'ctx, T>) -> Result<Self> {
        let own = class.ctx().type_of::<T>()?;
        if !class.is(&own) && !class.is_subtype_of(&own) {
            let name = class.name()?;
            return Err(Error::new::<TypeError>(format!("{name} is not a subclass of {}", T::NAME)));
        }
        parts.object(class)
    }

    /// Casts to the base class of `T`, to access its value and fields or to pass the instance to functions.
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
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn as_base(&self) -> &Handle<'ctx, T::Base> {
        // SAFETY: invariant 8: the class of `T` was made with the base's class as its base.
        unsafe { self.cast_unchecked() }
    }

    /// Casts an owned handle to the base class of `T`; see [`Handle::as_base`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn into_base(self) -> Handle<'ctx, T::Base> {
        // SAFETY: as there.
        unsafe { self.cast_into_unchecked() }
    }

    /// Borrows the Rust value.
    ///
    /// # Errors
    ///
    /// Returns a `RuntimeError` if the value is mutably borrowed or belongs to another thread, or a `TypeError` if there is no
    /// value because `__new__` was skipped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn borrow(&self) -> Result<ClassRef<'_, 'ctx, T>> {
        let Some(payload) = payload_of(self) else { return Err(LayoutOf::<T>::LAYOUT.no_memory()) };
        Ok(ClassRef::new(payload.borrow()?, payload, self.as_ref()))
    }

    /// Borrows the Rust value mutably. Not available for frozen classes.
    ///
    /// # Errors
    ///
    /// Returns a `RuntimeError` if the value is borrowed; otherwise the same as [`Handle::borrow`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn borrow_mut(&self) -> Result<ClassRefMut<'_, 'ctx, T>>
    where
        T: Class<Mutability = Mutable>,
    {
        let Some(payload) = payload_of(self) else { return Err(LayoutOf::<T>::LAYOUT.no_memory()) };
        Ok(ClassRefMut::new(payload.borrow_mut()?, payload, self.as_ref()))
    }

    /// Returns the Rust value of an instance of a frozen class.
    ///
    /// # Errors
    ///
    /// Same as [`Handle::borrow`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn get(&self) -> Result<&T>
    where
        T: Class<Mutability = Frozen>,
    {
        let Some(payload) = payload_of(self) else { return Err(LayoutOf::<T>::LAYOUT.no_memory()) };
        Ok(payload.borrow()?.0)
    }
}
