//! Arguments of a function: bound to the parameters, and converted.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Expr, GenericArgument, PathArguments, Type};

use super::body::{Arrival, Body, Result, converted, holder, slot, slot_argument};
use super::parameters::{convention, slots, table};
use crate::emit::tokens::{at, local};
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
        let Body { function, support, ctx, args, params, .. } = self;
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
        // What fills a slot is called with any arguments: no host counts them first.
        let counted = !matches!(self.result, Result::New)
            && !["__init__", "__call__"].contains(&function.name.text.as_str());
        match if counted { convention(&function.params) } else { "Keywords" } {
            "NoArgs" => TokenStream::new(),
            "O" => quote!(#(let #names = #args.only();)*),
            _ if function.params.len() != count => quote! {
                let ([#(#names),*], #rest, #kwargs) =
                    #support::bind_variadic::<#count>(#ctx, #params, #args)?;
            },
            _ => quote!(let [#(#names),*] = #support::bind::<#count>(#ctx, #params, #args)?;),
        }
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
                at(ty.span(), quote!(#support::#convert(#ctx, #from, #params, #which)?))
            }
            Some(with) => {
                let convert = format_ident!("{name}_with");
                quote!(#support::#convert(#ctx, #from, #params, #which, #with)?)
            }
        };
        if let Some(borrow) = borrow_of_param(param) {
            return self.borrow(index, place, param, &borrow);
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
        quote!(let #to: #ty = #value;)
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
