//! Binds the arguments of a call to the parameters of a function, with CPython's error messages.

use core::marker::PhantomData;

use hpy_sys::{HPy, HPyContext};

use super::params::{Params, text};
use crate::core::exceptions::TypeError;
use crate::core::markers::{Any, Dict, Str, Tuple, Type};
use crate::core::{Context, Error, Handle, Ref, Result};

/// The arguments of a call: positional arguments, then one value for each name in `kwnames`.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a, 'ctx> {
    ctx: Context<'ctx>,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    borrow: PhantomData<&'a ()>,
}

impl<'a, 'ctx> Arguments<'a, 'ctx> {
    /// # Safety
    ///
    /// `args` points at `nargs` handles and as many more as the tuple `kwnames` has names (none if it is null); all
    /// are open for `'a` and belong to `ctx`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn new(ctx: Context<'ctx>, args: *const HPy, nargs: usize, kwnames: HPy) -> Self {
        Arguments { ctx, args, nargs, kwnames, borrow: PhantomData }
    }

    /// The argument at a position below the number of arguments.
    ///
    /// # Safety
    ///
    /// `index` is below `nargs` plus the number of keywords.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn get(&self, index: usize) -> Ref<'a, 'ctx> {
        // SAFETY: the caller's word about `index`, and the constructor's about the array.
        unsafe { Ref::from_raw(self.ctx, *self.args.add(index)) }
    }

    /// The context of the call.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn ctx(&self) -> Context<'ctx> {
        self.ctx
    }

    /// How many positional arguments there are.
    pub(crate) fn len(&self) -> usize {
        self.nargs
    }

    /// The positional argument with that index.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn at(&self, index: usize) -> Option<Ref<'a, 'ctx>> {
        // SAFETY: `index` is below `nargs`.
        if index < self.nargs { Some(unsafe { self.get(index) }) } else { None }
    }

    /// How many keyword arguments there are.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn keywords(&self) -> usize {
        self.names().map_or(0, |names| names.count())
    }

    fn names(&self) -> Option<Ref<'a, 'ctx, Tuple>> {
        // SAFETY: the host passes a tuple, open for the time of the call, or null.
        (!self.kwnames.is_null()).then(|| unsafe { Ref::from_raw(self.ctx, self.kwnames) })
    }

    /// The name and the value of a keyword argument.
    pub(crate) fn keyword(&self, index: usize) -> Result<(Handle<'ctx, Str>, Ref<'a, 'ctx>)> {
        let names = self.names().filter(|names| index < names.count());
        let Some(names) = names else { return Err(Error::new::<TypeError>("no such keyword")) };
        let Ok(name) = names.item(index)?.downcast_into::<Str>() else {
            return Err(Error::new::<TypeError>("keywords must be strings"));
        };
        // SAFETY: one value for each name stands behind the positional arguments.
        Ok((name, unsafe { self.get(self.nargs + index) }))
    }

    /// The positional arguments as a tuple.
    pub(crate) fn positional(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Tuple>> {
        // SAFETY: `index` is below `nargs`.
        let args = (0..self.nargs).map(|index| unsafe { self.get(index) }.to_owned());
        Tuple::from_handles(ctx, &args.collect::<Vec<_>>())
    }

    /// The first positional argument, known to be a class, and the rest: those of a class method on a host that passes
    /// the class so.
    pub(crate) fn first(self, params: &'static Params) -> Result<(Ref<'a, 'ctx, Type>, Self)> {
        if self.nargs == 0 {
            return Err(error(params, format_args!("needs a class")));
        }
        // SAFETY: there is at least one.
        let (class, args) = unsafe { (self.get(0), self.args.add(1)) };
        class.downcast::<Type>()?;
        // SAFETY: just checked; the rest of the array.
        Ok(unsafe { (class.cast_unchecked(), Arguments::new(self.ctx, args, self.nargs - 1, self.kwnames)) })
    }

    /// The one argument of a function that takes one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn only(&self) -> Option<Ref<'a, 'ctx>> {
        // SAFETY: there is one; the `O` convention always passes one, so the question costs nothing.
        if self.nargs == 1 { Some(unsafe { self.get(0) }) } else { None }
    }
}

/// The place of an argument: empty, or a handle that is open for `'a`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Slot<'a, 'ctx> {
    ctx: *mut HPyContext,
    raw: HPy,
    borrow: PhantomData<(&'a (), Invariant<'ctx>)>,
}

type Invariant<'ctx> = fn(&'ctx ()) -> &'ctx ();

impl<'a, 'ctx> Slot<'a, 'ctx> {
    /// Nothing.
    pub const EMPTY: Self = Slot { ctx: core::ptr::null_mut(), raw: HPy::NULL, borrow: PhantomData };

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn put(&mut self, argument: Ref<'a, 'ctx>) {
        *self = Slot { ctx: argument.ctx().raw(), raw: argument.as_raw(), borrow: PhantomData };
    }

    /// Was it passed?
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn is_given(&self) -> bool {
        !self.raw.is_null()
    }

    /// The argument.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn get(&self) -> Option<Ref<'a, 'ctx>> {
        // SAFETY: `put` took both from a handle of `'ctx` that is open for `'a`; a context is never null.
        self.is_given().then(|| unsafe { Ref::from_raw(Context::from_raw(self.ctx), self.raw) })
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn handle(&self) -> Option<&Handle<'ctx>> {
        // SAFETY: as for `get`; a handle is its context and the raw handle, `repr(C)`, and a `&Handle` closes nothing.
        self.is_given().then(|| unsafe { &*(&raw const *self).cast() })
    }
}

/// Puts the arguments in the order of the parameters, into as many empty slots; one stays empty where the default is
/// wanted.
///
/// # Errors
///
/// Returns a `TypeError` with CPython's message.
#[inline(never)]
pub fn bind<'a, 'ctx>(
    params: &'static Params,
    args: &Arguments<'a, 'ctx>,
    slots: &mut [Slot<'a, 'ctx>],
) -> Result<()> {
    by_position(params, args, slots);
    let enough = args.nargs >= params.required_positional.into() && !params.required_keyword;
    if args.kwnames.is_null() && enough && args.nargs <= params.positional.into() {
        return Ok(());
    }
    by_keyword(params, args, slots, None)
}

/// The same for a function whose parameters are given by position only, in the function itself.
///
/// # Errors
///
/// Returns a `TypeError` with CPython's message.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn bind_positional<'a, 'ctx, const N: usize>(
    params: &'static Params,
    args: &Arguments<'a, 'ctx>,
) -> Result<[Option<Ref<'a, 'ctx>>; N]> {
    let enough = args.nargs >= params.required_positional.into() && !params.required_keyword;
    if args.kwnames.is_null() && enough && args.nargs <= params.positional.into() {
        return Ok(core::array::from_fn(|i| {
            // SAFETY: `i < nargs`.
            if i < args.nargs { Some(unsafe { args.get(i) }) } else { None }
        }));
    }
    // What a call passes comes in pieces: whole, it would have to be in memory for the fast case, too.
    Err(not_bound(args.ctx, params, args.args, args.nargs, args.kwnames))
}

/// Why [`bind_positional`] failed.
#[cold]
#[inline(never)]
fn not_bound(
    ctx: Context<'_>,
    params: &'static Params,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> Error {
    // SAFETY: the caller takes the three apart from an `Arguments`.
    let args = unsafe { Arguments::new(ctx, args, nargs, kwnames) };
    let mut slots = vec![Slot::EMPTY; params.count.into()];
    match bind(params, &args, &mut slots) {
        Ok(()) => unbound(params),
        Err(error) => error,
    }
}

/// Fills the slots of those that are given by position.
#[cfg_attr(not(debug_assertions), inline(always))]
fn by_position<'a, 'ctx>(params: &'static Params, args: &Arguments<'a, 'ctx>, slots: &mut [Slot<'a, 'ctx>]) {
    let given = args.nargs.min(params.positional.into());
    for (i, slot) in slots.iter_mut().take(given).enumerate() {
        // SAFETY: `i < nargs`.
        slot.put(unsafe { args.get(i) });
    }
}

/// The rest of the arguments as a tuple, and of the keywords as a dict, where a function takes them.
pub(crate) type Variadic<'ctx> = (Option<Handle<'ctx, Tuple>>, Option<Handle<'ctx, Dict>>);

/// [`bind`] for a function with `*args` or `**kwargs`: also gives the rest as a tuple, and the other keywords as a dict.
///
/// # Errors
///
/// Returns a `TypeError` with CPython's message.
pub fn bind_variadic<'a, 'ctx>(
    params: &'static Params,
    args: &Arguments<'a, 'ctx>,
    slots: &mut [Slot<'a, 'ctx>],
) -> Result<Variadic<'ctx>> {
    let ctx = args.ctx;
    by_position(params, args, slots);
    let kwargs = if params.kwargs { Some(Dict::new(ctx)?) } else { None };
    by_keyword(params, args, slots, kwargs.as_ref())?;
    let rest = if params.varargs {
        let taken = args.nargs.min(params.positional.into());
        let rest = match args.nargs - taken {
            0 => &[], // then the array's pointer may be null
            // SAFETY: the array has `nargs` handles.
            count => unsafe { core::slice::from_raw_parts(args.args.add(taken), count) },
        };
        Some(Tuple::from_raw_items(ctx, rest)?)
    } else {
        None
    };
    Ok((rest, kwargs))
}

/// The general case of [`bind`]: the keywords, and whether all is there.
#[inline(never)]
fn by_keyword<'a, 'ctx>(
    params: &'static Params,
    args: &Arguments<'a, 'ctx>,
    slots: &mut [Slot<'a, 'ctx>],
    kwargs: Option<&Handle<'ctx, Dict>>,
) -> Result<()> {
    if !args.kwnames.is_null() {
        // Compiled twice: with a constant context it is a third shorter.
        if args.ctx.is_embedded() {
            // SAFETY: it is the context of the call.
            let ctx = unsafe { Context::from_raw(hpy_host::context::address()) };
            keywords(ctx, params, args, slots, kwargs)?;
        } else {
            keywords(args.ctx, params, args, slots, kwargs)?;
        }
    }
    let positional = usize::from(params.positional);
    if args.nargs > positional && !params.varargs {
        return Err(too_many(params, args.nargs, slots));
    }
    let required = &slots[..params.required_positional.into()];
    if args.nargs < required.len() && required.iter().any(|slot| !slot.is_given()) {
        return Err(missing(params, required, 0, "positional"));
    }
    if params.required_keyword {
        let keyword = &slots[positional..];
        let is_required = params.each().skip(positional);
        if keyword.iter().zip(is_required).any(|(slot, (_, required))| required && !slot.is_given()) {
            return Err(missing(params, keyword, positional, "keyword-only"));
        }
    }
    Ok(())
}

/// Fills the slots of those that are given by keyword.
#[cfg_attr(not(debug_assertions), inline(always))]
fn keywords<'a, 'ctx>(
    ctx: Context<'ctx>,
    params: &'static Params,
    args: &Arguments<'a, 'ctx>,
    slots: &mut [Slot<'a, 'ctx>],
    kwargs: Option<&Handle<'ctx, Dict>>,
) -> Result<()> {
    // SAFETY: the host passes a tuple, open for the time of the call.
    let names: Ref<'_, 'ctx, Tuple> = unsafe { Ref::from_raw(ctx, args.kwnames) };
    // Keywords mostly stand in the order of the parameters: this is the one to look at first.
    let mut guess = Guess { index: 0, rest: params.parameters() };
    guess.skip(args.nargs);
    for i in 0..names.count() {
        let name = names.borrow_item(i)?;
        // SAFETY: one value for each name stands behind the positional arguments.
        let value = unsafe { Ref::from_raw(ctx, *args.args.add(args.nargs + i)) };
        bind_keyword(params, name.get(), &mut guess, value, slots, kwargs)?;
    }
    Ok(())
}

/// A parameter, and the names from its own on.
struct Guess {
    index: usize,
    rest: &'static [u8],
}

impl Guess {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            let mut end = 2; // behind the mark, and the first byte of the name
            while self.rest.get(end).is_some_and(|&byte| byte != 0) {
                end += 1;
            }
            match self.rest.get(end + 1..) {
                Some(rest) => self.rest = rest,
                None => return,
            }
            self.index += 1;
        }
    }

    /// Is it called so? Then the next one is looked at after it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_name(&mut self, name: &[u8]) -> bool {
        let end = name.len() + 1;
        if self.rest.len() > end && self.rest[end] == 0 && same(&self.rest[1..end], name) {
            self.rest = &self.rest[end + 1..];
            self.index += 1;
            return true;
        }
        false
    }
}

/// Are they the same? Names are short, so the bytes are compared here.
#[cfg_attr(not(debug_assertions), inline(always))]
fn same(a: &[u8], b: &[u8]) -> bool {
    core::iter::zip(a, b).all(|(a, b)| a == b)
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn bind_keyword<'a, 'ctx>(
    params: &'static Params,
    name: &Handle<'ctx, Any>,
    guess: &mut Guess,
    value: Ref<'a, 'ctx>,
    slots: &mut [Slot<'a, 'ctx>],
    kwargs: Option<&Handle<'ctx, Dict>>,
) -> Result<()> {
    // SAFETY: the host passes a tuple of texts.
    let name_text = unsafe { name.cast_unchecked::<Str>() };
    let slow;
    let text = match name_text.utf8() {
        Some(text) => text,
        None if name.downcast::<Str>().is_err() => {
            return Err(Error::new::<TypeError>("keywords must be strings"));
        }
        None => {
            slow = name_text.as_str()?;
            slow.as_bytes()
        }
    };
    let found = if guess.is_name(text) { Some(guess.index - 1) } else { find(params, text) };
    match (found, kwargs) {
        (Some(i), _) if i >= params.positional_only.into() => match slots.get_mut(i) {
            Some(slot) if !slot.is_given() => {
                slot.put(value);
                Ok(())
            }
            _ => Err(wrong_keyword(params, "got multiple values for argument", text)),
        },
        (_, Some(kwargs)) => kwargs.setitem(name, value),
        (Some(_), None) => Err(wrong_keyword(
            params,
            "got some positional-only arguments passed as keyword arguments:",
            text,
        )),
        (None, None) => Err(wrong_keyword(params, "got an unexpected keyword argument", text)),
    }
}

#[inline(never)]
fn find(params: &'static Params, name: &[u8]) -> Option<usize> {
    params.each().position(|(known, _)| known == name)
}

#[cold]
fn wrong_keyword(params: &'static Params, what: &str, name: &[u8]) -> Error {
    error(params, format_args!("{what} '{}'", String::from_utf8_lossy(name)))
}

#[cold]
fn error(params: &'static Params, message: core::fmt::Arguments<'_>) -> Error {
    Error::new::<TypeError>(format!("{}() {message}", params.function()))
}

/// For a function that takes one argument, and was given another number.
#[cold]
pub(crate) fn takes_one(params: &'static Params, given: usize) -> Error {
    error(params, format_args!("takes exactly one argument ({given} given)"))
}

#[cold]
fn too_many(params: &'static Params, given: usize, slots: &[Slot<'_, '_>]) -> Error {
    let (positional, required_positional) =
        (usize::from(params.positional), usize::from(params.required_positional));
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let takes = if required_positional < positional {
        format!("from {required_positional} to {positional} positional arguments")
    } else {
        format!("{positional} positional argument{}", plural(positional))
    };
    let keywords = slots[positional..].iter().filter(|slot| slot.is_given()).count();
    let given = if keywords > 0 {
        let (s, k) = (plural(given), plural(keywords));
        format!("{given} positional argument{s} (and {keywords} keyword-only argument{k}) were given")
    } else {
        format!("{given} {} given", if given == 1 { "was" } else { "were" })
    };
    error(params, format_args!("takes {takes} but {given}"))
}

#[cold]
fn missing(params: &'static Params, slots: &[Slot<'_, '_>], first: usize, kind: &str) -> Error {
    let (mut count, mut list, mut last) = (0, String::new(), "");
    for (slot, (name, required)) in slots.iter().zip(params.each().skip(first)) {
        if !slot.is_given() && required {
            if count > 0 {
                list.push_str(if count > 1 { "', '" } else { "'" });
                list.push_str(last);
            }
            last = text(name);
            count += 1;
        }
    }
    let (s, and) = match count {
        1 => ("", "'"),
        2 => ("s", "' and '"),
        _ => ("s", "', and '"),
    };
    error(params, format_args!("missing {count} required {kind} argument{s}: {list}{and}{last}'"))
}

/// A required argument that `bind` let pass without a value: the tables contradict each other.
#[cold]
pub(crate) fn unbound(params: &'static Params) -> Error {
    Error::new::<crate::core::exceptions::SystemError>(format!(
        "{}() has a table of parameters that is wrong",
        params.function()
    ))
}
