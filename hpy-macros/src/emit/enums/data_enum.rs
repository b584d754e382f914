//! Enums whose variants have data: each variant is a subclass of the enum's class, with a constructor and a property for each
//! field.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::emit::class::derived::{Derived, handle};
use crate::emit::class::field_checks::holds_nothing;
use crate::emit::class::owned_objects;
use crate::emit::docstring::{c_string, docstring};
use crate::emit::function::body::Result;
use crate::emit::function::implementation;
use crate::emit::tokens::{at, local};
use crate::model::{
    Arg, Cfgs, Class, Doc, Function, Kind, Member, Name, Param, TextSignature, This, Variant, Variants,
};

/// The variants; none if the class is no such enum.
fn of(class: &Class) -> &[Variant] {
    match &class.variants {
        Some(Variants::Data(variants)) => variants,
        _ => &[],
    }
}

/// The fields of all variants.
pub(in crate::emit) fn members(class: &Class) -> impl Iterator<Item = &Member> {
    of(class).iter().flat_map(|variant| &variant.members)
}

/// The table of a variant's class.
#[derive(Default)]
pub(in crate::emit) struct Parts {
    /// Its constructor, for which the enum has a function.
    pub(in crate::emit) make: TokenStream,
    /// Companions.
    pub(in crate::emit) items: TokenStream,
    /// The `VariantParts`.
    pub(in crate::emit) parts: TokenStream,
}

pub(in crate::emit) fn parts(class: &Class, variant: &Variant, index: usize, support: &TokenStream) -> Parts {
    let (make, items, defs) = (TokenStream::new(), TokenStream::new(), TokenStream::new());
    let mut emit = Emit { class, support, variant, index, make, items, defs };
    emit.constructor();
    for place in 0..variant.members.len() {
        emit.getter(place);
    }
    if variant.tuple {
        emit.items_by_number();
    }
    let Emit { make, items, defs, .. } = emit;
    let doc = docstring("", &variant.doc, support);
    let names = variant.members.iter().map(|member| &member.name.text);
    let tuple = variant.tuple;
    let params = variant.params.iter().enumerate().map(|(index, param)| {
        let kind = format_ident!(
            "{}",
            match param.kind {
                Kind::PositionalOnly | Kind::Positional => "Positional",
                Kind::VarArgs => "VarArgs",
                Kind::KeywordOnly => "Keyword",
                Kind::KwArgs => "KwArgs",
            }
        );
        let field = variant.args.iter().position(|arg| matches!(arg, Arg::Python(of) if *of == index));
        let name = field.and_then(|field| variant.members.get(field)).map_or("", |member| &member.name.text);
        quote!((#name, #support::FieldParam::#kind))
    });
    let parts = quote! {
        #support::VariantParts { doc: #doc, defs: &[#defs], names: &[#(#names),*], params: &[#(#params),*], tuple: #tuple }
    };
    Parts { make, items, parts }
}

/// Gives the fields in the variants their places.
pub(in crate::emit) fn assign(class: &Class, support: &TokenStream) -> TokenStream {
    let of_class = &class.ident;
    let (assign, value) = (local("__assign"), local("__value"));
    let arms = of(class).iter().map(|Variant { ident, cfgs, members, .. }| {
        let visits = members.iter().map(|Member { member, ty, .. }| {
            // By method lookup: types that hold no fields have the second one only.
            let visit = quote_spanned! {ty.span()=>
                #[allow(unused_imports)]
                {
                    use #support::{AssignFields as _, AssignNothing as _};
                    (&mut &mut #support::Inside(#value)).assign_inside(#assign);
                }
            };
            quote! {
                #[allow(irrefutable_let_patterns)]
                if let #of_class::#ident { #member: #value, .. } = self { #visit }
            }
        });
        quote!(#cfgs { #(#visits)* })
    });
    quote!(#(#arms)*)
}

/// Visits the objects that the variants own.
pub(in crate::emit) fn objects(class: &Class, visitor: &Ident) -> TokenStream {
    let (of_class, value) = (&class.ident, local("__value"));
    let arms = of(class).iter().map(|Variant { ident, cfgs, members, .. }| {
        let visits = members.iter().filter(|member| !holds_nothing(&member.ty)).map(
            |Member { member, ty, .. }| {
                let visit = owned_objects::visit(ty, &quote!(*#value), visitor);
                quote! {
                    #[allow(irrefutable_let_patterns)]
                    if let #of_class::#ident { #member: #value, .. } = self { #visit }
                }
            },
        );
        quote!(#cfgs { #(#visits)* })
    });
    quote!(#(#arms)*)
}

/// One variant's companions.
struct Emit<'a> {
    class: &'a Class,
    support: &'a TokenStream,
    variant: &'a Variant,
    index: usize,
    make: TokenStream,
    items: TokenStream,
    defs: TokenStream,
}

/// The name of the companion for that, in the variant's own scope.
fn companion(what: &str) -> Ident {
    format_ident!("__{what}")
}

impl Emit<'_> {
    /// A parameter for each field.
    fn constructor(&mut self) {
        let (class, support, variant) = (self.class, self.support, self.variant);
        let (of_class, krate) = (&class.ident, &class.krate);
        let make = Ident::new(&format!("__hpy_variant{}", self.index), Span::mixed_site());
        let ty = |member: &Member| if member.is_field { handle(member, krate) } else { member.ty.clone() };
        let param = |(index, param): (usize, &Param)| {
            let field = variant.args.iter().position(|arg| matches!(arg, Arg::Python(of) if *of == index));
            let Param { name, kind, default, .. } = param;
            let ty = field.and_then(|field| variant.members.get(field)).map_or_else(|| param.ty.clone(), ty);
            Param { name: name.clone(), kind: *kind, default: default.clone(), ty, with: None }
        };
        let function = Function {
            ident: make.clone(),
            vis: syn::Visibility::Inherited,
            name: Name { text: variant.name.text.clone(), span: variant.ident.span() },
            doc: Doc::default(),
            text_signature: TextSignature::Own,
            detach: false,
            of_trait: None,
            this: This::Class(of_class.clone()),
            args: variant.args.clone(),
            params: variant.params.iter().enumerate().map(param).collect(),
            output: variant.ident.span(),
            owned_output: false,
            cfgs: Cfgs::default(),
            krate: krate.clone(),
        };
        let ident = companion("New");
        let implementation = implementation(&function, &ident, Result::New);
        let values: Vec<Ident> = (0..variant.members.len()).map(|i| format_ident!("__v{i}")).collect();
        let types = variant.members.iter().map(ty);
        let fields = variant.members.iter().zip(&values).map(|(Member { member, is_field, .. }, value)| {
            if *is_field { quote!(#member: #krate::Field::new(#value)) } else { quote!(#member: #value) }
        });
        let of_variant = &variant.ident;
        self.make.extend(quote! {
            impl #of_class {
                #[allow(clippy::too_many_arguments)]
                fn #make(#(#values: #types),*) -> Self {
                    #of_class::#of_variant { #(#fields),* }
                }
            }
        });
        self.items.extend(quote! {
            enum #ident {}
            #implementation
        });
        self.defs.extend(quote!(#support::NewDef::<#ident>::definition(),));
    }

    /// The attribute of a field.
    fn getter(&mut self, place: usize) {
        let (class, support, variant) = (self.class, self.support, self.variant);
        let (of_class, krate, of_variant) = (&class.ident, &class.krate, &variant.ident);
        let Member { member, ty, name, doc, is_field, .. } = &variant.members[place];
        let ident = companion(&format!("F{place}"));
        let [ctx, this, value] = ["__ctx", "__this", "__value"].map(local);
        let convert = match is_field {
            true => at(ty.span(), quote!(#support::output(#ctx, #value.load(&#this)))),
            false => at(ty.span(), quote!(#support::field_value(#ctx, #value))),
        };
        let (text, doc) = (&name.text, docstring("", doc, support));
        let (name, of_text) = (c_string(text), &variant.name.text);
        self.items.extend(quote! {
            enum #ident {}
            impl #support::Slot for #ident { type Class = #of_class; }
            impl #support::Attribute for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
            }
            impl #support::GetSlot for #ident {
                fn get<'__ctx>(
                    #ctx: #krate::Context<'__ctx>,
                    #this: #krate::Ref<'_, '__ctx, #of_class>,
                ) -> #krate::Result<#krate::Handle<'__ctx>> {
                    #[allow(unreachable_patterns)]
                    match &*#support::borrow(&#this)? {
                        #of_class::#of_variant { #member: #value, .. } => #convert,
                        _ => #support::other_variant(&#this, #of_text, #text),
                    }
                }
            }
        });
        self.defs.extend(quote!(#support::read_only::<#ident>(),));
    }

    /// `len(shape)` and `shape[0]`.
    fn items_by_number(&mut self) {
        let (class, support, variant) = (self.class, self.support, self.variant);
        let (of_class, krate) = (&class.ident, &class.krate);
        let [ctx, this, key] = ["__ctx", "__this", "__key"].map(local);
        let count = variant.members.len();
        let arms = (0..count).map(|place| {
            let getter = companion(&format!("F{place}"));
            quote!(#place => <#getter as #support::GetSlot>::get(#ctx, #this),)
        });
        let ident = companion("Items");
        self.items.extend(quote! {
            enum #ident {}
            impl #support::Slot for #ident { type Class = #of_class; }
            impl #support::LenSlot for #ident {
                fn call<'__ctx>(
                    _: #krate::Context<'__ctx>,
                    _: #krate::Ref<'_, '__ctx, #of_class>,
                ) -> #krate::Result<::core::primitive::isize> {
                    ::core::result::Result::Ok(#count as ::core::primitive::isize)
                }
            }
            impl #support::BinarySlot for #ident {
                fn call<'__ctx>(
                    #ctx: #krate::Context<'__ctx>,
                    #this: #krate::Ref<'_, '__ctx, #of_class>,
                    #key: #krate::Ref<'_, '__ctx>,
                ) -> #krate::Result<#krate::Handle<'__ctx>> {
                    match #support::place(#key.handle(), #count)? {
                        #(#arms)*
                        _ => #support::out_of_range(),
                    }
                }
            }
        });
        self.defs.extend(quote! {
            #support::SlotDef::<#ident>::len(#support::slots::HPy_mp_length),
            #support::SlotDef::<#ident>::len(#support::slots::HPy_sq_length),
            #support::ItemDef::<#ident>::get(#support::slots::HPy_mp_subscript),
            #support::ItemDef::<#ident>::get_at(#support::slots::HPy_sq_item),
        });
    }
}

impl Derived<'_> {
    /// `Shape.Circle(radius=1.0)`; the values are those that Python sees.
    pub(in crate::emit) fn repr_of_data(&mut self) {
        let (krate, of_class, support) = (&self.class.krate, &self.class.ident, self.support);
        let [ctx, this] = ["__ctx", "__this"].map(local);
        let body = quote! {
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #of_class>,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                #support::variant_repr(#ctx, &#this)
            }
        };
        self.slot("__Repr", "HPy_tp_repr", ("UnarySlot", "repr"), &body);
    }
}
