//! The host's side of the universal ABI: which function of `hpy_host::context` is which member, and calls that need no
//! member.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::{Api, Member};

/// What puts the functions into a context.
pub(super) fn table(api: &Api) -> String {
    let mut out = String::from(
        "/// Puts every function of [`context`] into a context.\n///\n/// # Safety\n///\n\
         /// `context` can be written to, and nobody else calls it yet.\n\
         pub(crate) unsafe fn fill(context: *mut HPyContext) {\n// SAFETY: the caller's word.\nunsafe {\n",
    );
    for member in &api.members {
        if let Member::Function(f) = member {
            let _ = writeln!(out, "(*context).{0} = context::{0};", f.member);
        }
    }
    out.push_str("}\n}\n");
    let doc = "The functions of the host's context: every one is one of [`context`].";
    rust(doc, "use hpy_sys::HPyContext;\n\nuse crate::context;\n", &out)
}

/// HPy's functions in their two forms.
pub(super) fn calls(api: &Api) -> String {
    let mut out = String::new();
    for member in &api.members {
        let Member::Function(function) = member else { continue };
        let f = &function.declaration;
        // What ends `detach` is called in there.
        let ends = f.name == "HPy_ReenterPythonExecution";
        let _ = write!(
            out,
            "/// [`hpy_sys::{name}`].\n///\n/// # Safety\n///\n\
             /// HPy's rules: a live context, and open handles of it.\n\
             #[cfg_attr(not(debug_assertions), inline(always))]\npub unsafe fn {name}({signature}){returns} {{\n// SAFETY: the caller's word.\nunsafe {{\n\
             if is_embedded(ctx) {{\n{check}context::{member}({arguments})\n}} else {{\nhpy_sys::{name}({arguments})\n}}\n}}\n}}\n\n",
            name = f.name,
            signature = f.signature(),
            returns = f.returns(),
            check = if ends { "" } else { "crate::interp::detach_check::check();\n" },
            member = function.member,
            arguments = f.arguments(),
        );
    }
    let doc = "HPy's functions: straight where the context is the embedded one, else through the context.\n//!\n\
               //! The linker sees which of the embedded host's functions such calls need, and drops the others: what only\n\
               //! uses these functions does without [`embedded`](crate::context::embedded), which needs them all.\n\n\
               #![allow(non_snake_case)] // the names are HPy's";
    let uses = "use hpy_sys::*;\n\nuse crate::context::{self, is_embedded};\n";
    rust(doc, uses, &out)
}
