//! A definition is made by this crate: it is of functions that hosts call.

use hpy::impl_::{DefPair, ExtraDef};

#[hpy::class]
struct Big {
    text: String,
}

fn change(extra: &mut ExtraDef<Big>, def: &mut DefPair<Big>, other: DefPair<Big>) {
    extra.slot = 58; //~ field `slot` of struct
    def.embedded = other.universal; //~ field `embedded` of struct //~ field `universal` of struct
}

fn main() {}
