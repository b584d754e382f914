//! `__buffer__`: the slots that begin and end an export.

use quote::{format_ident, quote};

use super::Table;
use crate::emit::tokens::{at, local};
use crate::model::{Function, This};

impl Table<'_> {
    /// The two slots of `__buffer__`: to begin, and to end.
    pub(super) fn buffer(&mut self, function: &Function) {
        let ident = self.companion();
        let Table { class, krate, support, .. } = self;
        let mutable = matches!(&function.this, This::Instance(_, Some(receiver)) if receiver.mutable);
        let (name, def, reference) = if mutable {
            ("BufferMutSlot", "BufferMutDef", quote!(&'__a mut))
        } else {
            ("BufferSlot", "BufferDef", quote!(&'__a))
        };
        let [name, def] = [name, def].map(|name| format_ident!("{name}"));
        let (this, method, cfgs) = (local("__this"), &function.ident, &function.cfgs);
        let view = at(function.output, quote!(#support::AnyView::new(<#class>::#method(#this))));
        let implementations = quote! {
            impl #support::Slot for #ident { type Class = #class; }
            impl #support::#name for #ident {
                fn view<'__a>(#this: #reference #class) -> #krate::Result<#support::AnyView<'__a>> {
                    #view
                }
            }
        };
        let defs = quote! {
            #cfgs #support::#def::<#ident>::GET,
            #cfgs #support::#def::<#ident>::RELEASE,
        };
        self.add_companion(cfgs, &ident, &implementations);
        self.defs.extend(defs);
    }
}
