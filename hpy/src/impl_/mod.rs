//! Support for the code that `hpy-macros` generates. Not for users: anything here may change in any release.

mod args;
mod attribute;
mod class;
mod construct;
mod convert;
mod derive;
mod doc;
mod enumeration;
mod function;
mod module;
mod operators;
mod output;
mod panic;
mod pickling;
mod receiver;
mod record;
mod slot;
mod trampoline;
mod variants;
mod with;

pub use crate::buffer::AnyView;
pub use crate::class::{
    Assign, Extendable, FieldSlot, Frozen, Mutable, Raised, Sendable, TypeSlot, Unsendable, assign_slot,
    check_size,
};
pub use crate::global::GlobalSlot;
pub use args::{
    Arguments, FunctionName, Params, Variadic, argument, argument_or_default, bind, bind_variadic,
    class_name, function_name, method_name, operand, variadic,
};
pub use attribute::{Attribute, GetSlot, SetSlot, read_only, read_write, write_only};
pub(crate) use class::class_of_the_crate;
pub use class::{
    AssignFields, AssignNothing, Attributes, ClassTable, Collection, FieldsProbe, FreeDef, Inside,
    MayHaveMethods, MayHideFields, MayHoldFields, Methods, NewMethod, Probe, VariantParts, add_attribute,
    add_class, add_match_args, add_variant, field_value, new_value,
};
pub use construct::{InitDef, NewDef, NewOutput, new_instance, new_output};
pub use convert::{
    Failed, attribute_of, converted, converted_with, dict_from, into_handle, item_of, missing, named_field,
    next_variant, no_variant, tuple_from, tuple_item, tuple_of, whole,
};
pub use derive::{add_repr, begin_repr, display, hash_of, ordered};
pub use doc::{doc, joined_doc, joined_doc_len, renamed_doc, renamed_doc_len};
pub use enumeration::{
    add_enumeration, enumeration_class, flags_value, is_member, member, member_object, text_value,
};
pub use function::{Convention, Function, FunctionDef, ModuleDef, Nobody, exported_def};
pub(crate) use module::host_name;
pub use module::{
    Module, ModuleDefs, ModuleTable, add_constant, host_mark, host_mark_len, hpy_init,
    hpy_init_global_context, init_output, iterator_class, panic_exception, py_init,
};
pub use operators::*;
pub use output::{Output, PassModule, detached, output, pass_module};
pub(crate) use panic::guard;
pub use pickling::{
    ConvertedField, FieldFrom, FieldOf, Kept, KeptFields, KeptProbe, NotKept, RestoredField,
    UnconvertedField, UnrestoredField,
};
pub use receiver::*;
pub use record::{
    FieldParam, Record, copy_def, deepcopy_def, reduce_def, reduce_unit_def, reduce_variant_def, replace_def,
};
pub use slot::{DefPair, slots};
pub use variants::{
    Variant, Variants, add_unit, compare_number, other_variant, out_of_range, place, unit, unit_repr,
    variant_object, variant_object_of, variant_repr,
};
pub use with::{argument_or_default_with, argument_with, variadic_with};
