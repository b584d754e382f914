//! The types of implementations, and the structs of their CPython-signature trampolines' arguments.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::Api;
use crate::r#gen::cdecl::{CType, Function, identifier};

/// Signatures whose structs of arguments are written by hand, in `trampoline.rs`: they are not the parameters.
const BY_HAND: &[&str] = &[
    "destroyfunc",
    "getbufferproc",
    "initproc",
    "keywords",
    "mod_create",
    "newfunc",
    "releasebufferproc",
    "richcmpfunc",
    "traverseproc",
    "varargs",
];

pub(super) fn emit(api: &Api) -> String {
    let mut out = String::new();
    for (name, declaration) in &api.signatures {
        let pointer = declaration.pointer("C");
        let _ = writeln!(out, "/// `HPyFunc_{name}`.\npub type HPyFunc_{name} = {pointer};\n");
        if !BY_HAND.contains(&name.as_str()) {
            arguments(&mut out, name, declaration);
        }
    }
    let doc = "The types of implementations, and the structs in which CPython-signature trampolines pack their arguments.";
    rust(doc, "use crate::*;\n", &out)
}

fn arguments(out: &mut String, name: &str, declaration: &Function) {
    let _ = writeln!(
        out,
        "/// The arguments of a `HPyFunc_{name}`, and its result.\n#[repr(C)]\n#[derive(Clone, Copy, Debug)]\n\
         pub struct _HPyFunc_args_{} {{",
        name.to_uppercase()
    );
    for (i, (param, ty)) in declaration.params.iter().skip(1).enumerate() {
        // The context is not counted here.
        let param = if *param == format!("arg{}", i + 1) { format!("arg{i}") } else { identifier(param) };
        let _ = writeln!(out, "/// What CPython passed.\npub {param}: {},", cpy(ty));
    }
    if !declaration.ret.is_void() {
        let _ = writeln!(out, "/// Where the host puts the result.\npub result: {},", cpy(&declaration.ret));
    }
    out.push_str("}\n\n");
}

/// How a value of an implementation looks to CPython.
fn cpy(ty: &CType) -> String {
    match (ty.name.as_str(), ty.pointers.len()) {
        ("HPy", 0) => "*mut cpy_PyObject".to_owned(),
        _ => ty.rust(),
    }
}
