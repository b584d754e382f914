//! Debug and trace mode: for every member a function that wraps that of a plain context, and for every signature of an
//! implementation a function that stands between the host and the implementation.

use std::fmt::Write as _;

use super::rust;
use crate::r#gen::api::{Api, Member, TableFunction};
use crate::r#gen::cdecl::{Function, identifier};

/// Members whose debug mode is written by hand: they open, keep or close handles in a way of their own, hand out memory,
/// or have a rule that is worth checking.
const DEBUG_BY_HAND: &[&str] = &[
    "ctx_AsStruct_Dict",
    "ctx_AsStruct_Float",
    "ctx_AsStruct_Legacy",
    "ctx_AsStruct_List",
    "ctx_AsStruct_Long",
    "ctx_AsStruct_Object",
    "ctx_AsStruct_Tuple",
    "ctx_AsStruct_Type",
    "ctx_AsStruct_Unicode",
    "ctx_Bytes_AS_STRING",
    "ctx_Bytes_AsString",
    "ctx_Call",
    "ctx_CallMethod",
    "ctx_CallRealFunctionFromTrampoline",
    "ctx_Close",
    "ctx_ContextVar_Get",
    "ctx_FatalError",
    "ctx_LeavePythonExecution",
    "ctx_ListBuilder_Build",
    "ctx_ListBuilder_Cancel",
    "ctx_ListBuilder_New",
    "ctx_ListBuilder_Set",
    "ctx_ReenterPythonExecution",
    "ctx_Tracker_Add",
    "ctx_Tracker_Close",
    "ctx_Tracker_ForgetAll",
    "ctx_Tracker_New",
    "ctx_TupleBuilder_Build",
    "ctx_TupleBuilder_Cancel",
    "ctx_TupleBuilder_New",
    "ctx_TupleBuilder_Set",
    "ctx_Tuple_FromArray",
    "ctx_TypeCheck",
    "ctx_Type_FromSpec",
    "ctx_Type_GenericNew",
    "ctx_Type_GetName",
    "ctx_Type_IsSubtype",
    "ctx_Unicode_AsUTF8AndSize",
    "ctx_Unicode_Substring",
];

/// Members that trace mode does not count: the host's way into the extension.
const TRACE_BY_HAND: &[&str] = &["ctx_CallRealFunctionFromTrampoline"];

/// Implementations whose arguments are an array or a struct with handles in it.
const CALLS_BY_HAND: &[&str] =
    &["getbufferproc", "initproc", "keywords", "newfunc", "releasebufferproc", "varargs"];

/// The types whose values debug mode must see, but can't without a function by hand.
const OPAQUE: &[&str] = &["HPyListBuilder", "HPyTupleBuilder", "HPyTracker", "HPyType_SpecParam"];

fn functions(api: &Api) -> impl Iterator<Item = &TableFunction> {
    api.members.iter().filter_map(|member| match member {
        Member::Function(function) => Some(function),
        Member::Handle(_) => None,
    })
}

fn constants(api: &Api) -> impl Iterator<Item = &str> {
    api.members.iter().filter_map(|member| match member {
        Member::Handle(name) => Some(name.as_str()),
        Member::Function(_) => None,
    })
}

/// The functions of the debug context.
pub(super) fn debug(api: &Api) -> String {
    let mut out = String::from(
        "/// Puts every member into a debug context.\n///\n/// # Safety\n///\n\
         /// `to` can be written to, and nobody else uses it yet; `plain` is a whole context.\n\
         pub(crate) unsafe fn fill(to: *mut HPyContext, plain: *const HPyContext, constant: impl Fn(HPy) -> HPy) {\n\
         // SAFETY: the caller's word.\nunsafe {\n",
    );
    for name in constants(api) {
        let _ = writeln!(out, "(*to).{name} = constant((*plain).{name});");
    }
    for TableFunction { member, .. } in functions(api) {
        let by_hand = if DEBUG_BY_HAND.contains(&member.as_str()) { "by_hand::" } else { "" };
        let _ = writeln!(out, "(*to).{member} = {by_hand}{member};");
    }
    out.push_str("}\n}\n\n");
    for function in functions(api).filter(|f| !DEBUG_BY_HAND.contains(&f.member.as_str())) {
        debug_wrapper(&mut out, function);
    }
    let doc =
        "The functions of the debug context: unwrap the handles, call the plain context, wrap the result.";
    rust(doc, "use hpy_sys::*;\n\nuse crate::debug::by_hand;\nuse crate::debug::call::Call;\n", &out)
}

fn debug_wrapper(out: &mut String, function: &TableFunction) {
    let f = &function.declaration;
    let simple = |ty: &crate::r#gen::cdecl::CType| {
        !OPAQUE.contains(&ty.name.as_str()) && (ty.name != "HPy" || ty.pointers.is_empty())
    };
    assert!(
        f.params.iter().all(|(_, ty)| simple(ty)) && simple(&f.ret),
        "{}: debug mode needs it by hand",
        f.name
    );
    let mut handles = String::new();
    for (name, ty) in &f.params {
        if ty.name == "HPy" {
            let name = identifier(name);
            let _ = writeln!(handles, "let {name} = call.unwrap({name});");
        }
    }
    let plain = format!("call.plain(|plain| ((*plain).{})({}))", function.member, arguments_with(f, "plain"));
    let body = if f.ret.name == "HPy" { format!("let result = {plain};\ncall.open(result)") } else { plain };
    let _ = write!(
        out,
        "unsafe extern \"C\" fn {}({}){} {{\n// SAFETY: HPy's rules, of which this checks what it can.\nunsafe {{\n\
         let call = Call::enter(ctx, {:?});\n{handles}{body}\n}}\n}}\n\n",
        function.member,
        f.signature(),
        f.returns(),
        f.name,
    );
}

/// The arguments, with another context.
fn arguments_with(f: &Function, ctx: &str) -> String {
    let rest = f.params.iter().skip(1).map(|(name, _)| format!(", {}", identifier(name)));
    format!("{ctx}{}", rest.collect::<String>())
}

/// What debug mode puts between the host and an implementation.
pub(super) fn debug_calls(api: &Api) -> String {
    let mut out = String::new();
    for (name, f) in with_context(api).filter(|(name, _)| !CALLS_BY_HAND.contains(&name.as_str())) {
        let mut handles = Vec::new();
        let mut opened = String::new();
        for (param, ty) in f.params.iter().skip(1) {
            if ty.name == "HPy" {
                assert!(ty.pointers.is_empty(), "{name}: debug mode needs it by hand");
                let param = identifier(param);
                let _ = writeln!(opened, "let {param} = call.argument({param});");
                handles.push(param);
            }
        }
        let result = match f.ret.name.as_str() {
            "HPy" => "\ncall.result(result)",
            _ if f.ret.is_void() => "",
            _ => "\nresult",
        };
        let _ = write!(
            out,
            "unsafe extern \"C\" fn {name}(_: *mut HPyContext{}){} {{\n// SAFETY: the host's word for a call.\nunsafe {{\n\
             let call = RealCall::begin();\n{opened}let f: HPyFunc_{name} = transmute(call.function());\n\
             {}f({});\ncall.end(&[{}]);{result}\n}}\n}}\n\n",
            parameters(f),
            f.returns(),
            if f.ret.is_void() { "" } else { "let result = " },
            arguments_with(f, "call.context()"),
            handles.join(", "),
        );
    }
    shims(&mut out, api, "by_hand::");
    let doc = "What debug mode puts between the host and an implementation: wrap the arguments, call it with a context for\n\
               //! this call, check and unwrap.";
    let uses =
        "use core::mem::transmute;\n\nuse hpy_sys::*;\n\nuse crate::debug::real_call::{RealCall, by_hand};\n";
    rust(doc, uses, &out)
}

/// The signatures whose implementations get a context.
fn with_context(api: &Api) -> impl Iterator<Item = &(String, Function)> {
    api.signatures.iter().filter(|(_, f)| f.params.first().is_some_and(|(_, ty)| ty.name == "HPyContext"))
}

/// The parameters behind the context.
fn parameters(f: &Function) -> String {
    let rest = f.params.iter().skip(1).map(|(name, ty)| format!(", {}: {}", identifier(name), ty.rust()));
    rest.collect()
}

fn shims(out: &mut String, api: &Api, by_hand: &str) {
    out.push_str(
        "/// What the host shall call instead of an implementation of a signature; `None` if that gets no context.\n\
         pub(crate) fn between(signature: HPyFunc_Signature) -> Option<HPyCFunction> {\nSome(match signature {\n",
    );
    for (name, _) in with_context(api) {
        let place = if CALLS_BY_HAND.contains(&name.as_str()) { by_hand } else { "" };
        let _ = writeln!(out, "HPyFunc_{} => {place}{name} as HPyCFunction,", name.to_uppercase());
    }
    out.push_str("_ => return None,\n})\n}\n");
}

/// The functions of the trace context.
pub(super) fn trace(api: &Api) -> String {
    let traced: Vec<&TableFunction> =
        functions(api).filter(|f| !TRACE_BY_HAND.contains(&f.member.as_str())).collect();
    let mut out = format!(
        "/// The functions that are counted.\npub(crate) const NAMES: [&str; {}] = [\n",
        traced.len()
    );
    for function in &traced {
        let _ = writeln!(out, "{:?},", function.member);
    }
    out.push_str(
        "];\n\n/// Puts every member into a trace context.\n///\n/// # Safety\n///\n\
         /// `to` can be written to, and nobody else uses it yet; `plain` is a whole context.\n\
         pub(crate) unsafe fn fill(to: *mut HPyContext, plain: *const HPyContext) {\n\
         // SAFETY: the caller's word.\nunsafe {\n",
    );
    for name in constants(api) {
        let _ = writeln!(out, "(*to).{name} = (*plain).{name};");
    }
    for TableFunction { member, .. } in functions(api) {
        let by_hand = if TRACE_BY_HAND.contains(&member.as_str()) { "by_hand::" } else { "" };
        let _ = writeln!(out, "(*to).{member} = {by_hand}{member};");
    }
    out.push_str("}\n}\n\n");
    for (id, function) in traced.iter().enumerate() {
        let f = &function.declaration;
        let call = format!("((*call.plain).{})({})", function.member, arguments_with(f, "call.plain"));
        let body = match (f.ret.is_void(), f.returns) {
            (_, false) => call,
            (true, _) => format!("{call};\ncall.exit();"),
            (false, _) => format!("let result = {call};\ncall.exit();\nresult"),
        };
        let _ = write!(
            out,
            "unsafe extern \"C\" fn {}({}){} {{\n// SAFETY: the caller's word.\nunsafe {{\n\
             let call = Call::enter(ctx, {id});\n{body}\n}}\n}}\n\n",
            function.member,
            f.signature(),
            f.returns(),
        );
    }
    let doc = "The functions of the trace context: count, call the plain context, measure.";
    rust(doc, "use hpy_sys::*;\n\nuse crate::trace::{Call, by_hand};\n", &out)
}

/// What trace mode puts between the host and an implementation.
pub(super) fn trace_calls(api: &Api) -> String {
    let mut out = String::new();
    for (name, f) in with_context(api) {
        let _ = write!(
            out,
            "unsafe extern \"C\" fn {name}(_: *mut HPyContext{}){} {{\n// SAFETY: the host's word for a call.\nunsafe {{\n\
             let (function, ctx) = real_call();\nlet f: HPyFunc_{name} = transmute(function);\nf({})\n}}\n}}\n\n",
            parameters(f),
            f.returns(),
            arguments_with(f, "ctx"),
        );
    }
    shims(&mut out, api, "");
    let doc = "What trace mode puts between the host and an implementation: the call gets the trace context.";
    let uses = "use core::mem::transmute;\n\nuse hpy_sys::*;\n\nuse crate::trace::real_call;\n";
    rust(doc, uses, &out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(header: &str) -> Api {
        Api::parse(header).unwrap()
    }

    const ADD: &str = "HPy_ID(0) HPy h_None; HPy_ID(1) HPy HPy_Add(HPyContext *ctx, HPy a, HPy type);";

    #[test]
    fn a_debug_wrapper_unwraps_and_wraps() {
        let text = debug(&api(ADD));
        for part in [
            "(*to).h_None = constant((*plain).h_None);",
            "let a = call.unwrap(a);\nlet type_ = call.unwrap(type_);",
            "call.plain(|plain| ((*plain).ctx_Add)(plain, a, type_));\ncall.open(result)",
        ] {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn a_trace_wrapper_has_a_number() {
        let text = trace(&api(ADD));
        assert!(
            text.contains(
                "Call::enter(ctx, 0);\nlet result = ((*call.plain).ctx_Add)(call.plain, a, type_);"
            )
        );
    }

    #[test]
    #[should_panic(expected = "HPyTuple_New: debug mode needs it by hand")]
    fn arrays_of_handles_are_not_generated() {
        debug(&api("HPy_ID(0) HPy HPyTuple_New(HPyContext *ctx, const HPy *items);"));
    }

    #[test]
    fn what_is_between_wraps_arguments_and_results() {
        let mut api = api(ADD);
        let f = |text| Function::parse(text).unwrap();
        api.signatures.push(("inquiry".to_owned(), f("int inquiry(HPyContext *ctx, HPy)")));
        api.signatures.push(("traverseproc".to_owned(), f("int traverseproc(void *data)")));
        let text = debug_calls(&api);
        assert!(text.contains("let arg1 = call.argument(arg1);"));
        assert!(text.contains("let result = f(call.context(), arg1);\ncall.end(&[arg1]);\nresult"));
        assert!(text.contains("HPyFunc_INQUIRY => inquiry as HPyCFunction,"));
        assert!(!text.contains("TRAVERSEPROC"), "it gets no context");
    }

    #[test]
    fn what_is_by_hand_exists() {
        let path = crate::paths::workspace().join("hpy-sys/src/gen/context.rs");
        let context = std::fs::read_to_string(path).unwrap();
        for name in DEBUG_BY_HAND.iter().chain(TRACE_BY_HAND) {
            assert!(context.contains(&format!("pub {name}:")), "{name}");
        }
    }
}
