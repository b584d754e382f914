//! Support for the code that `hpy-macros` generates. Not public API: anything in here may change in any release.
//!
//! This module only re-exports: each item is defined in the room of its subject.

pub use crate::buffer::AnyView;
pub use crate::call::arguments::{Arguments, Slot as ArgumentSlot, bind, bind_positional, bind_variadic};
pub use crate::call::conversion::{argument, argument_or_default, convert, operand, variadic};
pub use crate::call::definition::{Definition, ModuleDef};
pub use crate::call::docstring::{
    doc, joined_doc, joined_doc_len, renamed_doc, renamed_doc_len, renamed_names, renamed_names_len,
};
pub use crate::call::from_py_with::{argument_or_default_with, argument_with, variadic_with};
pub use crate::call::function::{FunctionDef, exported_def};
pub use crate::call::function_trait::{Convention, Function, Nobody};
pub use crate::call::params::{Params, name_of_class};
pub use crate::call::result::{Output, PassModule, detached, output, pass_module, shared_output};
pub use crate::call::slot_numbers as slots;
pub use crate::class::bases::builtin::Raised;
pub use crate::class::derived::copy::{Record, copy_def, deepcopy_def, reduce_def, replace_def};
pub use crate::class::derived::pickle::{
    ConvertedField, FieldFrom, FieldOf, KeptFields, KeptProbe, NotKept, RestoredField, UnconvertedField,
    UnrestoredField,
};
pub use crate::class::derived::repr_hash_order::{add_repr, begin_repr, display, hash_of, ordered};
pub use crate::class::field_attribute::{FieldAttribute, field_place};
pub use crate::class::fields::assign_slot;
pub use crate::class::fields::detect::{
    AssignFields, AssignNothing, FieldsProbe, Inside, MayHideFields, MayHoldFields, MayOwnObjects,
    ObjectsProbe, Owned, Probe, VisitNothing, VisitOwned,
};
pub use crate::class::fields::storage::{Assign, FieldSlot};
pub use crate::class::instance::constructor::{
    ByHandle, ByParts, ByValue, InResult, InitDef, NewDef, NewOutput, new_instance, new_output,
};
pub use crate::class::methods::borrowed_arguments::*;
pub use crate::class::methods::property::{Attribute, GetSlot, SetSlot, read_only, read_write, write_only};
pub use crate::class::methods::receiver::*;
pub use crate::class::methods::slot::{Slot, SlotDef};
pub use crate::class::operators::results::*;
pub use crate::class::operators::*;
pub use crate::class::payload::{Frozen, Mutable, Sendable, Unsendable, check_size};
pub use crate::class::tables::{
    Attributes, ClassTable, Collection, Extendable, ExtraDef, ExtraMethods, FreeDef, Kept, MayHaveMethods,
    Methods, NewMethod, told,
};
pub use crate::class::type_object::add_class;
pub use crate::class::type_object::attribute_values::{
    add_attribute, add_match_args, field_value, new_value,
};
pub use crate::class::type_slot::TypeSlot;
pub use crate::convert::derived::{
    Failed, attribute_of, converted, converted_with, dict_from, into_handle, item_of, missing, named_field,
    next_variant, no_variant, tuple_from, tuple_item, tuple_of, whole,
};
pub use crate::core::Visitor;
pub use crate::core::global::GlobalSlot;
pub use crate::enums::data_enum::{VariantParts, add_variant};
pub use crate::enums::pickle::{FieldParam, reduce_unit_def, reduce_variant_def};
pub use crate::enums::py_enum_class::{
    add_enumeration, enumeration_class, flags_value, is_member, member, member_object, text_value,
};
pub use crate::enums::variant::{
    Variant, Variants, add_unit, compare_number, other_variant, out_of_range, place, unit, unit_repr,
    variant_object, variant_object_of, variant_repr,
};
pub use crate::module::submodule::{Submodule, add_submodule, no_submodule};
pub use crate::module::{
    InitOutput, Module, ModuleTable, add_constant, function_class, host_mark, host_mark_len, hpy_init,
    hpy_init_global_context, init_output, iterator_class, panic_exception, py_init,
};
