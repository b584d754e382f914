//! Pieces of generated Rust.

use std::collections::HashSet;

/// What generated code may need of `core::ffi`.
pub(crate) const FFI: &[&str] =
    &["CStr", "c_char", "c_int", "c_long", "c_longlong", "c_uint", "c_ulong", "c_ulonglong", "c_void"];

/// Imports those names of a module that the code uses.
pub(crate) fn imports(module: &str, names: &[&str], code: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words: HashSet<&str> = lines.flat_map(|line| line.split(|c| !is_letter(c))).collect();
    let used: Vec<&str> = names.iter().copied().filter(|name| words.contains(name)).collect();
    if used.is_empty() { String::new() } else { format!("use {module}::{{{}}};\n", used.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::imports;

    #[test]
    fn only_what_is_used_is_imported() {
        let names = ["c_int", "c_long", "c_longlong"];
        assert_eq!(imports("core::ffi", &names, "fn f(_: c_longlong)"), "use core::ffi::{c_longlong};\n");
        assert_eq!(imports("core::ffi", &names, "/// c_int\nfn f(_: c_in)"), "");
    }
}
