//! [`PayloadOffset`]: offset of the payload within an instance, which depends on the builtin shape.

use core::ffi::c_void;
use std::sync::OnceLock;

use hpy_sys::cast::{key, signed, unsigned};
use hpy_sys::*;

use crate::capi::handle::object;
use crate::capi::import_error::ImportError;
use crate::capi::types::PyObject;
use crate::interp::payload::{ALIGNMENT, TAG_ROOM, aligned};
use crate::interp::{Implementation, interpreter, is_cpython};
use crate::layout::external_payload;
use crate::layout::type_extras::SHAPE_EXCEPTION;
use crate::layout::type_info::{self, TypeInfo};
use crate::layout::type_layout::{self, basic_size, word};

/// Returns the bytes that a type tag takes before the payload, before that is aligned.
#[inline]
fn tag_room() -> usize {
    if is_cpython() { 0 } else { TAG_ROOM }
}

/// Offset of the payload in instances of a builtin shape.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PayloadOffset {
    /// At this offset.
    At(usize),
    /// After the items: the instance's payload follows `basic` bytes and items of `item` bytes each.
    AfterItems { basic: usize, item: usize },
    /// Outside the instance: see [`external_payload`].
    External,
}

/// Room for the items that every such instance has, and for rounding.
pub(crate) const SLACK: usize = 2 * ALIGNMENT;

/// In the order of the shapes' numbers.
static PLACES: OnceLock<[PayloadOffset; 9]> = OnceLock::new();

/// Returns the offset of the payload for a shape; `None` if there is no such shape.
///
/// # Safety
///
/// This thread runs Python, and the layout is known.
pub(crate) unsafe fn of(shape: HPyType_BuiltinShape) -> Result<Option<PayloadOffset>, ImportError> {
    let places = match PLACES.get() {
        Some(places) => places,
        None => {
            // SAFETY: the caller's word.
            let found = unsafe { look_for_places() }?;
            PLACES.get_or_init(|| found)
        }
    };
    Ok(usize::try_from(shape).ok().and_then(|shape| places.get(shape)).copied())
}

/// Returns the payload of an instance of a shape that has a type already.
///
/// # Safety
///
/// An instance of a type of that shape, or of a subclass; its memory may be read.
pub(crate) unsafe fn payload(instance: *mut PyObject, shape: HPyType_BuiltinShape) -> *mut c_void {
    let place = PLACES.get().and_then(|places| places.get(key(shape)));
    // SAFETY: the caller's word: the instance is as large as the place says.
    unsafe {
        match place {
            Some(PayloadOffset::At(offset)) => instance.byte_add(*offset).cast(),
            Some(PayloadOffset::AfterItems { basic, item }) => {
                instance.byte_add(aligned(basic + item * items(instance, shape))).cast()
            }
            Some(PayloadOffset::External) => aside_data(instance),
            None => crate::interp::payload(instance),
        }
    }
}

/// How many items an `int` or a `tuple` has room for; an `int` has room for one at least, outside of CPython for none.
unsafe fn items(instance: *mut PyObject, shape: HPyType_BuiltinShape) -> usize {
    let Some(known) = interpreter() else { return 0 };
    let cpython = known.implementation == Implementation::CPython;
    // SAFETY: the caller's word: the word after the header says it.
    let size = signed(unsafe { word(instance, known.header) }.addr());
    match shape {
        HPyType_BuiltinShape_Tuple => size.unsigned_abs(),
        _ if !cpython => 0,
        _ if known.version >= (3, 12) => (unsigned(size) >> 3).max(1),
        _ => size.unsigned_abs().max(1),
    }
}

unsafe fn look_for_places() -> Result<[PayloadOffset; 9], ImportError> {
    let header = interpreter().map_or(0, |known| known.header);
    let on_pypy = interpreter().is_some_and(|known| known.implementation == Implementation::PyPy);
    let room = tag_room();
    let mut places = [PayloadOffset::At(aligned(header + room)); 9];
    let context = crate::capi::embedded_context::address();
    // SAFETY: the caller's word; constants of the context.
    unsafe {
        for (shape, ty) in [
            (HPyType_BuiltinShape_Type, (*context).h_TypeType),
            (HPyType_BuiltinShape_Long, (*context).h_LongType),
            (HPyType_BuiltinShape_Float, (*context).h_FloatType),
            (HPyType_BuiltinShape_Unicode, (*context).h_UnicodeType),
            (HPyType_BuiltinShape_Tuple, (*context).h_TupleType),
            (HPyType_BuiltinShape_List, (*context).h_ListType),
            (HPyType_BuiltinShape_Dict, (*context).h_DictType),
        ] {
            let basic = basic_size(object(ty))?.max(header) + room;
            places[key(shape)] = match shape {
                HPyType_BuiltinShape_Long => PayloadOffset::AfterItems { basic, item: 4 },
                HPyType_BuiltinShape_Tuple => PayloadOffset::AfterItems { basic, item: size_of::<usize>() },
                HPyType_BuiltinShape_Type if on_pypy => PayloadOffset::External,
                _ => PayloadOffset::At(aligned(basic)),
            };
        }
        // One place for all exceptions, behind the largest of them.
        let mut largest = header;
        for ty in [
            (*context).h_BaseException,
            (*context).h_SyntaxError,
            (*context).h_OSError,
            (*context).h_UnicodeEncodeError,
            (*context).h_ImportError,
            (*context).h_NameError,
            (*context).h_AttributeError,
            (*context).h_StopIteration,
            (*context).h_SystemExit,
        ] {
            largest = largest.max(basic_size(object(ty))?);
        }
        places[SHAPE_EXCEPTION as usize] = PayloadOffset::At(aligned(largest + room));
    }
    Ok(places)
}

/// Returns the external payload of an instance. A module in C asks for it without a look at the type first: then the instance
/// is taken for one of the type of ours that is nearest to its own.
///
/// # Safety
///
/// A live instance of a type of ours, whose data is beside it.
unsafe fn aside_data(instance: *mut PyObject) -> *mut c_void {
    if external_payload::known_tag(instance).is_none() {
        // SAFETY: the caller's word.
        unsafe {
            if let Some((info, _)) = type_info::nearest(type_layout::type_of(instance)) {
                external_payload::tag(instance, info);
            }
        }
    }
    external_payload::payload(instance)
}

/// Returns the payload of an instance of a type of the embedded host, by the type's shape. Null if it has none: some objects that
/// GraalPy's builtin classes make are not in memory.
///
/// # Safety
///
/// A live instance of a type of that shape, which the embedded host has made, or of a subclass.
#[inline]
pub unsafe fn payload_or_null(instance: *mut PyObject, shape: HPyType_BuiltinShape) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe {
        if type_layout::unreadable(instance) {
            return core::ptr::null_mut();
        }
        payload(instance, shape)
    }
}

/// Returns the payload of an instance.
///
/// # Safety
///
/// An instance of the type that `info` stands for.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn payload_of(instance: *mut PyObject, info: &TypeInfo) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe {
        if info.shape == HPyType_BuiltinShape_Object {
            crate::interp::payload(instance)
        } else {
            payload(instance, info.shape)
        }
    }
}
