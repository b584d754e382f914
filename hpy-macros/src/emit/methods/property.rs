//! Properties, each with a getter, a setter and a deleter; and class attributes.

use quote::quote;

use super::Table;
use super::part::Part;
use crate::emit::docstring::{c_string, docstring};
use crate::emit::function::body::Result;
use crate::emit::tokens::{at, local};
use crate::model::{Function, Method, MethodKind};

impl Table<'_> {
    /// A getter, a setter and a deleter of one name.
    pub(super) fn attribute(&mut self, name: &str, parts: &[&Method]) {
        let ident = self.companion();
        let Table { class, krate, support, .. } = self;
        let find = |wanted: fn(&MethodKind) -> bool| parts.iter().find(|part| wanted(&part.what));
        let getter = find(|what| matches!(what, MethodKind::Getter));
        let setter = find(|what| matches!(what, MethodKind::Setter));
        let deleter = find(|what| matches!(what, MethodKind::Deleter));
        let get = getter.map(|method| {
            let part = Part::new(&method.function, "get", Result::Function("output"), false);
            let function = part.emit(krate, class, &quote!(#krate::Handle<'__ctx>));
            quote!(impl #support::GetSlot for #ident { #function })
        });
        let unit = quote!(());
        let change = |method: &&&Method, name: &str| {
            Part::new(&method.function, name, Result::Function("unit_output"), false)
                .emit(krate, class, &unit)
        };
        let set = setter.map(|method| change(&method, "set"));
        let delete = deleter.map(|method| change(&method, "delete"));
        let setters = (set.is_some() || delete.is_some()).then(|| {
            quote! {
                impl #support::SetSlot for #ident {
                    #set
                    #delete
                }
            }
        });
        let constructor = match (&get, &setters) {
            (Some(_), Some(_)) => quote!(read_write),
            (Some(_), None) => quote!(read_only),
            (None, _) => quote!(write_only),
        };
        let documented = getter.or(setter).or(deleter).map(|method| &method.function.doc);
        let doc = documented.map(|doc| docstring("", doc, support));
        let cfgs = &parts[0].function.cfgs;
        let name = c_string(name);
        let attribute = quote! {
            impl #support::Attribute for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
            }
        };
        let implementations = quote! {
            impl #support::Slot for #ident { type Class = #class; }
            #attribute
            #get
            #setters
        };
        let def = quote!(#cfgs #support::#constructor::<#ident>(),);
        self.add_companion(cfgs, &ident, &implementations);
        self.defs.extend(def);
    }

    pub(super) fn class_attribute(&mut self, function: &Function, constant: bool) {
        let Table { class, support, .. } = self;
        let (ctx, type_) = (local("__ctx"), local("__class"));
        let (ident, name, cfgs) = (&function.ident, &function.name.text, &function.cfgs);
        let of_trait = function.of_trait.as_ref().map(|of_trait| quote!(as #of_trait));
        let value = if constant {
            quote!(<#class #of_trait>::#ident)
        } else {
            let args = function.args.iter().map(|_| &ctx);
            quote!(<#class #of_trait>::#ident(#(#args),*))
        };
        let add = at(function.output, quote!(#support::add_attribute(#ctx, #type_, #name, #value)?));
        self.attributes.extend(quote!(#cfgs #add;));
    }
}
