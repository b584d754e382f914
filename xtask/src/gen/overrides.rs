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

/// Declared to return `HPy`, so that C code can `return` them; the table's functions return nothing.
const RETURN_NOTHING: &[&str] =
    &["HPyErr_SetString", "HPyErr_SetObject", "HPyErr_NoMemory", "HPyErr_SetFromErrnoWithFilenameObjects"];

/// On PyPy 7.3.1x the member `h_DictType` stands at this place, and those from there on one place further.
pub(crate) const PYPY_DICT_TYPE: usize = 244;

/// The declaration as the table has it.
pub(crate) fn correct(mut function: Function) -> Result<Function, String> {
    if RETURN_NOTHING.contains(&function.name.as_str()) {
        function.ret = CType::parse("void")?;
    }
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
    /// -1, with an exception set.
    Minus,
    /// The largest value or -1, which may be a real one: then `HPyErr_Occurred` tells.
    MinusOccurred,
}

/// Functions whose failure their type does not tell.
const FAILURES: &[(&str, Failure)] = &[
    ("HPyErr_Occurred", Failure::Never),
    ("HPyErr_ExceptionMatches", Failure::Never),
    ("HPyCallable_Check", Failure::Never),
    ("HPyNumber_Check", Failure::Never),
    ("HPyBytes_Check", Failure::Never),
    ("HPyUnicode_Check", Failure::Never),
    ("HPyList_Check", Failure::Never),
    ("HPyDict_Check", Failure::Never),
    ("HPyTuple_Check", Failure::Never),
    ("HPyIter_Check", Failure::Never),
    ("HPy_TypeCheck", Failure::Never),
    ("HPyType_IsSubtype", Failure::Never),
    ("HPy_Is", Failure::Never),
    ("HPy_HasAttr", Failure::Never),
    ("HPy_HasAttr_s", Failure::Never),
    ("HPyCapsule_IsValid", Failure::Never),
    ("HPyBytes_GET_SIZE", Failure::Never),
    ("HPyBytes_AS_STRING", Failure::Never),
    ("_HPyType_GetBuiltinShape", Failure::Never),
    ("HPyLong_AsVoidPtr", Failure::MinusOccurred),
];

/// How a function says that it failed: by its type, or as listed.
pub(crate) fn failure(function: &Function) -> Failure {
    if let Some((_, failure)) = FAILURES.iter().find(|(name, _)| *name == function.name) {
        return *failure;
    }
    if function.name.contains("AsStruct") {
        return Failure::Never;
    }
    match (function.ret.name.as_str(), function.ret.pointers.len()) {
        ("void", 0) => Failure::Never,
        ("HPy", 0) | (_, 1) => Failure::Null,
        ("int" | "HPy_ssize_t" | "HPy_hash_t", 0) if !function.name.starts_with("HPyLong_As") => {
            Failure::Minus
        }
        (
            "int32_t" | "int64_t" | "uint32_t" | "uint64_t" | "size_t" | "HPy_ssize_t" | "double"
            | "HPy_UCS4",
            0,
        ) => Failure::MinusOccurred,
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
    fn failures() {
        assert_eq!(failure(&f("HPy HPy_Add(HPyContext *ctx)")), Failure::Null);
        assert_eq!(failure(&f("int HPy_SetAttr(HPyContext *ctx)")), Failure::Minus);
        assert_eq!(failure(&f("int64_t HPyLong_AsInt64_t(HPyContext *ctx)")), Failure::MinusOccurred);
        assert_eq!(failure(&f("HPy_ssize_t HPyLong_AsSsize_t(HPyContext *ctx)")), Failure::MinusOccurred);
        assert_eq!(failure(&f("int HPy_HasAttr(HPyContext *ctx)")), Failure::Never);
    }
}
