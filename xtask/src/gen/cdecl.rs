//! C declarations of functions, as regular as HPy's and CPython's headers write them.

/// A C type: a name with its pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CType {
    pub(crate) name: String,
    /// Is what the innermost pointer points at `const`?
    pub(crate) constant: bool,
    pub(crate) pointers: usize,
    /// The spelling in C, for the file that the C compiler checks.
    pub(crate) c: String,
}

/// `ret name(params)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) ret: CType,
    pub(crate) params: Vec<(String, CType)>,
}

impl CType {
    /// Reads a type without a name: `const char *`.
    pub(crate) fn parse(text: &str) -> Result<CType, String> {
        let spaced = text.replace('*', " * ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        // A `const` behind the pointer says nothing about what it points at: `PyObject *const *` is an array.
        let pointers = words.iter().filter(|w| **w == "*").count();
        let constant = words.contains(&"const");
        let name: Vec<&str> =
            words.iter().copied().filter(|w| !matches!(*w, "*" | "const" | "struct")).collect();
        if name.is_empty() {
            return Err(format!("{text:?} is no C type"));
        }
        let c = words.join(" ");
        Ok(CType { name: name.join(" "), constant, pointers, c })
    }

    /// The type in Rust.
    pub(crate) fn rust(&self) -> String {
        let base = match self.name.as_str() {
            "void" if self.pointers == 0 => "()",
            "void" => "c_void",
            "char" => "c_char",
            "int" => "c_int",
            "unsigned int" | "unsigned" => "c_uint",
            "long" => "c_long",
            "unsigned long" => "c_ulong",
            "long long" => "c_longlong",
            "unsigned long long" => "c_ulonglong",
            "double" => "f64",
            "bool" => "bool",
            "int32_t" => "i32",
            "uint32_t" => "u32",
            "int64_t" => "i64",
            "uint64_t" => "u64",
            "size_t" => "usize",
            "HPy_ssize_t" | "Py_ssize_t" | "HPy_hash_t" | "Py_hash_t" => "isize",
            "wchar_t" => "wchar_t",
            other => other,
        };
        let mut rust = base.to_owned();
        for level in 0..self.pointers {
            let constant = self.constant && level + 1 == self.pointers;
            rust = format!("{} {rust}", if constant { "*const" } else { "*mut" });
        }
        rust
    }

    pub(crate) fn is_void(&self) -> bool {
        self.name == "void" && self.pointers == 0
    }
}

impl Function {
    /// Reads `ret name(type name, type, …)`; parameters without a name are called `arg0`, `arg1`, ….
    pub(crate) fn parse(text: &str) -> Result<Function, String> {
        let wrong = || format!("{text:?} is no declaration of a function");
        let open = text.find('(').ok_or_else(wrong)?;
        let close = text.rfind(')').ok_or_else(wrong)?;
        let (ret, name) = split_name(&text[..open]).ok_or_else(wrong)?;
        let mut params = Vec::new();
        for (i, param) in text[open + 1..close].split(',').map(str::trim).enumerate() {
            if param == "void" || param.is_empty() {
                continue;
            }
            let (array, param) = match param.strip_suffix("[]") {
                Some(param) => (" *", param.trim()),
                None => ("", param),
            };
            let (ty, name) = match split_name(param) {
                Some((ty, name)) if !is_type_word(&name) && !ty.trim().is_empty() && ty.trim() != "const" => {
                    (ty, name)
                }
                _ => (param.to_owned(), format!("arg{i}")),
            };
            params.push((name, CType::parse(&format!("{ty}{array}"))?));
        }
        Ok(Function { name, ret: CType::parse(&ret)?, params })
    }

    /// The Rust type of a pointer to it.
    pub(crate) fn pointer(&self) -> String {
        let params: Vec<String> = self.params.iter().map(|(_, ty)| ty.rust()).collect();
        format!("unsafe extern \"C\" fn({}){}", params.join(", "), self.returns())
    }

    /// `-> T`, or nothing.
    pub(crate) fn returns(&self) -> String {
        if self.ret.is_void() { String::new() } else { format!(" -> {}", self.ret.rust()) }
    }

    /// `name: type, …`
    pub(crate) fn signature(&self) -> String {
        let params: Vec<String> =
            self.params.iter().map(|(n, ty)| format!("{}: {}", identifier(n), ty.rust())).collect();
        params.join(", ")
    }

    /// `name, …`
    pub(crate) fn arguments(&self) -> String {
        let names: Vec<String> = self.params.iter().map(|(n, _)| identifier(n)).collect();
        names.join(", ")
    }
}

/// A parameter's name in Rust.
fn identifier(name: &str) -> String {
    if matches!(name, "type" | "self" | "ref" | "in" | "str") { format!("{name}_") } else { name.to_owned() }
}

/// Splits the last word off.
fn split_name(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let start = text.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
    let name = &text[start..];
    (!name.is_empty()).then(|| (text[..start].to_owned(), name.to_owned()))
}

/// Can the word only end a type?
fn is_type_word(word: &str) -> bool {
    matches!(
        word,
        "int" | "char" | "void" | "double" | "long" | "HPy" | "HPy_ssize_t" | "size_t" | "HPy_RichCmpOp"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let f = Function::parse("const char *HPyType_GetName(HPyContext *ctx, HPy type)").unwrap();
        assert_eq!(f.name, "HPyType_GetName");
        assert_eq!(f.pointer(), "unsafe extern \"C\" fn(*mut HPyContext, HPy) -> *const c_char");
        assert_eq!(f.signature(), "ctx: *mut HPyContext, type_: HPy");
    }

    #[test]
    fn unnamed_parameters_and_arrays() {
        let f = Function::parse("int f(HPyContext *ctx, HPy, const HPy items[], char *)").unwrap();
        assert_eq!(f.signature(), "ctx: *mut HPyContext, arg1: HPy, items: *const HPy, arg3: *mut c_char");
        assert_eq!(Function::parse("PyObject *g(void)").unwrap().params, []);
    }

    #[test]
    fn pointers_to_pointers() {
        assert_eq!(CType::parse("PyObject *const *").unwrap().rust(), "*const *mut PyObject");
        assert_eq!(CType::parse("void **").unwrap().rust(), "*mut *mut c_void");
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(Function::parse("int x;").is_err());
        assert!(CType::parse("*").is_err());
    }
}
