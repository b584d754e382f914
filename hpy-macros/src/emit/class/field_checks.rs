//! Compile-time checks that the garbage collector can reach every `Field`.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, Ident, Path, PathArguments, Type};

/// What does not compile if the type, or one that stands in its angle brackets, holds fields and does not show them. A `Box`
/// of a struct tells nothing of the struct. `of` is what `Self` means.
pub(in crate::emit) fn refused(ty: &Type, of: &Ident, support: &TokenStream) -> TokenStream {
    let mut ty = ty.clone();
    NameSelf(of).visit_type_mut(&mut ty);
    let mut parts = vec![ty.clone()];
    inside(&ty, &mut parts);
    let checks = parts.iter().map(|ty| {
        let arguments = arguments(ty);
        let text = if arguments.is_empty() { OWN } else { CONTAINER };
        let mut none = quote_spanned!(ty.span()=> !<#support::Probe<#ty>>::GC);
        // What a container shares or locks away does not show in itself, but in what it is a container of.
        for ty in arguments {
            none.extend(quote_spanned!(ty.span()=> && !<#support::FieldsProbe<#ty>>::FOUND));
        }
        quote_spanned! {ty.span()=>
            const _: () = {
                #[allow(unused_imports)]
                use #support::{MayHideFields as _, MayHoldFields as _};
                ::core::assert!(#none || <#support::FieldsProbe<#ty>>::FOUND, #text);
            };
        }
    });
    checks.collect()
}

/// Is it a number, `bool`, `char` or `String`, by its name? Then nothing needs to be looked for in it. A type of the user's own
/// that has such a name keeps its `Field`s by references of their own, as everything does that has no place in an instance.
pub(in crate::emit) fn holds_nothing(ty: &Type) -> bool {
    const NAMES: &[&str] = &[
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
        "u128", "usize", "String",
    ];
    let Type::Path(path) = ty else { return false };
    path.path.get_ident().is_some_and(|ident| NAMES.iter().any(|name| ident == name))
}

const OWN: &str = "the garbage collector can't find the `Field` in this type: #[derive(hpy::Fields)] on it";
const CONTAINER: &str = "the garbage collector can't find the `Field`s in this container: use `Option`, `Box`, `Vec`, \
                         a map or set of the standard library, or a `Field<Dict>` or `Field<List>`; \
                         a struct of your own needs #[derive(hpy::Fields)]";

/// The types in the angle brackets of a type, where it may hold values of them.
fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = ty else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Vec::new() };
    if last.ident == "Field" || last.ident == "PhantomData" {
        return Vec::new();
    }
    let of = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty @ Type::Path(_)) => Some(ty),
        _ => None,
    });
    of.collect()
}

/// The types in the angle brackets of a type.
fn inside(ty: &Type, parts: &mut Vec<Type>) {
    match ty {
        Type::Array(array) => inside(&array.elem, parts),
        Type::Slice(slice) => inside(&slice.elem, parts),
        Type::Paren(paren) => inside(&paren.elem, parts),
        Type::Group(group) => inside(&group.elem, parts),
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|elem| inside(elem, parts)),
        Type::Path(path) => of_path(&path.path, parts),
        _ => {} // functions, and what nobody knows by its name
    }
}

fn of_path(path: &Path, parts: &mut Vec<Type>) {
    let Some(last) = path.segments.last() else { return };
    // Here the type is a name only.
    if last.ident == "Field" || last.ident == "PhantomData" {
        return;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return };
    for argument in &arguments.args {
        if let GenericArgument::Type(ty) = argument {
            if matches!(ty, Type::Path(_)) {
                parts.push(ty.clone());
            }
            inside(ty, parts);
        }
    }
}

struct NameSelf<'a>(&'a Ident);

impl VisitMut for NameSelf<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        if let Some(first) = path.segments.first_mut().filter(|first| first.ident == "Self") {
            first.ident = Ident::new(&self.0.to_string(), first.ident.span());
        }
        visit_mut::visit_path_mut(self, path);
    }
}
