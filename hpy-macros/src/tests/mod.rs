//! Tests of the macros by themselves: parsing, messages, expansions.

mod golden;
mod mistakes;
mod texts;

use crate::errors::Errors;
use crate::grammar::attribute::{Taken, default_crate};
use crate::model::{Function, Module};
use crate::{check, parse};

/// The model of a function with these options, or the messages.
fn function(options: &str, item: &str) -> Result<Function, Vec<String>> {
    let mut item: syn::ItemFn = syn::parse_str(item).unwrap();
    let mut errors = Errors::default();
    parse::rust_signature(&item.sig, &mut errors);
    let options = options.parse().unwrap();
    let taken = Taken { options, span: proc_macro2::Span::call_site(), condition: None };
    let mut functions = parse::function(vec![taken], &mut item, &default_crate(), &mut errors);
    let function = functions.remove(0);
    check::function(&function, &mut errors);
    if errors.is_empty() { Ok(function) } else { Err(errors.messages()) }
}

/// The model of a module with these options, or the messages.
fn module(options: &str, item: &str) -> Result<Module, Vec<String>> {
    let mut item = syn::parse_str(item).unwrap();
    let mut errors = Errors::default();
    let module = parse::module(options.parse().unwrap(), &mut item, &mut errors);
    check::module(&module, &mut errors);
    if errors.is_empty() { Ok(module) } else { Err(errors.messages()) }
}
