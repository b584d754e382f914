//! Parses functions: which Rust parameter is which in Python, and which Python does not see.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Expr, FnArg, GenericArgument, Ident, ItemFn, Lifetime, Pat, PatType, Path, PathArguments,
    Type, Visibility,
};

use super::{bare, output_span, owned_result};
use crate::errors::Errors;
use crate::grammar::attribute;
use crate::grammar::attribute::Taken;
use crate::grammar::options::{FunctionOptions, ParameterOptions};
use crate::grammar::signature::Signature;
use crate::messages as say;
use crate::model::{Arg, Cfgs, Doc, Function, Kind, Name, Param, This};

/// Reads a function, once for each time that `#[function]` stood on it (`cfg_attr` allows for more than one).
/// `krate` is the crate's path unless the options say otherwise.
pub(crate) fn function(
    mut taken: Vec<Taken>,
    item: &mut ItemFn,
    krate: &Path,
    errors: &mut Errors,
) -> Vec<Function> {
    attribute::add_options(&mut taken, &mut item.attrs, krate, errors);
    let rust = rust_params(&mut item.sig, krate, errors);
    let source = Source { attrs: &item.attrs, vis: &item.vis, sig: &item.sig, krate };
    taken.into_iter().map(|taken| source.read(&rust, taken, This::Module, errors)).collect()
}

/// The parts of a function or method in the source.
pub(super) struct Source<'a> {
    pub(super) attrs: &'a [Attribute],
    pub(super) vis: &'a Visibility,
    pub(super) sig: &'a syn::Signature,
    pub(super) krate: &'a Path,
}

impl Source<'_> {
    pub(super) fn read(&self, rust: &[RustParam], taken: Taken, this: This, errors: &mut Errors) -> Function {
        let options = FunctionOptions::parse(taken.options, errors);
        let (params, args) = match &options.signature {
            Some(signature) => declared(signature, rust, &this, errors),
            None => undeclared(rust, &this, errors),
        };
        let ident = self.sig.ident.clone();
        Function {
            name: options.name.unwrap_or_else(|| Name::of(&ident)),
            ident,
            vis: self.vis.clone(),
            doc: Doc::of(self.attrs, errors),
            text_signature: options.text_signature,
            detach: options.detach,
            of_trait: None,
            args,
            params,
            output: output_span(self.sig),
            owned_output: owned_result::output(self.sig, &this),
            this,
            cfgs: Cfgs::of(self.attrs).and(taken.condition.as_ref()),
            krate: options.krate.unwrap_or_else(|| self.krate.clone()),
        }
    }
}

/// Reads the parameters of `#[init]`, which are all passed by type.
pub(super) fn init_args(item: &mut ItemFn, krate: &Path, errors: &mut Errors) -> Vec<Arg> {
    let mut args = Vec::new();
    for param in rust_params(&mut item.sig, krate, errors) {
        match passed(&param.ty) {
            Some(arg) => args.push(arg),
            None => errors.at(&param.pat, say::init_parameter(&param.name())),
        }
    }
    args
}

/// A parameter of the Rust function.
pub(super) struct RustParam {
    /// A name, we hope.
    pub(super) pat: Pat,
    pub(super) ty: Type,
    /// `#[hpy(from_py_with = …)]`
    with: Option<Path>,
}

impl RustParam {
    pub(super) fn ident(&self) -> Option<&Ident> {
        match &self.pat {
            Pat::Ident(pat) if pat.subpat.is_none() && pat.by_ref.is_none() => Some(&pat.ident),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> String {
        self.ident().map_or_else(|| "_".to_owned(), |ident| ident.unraw().to_string())
    }

    /// The value of a parameter that is hidden from Python.
    fn passed(&self, this: &This) -> Option<Arg> {
        let named = |name: &str| self.name().trim_start_matches('_') == name;
        match (this, passed(&self.ty)) {
            _ if self.with.is_some() => None,
            (This::Module, passed) => passed,
            (_, Some(Arg::Context(span))) => Some(Arg::Context(span)),
            (This::Instance(..), _) if named("slf") && handle_of(&self.ty).is_some() => {
                Some(Arg::This(self.ty.span()))
            }
            (This::Class(_), _) if named("cls") && handle_of(&self.ty).is_some() => {
                Some(Arg::This(self.ty.span()))
            }
            _ => None,
        }
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

/// The parameters of a constructor that has one for each field; and which of them each field is given.
pub(super) fn constructor(
    fields: Vec<(Ident, Type)>,
    signature: Option<&Signature>,
    this: &This,
    errors: &mut Errors,
) -> (Vec<Param>, Vec<Arg>) {
    let field = |(ident, ty): (Ident, Type)| RustParam { pat: syn::parse_quote!(#ident), ty, with: None };
    let rust: Vec<RustParam> = fields.into_iter().map(field).collect();
    let Some(signature) = signature else { return undeclared(&rust, this, errors) };
    let name = |ident: &Ident| ident.unraw().to_string();
    for declared in &signature.params {
        if !rust.iter().any(|field| field.name() == name(&declared.ident)) {
            errors.span(declared.ident.span(), say::not_a_field(&name(&declared.ident)));
        }
    }
    for field in &rust {
        let listed = signature.params.iter().any(|declared| name(&declared.ident) == field.name());
        if !listed && !signature.broken {
            errors.at(&field.pat, say::not_in_constructor(&field.name()));
        }
    }
    declared(signature, &rust, this, &mut Errors::default())
}

/// The parameters of the Rust function, with our attributes taken off.
fn rust_params(sig: &mut syn::Signature, krate: &Path, errors: &mut Errors) -> Vec<RustParam> {
    if let Some(receiver) = sig.receiver() {
        errors.at(receiver, say::RECEIVER);
    }
    method_params(sig, krate, errors)
}

/// The same without `self`.
pub(super) fn method_params(sig: &mut syn::Signature, krate: &Path, errors: &mut Errors) -> Vec<RustParam> {
    let lifetimes = sig.generics.lifetimes().map(|param| param.lifetime.clone()).collect();
    let mut elide = Elide { lifetimes };
    let mut params = Vec::new();
    for input in &mut sig.inputs {
        match input {
            FnArg::Receiver(_) => {}
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
    let taken = attribute::take(&mut param.attrs, "hpy", krate, errors);
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
fn undeclared(rust: &[RustParam], this: &This, errors: &mut Errors) -> (Vec<Param>, Vec<Arg>) {
    let mut params = Vec::new();
    let mut args = Vec::new();
    for param in rust {
        if let Some(arg) = param.passed(this) {
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

fn declared(
    signature: &Signature,
    rust: &[RustParam],
    this: &This,
    errors: &mut Errors,
) -> (Vec<Param>, Vec<Arg>) {
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
        match index.map(Arg::Python).or_else(|| param.passed(this)) {
            Some(arg) => args.push(arg),
            None if param.ident().is_none() => errors.at(&param.pat, say::PATTERN),
            None if signature.broken => {} // it may be in what could not be read
            None => errors.at(&param.pat, say::not_in_signature(&param.name())),
        }
    }
    (params, args)
}

/// Returns the value of a parameter that is hidden from Python, by its type.
fn passed(ty: &Type) -> Option<Arg> {
    if let Type::Path(path) = ty {
        if path.path.segments.last().is_some_and(|last| last.ident == "Context") {
            return Some(Arg::Context(ty.span()));
        }
    }
    let Type::Path(marker) = handle_of(ty)?? else { return None };
    let of_module = marker.path.segments.last().is_some_and(|segment| segment.ident == "Module");
    of_module.then(|| Arg::Module(ty.span()))
}

/// Is it `&Handle<…>` or `Ref<…>`? And its type argument, if it has one.
pub(super) fn handle_of(ty: &Type) -> Option<Option<&Type>> {
    let (inner, holder) = match ty {
        Type::Reference(reference) => (bare(&reference.elem), "Handle"),
        ty => (ty, "Ref"),
    };
    let Type::Path(path) = inner else { return None };
    let last = path.path.segments.last()?;
    if last.ident != holder {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Some(None) };
    match arguments.args.last() {
        Some(GenericArgument::Type(ty)) => Some(Some(ty)),
        _ => Some(None),
    }
}
