//! Modules: their tables, and the entry points that interpreters look for.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Ident, Path};

use super::docstring::{c_string, docstring};
use super::tokens::{at, local, ours, support};
use crate::model::{Arg, Cfgs, Entry, Module, What};

pub(crate) fn tables(module: &Module) -> TokenStream {
    let krate = &module.krate;
    let support = support(krate);
    let name = c_string(&module.name.text);
    let doc = docstring("", &module.doc, &support);
    let gil = module.gil;
    let (ctx, this) = (local("__ctx"), local("__module"));
    let exec = exec(module, &support, &ctx, &this);
    let some = quote!(::core::option::Option::Some);
    let none = quote!(::core::option::Option::None);

    let functions: Vec<_> = module.entries.iter().filter_map(function).collect();
    let functions = functions.iter().map(|(cfgs, function, span)| {
        let def = match span {
            None => at(function.span(), quote!(#support::FunctionDef::<#function>::MODULE)),
            Some(span) => at(*span, quote!(#support::exported_def::<#function>())),
        };
        quote!(#cfgs #def)
    });
    let globals = module.entries.iter().filter_map(|Entry { what, cfgs, .. }| match what {
        What::Global(ident) => {
            let slot = at(ident.span(), quote!(#krate::Global::slot(&#ident)));
            Some(quote!(#cfgs #some(#slot)))
        }
        What::Class(class) => Some(class_global(&class.ident, cfgs, &some)),
        What::Enumeration(enumeration) => Some(class_global(&enumeration.ident, cfgs, &some)),
        What::ExportClass(ident) | What::ExportEnumeration(ident) => Some(class_global(ident, cfgs, &some)),
        _ => None,
    });
    let renamed = module.entries.iter().filter_map(|entry| renamed(entry, krate, &support));
    let (marker, loaded) = if module.submodule {
        (
            Some(quote!(
                #[doc(hidden)]
                pub struct __HpySubmodule;
            )),
            submodule(krate, &support),
        )
    } else {
        let entry_points = entry_points(&module.name.text, &support);
        let host_mark = host_mark(module, &name, &support);
        (None, quote!(#entry_points #host_mark))
    };
    let exported = exported(module);
    quote! {
        #marker
        const _: () = {
            #exported
            struct __Module;

            #[automatically_derived]
            impl #support::Module for __Module {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
                const GIL: ::core::primitive::bool = #gil;

                fn exec<'__ctx>(
                    #ctx: #krate::Context<'__ctx>,
                    #this: &#krate::Handle<'__ctx, #krate::types::Module>,
                ) -> #krate::Result<()> {
                    #exec
                    ::core::result::Result::Ok(())
                }
            }

            #(#renamed)*

            static __FUNCTIONS: &[#support::ModuleDef] = &[#(#functions),*];
            static __GLOBALS: &[::core::option::Option<&#support::GlobalSlot>] =
                &[#some(#support::panic_exception()), #some(#support::iterator_class()), #some(#support::function_class()), #(#globals,)* #none];
            static __TABLE: #support::ModuleTable =
                #support::ModuleTable::new::<__Module>(__FUNCTIONS, __GLOBALS);

            #loaded
        };
    }
}

/// What the module around a submodule finds it by.
fn submodule(krate: &Path, support: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #support::Submodule for __HpySubmodule {
            fn table() -> &'static #support::ModuleTable {
                &__TABLE
            }

            fn exec<'__ctx>(
                ctx: #krate::Context<'__ctx>,
                module: &#krate::Handle<'__ctx, #krate::types::Module>,
            ) -> #krate::Result<()> {
                <__Module as #support::Module>::exec(ctx, module)
            }
        }
    }
}

/// The mark that loaders read from the library: whether a class of the module needs the embedded host.
fn host_mark(module: &Module, name: &impl ToTokens, support: &TokenStream) -> TokenStream {
    let symbol = format_ident!("hpy_host_of_{}", module.name.text);
    let classes = module.entries.iter().filter_map(|Entry { what, cfgs, .. }| match what {
        What::Class(class) => Some((cfgs, &class.ident)),
        What::ExportClass(ident) => Some((cfgs, ident)),
        _ => None,
    });
    let classes = classes.map(|(cfgs, ident)| {
        let ours = at(ident.span(), quote!(<#ident as #support::ClassTable>::OUR_HOST));
        quote!(#cfgs { ours |= #ours; })
    });
    let submodules = module.entries.iter().filter_map(|Entry { what, cfgs, .. }| match what {
        What::Submodule(..) => Some(cfgs),
        _ => None,
    });
    let embedded = module.embedded;
    let (bool_, u8_, usize_) =
        (quote!(::core::primitive::bool), quote!(::core::primitive::u8), quote!(::core::primitive::usize));
    quote! {
        const __OUR_HOST: #bool_ = {
            #[allow(unused_mut)]
            let mut ours = #embedded;
            #(#classes)*
            #(#submodules { ours |= true; })*
            ours
        };
        const __MARK_LEN: #usize_ = #support::host_mark_len(#name);

        #[unsafe(no_mangle)]
        #[allow(non_upper_case_globals)]
        pub static #symbol: [#u8_; __MARK_LEN] = #support::host_mark(#name, __OUR_HOST);
    }
}

/// The global that keeps a class.
fn class_global(ident: &Ident, cfgs: &Cfgs, some: &TokenStream) -> TokenStream {
    quote!(#cfgs #some(<#ident>::__hpy_slot().global()))
}

/// The type that stands for a function of the table; and where the function is exported, if it is from elsewhere.
fn function(entry: &Entry) -> Option<(&Cfgs, TokenStream, Option<Span>)> {
    let ident = match &entry.what {
        What::Function(function) => function.ident.clone(),
        What::Export { ident, renamed: false } => {
            return Some((&entry.cfgs, quote!(__exported::#ident), Some(ident.span())));
        }
        What::Export { ident, renamed: true } => renamed_ident(ident),
        _ => return None,
    };
    Some((&entry.cfgs, ident.to_token_stream(), None))
}

/// The types that stand for functions from elsewhere. A function that was not made for Python has none: there the type of
/// that name is one that is no `Function`, about which the compiler has words of ours.
fn exported(module: &Module) -> Option<TokenStream> {
    let exports = module.entries.iter().filter_map(|entry| match &entry.what {
        What::Export { ident, .. } => Some((&entry.cfgs, ident)),
        _ => None,
    });
    let (cfgs, idents): (Vec<_>, Vec<_>) = exports.unzip();
    (!idents.is_empty()).then(|| {
        quote! {
            #[allow(unused_imports, non_camel_case_types, dead_code)]
            mod __exported {
                mod plain {
                    #(#cfgs pub struct #idents;)*
                }
                pub(super) use plain::*;
                #(#cfgs pub(super) use super::#idents;)*
            }
        }
    })
}

/// The type that stands for a function from elsewhere under a new name.
fn renamed_ident(ident: &Ident) -> Ident {
    format_ident!("__renamed_{}", ident, span = ours(ident).span())
}

/// A function under another name: its docstring and its messages have the new one.
fn renamed(entry: &Entry, krate: &Path, support: &TokenStream) -> Option<TokenStream> {
    let What::Export { ident, renamed: true } = &entry.what else { return None };
    let name = &entry.name.as_ref()?.text;
    let cfgs = &entry.cfgs;
    let new = renamed_ident(ident);
    let c_name = c_string(name);
    let own = Literal::u16_unsuffixed((name.len() + 1).try_into().unwrap_or(u16::MAX));
    let old = quote!(<__exported::#ident as #support::Function>);
    let [ctx, module, args, params] = ["__ctx", "__module", "__args", "__params"].map(local);
    Some(quote! {
        #cfgs
        struct #new;

        #cfgs
        #[automatically_derived]
        impl #support::Function for #new {
            type This = #krate::types::Module;
            const NAME: &'static ::core::ffi::CStr = #c_name;
            const DOC: &'static ::core::ffi::CStr = {
                const LEN: ::core::primitive::usize = #support::renamed_doc_len::<__exported::#ident>(#c_name);
                const DOC: [::core::primitive::u8; LEN] = #support::renamed_doc::<__exported::#ident, LEN>(#c_name);
                #support::doc(&DOC)
            };
            const CONVENTION: #support::Convention = #old::CONVENTION;
            const PARAMS: &'static #support::Params = {
                const LEN: ::core::primitive::usize = #support::renamed_names_len::<__exported::#ident>(#c_name);
                const NAMES: [::core::primitive::u8; LEN] =
                    #support::renamed_names::<__exported::#ident, LEN>(#c_name);
                &#support::Params { names: &NAMES, own: #own, ..*#old::PARAMS }
            };

            #[inline(always)]
            fn call<'__a, '__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #module: #krate::Ref<'__a, '__ctx, #krate::types::Module>,
                #args: &#support::Arguments<'__a, '__ctx>,
                #params: &'static #support::Params,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                #old::call(#ctx, #module, #args, #params)
            }
        }
    })
}

/// Classes, constants, submodules, then `#[init]`.
fn exec(module: &Module, support: &TokenStream, ctx: &Ident, this: &Ident) -> TokenStream {
    let mut classes = TokenStream::new();
    for (cfgs, ident) in in_order(module) {
        let add = at(ident.span(), quote!(#support::add_class::<#ident>(#ctx, #this)?));
        classes.extend(quote!(#cfgs #add;));
    }
    let mut constants = TokenStream::new();
    let mut submodules = TokenStream::new();
    let mut inits = TokenStream::new();
    for Entry { name, what, cfgs } in &module.entries {
        match what {
            What::Constant(ident, span) => {
                let name = c_string(name.as_ref().map_or("", |name| &name.text));
                let add = at(*span, quote!(#support::add_constant(#ctx, #this, #name, #ident)?));
                constants.extend(quote!(#cfgs #add;));
            }
            What::Init { ident, args, output } => {
                let args = args.iter().map(|arg| match arg {
                    Arg::Context(_) | Arg::This(_) | Arg::CompareOp | Arg::Python(_) => ctx.to_token_stream(),
                    Arg::Module(span) => at(*span, quote!(#support::pass_module(&#this.as_ref()))),
                });
                let init = at(*output, quote!(#support::init_output(#ident(#(#args),*))?));
                inits.extend(quote!(#cfgs #init;));
            }
            What::Class(_) | What::ExportClass(_) => {} // above
            What::Enumeration(enumeration) => {
                let ident = &enumeration.ident;
                classes.extend(quote!(#cfgs #support::add_enumeration::<#ident>(#ctx, #this)?;));
            }
            What::ExportEnumeration(ident) => {
                let add = at(ident.span(), quote!(#support::add_enumeration::<#ident>(#ctx, #this)?));
                classes.extend(quote!(#cfgs #add;));
            }
            What::Submodule(ident, renamed) => {
                let renamed = match renamed {
                    None => quote!(::core::option::Option::None),
                    Some(name) => {
                        let name = &name.text;
                        quote!(::core::option::Option::Some(#name))
                    }
                };
                // In a module that is none for Python, the name means the type around it, about which the compiler has words of ours.
                let add = quote!(#support::add_submodule::<__HpySubmodule>(#ctx, #this, #renamed)?);
                let add = at(
                    ident.span(),
                    quote!({
                        #[allow(unused_imports)]
                        use #support::no_submodule::*;
                        {
                            #[allow(unused_imports)]
                            use #ident::*;
                            #add
                        }
                    }),
                );
                submodules.extend(quote!(#cfgs #add;));
            }
            What::Function(_) | What::Methods(_) | What::Export { .. } | What::Global(_) => {}
        }
    }
    quote!(#classes #constants #submodules #inits)
}

/// The classes, each after those of this module that it extends.
fn in_order(module: &Module) -> Vec<(&Cfgs, &Ident)> {
    let mut left: Vec<(&Cfgs, &Ident, Option<&Ident>)> = module
        .entries
        .iter()
        .filter_map(|Entry { what, cfgs, .. }| match what {
            What::Class(class) => {
                Some((cfgs, &class.ident, class.extends.as_ref().and_then(|path| path.get_ident())))
            }
            What::ExportClass(ident) => Some((cfgs, ident, None)),
            _ => None,
        })
        .collect();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let ready = |(_, _, base): &(_, _, Option<&Ident>)| {
            base.is_none_or(|base| left.iter().all(|(_, ident, _)| *ident != base))
        };
        // Of those that extend each other none is ready: the compiler says so.
        let next = left.iter().position(ready).unwrap_or(0);
        let (cfgs, ident, _) = left.remove(next);
        ordered.push((cfgs, ident));
    }
    ordered
}

fn entry_points(name: &str, support: &TokenStream) -> TokenStream {
    let symbol = |prefix: &str| format_ident!("{prefix}_{name}");
    let py_init = symbol("PyInit");
    let hpy_init = symbol("HPyInit");
    let global = symbol("HPyInitGlobalContext");
    let major = symbol("get_required_hpy_major_version");
    let minor = symbol("get_required_hpy_minor_version");
    let pointer = quote!(*mut ::core::ffi::c_void);
    quote! {
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn #py_init() -> #pointer {
            unsafe { #support::py_init(&__TABLE) }
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn #hpy_init() -> *const ::core::ffi::c_void {
            unsafe { #support::hpy_init(&__TABLE) }
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn #global(ctx: #pointer) {
            unsafe { #support::hpy_init_global_context(ctx) }
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn #major() -> ::core::primitive::u32 {
            0
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn #minor() -> ::core::primitive::u32 {
            0
        }
    }
}
