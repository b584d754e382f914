//! Methods of a class: an empty type for each, and the table of all of them.

mod buffer;
mod comparison;
mod part;
mod property;
mod slot;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::function::implementation;
use super::tokens::{local, support};
use crate::emit::function::body::Result;
use crate::model::{Cfgs, Function, Method, MethodKind, Methods};
use crate::protocol;
use crate::protocol::Dunder;

/// The constant that has the methods.
pub(in crate::emit) const METHODS: &str = "ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE";

pub(crate) fn methods(methods: &Methods) -> TokenStream {
    let mut table = Table {
        class: &methods.ident,
        krate: &methods.krate,
        support: support(&methods.krate),
        items: TokenStream::new(),
        defs: TokenStream::new(),
        extras: TokenStream::new(),
        free: TokenStream::new(),
        reflected: TokenStream::new(),
        finalize: quote!(::core::option::Option::None),
        attributes: TokenStream::new(),
        told: TokenStream::new(),
        new: quote!(false),
        new_method: quote!(::core::option::Option::None),
        count: 0,
    };
    table.fill(methods);
    let Table {
        class,
        support,
        items,
        defs,
        extras,
        free,
        reflected,
        finalize,
        attributes,
        told,
        new,
        new_method,
        ..
    } = &table;
    let krate = &methods.krate;
    let cfgs = &methods.cfgs;
    let told = if told.is_empty() {
        quote!(0)
    } else {
        quote!({
            #[allow(unused_mut)]
            let mut told = 0;
            #told
            told
        })
    };
    // The compiler shows the name where there are two blocks that nobody brought together.
    let constant = format_ident!("{METHODS}", span = crate::emit::tokens::ours(class).span());
    let (ctx, type_) = (local("__ctx"), local("__class"));
    let attributes = if attributes.is_empty() {
        quote!(::core::option::Option::None)
    } else {
        quote! {{
            fn attributes<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #type_: &#krate::Handle<'__ctx, #krate::types::Type>,
            ) -> #krate::Result<()> {
                #attributes
                ::core::result::Result::Ok(())
            }
            ::core::option::Option::Some(attributes as #support::Attributes)
        }}
    };
    quote! {
        #cfgs
        const _: () = {
            #items

            impl #class {
                #[doc(hidden)]
                pub const #constant: &'static #support::Methods<#class> = &#support::Methods {
                    defs: &[#defs],
                    extras: &[#extras],
                    free: &[#free],
                    reflected: &[#reflected],
                    finalize: #finalize,
                    new: #new,
                    new_method: #new_method,
                    attributes: #attributes,
                    told: #told,
                };
            }
        };
    }
}

struct Table<'a> {
    class: &'a Ident,
    krate: &'a syn::Path,
    support: TokenStream,
    /// Companions.
    items: TokenStream,
    defs: TokenStream,
    extras: TokenStream,
    free: TokenStream,
    reflected: TokenStream,
    finalize: TokenStream,
    attributes: TokenStream,
    told: TokenStream,
    new: TokenStream,
    new_method: TokenStream,
    count: usize,
}

impl Table<'_> {
    fn fill(&mut self, methods: &Methods) {
        let mut slots: Vec<(&str, Vec<(&Dunder, &Function)>)> = Vec::new();
        let mut attributes: Vec<(&str, Vec<&Method>)> = Vec::new();
        for method in &methods.methods {
            self.tell(method);
            match &method.what {
                MethodKind::Slot(dunder) => match slots.iter_mut().find(|(slot, _)| *slot == dunder.slot) {
                    Some((_, parts)) => parts.push((dunder, &method.function)),
                    None => slots.push((dunder.slot, vec![(dunder, &method.function)])),
                },
                MethodKind::Getter | MethodKind::Setter | MethodKind::Deleter => {
                    let name = method.function.name.text.as_str();
                    match attributes.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, parts)) => parts.push(method),
                        None => attributes.push((name, vec![method])),
                    }
                }
                _ => self.function(method),
            }
        }
        for (name, parts) in attributes {
            self.attribute(name, &parts);
        }
        for (slot, parts) in slots {
            self.slot(slot, parts[0].0.kind, &parts);
        }
    }

    /// Its name, where that says something of the class.
    fn tell(&mut self, Method { what, function }: &Method) {
        let name = function.name.text.as_str();
        let method =
            matches!(what, MethodKind::Slot(_) | MethodKind::Plain | MethodKind::Class | MethodKind::Static);
        if method && protocol::TOLD.contains(&name) {
            let cfgs = &function.cfgs;
            let support = &self.support;
            self.told.extend(quote!(#cfgs { told |= #support::told(#name); }));
        }
    }

    /// The name of the next companion.
    fn companion(&mut self) -> Ident {
        self.count += 1;
        format_ident!("__M{}", self.count)
    }

    /// Adds a companion: an empty type with its implementations.
    fn add_companion(&mut self, cfgs: &Cfgs, ident: &Ident, implementations: &TokenStream) {
        self.items.extend(quote! {
            #cfgs
            enum #ident {}
            #cfgs
            const _: () = {
                #implementations
            };
        });
    }

    /// Adds the companion of a method that is called like a function.
    fn function_companion(&mut self, function: &Function, result: Result<'_>) -> Ident {
        let ident = self.companion();
        let implementation = implementation(function, &ident, result);
        self.add_companion(&function.cfgs, &ident, &implementation);
        ident
    }

    /// A method that Python calls like a function.
    fn function(&mut self, method: &Method) {
        let Method { what, function } = method;
        let cfgs = &function.cfgs;
        if let MethodKind::Attribute { constant } = what {
            return self.class_attribute(function, *constant);
        }
        let result = match what {
            MethodKind::New => Result::New,
            _ => Result::Function("output"),
        };
        let ident = self.function_companion(function, result);
        let (support, class) = (&self.support, self.class);
        match what {
            MethodKind::New => {
                self.defs.extend(quote!(#cfgs #support::NewDef::<#ident>::definition(),));
                self.new = where_cfgs(cfgs, quote!(true), &quote!(false));
                let method = quote!(#support::NewMethod::<#class, #ident>::METHOD);
                let none = quote!(::core::option::Option::None);
                self.new_method = where_cfgs(cfgs, method, &none);
            }
            MethodKind::Init => self.defs.extend(quote!(#cfgs #support::InitDef::<#ident>::DEFINITION,)),
            MethodKind::Call => self.defs.extend(quote!(#cfgs #support::FunctionDef::<#ident>::CALL,)),
            MethodKind::Static => self.free.extend(quote!(#cfgs #support::FreeDef::of_static::<#ident>(),)),
            MethodKind::Class => self.free.extend(quote!(#cfgs #support::FreeDef::of_class::<#ident>(),)),
            _ => self.defs.extend(quote!(#cfgs #support::FunctionDef::<#ident>::METHOD,)),
        }
    }
}

/// The value where the attributes hold, else the other one.
fn where_cfgs(cfgs: &Cfgs, value: TokenStream, otherwise: &TokenStream) -> TokenStream {
    if cfgs.is_empty() {
        return value;
    }
    quote!({
        #[allow(unused_mut, unused_assignments)]
        {
            let mut found = #otherwise;
            #cfgs
            { found = #value; }
            found
        }
    })
}
