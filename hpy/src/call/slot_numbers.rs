//! Numbers of the slots that the macros name.

pub use hpy_sys::{
    HPy_mp_ass_subscript, HPy_mp_length, HPy_mp_subscript, HPy_nb_absolute, HPy_nb_add, HPy_nb_and,
    HPy_nb_bool, HPy_nb_divmod, HPy_nb_float, HPy_nb_floor_divide, HPy_nb_index, HPy_nb_inplace_add,
    HPy_nb_inplace_and, HPy_nb_inplace_floor_divide, HPy_nb_inplace_lshift, HPy_nb_inplace_matrix_multiply,
    HPy_nb_inplace_multiply, HPy_nb_inplace_or, HPy_nb_inplace_power, HPy_nb_inplace_remainder,
    HPy_nb_inplace_rshift, HPy_nb_inplace_subtract, HPy_nb_inplace_true_divide, HPy_nb_inplace_xor,
    HPy_nb_int, HPy_nb_invert, HPy_nb_lshift, HPy_nb_matrix_multiply, HPy_nb_multiply, HPy_nb_negative,
    HPy_nb_or, HPy_nb_positive, HPy_nb_power, HPy_nb_remainder, HPy_nb_rshift, HPy_nb_subtract,
    HPy_nb_true_divide, HPy_nb_xor, HPy_sq_ass_item, HPy_sq_concat, HPy_sq_contains, HPy_sq_inplace_concat,
    HPy_sq_inplace_repeat, HPy_sq_item, HPy_sq_length, HPy_sq_repeat, HPy_tp_hash, HPy_tp_repr,
    HPy_tp_richcompare, HPy_tp_str,
};
