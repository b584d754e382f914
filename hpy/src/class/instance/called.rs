//! [`Called`]: instances that Python makes by a call of `__new__`, which returned a value.

use super::constructor::{check_class, new_instance};
use super::parts::{Made, Parts, SealedParts, made_as_another};
use crate::call::arguments::Arguments;
use crate::class::bases::Root;
use crate::class::payload::layout::{Layout, LayoutOf, word};
use crate::class::payload::{Payload, filled_before};
use crate::class::{Class, ClassSlot};
use crate::core::host_checks::checks_self;
use crate::core::markers::Type;
use crate::core::{Handle, Result};

/// A value, and the arguments that Python made the instance with.
pub(crate) struct Called<'a, 'ctx, T>(pub(crate) T, pub(crate) Arguments<'a, 'ctx>);

impl<'ctx, T: Class> SealedParts<'ctx, T> for Called<'_, 'ctx, T> {}

impl<'ctx, T: Class> Parts<'ctx, T> for Called<'_, 'ctx, T>
where
    T::Base: Root,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        let exact = if T::slot().allocates(class) { Made::exact(class.ctx(), self.0) } else { Err(self.0) };
        exact.unwrap_or_else(|value| {
            // SAFETY: the caller's word.
            unsafe {
                let made = T::Base::called(class, self.1)?;
                made.fill(value)?;
                Ok(made)
            }
        })
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>) -> Result<Handle<'ctx, T>> {
        if T::KNOWN {
            return match self.0.into_known(class) {
                Ok(known) => known,
                Err(value) => new_instance(class, Called(value, self.1)),
            };
        }
        // SAFETY: invariant 8: a new instance of `T`'s class without a value, and nobody else gives it one.
        unsafe {
            let made = unfilled(class, self.1, T::slot(), LayoutOf::<T>::LAYOUT, T::Base::called)?;
            Payload::<T>::at(made.data).fill_fresh(class.ctx(), made.object.as_raw(), self.0);
            Ok(made.object.cast_into_unchecked())
        }
    }
}

/// What makes an instance without its value, [`Root::called`].
type MadeBy = for<'a, 'ctx> unsafe fn(&Handle<'ctx, Type>, Arguments<'a, 'ctx>) -> Result<Made<'ctx>>;

/// A new instance of `class`, which Python passed to the `__new__` of the class of that slot and layout. It has no value, and
/// nobody but the caller gives it one. This is all of `__new__` that does not depend on the type of the value.
///
/// # Safety
///
/// `slot`, `layout` and `by` are those of one class.
#[inline(never)]
unsafe fn unfilled<'ctx>(
    class: &Handle<'ctx, Type>,
    args: Arguments<'_, 'ctx>,
    slot: &'static ClassSlot,
    layout: &'static Layout,
    by: MadeBy,
) -> Result<Made<'ctx>> {
    // SAFETY: invariants 3, 5 and 8: instances of that class have their own data behind the header; NULL is an exception. Of others,
    // `check_class` says that they are subclasses. The caller's word.
    unsafe {
        if slot.allocates(class) {
            if let Some(raw) = slot.allocate() {
                let object = Handle::from_result(class.ctx(), raw)?;
                return Ok(Made { data: hpy_host::interp::payload(crate::core::ffi::object(raw)), object });
            }
        }
        check_class(class, slot, layout.name, layout.shape == hpy_sys::HPyType_BuiltinShape_Object)?;
        let made = by(class, args)?;
        // Python code that ran since the class was looked at may have given it other bases.
        if !checks_self() && !slot.holds(&made.object, layout.shape) {
            return Err(made_as_another(layout.name));
        }
        word(layout.payload_in(made.data.cast())).claim().map_err(|why| filled_before(layout.name, why))?;
        Ok(made)
    }
}
