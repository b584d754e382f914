//! Methods derived by the options of `#[class]`: comparisons, hash, texts, a constructor.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Ident;

use crate::emit::enums::unit_match::number;
use crate::emit::function::body::Result;
use crate::emit::function::implementation;
use crate::emit::tokens::{at, local};
use crate::model::{
    Arg, Cfgs, Class, Doc, Function, Kind, Member, Name, Param, TextSignature, This, Variants,
};

/// Companions, and entries of the table.
pub(in crate::emit) fn derived(class: &Class, support: &TokenStream) -> (TokenStream, TokenStream) {
    let mut out = Derived { class, support, items: TokenStream::new(), defs: TokenStream::new() };
    let flags = &class.options;
    if flags.eq.is_some() || flags.eq_int.is_some() {
        out.compare();
    }
    if let Some(span) = flags.hash {
        out.hash(span);
    }
    match (&class.variants, flags.repr) {
        (Some(Variants::Units { .. }), _) => out.units(),
        (Some(Variants::Data(_)), Some(_)) => out.repr_of_data(),
        (None, Some(span)) => out.repr(span),
        (Some(Variants::Data(_)) | None, None) => {}
    }
    if let Some(span) = flags.str {
        out.str(span);
    }
    if flags.new_from_fields.is_some() {
        out.new_from_fields();
    }
    out.records();
    (out.items, out.defs)
}

pub(in crate::emit) struct Derived<'a> {
    pub(in crate::emit) class: &'a Class,
    pub(in crate::emit) support: &'a TokenStream,
    pub(in crate::emit) items: TokenStream,
    pub(in crate::emit) defs: TokenStream,
}

impl Derived<'_> {
    /// The companion of a slot.
    pub(in crate::emit) fn slot(&mut self, name: &str, slot: &str, kind: (&str, &str), body: &TokenStream) {
        let support = self.support;
        let of = &self.class.ident;
        let ident = format_ident!("{name}");
        let (slot, bound, constructor) =
            (format_ident!("{slot}"), format_ident!("{}", kind.0), format_ident!("{}", kind.1));
        self.items.extend(quote! {
            enum #ident {}
            impl #support::Slot for #ident { type Class = #of; }
            impl #support::#bound for #ident { #body }
        });
        self.defs.extend(quote!(#support::SlotDef::<#ident>::#constructor(#support::slots::#slot),));
    }

    fn compare(&mut self) {
        let flags = &self.class.options;
        let (krate, of, support) = (&self.class.krate, &self.class.ident, self.support);
        let [ctx, this, other, op] = ["__ctx", "__this", "__other", "__op"].map(local);
        let [one, two] = ["__one", "__two"].map(local);
        let equal = match flags.eq {
            Some(span) => at(span, quote!(::core::cmp::PartialEq::eq(&*#one, &*#two))),
            None => {
                let [one, two] = [&one, &two].map(|value| number(self.class, &quote!(&*#value)));
                quote!({ let __one = #one; let __two = #two; __one == __two })
            }
        };
        let other_type = match flags.eq_int {
            Some(_) => {
                let number = number(self.class, &quote!(&*#support::borrow(&#this)?));
                quote!(#support::compare_number(#ctx, #number, #other.handle(), #op))
            }
            None => quote!(#support::not_implemented(#ctx)),
        };
        let order = match flags.ord {
            Some(span) => {
                let order = at(span, quote!(::core::cmp::PartialOrd::partial_cmp(&*#one, &*#two)));
                quote!(#support::ordered(#op, #order))
            }
            None => quote!(return #support::not_implemented(#ctx)),
        };
        let body = quote! {
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #of>,
                #other: #krate::Ref<'_, '__ctx>,
                #op: #krate::CompareOp,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                let #two = match #support::ref_operand::<#of>(#ctx, #other.handle())? {
                    ::core::option::Option::Some(two) => two,
                    ::core::option::Option::None => return #other_type,
                };
                let #one = #support::borrow(&#this)?;
                let result = match #op {
                    #krate::CompareOp::Eq => #equal,
                    #krate::CompareOp::Ne => !#equal,
                    _ => #order,
                };
                #support::output(#ctx, result)
            }
        };
        self.slot("__Compare", "HPy_tp_richcompare", ("CompareSlot", "compare"), &body);
    }

    fn hash(&mut self, span: Span) {
        let (krate, of, support) = (&self.class.krate, &self.class.ident, self.support);
        let [ctx, this] = ["__ctx", "__this"].map(local);
        // What equals a number has the hash of the number.
        let hash = if self.class.options.eq_int.is_some() {
            let number = number(self.class, &quote!(&*#support::borrow(&#this)?));
            quote!(#support::output(#ctx, #number)?.hash())
        } else {
            let hash = at(span, quote!(#support::hash_of(&*#support::borrow(&#this)?)));
            quote!(::core::result::Result::Ok(#hash))
        };
        let body = quote! {
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #of>,
            ) -> #krate::Result<::core::primitive::isize> {
                #hash
            }
        };
        self.slot("__Hash", "HPy_tp_hash", ("HashSlot", "hash"), &body);
    }

    /// `Name(a=1, b='two')`, as a dataclass writes itself; the values are those that Python sees.
    fn repr(&mut self, span: Span) {
        let (krate, of, support) = (&self.class.krate, &self.class.ident, self.support);
        let [ctx, this, text] = ["__ctx", "__this", "__text"].map(local);
        let visible = self.class.members.iter().filter(|member| member.get);
        let add = visible.enumerate().map(|(i, Member { name, member, .. })| {
            // Fields without a name in Rust are written like a tuple's.
            let shown = match member {
                syn::Member::Named(_) => format!("{}=", name.text),
                syn::Member::Unnamed(_) => String::new(),
            };
            let (name, before) = (&name.text, format!("{}{shown}", if i == 0 { "" } else { ", " }));
            at(span, quote!(#support::add_repr(&mut #text, &#this, #before, #name)?;))
        });
        let body = quote! {
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #of>,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                let mut #text = #support::begin_repr(&#this)?;
                #(#add)*
                #text.push(')');
                #support::output(#ctx, #text)
            }
        };
        self.slot("__Repr", "HPy_tp_repr", ("UnarySlot", "repr"), &body);
    }

    fn str(&mut self, span: Span) {
        let (krate, of, support) = (&self.class.krate, &self.class.ident, self.support);
        let [ctx, this] = ["__ctx", "__this"].map(local);
        let text = at(span, quote!(#support::display(&*#support::borrow(&#this)?)));
        let body = quote! {
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #of>,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                #support::output(#ctx, #text)
            }
        };
        self.slot("__Str", "HPy_tp_str", ("UnarySlot", "repr"), &body);
    }

    /// A constructor with a parameter for each field.
    fn new_from_fields(&mut self) {
        let class = self.class;
        let (of, support) = (&class.ident, self.support);
        let params: Vec<Param> = class
            .members
            .iter()
            .map(|member| Param {
                name: member.name.clone(),
                kind: Kind::Positional,
                default: None,
                ty: if member.is_field { handle(member, &class.krate) } else { member.ty.clone() },
                with: None,
            })
            .collect();
        let make = Ident::new("__from_fields", Span::mixed_site());
        let function = Function {
            ident: make.clone(),
            vis: syn::Visibility::Inherited,
            name: Name { text: "__new__".to_owned(), span: of.span() },
            doc: Doc::default(),
            text_signature: TextSignature::Own,
            detach: false,
            of_trait: None,
            this: This::Class(of.clone()),
            args: (0..params.len()).map(Arg::Python).collect(),
            params,
            output: of.span(),
            owned_output: false,
            cfgs: Cfgs::default(),
            krate: class.krate.clone(),
        };
        let ident = format_ident!("__New");
        let implementation = implementation(&function, &ident, Result::New);
        let values: Vec<Ident> = (0..class.members.len()).map(|i| format_ident!("__v{i}")).collect();
        let types = function.params.iter().map(|param| &param.ty);
        let fields = class.members.iter().zip(&values).map(|(member, value)| {
            let name = &member.member;
            if member.is_field {
                let krate = &class.krate;
                quote!(#name: #krate::Field::new(#value))
            } else {
                quote!(#name: #value)
            }
        });
        self.items.extend(quote! {
            impl #of {
                #[allow(clippy::too_many_arguments)]
                fn #make(#(#values: #types),*) -> Self {
                    #of { #(#fields),* }
                }
            }
            enum #ident {}
            const _: () = {
                #implementation
            };
        });
        self.defs.extend(quote!(#support::NewDef::<#ident>::definition(),));
    }
}

/// `Handle<'_, T>` for a `Field<T>`.
pub(in crate::emit) fn handle(member: &Member, krate: &syn::Path) -> syn::Type {
    let of = match &member.ty {
        syn::Type::Path(path) => path.path.segments.last().and_then(|last| match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => arguments.args.first().cloned(),
            _ => None,
        }),
        _ => None,
    };
    match of {
        Some(of) => syn::parse_quote!(#krate::Handle<'_, #of>),
        None => syn::parse_quote!(#krate::Handle<'_>),
    }
}
