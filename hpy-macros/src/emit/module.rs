//! The tables of a module, and the functions that interpreters look for.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::function::c_string;
use crate::model::{Arg, Entry, Module, What};

pub(super) fn tables(module: &Module) -> TokenStream {
    let krate = &module.krate;
    let support = quote!(#krate::impl_);
    let name = c_string(&module.name.0);
    let doc = c_string(&module.doc);
    let gil = module.gil;
    let exec = exec(module, &support);
    let some = quote!(::core::option::Option::Some);
    let none = quote!(::core::option::Option::None);

    let defs = |which: &str, exec: &str| {
        let (which, exec) = (format_ident!("{which}"), format_ident!("{exec}"));
        let functions = module.entries.iter().filter_map(|entry| {
            let (What::Function(path) | What::Export(path, _)) = &entry.what else { return None };
            let cfgs = &entry.cfgs;
            let function = match new_name(entry) {
                Some(name) => {
                    let renamed = format_ident!("__renamed_{name}");
                    quote!(#renamed)
                }
                None => quote!(#path),
            };
            Some(quote!(#(#cfgs)* #some(&#support::FunctionDef::<#function>::#which)))
        });
        quote!(&[#(#functions,)* #some(&#support::ModuleDefs::<__Module>::#exec), #none])
    };
    let universal = defs("UNIVERSAL", "UNIVERSAL_EXEC");
    let embedded = defs("EMBEDDED", "EMBEDDED_EXEC");
    let globals = module.entries.iter().filter_map(|Entry { what, cfgs, .. }| match what {
        What::Global(ident) => Some(quote!(#(#cfgs)* #some(#ident.slot()))),
        _ => None,
    });
    let renamed = module.entries.iter().filter_map(|entry| renamed(entry, krate, &support));
    let entry_points = entry_points(&module.name.0, &support);
    quote! {
        #[allow(clippy::all, clippy::pedantic, non_snake_case, missing_docs, unused_qualifications, unreachable_pub)]
        const _: () = {
            struct __Module;

            impl #support::Module for __Module {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
                const GIL: ::core::primitive::bool = #gil;

                fn exec<'__ctx>(
                    __ctx: #krate::Context<'__ctx>,
                    __module: &#krate::Handle<'__ctx, #krate::types::Module>,
                ) -> #krate::Result<()> {
                    #exec
                    ::core::result::Result::Ok(())
                }
            }

            #(#renamed)*

            static UNIVERSAL: &[::core::option::Option<&#support::Def>] = #universal;
            static EMBEDDED: &[::core::option::Option<&#support::Def>] = #embedded;
            static GLOBALS: &[::core::option::Option<&#support::GlobalSlot>] =
                &[#some(#support::panic_exception()), #(#globals,)* #none];
            static TABLE: #support::ModuleTable =
                #support::ModuleTable::new::<__Module>(UNIVERSAL, EMBEDDED, GLOBALS);

            #entry_points
        };
    }
}

/// The name in Python of a function that was made elsewhere, where `use … as …` gives it a new one.
fn new_name(entry: &Entry) -> Option<&str> {
    match (&entry.what, &entry.name) {
        (What::Export(_, true), Some((name, _))) => Some(name),
        _ => None,
    }
}

/// A function under another name: its docstring and its messages have the new one.
fn renamed(entry: &Entry, krate: &syn::Path, support: &TokenStream) -> Option<TokenStream> {
    let name = new_name(entry)?;
    let What::Export(path, _) = &entry.what else { return None };
    let cfgs = &entry.cfgs;
    let ident = format_ident!("__renamed_{name}");
    let c_name = c_string(name);
    Some(quote! {
        #(#cfgs)*
        #[allow(non_camel_case_types)]
        struct #ident;

        #(#cfgs)*
        impl #support::Function for #ident {
            const NAME: &'static ::core::ffi::CStr = #c_name;
            const DOC: &'static ::core::ffi::CStr = {
                const LEN: ::core::primitive::usize = #support::renamed_doc_len::<#path>(#c_name);
                const DOC: [::core::primitive::u8; LEN] = #support::renamed_doc::<#path, LEN>(#c_name);
                #support::doc(&DOC)
            };
            const CONVENTION: #support::Convention = <#path as #support::Function>::CONVENTION;
            const PARAMS: &'static #support::Params =
                &#support::Params { function: #name, ..*<#path as #support::Function>::PARAMS };

            #[inline(always)]
            fn call<'__a, '__ctx>(
                __ctx: #krate::Context<'__ctx>,
                __module: #krate::Ref<'__a, '__ctx, #krate::types::Module>,
                __args: #support::Arguments<'__a, '__ctx>,
                __params: &'static #support::Params,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                <#path as #support::Function>::call(__ctx, __module, __args, __params)
            }
        }
    })
}

/// Constants, then `#[init]`.
fn exec(module: &Module, support: &TokenStream) -> TokenStream {
    let mut constants = TokenStream::new();
    let mut init = TokenStream::new();
    for Entry { name, what, cfgs } in &module.entries {
        match what {
            What::Constant(ident) => {
                let name = c_string(name.as_ref().map_or("", |(name, _)| name));
                constants.extend(quote!(#(#cfgs)* #support::add_constant(__ctx, __module, #name, #ident)?;));
            }
            What::Init(ident, args) => {
                let args = args.iter().map(|arg| match arg {
                    Arg::Context => quote!(__ctx),
                    Arg::Module(_) | Arg::Python(_) => quote!(#support::pass_module(&__module.as_ref())),
                });
                init.extend(quote!(#(#cfgs)* #support::init_output(#ident(#(#args),*))?;));
            }
            What::Function(_) | What::Export(..) | What::Global(_) => {}
        }
    }
    quote!(#constants #init)
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
        pub extern "C" fn #py_init() -> #pointer {
            #support::py_init(&TABLE)
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn #hpy_init() -> *const ::core::ffi::c_void {
            #support::hpy_init(&TABLE)
        }

        #[unsafe(no_mangle)]
        pub extern "C" fn #global(ctx: #pointer) {
            #support::hpy_init_global_context(ctx)
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
