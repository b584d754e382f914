//! Recognizes result types that certainly borrow nothing. Any other type may have a lifetime in its name.

use syn::{GenericArgument, Ident, PathArguments, ReturnType, Signature, Type};

use super::bare;
use crate::model::This;

/// Names of types without parameters.
const PLAIN: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
    "u128", "usize", "String", "Self", "Error",
];

/// Names of types that own if what is in them does.
const OF_OTHERS: &[&str] = &["Option", "Result", "Vec", "Box", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];

/// Does a function's result borrow from nothing?
pub(super) fn output(sig: &Signature, this: &This) -> bool {
    match &sig.output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => owns(ty, class(this)),
    }
}

fn class(this: &This) -> Option<&Ident> {
    match this {
        This::Module => None,
        This::Instance(class, _) | This::Class(class) | This::Nothing(class) => Some(class),
    }
}

fn owns(ty: &Type, class: Option<&Ident>) -> bool {
    match bare(ty) {
        Type::Tuple(tuple) => tuple.elems.iter().all(|ty| owns(ty, class)),
        Type::Array(array) => owns(&array.elem, class),
        Type::Path(path) if path.qself.is_none() => {
            let Some(last) = path.path.segments.last() else { return false };
            let named = |names: &[&str]| names.iter().any(|name| last.ident == name);
            match &last.arguments {
                PathArguments::None => {
                    named(PLAIN) || path.path.get_ident().is_some_and(|ident| Some(ident) == class)
                }
                PathArguments::AngleBracketed(list) => {
                    named(OF_OTHERS)
                        && list.args.iter().all(|arg| match arg {
                            GenericArgument::Type(ty) => owns(ty, class),
                            _ => false,
                        })
                }
                PathArguments::Parenthesized(_) => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_owns() {
        let class: Ident = syn::parse_quote!(Point);
        let owns = |text: &str| owns(&syn::parse_str(text).unwrap(), Some(&class));
        let owned =
            ["i64", "()", "(i64, String)", "hpy::Result<Vec<Self>>", "Option<Point>", "std::string::String"];
        assert!(owned.into_iter().all(owns));
        let may_borrow = [
            "&str",
            "Handle<'ctx>",
            "View",
            "Option<&Point>",
            "Vec<Cow<'_, str>>",
            "other::Point",
            "<T as U>::V",
        ];
        assert!(!may_borrow.into_iter().any(owns));
    }
}
