//! Rejects Rust signatures that a function for Python cannot have.

use syn::visit::{self, Visit};
use syn::{FnArg, GenericParam, Signature, TypeImplTrait};

use crate::errors::Errors;
use crate::messages as say;

/// Rejects Rust functions that can't be exposed to Python.
pub(crate) fn rust_signature(sig: &Signature, errors: &mut Errors) {
    if let Some(token) = &sig.asyncness {
        errors.at(token, say::ASYNC);
    }
    if let Some(token) = &sig.unsafety {
        errors.at(token, say::UNSAFE);
    }
    if let Some(abi) = &sig.abi {
        errors.at(abi, say::EXTERN);
    }
    if let Some(variadic) = &sig.variadic {
        errors.at(variadic, say::VARIADIC);
    }
    for param in &sig.generics.params {
        match param {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(param) => errors.at(&param.ident, say::GENERIC),
            GenericParam::Const(param) => errors.at(&param.ident, say::GENERIC),
        }
    }
    let mut visitor = ImplTraits { errors };
    for input in &sig.inputs {
        if let FnArg::Typed(typed) = input {
            visitor.visit_type(&typed.ty);
            if let syn::Type::Reference(reference) = &*typed.ty {
                if is_context(&reference.elem) {
                    visitor.errors.at(&typed.ty, say::CONTEXT_BY_VALUE);
                }
            }
            if let Some(lifetime) = for_ever(&typed.ty) {
                visitor.errors.at(lifetime, say::FOR_EVER);
            }
        }
    }
}

/// Finds `impl …` anywhere in a type.
struct ImplTraits<'a> {
    errors: &'a mut Errors,
}

impl<'ast> Visit<'ast> for ImplTraits<'_> {
    fn visit_type_impl_trait(&mut self, ty: &'ast TypeImplTrait) {
        self.errors.at(ty, say::IMPL_TRAIT);
        visit::visit_type_impl_trait(self, ty);
    }
}

fn is_context(ty: &syn::Type) -> bool {
    let syn::Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Context")
}

/// The `'static` of an argument that is a handle, or is borrowed from one. The compiler refuses it, too, but in words
/// about the macro's code.
fn for_ever(ty: &syn::Type) -> Option<&syn::Lifetime> {
    let forever = |lifetime: &&syn::Lifetime| lifetime.ident == "static";
    match ty {
        syn::Type::Reference(reference) => {
            let borrowed = match &*reference.elem {
                syn::Type::Slice(_) => true,
                syn::Type::Path(path) => path.path.is_ident("str"),
                _ => false,
            };
            let lifetime = reference.lifetime.as_ref().filter(forever).filter(|_| borrowed);
            lifetime.or_else(|| for_ever(&reference.elem))
        }
        syn::Type::Path(path) => {
            let last = path.path.segments.last()?;
            let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            if !["Context", "Handle", "Ref"].iter().any(|name| last.ident == name) {
                return None;
            }
            arguments.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Lifetime(lifetime) => Some(lifetime).filter(forever),
                _ => None,
            })
        }
        _ => None,
    }
}
