//! Slots: the implementation of a slot's trait by one or more dunder methods.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

use super::comparison::comparison;
use super::part::Part;
use super::{Table, where_cfgs};
use crate::emit::docstring::c_string;
use crate::emit::function::arguments::takes_a_pair;
use crate::emit::function::body::{Arrival, Body, Result, holder, slot_argument};
use crate::emit::tokens::{local, support};
use crate::model::Function;
use crate::protocol::{self, Dunder, Output, SlotKind};

impl Table<'_> {
    /// A slot, of one or more dunder methods.
    pub(super) fn slot(&mut self, slot: &str, kind: SlotKind, parts: &[(&Dunder, &Function)]) {
        if let (SlotKind::Buffer, [(_, function), ..]) = (kind, parts) {
            return self.buffer(function);
        }
        if matches!(kind, SlotKind::GetAttr | SlotKind::SetAttr) {
            return self.lookups(parts);
        }
        let ident = self.companion();
        let (name, def, constructor) = kind.names();
        let [name, def, constructor] = [name, def, constructor].map(|name| format_ident!("{name}"));
        let Table { class, krate, support, .. } = self;
        let pair = parts.iter().find(|(dunder, function)| is_pair(dunder, function));
        let def = if pair.is_some() { format_ident!("PairDef") } else { def };
        let pair = pair.map(|(_, function)| pair_operator(krate, class, support, &ident, function));
        let functions: TokenStream = match kind {
            SlotKind::Compare => comparison(krate, class, support, parts),
            _ => parts
                .iter()
                .map(|(dunder, function)| slot_part(krate, class, dunder, kind, function))
                .collect(),
        };
        let cfgs = &parts[0].1.cfgs;
        let implementations = quote! {
            impl #support::Slot for #ident { type Class = #class; }
            impl #support::#name for #ident { #functions }
            #pair
        };
        self.add_companion(cfgs, &ident, &implementations);
        for (dunder, function) in parts.iter().filter(|(dunder, _)| dunder.part == "reflected") {
            let name = c_string(dunder.name);
            let support = &self.support;
            let cfgs = &function.cfgs;
            let def = match kind {
                SlotKind::Power => quote!(ReflectedPowerDef),
                _ => quote!(ReflectedDef),
            };
            self.reflected.extend(quote!(#cfgs (#name, &#support::#def::<#ident>::METHOD),));
        }
        let support = &self.support;
        if kind == SlotKind::Finalize {
            let some =
                quote!(::core::option::Option::Some(const { &#support::#def::<#ident>::#constructor() }));
            self.finalize = where_cfgs(cfgs, some, &quote!(::core::option::Option::None));
            return;
        }
        let Some(number) = protocol::extra(slot) else {
            let slot = format_ident!("HPy_{slot}");
            let def = quote!(#support::#def::<#ident>);
            match protocol::also(parts[0].0.name) {
                None => self.defs.extend(quote!(#cfgs #def::#constructor(#support::slots::#slot),)),
                Some((second, name)) => {
                    let second = format_ident!("HPy_{second}");
                    if constructor == name {
                        self.defs.extend(quote! {
                            #cfgs #def::#constructor(#support::slots::#slot).also(#support::slots::#second),
                        });
                    } else {
                        let name = format_ident!("{name}");
                        self.defs.extend(quote! {
                            #cfgs #def::#constructor(#support::slots::#slot),
                            #cfgs #def::#name(#support::slots::#second),
                        });
                    }
                }
            }
            return;
        };
        // Hosts that lack the slot find the methods by their names.
        let mut methods = TokenStream::new();
        for (dunder, function) in parts {
            let result = match dunder.kind {
                SlotKind::Next => "next_method_output",
                SlotKind::AsyncNext => "anext_method_output",
                _ => "output",
            };
            let ident = self.function_companion(function, Result::Function(result));
            let (cfgs, support) = (&function.cfgs, &self.support);
            let name = c_string(dunder.name);
            methods.extend(quote!(#cfgs (#name, &#support::FunctionDef::<#ident>::METHOD),));
        }
        let support = &self.support;
        self.extras.extend(quote!(#cfgs #support::#def::<#ident>::#constructor(#number, &[#methods]),));
    }

    /// `__getattr__` and the like: methods, so that `super()` and overrides in Python find them. `hpy::impl_` has
    /// interpreters fill their slots with what calls the methods.
    pub(super) fn lookups(&mut self, parts: &[(&Dunder, &Function)]) {
        for (_, function) in parts {
            let ident = self.function_companion(function, Result::Function("output"));
            let (cfgs, support) = (&function.cfgs, &self.support);
            self.defs.extend(quote!(#cfgs #support::FunctionDef::<#ident>::METHOD,));
        }
    }
}

/// Is it an operator of two instances of the class?
fn is_pair(dunder: &Dunder, function: &Function) -> bool {
    dunder.kind == SlotKind::Operator && dunder.part == "forward" && takes_a_pair(function)
}

/// The operation on the two values.
fn pair_operator(
    krate: &syn::Path,
    class: &Ident,
    support: &TokenStream,
    ident: &Ident,
    function: &Function,
) -> TokenStream {
    let body = Body::new(function, Arrival::Pair, Result::Function("output"));
    let (ctx, this, other) = (&body.ctx, local("__self"), holder(0));
    let value = quote!(impl ::core::ops::Deref<Target = #class>);
    quote! {
        impl #support::PairOperator for #ident {
            #[inline(always)]
            fn pair<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #value,
                #other: #value,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                #body
            }
        }
    }
}

fn slot_part(
    krate: &syn::Path,
    class: &Ident,
    dunder: &Dunder,
    kind: SlotKind,
    function: &Function,
) -> TokenStream {
    let object = quote!(#krate::Handle<'__ctx>);
    let (result, output) = match dunder.output {
        Output::Object => (Result::Function("output"), object),
        Output::InPlace => (Result::InPlace, object),
        Output::Nothing => (Result::Function("unit_output"), quote!(())),
        Output::Length => (Result::Function("len_output"), quote!(::core::primitive::isize)),
        Output::Truth => (Result::Function("bool_output"), quote!(::core::primitive::bool)),
        Output::HashValue => (Result::Function("hash_output"), quote!(::core::primitive::isize)),
        // `Table::buffer` has its own.
        Output::Memory => (Result::Function("output"), object),
        Output::NextItem => (Result::Function("next_output"), quote!(::core::option::Option<#object>)),
    };
    let operands = dunder.asks_the_other_operand();
    let part = Part::new(function, dunder.part, result, operands);
    let Body { ctx, this, .. } = &part.body;
    let body = if is_pair(dunder, function) {
        let (support, other) = (support(krate), slot_argument(0));
        quote!(#support::forward_pair::<Self>(#ctx, #this, #other))
    } else {
        part.body.to_token_stream()
    };
    let args: Vec<_> = (0..function.params.len()).map(slot_argument).collect();
    let part_name = &part.name;
    let further = match (kind, dunder.part) {
        // `pow(a, b)` passes None as the third, which a method with one parameter does not want.
        (SlotKind::Power, _) if function.params.len() == 1 => {
            let modulo = local("__modulo");
            Some(quote!(#modulo: #krate::Ref<'_, '__ctx>,))
        }
        (SlotKind::GetAttr, "missing") => {
            let error = local("__error");
            Some(quote!(#error: #krate::Error,))
        }
        _ => None,
    };
    let ignore = further.as_ref().map(|_| match kind {
        SlotKind::Power => {
            let modulo = local("__modulo");
            quote!(let _ = #modulo;)
        }
        _ => {
            let error = local("__error");
            quote!(::core::mem::drop(#error);)
        }
    });
    quote! {
        #[inline(always)]
        fn #part_name<'__ctx>(
            #ctx: #krate::Context<'__ctx>,
            #this: #krate::Ref<'_, '__ctx, #class>,
            #(#args: #krate::Ref<'_, '__ctx>,)*
            #further
        ) -> #krate::Result<#output> {
            #ignore
            #body
        }
    }
}
