//! The host's context: which function of `hpy_host::ctx` is which member.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::{Api, Member};

pub(super) fn emit(api: &Api) -> String {
    let mut out = String::from(
        "/// See [`crate::context`].\npub(crate) const TABLE: HPyContext = HPyContext {\nname: core::ptr::null(),\n\
         _private: core::ptr::null_mut(),\nabi_version: 0,\n",
    );
    for member in &api.members {
        let _ = match member {
            Member::Handle(name) => writeln!(out, "{name}: HPy::NULL,"),
            Member::Function(f) => writeln!(out, "{0}: ctx::{0},", f.member),
        };
    }
    out.push_str("};\n");
    let doc = "The host's context before its constants are filled in: every function is one of `ctx`.";
    rust(doc, "use hpy_sys::{HPy, HPyContext};\n\nuse crate::ctx;\n", &out)
}
