//! From the dunder methods of a class to its slots: the macro implements one of these traits for each slot, with a
//! function for each dunder method that the class has.

use core::ffi::{CStr, c_int};

use hpy_sys::HPySlot_Slot;

use super::args::{Arguments, Params};
use super::function::{Convention, Function, FunctionDef};
use super::slot::{self as s, DefPair, Trampolines};
use crate::class::{Class, checks_self};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exceptions::{AttributeError, StopAsyncIteration, TypeError};
use crate::handle::{Handle, Ref};
use crate::object::CompareOp;
use crate::types::{Any, PythonType};

/// What `self` is.
type This<'a, 'ctx, S> = Ref<'a, 'ctx, <S as Slot>::Class>;

/// A slot of a class.
pub trait Slot {
    /// Whose it is.
    type Class: Class;
}

/// A slot, and what fills it on each kind of host.
#[derive(Debug)]
pub struct SlotDef<S>(core::marker::PhantomData<S>);

/// A slot that HPy lacks.
#[derive(Debug)]
pub struct ExtraDef {
    /// The C API's number.
    pub slot: c_int,
    /// What fills it on our hosts.
    pub functions: Trampolines,
    /// The methods that do the same on other hosts, once they are assigned again on the finished type.
    pub methods: &'static [(&'static CStr, &'static DefPair)],
}

// SAFETY: constant data; its pointers are to functions.
unsafe impl Sync for ExtraDef {}

/// `self`, of which some hosts say that it is an instance, and others do not know.
#[inline(always)]
pub(super) fn this<'a, 'ctx, T: PythonType>(value: Ref<'a, 'ctx>) -> Result<Ref<'a, 'ctx, T>> {
    if !checks_self() && !value.is_a::<T>() {
        return Err(not_self(&value, T::NAME));
    }
    // SAFETY: invariant 8: just checked, or the host calls the slots of a class with its instances.
    Ok(unsafe { value.cast_unchecked() })
}

#[cold]
fn not_self(value: &Handle<'_>, name: &str) -> Error {
    let other = crate::error::type_name(value);
    Error::new::<TypeError>(format!("descriptor requires a '{name}' object but received '{other}'"))
}

/// The value as an instance, if it is one.
#[inline(always)]
fn instance<'a, 'ctx, T: Class>(value: Ref<'a, 'ctx>) -> Option<Ref<'a, 'ctx, T>> {
    // SAFETY: just checked.
    if value.is_a::<T>() { Some(unsafe { value.cast_unchecked() }) } else { None }
}

/// `NotImplemented`.
///
/// # Errors
///
/// None.
#[inline]
pub fn not_implemented(ctx: Context<'_>) -> Result<Handle<'_>> {
    Ok(ctx.not_implemented().to_owned())
}

#[inline(always)]
fn is_not_implemented(value: &Handle<'_>) -> bool {
    value.is(&value.ctx().not_implemented())
}

#[cold]
fn unsupported<T: Class>(what: &str) -> Error {
    Error::new::<TypeError>(format!("'{}' object {what}", T::NAME))
}

/// `__neg__`, `__iter__` and the like.
pub trait UnarySlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Its own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<Handle<'ctx>>;
}

impl<S: UnarySlot> s::Unary for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(a)?)
    }
}

impl<S: UnarySlot> s::Repr for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(a)?)
    }
}

impl<S: UnarySlot> s::Iter for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(a)?)
    }
}

impl<S: UnarySlot> SlotDef<S> {
    /// `nb_negative` and the like.
    pub const fn unary(slot: HPySlot_Slot) -> DefPair {
        s::unary::def::<Self>(slot)
    }

    /// `tp_repr` and `tp_str`.
    pub const fn repr(slot: HPySlot_Slot) -> DefPair {
        s::repr::def::<Self>(slot)
    }

    /// `tp_iter`, `am_await` and the like.
    pub const fn extra_unary(slot: c_int, methods: &'static [(&'static CStr, &'static DefPair)]) -> ExtraDef {
        ExtraDef { slot, functions: s::iter::trampolines::<Self>(), methods }
    }
}

/// `__add__` and `__radd__`, and the like.
pub trait BinaryOperator: Slot {
    /// `this + other`.
    ///
    /// # Errors
    ///
    /// The method's own.
    #[inline(always)]
    fn forward<'ctx>(ctx: Context<'ctx>, _: This<'_, 'ctx, Self>, _: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }

    /// `other + this`.
    ///
    /// # Errors
    ///
    /// The method's own.
    #[inline(always)]
    fn reflected<'ctx>(
        ctx: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }
}

impl<S: BinaryOperator> s::Binary for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>, b: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        let left = instance::<S::Class>(a);
        if let Some(left) = left {
            let result = S::forward(ctx, left, b)?;
            if !is_not_implemented(&result) {
                return Ok(result);
            }
        }
        match instance::<S::Class>(b) {
            Some(right) if left.is_none() || !same_type(a, b) => S::reflected(ctx, right, a),
            _ => not_implemented(ctx),
        }
    }
}

/// Python asks the right operand only if its type is another one.
#[cold]
fn same_type<'ctx>(a: Ref<'_, 'ctx>, b: Ref<'_, 'ctx>) -> bool {
    matches!((a.type_(), b.type_()), (Ok(a), Ok(b)) if a.is(&b))
}

impl<S: BinaryOperator> SlotDef<S> {
    /// `nb_add` and the like.
    pub const fn operator(slot: HPySlot_Slot) -> DefPair {
        s::binary::def::<Self>(slot)
    }
}

/// A reflected operator as a method, for PyPy's own host, which does not find it in the slot.
#[derive(Debug)]
pub struct ReflectedDef<S>(core::marker::PhantomData<S>);

/// The same for `__rpow__`.
#[derive(Debug)]
pub struct ReflectedPowerDef<S>(core::marker::PhantomData<S>);

macro_rules! reflected {
    ($($def:ident: $bound:ident, |$ctx:ident, $this:ident, $other:ident| $call:expr;)*) => {$(
        impl<S: $bound> Function for $def<S> {
            type This = S::Class;
            const NAME: &'static CStr = c"";
            const DOC: &'static CStr = c"";
            const CONVENTION: Convention = Convention::O;
            const PARAMS: &'static Params = &Params::anything("");

            fn call<'a, 'ctx>(
                $ctx: Context<'ctx>,
                $this: Ref<'a, 'ctx, S::Class>,
                args: Arguments<'a, 'ctx>,
                _: &'static Params,
            ) -> Result<Handle<'ctx>> {
                match args.only() {
                    Some($other) => $call,
                    None => not_implemented($ctx),
                }
            }
        }

        impl<S: $bound> $def<S> {
            /// The method; its name is given later.
            pub const PAIR: DefPair = FunctionDef::<Self>::PAIR;
        }
    )*};
}

reflected! {
    ReflectedDef: BinaryOperator, |ctx, this, other| S::reflected(ctx, this, other);
    ReflectedPowerDef: PowerOperator, |ctx, this, other| {
        // SAFETY: every object is an `Any`.
        S::reflected(ctx, this, other, unsafe { ctx.none().cast_unchecked() })
    };
}

/// `__pow__` and `__rpow__`.
pub trait PowerOperator: Slot {
    /// `pow(this, other, modulo)`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn forward<'ctx>(
        ctx: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }

    /// `pow(other, this, modulo)`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn reflected<'ctx>(
        ctx: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }
}

impl<S: PowerOperator> s::Ternary for SlotDef<S> {
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        b: Ref<'_, 'ctx>,
        c: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        let left = instance::<S::Class>(a);
        if let Some(left) = left {
            let result = S::forward(ctx, left, b, c)?;
            if !is_not_implemented(&result) {
                return Ok(result);
            }
        }
        match instance::<S::Class>(b) {
            Some(right) if left.is_none() || !same_type(a, b) => S::reflected(ctx, right, a, c),
            _ => not_implemented(ctx),
        }
    }
}

impl<S: PowerOperator> SlotDef<S> {
    /// `nb_power`.
    pub const fn power(slot: HPySlot_Slot) -> DefPair {
        s::ternary::def::<Self>(slot)
    }
}

/// `__ipow__`.
pub trait InPlacePower: Slot {
    /// `this **= other`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        other: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>>;
}

/// The slot of an [`InPlacePower`].
#[derive(Debug)]
pub struct InPlacePowerDef<S>(core::marker::PhantomData<S>);

impl<S: InPlacePower> s::Ternary for InPlacePowerDef<S> {
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        b: Ref<'_, 'ctx>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        S::call(ctx, this(a)?, b)
    }
}

impl<S: InPlacePower> InPlacePowerDef<S> {
    /// `nb_inplace_power`.
    pub const fn in_place_power(slot: HPySlot_Slot) -> DefPair {
        s::ternary::def::<Self>(slot)
    }
}

/// `__getitem__`, `__iadd__` and the like: the first operand is always the instance.
pub trait BinarySlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Its own.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        other: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>>;
}

/// The slot of a [`BinarySlot`].
#[derive(Debug)]
pub struct BinaryDef<S>(core::marker::PhantomData<S>);

impl<S: BinarySlot> s::Binary for BinaryDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>, b: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(a)?, b)
    }
}

impl<S: BinarySlot> BinaryDef<S> {
    /// `mp_subscript`, `nb_inplace_add` and the like.
    pub const fn binary(slot: HPySlot_Slot) -> DefPair {
        s::binary::def::<Self>(slot)
    }
}

/// `__repeat__` and `__inplace_repeat__`, and `__getitem__` of a sequence.
pub trait RepeatSlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Its own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>, n: Ref<'_, 'ctx>) -> Result<Handle<'ctx>>;
}

impl<S: RepeatSlot> s::Repeat for SlotDef<S> {
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>, n: isize) -> Result<Handle<'ctx>> {
        let n = crate::convert::IntoPython::into_python(n, ctx)?.into_any();
        S::call(ctx, this(a)?, n.as_ref())
    }
}

impl<S: RepeatSlot> SlotDef<S> {
    /// `sq_repeat` and the like.
    pub const fn repeat(slot: HPySlot_Slot) -> DefPair {
        s::repeat::def::<Self>(slot)
    }
}

/// `__setitem__` and `__delitem__`.
pub trait SetItemSlot: Slot {
    /// `this[key] = value`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn set<'ctx>(
        _: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _key: Ref<'_, 'ctx>,
        _value: Ref<'_, 'ctx>,
    ) -> Result<()> {
        Err(unsupported::<Self::Class>("does not support item assignment"))
    }

    /// `del this[key]`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn delete<'ctx>(_: Context<'ctx>, _: This<'_, 'ctx, Self>, _key: Ref<'_, 'ctx>) -> Result<()> {
        Err(unsupported::<Self::Class>("doesn't support item deletion"))
    }
}

impl<S: SetItemSlot> s::SetItem for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        key: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        match value {
            Some(value) => S::set(ctx, this(a)?, key, value),
            None => S::delete(ctx, this(a)?, key),
        }
    }
}

impl<S: SetItemSlot> SlotDef<S> {
    /// `mp_ass_subscript`.
    pub const fn set_item(slot: HPySlot_Slot) -> DefPair {
        s::set_item::def::<Self>(slot)
    }
}

/// `__contains__`.
pub trait ContainsSlot: Slot {
    /// `value in this`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>, value: Ref<'_, 'ctx>) -> Result<bool>;
}

impl<S: ContainsSlot> s::Contains for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>, value: Ref<'_, 'ctx>) -> Result<bool> {
        S::call(ctx, this(a)?, value)
    }
}

impl<S: ContainsSlot> SlotDef<S> {
    /// `sq_contains`.
    pub const fn contains(slot: HPySlot_Slot) -> DefPair {
        s::contains::def::<Self>(slot)
    }
}

/// `__bool__`.
pub trait BoolSlot: Slot {
    /// `bool(this)`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<bool>;
}

impl<S: BoolSlot> s::Inquiry for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<bool> {
        S::call(ctx, this(a)?)
    }
}

impl<S: BoolSlot> SlotDef<S> {
    /// `nb_bool`.
    pub const fn bool(slot: HPySlot_Slot) -> DefPair {
        s::inquiry::def::<Self>(slot)
    }
}

/// `__len__`.
pub trait LenSlot: Slot {
    /// `len(this)`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<isize>;
}

impl<S: LenSlot> s::Length for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<isize> {
        S::call(ctx, this(a)?)
    }
}

impl<S: LenSlot> SlotDef<S> {
    /// `mp_length` and `sq_length`.
    pub const fn len(slot: HPySlot_Slot) -> DefPair {
        s::length::def::<Self>(slot)
    }
}

/// `__hash__`.
pub trait HashSlot: Slot {
    /// `hash(this)`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<isize>;
}

impl<S: HashSlot> s::Hash for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<isize> {
        // Python's mark for an exception is no hash.
        S::call(ctx, this(a)?).map(|hash| if hash == -1 { -2 } else { hash })
    }
}

impl<S: HashSlot> SlotDef<S> {
    /// `tp_hash`.
    pub const fn hash(slot: HPySlot_Slot) -> DefPair {
        s::hash::def::<Self>(slot)
    }
}

/// `__lt__`, `__le__`, `__eq__`, `__ne__`, `__gt__`, `__ge__`, or `__richcmp__` for all of them.
pub trait CompareSlot: Slot {
    /// `this < other` and the like.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        other: Ref<'_, 'ctx>,
        op: CompareOp,
    ) -> Result<Handle<'ctx>>;
}

impl<S: CompareSlot> s::Compare for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        other: Ref<'_, 'ctx>,
        op: c_int,
    ) -> Result<Handle<'ctx>> {
        let op = match op {
            hpy_sys::HPy_LT => CompareOp::Lt,
            hpy_sys::HPy_LE => CompareOp::Le,
            hpy_sys::HPy_EQ => CompareOp::Eq,
            hpy_sys::HPy_NE => CompareOp::Ne,
            hpy_sys::HPy_GT => CompareOp::Gt,
            _ => CompareOp::Ge,
        };
        S::call(ctx, this(a)?, other, op)
    }
}

impl<S: CompareSlot> SlotDef<S> {
    /// `tp_richcompare`.
    pub const fn compare(slot: HPySlot_Slot) -> DefPair {
        s::compare::def::<Self>(slot)
    }
}

/// `!=` of a class that has `__eq__` only: the opposite, as in Python.
///
/// # Errors
///
/// What `bool()` of the result raised.
pub fn not_equal<'ctx>(ctx: Context<'ctx>, equal: Handle<'ctx>) -> Result<Handle<'ctx>> {
    if is_not_implemented(&equal) {
        return Ok(equal);
    }
    Ok(ctx.bool(!equal.is_true()?).to_owned().into_any())
}

/// `__next__`.
pub trait NextSlot: Slot {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<Option<Handle<'ctx>>>;
}

impl<S: NextSlot> s::Next for SlotDef<S> {
    #[inline(always)]
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Option<Handle<'ctx>>> {
        S::call(ctx, this(a)?)
    }
}

impl<S: NextSlot> SlotDef<S> {
    /// `tp_iternext`.
    pub const fn extra_next(slot: c_int, methods: &'static [(&'static CStr, &'static DefPair)]) -> ExtraDef {
        ExtraDef { slot, functions: s::next::trampolines::<Self>(), methods }
    }
}

/// `__anext__`: an awaitable; the end is an exception.
pub trait AsyncNextSlot: Slot {
    /// The next awaitable; `None` at the end.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<Option<Handle<'ctx>>>;
}

/// The slot of an [`AsyncNextSlot`].
#[derive(Debug)]
pub struct AsyncNextDef<S>(core::marker::PhantomData<S>);

impl<S: AsyncNextSlot> s::Iter for AsyncNextDef<S> {
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(a)?)?.ok_or_else(|| Error::new::<StopAsyncIteration>(""))
    }
}

impl<S: AsyncNextSlot> AsyncNextDef<S> {
    /// `am_anext`.
    pub const fn extra_anext(slot: c_int, methods: &'static [(&'static CStr, &'static DefPair)]) -> ExtraDef {
        ExtraDef { slot, functions: s::iter::trampolines::<Self>(), methods }
    }
}

/// `__getattribute__` and `__getattr__`.
pub trait GetAttrSlot: Slot {
    /// `this.name`.
    ///
    /// # Errors
    ///
    /// The method's own.
    #[inline(always)]
    fn attribute<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        name: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        generic_getattr(ctx, this.as_any(), &name)
    }

    /// `this.name`, where [`GetAttrSlot::attribute`] has raised `AttributeError`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn missing<'ctx>(
        _: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
        error: Error,
    ) -> Result<Handle<'ctx>> {
        Err(error)
    }
}

impl<S: GetAttrSlot> s::GetAttr for SlotDef<S> {
    fn run<'ctx>(ctx: Context<'ctx>, a: Ref<'_, 'ctx>, name: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        match S::attribute(ctx, this(a)?, name) {
            Err(error) if error.is_instance_of::<AttributeError>(ctx) => {
                S::missing(ctx, this(a)?, name, error)
            }
            result => result,
        }
    }
}

impl<S: GetAttrSlot> SlotDef<S> {
    /// `tp_getattro`.
    pub const fn extra_getattr(
        slot: c_int,
        methods: &'static [(&'static CStr, &'static DefPair)],
    ) -> ExtraDef {
        ExtraDef { slot, functions: s::get_attr::trampolines::<Self>(), methods }
    }
}

/// `object.__getattribute__(object, name)`.
///
/// # Errors
///
/// `AttributeError`, or what a descriptor raised.
pub fn generic_getattr<'ctx>(
    ctx: Context<'ctx>,
    object: &Handle<'ctx>,
    name: &Handle<'ctx>,
) -> Result<Handle<'ctx>> {
    if ctx.is_embedded() {
        let object = crate::ffi::object(object.as_raw());
        // SAFETY: invariant 5: the API is loaded, and handles are object pointers.
        let value =
            unsafe { (hpy_host::api().PyObject_GenericGetAttr)(object, crate::ffi::object(name.as_raw())) };
        // SAFETY: invariant 3: a new reference or NULL with an exception.
        return unsafe { Handle::from_result(ctx, hpy_sys::HPy { _i: value as isize }) };
    }
    ctx.type_of::<Any>()?.call_method("__getattribute__", (object, name))
}

/// `__setattr__` and `__delattr__`.
pub trait SetAttrSlot: Slot {
    /// `this.name = value`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn set<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        name: Ref<'_, 'ctx>,
        value: Ref<'_, 'ctx>,
    ) -> Result<()> {
        ctx.type_of::<Any>()?.call_method("__setattr__", (this.as_any(), name, value)).map(drop)
    }

    /// `del this.name`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn delete<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>, name: Ref<'_, 'ctx>) -> Result<()> {
        ctx.type_of::<Any>()?.call_method("__delattr__", (this.as_any(), name)).map(drop)
    }
}

impl<S: SetAttrSlot> s::SetAttr for SlotDef<S> {
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        name: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        match value {
            Some(value) => S::set(ctx, this(a)?, name, value),
            None => S::delete(ctx, this(a)?, name),
        }
    }
}

impl<S: SetAttrSlot> SlotDef<S> {
    /// `tp_setattro`.
    pub const fn extra_setattr(
        slot: c_int,
        methods: &'static [(&'static CStr, &'static DefPair)],
    ) -> ExtraDef {
        ExtraDef { slot, functions: s::set_attr::trampolines::<Self>(), methods }
    }
}

/// `__get__`.
pub trait DescrGetSlot: Slot {
    /// The attribute of `instance`, or of the class `owner` if that is `None`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        instance: Ref<'_, 'ctx>,
        owner: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>>;
}

impl<S: DescrGetSlot> s::DescrGet for SlotDef<S> {
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        instance: Option<Ref<'_, 'ctx>>,
        owner: Option<Ref<'_, 'ctx>>,
    ) -> Result<Handle<'ctx>> {
        // SAFETY: every object is an `Any`.
        let none: Ref<'_, 'ctx> = unsafe { ctx.none().cast_unchecked() };
        S::call(ctx, this(a)?, instance.unwrap_or(none), owner.unwrap_or(none))
    }
}

impl<S: DescrGetSlot> SlotDef<S> {
    /// `tp_descr_get`.
    pub const fn extra_descr_get(
        slot: c_int,
        methods: &'static [(&'static CStr, &'static DefPair)],
    ) -> ExtraDef {
        ExtraDef { slot, functions: s::descr_get::trampolines::<Self>(), methods }
    }
}

/// `__set__` and `__delete__`.
pub trait DescrSetSlot: Slot {
    /// `instance.attribute = value`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn set<'ctx>(
        _: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _instance: Ref<'_, 'ctx>,
        _value: Ref<'_, 'ctx>,
    ) -> Result<()> {
        Err(Error::new::<AttributeError>("__set__"))
    }

    /// `del instance.attribute`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn delete<'ctx>(_: Context<'ctx>, _: This<'_, 'ctx, Self>, _instance: Ref<'_, 'ctx>) -> Result<()> {
        Err(Error::new::<AttributeError>("__delete__"))
    }
}

impl<S: DescrSetSlot> s::DescrSet for SlotDef<S> {
    fn run<'ctx>(
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        instance: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        match value {
            Some(value) => S::set(ctx, this(a)?, instance, value),
            None => S::delete(ctx, this(a)?, instance),
        }
    }
}

impl<S: DescrSetSlot> SlotDef<S> {
    /// `tp_descr_set`.
    pub const fn extra_descr_set(
        slot: c_int,
        methods: &'static [(&'static CStr, &'static DefPair)],
    ) -> ExtraDef {
        ExtraDef { slot, functions: s::descr_set::trampolines::<Self>(), methods }
    }
}
