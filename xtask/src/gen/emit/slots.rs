//! The slots: numbers, and the signature that each implementation has.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::Api;

pub(super) fn emit(api: &Api) -> String {
    let mut out = String::new();
    for slot in &api.slots {
        let (name, number, signature) = (&slot.name, slot.number, &slot.signature);
        let _ = writeln!(out, "/// `{name}`, a `{signature}`.\npub const {name}: HPySlot_Slot = {number};");
    }
    out.push_str(
        "\n/// The signature of a slot's implementation; `None` for a number that is no slot.\n\
         pub const fn slot_signature(slot: HPySlot_Slot) -> Option<HPyFunc_Signature> {\nSome(match slot {\n",
    );
    for slot in &api.slots {
        let _ = writeln!(out, "{} => {},", slot.name, slot.signature);
    }
    out.push_str("_ => return None,\n})\n}\n");
    rust("The slots of types and modules, and the signature of each.", "use crate::*;\n", &out)
}
