//! Operators on two instances of one class: `fn __add__(&self, other: &Self)`.
//!
//! CPython mostly passes two instances of exactly this class, neither of them borrowed. Both are borrowed at once, before
//! anything else happens, so that all other cases can still go the general way. That way is a separate function, so this one
//! has neither code nor registers for rare cases.

use core::ffi::c_void;
use core::ops::Deref;

use hpy_sys::{HPyContext, HPySlot_Slot, cpy_PyObject};

use super::binary::BinaryOperator;
use super::{This, not_implemented};
use crate::call::definition::{Definition, Functions};
use crate::call::slot as s;
use crate::call::trampoline::{Frame, Mode, NO_OBJECT, direct, failed, handle_of, word};
use crate::class::methods::borrowed_arguments::RefArgument;
use crate::class::methods::receiver::borrow;
use crate::class::methods::slot::SlotDef;
use crate::class::payload::borrow_two::pair;
use crate::core::{Context, Handle, Ref, Result};

/// `__add__` and the like whose other operand is an instance, too. It is the `forward` of a [`BinaryOperator`].
pub trait PairOperator: BinaryOperator {
    /// The dunder method, its operands borrowed.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn pair<'ctx>(
        ctx: Context<'ctx>,
        this: impl Deref<Target = Self::Class>,
        other: impl Deref<Target = Self::Class>,
    ) -> Result<Handle<'ctx>>;
}

/// `this + other`, whatever `other` is.
///
/// # Errors
///
/// Returns the method's error, or an error if a value can't be borrowed.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn forward_pair<'ctx, S: PairOperator>(
    ctx: Context<'ctx>,
    this: This<'_, 'ctx, S>,
    other: Ref<'_, 'ctx>,
) -> Result<Handle<'ctx>> {
    match <S::Class as RefArgument<'ctx>>::operand(other.handle())? {
        Some(other) => S::pair(ctx, borrow(&this)?, other),
        None => not_implemented(ctx),
    }
}

/// The slot of a [`PairOperator`].
#[derive(Debug)]
pub struct PairDef<S>(core::marker::PhantomData<S>);

impl<S: PairOperator> PairDef<S> {
    /// `nb_add` and the like.
    pub const fn operator(slot: HPySlot_Slot) -> Definition<S::Class> {
        let functions = s::binary::functions::<SlotDef<S>>();
        Definition::slot(slot, Functions { direct: Self::direct as *const c_void, ..functions })
    }

    /// # Safety
    ///
    /// Only for CPython to call, by the rules of `binaryfunc`, after the embedded host made the slot's class.
    unsafe extern "C" fn direct(a: *mut cpy_PyObject, b: *mut cpy_PyObject) -> *mut cpy_PyObject {
        // SAFETY: CPython's word; invariant 5: handles are object pointers.
        unsafe { direct(Self::body, [a.cast(), b.cast(), NO_OBJECT, NO_OBJECT], NO_OBJECT).cast() }
    }

    /// # Safety
    ///
    /// As for [`PairDef::direct`]; the words are the operands.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn body(ctx: *mut HPyContext, _: Mode, frame: &mut Frame) {
        let [a, b, ..] = frame.words;
        // SAFETY: the caller's word; invariants 1 and 5: the context is the embedded one, and handles are object pointers.
        unsafe {
            let ctx = Context::from_raw(ctx);
            match pair::<S::Class>(&Ref::from_raw(ctx, handle_of(a)), &Ref::from_raw(ctx, handle_of(b))) {
                // Python asks no reflected operator where both are of one class.
                Some((this, other)) => match S::pair(ctx, this, other) {
                    Ok(value) => frame.result = word(value.into_raw()),
                    Err(error) => failed(ctx, error),
                },
                None => frame.result = s::binary::direct::<SlotDef<S>>(a.cast(), b.cast()).cast(),
            }
        }
    }
}
