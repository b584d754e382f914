//! HPy's functions, which call through the context.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::{Api, Member};
use crate::r#gen::overrides::{self, Failure, PYPY_DICT_TYPE};

pub(super) fn emit(api: &Api) -> String {
    let mut out = String::new();
    for (id, member) in api.members.iter().enumerate() {
        let Member::Function(function) = member else { continue };
        let f = &function.declaration;
        let failure = match overrides::failure(f) {
            Failure::Never => "",
            Failure::Null => " NULL with an exception set on failure.",
            Failure::NullOccurred => " NULL may be a failure: [`HPyErr_Occurred`] tells.",
            Failure::Minus => " -1 with an exception set on failure.",
            Failure::MinusOccurred => {
                " -1 (if it is unsigned: the largest value) may be a failure: [`HPyErr_Occurred`] tells."
            }
        };
        let later = if id < api.old {
            ""
        } else {
            "\n///\n/// Later than HPy 0.9.0: only for hosts known to have it."
        };
        let moved = (PYPY_DICT_TYPE..api.old).contains(&id);
        let _ = write!(
            out,
            "/// HPy's `{name}`.{failure}{later}\n///\n/// # Safety\n///\n\
             /// HPy's rules: a live context, and open handles of it.\n\
             #[cfg_attr(not(debug_assertions), inline(always))]\npub unsafe fn {name}({}){} {{\n{}\n}}\n\n",
            f.signature(),
            f.returns(),
            if moved {
                call_by_view(&function.member, &f.arguments())
            } else {
                call(&function.member, &f.arguments())
            },
            name = f.name,
        );
    }
    let uses = "use crate::*;\n";
    rust("HPy's functions, called through the context.", uses, &out)
}

fn call(member: &str, arguments: &str) -> String {
    format!("// SAFETY: the caller's word.\nunsafe {{ ((*ctx).{member})({arguments}) }}")
}

/// A call of a member that PyPy has elsewhere.
fn call_by_view(member: &str, arguments: &str) -> String {
    format!(
        "// SAFETY: the caller's word; the view is the one of this context's host.\nunsafe {{\n\
         if view::is_pypy() {{\n((*ctx.cast::<HPyContext_PyPy>()).{member})({arguments})\n}} \
         else {{\n((*ctx).{member})({arguments})\n}}\n}}"
    )
}
