//! Dunder methods derived by options of `#[class]`.

pub(crate) mod copy;
pub(crate) mod pickle;
pub(crate) mod repr_hash_order;
