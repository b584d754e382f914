//! Expansion of each attribute: parse, check and emit, or report all errors.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Item;

use crate::errors::Errors;
use crate::grammar::attribute::Taken;
use crate::grammar::{attribute, options};
use crate::model::{Convert, What};
use crate::{check, emit, messages as say, parse};

/// `#[hpy::function]` by itself.
pub(crate) fn function(options: TokenStream, tokens: TokenStream) -> TokenStream {
    let get = |item| if let Item::Fn(item) = item { Some(item) } else { None };
    let mut item = match self::item(&tokens, say::FUNCTION_GOES_ON, get) {
        Ok(item) => item,
        Err(error) => return error,
    };
    let mut errors = Errors::default();
    parse::rust_signature(&item.sig, &mut errors);
    let taken = Taken { options, span: Span::call_site(), condition: None };
    let functions = parse::function(vec![taken], &mut item, &attribute::default_crate(), &mut errors);
    functions.iter().for_each(|function| check::function(function, &mut errors));
    if !errors.is_empty() {
        return with_errors(&item, errors);
    }
    let companions = functions.iter().map(emit::companion);
    quote!(#item #(#companions)*)
}

/// `#[hpy::class]` by itself.
pub(crate) fn class(given: TokenStream, tokens: TokenStream) -> TokenStream {
    let get = |item| if let Item::Struct(_) | Item::Enum(_) = item { Some(item) } else { None };
    let mut item = match self::item(&tokens, say::CLASS_GOES_ON, get) {
        Ok(item) => item,
        Err(error) => return error,
    };
    let mut errors = Errors::default();
    let taken = Taken { options: given, span: Span::call_site(), condition: None };
    let krate = attribute::default_crate();
    let instances = options::instances(&taken.options);
    let class = match &mut item {
        Item::Struct(_) if !instances.is_empty() => {
            errors.at(&instances[0].ident, say::INSTANCES_ALONE);
            return with_errors(&item, errors);
        }
        Item::Struct(item) => parse::class(taken, item, &krate, &mut errors),
        Item::Enum(item) => parse::class_of_enum(taken, item, &krate, &mut errors),
        _ => return tokens,
    };
    check::class(&class, &mut errors);
    if !errors.is_empty() {
        return with_errors(&item, errors);
    }
    let companion = emit::class(&class);
    quote!(#item #companion)
}

/// `#[hpy::enumeration]` by itself.
pub(crate) fn enumeration(options: TokenStream, tokens: TokenStream) -> TokenStream {
    let get = |item| if let Item::Enum(item) = item { Some(item) } else { None };
    let mut item = match self::item(&tokens, say::ENUMERATION_GOES_ON, get) {
        Ok(item) => item,
        Err(error) => return error,
    };
    let mut errors = Errors::default();
    let taken = Taken { options, span: Span::call_site(), condition: None };
    let enumeration = parse::enumeration(taken, &mut item, &attribute::default_crate(), &mut errors);
    check::enumeration(&enumeration, &mut errors);
    if !errors.is_empty() {
        return with_errors(&item, errors);
    }
    let companion = emit::enumeration(&enumeration);
    quote!(#item #companion)
}

/// `#[hpy::methods]` by itself.
pub(crate) fn methods(options: TokenStream, tokens: TokenStream) -> TokenStream {
    let get = |item| if let Item::Impl(item) = item { Some(item) } else { None };
    let mut item = match self::item(&tokens, say::METHODS_GOES_ON, get) {
        Ok(item) => item,
        Err(error) => return error,
    };
    let mut errors = Errors::default();
    let taken = Taken { options, span: Span::call_site(), condition: None };
    let methods = parse::methods(taken, &mut item, &attribute::default_crate(), &mut errors);
    methods.iter().for_each(|methods| check::methods(methods, &mut errors));
    if !errors.is_empty() {
        return with_errors(&item, errors);
    }
    let companions = methods.iter().map(emit::methods);
    quote!(#item #(#companions)*)
}

/// `#[derive(hpy::Fields)]`.
pub(crate) fn fields(tokens: TokenStream) -> TokenStream {
    match syn::parse2::<syn::DeriveInput>(tokens).and_then(|item| emit::fields(&item)) {
        Ok(tokens) => tokens,
        Err(error) => error.to_compile_error(),
    }
}

/// `#[derive(hpy::Traverse)]`.
pub(crate) fn traverse(tokens: TokenStream) -> TokenStream {
    match syn::parse2::<syn::DeriveInput>(tokens).and_then(|item| emit::traverse(&item)) {
        Ok(tokens) => tokens,
        Err(error) => error.to_compile_error(),
    }
}

/// `#[derive(hpy::FromPython)]` or `#[derive(hpy::IntoPython)]`.
pub(crate) fn convert(tokens: TokenStream, emit: fn(&Convert) -> TokenStream) -> TokenStream {
    let mut item = match syn::parse2(tokens) {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let convert = parse::convert(&mut item, &mut errors);
    match convert {
        Some(convert) if errors.is_empty() => emit(&convert),
        _ => errors.into_tokens(),
    }
}

/// `#[hpy::module]`.
pub(crate) fn module(options: TokenStream, tokens: TokenStream) -> TokenStream {
    let get = |item| if let Item::Mod(item) = item { Some(item) } else { None };
    let mut item = match self::item(&tokens, say::MODULE_GOES_ON, get) {
        Ok(item) => item,
        Err(error) => return error,
    };
    let mut errors = Errors::default();
    let module = parse::module(options, &mut item, &mut errors);
    check::module(&module, &mut errors);
    check::wheel(&item.ident, &mut errors);
    if !errors.is_empty() {
        // With the classes, so that code which uses them is not reported as well.
        let classes = module.entries.into_iter().filter_map(|entry| match entry.what {
            What::Class(class) => class.without_mistakes().as_ref().map(emit::class),
            _ => None,
        });
        if let Some((_, items)) = &mut item.content {
            items.push(Item::Verbatim(quote!(#(#classes)*)));
        }
        return with_errors(&item, errors);
    }
    let companions = module.entries.iter().filter_map(|entry| match &entry.what {
        What::Function(function) => Some(emit::companion(function)),
        What::Class(class) => Some(emit::class(class)),
        What::Enumeration(enumeration) => Some(emit::enumeration(enumeration)),
        What::Methods(methods) => Some(emit::methods(methods)),
        _ => None,
    });
    let tables = emit::tables(&module);
    if let Some((_, items)) = &mut item.content {
        items.push(Item::Verbatim(quote!(#(#companions)* #tables)));
    }
    item.into_token_stream()
}

/// The item that the attribute stands on, or the error.
fn item<T>(tokens: &TokenStream, expected: &str, get: impl Fn(Item) -> Option<T>) -> Result<T, TokenStream> {
    match syn::parse2(tokens.clone()).map(get) {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            let error = syn::Error::new_spanned(tokens, expected).to_compile_error();
            Err(quote!(#tokens #error))
        }
        // The compiler has the item all the same, and says itself what is wrong with it.
        Err(error) => {
            let (error, tokens) = (error.to_compile_error(), attribute::without_ours(tokens.clone()));
            Err(quote!(#tokens #error))
        }
    }
}

/// The item without our attributes, and the errors. What the missing tables would use is not reported as unused.
fn with_errors(item: &impl ToTokens, errors: Errors) -> TokenStream {
    let errors = errors.into_tokens();
    quote!(#[allow(unused)] #item #errors)
}
