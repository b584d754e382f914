//! [`Args`]: the arguments of one call of a closure.

use core::fmt;

use super::signature::Signature;
use crate::call::arguments::{Arguments, Slot};
use crate::core::exceptions::TypeError;
use crate::core::markers::{Dict, NoneType, Str, Tuple};
use crate::core::{Context, Error, FromPython, Handle, Ref, Result};

/// The arguments of one call of a [`Callable`](crate::types::Callable) made of a closure.
///
/// [`extract`](Args::extract) converts them all. Where there is a signature, they are in the order of its parameters, however they
/// were passed.
pub struct Args<'a, 'ctx> {
    /// The name of the function, for messages.
    name: &'a str,
    signature: Option<&'a Signature>,
    arguments: Arguments<'a, 'ctx>,
    /// One for each parameter, or for each positional argument where there is no signature.
    slots: Slots<'a, 'ctx>,
    /// The keyword arguments that are no parameters.
    keywords: Option<Handle<'ctx, Dict>>,
    none: Ref<'ctx, 'ctx, NoneType>,
}

/// Arguments in order. Few need no allocation.
struct Slots<'a, 'ctx> {
    inline: [Slot<'a, 'ctx>; INLINE],
    spilled: Vec<Slot<'a, 'ctx>>,
    len: usize,
}

const INLINE: usize = 6;

impl<'a, 'ctx> Slots<'a, 'ctx> {
    fn new(len: usize) -> Self {
        let spilled = if len > INLINE { vec![Slot::EMPTY; len] } else { Vec::new() };
        Slots { inline: [Slot::EMPTY; INLINE], spilled, len }
    }

    fn all(&self) -> &[Slot<'a, 'ctx>] {
        if self.len > INLINE { &self.spilled } else { &self.inline[..self.len] }
    }

    fn all_mut(&mut self) -> &mut [Slot<'a, 'ctx>] {
        if self.len > INLINE { &mut self.spilled } else { &mut self.inline[..self.len] }
    }
}

impl fmt::Debug for Args<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slots = self.slots.all().iter().map(Slot::get).collect::<Vec<_>>();
        f.debug_struct("Args").field("function", &self.name).field("arguments", &slots).finish()
    }
}

impl<'a, 'ctx> Args<'a, 'ctx> {
    /// Puts the arguments in order.
    pub(super) fn bind(
        name: &'a str,
        signature: Option<&'a Signature>,
        arguments: &Arguments<'a, 'ctx>,
    ) -> Result<Self> {
        let ctx = arguments.ctx();
        let given = arguments.len();
        let len = signature.map_or(given, |signature| signature.parameters.len());
        let mut args = Args {
            name,
            signature,
            arguments: *arguments,
            slots: Slots::new(len),
            keywords: None,
            none: ctx.none(),
        };
        let by_position = signature.map_or(given, |signature| signature.positional.min(given));
        for (index, slot) in args.slots.all_mut().iter_mut().take(by_position).enumerate() {
            if let Some(argument) = arguments.at(index) {
                slot.put(argument);
            }
        }
        match signature {
            None => args.all_keywords()?,
            Some(signature) => args.by_keyword(signature)?,
        }
        Ok(args)
    }

    /// Without a signature: keywords are kept as they are.
    fn all_keywords(&mut self) -> Result<()> {
        for index in 0..self.arguments.keywords() {
            let (name, value) = self.arguments.keyword(index)?;
            self.rest()?.setitem(&name, value)?;
        }
        Ok(())
    }

    /// With a signature: keywords go to their parameters, and all that is required must be there.
    fn by_keyword(&mut self, signature: &Signature) -> Result<()> {
        for index in 0..self.arguments.keywords() {
            let (name, value) = self.arguments.keyword(index)?;
            let text = name.as_str()?;
            let found = signature.parameters.iter().position(|parameter| parameter.name == text);
            match found {
                Some(place) if place >= signature.positional_only => {
                    let slot = &mut self.slots.all_mut()[place];
                    if slot.is_given() {
                        return Err(self.error(format_args!("got multiple values for argument '{text}'")));
                    }
                    slot.put(value);
                }
                _ if signature.keywords => self.rest()?.setitem(&name, value)?,
                Some(_) => {
                    return Err(self.error(format_args!(
                        "got some positional-only arguments passed as keyword arguments: '{text}'"
                    )));
                }
                None => return Err(self.error(format_args!("got an unexpected keyword argument '{text}'"))),
            }
        }
        let given = self.arguments.len();
        if given > signature.positional && !signature.variadic {
            let required =
                signature.parameters[..signature.positional].iter().filter(|one| one.required).count();
            return Err(self.takes(required, signature.positional));
        }
        let missing = |from: &[super::signature::Parameter], first: usize| {
            let slots = &self.slots.all()[first..];
            let missing = from.iter().zip(slots).filter(|(one, slot)| one.required && !slot.is_given());
            missing.map(|(one, _)| format!("'{}'", one.name)).collect::<Vec<_>>()
        };
        let (positional, by_keyword) = signature.parameters.split_at(signature.positional);
        for (kind, names) in [
            ("positional", missing(positional, 0)),
            ("keyword-only", missing(by_keyword, signature.positional)),
        ] {
            if !names.is_empty() {
                return Err(self.missing(kind, &names));
            }
        }
        Ok(())
    }

    fn rest(&mut self) -> Result<&Handle<'ctx, Dict>> {
        if self.keywords.is_none() {
            self.keywords = Some(Dict::new(self.ctx())?);
        }
        self.keywords.as_ref().ok_or_else(|| Error::new::<TypeError>("no keywords"))
    }

    #[cold]
    fn error(&self, message: fmt::Arguments<'_>) -> Error {
        Error::new::<TypeError>(format!("{}() {message}", self.name))
    }

    #[cold]
    fn takes(&self, least: usize, most: usize) -> Error {
        let given = self.arguments.len();
        let s = if most == 1 { "" } else { "s" };
        let from = if least < most { format!("from {least} to ") } else { String::new() };
        let was = if given == 1 { "was" } else { "were" };
        self.error(format_args!("takes {from}{most} positional argument{s} but {given} {was} given"))
    }

    #[cold]
    fn missing(&self, kind: &str, names: &[String]) -> Error {
        let s = if names.len() == 1 { "" } else { "s" };
        let list = match names {
            [] => String::new(),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [all @ .., last] => format!("{}, and {last}", all.join(", ")),
        };
        self.error(format_args!("missing {} required {kind} argument{s}: {list}", names.len()))
    }

    /// Returns the context of the call.
    pub fn ctx(&self) -> Context<'ctx> {
        self.none.ctx()
    }

    /// Returns how many positional arguments were passed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arguments.len()
    }

    /// Returns whether no positional argument was passed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the argument for the parameter with that index, or the positional argument where there is no signature; `None` if it was
    /// not passed.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Ref<'a, 'ctx>> {
        self.slots.all().get(index)?.get()
    }

    /// Converts the arguments: `let (path, depth): (&str, Option<u32>) = args.extract()?`.
    ///
    /// With a signature, the tuple has one value for each parameter (`*args` and `**kwargs` not counted), and a parameter that was not
    /// passed converts like `None`. Without one, the tuple has one value for each positional argument, and another number of them, or
    /// a keyword, is an error.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` that names the function and the argument, or another error of a conversion.
    ///
    /// # Panics
    ///
    /// Panics if the signature has another number of parameters than the tuple has values.
    pub fn extract<'s, T: FromArgs<'s, 'ctx>>(&'s self) -> Result<T> {
        T::from_args(self)
    }

    /// Returns the positional arguments that `*args` of the signature takes; all of them where there is no signature.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn rest_positional(&self) -> Result<Handle<'ctx, Tuple>> {
        let first = self.signature.map_or(0, |signature| signature.positional);
        let rest = (first..self.len()).filter_map(|index| self.arguments.at(index)).map(Ref::to_owned);
        Tuple::from_handles(self.ctx(), &rest.collect::<Vec<_>>())
    }

    /// Returns the keyword arguments that `**kwargs` of the signature takes; all of them where there is no signature.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn rest_keywords(&self) -> Result<Handle<'ctx, Dict>> {
        match &self.keywords {
            Some(keywords) => Ok(keywords.clone()),
            None => Dict::new(self.ctx()),
        }
    }

    /// Are there as many as a tuple has values?
    fn check(&self, wanted: usize) -> Result<()> {
        if let Some(signature) = self.signature {
            let parameters = signature.parameters.len();
            assert!(
                parameters == wanted,
                "{}() has {parameters} parameters, not {wanted}: extract a tuple of as many values",
                self.name
            );
            return Ok(());
        }
        if let Some(keywords) = &self.keywords {
            if let Some(name) = keywords.iter()?.into_iter().next() {
                let name = name?.downcast_into::<Str>()?;
                let name = name.as_str()?;
                return Err(self.error(format_args!("got an unexpected keyword argument '{name}'")));
            }
        }
        if self.len() == wanted { Ok(()) } else { Err(self.takes(wanted, wanted)) }
    }

    fn convert<'s, T: FromPython<'s, 'ctx>>(&'s self, index: usize) -> Result<T> {
        let value = match self.slots.all().get(index).and_then(Slot::handle) {
            Some(value) => value,
            None => self.none.as_any(),
        };
        T::from_python(value).map_err(|error| self.named(error.into(), index, &T::HINT, value))
    }

    #[cold]
    fn named(&self, error: Error, index: usize, expected: &dyn fmt::Display, value: &Handle<'ctx>) -> Error {
        let name = match self.signature {
            Some(signature) => {
                signature.parameters.get(index).map_or_else(String::new, |one| one.name.clone())
            }
            None => (index + 1).to_string(),
        };
        error.for_argument(&self.name, &name, expected, value.as_raw())
    }
}

/// What [`Args::extract`] returns: `()`, or a tuple of up to 12 values that convert from Python.
///
/// This trait is sealed.
pub trait FromArgs<'s, 'ctx>: sealed::FromArgs<'s, 'ctx> {}

impl<'s, 'ctx, T: sealed::FromArgs<'s, 'ctx>> FromArgs<'s, 'ctx> for T {}

mod sealed {
    use super::Args;
    use crate::core::Result;

    pub trait FromArgs<'s, 'ctx>: Sized {
        fn from_args(args: &'s Args<'_, 'ctx>) -> Result<Self>;
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<'s, 'ctx, $($name: FromPython<'s, 'ctx>),*> sealed::FromArgs<'s, 'ctx> for ($($name,)*) {
            fn from_args(args: &'s Args<'_, 'ctx>) -> Result<Self> {
                const LEN: usize = <[&str]>::len(&[$(stringify!($name)),*]);
                args.check(LEN)?;
                #[allow(unused_variables, unused_mut)]
                let mut index = 0..LEN;
                #[allow(clippy::unused_unit)]
                Ok(($(args.convert::<$name>(index.next().unwrap_or_default())?,)*))
            }
        }
    };
}
crate::convert::tuple::for_each_tuple!(tuples);
tuples!();
