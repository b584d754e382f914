//! From syntax to the model.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{FnArg, Ident, Item, ItemFn, ItemMod, Path, Type, UseTree};

use crate::attr::{self, FunctionOptions, ModuleOptions};
use crate::errors::Errors;
use crate::model::{Arg, Entry, Function, Kind, Module, Param, What};
use crate::signature::Signature;

/// Reads a function. `krate` is the crate's path unless the options say otherwise.
pub(crate) fn function(options: TokenStream, item: &ItemFn, krate: &Path, errors: &mut Errors) -> Function {
    let options = FunctionOptions::parse(options, errors);
    let rust: Vec<(Ident, Type)> = rust_params(item, errors);
    let (params, args) = match &options.signature {
        Some(signature) => declared(signature, &rust, errors),
        None => undeclared(&rust),
    };
    let name = match &options.name {
        Some(name) => (name.value(), name.span()),
        None => (item.sig.ident.unraw().to_string(), item.sig.ident.span()),
    };
    Function {
        ident: item.sig.ident.clone(),
        vis: item.vis.clone(),
        name,
        doc: attr::doc(&item.attrs, errors),
        text_signature: options.text_signature,
        detach: options.detach,
        args,
        params,
        output: match &item.sig.output {
            syn::ReturnType::Default => item.sig.ident.span(),
            syn::ReturnType::Type(_, ty) => ty.span(),
        },
        cfgs: attr::cfgs(&item.attrs),
        krate: options.krate.unwrap_or_else(|| krate.clone()),
    }
}

/// The names and types of the Rust parameters.
fn rust_params(item: &ItemFn, errors: &mut Errors) -> Vec<(Ident, Type)> {
    let mut params = Vec::new();
    for input in &item.sig.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                errors.at(receiver, "a function of a module has no `self`");
            }
            FnArg::Typed(typed) => match &*typed.pat {
                syn::Pat::Ident(pat) if pat.subpat.is_none() && pat.by_ref.is_none() => {
                    params.push((pat.ident.clone(), (*typed.ty).clone()));
                }
                other => errors.at(other, "a parameter that Python sees must be a plain name"),
            },
        }
    }
    params
}

fn param(ident: &Ident, ty: &Type, kind: Kind, default: Option<syn::Expr>) -> Param {
    Param { name: ident.unraw().to_string(), span: ident.span(), kind, default, ty: ty.clone() }
}

/// Without a signature: all parameters that Python sees are required, by position or keyword.
fn undeclared(rust: &[(Ident, Type)]) -> (Vec<Param>, Vec<Arg>) {
    let mut params = Vec::new();
    let args = rust
        .iter()
        .map(|(ident, ty)| {
            passed(ty).unwrap_or_else(|| {
                params.push(param(ident, ty, Kind::Positional, None));
                Arg::Python(params.len() - 1)
            })
        })
        .collect();
    (params, args)
}

fn declared(signature: &Signature, rust: &[(Ident, Type)], errors: &mut Errors) -> (Vec<Param>, Vec<Arg>) {
    let mut params = Vec::new();
    for declared in &signature.params {
        match rust.iter().find(|(ident, _)| ident.unraw() == declared.ident.unraw()) {
            Some((ident, ty)) => {
                let mut param = param(ident, ty, declared.kind, declared.default.clone());
                param.span = declared.ident.span();
                params.push(param);
            }
            None => {
                let message = format!(
                    "the signature names `{}`, but the function has no such parameter",
                    declared.ident
                );
                errors.push(syn::Error::new(declared.ident.span(), message));
            }
        }
    }
    let mut args = Vec::new();
    for (ident, ty) in rust {
        match params.iter().position(|param| ident.unraw() == *param.name) {
            Some(index) => args.push(Arg::Python(index)),
            None => match passed(ty) {
                Some(arg) => args.push(arg),
                None => {
                    errors.at(ident, format!("parameter `{ident}` is missing in the signature; add it there"))
                }
            },
        }
    }
    (params, args)
}

/// What a parameter that Python does not see is given, by its type.
fn passed(ty: &Type) -> Option<Arg> {
    let (path, reference) = match ty {
        Type::Path(path) => (&path.path, false),
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) => (&path.path, true),
            _ => return None,
        },
        _ => return None,
    };
    let last = path.segments.last()?;
    if last.ident == "Context" && !reference {
        return Some(Arg::Context);
    }
    let of_module = || {
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
        let Some(syn::GenericArgument::Type(Type::Path(marker))) = arguments.args.last() else {
            return false;
        };
        marker.path.segments.last().is_some_and(|segment| segment.ident == "Module")
    };
    let holder = if reference { "Handle" } else { "Ref" };
    (last.ident == holder && of_module()).then(|| Arg::Module(ty.span()))
}

/// Reads a module, and takes our attributes out of it. Functions are given back with their models.
pub(crate) fn module(
    options: TokenStream,
    item: &mut ItemMod,
    errors: &mut Errors,
) -> (Module, Vec<Function>) {
    let options = ModuleOptions::parse(options, errors);
    let krate = options.krate.unwrap_or_else(attr::default_crate);
    let mut module = Module {
        name: match &options.name {
            Some(name) => (name.value(), name.span()),
            None => (item.ident.unraw().to_string(), item.ident.span()),
        },
        doc: attr::doc(&item.attrs, errors),
        gil: options.gil,
        entries: Vec::new(),
        krate: krate.clone(),
    };
    let mut functions = Vec::new();
    let Some((_, items)) = &mut item.content else {
        let name = &item.ident;
        errors.at(
            &*item,
            format!("`#[hpy::module]` needs the module's items: write `mod {name} {{ … }}`, in this file"),
        );
        return (module, functions);
    };
    for item in items {
        match item {
            Item::Fn(function) => fn_item(function, &krate, &mut module, &mut functions, errors),
            Item::Const(constant) => {
                if attr::take(&mut constant.attrs, "export", &krate, errors).is_some() {
                    module.entries.push(Entry {
                        name: Some((constant.ident.unraw().to_string(), constant.ident.span())),
                        what: What::Constant(constant.ident.clone()),
                        cfgs: attr::cfgs(&constant.attrs),
                    });
                }
            }
            Item::Use(import) => {
                if attr::take(&mut import.attrs, "export", &krate, errors).is_some() {
                    let cfgs = attr::cfgs(&import.attrs);
                    exported(&import.tree, &cfgs, &mut module, errors);
                }
            }
            Item::Static(global) => {
                if is_global(&global.ty) {
                    module.entries.push(Entry {
                        name: None,
                        what: What::Global(global.ident.clone()),
                        cfgs: attr::cfgs(&global.attrs),
                    });
                }
            }
            other => misplaced(other, &krate, errors),
        }
    }
    (module, functions)
}

fn fn_item(
    item: &mut ItemFn,
    krate: &Path,
    module: &mut Module,
    functions: &mut Vec<Function>,
    errors: &mut Errors,
) {
    let init = attr::take(&mut item.attrs, "init", krate, errors);
    if let Some((options, span)) = attr::take(&mut item.attrs, "function", krate, errors) {
        if init.is_some() {
            errors.push(syn::Error::new(span, "`#[init]` can't be a function for Python, too"));
        }
        crate::check::signature(item, errors);
        let function = self::function(options, item, krate, errors);
        let ident = &function.ident;
        module.entries.push(Entry {
            name: Some(function.name.clone()),
            what: What::Function(syn::parse_quote!(#ident)),
            cfgs: function.cfgs.clone(),
        });
        functions.push(function);
    } else if init.is_some() {
        crate::check::signature(item, errors);
        let args = rust_params(item, errors)
            .iter()
            .filter_map(|(ident, ty)| {
                passed(ty).or_else(|| {
                    errors.at(ident, "`#[init]` may take a `Context<'_>` and the module, `&Handle<'_, Module>`, and nothing else");
                    None
                })
            })
            .collect();
        module.entries.push(Entry {
            name: None,
            what: What::Init(item.sig.ident.clone(), args),
            cfgs: attr::cfgs(&item.attrs),
        });
    }
    if attr::take(&mut item.attrs, "export", krate, errors).is_some() {
        errors.at(&item.sig.ident, "a function is made for Python by `#[function]`, not `#[export]`");
    }
}

/// The functions of `#[export] use a::{b, c as d};`.
fn exported(tree: &UseTree, cfgs: &[syn::Attribute], module: &mut Module, errors: &mut Errors) {
    let mut add = |from: &Ident, name: &Ident| {
        // The `use` itself brings the function and its companion into the module, under the new name.
        module.entries.push(Entry {
            name: Some((name.unraw().to_string(), name.span())),
            what: What::Export(syn::parse_quote!(#name), from != name),
            cfgs: cfgs.to_vec(),
        });
    };
    match tree {
        UseTree::Path(path) => {
            exported(&path.tree, cfgs, module, errors);
        }
        UseTree::Name(name) => add(&name.ident, &name.ident),
        UseTree::Rename(rename) => add(&rename.ident, &rename.rename),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| exported(tree, cfgs, module, errors));
        }
        UseTree::Glob(glob) => errors.at(glob, "`#[export] use` needs the names: a `*` can't be looked into"),
    }
}

/// Is it the type `Global` or `Global<T>`, by its name?
fn is_global(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Global")
}

/// Our attributes on items that can't have them.
fn misplaced(item: &mut Item, krate: &Path, errors: &mut Errors) {
    let attrs = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        _ => return,
    };
    for (name, on) in [("function", "a function"), ("init", "a function"), ("export", "a `const` or a `use`")]
    {
        if let Some((_, span)) = attr::take(attrs, name, krate, errors) {
            errors.push(syn::Error::new(span, format!("`#[{name}]` goes on {on}")));
        }
    }
}
