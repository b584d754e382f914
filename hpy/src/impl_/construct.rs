//! Making instances: `__new__` and `__init__`, which Python calls with a tuple and a dict.

use core::ffi::c_int;
use core::mem::MaybeUninit;

use hpy_sys::{HPy, HPyContext, cpy_PyObject};

use super::args::Arguments;
use super::function::{Def, Function};
use super::panic::guard;
use super::slot::{DefPair, outcome};
use super::trampoline::{Direct, Given, Mode, handle, object, through_host};
use crate::class::{Called, Class, Init, Parts, Root};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exceptions::TypeError;
use crate::handle::{Handle, Ref};
use crate::types::{Dict, List, Tuple, Type};

/// A new instance of `class`.
///
/// # Errors
///
/// `TypeError` if `class` is neither the class of `T` nor a subclass of it; `MemoryError`.
#[inline(always)]
pub fn new_instance<'ctx, T: Class>(
    class: &Handle<'ctx, Type>,
    parts: impl Parts<'ctx, T>,
) -> Result<Handle<'ctx, T>> {
    if !T::slot().allocates(class) {
        check_class::<T>(class)?;
    }
    // SAFETY: invariant 8: just checked. What is made of such a class is an instance of `T`'s.
    Ok(unsafe { parts.made(class)?.object.cast_into_unchecked() })
}

/// `T.__new__(class)`, where any class may be passed.
#[inline(never)]
pub(super) fn check_class<T: Class>(class: &Handle<'_, Type>) -> Result<()> {
    if T::slot().at_hand(class.ctx()).is_some_and(|own| class.is(&own)) {
        return Ok(());
    }
    let own = class.ctx().type_of::<T>()?;
    if class.is(&own) || Type::holds(class.as_any()) && class.is_subtype_of(&own) {
        return Ok(());
    }
    let name = class.name()?;
    Err(Error::new::<TypeError>(format!("{0}.__new__({name}): {name} is not a subtype of {0}", T::NAME)))
}

/// What a `#[new]` may return, for a class `C`: the value, any object, or a `Result` of one of them. `How` tells the
/// cases apart.
#[diagnostic::on_unimplemented(
    message = "`#[new]` can't return `{Self}`",
    label = "expected `Self`, a `Handle`, or a `Result` of one of them; `(Self, Base)` if the class extends another"
)]
pub trait NewOutput<'ctx, C, How> {
    /// The new object.
    ///
    /// # Errors
    ///
    /// The function's own.
    fn object(self, class: &Handle<'ctx, Type>, args: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>>;
}

/// How a `#[new]` returns its object: as a value.
#[derive(Debug)]
pub enum ByValue {}
/// How a `#[new]` returns its object: as the values of the class and of those that it extends.
#[derive(Debug)]
pub enum ByParts {}
/// How a `#[new]` returns its object: as a handle.
#[derive(Debug)]
pub enum ByHandle {}
/// How a `#[new]` returns its object: in a `Result`.
#[derive(Debug)]
pub struct InResult<How>(core::marker::PhantomData<How>);

impl<'ctx, C: Class> NewOutput<'ctx, C, ByValue> for C
where
    C::Base: Root,
{
    #[inline(always)]
    fn object(self, class: &Handle<'ctx, Type>, args: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        Called(self, args).object(class).map(Handle::into_any)
    }
}

impl<'ctx, C: Class, P> NewOutput<'ctx, C, ByParts> for (C, P)
where
    (C, P): Parts<'ctx, C>,
{
    #[inline(always)]
    fn object(self, class: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        new_instance(class, self).map(Handle::into_any)
    }
}

impl<'ctx, C: Class> NewOutput<'ctx, C, ByParts> for Init<C>
where
    Init<C>: Parts<'ctx, C>,
{
    #[inline(always)]
    fn object(self, class: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        new_instance(class, self).map(Handle::into_any)
    }
}

impl<'ctx, C: Class, T> NewOutput<'ctx, C, ByHandle> for Handle<'ctx, T> {
    #[inline(always)]
    fn object(self, _: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        Ok(self.into_any())
    }
}

impl<'ctx, C, How, V: NewOutput<'ctx, C, How>, E: Into<Error>> NewOutput<'ctx, C, InResult<How>>
    for core::result::Result<V, E>
{
    #[inline(always)]
    fn object(self, class: &Handle<'ctx, Type>, args: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        self.map_err(Into::into)?.object(class, args)
    }
}

/// What a `#[new]` returned.
///
/// # Errors
///
/// The function's own.
#[inline(always)]
pub fn new_output<'ctx, C: Class, How, V: NewOutput<'ctx, C, How>>(
    class: &Handle<'ctx, Type>,
    args: Arguments<'_, 'ctx>,
    output: V,
) -> Result<Handle<'ctx>> {
    output.object(class, args)
}

/// Positional arguments that fit here need no allocation.
const INLINE: usize = 8;

/// Calls `F` with an array of positional arguments and a dict of keywords, which may be null.
#[inline(always)]
fn call<'ctx, F: Function>(
    ctx: Context<'ctx>,
    this: Ref<'_, 'ctx, F::This>,
    args: *const HPy,
    nargs: usize,
    keywords: Option<Ref<'_, 'ctx>>,
) -> Result<Handle<'ctx>> {
    match keywords {
        Some(keywords) => with_keywords::<F>(ctx, this, args, nargs, keywords),
        // SAFETY: the caller's array.
        None => F::call(ctx, this, unsafe { Arguments::new(ctx, args, nargs, HPy::NULL) }, F::PARAMS),
    }
}

/// Brings keywords into the form of a vectorcall: values behind the positional arguments, and a tuple of names.
#[inline(never)]
fn with_keywords<'ctx, F: Function>(
    ctx: Context<'ctx>,
    this: Ref<'_, 'ctx, F::This>,
    args: *const HPy,
    nargs: usize,
    keywords: Ref<'_, 'ctx>,
) -> Result<Handle<'ctx>> {
    if Tuple::holds(&keywords) {
        // PyPy 7.3.1x passes names to `__new__`, and has put their values behind the others.
        // SAFETY: the caller's array, which goes on there.
        let args = unsafe { Arguments::new(ctx, args, nargs, keywords.as_raw()) };
        return F::call(ctx, this, args, F::PARAMS);
    }
    let (names, values) = split(&keywords)?;
    let mut all = Vec::with_capacity(nargs + values.len());
    if nargs > 0 {
        // SAFETY: the caller's array.
        all.extend_from_slice(unsafe { core::slice::from_raw_parts(args, nargs) });
    }
    all.extend(values.iter().map(Handle::as_raw));
    // SAFETY: the array has a value for each name; all handles are open until the end of this function.
    let args = unsafe { Arguments::new(ctx, all.as_ptr(), nargs, names.as_raw()) };
    F::call(ctx, this, args, F::PARAMS)
}

fn split<'ctx>(keywords: &Handle<'ctx>) -> Result<(Handle<'ctx, Tuple>, Vec<Handle<'ctx>>)> {
    let names: Handle<'ctx, List> = keywords.downcast::<Dict>()?.keys()?;
    let names: Vec<Handle<'ctx>> = names.iter()?.into_iter().collect::<Result<_>>()?;
    let values = names.iter().map(|name| keywords.getitem(name)).collect::<Result<_>>()?;
    Ok((Tuple::from_handles(names.first().map_or(keywords.ctx(), Handle::ctx), &names)?, values))
}

/// Calls `f` with the items of a tuple of the embedded host.
///
/// # Safety
///
/// `tuple` is a live tuple.
#[inline(always)]
unsafe fn with_items<R>(tuple: *mut cpy_PyObject, f: impl FnOnce(*const HPy, usize) -> R) -> R {
    // SAFETY: invariant 5; the caller's word; a tuple keeps its items alive, and none is read that it does not have.
    unsafe {
        let api = hpy_host::api();
        let count = (api.PyTuple_Size)(tuple) as usize;
        let mut inline = [const { MaybeUninit::<HPy>::uninit() }; INLINE];
        if count <= INLINE {
            for (i, item) in inline.iter_mut().enumerate().take(count) {
                item.write(handle((api.PyTuple_GetItem)(tuple, i as isize)));
            }
            return f(inline.as_ptr().cast(), count);
        }
        let items: Vec<HPy> = (0..count).map(|i| handle((api.PyTuple_GetItem)(tuple, i as isize))).collect();
        f(items.as_ptr(), count)
    }
}

/// `__new__` as a function whose `this` is the class.
#[derive(Debug)]
pub struct NewDef<F>(core::marker::PhantomData<F>);

impl<F: Function<This = Type>> NewDef<F> {
    /// `tp_new`.
    pub const fn pair<C>() -> DefPair<C> {
        let implementation = hpy_new::<F> as *const core::ffi::c_void;
        DefPair {
            universal: Def::slot(
                hpy_sys::HPy_tp_new,
                implementation,
                cpy_new::<F> as *const core::ffi::c_void,
            ),
            embedded: Def::slot(
                hpy_sys::HPy_tp_new,
                implementation,
                direct_new::<F> as *const core::ffi::c_void,
            ),
            property: None,
            class: core::marker::PhantomData,
        }
    }
}

/// # Safety
///
/// The host's word for a call of `tp_new`.
#[inline(always)]
unsafe fn new<F: Function<This = Type>, M: Mode>(
    ctx: *mut HPyContext,
    class: HPy,
    args: *const HPy,
    nargs: usize,
    keywords: HPy,
) -> HPy {
    // SAFETY: the host's word; `F::call` works for every `'ctx`, and nothing of `'ctx` outlives this function.
    let outside = unsafe { Context::from_raw(M::context(ctx)) };
    let result = guard(outside, move || {
        // SAFETY: as above. The context is made anew in here, so that its value is known in here.
        unsafe {
            let ctx = Context::from_raw(M::context(ctx));
            let class = super::operators::this::<M, _>(Ref::from_raw(ctx, class))?;
            call::<F>(ctx, class, args, nargs, super::slot::maybe(ctx, keywords))
        }
    });
    outcome(outside, result)
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_new`.
unsafe extern "C" fn hpy_new<F: Function<This = Type>>(
    ctx: *mut HPyContext,
    class: HPy,
    args: *const HPy,
    nargs: isize,
    keywords: HPy,
) -> HPy {
    // SAFETY: the host's word.
    unsafe { new::<F, Given>(ctx, class, args, nargs as usize, keywords) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_new`.
unsafe extern "C" fn direct_new<F: Function<This = Type>>(
    class: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    keywords: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe {
        with_items(args, |args, nargs| {
            object(new::<F, Direct>(core::ptr::null_mut(), handle(class), args, nargs, handle(keywords)))
        })
    }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_new`.
unsafe extern "C" fn cpy_new<F: Function<This = Type>>(
    class: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let mut args = hpy_sys::_HPyFunc_args_NEWFUNC { self_: class, args, kw, result: core::ptr::null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_NEWFUNC }>(
            hpy_new::<F> as *const core::ffi::c_void,
            (&raw mut args).cast(),
        )
    };
    args.result
}

/// `__init__`, a method.
#[derive(Debug)]
pub struct InitDef<F>(core::marker::PhantomData<F>);

impl<F: Function> InitDef<F> {
    /// `tp_init`.
    pub const PAIR: DefPair<F::This> = {
        let implementation = hpy_init::<F> as *const core::ffi::c_void;
        DefPair {
            universal: Def::slot(
                hpy_sys::HPy_tp_init,
                implementation,
                cpy_init::<F> as *const core::ffi::c_void,
            ),
            embedded: Def::slot(
                hpy_sys::HPy_tp_init,
                implementation,
                direct_init::<F> as *const core::ffi::c_void,
            ),
            property: None,
            class: core::marker::PhantomData,
        }
    };
}

/// # Safety
///
/// The host's word for a call of `tp_init`.
#[inline(always)]
unsafe fn init<F: Function, M: Mode>(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    keywords: HPy,
) -> c_int {
    // SAFETY: the host's word; `F::call` works for every `'ctx`, and nothing of `'ctx` outlives this function.
    let outside = unsafe { Context::from_raw(M::context(ctx)) };
    let result = guard(outside, move || {
        // SAFETY: as above. The context is made anew in here, so that its value is known in here.
        unsafe {
            let ctx = Context::from_raw(M::context(ctx));
            let this = super::operators::this::<M, _>(Ref::from_raw(ctx, this))?;
            call::<F>(ctx, this, args, nargs, super::slot::maybe(ctx, keywords))
        }
    });
    outcome(outside, result.map(drop))
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_init`.
unsafe extern "C" fn hpy_init<F: Function>(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: isize,
    keywords: HPy,
) -> c_int {
    // SAFETY: the host's word.
    unsafe { init::<F, Given>(ctx, this, args, nargs as usize, keywords) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_init`.
unsafe extern "C" fn direct_init<F: Function>(
    this: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    keywords: *mut cpy_PyObject,
) -> c_int {
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe {
        with_items(args, |args, nargs| {
            init::<F, Direct>(core::ptr::null_mut(), handle(this), args, nargs, handle(keywords))
        })
    }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_init`.
unsafe extern "C" fn cpy_init<F: Function>(
    this: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> c_int {
    let mut args = hpy_sys::_HPyFunc_args_INITPROC { self_: this, args, kw, result: -1 };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_INITPROC }>(
            hpy_init::<F> as *const core::ffi::c_void,
            (&raw mut args).cast(),
        )
    };
    args.result
}

/// The `__new__` of a class without `#[new]`.
#[derive(Debug)]
pub(super) struct NoNew<C>(core::marker::PhantomData<C>);

impl<C: Class> Function for NoNew<C> {
    type This = Type;
    const NAME: &'static core::ffi::CStr = c"__new__";
    const DOC: &'static core::ffi::CStr = c"";
    const CONVENTION: super::Convention = super::Convention::Keywords;
    const PARAMS: &'static super::Params = &super::Params::anything("__new__");

    fn call<'a, 'ctx>(
        _: Context<'ctx>,
        class: Ref<'a, 'ctx, Type>,
        _: Arguments<'a, 'ctx>,
        _: &'static super::Params,
    ) -> Result<Handle<'ctx>> {
        let name = class.name()?;
        Err(Error::new::<TypeError>(format!("cannot create '{name}' instances")))
    }
}

/// See [`Own::NO_INIT`](super::class).
#[derive(Debug)]
pub(super) struct NoInit<C>(core::marker::PhantomData<C>);

impl<C: Class> Function for NoInit<C> {
    type This = C;
    const NAME: &'static core::ffi::CStr = c"__init__";
    const DOC: &'static core::ffi::CStr = c"";
    const CONVENTION: super::Convention = super::Convention::Keywords;
    const PARAMS: &'static super::Params = &super::Params::anything("__init__");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: Ref<'a, 'ctx, C>,
        _: Arguments<'a, 'ctx>,
        _: &'static super::Params,
    ) -> Result<Handle<'ctx>> {
        Ok(ctx.new_none().into_any())
    }
}
