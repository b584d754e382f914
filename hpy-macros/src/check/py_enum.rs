//! Rules about enums made by Python's `enum` module.

use std::collections::HashMap;

use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};

use super::names::python_name;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{EnumBase, EnumMember, Enumeration};

pub(crate) fn enumeration(enumeration: &Enumeration, errors: &mut Errors) {
    python_name(&enumeration.name, say::keyword, errors);
    let base = enumeration.base;
    let mut names: HashMap<&str, ()> = HashMap::new();
    let mut values: HashMap<String, &str> = HashMap::new();
    for EnumMember { ident, name, value, number, cfgs } in &enumeration.members {
        python_name(name, say::keyword, errors);
        if names.insert(&name.text, ()).is_some() && cfgs.is_empty() {
            errors.span(name.span, say::method_twice(&name.text));
        }
        match value {
            Some(value) if matches!(base, EnumBase::IntEnum | EnumBase::Flag | EnumBase::IntFlag) => {
                errors.span(value.span(), say::member_value(&ident.to_string()));
            }
            Some(Expr::Lit(ExprLit { lit, .. })) => {
                let text = match lit {
                    Lit::Str(text) => format!("{:?}", text.value()),
                    _ if base == EnumBase::StrEnum => {
                        errors.span(lit.span(), say::MEMBER_TEXT);
                        continue;
                    }
                    Lit::Int(number) => number.base10_digits().to_owned(),
                    _ => continue,
                };
                if let Some(before) = values.insert(text, &name.text) {
                    errors.span(lit.span(), say::member_alias(&name.text, before));
                }
            }
            _ => {}
        }
        if base.is_flag() && number.is_none() {
            errors.span(ident.span(), say::flag_number(&ident.to_string()));
        }
    }
}
