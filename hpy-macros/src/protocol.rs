//! Table of the dunder methods: the slot that each one fills, and its signature.
//!
//! A dunder method that is not in here is a plain method, which Python finds by its name.

use Output::*;
use SlotKind::*;

/// A dunder method that fills a slot, or a part of one.
pub(crate) struct Dunder {
    pub(crate) name: &'static str,
    /// HPy's name of the slot, or the C API's of one that HPy lacks. Methods with the same one fill it together.
    pub(crate) slot: &'static str,
    pub(crate) kind: SlotKind,
    /// The function of the slot's trait in `hpy::impl_`.
    pub(crate) part: &'static str,
    /// How many arguments Python passes.
    pub(crate) args: usize,
    pub(crate) output: Output,
    /// How to write it, behind `fn name`.
    pub(crate) example: &'static str,
}

/// The kinds of slots, by the traits of `hpy::impl_` that they are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Unary,
    Repr,
    Operator,
    Power,
    InPlacePower,
    Binary,
    Repeat,
    Item,
    SetItem,
    Contains,
    Bool,
    Len,
    Hash,
    Compare,
    Iter,
    Next,
    AsyncNext,
    GetAttr,
    SetAttr,
    DescrGet,
    DescrSet,
    Finalize,
    Buffer,
}

/// The conversion of the method's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Object,
    /// Nothing; the expression's value is `self`.
    InPlace,
    Nothing,
    Length,
    Truth,
    HashValue,
    NextItem,
    Memory,
}

impl SlotKind {
    /// The trait, the type that has the constructor, the constructor.
    pub(crate) fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Unary => ("UnarySlot", "SlotDef", "unary"),
            Repr => ("UnarySlot", "SlotDef", "repr"),
            Operator => ("BinaryOperator", "SlotDef", "operator"),
            Power => ("PowerOperator", "SlotDef", "power"),
            InPlacePower => ("InPlacePower", "InPlacePowerDef", "in_place_power"),
            Binary => ("BinarySlot", "BinaryDef", "binary"),
            Repeat => ("RepeatSlot", "SlotDef", "repeat"),
            Item => ("BinarySlot", "ItemDef", "get"),
            SetItem => ("SetItemSlot", "ItemDef", "set"),
            Contains => ("ContainsSlot", "SlotDef", "contains"),
            Bool => ("BoolSlot", "SlotDef", "bool"),
            Len => ("LenSlot", "SlotDef", "len"),
            Hash => ("HashSlot", "SlotDef", "hash"),
            Compare => ("CompareSlot", "SlotDef", "compare"),
            Iter => ("UnarySlot", "SlotDef", "extra_unary"),
            Next => ("NextSlot", "SlotDef", "extra_next"),
            AsyncNext => ("AsyncNextSlot", "AsyncNextDef", "extra_anext"),
            GetAttr | SetAttr => ("", "", ""), // methods only
            DescrGet => ("DescrGetSlot", "SlotDef", "extra_descr_get"),
            DescrSet => ("DescrSetSlot", "SlotDef", "extra_descr_set"),
            Finalize => ("FinalizeSlot", "SlotDef", "finalize"),
            Buffer => ("BufferSlot", "BufferDef", "GET"),
        }
    }
}

impl Dunder {
    /// An operand that the method can't take makes the result `NotImplemented`.
    pub(crate) fn asks_the_other_operand(&self) -> bool {
        // Not so `+=` of sequences, whose slot must know the answer.
        let number = self.slot.starts_with("nb_");
        matches!(self.kind, Operator | Power | Compare) || (self.output == InPlace && number)
    }
}

/// The C API's number of a slot that HPy lacks.
pub(crate) fn extra(slot: &str) -> Option<i32> {
    Some(match slot {
        "tp_descr_get" => 54,
        "tp_descr_set" => 55,
        "tp_iter" => 62,
        "tp_iternext" => 63,
        "am_await" => 77,
        "am_aiter" => 78,
        "am_anext" => 79,
        _ => return None,
    })
}

macro_rules! dunders {
    ($($name:ident $slot:ident $kind:ident $part:ident $args:literal $output:ident $example:literal;)*) => {
        pub(crate) static DUNDERS: &[Dunder] = &[$(Dunder {
            name: stringify!($name),
            slot: stringify!($slot),
            kind: $kind,
            part: stringify!($part),
            args: $args,
            output: $output,
            example: $example,
        }),*];
    };
}

dunders! {
    __repr__ tp_repr Repr call 0 Object "(&self) -> String";
    __str__ tp_str Repr call 0 Object "(&self) -> String";
    __hash__ tp_hash Hash call 0 HashValue "(&self) -> u64";
    __bool__ nb_bool Bool call 0 Truth "(&self) -> bool";
    __lt__ tp_richcompare Compare lt 1 Object "(&self, other: &Self) -> bool";
    __le__ tp_richcompare Compare le 1 Object "(&self, other: &Self) -> bool";
    __eq__ tp_richcompare Compare eq 1 Object "(&self, other: &Self) -> bool";
    __ne__ tp_richcompare Compare ne 1 Object "(&self, other: &Self) -> bool";
    __gt__ tp_richcompare Compare gt 1 Object "(&self, other: &Self) -> bool";
    __ge__ tp_richcompare Compare ge 1 Object "(&self, other: &Self) -> bool";
    __richcmp__ tp_richcompare Compare all 1 Object "(&self, other: &Self, op: CompareOp) -> bool";

    __add__ nb_add Operator forward 1 Object "(&self, other: T) -> U";
    __radd__ nb_add Operator reflected 1 Object "(&self, other: T) -> U";
    __sub__ nb_subtract Operator forward 1 Object "(&self, other: T) -> U";
    __rsub__ nb_subtract Operator reflected 1 Object "(&self, other: T) -> U";
    __mul__ nb_multiply Operator forward 1 Object "(&self, other: T) -> U";
    __rmul__ nb_multiply Operator reflected 1 Object "(&self, other: T) -> U";
    __matmul__ nb_matrix_multiply Operator forward 1 Object "(&self, other: T) -> U";
    __rmatmul__ nb_matrix_multiply Operator reflected 1 Object "(&self, other: T) -> U";
    __truediv__ nb_true_divide Operator forward 1 Object "(&self, other: T) -> U";
    __rtruediv__ nb_true_divide Operator reflected 1 Object "(&self, other: T) -> U";
    __floordiv__ nb_floor_divide Operator forward 1 Object "(&self, other: T) -> U";
    __rfloordiv__ nb_floor_divide Operator reflected 1 Object "(&self, other: T) -> U";
    __mod__ nb_remainder Operator forward 1 Object "(&self, other: T) -> U";
    __rmod__ nb_remainder Operator reflected 1 Object "(&self, other: T) -> U";
    __divmod__ nb_divmod Operator forward 1 Object "(&self, other: T) -> (U, V)";
    __rdivmod__ nb_divmod Operator reflected 1 Object "(&self, other: T) -> (U, V)";
    __lshift__ nb_lshift Operator forward 1 Object "(&self, other: T) -> U";
    __rlshift__ nb_lshift Operator reflected 1 Object "(&self, other: T) -> U";
    __rshift__ nb_rshift Operator forward 1 Object "(&self, other: T) -> U";
    __rrshift__ nb_rshift Operator reflected 1 Object "(&self, other: T) -> U";
    __and__ nb_and Operator forward 1 Object "(&self, other: T) -> U";
    __rand__ nb_and Operator reflected 1 Object "(&self, other: T) -> U";
    __xor__ nb_xor Operator forward 1 Object "(&self, other: T) -> U";
    __rxor__ nb_xor Operator reflected 1 Object "(&self, other: T) -> U";
    __or__ nb_or Operator forward 1 Object "(&self, other: T) -> U";
    __ror__ nb_or Operator reflected 1 Object "(&self, other: T) -> U";
    __pow__ nb_power Power forward 2 Object "(&self, other: T, modulo: Option<T>) -> U";
    __rpow__ nb_power Power reflected 2 Object "(&self, other: T, modulo: Option<T>) -> U";

    __iadd__ nb_inplace_add Binary call 1 InPlace "(&mut self, other: T)";
    __isub__ nb_inplace_subtract Binary call 1 InPlace "(&mut self, other: T)";
    __imul__ nb_inplace_multiply Binary call 1 InPlace "(&mut self, other: T)";
    __imatmul__ nb_inplace_matrix_multiply Binary call 1 InPlace "(&mut self, other: T)";
    __itruediv__ nb_inplace_true_divide Binary call 1 InPlace "(&mut self, other: T)";
    __ifloordiv__ nb_inplace_floor_divide Binary call 1 InPlace "(&mut self, other: T)";
    __imod__ nb_inplace_remainder Binary call 1 InPlace "(&mut self, other: T)";
    __ilshift__ nb_inplace_lshift Binary call 1 InPlace "(&mut self, other: T)";
    __irshift__ nb_inplace_rshift Binary call 1 InPlace "(&mut self, other: T)";
    __iand__ nb_inplace_and Binary call 1 InPlace "(&mut self, other: T)";
    __ixor__ nb_inplace_xor Binary call 1 InPlace "(&mut self, other: T)";
    __ior__ nb_inplace_or Binary call 1 InPlace "(&mut self, other: T)";
    __ipow__ nb_inplace_power InPlacePower call 1 InPlace "(&mut self, other: T)";

    __neg__ nb_negative Unary call 0 Object "(&self) -> U";
    __pos__ nb_positive Unary call 0 Object "(&self) -> U";
    __abs__ nb_absolute Unary call 0 Object "(&self) -> U";
    __invert__ nb_invert Unary call 0 Object "(&self) -> U";
    __int__ nb_int Unary call 0 Object "(&self) -> i64";
    __float__ nb_float Unary call 0 Object "(&self) -> f64";
    __index__ nb_index Unary call 0 Object "(&self) -> i64";

    __len__ mp_length Len call 0 Length "(&self) -> usize";
    __getitem__ mp_subscript Item call 1 Object "(&self, key: K) -> V";
    __setitem__ mp_ass_subscript SetItem set 2 Nothing "(&mut self, key: K, value: V)";
    __delitem__ mp_ass_subscript SetItem delete 1 Nothing "(&mut self, key: K)";
    __contains__ sq_contains Contains call 1 Truth "(&self, value: T) -> bool";
    __concat__ sq_concat Binary call 1 Object "(&self, other: T) -> U";
    __repeat__ sq_repeat Repeat call 1 Object "(&self, n: isize) -> U";
    __inplace_concat__ sq_inplace_concat Binary call 1 InPlace "(&mut self, other: T)";
    __inplace_repeat__ sq_inplace_repeat Repeat call 1 InPlace "(&mut self, n: isize)";

    __iter__ tp_iter Iter call 0 Object "(slf: &Handle<'ctx, Self>) -> I";
    __next__ tp_iternext Next call 0 NextItem "(&mut self) -> Option<T>";
    __await__ am_await Iter call 0 Object "(slf: &Handle<'ctx, Self>) -> I";
    __aiter__ am_aiter Iter call 0 Object "(slf: &Handle<'ctx, Self>) -> I";
    __anext__ am_anext AsyncNext call 0 NextItem "(&mut self) -> Option<T>";

    __getattribute__ tp_getattro GetAttr attribute 1 Object "(&self, name: &str) -> Result<T>";
    __getattr__ tp_getattro GetAttr missing 1 Object "(&self, name: &str) -> Result<T>";
    __setattr__ tp_setattro SetAttr set 2 Nothing "(&mut self, name: &str, value: T) -> Result<()>";
    __delattr__ tp_setattro SetAttr delete 1 Nothing "(&mut self, name: &str) -> Result<()>";
    __get__ tp_descr_get DescrGet call 2 Object
        "(&self, instance: &Handle<'ctx>, owner: &Handle<'ctx>) -> Result<T>";
    __set__ tp_descr_set DescrSet set 2 Nothing "(&self, instance: &Handle<'ctx>, value: T) -> Result<()>";
    __delete__ tp_descr_set DescrSet delete 1 Nothing "(&self, instance: &Handle<'ctx>) -> Result<()>";

    __buffer__ bf_getbuffer Buffer view 0 Memory "(&self) -> &[T]";
    __del__ tp_finalize Finalize call 0 Nothing "(&mut self)";
}

/// The entry of that name.
pub(crate) fn find(name: &str) -> Option<&'static Dunder> {
    DUNDERS.iter().find(|dunder| dunder.name == name)
}

/// A further slot that a method fills, as a class written in Python does, and its constructor.
pub(crate) fn also(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "__len__" => Some(("sq_length", "len")),
        "__getitem__" => Some(("sq_item", "get_at")),
        "__setitem__" | "__delitem__" => Some(("sq_ass_item", "set_at")),
        _ => None,
    }
}

/// Methods that are class methods without saying so, as in Python.
pub(crate) const CLASS_METHODS: &[&str] = &["__init_subclass__", "__class_getitem__"];

/// Does Python call a method of that name by itself?
pub(crate) fn is_special(name: &str) -> bool {
    find(name).is_some()
        || CLASS_METHODS.contains(&name)
        || ["__new__", "__init__", "__call__"].contains(&name)
}

/// The methods that tell which collection a class is, as [`Methods`](crate::model::Methods) has them.
pub(crate) const TOLD: &[&str] = &[
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
