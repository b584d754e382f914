//! Options in the parentheses of our attributes: `key`, `key = value`, ….

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::{GenericArgument, Ident, LitBool, LitStr, Path, Token};

use super::option_syntax::{each, each_at, equals, flag, krate, name, value};
use super::rename_all::Rename;
use super::signature::Signature;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{ClassFlags, Instance, Name, TextSignature};

/// Of `#[function]`.
pub(crate) struct FunctionOptions {
    pub(crate) signature: Option<Signature>,
    pub(crate) name: Option<Name>,
    pub(crate) text_signature: TextSignature,
    pub(crate) detach: bool,
    pub(crate) krate: Option<Path>,
}

/// Of `#[module]`.
pub(crate) struct ModuleOptions {
    pub(crate) name: Option<Name>,
    pub(crate) gil: bool,
    pub(crate) embedded: bool,
    pub(crate) submodule: bool,
    pub(crate) krate: Option<Path>,
}

/// Of `#[export]` on a constant.
pub(crate) struct ConstantOptions {
    pub(crate) name: Option<Name>,
}

/// Of `#[class]`.
pub(crate) struct ClassOptions {
    pub(crate) name: Option<Name>,
    pub(crate) module: Option<Name>,
    pub(crate) rename_all: Rename,
    pub(crate) extends: Option<Path>,
    pub(crate) instances: Vec<Instance>,
    pub(crate) flags: ClassFlags,
    pub(crate) krate: Option<Path>,
}

/// Of `#[hpy(…)]` on a field of a class.
#[derive(Default)]
pub(crate) struct MemberOptions {
    pub(crate) get: Option<Span>,
    pub(crate) set: Option<Span>,
    pub(crate) name: Option<Name>,
}

/// Of `#[hpy(…)]` on a parameter.
pub(crate) struct ParameterOptions {
    pub(crate) with: Option<Path>,
}

impl FunctionOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = FunctionOptions {
            signature: None,
            name: None,
            text_signature: TextSignature::Own,
            detach: false,
            krate: None,
        };
        let known = ["signature", "name", "text_signature", "detach", "crate"];
        each(tokens, &known, errors, |key, input, errors| {
            match key {
                "signature" => options.signature = Some(signature(key, input, errors)?),
                "name" => options.name = Some(name(key, input)?),
                "text_signature" => options.text_signature = text_signature(key, input)?,
                "detach" => options.detach = flag(key, input)?,
                _ => options.krate = Some(krate(key, input)?),
            }
            Ok(())
        });
        options
    }
}

impl ModuleOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options =
            ModuleOptions { name: None, gil: true, embedded: false, submodule: false, krate: None };
        let mut of_the_top = None;
        each(tokens, &["name", "gil", "host", "submodule", "crate"], errors, |key, input, _| {
            match key {
                "name" => options.name = Some(name(key, input)?),
                "submodule" => options.submodule = flag(key, input)?,
                "gil" => {
                    let gil = value::<LitBool>(key, "false", input)?;
                    of_the_top = Some(gil.span());
                    options.gil = gil.value;
                }
                "host" => {
                    let host = value::<LitStr>(key, "\"embedded\"", input)?;
                    of_the_top = Some(host.span());
                    options.embedded = host.value() == "embedded";
                    if !options.embedded {
                        return Err(syn::Error::new(host.span(), say::UNKNOWN_HOST));
                    }
                }
                _ => options.krate = Some(krate(key, input)?),
            }
            Ok(())
        });
        if let Some(span) = of_the_top.filter(|_| options.submodule) {
            errors.span(span, say::OPTION_OF_THE_TOP);
        }
        options
    }
}

impl ConstantOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = ConstantOptions { name: None };
        each(tokens, &["name"], errors, |key, input, _| {
            options.name = Some(name(key, input)?);
            Ok(())
        });
        options
    }
}

impl ClassOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = ClassOptions {
            name: None,
            module: None,
            rename_all: Rename::No,
            extends: None,
            instances: Vec::new(),
            flags: ClassFlags::default(),
            krate: None,
        };
        let known = [
            "name",
            "module",
            "frozen",
            "extends",
            "instances",
            "subclass",
            "unsendable",
            "dict",
            "weakref",
            "sequence",
            "mapping",
            "generic",
            "get_all",
            "set_all",
            "rename_all",
            "new",
            "eq",
            "eq_int",
            "ord",
            "hash",
            "repr",
            "str",
            "copy",
            "pickle",
            "replace",
            "match_args",
            "from_py_object",
            "crate",
        ];
        each_at(tokens, &known, errors, |key, span, input, _| {
            let flags = &mut options.flags;
            let flag = |input| flag(key, input).map(|_| Some(span));
            match key {
                "name" => options.name = Some(name(key, input)?),
                "module" => options.module = Some(name(key, input)?),
                "rename_all" => options.rename_all = Rename::parse(key, input)?,
                "crate" => options.krate = Some(krate(key, input)?),
                "extends" => options.extends = Some(base(key, input)?),
                "instances" => options.instances = instance_list(input)?,
                "new" => {
                    let text: LitStr = value(key, "\"from_fields\"", input)?;
                    if text.value() != "from_fields" {
                        return Err(syn::Error::new(text.span(), say::NEW_FROM_FIELDS));
                    }
                    flags.new_from_fields = Some(text.span());
                }
                "frozen" => flags.frozen = flag(input)?,
                "subclass" => flags.subclass = flag(input)?,
                "unsendable" => flags.unsendable = flag(input)?,
                "dict" => flags.dict = flag(input)?,
                "weakref" => flags.weakref = flag(input)?,
                "sequence" => flags.sequence = flag(input)?,
                "mapping" => flags.mapping = flag(input)?,
                "generic" => flags.generic = flag(input)?,
                "get_all" => flags.get_all = flag(input)?,
                "set_all" => flags.set_all = flag(input)?,
                "eq" => flags.eq = flag(input)?,
                "eq_int" => flags.eq_int = flag(input)?,
                "ord" => flags.ord = flag(input)?,
                "hash" => flags.hash = flag(input)?,
                "repr" => flags.repr = flag(input)?,
                "str" => flags.str = flag(input)?,
                "copy" => flags.copy = flag(input)?,
                "pickle" => flags.pickle = flag(input)?,
                "replace" => flags.replace = flag(input)?,
                "match_args" => flags.match_args = flag(input)?,
                _ => flags.extract = flag(input)?,
            }
            Ok(())
        });
        options
    }
}

impl MemberOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = MemberOptions::default();
        each_at(tokens, &["get", "set", "name"], errors, |key, span, input, _| {
            match key {
                "get" => options.get = flag(key, input).map(|_| Some(span))?,
                "set" => options.set = flag(key, input).map(|_| Some(span))?,
                _ => options.name = Some(name(key, input)?),
            }
            Ok(())
        });
        options
    }
}

/// Of `#[methods]`: `crate` only.
pub(crate) fn krate_only(tokens: TokenStream, errors: &mut Errors) -> Option<Path> {
    let mut found = None;
    each(tokens, &["crate"], errors, |key, input, _| {
        found = Some(krate(key, input)?);
        Ok(())
    });
    found
}

impl ParameterOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = ParameterOptions { with: None };
        each(tokens, &["from_py_with"], errors, |key, input, _| {
            options.with = Some(value(key, "function", input)?);
            Ok(())
        });
        options
    }
}

/// Sees to it that there are no options.
pub(crate) fn none(tokens: TokenStream, errors: &mut Errors) {
    each(tokens, &[], errors, |_, _, _| Ok(()));
}

/// The `instances` of a generic class; none if there are mistakes, which are reported elsewhere.
pub(crate) fn instances(tokens: &TokenStream) -> Vec<Instance> {
    ClassOptions::parse(tokens.clone(), &mut Errors::default()).instances
}

/// `(Name = type, Name = (type, 3), …)`.
fn instance_list(input: ParseStream<'_>) -> syn::Result<Vec<Instance>> {
    if !input.peek(Paren) {
        return Err(input.error(say::INSTANCE_FORM));
    }
    let list;
    syn::parenthesized!(list in input);
    let one = |input: ParseStream<'_>| {
        let ident = input.parse()?;
        input.parse::<Token![=]>()?;
        if !input.peek(Paren) {
            return Ok(Instance { ident, args: vec![input.parse()?] });
        }
        let args;
        syn::parenthesized!(args in input);
        let args = Punctuated::<GenericArgument, Token![,]>::parse_terminated(&args)?;
        Ok(Instance { ident, args: args.into_iter().collect() })
    };
    let list = list.parse_terminated(one, Token![,]);
    list.map(|list| list.into_iter().collect())
        .map_err(|error| syn::Error::new(error.span(), say::INSTANCE_FORM))
}

/// `extends = path::to::Base`.
fn base(key: &str, input: ParseStream<'_>) -> syn::Result<Path> {
    equals(key, "Base", input)?;
    let fork = input.fork();
    match Path::parse_mod_style(&fork) {
        Ok(_) if fork.is_empty() || fork.peek(Token![,]) => Path::parse_mod_style(input),
        _ => Err(input.error(say::EXTENDS_PATH)),
    }
}

/// `signature = (…)`.
pub(super) fn signature(key: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Signature> {
    let example = "(a, b = 1)";
    equals(key, example, input)?;
    if !input.peek(Paren) {
        return Err(input.error(say::option_needs_value(key, example)));
    }
    Signature::parse(input, errors)
}

/// `text_signature = "(…)"` or `None`.
fn text_signature(key: &str, input: ParseStream<'_>) -> syn::Result<TextSignature> {
    equals(key, "\"(a, b=1)\"", input)?;
    if !input.peek(LitStr) {
        let word = input.fork().call(Ident::parse_any);
        if !word.is_ok_and(|word| word == "None") {
            return Err(input.error(say::TEXT_SIGNATURE));
        }
        input.call(Ident::parse_any)?;
        return Ok(TextSignature::Hidden);
    }
    let literal: LitStr = input.parse()?;
    let text = literal.value();
    if text.contains('\0') {
        return Err(syn::Error::new(literal.span(), say::NUL));
    }
    if !text.starts_with('(') || !text.ends_with(')') {
        return Err(syn::Error::new(literal.span(), say::TEXT_SIGNATURE));
    }
    if !text.is_ascii() {
        return Err(syn::Error::new(literal.span(), say::TEXT_SIGNATURE_ASCII));
    }
    if has_annotation(&text) {
        return Err(syn::Error::new(literal.span(), say::TEXT_SIGNATURE_ANNOTATION));
    }
    Ok(TextSignature::Text(text))
}

/// Is there a `:` beside a parameter's name, and not in its default?
fn has_annotation(signature: &str) -> bool {
    let (mut depth, mut quote) = (0, None);
    let mut chars = signature.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(end), _) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ':') if depth == 1 => return true,
            (None, _) => {}
        }
        // `(x) -> (y)`
        if depth == 0 && !chars.as_str().is_empty() {
            return true;
        }
    }
    false
}
