//! The body of a function or method: takes the arguments apart, converts them, calls the Rust function.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Expr, GenericArgument, Ident, PathArguments, Type};

use super::docstring::c_string;
use super::{at, local, support};
use crate::model::{Arg, Function, Kind, Param, This};

/// The cheapest way of passing these parameters.
pub(super) fn convention(params: &[Param]) -> &'static str {
    match params {
        [] => "NoArgs",
        [Param { kind: Kind::PositionalOnly, default: None, .. }] => "O",
        _ if params.iter().all(|p| matches!(p.kind, Kind::PositionalOnly | Kind::VarArgs)) => "Varargs",
        _ => "Keywords",
    }
}

/// The parameters that have a slot each, and where they stand among all.
fn slots(function: &Function) -> impl Iterator<Item = (usize, &Param)> {
    function.params.iter().enumerate().filter(|(_, p)| !matches!(p.kind, Kind::VarArgs | Kind::KwArgs))
}

/// The table that arguments are bound by.
pub(super) fn table(function: &Function, support: &TokenStream) -> TokenStream {
    let own = &function.name.text;
    let name = match &function.this {
        This::Module => quote!(#support::function_name(#own)),
        This::Class(class) if own == "__new__" => quote!(#support::class_name::<#class>()),
        This::Instance(class, _) | This::Class(class) | This::Nothing(class) => {
            quote!(#support::method_name::<#class>(#own))
        }
    };
    let names = slots(function).map(|(_, param)| c_string(&param.name.text));
    let count = |test: &dyn Fn(&Param) -> bool| function.params.iter().filter(|param| test(param)).count();
    let by_position = |param: &Param| matches!(param.kind, Kind::PositionalOnly | Kind::Positional);
    let positional_only = count(&|param| param.kind == Kind::PositionalOnly);
    let positional = count(&by_position);
    let required = count(&|param| by_position(param) && param.default.is_none());
    let keyword = function.params.iter().filter(|param| param.kind == Kind::KeywordOnly);
    let keyword = keyword.map(|param| param.default.is_none());
    let varargs = count(&|param| param.kind == Kind::VarArgs) > 0;
    let kwargs = count(&|param| param.kind == Kind::KwArgs) > 0;
    quote! {
        #support::Params {
            function: #name,
            names: &[#(#names),*],
            positional_only: #positional_only,
            positional: #positional,
            required_positional: #required,
            required_keyword: &[#(#keyword),*],
            varargs: #varargs,
            kwargs: #kwargs,
        }
    }
}

/// What becomes of the result.
#[derive(Clone, Copy)]
pub(super) enum Result<'a> {
    /// `hpy::impl_::NAME(ctx, result)`.
    Function(&'a str),
    /// `self`, after an operator like `+=`.
    InPlace,
    /// The new instance of the class.
    New,
}

/// How the arguments arrive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// As `Arguments`, to be bound.
    Call,
    /// One handle each, `__arg0`, `__arg1`, ….
    Slot {
        /// Is the result `NotImplemented` if they don't convert?
        operands: bool,
    },
    /// The values of `self` and of another instance, borrowed: `__self`, `__h0`.
    Pair,
}

/// The body, and the names of what it uses.
pub(super) struct Body<'a> {
    pub(super) function: &'a Function,
    pub(super) arrival: Arrival,
    pub(super) result: Result<'a>,
    support: TokenStream,
    pub(super) ctx: Ident,
    pub(super) this: Ident,
    pub(super) args: Ident,
    pub(super) params: Ident,
}

/// `__a0`, `__a1`, …: what the caller passed.
fn slot(index: usize) -> Ident {
    local(&format!("__a{index}"))
}

/// `__p0`, `__p1`, …: the same, converted.
fn converted(index: usize) -> Ident {
    local(&format!("__p{index}"))
}

/// `__h0`, `__h1`, …: what keeps the borrow of a converted argument.
pub(super) fn holder(index: usize) -> Ident {
    local(&format!("__h{index}"))
}

/// `__arg0`, `__arg1`, …: what a slot is given.
pub(super) fn slot_argument(index: usize) -> Ident {
    local(&format!("__arg{index}"))
}

/// A reference to a value in a Python object, which is borrowed for the time of the call.
enum Borrow<'a> {
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
pub(super) fn takes_a_pair(function: &Function) -> bool {
    let (This::Instance(class, Some(receiver)), [param]) = (&function.this, function.params.as_slice())
    else {
        return false;
    };
    let same = |of: &Type| matches!(of, Type::Path(path) if path.path.is_ident(class));
    let other = matches!(borrow_of_param(param), Some(Borrow::Shared(of)) if same(of));
    let of_objects = function.args.iter().any(|arg| matches!(arg, Arg::This(_)));
    other && !receiver.mutable && !function.detach && !of_objects
}

fn borrow_of_param(param: &Param) -> Option<Borrow<'_>> {
    let variadic = matches!(param.kind, Kind::VarArgs | Kind::KwArgs);
    if variadic || param.with.is_some() { None } else { borrow_of(&param.ty) }
}

impl<'a> Body<'a> {
    pub(super) fn new(function: &'a Function, arrival: Arrival, result: Result<'a>) -> Self {
        Body {
            function,
            arrival,
            result,
            support: support(&function.krate),
            ctx: local("__ctx"),
            this: local("__this"),
            args: local("__args"),
            params: local("__params"),
        }
    }

    /// Takes the arguments apart.
    fn bind(&self) -> TokenStream {
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
    fn convert(&self, index: usize, param: &Param) -> TokenStream {
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

    /// The call of the Rust function.
    fn call(&self) -> TokenStream {
        let Body { function, support, ctx, this, .. } = self;
        let args = function.args.iter().map(|arg| match arg {
            Arg::Context(span) => at(*span, quote!(#ctx)),
            Arg::Module(span) => at(*span, quote!(#support::pass_module(&#this))),
            Arg::This(span) => at(*span, quote!(#support::pass_this(&#this))),
            Arg::CompareOp => local("__op").into_token_stream(),
            Arg::Python(index) => converted(*index).into_token_stream(),
        });
        let ident = &function.ident;
        let of_trait = function.of_trait.as_ref().map(|of_trait| quote!(as #of_trait));
        let itself = local("__self");
        let call = match &function.this {
            This::Module => quote!(#ident(#(#args),*)),
            This::Class(class) | This::Nothing(class) | This::Instance(class, None) => {
                quote!(<#class #of_trait>::#ident(#(#args),*))
            }
            This::Instance(class, Some(receiver)) => {
                let of_self = if receiver.mutable { quote!(&mut *#itself) } else { quote!(&*#itself) };
                let of_self = if function.detach { itself.to_token_stream() } else { of_self };
                quote!(<#class #of_trait>::#ident(#of_self, #(#args),*))
            }
        };
        let borrow = match &function.this {
            This::Instance(_, Some(receiver)) if self.arrival != Arrival::Pair => {
                let (mutable, borrow) = if receiver.mutable {
                    (Some(quote!(mut)), quote!(borrow_mut))
                } else {
                    (None, quote!(borrow))
                };
                let borrow = at(receiver.span, quote!(#support::#borrow(&#this)?));
                // What runs detached can't have the guard, only what it guards.
                let inner = if receiver.mutable { quote!(&mut *#itself) } else { quote!(&*#itself) };
                let detached = function.detach.then(|| quote!(let #itself = #inner;));
                let guard = quote!(let #mutable #itself = #borrow;);
                if function.detach { quote!(#guard #detached) } else { guard }
            }
            _ => TokenStream::new(),
        };
        let call = if function.detach {
            at(function.output, quote!(#support::detached(#ctx, move || #call)))
        } else {
            call
        };
        let result = local("__result");
        let ended = self.ended();
        quote! {
            #borrow
            let #result = #call;
            #(#ended)*
        }
    }

    /// Ends the borrows that can end before the result is converted: a conversion is other people's code.
    fn ended(&self) -> Vec<TokenStream> {
        let Body { function, support, .. } = self;
        if !function.owned_output || function.detach {
            return Vec::new();
        }
        let end = |span, borrow: Ident| at(span, quote!(#support::end(#borrow);));
        let this = match &function.this {
            This::Instance(_, Some(receiver)) => Some(end(receiver.span, local("__self"))),
            _ => None,
        };
        let params = function.params.iter().enumerate().filter(|(_, param)| borrow_of_param(param).is_some());
        this.into_iter().chain(params.map(|(i, param)| end(param.ty.span(), holder(i)))).collect()
    }
}

fn is_none(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "None"))
}

impl ToTokens for Body<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Body { function, support, ctx, this, args, .. } = self;
        let bind = self.bind();
        let convert = function.params.iter().enumerate().map(|(i, param)| self.convert(i, param));
        let call = self.call();
        let result = local("__result");
        let output = match self.result {
            Result::Function(name) => {
                let name = format_ident!("{name}");
                quote!(#support::#name(#ctx, #result))
            }
            Result::InPlace => quote!(#support::in_place_output(#this, #result)),
            Result::New => {
                let This::Class(class) = &function.this else { return };
                quote!(#support::new_output::<#class, _, _>(&#this, #args, #result))
            }
        };
        let output = at(function.output, output);
        tokens.extend(quote! {
            #bind
            #(#convert)*
            #call
            #output
        });
    }
}
