//! Docstrings concatenated at compile time.

use core::ffi::CStr;
use std::ffi::CString;

use super::function_trait::Function;

/// Bytes of [`joined_doc`].
#[must_use]
pub const fn joined_doc_len(head: &str, parts: &[&str]) -> usize {
    let mut len = head.len();
    let mut at = head.len();
    let mut i = 0;
    while i < parts.len() {
        let part = parts[i].as_bytes();
        let mut j = 0;
        while j < part.len() {
            at += 1;
            if !part[j].is_ascii_whitespace() {
                len = at;
            }
            j += 1;
        }
        at += 1;
        i += 1;
    }
    len + 1
}

/// `head`, and the parts with line breaks between them, without white space at the end; and a NUL.
#[must_use]
pub const fn joined_doc<const LEN: usize>(head: &str, parts: &[&str]) -> [u8; LEN] {
    let mut out = [0; LEN];
    let head = head.as_bytes();
    let mut at = 0;
    while at < head.len() {
        out[at] = head[at];
        at += 1;
    }
    let mut i = 0;
    while i < parts.len() {
        let part = parts[i].as_bytes();
        let mut j = 0;
        while j <= part.len() && at < LEN - 1 {
            out[at] = if j < part.len() { part[j] } else { b'\n' };
            at += 1;
            j += 1;
        }
        i += 1;
    }
    out
}

/// Does the docstring begin with the signature, that is with the name?
const fn has_signature<F: Function>() -> bool {
    let (doc, name) = (F::DOC.to_bytes(), F::NAME.to_bytes());
    let mut i = 0;
    while i < name.len() {
        if i >= doc.len() || doc[i] != name[i] {
            return false;
        }
        i += 1;
    }
    doc.len() > name.len() && doc[name.len()] == b'('
}

/// Bytes of [`renamed_doc`].
#[must_use]
pub const fn renamed_doc_len<F: Function>(name: &CStr) -> usize {
    let len = F::DOC.to_bytes_with_nul().len();
    if has_signature::<F>() { len - F::NAME.to_bytes().len() + name.to_bytes().len() } else { len }
}

/// The docstring of a function under another name.
#[must_use]
pub const fn renamed_doc<F: Function, const LEN: usize>(name: &CStr) -> [u8; LEN] {
    let doc = F::DOC.to_bytes_with_nul();
    let (new, old) =
        if has_signature::<F>() { (name.to_bytes(), F::NAME.to_bytes().len()) } else { (&[] as &[u8], 0) };
    let mut out = [0; LEN];
    let mut i = 0;
    while i < LEN {
        out[i] = if i < new.len() { new[i] } else { doc[i - new.len() + old] };
        i += 1;
    }
    out
}

/// Bytes of [`renamed_names`].
#[must_use]
pub const fn renamed_names_len<F: Function>(name: &CStr) -> usize {
    F::PARAMS.names.len() - F::NAME.to_bytes().len() + name.to_bytes().len()
}

/// [`Params::names`](super::params::Params::names) of a function under another name.
#[must_use]
pub const fn renamed_names<F: Function, const LEN: usize>(name: &CStr) -> [u8; LEN] {
    let (new, names, old) = (name.to_bytes(), F::PARAMS.names, F::NAME.to_bytes().len());
    let mut out = [0; LEN];
    let mut i = 0;
    while i < LEN {
        out[i] = if i < new.len() { new[i] } else { names[i - new.len() + old] };
        i += 1;
    }
    out
}

/// The docstring of a class with the signature of its constructor, whose docstring is given, in the form that
/// interpreters know. `None` if the constructor shows no signature.
pub(crate) fn class_doc(class: &CStr, constructor: &CStr, doc: &CStr) -> Option<CString> {
    const END: &[u8] = b")\n--\n\n";
    let constructor = constructor.to_bytes();
    let start = constructor.iter().position(|&byte| byte == b'(')? + 1;
    let end = constructor.windows(END.len()).position(|window| window == END)?;
    let mut params = constructor.get(start..end)?;
    // Nobody passes the class: `$type, /, a`.
    if params.starts_with(b"$") {
        params = after_comma(params);
        if params.first() == Some(&b'/') {
            params = after_comma(params);
        }
    }
    let class = class.to_bytes().rsplit(|&byte| byte == b'.').next()?;
    CString::new([class, b"(", params, END, doc.to_bytes()].concat()).ok()
}

fn after_comma(params: &[u8]) -> &[u8] {
    let comma = params.iter().position(|&byte| byte == b',').map_or(params.len(), |comma| comma + 1);
    params[comma..].trim_ascii_start()
}

/// What the others made, as a docstring.
#[must_use]
pub const fn doc(bytes: &'static [u8]) -> &'static CStr {
    match CStr::from_bytes_with_nul(bytes) {
        Ok(doc) => doc,
        Err(_) => panic!("a text for Python's documentation can't have a NUL character"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined() {
        const PARTS: &[&str] = &["one\n\ntwo", "", "three\n", "\n"];
        const LEN: usize = joined_doc_len("f()\n--\n\n", PARTS);
        const DOC: [u8; LEN] = joined_doc("f()\n--\n\n", PARTS);
        assert_eq!(doc(&DOC), c"f()\n--\n\none\n\ntwo\n\nthree");
    }

    #[test]
    fn signatures_of_constructors() {
        let of = |constructor, doc| class_doc(c"m.Name", constructor, doc);
        let name = |text: &CStr| Some(text.to_owned());
        assert_eq!(
            of(c"__new__($type, /, n, *, m=2)\n--\n\nMake.", c"Doc."),
            name(c"Name(n, *, m=2)\n--\n\nDoc.")
        );
        assert_eq!(of(c"__new__($type, n, /)\n--\n\n", c""), name(c"Name(n, /)\n--\n\n"));
        assert_eq!(of(c"__new__($type, /)\n--\n\n", c""), name(c"Name()\n--\n\n"));
        assert_eq!(of(c"__init__($self, /, **kw)\n--\n\n", c""), name(c"Name(**kw)\n--\n\n"));
        assert_eq!(of(c"__new__(a=(1, 2))\n--\n\n", c""), name(c"Name(a=(1, 2))\n--\n\n"));
        assert_eq!(of(c"Hidden (or not).", c"Doc."), None);
    }

    #[test]
    fn the_signature_stays_whole_without_text() {
        const LEN: usize = joined_doc_len("f()\n--\n\n", &[" "]);
        const DOC: [u8; LEN] = joined_doc("f()\n--\n\n", &[" "]);
        assert_eq!(doc(&DOC), c"f()\n--\n\n");
    }
}
