//! Registers sequences and mappings with Python's abstract classes.

use crate::class::tables::{Collection, Methods};
use crate::core::markers::Type;
use crate::core::{Handle, Result};

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

/// Registers the class with the abstract class whose methods it has, and adds the mixin methods.
/// From Python 3.10 on, `match` uses this registration, too.
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
