//! [`FunctionDef`]: the definitions of a function, for tables that hosts read.

use core::ffi::c_void;
use core::marker::PhantomData;

use hpy_sys::HPyFunc_Signature;

use super::definition::Text;
pub(crate) use super::definition::{Definition, Functions, ModuleDef};
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

    const FUNCTIONS: Functions = match F::CONVENTION {
        Convention::NoArgs => Functions {
            hpy: t::hpy_noargs::<F> as *const c_void,
            portable: h::cpy_noargs::<F> as *const c_void,
            direct: t::direct_noargs::<F> as *const c_void,
        },
        Convention::O => Functions {
            hpy: t::hpy_o::<F> as *const c_void,
            portable: h::cpy_o::<F> as *const c_void,
            direct: t::direct_o::<F> as *const c_void,
        },
        Convention::Varargs => Functions {
            hpy: t::hpy_varargs::<F> as *const c_void,
            portable: h::cpy_varargs::<F> as *const c_void,
            direct: t::direct_varargs::<F> as *const c_void,
        },
        Convention::Keywords => Functions {
            hpy: t::hpy_keywords::<F, false> as *const c_void,
            portable: h::cpy_keywords::<F, false> as *const c_void,
            direct: t::direct_keywords::<F, false> as *const c_void,
        },
    };

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
        doc: Text::new(F::DOC),
        signature: Self::SIGNATURE,
        functions: Self::FUNCTIONS,
    };
}
