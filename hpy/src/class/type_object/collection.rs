//! Sequences and mappings: which slots such a class fills, and what Python's abstract classes are told of it.

use hpy_sys::{HPy_mp_length, HPy_sq_ass_item, HPy_sq_item, HPy_sq_length, HPySlot_Slot};

use super::Methods;
use crate::core::markers::Type;
use crate::core::{Handle, Result};

/// What items of a class are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// The class does not say: its slots are those of a class written in Python.
    Unsaid,
    /// They are in an order, `#[class(sequence)]`.
    Sequence,
    /// They have keys, `#[class(mapping)]`.
    Mapping,
}

impl Collection {
    /// Is that a slot which such a class does not fill, though it has the method?
    pub(super) fn leaves_out(self, slot: HPySlot_Slot) -> bool {
        match self {
            Collection::Unsaid => slot == HPy_sq_ass_item,
            Collection::Sequence => slot == HPy_mp_length,
            Collection::Mapping => [HPy_sq_length, HPy_sq_item, HPy_sq_ass_item].contains(&slot),
        }
    }
}

impl<C> Methods<C> {
    /// Is there a method of each of these names? Only of those that the macro tells.
    pub const fn have(&self, names: &[&str]) -> bool {
        let mut i = 0;
        while i < names.len() {
            if !self.has(names[i]) {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Is there a method of one of these names?
    pub const fn have_any(&self, names: &[&str]) -> bool {
        let mut i = 0;
        while i < names.len() {
            if self.has(names[i]) {
                return true;
            }
            i += 1;
        }
        false
    }

    const fn has(&self, name: &str) -> bool {
        let mut i = 0;
        while i < self.told.len() {
            if same(self.told[i].as_bytes(), name.as_bytes()) {
                return true;
            }
            i += 1;
        }
        false
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// An abstract class of Python, and the methods that it has for classes with its abstract ones.
type Abstract = (&'static str, &'static [&'static str]);

const SEQUENCE: Abstract = ("Sequence", &["index", "count"]);
const MUTABLE_SEQUENCE: Abstract = (
    "MutableSequence",
    &["index", "count", "append", "clear", "reverse", "extend", "pop", "remove", "__iadd__"],
);
const MAPPING: Abstract = ("Mapping", &["get", "keys", "items", "values", "__contains__", "__reversed__"]);
/// What `pop` compares its `default` with: `__marker` in Python's code.
const MARKER: &str = "_MutableMapping__marker";

const MUTABLE_MAPPING: Abstract = (
    "MutableMapping",
    &[
        "get",
        "keys",
        "items",
        "values",
        "__contains__",
        "__reversed__",
        "pop",
        MARKER,
        "popitem",
        "clear",
        "update",
        "setdefault",
    ],
);

/// Registers the class with the abstract class that it has the methods of, and gives it those that come for nothing.
/// From Python 3.10 on, that is also how `match` knows what it is.
pub(super) fn register<'ctx>(
    class: &Handle<'ctx, Type>,
    collection: Collection,
    methods: &'static Methods,
) -> Result<()> {
    let changes = methods.have(&["__setitem__", "__delitem__"]);
    let (name, given) = match collection {
        Collection::Unsaid => return Ok(()),
        Collection::Sequence if changes && methods.has("insert") => MUTABLE_SEQUENCE,
        Collection::Sequence => SEQUENCE,
        Collection::Mapping if changes => MUTABLE_MAPPING,
        Collection::Mapping => MAPPING,
    };
    let of_python = class.ctx().import("collections.abc")?.getattr(name)?;
    of_python.call_method("register", (class.clone(),))?;
    for name in given {
        if !class.hasattr(name)? && (*name != MARKER || of_python.hasattr(name)?) {
            class.setattr(name, of_python.getattr(name)?)?;
        }
    }
    Ok(())
}
