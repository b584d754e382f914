//! Classes: `impl Class`, the table, properties of fields, and conversions.

mod collection;
mod copy;
pub(super) mod derived;
mod exception_pickle;
pub(super) mod field_checks;
pub(super) mod owned_objects;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::docstring::{c_string, docstring};
use super::tokens::{at, local, support, type_slot};
use crate::emit::enums::{data_enum, unit_enum, variants};
use crate::model::{Class, Member, Variants};

pub(crate) fn class(class: &Class) -> TokenStream {
    let Class { ident, cfgs, krate, .. } = class;
    let support = support(krate);
    let name = &class.name.text;
    let doc = docstring("", &class.doc, &support);
    let doc = (!class.doc.0.is_empty()).then(|| quote!(const DOC: &'static ::core::ffi::CStr = #doc;));
    let flags = &class.options;
    let mutability = if flags.frozen.is_some() { quote!(Frozen) } else { quote!(Mutable) };
    let threads = if flags.unsendable.is_some() { quote!(Unsendable) } else { quote!(Sendable) };
    let threads = at(ident.span(), quote!(#support::#threads));
    let fields = class.members.iter().filter(|member| member.is_field).count();
    let assign = assign(class, &support);
    let data = matches!(class.variants, Some(Variants::Data(_))).then(|| {
        quote!(
            const DATA: ::core::primitive::bool = true;
        )
    });
    let base = match &class.extends {
        Some(base) => base.to_token_stream(),
        None => quote!(#krate::types::Any),
    };
    let extendable = flags.subclass.map(|_| {
        quote! {
            #[automatically_derived]
            impl #support::Extendable for #ident {}
        }
    });
    let module = class.module.as_ref().map(|module| {
        let module = &module.text;
        quote! {
            const MODULE: ::core::option::Option<&'static ::core::primitive::str> =
                ::core::option::Option::Some(#module);
        }
    });
    let (mut items, mut defs) = attributes(class, &support);
    let field_attributes = field_attributes(class, &support);
    let (derived, derived_defs) = crate::emit::class::derived::derived(class, &support);
    items.extend(derived);
    defs.extend(derived_defs);
    let (kept, kept_constant) = exception_pickle::kept(class, &support).unzip();
    items.extend(kept);
    let defs =
        (!defs.is_empty()).then(|| quote!(const DEFS: &'static [#support::Definition<Self>] = &[#defs];));
    let yes = [
        ("NEW", flags.new_from_fields.is_some()),
        ("SUBCLASS", flags.subclass.is_some()),
        ("DICT", flags.dict.is_some()),
        ("WEAKREF", flags.weakref.is_some()),
    ];
    let yes = yes.into_iter().filter(|(_, said)| *said).map(|(name, _)| format_ident!("{name}"));
    let conversions = conversions(class, &support);
    let variants = class.variants.as_ref().map(|_| variants::table(class, &support));
    let class_attributes = class_attributes(class, &support);
    let (of_collection, rules) = collection::collection(class, &support);
    let into_known = class.variants.as_ref().map(|_| into_known(class, &support));
    let own = class.members.iter().filter(|member| !member.is_field);
    let inner: Vec<_> = own
        .chain(data_enum::members(class))
        .map(|member| &member.ty)
        .filter(|ty| !field_checks::holds_nothing(ty))
        .collect();
    let gc = if inner.is_empty() {
        quote!({
            #[allow(unused_imports)]
            use #support::MayHoldFields as _;
            <#support::Probe<#ident>>::GC
        })
    } else {
        quote!({
            #[allow(unused_imports)]
            use #support::{MayHideFields as _, MayHoldFields as _};
            // Behind a pointer, as in a `BTreeMap`, fields don't show in the struct.
            <#support::Probe<#ident>>::GC #(|| <#support::FieldsProbe<#inner>>::FOUND)*
        })
    };
    let objects = objects(class, &support);
    let type_slot = type_slot(ident, &support);
    let alias = class.alias.as_ref().map(|(vis, of)| {
        let text = format!("What Python calls `{name}`.");
        quote! {
            #cfgs
            #[doc = #text]
            #vis type #ident = #of;
        }
    });
    let check_size = at(ident.span(), quote!(const _: () = #support::check_size::<#ident>();));
    quote! {
        #alias
        #cfgs
        const _: () = {
            #items

            #type_slot

            #check_size

            #[automatically_derived]
            unsafe impl #krate::Class for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                type Base = #base;
                type Mutability = #support::#mutability;
                type Threads = #threads;
                type Fields = [#support::FieldSlot; #fields];
                const GC: ::core::primitive::bool = #gc;

                #assign

                #objects

                fn slot() -> &'static #support::TypeSlot<#ident> {
                    <#ident>::__hpy_slot()
                }

                #field_attributes
                #into_known
            }

            #[automatically_derived]
            impl #support::ClassTable for #ident {
                #doc
                #defs
                const METHODS: &'static #support::Methods<Self> = {
                    #[allow(unused_imports)]
                    use #support::MayHaveMethods as _;
                    <#ident>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
                };
                #(const #yes: ::core::primitive::bool = true;)*
                #module
                #of_collection
                #data
                #kept_constant
                #class_attributes
            }

            #variants
            #extendable
            #conversions
            #rules
        };
    }
}

/// The attributes of the class itself: its variants, or the order of the fields for `match`.
fn class_attributes(class: &Class, support: &TokenStream) -> Option<TokenStream> {
    let krate = &class.krate;
    let (ctx, this) = (local("__ctx"), local("__class"));
    let add = match (&class.variants, class.options.match_args) {
        (Some(_), _) => variants::attributes(class, support),
        (None, Some(_)) => {
            let visible = class.members.iter().filter(|member| member.get).map(|member| &member.name.text);
            quote!(#support::add_match_args(#ctx, #this, &[#(#visible),*])?;)
        }
        (None, None) => return None,
    };
    Some(quote! {
        const ATTRIBUTES: ::core::option::Option<#support::Attributes> = {
            fn attributes<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: &#krate::Handle<'__ctx, #krate::types::Type>,
            ) -> #krate::Result<()> {
                #add
                ::core::result::Result::Ok(())
            }
            ::core::option::Option::Some(attributes)
        };
    })
}

/// The value of an enum says which object it becomes.
fn into_known(class: &Class, support: &TokenStream) -> TokenStream {
    let (krate, ident) = (&class.krate, &class.ident);
    let this = local("__class");
    let object = match class.variants {
        Some(Variants::Data(_)) => quote!(#support::variant_object_of(#this, self)),
        _ => quote!(#support::unit(#this.ctx(), self)),
    };
    quote! {
        const KNOWN: ::core::primitive::bool = true;

        fn into_known<'__ctx>(
            self,
            #this: &#krate::Handle<'__ctx, #krate::types::Type>,
        ) -> ::core::result::Result<#krate::Result<#krate::Handle<'__ctx, #ident>>, Self> {
            ::core::result::Result::Ok(#object)
        }
    }
}

/// The places of the fields: those of the struct itself first, then all that are further inside.
fn assign(class: &Class, support: &TokenStream) -> Option<TokenStream> {
    let assign = local("__assign");
    let direct = class
        .members
        .iter()
        .filter(|member| member.is_field)
        .map(|Member { member, .. }| quote!(#support::assign_slot(&mut self.#member, #assign);));
    let own = class.members.iter().filter(|member| !member.is_field).chain(data_enum::members(class));
    let own = own.filter(|member| !field_checks::holds_nothing(&member.ty));
    let hidden = own.map(|Member { ty, .. }| field_checks::refused(ty, &class.ident, support));
    let may_hold = |member: &&Member| !member.is_field && !field_checks::holds_nothing(&member.ty);
    let nested = class.members.iter().filter(may_hold).map(|Member { member, ty, .. }| {
        // By method lookup: types that hold no fields have the second one only.
        quote_spanned! {ty.span()=>
            #[allow(unused_imports)]
            {
                use #support::{AssignFields as _, AssignNothing as _};
                (&mut &mut #support::Inside(&mut self.#member)).assign_inside(#assign);
            }
        }
    });
    let of_variants = data_enum::assign(class, support);
    let body = quote!(#(#hidden)* #of_variants #(#direct)* #(#nested)*);
    (!body.is_empty()).then(|| {
        quote! {
            fn assign(&mut self, #assign: &mut #support::Assign<'_, '_>) {
                let _ = &#assign;
                #body
            }
        }
    })
}

/// Shows the collector the objects that the fields own.
fn objects(class: &Class, support: &TokenStream) -> Option<TokenStream> {
    let visitor = local("__visitor");
    let may_own = |member: &&Member| !member.is_field && !field_checks::holds_nothing(&member.ty);
    let direct = class
        .members
        .iter()
        .filter(may_own)
        .map(|Member { member, ty, .. }| owned_objects::visit(ty, &quote!(self.#member), &visitor));
    let direct = quote!(#(#direct)*);
    let of_variants = data_enum::objects(class, &visitor);
    let types: Vec<_> = class.members.iter().chain(data_enum::members(class)).filter(may_own).collect();
    let types = types.iter().map(|member| &member.ty);
    let body = quote!(#direct #of_variants);
    (!body.is_empty()).then(|| {
        quote! {
            const OBJECTS: ::core::primitive::bool = {
                #[allow(unused_imports)]
                use #support::MayOwnObjects as _;
                false #(|| <#support::ObjectsProbe<#types>>::HOLDS)*
            };

            fn visit_objects(&self, #visitor: &mut #support::Visitor<'_>) {
                #[allow(unused_imports)]
                use #support::{Owned, VisitNothing as _, VisitOwned as _};
                let _ = &#visitor;
                #body
            }
        }
    })
}

/// The attributes of plain fields.
fn field_attributes(class: &Class, support: &TokenStream) -> Option<TokenStream> {
    let of = &class.ident;
    let attributes: Vec<_> = class
        .members
        .iter()
        .filter(|member| !member.is_field && (member.get || member.set))
        .map(|Member { member, ty, name, get, set, doc, .. }| {
            let constructor = match (get, set) {
                (true, true) => quote!(read_write),
                (true, false) => quote!(read_only),
                _ => quote!(write_only),
            };
            let place = quote!({ #support::field_place::<#of>(::core::mem::offset_of!(#of, #member)) });
            let constructor = at(ty.span(), quote!(#support::FieldAttribute::#constructor::<#ty, #place>));
            let (name, doc) = (c_string(&name.text), docstring("", doc, support));
            let field = at(ty.span(), quote!(|this: &mut #of| &raw mut this.#member));
            quote!(#constructor(#name, #doc, #field),)
        })
        .collect();
    (!attributes.is_empty()).then(|| {
        quote! {
            const FIELD_ATTRIBUTES: &'static [#support::FieldAttribute<Self>] = &[#(#attributes)*];
        }
    })
}

/// Getters and setters of `Field`s: their companions, and the entries of the table.
fn attributes(class: &Class, support: &TokenStream) -> (TokenStream, TokenStream) {
    let (krate, of) = (&class.krate, &class.ident);
    let (mut items, mut defs) = (TokenStream::new(), TokenStream::new());
    let [ctx, this, value] = ["__ctx", "__this", "__value"].map(local);
    let fields = class.members.iter().filter(|member| member.is_field && (member.get || member.set));
    for (index, Member { member, ty, name, get, set, doc, .. }) in fields.enumerate() {
        let ident = format_ident!("__F{index}");
        let text = &name.text;
        let doc = docstring("", doc, support);
        let getter = get.then(|| {
            let value =
                at(ty.span(), quote!(#support::output(#ctx, #support::borrow(&#this)?.#member.load(&#this))));
            quote! {
                impl #support::GetSlot for #ident {
                    #[inline(always)]
                    fn get<'__ctx>(
                        #ctx: #krate::Context<'__ctx>,
                        #this: #krate::Ref<'_, '__ctx, #of>,
                    ) -> #krate::Result<#krate::Handle<'__ctx>> {
                        #value
                    }
                }
            }
        });
        let setter = set.then(|| {
            let convert = at(ty.span(), quote!(#support::new_value(#ctx, #value.handle(), #text)?));
            quote! {
                impl #support::SetSlot for #ident {
                    fn set<'__ctx>(
                        #ctx: #krate::Context<'__ctx>,
                        #this: #krate::Ref<'_, '__ctx, #of>,
                        #value: #krate::Ref<'_, '__ctx>,
                    ) -> #krate::Result<()> {
                        let #value: #ty = #convert;
                        let __old = ::core::mem::replace(&mut #support::borrow_mut(&#this)?.#member, #value);
                        ::core::mem::drop(__old);
                        ::core::result::Result::Ok(())
                    }
                }
            }
        });
        let constructor = match (get, set) {
            (true, true) => quote!(read_write),
            (true, false) => quote!(read_only),
            _ => quote!(write_only),
        };
        let name = c_string(text);
        items.extend(quote! {
            enum #ident {}
            impl #support::Slot for #ident { type Class = #of; }
            impl #support::Attribute for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
            }
            #getter
            #setter
        });
        defs.extend(quote!(#support::#constructor::<#ident>(),));
    }
    (items, defs)
}

/// From and to Python objects.
fn conversions(class: &Class, support: &TokenStream) -> TokenStream {
    let (krate, ident) = (&class.krate, &class.ident);
    let (ctx, value) = (local("__ctx"), local("__value"));
    let frozen = class.options.frozen.map(|_| {
        quote! {
            #[automatically_derived]
            impl<'__a, '__ctx> #krate::FromPython<'__a, '__ctx> for &'__a #ident {
                type Error = #krate::Error;
                const HINT: #krate::Hint = #krate::Hint::Name(<#ident as #krate::Class>::NAME);

                #[inline]
                fn from_python(#value: &'__a #krate::Handle<'__ctx>) -> #krate::Result<Self> {
                    #value.downcast::<#ident>()?.get()
                }
            }
        }
    });
    let new = match class.variants {
        Some(_) => {
            let object = variants::object(class);
            quote!(#support::#object(#ctx, self))
        }
        None => quote!(#krate::Handle::<'__ctx, #ident>::new(#ctx, self)),
    };
    let copied = match class.variants {
        Some(Variants::Units { .. }) => Some(unit_enum::copied(class, &value)),
        _ => class.options.extract.map(|span| {
            at(span, quote!(::core::clone::Clone::clone(&*#value.downcast::<#ident>()?.borrow()?)))
        }),
    };
    let extract = copied.map(|copied| {
        quote! {
            #[automatically_derived]
            impl<'__ctx> #krate::FromPython<'_, '__ctx> for #ident {
                type Error = #krate::Error;
                const HINT: #krate::Hint = #krate::Hint::Name(<#ident as #krate::Class>::NAME);

                fn from_python(#value: &#krate::Handle<'__ctx>) -> #krate::Result<Self> {
                    ::core::result::Result::Ok(#copied)
                }
            }
        }
    });
    // A class that extends another needs a value for that, too.
    let raised = class.extends.as_ref().map(|_| raised(class, support));
    let whole = class.extends.as_ref().map(|_| quote!(where #ident: #krate::class::Parts<'__ctx, #ident>,));
    quote! {
        #[automatically_derived]
        impl<'__ctx> #krate::IntoPython<'__ctx> for #ident
        #whole
        {
            type Target = #ident;
            type Error = #krate::Error;

            #[inline]
            fn into_python(
                self,
                #ctx: #krate::Context<'__ctx>,
            ) -> #krate::Result<#krate::Handle<'__ctx, #ident>> {
                #new
            }
        }
        #frozen
        #extract
        #raised
    }
}

/// `Err(value.into())`, if the class extends an exception.
fn raised(class: &Class, support: &TokenStream) -> TokenStream {
    let (krate, ident, value) = (&class.krate, &class.ident, local("__value"));
    quote! {
        #[automatically_derived]
        impl ::core::convert::From<#ident> for #krate::Error
        where
            for<'__a> #ident: #support::Raised<'__a>,
        {
            fn from(#value: #ident) -> Self {
                #support::Raised::raised(#value)
            }
        }
    }
}
