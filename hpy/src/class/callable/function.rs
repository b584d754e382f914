//! [`RustFunction`]: the class of closures in Python.

use core::ffi::CStr;

use super::args::Args;
use super::signature::Signature;
use crate::call::arguments::{Arguments, takes_one};
use crate::call::function::{Convention, Function, FunctionDef};
use crate::call::params::Params;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::class::operators::unary::UnarySlot;
use crate::class::tables::Methods;
use crate::core::exceptions::AttributeError;
use crate::core::markers::{Dict, Str, Type};
use crate::core::text::is_graalpy;
use crate::core::{Context, Error, Handle, IntoPython, Ref, Result};

/// A function in Rust that gives a Python object.
pub(super) trait Body: Send + Sync {
    fn call<'ctx>(&self, ctx: Context<'ctx>, args: &Args<'_, 'ctx>) -> Result<Handle<'ctx>>;
}

// No docstring: `__doc__` is that of the function.
#[hpy_macros::class(crate = "crate", name = "Function", module = "hpy", frozen)]
pub(crate) struct RustFunction {
    pub(super) name: String,
    pub(super) doc: Option<String>,
    pub(super) signature: Option<Signature>,
    pub(super) body: Box<dyn Body>,
}

/// `__call__`: by hand, as no function of a user gets at the arguments like this.
enum Call {}

impl Function for Call {
    type This = RustFunction;
    const NAME: &'static CStr = c"__call__";
    const DOC: &'static CStr = c"__call__($self, /, *args, **kwargs)\n--\n\n";
    const CONVENTION: Convention = Convention::Keywords;
    const PARAMS: &'static Params = &Params::anything(b"__call__\0");

    #[inline]
    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        this: Ref<'a, 'ctx, RustFunction>,
        args: &Arguments<'a, 'ctx>,
        _: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let function = this.handle().get()?;
        function.body.call(ctx, &Args::bind(&function.name, function.signature.as_ref(), args)?)
    }
}

/// `__getattr__`, for attributes that Python's own functions have. PyPy 7.3 can't make a class with properties of these names: they
/// are those of the class, too.
enum GetAttr {}

impl Function for GetAttr {
    type This = RustFunction;
    const NAME: &'static CStr = c"__getattr__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::O;
    const PARAMS: &'static Params = &Params::anything(b"__getattr__\0");

    #[inline]
    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        this: Ref<'a, 'ctx, RustFunction>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>> {
        let Some(name) = args.only() else { return Err(takes_one(params, args.len())) };
        this.handle().get()?.attribute(ctx, name.downcast::<Str>()?.as_str()?)
    }
}

/// What gives `__doc__` as a method, before [`add_doc`] makes a property of it: the class itself has a `__doc__`, so that `__getattr__` is not
/// asked.
enum Doc {}

const DOC_METHOD: &CStr = c"_hpy_doc";

impl Function for Doc {
    type This = RustFunction;
    const NAME: &'static CStr = DOC_METHOD;
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::NoArgs;
    const PARAMS: &'static Params = &Params::anything(b"_hpy_doc\0");

    #[inline]
    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        this: Ref<'a, 'ctx, RustFunction>,
        _: &Arguments<'a, 'ctx>,
        _: &'static Params,
    ) -> Result<Handle<'ctx>> {
        this.handle().get()?.doc.as_deref().into_python(ctx)
    }
}

/// Makes `__doc__` of the method. On GraalPy, the `__doc__` of a class must be a text.
fn add_doc<'ctx>(ctx: Context<'ctx>, class: &Handle<'ctx, Type>) -> Result<()> {
    if is_graalpy(ctx) {
        return Ok(());
    }
    let name = DOC_METHOD.to_string_lossy();
    let method = class.getattr("__dict__")?.getitem(&*name)?;
    class.setattr("__doc__", ctx.builtins().getitem("property")?.call((method,))?)?;
    class.delattr(&name)
}

impl RustFunction {
    #[inline(never)]
    fn attribute<'ctx>(&self, ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        match (name, &self.signature) {
            ("__name__" | "__qualname__", _) => Str::new(ctx, &self.name).map(Handle::into_any),
            ("__signature__", Some(signature)) => {
                let lambda = ctx.eval(&format!("lambda {}: None", signature.text), &Dict::new(ctx)?)?;
                ctx.import("inspect")?.call_method("signature", (lambda,))
            }
            _ => Err(Error::new::<AttributeError>(format!("'Function' object has no attribute '{name}'"))),
        }
    }
}

/// `repr`.
enum Repr {}

impl Slot for Repr {
    type Class = RustFunction;
}

impl UnarySlot for Repr {
    fn call<'ctx>(ctx: Context<'ctx>, this: Ref<'_, 'ctx, RustFunction>) -> Result<Handle<'ctx>> {
        let name = &this.handle().get()?.name;
        Str::new(ctx, &format!("<hpy.Function {name}>")).map(Handle::into_any)
    }
}

impl RustFunction {
    /// What `#[methods]` would make.
    pub(crate) const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static Methods<RustFunction> =
        &Methods {
            defs: &[
                FunctionDef::<Call>::CALL,
                SlotDef::<Repr>::repr(hpy_sys::HPy_tp_repr),
                FunctionDef::<GetAttr>::METHOD,
                FunctionDef::<Doc>::METHOD,
            ],
            attributes: Some(add_doc),
            ..Methods::NONE
        };
}
