//! Functions: which Rust parameter is which in Python, and what Python doesn't see.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Expr, FnArg, GenericArgument, Ident, ItemFn, Lifetime, Pat, PatType, Path, PathArguments, Type};

use super::{bare, output_span};
use crate::attr::{self, Taken};
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Arg, Cfgs, Doc, Function, Kind, Name, Param};
use crate::options::{FunctionOptions, ParameterOptions};
use crate::signature::Signature;

/// Reads a function, once for each time that `#[function]` stood on it (`cfg_attr` allows for more than one).
/// `krate` is the crate's path unless the options say otherwise.
pub(crate) fn function(
    taken: Vec<Taken>,
    item: &mut ItemFn,
    krate: &Path,
    errors: &mut Errors,
) -> Vec<Function> {
    let rust = rust_params(item, krate, errors);
    let doc = Doc::of(&item.attrs, errors);
    let one = |taken: Taken| {
        let options = FunctionOptions::parse(taken.options, errors);
        let (params, args) = match &options.signature {
            Some(signature) => declared(signature, &rust, errors),
            None => undeclared(&rust, errors),
        };
        let ident = item.sig.ident.clone();
        Function {
            name: options.name.unwrap_or_else(|| Name::of(&ident)),
            ident,
            vis: item.vis.clone(),
            doc: doc.clone(),
            text_signature: options.text_signature,
            detach: options.detach,
            args,
            params,
            output: output_span(&item.sig),
            cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
            krate: options.krate.unwrap_or_else(|| krate.clone()),
        }
    };
    taken.into_iter().map(one).collect()
}

/// Reads the parameters of `#[init]`, which are all passed by type.
pub(super) fn init_args(item: &mut ItemFn, krate: &Path, errors: &mut Errors) -> Vec<Arg> {
    let mut args = Vec::new();
    for param in rust_params(item, krate, errors) {
        match passed(&param.ty) {
            Some(arg) => args.push(arg),
            None => errors.at(&param.pat, say::init_parameter(&param.name())),
        }
    }
    args
}

/// A parameter of the Rust function.
struct RustParam {
    /// A name, we hope.
    pat: Pat,
    ty: Type,
    /// `#[hpy(from_py_with = …)]`
    with: Option<Path>,
}

impl RustParam {
    fn ident(&self) -> Option<&Ident> {
        match &self.pat {
            Pat::Ident(pat) if pat.subpat.is_none() && pat.by_ref.is_none() => Some(&pat.ident),
            _ => None,
        }
    }

    fn name(&self) -> String {
        self.ident().map_or_else(|| "_".to_owned(), |ident| ident.unraw().to_string())
    }

    /// What it is given if Python does not see it.
    fn passed(&self) -> Option<Arg> {
        if self.with.is_some() { None } else { passed(&self.ty) }
    }

    fn in_python(&self, ident: &Ident, kind: Kind, default: Option<Expr>) -> Param {
        Param { name: Name::of(ident), kind, default, ty: self.ty.clone(), with: self.with.clone() }
    }
}

impl Name {
    /// That of a Rust item.
    pub(super) fn of(ident: &Ident) -> Self {
        Name { text: ident.unraw().to_string(), span: ident.span() }
    }
}

/// The parameters of the Rust function, with our attributes taken off.
fn rust_params(item: &mut ItemFn, krate: &Path, errors: &mut Errors) -> Vec<RustParam> {
    let lifetimes = item.sig.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    let mut elide = Elide { lifetimes };
    let mut params = Vec::new();
    for input in &mut item.sig.inputs {
        match input {
            FnArg::Receiver(receiver) => errors.at(receiver, say::RECEIVER),
            FnArg::Typed(typed) => {
                let with = converter(typed, krate, errors);
                let mut ty = bare(&typed.ty).clone();
                elide.visit_type_mut(&mut ty);
                params.push(RustParam { pat: (*typed.pat).clone(), ty, with });
            }
        }
    }
    params
}

/// The attributes of a parameter.
fn converter(param: &mut PatType, krate: &Path, errors: &mut Errors) -> Option<Path> {
    let taken = attr::take(&mut param.attrs, "hpy", krate, errors);
    for attr in &param.attrs {
        if attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr") {
            errors.at(attr, say::PARAMETER_CFG);
        }
    }
    taken.into_iter().find_map(|taken| ParameterOptions::parse(taken.options, errors).with)
}

/// Writes `'_` for the lifetimes of the function, which are not known where it is called.
struct Elide {
    lifetimes: Vec<Lifetime>,
}

impl VisitMut for Elide {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.lifetimes.iter().any(|own| own.ident == lifetime.ident) {
            *lifetime = Lifetime::new("'_", lifetime.span());
        }
    }
}

/// Without a signature: all parameters that Python sees are required, by position or keyword.
fn undeclared(rust: &[RustParam], errors: &mut Errors) -> (Vec<Param>, Vec<Arg>) {
    let mut params = Vec::new();
    let mut args = Vec::new();
    for param in rust {
        if let Some(arg) = param.passed() {
            args.push(arg);
        } else if let Some(ident) = param.ident() {
            args.push(Arg::Python(params.len()));
            params.push(param.in_python(ident, Kind::Positional, None));
        } else {
            errors.at(&param.pat, say::PATTERN);
        }
    }
    (params, args)
}

fn declared(signature: &Signature, rust: &[RustParam], errors: &mut Errors) -> (Vec<Param>, Vec<Arg>) {
    let mut params = Vec::new();
    for declared in &signature.params {
        let name = &declared.ident;
        match rust.iter().find(|param| param.ident().is_some_and(|ident| ident.unraw() == name.unraw())) {
            Some(param) => params.push(param.in_python(name, declared.kind, declared.default.clone())),
            None => errors.span(name.span(), say::not_in_function(&name.unraw().to_string())),
        }
    }
    let mut args = Vec::new();
    for param in rust {
        let index =
            params.iter().position(|declared| param.ident().is_some_and(|i| i.unraw() == declared.name.text));
        match index.map(Arg::Python).or_else(|| param.passed()) {
            Some(arg) => args.push(arg),
            None if param.ident().is_none() => errors.at(&param.pat, say::PATTERN),
            None if signature.broken => {} // it may be in what could not be read
            None => errors.at(&param.pat, say::not_in_signature(&param.name())),
        }
    }
    (params, args)
}

/// What a parameter that Python does not see is given, by its type.
fn passed(ty: &Type) -> Option<Arg> {
    let (inner, reference) = match ty {
        Type::Reference(reference) => (bare(&reference.elem), true),
        ty => (ty, false),
    };
    let Type::Path(path) = inner else { return None };
    let last = path.path.segments.last()?;
    if last.ident == "Context" && !reference {
        return Some(Arg::Context(ty.span()));
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let Some(GenericArgument::Type(Type::Path(marker))) = arguments.args.last() else { return None };
    let of_module = marker.path.segments.last().is_some_and(|segment| segment.ident == "Module");
    let holder = if reference { "Handle" } else { "Ref" };
    (last.ident == holder && of_module).then(|| Arg::Module(ty.span()))
}
