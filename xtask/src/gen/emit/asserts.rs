//! The second ring: the order of the members in Rust, as the model has it.

use std::fmt::Write as _;

use super::{HEAD, rust};
use crate::r#gen::api::Api;

pub(super) fn emit(api: &Api) -> String {
    let mut out = String::from("const _: () = {\n    const WORD: usize = size_of::<usize>();\n");
    let mut order = |context: &str, names: Vec<&str>| {
        for (id, name) in names.iter().enumerate() {
            let at = HEAD + id;
            let _ = writeln!(out, "    assert!(offset_of!({context}, {name}) == {at} * WORD);");
        }
        let words = HEAD + names.len();
        let _ = writeln!(out, "    assert!(size_of::<{context}>() == {words} * WORD);");
    };
    order("HPyContext", api.members.iter().map(|member| member.name()).collect());
    order("HPyContext_PyPy", api.members_of_pypy().iter().map(|member| member.name()).collect());
    out.push_str("};\n");
    let uses = "use core::mem::{offset_of, size_of};\n\nuse crate::{HPyContext, HPyContext_PyPy};\n";
    rust("The order of the members, proven at compile time.", uses, &out)
}
