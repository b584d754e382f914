//! Visits the objects that the fields of a class own, for the garbage collector.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Ident, Type};

/// Visits the objects in a place. By method lookup, where `Owned` is in scope: types that say nothing of objects have the second
/// method of that name only.
pub(in crate::emit) fn visit(ty: &Type, place: &TokenStream, visitor: &Ident) -> TokenStream {
    quote_spanned!(ty.span()=> (&&Owned(&#place)).visit_owned(#visitor);)
}
