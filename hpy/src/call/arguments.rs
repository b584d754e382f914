//! Binds the arguments of a call to the parameters of a function, with CPython's error messages.

use core::ffi::CStr;
use core::marker::PhantomData;

use hpy_sys::HPy;

use crate::core::exceptions::TypeError;
use crate::core::markers::{Any, Dict, PythonType, Str, Tuple, Type};
use crate::core::{Context, Error, FromPython, Handle, Ref, Result};

/// The parameters of a function as Python sees them, without `*args` and `**kwargs`.
#[derive(Debug)]
pub struct Params {
    /// The function's name, for messages.
    pub function: FunctionName,
    /// Names of all parameters: the positional ones, then the keyword-only ones.
    pub names: &'static [&'static CStr],
    /// How many of them can't be given by keyword.
    pub positional_only: usize,
    /// How many of them can be given by position.
    pub positional: usize,
    /// How many of the positional ones have no default.
    pub required_positional: usize,
    /// For each keyword-only one: has it no default?
    pub required_keyword: &'static [bool],
    /// Is there a `*args`?
    pub varargs: bool,
    /// Is there a `**kwargs`?
    pub kwargs: bool,
}

/// The name of a function in messages, like Python's `__qualname__`; for a constructor, the name of the class.
#[derive(Clone, Copy, Debug)]
pub struct FunctionName {
    class: &'static str,
    name: &'static str,
}

/// A function of a module, or one that nobody sees.
pub const fn function_name(name: &'static str) -> FunctionName {
    FunctionName { class: "", name }
}

/// A method; the class has the name that Python knows.
pub const fn method_name<C: PythonType>(name: &'static str) -> FunctionName {
    FunctionName { class: C::NAME, name }
}

/// A constructor.
pub const fn class_name<C: PythonType>() -> FunctionName {
    function_name(C::NAME)
}

impl core::fmt::Display for FunctionName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let dot = if self.class.is_empty() { "" } else { "." };
        write!(f, "{}{dot}{}", self.class, self.name)
    }
}

impl Params {
    /// Those of a function that does not look at them.
    pub(crate) const fn anything(function: &'static str) -> Self {
        Params {
            function: function_name(function),
            names: &[],
            positional_only: 0,
            positional: 0,
            required_positional: 0,
            required_keyword: &[],
            varargs: true,
            kwargs: true,
        }
    }

    /// The name of a parameter.
    pub(crate) fn name(&self, index: usize) -> &'static str {
        self.names.get(index).and_then(|name| name.to_str().ok()).unwrap_or("?")
    }
}

/// What one call passes: positional arguments, then one value for each name in `kwnames`.
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
    #[inline(always)]
    pub(crate) unsafe fn new(ctx: Context<'ctx>, args: *const HPy, nargs: usize, kwnames: HPy) -> Self {
        Arguments { ctx, args, nargs, kwnames, borrow: PhantomData }
    }

    /// The argument at a position below the number of arguments.
    ///
    /// # Safety
    ///
    /// `index` is below `nargs` plus the number of keywords.
    #[inline(always)]
    unsafe fn get(&self, index: usize) -> Ref<'a, 'ctx> {
        // SAFETY: the caller's word about `index`, and the constructor's about the array.
        unsafe { Ref::from_raw(self.ctx, *self.args.add(index)) }
    }

    /// How many positional arguments there are.
    pub(crate) fn len(&self) -> usize {
        self.nargs
    }

    /// The positional arguments as a tuple.
    pub(crate) fn positional(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Tuple>> {
        // SAFETY: `index` is below `nargs`.
        let args = (0..self.nargs).map(|index| unsafe { self.get(index) }.to_owned());
        Tuple::from_handles(ctx, &args.collect::<Vec<_>>())
    }

    /// The first positional argument, known to be a class, and the rest: those of a class method on a host that passes
    /// the class so.
    pub(crate) fn first(self, params: &Params) -> Result<(Ref<'a, 'ctx, Type>, Self)> {
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
    #[inline(always)]
    pub fn only(&self) -> Option<Ref<'a, 'ctx>> {
        // SAFETY: there is one; the `O` convention always passes one, so the question costs nothing.
        if self.nargs == 1 { Some(unsafe { self.get(0) }) } else { None }
    }
}

/// The arguments in the order of the parameters; `None` where the default is wanted.
///
/// # Errors
///
/// Returns a `TypeError` with CPython's message.
#[inline(always)]
pub fn bind<'a, 'ctx, const N: usize>(
    ctx: Context<'ctx>,
    params: &'static Params,
    args: Arguments<'a, 'ctx>,
) -> Result<[Option<Ref<'a, 'ctx>>; N]> {
    let enough = params.required_positional <= args.nargs && !params.required_keyword.contains(&true);
    if args.kwnames.is_null() && enough && args.nargs <= params.positional {
        return Ok(core::array::from_fn(|i| {
            // SAFETY: `i < nargs`.
            if i < args.nargs { Some(unsafe { args.get(i) }) } else { None }
        }));
    }
    let mut slots = positional(params, args);
    bind_slots(ctx, params, args.args, args.nargs, args.kwnames, &mut slots, None)?;
    Ok(borrowed(ctx, params, slots))
}

/// The slots, those filled that were given by position.
#[inline(always)]
fn positional<const N: usize>(params: &'static Params, args: Arguments<'_, '_>) -> [HPy; N] {
    core::array::from_fn(|i| {
        let given = i < params.positional && i < args.nargs;
        // SAFETY: `i < nargs`.
        if given { unsafe { args.get(i) }.as_raw() } else { HPy::NULL }
    })
}

/// The arguments that slots were filled with: they are the caller's, open for `'a`.
#[inline(always)]
fn borrowed<'a, 'ctx, const N: usize>(
    ctx: Context<'ctx>,
    params: &'static Params,
    slots: [HPy; N],
) -> [Option<Ref<'a, 'ctx>>; N] {
    core::array::from_fn(|i| {
        let required = i < params.required_positional;
        // SAFETY: `bind_slots` only copies handles of the call's arguments, which are open for `'a`; what it leaves
        // null is not required.
        if !required && slots[i].is_null() { None } else { Some(unsafe { Ref::from_raw(ctx, slots[i]) }) }
    })
}

/// What [`bind_variadic`] gives: the arguments, the rest as a tuple, and the other keywords as a dict.
pub type Variadic<'a, 'ctx, const N: usize> =
    ([Option<Ref<'a, 'ctx>>; N], Option<Handle<'ctx, Tuple>>, Option<Handle<'ctx, Dict>>);

/// [`bind`] for a function with `*args` or `**kwargs`.
///
/// # Errors
///
/// Returns a `TypeError` with CPython's message.
pub fn bind_variadic<'a, 'ctx, const N: usize>(
    ctx: Context<'ctx>,
    params: &'static Params,
    args: Arguments<'a, 'ctx>,
) -> Result<Variadic<'a, 'ctx, N>> {
    let mut slots = positional(params, args);
    let kwargs = if params.kwargs { Some(Dict::new(ctx)?) } else { None };
    bind_slots(ctx, params, args.args, args.nargs, args.kwnames, &mut slots, kwargs.as_ref())?;
    let rest = if params.varargs {
        let taken = params.positional.min(args.nargs);
        let rest = match args.nargs - taken {
            0 => &[], // then the array's pointer may be null
            // SAFETY: the array has `nargs` handles.
            count => unsafe { core::slice::from_raw_parts(args.args.add(taken), count) },
        };
        Some(Tuple::from_raw_items(ctx, rest)?)
    } else {
        None
    };
    Ok((borrowed(ctx, params, slots), rest, kwargs))
}

/// The general case of [`bind`]: the keywords, and whether all is there. What a call passes comes in pieces: whole, it would have to be in memory for the fast
/// case, too.
#[inline(never)]
fn bind_slots<'ctx>(
    ctx: Context<'ctx>,
    params: &'static Params,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    slots: &mut [HPy],
    kwargs: Option<&Handle<'ctx, Dict>>,
) -> Result<()> {
    // SAFETY: the callers take the three apart from an `Arguments`.
    let args = unsafe { Arguments::new(ctx, args, nargs, kwnames) };
    if !args.kwnames.is_null() {
        // SAFETY: the host passes a tuple, open for the time of the call.
        let names: Ref<'_, 'ctx, Tuple> = unsafe { Ref::from_raw(ctx, args.kwnames) };
        for i in 0..names.count() {
            let name = names.borrow_item(i)?;
            // SAFETY: one value for each name stands behind the positional arguments.
            let value = unsafe { args.get(args.nargs + i) };
            bind_keyword(params, name.get(), args.nargs + i, value, slots, kwargs)?;
        }
    }
    if args.nargs > params.positional && !params.varargs {
        return Err(too_many(params, args.nargs, slots));
    }
    if slots[..params.required_positional].iter().any(|slot| slot.is_null()) {
        return Err(missing(params, &slots[..params.required_positional], 0, "positional"));
    }
    let keyword = &slots[params.positional..];
    if keyword.iter().zip(params.required_keyword).any(|(slot, required)| *required && slot.is_null()) {
        return Err(missing(params, keyword, params.positional, "keyword-only"));
    }
    Ok(())
}

/// `guess` is the parameter that is looked at first: keywords mostly stand in the order of the parameters.
#[inline(always)]
fn bind_keyword<'ctx>(
    params: &'static Params,
    name: &Handle<'ctx, Any>,
    guess: usize,
    value: Ref<'_, 'ctx>,
    slots: &mut [HPy],
    kwargs: Option<&Handle<'ctx, Dict>>,
) -> Result<()> {
    // SAFETY: the host passes a tuple of texts.
    let text = unsafe { name.cast_unchecked::<Str>() }.as_str()?;
    let is_name = |known: &CStr| known.to_bytes() == text.as_bytes();
    let found = match params.names.get(guess).filter(|known| is_name(known)) {
        Some(_) => Some(guess),
        None => params.names.iter().position(|known| is_name(known)),
    };
    match (found, kwargs) {
        (Some(i), _) if i >= params.positional_only => {
            if !slots[i].is_null() {
                return Err(error(params, format_args!("got multiple values for argument '{text}'")));
            }
            slots[i] = value.as_raw();
            Ok(())
        }
        (_, Some(kwargs)) => kwargs.setitem(name, value),
        (Some(_), None) => Err(error(
            params,
            format_args!("got some positional-only arguments passed as keyword arguments: '{text}'"),
        )),
        (None, None) => Err(error(params, format_args!("got an unexpected keyword argument '{text}'"))),
    }
}

#[cold]
fn error(params: &Params, message: core::fmt::Arguments<'_>) -> Error {
    Error::new::<TypeError>(format!("{}() {message}", params.function))
}

/// For a function that takes one argument, and was given another number.
#[cold]
pub(crate) fn takes_one(params: &Params, given: usize) -> Error {
    error(params, format_args!("takes exactly one argument ({given} given)"))
}

#[cold]
fn too_many(params: &Params, given: usize, slots: &[HPy]) -> Error {
    let Params { positional, required_positional, .. } = *params;
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let takes = if required_positional < positional {
        format!("from {required_positional} to {positional} positional arguments")
    } else {
        format!("{positional} positional argument{}", plural(positional))
    };
    let keywords = slots[positional..].iter().filter(|slot| !slot.is_null()).count();
    let given = if keywords > 0 {
        let (s, k) = (plural(given), plural(keywords));
        format!("{given} positional argument{s} (and {keywords} keyword-only argument{k}) were given")
    } else {
        format!("{given} {} given", if given == 1 { "was" } else { "were" })
    };
    error(params, format_args!("takes {takes} but {given}"))
}

#[cold]
fn missing(params: &Params, slots: &[HPy], first: usize, kind: &str) -> Error {
    let (mut count, mut list, mut last) = (0, String::new(), "");
    for (i, slot) in slots.iter().enumerate() {
        if slot.is_null() && (kind == "positional" || params.required_keyword[i]) {
            if count > 0 {
                list.push_str(if count > 1 { "', '" } else { "'" });
                list.push_str(last);
            }
            last = params.name(first + i);
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

/// Converts a required argument.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[inline(always)]
pub fn argument<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    slot: &'a Option<Ref<'_, 'ctx>>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    match slot {
        Some(value) => convert(value, params, index),
        None => Err(unbound(params)),
    }
}

/// Converts an argument that was given although it has a default.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[inline(always)]
pub fn argument_or_default<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    value: &'a Ref<'_, 'ctx>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    convert(value, params, index)
}

/// Converts the operand of a dunder method; `None` if it is of a type or a value that the method can't take.
///
/// # Errors
///
/// Returns any exception that does not concern the operand.
#[inline(always)]
pub fn operand<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    ctx: Context<'ctx>,
    value: &'a Handle<'ctx>,
) -> Result<Option<T>> {
    match T::from_python(value) {
        Ok(value) => Ok(Some(value)),
        Err(error) => no_operand(ctx, error.into()),
    }
}

#[cold]
pub(crate) fn no_operand<T>(ctx: Context<'_>, error: Error) -> Result<Option<T>> {
    use crate::core::exceptions::{OverflowError, ValueError};
    let about_the_operand = error.is_instance_of::<TypeError>(ctx)
        || error.is_instance_of::<OverflowError>(ctx)
        || error.is_instance_of::<ValueError>(ctx);
    if about_the_operand { Ok(None) } else { Err(error) }
}

#[inline(always)]
fn convert<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    value: &'a Handle<'ctx>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    // Not the handle itself: it would have to be in memory for the fast case, too.
    let raw = value.as_raw();
    T::from_python(value).map_err(|error| named(error.into(), params, index, &T::HINT, raw))
}

/// Converts the tuple of `*args` or the dict of `**kwargs`, which is there if the function has one.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
pub fn variadic<'a, 'ctx, C, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    container: &'a Option<Handle<'ctx, C>>,
    params: &'static Params,
    name: &'static str,
) -> Result<T> {
    match container {
        Some(container) => T::from_python(container.as_any())
            .map_err(|error| error.into().for_argument(&params.function, name, &T::HINT, container.as_raw())),
        None => Err(unbound(params)),
    }
}

#[cold]
fn named(error: Error, params: &Params, index: usize, hint: &crate::core::Hint, value: HPy) -> Error {
    error.for_argument(&params.function, params.name(index), hint, value)
}

/// A required argument that `bind` let pass without a value: the tables contradict each other.
#[cold]
pub(crate) fn unbound(params: &Params) -> Error {
    Error::new::<crate::core::exceptions::SystemError>(format!(
        "{}() has a table of parameters that is wrong",
        params.function
    ))
}
