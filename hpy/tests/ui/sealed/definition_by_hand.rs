//! A definition is made by this crate: it is of functions that hosts call.

use hpy::impl_::{Definition, ExtraDef};

#[hpy::class]
struct Big {
    text: String,
}

fn change(extra: &mut ExtraDef<Big>, def: &mut Definition<Big>, other: Definition<Big>) {
    extra.slot = 58; //~ field `slot` of struct
    def.kind = other.kind; //~ field `kind` of struct
}

fn main() {}
