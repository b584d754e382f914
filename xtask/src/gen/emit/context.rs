//! `HPyContext`, in HPy's order and in that of PyPy.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::{Api, Member};

/// The context, as HPy has it.
pub(super) fn hpy(api: &Api) -> String {
    let doc = format!(
        "The table of constants and functions that a host passes to every call.\n///\n/// HPy 0.9.0 has the first {} \
         members; the {} behind them came later without a new ABI version, so only a host that is known to have them \
         may be asked.",
        api.old,
        api.members.len() - api.old
    );
    let code = context("HPyContext", &doc, api.members.iter());
    rust("The context, as HPy has it.", "use crate::*;\n", &code)
}

/// The context, as PyPy has it.
pub(super) fn pypy(api: &Api) -> String {
    let doc = "[`HPyContext`] in the order of PyPy 7.3.1x: see [`view`].";
    let code = context("HPyContext_PyPy", doc, api.members_of_pypy().into_iter());
    rust("The context, as PyPy 7.3.1x has it: one member stands elsewhere.", "use crate::*;\n", &code)
}

fn context<'a>(name: &str, doc: &str, members: impl Iterator<Item = &'a Member>) -> String {
    let mut out = format!(
        "/// {doc}\n#[repr(C)]\n#[derive(Clone, Copy)]\npub struct {name} {{\n\
         /// The host's name for this context: a static, NUL-terminated text.\npub name: *const c_char,\n\
         /// The host's own.\npub _private: *mut c_void,\n\
         /// The version of the ABI: 0.\npub abi_version: c_int,\n"
    );
    for member in members {
        let _ = match member {
            Member::Handle(name) => {
                writeln!(out, "/// `{}`.\npub {name}: HPy,", name.trim_start_matches("h_"))
            }
            Member::Function(f) => {
                writeln!(
                    out,
                    "/// [`{}`].\npub {}: {},",
                    f.declaration.name,
                    f.member,
                    f.declaration.pointer("C")
                )
            }
        };
    }
    out.push_str("}\n");
    out
}
