//! Dunder methods that options of `#[class]` derive.

pub(crate) mod copy;
pub(crate) mod pickle;
pub(crate) mod repr_hash_order;
