//! [`FreeDef`]: static and class methods.

use core::ffi::{CStr, c_int};

use hpy_sys::HPyDef;

use crate::call::arguments::{Arguments, takes_one};
use crate::call::definition::{Definition, Functions};
use crate::call::function::{Convention, Function, FunctionDef, Nobody};
use crate::call::params::Params;
use crate::class::instance::constructor::check_class;
use crate::class::{Base, Class};
use crate::core::markers::Type;
use crate::core::{Context, Handle, Ref, Result, markers};

/// A static method, or a class method, whose `this` is the class.
#[derive(Debug)]
pub struct FreeDef {
    pub(crate) flags: c_int,
    function: Definition,
    /// For hosts that have no such flags: a class method whose `this` is nobody and whose class is its first argument.
    of_argument: Option<&'static Definition>,
}

const METH_VARARGS_FAST: c_int = 0x80;
const METH_KEYWORDS: c_int = 0x02;
const METH_NOARGS: c_int = 0x04;
const METH_O: c_int = 0x08;
const METH_CLASS: c_int = 0x10;
const METH_STATIC: c_int = 0x20;

impl FreeDef {
    /// A static method.
    pub const fn of_static<F: Function<This = Nobody>>() -> Self {
        Self::new::<F>(METH_STATIC, None)
    }

    /// A class method.
    pub const fn of_class<F: Function<This = Type>>() -> Self {
        Self::new::<F>(METH_CLASS, Some(const { &FunctionDef::<OfArgument<F>>::METHOD }))
    }

    const fn new<F: Function>(kind: c_int, of_argument: Option<&'static Definition>) -> Self {
        let convention = match F::CONVENTION {
            Convention::NoArgs => METH_NOARGS,
            Convention::O => METH_O,
            Convention::Varargs => METH_VARARGS_FAST,
            Convention::Keywords => METH_VARARGS_FAST | METH_KEYWORDS,
        };
        FreeDef { flags: kind | convention, function: FunctionDef::<F>::of_any(), of_argument }
    }

    pub(crate) fn name(&self) -> &'static CStr {
        self.function.name().unwrap_or_default()
    }

    pub(crate) fn doc(&self) -> &'static CStr {
        self.function.doc().unwrap_or_default()
    }

    pub(crate) const fn functions(&self) -> Functions {
        self.function.functions()
    }

    /// A method for hosts that have no such flags.
    pub(crate) fn make_method(&self) -> *mut HPyDef {
        self.of_argument.unwrap_or(&self.function).make(false)
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
