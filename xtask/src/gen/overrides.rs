//! Every correction of `public_api.h` that is made by hand, and what came after it.

use super::cdecl::{CType, Function};

/// Members that HPy added after 0.9.0 without a new ABI version: ids 263 to 272. Only our hosts are sure to have them.
pub(crate) const LATER_MEMBERS: &[&str] = &[
    "HPy h_DictType",
    "void *_HPy_AsStruct_Dict(HPyContext *ctx, HPy h)",
    "int HPyList_Insert(HPyContext *ctx, HPy h_list, HPy_ssize_t index, HPy h_item)",
    "HPy HPy_GetSlice(HPyContext *ctx, HPy obj, HPy_ssize_t start, HPy_ssize_t end)",
    "int HPy_SetSlice(HPyContext *ctx, HPy obj, HPy_ssize_t start, HPy_ssize_t end, HPy value)",
    "int HPy_DelSlice(HPyContext *ctx, HPy obj, HPy_ssize_t start, HPy_ssize_t end)",
    "HPy HPy_GetIter(HPyContext *ctx, HPy obj)",
    "HPy HPyIter_Next(HPyContext *ctx, HPy obj)",
    "int HPyIter_Check(HPyContext *ctx, HPy obj)",
    "HPy HPySlice_New(HPyContext *ctx, HPy start, HPy stop, HPy step)",
];

/// Slots that HPy added after 0.9.0.
pub(crate) const LATER_SLOTS: &[(&str, u32, &str)] = &[("HPy_tp_descr_get", 54, "HPyFunc_DESCRGETFUNC")];

/// Functions whose type in C is another one after 0.9.0, to the same effect.
pub(crate) const LATER_TYPES: &[(&str, &str)] =
    &[("HPyTuple_FromArray", "HPy (*)(HPyContext *, const HPy *, HPy_ssize_t)")];

/// Declared to return `HPy`, so that C code can `return` them; the table's functions return nothing.
const RETURN_NOTHING: &[&str] =
    &["HPyErr_SetString", "HPyErr_SetObject", "HPyErr_NoMemory", "HPyErr_SetFromErrnoWithFilenameObjects"];

/// On PyPy 7.3.1x the member `h_DictType` stands at this place, and those from there on one place further.
pub(crate) const PYPY_DICT_TYPE: usize = 244;

/// Never comes back.
const NEVER_RETURNS: &str = "HPy_FatalError";

/// The declaration as the table has it.
pub(crate) fn correct(mut function: Function) -> Result<Function, String> {
    if RETURN_NOTHING.contains(&function.name.as_str()) {
        function.ret = CType::parse("void")?;
    }
    function.returns = function.name != NEVER_RETURNS;
    Ok(function)
}

/// The name in the table: `ctx_` and the public name without its first `HPy`, `_HPy_`, ….
pub(crate) fn member_name(function: &str) -> String {
    let name = function.trim_start_matches('_');
    let name = name.strip_prefix("HPy").unwrap_or(name);
    format!("ctx_{}", name.strip_prefix('_').unwrap_or(name))
}

/// How a function of the table says that it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It can't.
    Never,
    /// NULL, with an exception set.
    Null,
    /// NULL, which may mean something else: then `HPyErr_Occurred` tells.
    NullOccurred,
    /// -1, with an exception set.
    Minus,
    /// -1 (of an unsigned type: the largest value), which may be a real one: then `HPyErr_Occurred` tells.
    MinusOccurred,
}

/// Functions whose failure their type does not tell.
const FAILURES: &[(&str, Failure)] = &[
    // Any `HPy` but these is NULL only on failure.
    ("HPy_Dup", Failure::Never),
    ("HPy_FromPyObject", Failure::Never),
    ("HPyField_Load", Failure::Never),
    ("HPyGlobal_Load", Failure::Never),
    ("HPyIter_Next", Failure::NullOccurred),
    // So is any pointer.
    ("HPy_AsPyObject", Failure::Never),
    ("HPyBytes_AS_STRING", Failure::Never),
    ("HPyCapsule_Get", Failure::NullOccurred),
    ("HPyLong_AsVoidPtr", Failure::NullOccurred),
    ("HPyTracker_New", Failure::Null),
    // An `int` is -1 on failure, but the answer to a question that always has one.
    ("HPy_HasAttr", Failure::Never),
    ("HPy_HasAttr_s", Failure::Never),
    ("HPy_Is", Failure::Never),
    ("HPy_TypeCheck", Failure::Never),
    ("HPyCapsule_IsValid", Failure::Never),
    ("HPyErr_ExceptionMatches", Failure::Never),
    ("HPyErr_Occurred", Failure::Never),
    ("HPyType_IsSubtype", Failure::Never),
    // Lengths and hashes are never -1; a number of Python may be, and so may a code point.
    ("HPyBytes_GET_SIZE", Failure::Never),
    ("HPyContextVar_Get", Failure::Minus),
    ("HPyUnicode_ReadChar", Failure::MinusOccurred),
];

/// How a function says that it failed: as listed, or by its name and type.
pub(crate) fn failure(function: &Function) -> Failure {
    let name = function.name.as_str();
    if let Some((_, failure)) = FAILURES.iter().find(|(listed, _)| *listed == name) {
        return *failure;
    }
    match (function.ret.name.as_str(), function.ret.pointers.len()) {
        _ if name.contains("AsStruct") || name.ends_with("_Check") => Failure::Never,
        ("HPy", 0) | (_, 1) => Failure::Null,
        _ if name.starts_with("HPyLong_As") || name.starts_with("HPyFloat_As") => Failure::MinusOccurred,
        ("int" | "HPy_ssize_t" | "HPy_hash_t", 0) => Failure::Minus,
        _ => Failure::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(text: &str) -> Function {
        correct(Function::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn four_functions_return_nothing() {
        for name in RETURN_NOTHING {
            assert!(f(&format!("HPy {name}(HPyContext *ctx)")).ret.is_void());
        }
        assert!(!f("HPy HPyErr_NewException(HPyContext *ctx)").ret.is_void());
    }

    #[test]
    fn names_in_the_table() {
        for (public, table) in [
            ("HPy_Add", "ctx_Add"),
            ("HPyLong_AsDouble", "ctx_Long_AsDouble"),
            ("_HPy_New", "ctx_New"),
            ("_HPyType_GetBuiltinShape", "ctx_Type_GetBuiltinShape"),
        ] {
            assert_eq!(member_name(public), table);
        }
    }

    #[test]
    fn one_function_never_returns() {
        let function = f("void HPy_FatalError(HPyContext *ctx, const char *message)");
        assert_eq!(function.returns(), " -> !");
        assert_eq!(function.ret.c, "void");
    }

    #[test]
    fn failures_by_type() {
        for (declaration, expected) in [
            ("HPy HPy_Add(HPyContext *ctx)", Failure::Null),
            ("const char *HPyType_GetName(HPyContext *ctx)", Failure::Null),
            ("void *_HPy_AsStruct_Object(HPyContext *ctx)", Failure::Never),
            ("int HPy_SetAttr(HPyContext *ctx)", Failure::Minus),
            ("HPy_hash_t HPy_Hash(HPyContext *ctx)", Failure::Minus),
            ("int HPyList_Check(HPyContext *ctx)", Failure::Never),
            ("int64_t HPyLong_AsInt64_t(HPyContext *ctx)", Failure::MinusOccurred),
            ("HPy_ssize_t HPyLong_AsSsize_t(HPyContext *ctx)", Failure::MinusOccurred),
            ("double HPyFloat_AsDouble(HPyContext *ctx)", Failure::MinusOccurred),
            ("void HPy_Close(HPyContext *ctx)", Failure::Never),
            ("HPyListBuilder HPyListBuilder_New(HPyContext *ctx)", Failure::Never),
        ] {
            assert_eq!(failure(&f(declaration)), expected, "{declaration}");
        }
    }

    #[test]
    fn failures_by_name() {
        for (name, expected) in FAILURES {
            assert_eq!(failure(&f(&format!("HPy {name}(HPyContext *ctx)"))), *expected);
        }
    }

    #[test]
    fn later_members() {
        assert_eq!(LATER_MEMBERS.len(), 10);
        assert_eq!(LATER_MEMBERS[0], "HPy h_DictType");
        assert!(LATER_MEMBERS[9].starts_with("HPy HPySlice_New("));
    }

    #[test]
    fn later_types() {
        assert_eq!(LATER_TYPES.len(), 1);
        assert!(LATER_TYPES[0].1.contains("const HPy *"), "HPyTuple_FromArray only reads the array");
    }

    #[test]
    fn later_slots() {
        assert_eq!(LATER_SLOTS, [("HPy_tp_descr_get", 54, "HPyFunc_DESCRGETFUNC")]);
    }
}
