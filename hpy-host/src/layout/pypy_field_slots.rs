//! [`FieldSlots`]: hidden slots for the values of fields, on PyPy. [`pypy_fields`](crate::instance::pypy_fields) says why.

use core::ffi::CStr;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::api;
use crate::capi::embedded_context::address;
use crate::capi::fault::{Fault, Kind, mistake};
use crate::capi::handle::object;
use crate::capi::tuple::pack;
use crate::capi::types::{PyObject, PyTypeObject};
use crate::interp::{Implementation, Owned, interpreter};
use crate::layout::type_layout::{self, DescrSet};

/// How many fields an instance has slots for, and a chunk.
pub(crate) const COUNT: usize = 8;
/// The slot that leads to the last chunk, and in a chunk to the one before it.
pub(crate) const MORE: usize = COUNT;
/// The names of the slots, while they have some.
const NAMES: [&CStr; COUNT + 1] = [c"_0", c"_1", c"_2", c"_3", c"_4", c"_5", c"_6", c"_7", c"_more"];

/// A class with hidden slots for the values of fields.
#[derive(Debug)]
pub(crate) struct FieldSlots {
    pub(crate) class: *mut PyTypeObject,
    /// The descriptors, which are all that leads to the slots. They belong to this, which lives for ever.
    members: [*mut PyObject; COUNT + 1],
}

// SAFETY: never changed, and its objects are used by threads that run Python only.
unsafe impl Send for FieldSlots {}
// SAFETY: as above.
unsafe impl Sync for FieldSlots {}

/// `tp_descr_set` of the descriptors of slots; 0 before there are any.
static SET: AtomicUsize = AtomicUsize::new(0);
/// The slots below each class that has needed some, by its address. They keep the class alive.
static KNOWN: Mutex<Option<HashMap<usize, &'static FieldSlots>>> = Mutex::new(None);

/// Returns the slots for instances of a type with fields that is about to be made: those of its base, or new ones. `None`
/// where the collector sees fields by itself.
///
/// # Safety
///
/// A live type, the base; this thread runs Python.
pub(crate) unsafe fn slots_below(
    base: *mut PyTypeObject,
    of_base: Option<&'static FieldSlots>,
) -> Result<Option<&'static FieldSlots>, Fault> {
    if interpreter().is_none_or(|known| known.implementation != Implementation::PyPy) {
        return Ok(None);
    }
    match of_base {
        Some(slots) => Ok(Some(slots)),
        // SAFETY: the caller's word.
        None => unsafe { below(base).map(Some) },
    }
}

/// The bases of a type that has these slots: a new tuple, with the class that has them in the place of `base`.
///
/// # Safety
///
/// `bases` is null for `(base,)`, or a tuple.
pub(crate) unsafe fn bases(
    slots: &FieldSlots,
    base: *mut PyTypeObject,
    bases: *mut PyObject,
) -> Result<Owned, Fault> {
    // SAFETY: the caller's word; the items of a tuple that is alive.
    unsafe {
        let mut all = vec![slots.class];
        if !bases.is_null() {
            let old = (0..(api().PyTuple_Size)(bases)).map(|i| (api().PyTuple_GetItem)(bases, i));
            all = old.map(|ty| if ty == base { slots.class } else { ty }).collect();
        }
        let tuple = pack(all.as_ptr(), all.len());
        if tuple.is_null() { Err(Fault::Raised) } else { Ok(Owned(tuple)) }
    }
}

/// Returns whether it is a class with hidden slots.
pub(crate) fn is_slots_class(ty: *mut PyTypeObject) -> bool {
    if SET.load(Ordering::Relaxed) == 0 {
        return false;
    }
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.iter().flat_map(HashMap::values).any(|slots| slots.class == ty)
}

/// Returns the slots below `base`, a live type.
pub(crate) unsafe fn below(base: *mut PyTypeObject) -> Result<&'static FieldSlots, Fault> {
    let find = || {
        let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().and_then(|known| known.get(&base.addr()).copied())
    };
    if let Some(slots) = find() {
        return Ok(slots);
    }
    // SAFETY: the caller's word. No lock is held: other threads may run Python meanwhile, and make the same.
    let made: &'static FieldSlots = Box::leak(Box::new(unsafe { make(base) }?));
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(known.get_or_insert_default().entry(base.addr()).or_insert(made))
}

/// `class Fields(base): __slots__ = …`, and takes the names away.
unsafe fn make(base: *mut PyTypeObject) -> Result<FieldSlots, Fault> {
    // SAFETY: the caller's word; what fails leaves an exception.
    unsafe {
        let api = api();
        let new =
            |object: *mut PyObject| if object.is_null() { Err(Fault::Raised) } else { Ok(Owned(object)) };
        let text = |text: &CStr| new((api.PyUnicode_FromString)(text.as_ptr()));
        let names = NAMES.iter().map(|name| text(name)).collect::<Result<Vec<_>, _>>()?;
        let items: Vec<_> = names.iter().map(|name| name.0).collect();
        let tuple = new(pack(items.as_ptr(), items.len()))?;
        let namespace = new((api.PyDict_New)())?;
        let module = text(c"hpy_host")?;
        for (key, value) in [(c"__slots__", &tuple), (c"__module__", &module)] {
            if (api.PyDict_SetItem)(namespace.0, text(key)?.0, value.0) < 0 {
                return Err(Fault::Raised);
            }
        }
        let bases = new(pack(&base, 1))?;
        let name = text(c"Fields")?;
        let args = [name.0, bases.0, namespace.0];
        let args = new(pack(args.as_ptr(), args.len()))?;
        let ty = object((*address()).h_TypeType);
        let class = new((api.PyObject_Call)(ty, args.0, null_mut()))?;

        let mut members = [null_mut(); COUNT + 1];
        for (member, name) in members.iter_mut().zip(&names) {
            let descriptor = new((api.PyObject_GetAttr)(class.0, name.0))?;
            *member = object(descriptor.into_handle());
        }
        let set = descr_set(members[0])?;
        for name in names.iter().chain([&text(c"__slots__")?]) {
            if (api.PyObject_DelAttr)(class.0, name.0) < 0 {
                return Err(Fault::Raised);
            }
        }
        SET.store(set as usize, Ordering::Relaxed);
        Ok(FieldSlots { class: object(class.into_handle()), members })
    }
}

unsafe fn descr_set(member: *mut PyObject) -> Result<DescrSet, Fault> {
    // SAFETY: the caller's word: a live object.
    unsafe {
        match type_layout::descr_set(type_layout::type_of(member)) {
            Some(set) => Ok(set),
            None => mistake(Kind::System, "tp_descr_set of a slot can't be found in memory"),
        }
    }
}

/// Puts an object into a slot; false if that failed, without an exception.
pub(crate) unsafe fn set(slots: &FieldSlots, slot: usize, of: *mut PyObject, value: *mut PyObject) -> bool {
    // SAFETY: there are slots, so the function is known.
    unsafe {
        let set = core::mem::transmute::<usize, DescrSet>(SET.load(Ordering::Relaxed));
        let good = set(slots.members[slot], of, value) == 0;
        if !good {
            (api().PyErr_Clear)();
        }
        good
    }
}
