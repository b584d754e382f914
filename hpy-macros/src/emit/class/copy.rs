//! Methods derived by `copy`, `pickle` and `replace`.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;

use super::derived::Derived;
use crate::emit::tokens::{at, local};
use crate::model::{Member, Variants};

impl Derived<'_> {
    pub(in crate::emit) fn records(&mut self) {
        let flags = &self.class.options;
        if let Some(span) = flags.copy {
            self.method("copy_def", span);
            self.method("deepcopy_def", span);
        }
        match &self.class.variants {
            Some(Variants::Units { .. }) => self.method("reduce_unit_def", self.class.ident.span()),
            Some(Variants::Data(_)) => {
                if let Some(span) = flags.pickle {
                    self.method("reduce_variant_def", span);
                }
            }
            None => {}
        }
        if self.class.variants.is_some() || flags.pickle.is_none() && flags.replace.is_none() {
            return;
        }
        self.record();
        if let Some(span) = flags.pickle {
            self.method("reduce_def", span);
        }
        if let Some(span) = flags.replace {
            self.method("replace_def", span);
        }
    }

    /// A method that is written in `hpy::impl_`.
    fn method(&mut self, name: &str, span: Span) {
        let (of, support, name) = (&self.class.ident, self.support, format_ident!("{name}"));
        let def = at(span, quote!(#support::#name::<#of>()));
        self.defs.extend(quote!(#def,));
    }

    /// `impl Record`: the fields as Python sees them.
    fn record(&mut self) {
        let (of, krate, support) = (&self.class.ident, &self.class.krate, self.support);
        let [ctx, this, value] = ["__ctx", "__this", "__value"].map(local);
        let names = self.class.members.iter().map(|member| &member.name.text);
        let values = self.class.members.iter().map(|Member { member, ty, is_field, .. }| {
            let convert = match is_field {
                true => quote!(#support::output(#ctx, #value.#member.load(#this))?),
                false => quote!(#support::field_value(#ctx, &#value.#member)?),
            };
            at(ty.span(), convert)
        });
        let values: Vec<TokenStream> = values.collect();
        self.items.extend(quote! {
            #[automatically_derived]
            impl #support::Record for #of {
                const NAMES: &'static [&'static ::core::primitive::str] = &[#(#names),*];

                fn values<'__ctx>(
                    #ctx: #krate::Context<'__ctx>,
                    #this: &#krate::Ref<'_, '__ctx, Self>,
                ) -> #krate::Result<::std::vec::Vec<#krate::Handle<'__ctx>>> {
                    let #value = #support::borrow(#this)?;
                    let _ = (&#value, #ctx);
                    ::core::result::Result::Ok(::std::vec::Vec::from([#(#values),*]))
                }
            }
        });
    }
}
