//! Constructors: `__new__` and `__init__`, which Python calls with a tuple and a dict.

#![allow(improper_ctypes_definitions)] // see `call::trampoline`

use core::ffi::{c_int, c_void};

use hpy_sys::cast::extent;
use hpy_sys::{HPy, HPyContext, cpy_PyObject};

use super::called::Called;
use super::parts::{Init, Parts, abstract_methods};
use crate::call::arguments::Arguments;
use crate::call::definition::{Definition, Functions};
use crate::call::function::Function;
use crate::call::through_host::through_host;
use crate::call::trampoline::{
    Body, Frame, Mode, NO_OBJECT, Word, body, failed, handle, handle_of, number, run, run_given, word,
};
use crate::class::bases::Root;
use crate::class::type_slot::ClassSlot;
use crate::class::{Base, Class};
use crate::core::exceptions::TypeError;
use crate::core::host_checks::checks_self;
use crate::core::markers::{Any, Dict, List, Tuple, Type};
use crate::core::pending_exception::call_ends;
use crate::core::{Context, Error, Handle, Ref, Result};

/// A new instance of `class`.
///
/// # Errors
///
/// `TypeError` if `class` is neither the class of `T` nor a subclass of it; `MemoryError`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn new_instance<'ctx, T: Class>(
    class: &Handle<'ctx, Type>,
    parts: impl Parts<'ctx, T>,
) -> Result<Handle<'ctx, T>> {
    if !T::slot().allocates(class) {
        let plain = <T::Base as Base>::SHAPE == hpy_sys::HPyType_BuiltinShape_Object && !T::KNOWN;
        check_class(class, T::slot(), T::NAME, plain)?;
    }
    // SAFETY: invariant 8: just checked. What is made of such a class is an instance of `T`'s.
    Ok(unsafe { parts.made(class)?.object.cast_into_unchecked() })
}

/// `T.__new__(class)`, where any class may be passed. `plain`: nobody else looks for abstract methods.
#[inline(never)]
pub(crate) fn check_class(
    class: &Handle<'_, Type>,
    slot: &'static ClassSlot,
    own_name: &str,
    plain: bool,
) -> Result<()> {
    if slot.at_hand(class.ctx()).is_some_and(|own| class.is(&own)) {
        return Ok(());
    }
    let own = slot.made(class.ctx(), own_name)?;
    if class.is(&own) {
        return Ok(());
    }
    if Type::holds(class.as_any()) && class.is_subtype_of(&own) {
        // As `object.__new__` does it. CPython has a flag for it, which is looked at when there is memory.
        return if plain && !checks_self() { abstract_methods(class) } else { Ok(()) };
    }
    let name = class.name()?;
    Err(Error::new::<TypeError>(format!("{own_name}.__new__({name}): {name} is not a subtype of {own_name}")))
}

/// A result of `#[new]` of a class `C`: the value, any object, or a `Result` of one of them. `How` tells the
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
    /// Returns the function's error.
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
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>, args: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        Called(self, args).object(class).map(Handle::into_any)
    }
}

impl<'ctx, C: Class, P> NewOutput<'ctx, C, ByParts> for (C, P)
where
    (C, P): Parts<'ctx, C>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        new_instance(class, self).map(Handle::into_any)
    }
}

impl<'ctx, C: Class> NewOutput<'ctx, C, ByParts> for Init<C>
where
    Init<C>: Parts<'ctx, C>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        new_instance(class, self).map(Handle::into_any)
    }
}

impl<'ctx, C: Class, T> NewOutput<'ctx, C, ByHandle> for Handle<'ctx, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, _: &Handle<'ctx, Type>, _: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        Ok(self.into_any())
    }
}

impl<'ctx, C, How, V: NewOutput<'ctx, C, How>, E: Into<Error>> NewOutput<'ctx, C, InResult<How>>
    for core::result::Result<V, E>
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>, args: Arguments<'_, 'ctx>) -> Result<Handle<'ctx>> {
        self.map_err(Into::into)?.object(class, args)
    }
}

/// Converts the result of a `#[new]`.
///
/// # Errors
///
/// Returns the function's error.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn new_output<'ctx, C: Class, How, V: NewOutput<'ctx, C, How>>(
    class: &Handle<'ctx, Type>,
    args: Arguments<'_, 'ctx>,
    output: V,
) -> Result<Handle<'ctx>> {
    output.object(class, args)
}

/// Positional arguments that fit here need no allocation.
const INLINE: usize = 8;

/// Calls the inner body, that of a function, with an array of positional arguments and what a host passes for keywords: NULL or a
/// dict; PyPy 7.3.1x passes names to `__new__`, and has put their values behind the others.
///
/// # Safety
///
/// The host's word for a call of `tp_new` or `tp_init`: the words are `this`, the arguments, their number, the keywords.
unsafe fn with_keywords(ctx: *mut HPyContext, mode: Mode, frame: &mut Frame) {
    let ([this, args, nargs, keywords], body) = (frame.words, frame.inner);
    // SAFETY: the caller's word; nothing of `'ctx` outlives this function.
    let (ctx, keywords) = unsafe {
        let ctx = Context::from_raw(ctx);
        (ctx, crate::call::slot::maybe(ctx, handle_of(keywords)))
    };
    let result = match keywords {
        Some(dict) if !Tuple::holds(&dict) => split(&dict),
        _ => {
            // SAFETY: the caller's word.
            return unsafe { body(ctx.raw(), mode, frame) };
        }
    };
    let (names, values) = match result {
        Ok(split) => split,
        Err(error) => return failed(ctx, error),
    };
    let mut all = Vec::with_capacity(nargs.addr() + values.len());
    if !args.is_null() {
        // SAFETY: the caller's array.
        all.extend_from_slice(unsafe { core::slice::from_raw_parts(args.cast::<HPy>(), nargs.addr()) });
    }
    all.extend(values.iter().map(Handle::as_raw));
    frame.words = [this, all.as_mut_ptr().cast(), nargs, word(names.as_raw())];
    // SAFETY: the array has a value for each name; all handles are open until the end of this function.
    unsafe { body(ctx.raw(), mode, frame) };
}

fn split<'ctx>(keywords: &Handle<'ctx>) -> Result<(Handle<'ctx, Tuple>, Vec<Handle<'ctx>>)> {
    let names: Handle<'ctx, List> = keywords.downcast::<Dict>()?.keys()?;
    let names: Vec<Handle<'ctx>> = names.iter()?.into_iter().collect::<Result<_>>()?;
    let values = names.iter().map(|name| keywords.getitem(name)).collect::<Result<_>>()?;
    Ok((Tuple::from_handles(names.first().map_or(keywords.ctx(), Handle::ctx), &names)?, values))
}

/// [`with_keywords`] under the panic guard, with a context that the host passed.
///
/// # Safety
///
/// As there.
#[inline(never)]
unsafe extern "C" fn given(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: isize,
    keywords: HPy,
    body: Body,
) -> Word {
    let mut frame = Frame {
        words: [word(this), args.cast_mut().cast(), number(nargs), word(keywords)],
        inner: body,
        result: NO_OBJECT,
    };
    // SAFETY: the caller's word.
    unsafe { run_given(ctx, with_keywords, &mut frame) };
    if !hpy_host::context::is_embedded(ctx) {
        call_ends(ctx, !frame.result.is_null());
    }
    frame.result
}

/// The same in the embedded host, with a tuple and a dict that may be null.
///
/// # Safety
///
/// As there; the arguments are live objects.
#[inline(never)]
unsafe extern "C" fn direct(
    this: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    keywords: *mut cpy_PyObject,
    body: Body,
) -> Word {
    // SAFETY: invariant 5; the caller's word; a tuple keeps its items alive, and none is read that it does not have.
    unsafe {
        let api = hpy_host::api();
        let count = hpy_sys::cast::count((api.PyTuple_Size)(args));
        let mut inline = [HPy::NULL; INLINE];
        let mut more = Vec::new();
        let items = if count <= INLINE {
            &mut inline[..]
        } else {
            more.resize(count, HPy::NULL);
            &mut more[..]
        };
        for (item, index) in items.iter_mut().zip(0..count) {
            *item = handle((api.PyTuple_GetItem)(args, extent(index)));
        }
        let words = [this.cast(), items.as_mut_ptr().cast(), number(extent(count)), keywords.cast()];
        let mut frame = Frame { words, inner: body, result: NO_OBJECT };
        let first = if keywords.is_null() { body } else { with_keywords };
        run(hpy_host::context::address(), Mode::Direct, first, &mut frame);
        frame.result
    }
}

/// `__new__` as a function whose `this` is the class.
#[derive(Debug)]
pub struct NewDef<F>(core::marker::PhantomData<F>);

impl<F: Function<This = Type>> NewDef<F> {
    /// `tp_new`.
    pub const fn definition<C>() -> Definition<C> {
        let implementation = hpy_new::<F> as *const c_void;
        Definition::documented_slot(
            hpy_sys::HPy_tp_new,
            F::DOC,
            Functions {
                hpy: implementation,
                portable: cpy_new::<F> as *const c_void,
                direct: direct_new::<F> as *const c_void,
            },
        )
    }
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
    handle_of(unsafe { given(ctx, class, args, nargs, keywords, body::<F, true>) })
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
    unsafe { direct(class, args, keywords, body::<F, true>).cast() }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_new`.
unsafe extern "C" fn cpy_new<F: Function<This = Type>>(
    class: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: a function of this signature.
    unsafe { new_through_host(class, args, kw, hpy_new::<F> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn new_through_host(
    class: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
    function: *const c_void,
) -> *mut cpy_PyObject {
    let mut args = hpy_sys::_HPyFunc_args_NEWFUNC { self_: class, args, kw, result: core::ptr::null_mut() };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_NEWFUNC }>(function, (&raw mut args).cast()) };
    args.result
}

/// `__init__`, a method.
#[derive(Debug)]
pub struct InitDef<F>(core::marker::PhantomData<F>);

impl<F: Function> InitDef<F> {
    /// `tp_init`.
    pub const DEFINITION: Definition<F::This> = {
        let implementation = hpy_init::<F> as *const c_void;
        Definition::documented_slot(
            hpy_sys::HPy_tp_init,
            F::DOC,
            Functions {
                hpy: implementation,
                portable: cpy_init::<F> as *const c_void,
                direct: direct_init::<F> as *const c_void,
            },
        )
    };
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
    unsafe { status(ctx, given(ctx, this, args, nargs, keywords, body::<F, true>)) }
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
    unsafe { status(hpy_host::context::address(), direct(this, args, keywords, body::<F, true>)) }
}

/// Converts the method's result, an object (which is closed) or NULL, to that of `tp_init`.
///
/// # Safety
///
/// A live context, and a handle of it that the caller owns.
#[inline(never)]
unsafe extern "C" fn status(ctx: *mut HPyContext, result: Word) -> c_int {
    if result.is_null() {
        return -1;
    }
    // SAFETY: the caller's word.
    unsafe { crate::core::ffi::close(Context::from_raw(ctx), handle_of(result)) };
    0
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_init`.
unsafe extern "C" fn cpy_init<F: Function>(
    this: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> c_int {
    // SAFETY: a function of this signature.
    unsafe { init_through_host(this, args, kw, hpy_init::<F> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn init_through_host(
    this: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
    function: *const c_void,
) -> c_int {
    let mut args = hpy_sys::_HPyFunc_args_INITPROC { self_: this, args, kw, result: -1 };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_INITPROC }>(function, (&raw mut args).cast()) };
    args.result
}

/// The `__new__` of a class without `#[new]`.
#[derive(Debug)]
pub(crate) enum NoNew {}

impl Function for NoNew {
    type This = Type;
    const NAME: &'static core::ffi::CStr = c"__new__";
    const DOC: &'static core::ffi::CStr = c"";
    const CONVENTION: crate::call::function::Convention = crate::call::function::Convention::Keywords;
    const PARAMS: &'static crate::call::params::Params = &crate::call::params::Params::anything(b"__new__\0");

    fn call<'a, 'ctx>(
        _: Context<'ctx>,
        class: Ref<'a, 'ctx, Type>,
        _: &Arguments<'a, 'ctx>,
        _: &'static crate::call::params::Params,
    ) -> Result<Handle<'ctx>> {
        let name = class.name()?;
        Err(Error::new::<TypeError>(format!("cannot create '{name}' instances")))
    }
}

/// An `__init__` that does nothing.
#[derive(Debug)]
pub(crate) enum NoInit {}

impl Function for NoInit {
    type This = Any;
    const NAME: &'static core::ffi::CStr = c"__init__";
    const DOC: &'static core::ffi::CStr = c"";
    const CONVENTION: crate::call::function::Convention = crate::call::function::Convention::Keywords;
    const PARAMS: &'static crate::call::params::Params =
        &crate::call::params::Params::anything(b"__init__\0");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: Ref<'a, 'ctx>,
        _: &Arguments<'a, 'ctx>,
        _: &'static crate::call::params::Params,
    ) -> Result<Handle<'ctx>> {
        Ok(ctx.new_none().into_any())
    }
}
