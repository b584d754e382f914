//! [`Collection`]: whether a class is a sequence or a mapping, and the slots that it fills.

use hpy_sys::{HPy_mp_length, HPy_sq_ass_item, HPy_sq_item, HPy_sq_length, HPySlot_Slot};

use super::Methods;

/// The meaning of a class's items.
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
    /// Returns whether such a class leaves that slot empty, although it has the method.
    pub(in crate::class) fn leaves_out(self, slot: HPySlot_Slot) -> bool {
        match self {
            Collection::Unsaid => slot == HPy_sq_ass_item,
            Collection::Sequence => slot == HPy_mp_length,
            Collection::Mapping => [HPy_sq_length, HPy_sq_item, HPy_sq_ass_item].contains(&slot),
        }
    }
}

impl<C> Methods<C> {
    /// Returns whether there is a method for each of these names. Only considers methods that the macro lists.
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

    /// Returns whether there is a method with one of these names.
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

    pub(in crate::class) const fn has(&self, name: &str) -> bool {
        self.told & told(name) != 0
    }
}

/// The methods that tell which collection a class is.
const TOLD: [&str; 11] = [
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__iter__",
    "__concat__",
    "__repeat__",
    "__inplace_concat__",
    "__inplace_repeat__",
    "__class_getitem__",
    "insert",
];

/// The bit of such a method in [`Methods`].
pub const fn told(name: &str) -> u16 {
    let mut i = 0;
    while i < TOLD.len() {
        if same(TOLD[i].as_bytes(), name.as_bytes()) {
            return 1 << i;
        }
        i += 1;
    }
    0
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}
