//! C declarations, as regular as HPy's and CPython's headers write them: no arrays of a size, and no pointers to
//! functions but by the name of their type.

/// A C type: a name behind some pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CType {
    /// `char`, `unsigned long`, `HPy`.
    pub(crate) name: String,
    /// The pointers, from the inside: is what it points at `const`?
    pub(crate) pointers: Vec<bool>,
    /// The spelling in C, for the file that the C compiler checks.
    pub(crate) c: String,
}

/// `ret name(params)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) ret: CType,
    pub(crate) params: Vec<(String, CType)>,
    /// Does it come back?
    pub(crate) returns: bool,
}

/// `type name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) ty: CType,
}

impl CType {
    /// Reads a type without a name: `const char *`.
    pub(crate) fn parse(text: &str) -> Result<CType, String> {
        let spaced = text.replace('*', " * ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut name = Vec::new();
        let mut pointers = Vec::new();
        let mut constant = false;
        for word in &words {
            match *word {
                "const" => constant = true,
                "struct" => {}
                "*" => pointers.push(std::mem::take(&mut constant)),
                word if pointers.is_empty() => name.push(word),
                _ => return Err(format!("{text:?} is no C type")),
            }
        }
        let letters = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if name.is_empty() || !name.iter().all(letters) {
            return Err(format!("{text:?} is no C type"));
        }
        Ok(CType { name: name.join(" "), pointers, c: words.join(" ") })
    }

    /// The type in Rust.
    pub(crate) fn rust(&self) -> String {
        let mut rust = match self.name.as_str() {
            "void" if self.pointers.is_empty() => "()",
            "void" => "c_void",
            "char" => "c_char",
            "int" => "c_int",
            "unsigned int" => "c_uint",
            "long" => "c_long",
            "unsigned long" => "c_ulong",
            "long long" => "c_longlong",
            "unsigned long long" => "c_ulonglong",
            "double" => "f64",
            "int32_t" => "i32",
            "uint32_t" | "Py_UCS4" => "u32",
            "int64_t" => "i64",
            "uint64_t" => "u64",
            "size_t" => "usize",
            "HPy_ssize_t" | "Py_ssize_t" | "HPy_hash_t" | "Py_hash_t" => "isize",
            other => other,
        }
        .to_owned();
        for constant in &self.pointers {
            rust = format!("{} {rust}", if *constant { "*const" } else { "*mut" });
        }
        rust
    }

    pub(crate) fn is_void(&self) -> bool {
        self.name == "void" && self.pointers.is_empty()
    }
}

impl Function {
    /// Reads `ret name(type name, type, …)`; parameters without a name are called `arg0`, `arg1`, ….
    pub(crate) fn parse(text: &str) -> Result<Function, String> {
        let wrong = || format!("{text:?} is no declaration of a function");
        let (head, rest) = text.split_once('(').ok_or_else(wrong)?;
        let (inside, end) = rest.rsplit_once(')').ok_or_else(wrong)?;
        if !end.trim().is_empty() {
            return Err(wrong());
        }
        if inside.contains('(') {
            return Err(format!("{text:?}: a pointer to a function needs a type by its name"));
        }
        if inside.contains("...") {
            return Err(format!("{text:?} is variadic: such a function has no pointer of one type"));
        }
        let Variable { name, ty: ret } = Variable::parse(head)?;
        let mut params = Vec::new();
        for (i, param) in inside.split(',').map(str::trim).enumerate() {
            if param == "void" || param.is_empty() {
                continue;
            }
            let (array, param) = match param.strip_suffix("[]") {
                Some(param) => (" *", param.trim()),
                None => ("", param),
            };
            let (ty, name) = split_name(param).unwrap_or_else(|| (param, format!("arg{i}")));
            params.push((name, CType::parse(&format!("{ty}{array}"))?));
        }
        Ok(Function { name, ret, params, returns: true })
    }

    /// The Rust type of a pointer to it.
    pub(crate) fn pointer(&self, abi: &str) -> String {
        let params: Vec<String> = self.params.iter().map(|(_, ty)| ty.rust()).collect();
        format!("unsafe extern \"{abi}\" fn({}){}", params.join(", "), self.returns())
    }

    /// `-> T`, or nothing.
    pub(crate) fn returns(&self) -> String {
        match self.ret.is_void() {
            _ if !self.returns => " -> !".to_owned(),
            true => String::new(),
            false => format!(" -> {}", self.ret.rust()),
        }
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

impl Variable {
    /// Reads `type name`.
    pub(crate) fn parse(text: &str) -> Result<Variable, String> {
        let (ty, name) = split_name(text.trim()).ok_or_else(|| format!("{text:?} has no type and name"))?;
        Ok(Variable { name, ty: CType::parse(ty)? })
    }
}

/// A parameter's name in Rust.
pub(crate) fn identifier(name: &str) -> String {
    match name {
        "type" | "self" | "ref" | "in" | "where" => format!("{name}_"),
        _ => name.to_owned(),
    }
}

/// Splits `type name`; `None` if there is only a type.
fn split_name(text: &str) -> Option<(&str, String)> {
    let start = text.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))? + 1;
    let (ty, name) = text.split_at(start);
    let ends_a_type = matches!(name, "" | "int" | "char" | "long" | "double" | "const");
    (!ends_a_type && ty.trim() != "const").then(|| (ty, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let f = Function::parse("const char *HPyType_GetName(HPyContext *ctx, HPy type)").unwrap();
        assert_eq!(f.name, "HPyType_GetName");
        assert_eq!(f.pointer("C"), "unsafe extern \"C\" fn(*mut HPyContext, HPy) -> *const c_char");
        assert_eq!(f.signature(), "ctx: *mut HPyContext, type_: HPy");
        assert_eq!(f.arguments(), "ctx, type_");
        assert_eq!(Function::parse("PyObject *g(void)").unwrap().params, []);
        let data = Variable::parse("PyObject *PyExc_ValueError").unwrap();
        assert_eq!((data.name.as_str(), data.ty.rust().as_str()), ("PyExc_ValueError", "*mut PyObject"));
    }

    #[test]
    fn unnamed_parameters_and_arrays() {
        let f = Function::parse(
            "int f(HPyContext *ctx, HPy, const HPy items[], char *, unsigned int, const HPy)",
        );
        assert_eq!(
            f.unwrap().signature(),
            "ctx: *mut HPyContext, arg1: HPy, items: *const HPy, arg3: *mut c_char, arg4: c_uint, arg5: HPy"
        );
    }

    #[test]
    fn pointers_to_pointers() {
        let rust = |text| CType::parse(text).unwrap().rust();
        assert_eq!(rust("PyObject *const *"), "*const *mut PyObject");
        assert_eq!(rust("const char **"), "*mut *const c_char");
        assert_eq!(rust("char *const"), "*mut c_char");
        assert_eq!(rust("void **"), "*mut *mut c_void");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["int x;", "f(void)", "int f(void) x", "int f(int * a *)", "int f("] {
            assert!(Function::parse(text).is_err(), "{text}");
        }
        assert!(CType::parse("*").is_err());
        assert!(Variable::parse("x").is_err());
    }
}
