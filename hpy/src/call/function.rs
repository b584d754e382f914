//! [`FunctionDef`]: the definitions of a function, for tables that hosts read.

use core::ffi::c_void;
use core::marker::PhantomData;

use hpy_sys::HPyFunc_Signature;

pub(crate) use super::definition::{Definition, Functions, ModuleDef, Trampolines};
pub(crate) use super::function_trait::{Convention, Function, Nobody};
use super::through_host as h;
use super::trampoline as t;
use crate::core::markers;

/// The definition of a function.
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

    const FUNCTIONS: Functions =
        Functions { hpy: Self::IMPLEMENTATION, portable: Self::PORTABLE, direct: Self::DIRECT };

    /// For the table of a class.
    pub const METHOD: Definition<F::This> =
        Definition::method(F::NAME, F::DOC, Self::SIGNATURE, Self::FUNCTIONS);

    /// For tables that are of no class.
    pub(crate) const fn of_any() -> Definition {
        Definition::method(F::NAME, F::DOC, Self::SIGNATURE, Self::FUNCTIONS)
    }

    /// `tp_call` of a class whose `__call__` this is.
    pub const CALL: Definition<F::This> = Definition::documented_slot(
        hpy_sys::HPy_tp_call,
        F::DOC,
        Functions {
            hpy: t::hpy_keywords::<F, true> as *const c_void,
            portable: h::cpy_keywords::<F, true> as *const c_void,
            direct: t::direct_keywords::<F, true> as *const c_void,
        },
    );
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
        functions: Trampolines { portable: Self::PORTABLE, direct: Self::DIRECT },
    };
}
