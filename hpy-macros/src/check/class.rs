//! Rules about classes and their methods.

use std::collections::HashMap;

use super::function::{method, shown_signature};
use super::names::python_name;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Class, Member, Method, MethodKind, Methods, Receiver, This, Unit, Variant, Variants};
use crate::parse::held_for_a_call;

/// A class by itself.
pub(crate) fn class(class: &Class, errors: &mut Errors) {
    python_name(&class.name, say::keyword, errors);
    let flags = &class.options;
    let mut names = HashMap::new();
    for member in &class.members {
        if (member.get || member.set) && names.insert(member.name.text.as_str(), ()).is_some() {
            errors.span(member.name.span, say::field_name_twice(&member.name.text));
        }
        if let Some((span, name)) = held_for_a_call(&member.ty) {
            errors.span(span, say::held_for_a_call(&name));
        }
        if member.get || member.set {
            python_name(&member.name, say::keyword, errors);
        }
        if member.set && member.is_field {
            errors.span(member.name.span, say::SET_FIELD);
        } else if member.set && flags.frozen.is_some() {
            errors.span(member.name.span, say::FROZEN_SETTER);
        }
    }
    match &class.variants {
        Some(variants) => enumeration(class, variants, errors),
        None => {
            if let Some(span) = flags.eq_int {
                errors.span(span, say::EQ_INT_GOES_ON);
            }
        }
    }
    if let (Some(span), None) = (flags.ord, flags.eq) {
        errors.span(span, say::ORD_NEEDS_EQ);
    }
    if let (Some(_), Some(span)) = (flags.sequence, flags.mapping) {
        errors.span(span, say::SEQUENCE_AND_MAPPING);
    }
    if let (Some(span), Some(_)) = (flags.new_from_fields, &class.extends) {
        errors.span(span, say::EXTENDS_FROM_FIELDS);
    }
    if let (Some(span), Some(_)) = (flags.copy, &class.extends) {
        errors.span(span, say::EXTENDS_COPY);
    }
    let fields = flags.new_from_fields.is_some() || class.variants.is_some();
    for (span, option, method) in
        [(flags.pickle, "pickle", "__reduce__"), (flags.replace, "replace", "__replace__")]
    {
        if let (Some(span), false) = (span, fields) {
            errors.span(span, say::needs_from_fields(option, method));
        }
    }
    if let Some(span) = flags.hash {
        if flags.eq.is_none() && flags.eq_int.is_none() {
            errors.span(span, say::HASH_NEEDS_EQ);
        }
        if flags.frozen.is_none() {
            errors.span(span, say::HASH_NEEDS_FROZEN);
        }
    }
}

/// An enum.
fn enumeration(class: &Class, variants: &Variants, errors: &mut Errors) {
    let flags = &class.options;
    let of_structs = [
        (flags.subclass, "subclass"),
        (flags.dict, "dict"),
        (flags.weakref, "weakref"),
        (flags.sequence, "sequence"),
        (flags.mapping, "mapping"),
        (flags.get_all, "get_all"),
        (flags.set_all, "set_all"),
        (flags.new_from_fields, "new"),
        (flags.replace, "replace"),
        (flags.match_args, "match_args"),
    ];
    for (span, option) in of_structs {
        if let Some(span) = span {
            errors.span(span, say::not_on_enum(option));
        }
    }
    if let Some(path) = &class.extends {
        errors.at(path, say::not_on_enum("extends"));
    }
    let mut seen: HashMap<&str, ()> = HashMap::new();
    match variants {
        Variants::Units { units, .. } => {
            for span in [flags.copy, flags.pickle].into_iter().flatten() {
                errors.span(span, say::PICKLED_BY_ITSELF);
            }
            for Unit { name, cfgs, .. } in units {
                python_name(name, say::keyword, errors);
                if seen.insert(&name.text, ()).is_some() && cfgs.is_empty() {
                    errors.span(name.span, say::method_twice(&name.text));
                }
            }
        }
        Variants::Data(variants) => {
            if let Some(span) = flags.eq_int {
                errors.span(span, say::EQ_INT_GOES_ON);
            }
            for variant in variants {
                let Variant { name, cfgs, .. } = variant;
                python_name(name, say::keyword, errors);
                if seen.insert(&name.text, ()).is_some() && cfgs.is_empty() {
                    errors.span(name.span, say::method_twice(&name.text));
                }
                self::variant(variant, errors);
            }
        }
    }
}

/// A variant with data.
fn variant(variant: &Variant, errors: &mut Errors) {
    let mut seen: HashMap<&str, ()> = HashMap::new();
    for Member { name, ty, .. } in &variant.members {
        if let Some((span, held)) = held_for_a_call(ty) {
            errors.span(span, say::held_for_a_call(&held));
        }
        python_name(name, say::keyword, errors);
        if seen.insert(&name.text, ()).is_some() {
            errors.span(name.span, say::method_twice(&name.text));
        }
    }
}

/// An `impl` block by itself.
pub(crate) fn methods(methods: &Methods, errors: &mut Errors) {
    let mut seen: HashMap<(&str, &'static str), ()> = HashMap::new();
    let mut new = false;
    for Method { what, function } in &methods.methods {
        method(function, errors);
        match what {
            MethodKind::Slot(_) | MethodKind::Attribute { .. } => {}
            MethodKind::Getter | MethodKind::Setter | MethodKind::Deleter => {}
            _ => shown_signature(function, errors),
        }
        let kind = match what {
            MethodKind::Getter => "getter",
            MethodKind::Setter => "setter",
            MethodKind::Deleter => "deleter",
            MethodKind::New => {
                if std::mem::replace(&mut new, true) && function.cfgs.is_empty() {
                    errors.span(function.ident.span(), say::new_twice(&methods.ident.to_string()));
                }
                continue;
            }
            _ => "",
        };
        python_name(&function.name, say::keyword, errors);
        let name = function.name.text.as_str();
        if seen.insert((name, kind), ()).is_some() && function.cfgs.is_empty() {
            errors.span(function.name.span, say::method_twice(name));
        }
    }
}

/// A class together with its methods.
pub(crate) fn class_with_methods(class: &Class, methods: &Methods, errors: &mut Errors) {
    let flags = &class.options;
    for Method { what, function } in &methods.methods {
        if let This::Instance(_, Some(Receiver { mutable: true, span })) = function.this {
            if flags.frozen.is_some() {
                let text = if class.variants.is_some() { say::FROZEN_ENUM } else { say::FROZEN_MUT };
                errors.span(span, text);
            }
        }
        let derived = match what {
            MethodKind::Slot(dunder) => match (dunder.slot, dunder.name) {
                ("tp_richcompare", _) => flags.eq.map(|_| "eq").or(flags.eq_int.map(|_| "eq_int")),
                ("tp_hash", _) => flags.hash.map(|_| "hash"),
                ("tp_repr", _) => flags.repr.map(|_| "repr"),
                ("tp_str", _) => flags.str.map(|_| "str"),
                _ => None,
            },
            MethodKind::New => flags.new_from_fields.map(|_| "new = \"from_fields\""),
            MethodKind::Plain => match function.name.text.as_str() {
                "__copy__" | "__deepcopy__" => flags.copy.map(|_| "copy"),
                "__reduce__" => flags.pickle.map(|_| "pickle"),
                "__replace__" => flags.replace.map(|_| "replace"),
                _ => None,
            },
            _ => None,
        };
        if let Some(option) = derived {
            let message = say::derived_twice(option, &function.name.text);
            errors.span(function.ident.span(), message);
        }
    }
}
