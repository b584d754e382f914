//! [`FreeDef`]: static and class methods.

use core::ffi::{CStr, c_int};

use crate::call::arguments::{Arguments, takes_one};
use crate::call::definition::{Def, Trampolines};
use crate::call::function::{Convention, Function, FunctionDef, Nobody};
use crate::call::params::Params;
use crate::class::instance::constructor::check_class;
use crate::class::{Base, Class};
use crate::core::markers::Type;
use crate::core::{Context, Handle, Ref, Result, markers};

/// A static method, or a class method, whose `this` is the class.
#[derive(Debug)]
pub struct FreeDef {
    pub(crate) name: &'static CStr,
    pub(crate) doc: &'static CStr,
    pub(crate) flags: c_int,
    pub(crate) functions: Trampolines,
    /// A method for hosts that have no such flags. Its `this` is nobody; a class method's class is its first argument.
    pub(crate) method: Def,
}

// SAFETY: constant data; its pointers are to constant data and to functions.
unsafe impl Sync for FreeDef {}

const METH_VARARGS_FAST: c_int = 0x80;
const METH_KEYWORDS: c_int = 0x02;
const METH_NOARGS: c_int = 0x04;
const METH_O: c_int = 0x08;
const METH_CLASS: c_int = 0x10;
const METH_STATIC: c_int = 0x20;

impl FreeDef {
    /// A static method.
    pub const fn of_static<F: Function<This = Nobody>>() -> Self {
        Self::new::<F>(METH_STATIC, FunctionDef::<F>::UNIVERSAL)
    }

    /// A class method.
    pub const fn of_class<F: Function<This = Type>>() -> Self {
        Self::new::<F>(METH_CLASS, FunctionDef::<OfArgument<F>>::UNIVERSAL)
    }

    const fn new<F: Function>(kind: c_int, method: Def) -> Self {
        let convention = match F::CONVENTION {
            Convention::NoArgs => METH_NOARGS,
            Convention::O => METH_O,
            Convention::Varargs => METH_VARARGS_FAST,
            Convention::Keywords => METH_VARARGS_FAST | METH_KEYWORDS,
        };
        FreeDef {
            name: F::NAME,
            doc: F::DOC,
            flags: kind | convention,
            functions: FunctionDef::<F>::TRAMPOLINES,
            method,
        }
    }

    pub(crate) const fn is_class(&self) -> bool {
        self.flags & METH_CLASS != 0
    }
}

/// A class method as a function whose first argument is the class.
struct OfArgument<F>(core::marker::PhantomData<F>);

impl<F: Function<This = Type>> Function for OfArgument<F> {
    type This = markers::Any;
    const NAME: &'static CStr = F::NAME;
    const DOC: &'static CStr = F::DOC;
    const CONVENTION: Convention = match F::CONVENTION {
        Convention::NoArgs => Convention::O,
        Convention::O | Convention::Varargs => Convention::Varargs,
        Convention::Keywords => Convention::Keywords,
    };
    const PARAMS: &'static Params = F::PARAMS;

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: Ref<'a, 'ctx, markers::Any>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let (class, rest) = args.first(params)?;
        if F::CONVENTION as u8 == Convention::O as u8 && rest.len() != 1 {
            return Err(takes_one(params, rest.len()));
        }
        F::call(ctx, class, &rest, params)
    }
}

/// The `__new__` of a class that extends a builtin one, as a static method: Python then takes the builtin class's own
/// `__new__` for one that may make its instances.
#[derive(Debug)]
pub struct NewMethod<C, F>(core::marker::PhantomData<(C, F)>);

impl<C: Class, F: Function<This = Type>> NewMethod<C, F> {
    /// The method; `None` for a class that makes its instances itself.
    pub const METHOD: Option<&'static FreeDef> =
        if <C::Base as Base>::BUILTIN { Some(Self::CHECKED) } else { None };

    const CHECKED: &'static FreeDef = &FreeDef::of_static::<CheckedNew<C, F>>();
}

/// [`OfArgument`] of a `__new__`, for the class `C` and its subclasses only.
struct CheckedNew<C, F>(core::marker::PhantomData<(C, F)>);

impl<C: Class, F: Function<This = Type>> Function for CheckedNew<C, F> {
    type This = Nobody;
    /// It gets the real one later: GraalPy 24 does not call a static method of that name as one.
    const NAME: &'static CStr = c"_hpy_new";
    const DOC: &'static CStr = F::DOC;
    const CONVENTION: Convention = Convention::Keywords;
    const PARAMS: &'static Params = F::PARAMS;

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: Ref<'a, 'ctx, Nobody>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let (class, rest) = args.first(params)?;
        check_class(&class, C::slot(), C::NAME, false)?;
        F::call(ctx, class, &rest, params)
    }
}
