//! Arguments of a function: bound to the parameters, and converted.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Expr, GenericArgument, PathArguments, Type};

use super::body::{Arrival, Body, Result, converted, holder, slot, slot_argument};
use super::parameters::{convention, slots, table};
use crate::emit::tokens::{at, local, propagate};
use crate::model::{Arg, Function, Kind, Param, This};

/// A reference to a value in a Python object, which is borrowed for the time of the call.
pub(super) enum Borrow<'a> {
    Shared(&'a Type),
    Mutable(&'a Type),
    Optional(&'a Type),
}

fn borrow_of(ty: &Type) -> Option<Borrow<'_>> {
    let named = |ty: &Type| match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident != "Handle"),
        _ => false,
    };
    match ty {
        Type::Reference(reference) if named(&reference.elem) => Some(if reference.mutability.is_some() {
            Borrow::Mutable(&reference.elem)
        } else if matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str")) {
            return None;
        } else {
            Borrow::Shared(&reference.elem)
        }),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            match arguments.args.first() {
                Some(GenericArgument::Type(inner)) => match borrow_of(inner) {
                    Some(Borrow::Shared(ty)) => Some(Borrow::Optional(ty)),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

/// Does the method take the values of two instances of its class, and nothing else of them?
pub(in crate::emit) fn takes_a_pair(function: &Function) -> bool {
    let (This::Instance(class, Some(receiver)), [param]) = (&function.this, function.params.as_slice())
    else {
        return false;
    };
    let same = |of: &Type| matches!(of, Type::Path(path) if path.path.is_ident(class));
    let other = matches!(borrow_of_param(param), Some(Borrow::Shared(of)) if same(of));
    let of_objects = function.args.iter().any(|arg| matches!(arg, Arg::This(_)));
    other && !receiver.mutable && !function.detach && !of_objects
}

pub(super) fn borrow_of_param(param: &Param) -> Option<Borrow<'_>> {
    let variadic = matches!(param.kind, Kind::VarArgs | Kind::KwArgs);
    if variadic || param.with.is_some() { None } else { borrow_of(&param.ty) }
}

fn is_none(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "None"))
}

impl Body<'_> {
    /// Takes the arguments apart.
    pub(super) fn bind(&self) -> TokenStream {
        let Body { function, support, args, params, .. } = self;
        let names: Vec<_> = slots(function).map(|(i, _)| slot(i)).collect();
        if let Arrival::Slot { .. } = self.arrival {
            let table = table(function, support);
            let given = (0..names.len()).map(slot_argument);
            return quote! {
                let #params: &'static #support::Params = const { &#table };
                #(let #names = ::core::option::Option::Some(#given);)*
            };
        }
        if self.arrival == Arrival::Pair {
            return TokenStream::new();
        }
        let count = names.len();
        let (rest, kwargs) = (local("__rest"), local("__kwargs"));
        let slots = local("__slots");
        let empty = quote!(let mut #slots = [#support::ArgumentSlot::EMPTY; #count];);
        match self.convention() {
            "NoArgs" => TokenStream::new(),
            "O" => quote!(#(let #names = #args.only();)*),
            _ if function.params.len() != count => {
                let bind = propagate(&quote!(#support::bind_variadic(#params, #args, &mut #slots)));
                quote!(#empty let (#rest, #kwargs) = #bind;)
            }
            "Varargs" => {
                let bind = propagate(&quote!(#support::bind_positional::<#count>(#params, #args)));
                quote!(let [#(#names),*] = #bind;)
            }
            _ => {
                let bind = propagate(&quote!(#support::bind(#params, #args, &mut #slots)));
                quote!(#empty #bind;)
            }
        }
    }

    /// How the arguments are passed. What fills a slot is called with any: no host counts them first.
    fn convention(&self) -> &'static str {
        let fills_slot = matches!(self.result, Result::New)
            || ["__init__", "__call__"].contains(&self.function.name.text.as_str());
        if fills_slot { "Keywords" } else { convention(&self.function.params) }
    }

    /// Is the body compiled once for all hosts? Then arguments and results are converted by functions that it shares with
    /// others.
    pub(super) fn is_shared(&self) -> bool {
        self.arrival == Arrival::Call && self.convention() == "Keywords"
    }

    /// Do the arguments stand in an array of slots?
    fn has_slots(&self) -> bool {
        let variadic = slots(self.function).count() != self.function.params.len();
        self.is_shared() || self.arrival == Arrival::Call && variadic
    }

    /// Converts one.
    pub(super) fn convert(&self, index: usize, param: &Param) -> TokenStream {
        let Body { function, support, ctx, params, .. } = self;
        let (from, to, ty) = (slot(index), converted(index), &param.ty);
        // Which place among those with slots: parameters without one stand between them.
        let place = slots(function).take_while(|(i, _)| *i < index).count();
        let call = |name: &str, from: TokenStream, which: TokenStream| match &param.with {
            None => {
                let convert = format_ident!("{name}");
                propagate(&at(ty.span(), quote!(#support::#convert(#ctx, #from, #params, #which))))
            }
            Some(with) => {
                let convert = format_ident!("{name}_with");
                quote!(#support::#convert(#ctx, #from, #params, #which, #with)?)
            }
        };
        let taken = self.has_slots() && !matches!(param.kind, Kind::VarArgs | Kind::KwArgs);
        let place_of = local("__slots");
        let place_of = quote!(#place_of[#place]);
        let take = taken.then(|| quote!(let #from = #place_of.get();));
        if let Some(borrow) = borrow_of_param(param) {
            let borrow = self.borrow(index, place, param, &borrow);
            return quote!(#take #borrow);
        }
        if taken && param.with.is_none() {
            let convert = propagate(&at(ty.span(), quote!(#support::convert(&#place_of, #params, #place))));
            return match &param.default {
                None => quote!(let #to: #ty = #convert;),
                Some(default) => quote! {
                    let #to: #ty = if #place_of.is_given() { #convert } else { #default };
                },
            };
        }
        let name = &param.name.text;
        let value = match (param.kind, &param.default) {
            (Kind::VarArgs | Kind::KwArgs, _) => {
                let from = local(if param.kind == Kind::VarArgs { "__rest" } else { "__kwargs" });
                call("variadic", quote!(&#from), name.to_token_stream())
            }
            (_, None) if self.operands() && param.with.is_none() => {
                let operand = at(ty.span(), quote!(#support::operand(#ctx, #from)?));
                let given = slot_argument(index);
                let from = quote!(let #from = #given.handle(););
                let not_implemented = quote!(return #support::not_implemented(#ctx));
                return quote! {
                    #from
                    let #to: #ty = match #operand {
                        ::core::option::Option::Some(value) => value,
                        ::core::option::Option::None => #not_implemented,
                    };
                };
            }
            (_, None) => call("argument", quote!(&#from), place.to_token_stream()),
            (_, Some(default)) => {
                let given = local("__given");
                let convert = call("argument_or_default", given.to_token_stream(), place.to_token_stream());
                quote! {
                    match &#from {
                        ::core::option::Option::Some(#given) => #convert,
                        ::core::option::Option::None => #default,
                    }
                }
            }
        };
        quote!(#take let #to: #ty = #value;)
    }

    fn operands(&self) -> bool {
        self.arrival == Arrival::Slot { operands: true }
    }

    /// Converts one that borrows from the value in an object.
    fn borrow(&self, index: usize, place: usize, param: &Param, borrow: &Borrow<'_>) -> TokenStream {
        let Body { support, ctx, params, .. } = self;
        let (from, to, holder) = (slot(index), converted(index), holder(index));
        let span = param.ty.span();
        let (some, none) = (quote!(::core::option::Option::Some), quote!(::core::option::Option::None));
        let checked = |function: &str, of: &Type| {
            let function = format_ident!("{function}");
            at(span, quote!(#support::#function::<#of>(#ctx, &#from, #params, #place)?))
        };
        let held = |of: &Type, holder: TokenStream| at(span, quote!(#support::held::<#of>(#ctx, #holder)));
        match borrow {
            Borrow::Shared(of) if self.arrival == Arrival::Pair => quote!(let #to: &#of = &#holder;),
            Borrow::Shared(of) if self.operands() => {
                let given = slot_argument(index);
                let hold = at(span, quote!(#support::ref_operand::<#of>(#ctx, #given.handle())?));
                let held = held(of, quote!(&#holder));
                quote! {
                    let #holder = match #hold {
                        #some(holder) => holder,
                        #none => return #support::not_implemented(#ctx),
                    };
                    let #to: &#of = #held;
                }
            }
            Borrow::Shared(of) => match &param.default {
                None => {
                    let hold = checked("ref_argument", of);
                    let held = held(of, quote!(&#holder));
                    quote! {
                        let #holder = #hold;
                        let #to: &#of = #held;
                    }
                }
                Some(default) => {
                    let hold = checked("ref_argument", of);
                    let held = held(of, quote!(holder));
                    quote! {
                        let #holder = match &#from {
                            #some(_) => #some(#hold),
                            #none => #none,
                        };
                        let #to: &#of = match &#holder {
                            #some(holder) => #held,
                            #none => #default,
                        };
                    }
                }
            },
            Borrow::Mutable(of) => {
                let hold = checked("mut_argument", of);
                let held = at(span, quote!(#support::held_mut::<#of>(#ctx, &mut #holder)));
                quote! {
                    let mut #holder = #hold;
                    let #to: &mut #of = #held;
                }
            }
            Borrow::Optional(of) => {
                let hold = checked("optional_ref_argument", of);
                let held = held(of, quote!(holder));
                let absent = match &param.default {
                    Some(default) if !is_none(default) => quote!(match &#from {
                        #none => #default,
                        #some(_) => #none,
                    }),
                    _ => none.clone(),
                };
                quote! {
                    let #holder = #hold;
                    let #to: ::core::option::Option<&#of> = match &#holder {
                        #some(holder) => #some(#held),
                        #none => #absent,
                    };
                }
            }
        }
    }
}
