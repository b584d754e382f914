//! [`Function`], the trait that the macro implements for each function, and [`FunctionDef`], the definitions made of it.

use core::ffi::{CStr, c_void};
use core::marker::PhantomData;

use hpy_sys::HPyFunc_Signature;

use super::arguments::Arguments;
pub(crate) use super::definition::{Def, DefPair, ModuleDef, Trampolines};
use super::params::Params;
use super::through_host as h;
use super::trampoline as t;
use crate::core::markers::PythonType;
use crate::core::{Context, Handle, Ref, Result, markers};

/// The calling convention for the arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// None at all.
    NoArgs,
    /// Exactly one, by position.
    O,
    /// By position.
    Varargs,
    /// By position and by keyword.
    Keywords,
}

/// A function callable from Python. The macro implements it for an empty type with the function's name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function for Python",
    label = "not made with `#[hpy::function]`",
    note = "write `#[hpy::function]` above the function; one of another crate needs a function of your own that calls it"
)]
pub trait Function {
    /// What the host passes first: the module of a function, the instance of a method; [`Nobody`] for a static method.
    type This: PythonType;
    /// The name in Python.
    const NAME: &'static CStr;
    /// The docstring, with the signature that `inspect` reads on its first line.
    const DOC: &'static CStr;
    /// The calling convention for the arguments.
    const CONVENTION: Convention;
    /// The parameters.
    const PARAMS: &'static Params;

    /// Converts the arguments, calls the Rust function, and converts its result. Messages use the names in `params`:
    /// [`Function::PARAMS`], or the same with another function name.
    ///
    /// # Errors
    ///
    /// Returns the error of any of these three steps.
    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        this: Ref<'a, 'ctx, Self::This>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>>;
}

/// The two definitions of a function: for hosts of any kind, and for the host in this file.
#[derive(Debug)]
pub struct FunctionDef<F>(PhantomData<F>);

impl<F: Function> FunctionDef<F> {
    const SIGNATURE: HPyFunc_Signature = match F::CONVENTION {
        Convention::NoArgs => hpy_sys::HPyFunc_NOARGS,
        Convention::O => hpy_sys::HPyFunc_O,
        Convention::Varargs => hpy_sys::HPyFunc_VARARGS,
        Convention::Keywords => hpy_sys::HPyFunc_KEYWORDS,
    };

    const IMPLEMENTATION: *const c_void = match F::CONVENTION {
        Convention::NoArgs => t::hpy_noargs::<F> as *const c_void,
        Convention::O => t::hpy_o::<F> as *const c_void,
        Convention::Varargs => t::hpy_varargs::<F> as *const c_void,
        Convention::Keywords => t::hpy_keywords::<F, false> as *const c_void,
    };

    const PORTABLE: *const c_void = match F::CONVENTION {
        Convention::NoArgs => h::cpy_noargs::<F> as *const c_void,
        Convention::O => h::cpy_o::<F> as *const c_void,
        Convention::Varargs => h::cpy_varargs::<F> as *const c_void,
        Convention::Keywords => h::cpy_keywords::<F, false> as *const c_void,
    };

    const DIRECT: *const c_void = match F::CONVENTION {
        Convention::NoArgs => t::direct_noargs::<F> as *const c_void,
        Convention::O => t::direct_o::<F> as *const c_void,
        Convention::Varargs => t::direct_varargs::<F> as *const c_void,
        Convention::Keywords => t::direct_keywords::<F, false> as *const c_void,
    };

    /// For any host: the CPython-signature trampoline goes through the context that the host announced.
    pub(crate) const UNIVERSAL: Def =
        Def::method(F::NAME, F::DOC, Self::SIGNATURE, Self::IMPLEMENTATION, Self::PORTABLE);

    /// For the host in this file: the CPython-signature trampoline calls the Rust function directly.
    const EMBEDDED: Def = Def::method(F::NAME, F::DOC, Self::SIGNATURE, Self::IMPLEMENTATION, Self::DIRECT);

    /// Both, for the table of a class.
    pub const PAIR: DefPair<F::This> = DefPair {
        universal: Self::UNIVERSAL,
        embedded: Self::EMBEDDED,
        property: None,
        doc: None,
        class: PhantomData,
    };

    /// The functions alone.
    pub(crate) const TRAMPOLINES: Trampolines =
        Trampolines { portable: Self::PORTABLE, direct: Self::DIRECT };

    /// `tp_call` of a class whose `__call__` this is.
    pub const CALL: DefPair<F::This> = {
        let implementation = t::hpy_keywords::<F, true> as *const c_void;
        let slot = hpy_sys::HPy_tp_call;
        DefPair {
            universal: Def::slot(slot, implementation, h::cpy_keywords::<F, true> as *const c_void),
            embedded: Def::slot(slot, implementation, t::direct_keywords::<F, true> as *const c_void),
            property: None,
            doc: Some(F::DOC),
            class: PhantomData,
        }
    };
}

/// The definition of a function from elsewhere. A function, so that the compiler says where there is none.
#[must_use]
pub const fn exported_def<F: Function<This = markers::Module>>() -> ModuleDef {
    FunctionDef::<F>::MODULE
}

impl<F: Function<This = markers::Module>> FunctionDef<F> {
    /// For the table of a module.
    pub const MODULE: ModuleDef = ModuleDef {
        params: F::PARAMS,
        doc: if F::DOC.is_empty() { core::ptr::null() } else { F::DOC.as_ptr() },
        signature: Self::SIGNATURE,
        implementation: Self::IMPLEMENTATION,
        functions: Self::TRAMPOLINES,
    };
}

/// What the `this` of a static method is: nothing. Some hosts pass NULL.
#[derive(Debug)]
pub enum Nobody {}

impl PythonType for Nobody {
    const NAME: &'static str = "object";
    const NOBODY: bool = true;

    fn check(_: &Handle<'_>) -> Result<bool> {
        Ok(false)
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, markers::Type>> {
        markers::Any::type_object(ctx)
    }
}
