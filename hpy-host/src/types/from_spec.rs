//! Creation of heap types from HPy's specs (`HPyType_FromSpec`).

use core::ffi::{CStr, c_int, c_uint, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use hpy_sys::cast::key;
use hpy_sys::{
    HPy, HPy_TPFLAGS_BASETYPE, HPy_TPFLAGS_HAVE_GC, HPy_TPFLAGS_HAVE_VECTORCALL, HPyContext,
    HPyType_BuiltinShape_Tuple, HPyType_BuiltinShape_Type, HPyType_Spec, HPyType_SpecParam,
};

use crate::api;
use crate::capi::fault::{Fault, Kind, mistake};
use crate::capi::handle::{handle, object};
use crate::capi::interned;
use crate::capi::types::{
    METH_NOARGS, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_DEFAULT, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HAVE_VECTORCALL,
    Py_tp_call, Py_tp_clear, Py_tp_dealloc, Py_tp_doc, Py_tp_getset, Py_tp_members, Py_tp_methods,
    Py_tp_traverse, PyMethodDef, PyObject, PyType_Slot, PyType_Spec, PyTypeObject,
};
use crate::instance::class_attribute;
use crate::instance::creation;
use crate::instance::dealloc;
use crate::instance::fields;
use crate::instance::slot_methods;
use crate::interp::docstring::{docstring, without_signature};
use crate::interp::payload::aligned;
use crate::interp::{Implementation, Interpreter, Owned, interpreter};
use crate::layout::payload_offset::{self, PayloadOffset, SLACK};
use crate::layout::pypy_field_slots;
use crate::layout::type_extras::{HAS_DICT, HAS_OBJECTS, HAS_WEAKREFS, SHAPE_EXCEPTION, TypeExtras};
use crate::layout::type_info::{self, DictOffsets, Finalize, TypeInfo, WrappedSlots};
use crate::layout::type_layout::{self, Checks};
use crate::layout::type_tag;
use crate::types::buffer_slots;
use crate::types::check;
use crate::types::definitions;
use crate::types::metaclass;
use crate::types::slots::{self, Parts};

/// `HPyType_FromSpec`, also for what HPy can't say: a new handle, or NULL with an exception.
///
/// # Safety
///
/// HPy's rules; `extras` is null, or valid and alive for ever.
pub(crate) unsafe fn from_spec(
    _: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
    extras: *const TypeExtras,
) -> HPy {
    // SAFETY: the caller's word.
    unsafe {
        match make(&*spec, params, extras.as_ref()) {
            Ok(ty) => handle(ty),
            Err(fault) => {
                fault.raise();
                HPy::NULL
            }
        }
    }
}

/// What a type is made of, before the interpreter makes it.
struct Plan {
    parts: Parts,
    info: TypeInfo,
    basic_size: usize,
    flags: c_uint,
    /// Whether the type counts as made by Python code: its base is, so its instances are deallocated by the interpreter.
    plain: bool,
    /// Methods for the finished type.
    late_methods: Vec<PyMethodDef>,
    /// Whether the spec and the [`TypeInfo`] of its base say everything about its instances. Not if the base is a type that is not
    /// ours and may end, or a metaclass has a say.
    repeatable: bool,
}

unsafe fn make(
    spec: &HPyType_Spec,
    params: *mut HPyType_SpecParam,
    extras: Option<&TypeExtras>,
) -> Result<*mut PyTypeObject, Fault> {
    // SAFETY: the caller's word.
    unsafe {
        check::check_spec(spec)?;
        let name = definitions::name_of(spec.name);
        let params = check::read_params(params, &name)?;
        let metaclass = params.metaclass.map(object);
        if let Some(metaclass) = metaclass {
            metaclass::check(metaclass, &name)?;
        }
        type_info::set_dealloc(dealloc::dealloc);
        let checks = Checks { has_data_of: type_tag::has_data_of, fits: type_info::fits_in_memory };
        let Some(known) = interpreter() else { return mistake(Kind::System, "no module was imported yet") };
        type_layout::find(checks)
            .or_else(|reason| mistake(Kind::System, format!("type {name}: {}", reason.as_str())))?;
        let place = payload_offset::of(spec.builtin_shape)
            .or_else(|reason| mistake(Kind::System, reason.as_str()))?;
        let hidden = spec.builtin_shape == SHAPE_EXCEPTION && extras.is_none();
        let Some(place) = place.filter(|_| !hidden) else {
            return mistake(Kind::Value, format!("invalid shape: {} (type {name})", spec.builtin_shape));
        };
        if spec.basicsize != 0 {
            check::check_payload_support(known, spec.builtin_shape, &name)?;
        }
        let bases = bases(&params)?;
        let base = match &bases {
            Some(bases) => best_base(bases),
            None => object((*crate::capi::embedded_context::address()).h_BaseObjectType),
        };
        let mut parts = Parts::read(spec.defines, place, &name)?;
        if type_layout::is_of_python(base) {
            check::check_adds_nothing(spec, &parts, &name)?;
        }
        let flags = extras.map_or(0, |extras| extras.flags);
        // Without the flag, those who made the extras know of no such member.
        parts.objects = extras.filter(|_| flags & HAS_OBJECTS != 0).map(|extras| extras.objects);
        if let (PayloadOffset::At(start), Some(own_start @ 1..)) =
            (place, extras.map(|extras| extras.own_start))
        {
            check::check_base_size(base, start + own_start, &name)?;
        }
        let mut plan = plan(spec, known, parts, place, base, flags & (HAS_DICT | HAS_WEAKREFS), &name)?;
        if let Some(extras) = extras {
            crate::types::extra_slots::add(&mut plan.parts, extras);
            // From 3.9 on an instance of a heap type owns its type, and is to say so.
            plan.info.says_type = known.implementation == Implementation::CPython && known.version >= (3, 9);
        }
        plan.repeatable = metaclass.is_none()
            && match &bases {
                None => true,
                Some(bases) => {
                    (api().PyTuple_Size)(bases.0) == 1
                        && (base == object((*crate::capi::embedded_context::address()).h_BaseObjectType)
                            || type_info::of(base).is_some())
                }
            };
        let mut bases = bases;
        let inherited = plan.info.base.is_some_and(|base| base.field_slots.is_some());
        if let Some(slots) = plan.info.field_slots.filter(|_| !inherited) {
            let old = bases.as_ref().map_or(null_mut(), |bases| bases.0);
            bases = Some(pypy_field_slots::bases(slots, base, old)?);
        }
        build(spec, known, plan, bases.as_ref(), metaclass)
    }
}

/// The bases as a tuple; `None` for `object` alone.
unsafe fn bases(params: &check::Params) -> Result<Option<Owned>, Fault> {
    // SAFETY: the caller's word.
    unsafe {
        if let Some(tuple) = params.tuple {
            if !crate::layout::type_check::is_instance(
                object(tuple),
                (*crate::capi::embedded_context::address()).h_TupleType,
            ) {
                return mistake(Kind::Type, "HPyType_SpecParam_BasesTuple is not a tuple");
            }
            return Ok(Some(Owned::share(object(tuple))));
        }
        if params.bases.is_empty() {
            return Ok(None);
        }
        let tuple = crate::capi::tuple::pack(params.bases.as_ptr().cast(), params.bases.len());
        if tuple.is_null() { Err(Fault::Raised) } else { Ok(Some(Owned(tuple))) }
    }
}

/// The base whose instances are the largest: the one that says what instances begin with.
unsafe fn best_base(bases: &Owned) -> *mut PyTypeObject {
    // SAFETY: the caller's word: a tuple. What is no type, the interpreter refuses.
    unsafe {
        let mut best = object((*crate::capi::embedded_context::address()).h_BaseObjectType);
        let mut size = 0;
        for i in 0..(api().PyTuple_Size)(bases.0) {
            let base = (api().PyTuple_GetItem)(bases.0, i);
            if !crate::layout::type_check::is_instance(
                base,
                (*crate::capi::embedded_context::address()).h_TypeType,
            ) {
                continue;
            }
            let this = type_layout::basic_size(base).unwrap_or(0);
            if this > size {
                (best, size) = (base, this);
            }
        }
        best
    }
}

/// Decides sizes and flags.
unsafe fn plan(
    spec: &HPyType_Spec,
    known: &Interpreter,
    mut parts: Parts,
    place: PayloadOffset,
    base: *mut PyTypeObject,
    extra_flags: u32,
    name: &str,
) -> Result<Plan, Fault> {
    // SAFETY: the caller's word.
    let (base_size, base_info) = unsafe {
        let size = type_layout::basic_size(base).or_else(|reason| mistake(Kind::System, reason.as_str()))?;
        (size, type_info::nearest(base).map(|(info, _)| info))
    };
    let Ok(size) = usize::try_from(spec.basicsize) else {
        return mistake(Kind::Value, format!("basicsize is negative: {}", spec.basicsize));
    };
    let mut basic_size = match place {
        _ if size == 0 => 0,
        PayloadOffset::External => 0,
        PayloadOffset::At(start) => start + size,
        PayloadOffset::AfterItems { basic, .. } => aligned(basic + size) + SLACK,
    };
    // The items of a class, its `__slots__`, stand behind what its metaclass adds.
    let base_has_items = spec.builtin_shape != HPyType_BuiltinShape_Type
        // SAFETY: the caller's word.
        && unsafe { type_layout::has_items(base) };
    let has_items = base_has_items || spec.itemsize != 0;
    if size == 0 && parts.stored > 0 {
        return mistake(Kind::Type, "Type claims to have basicsize==0 but defines members");
    }
    if size != 0 && !matches!(place, PayloadOffset::External) {
        let begins = match place {
            PayloadOffset::At(start) => start,
            PayloadOffset::AfterItems { basic, .. } => basic,
            PayloadOffset::External => 0,
        };
        // A place at a fixed offset, behind which the base has items.
        let overlaps = base_has_items && matches!(place, PayloadOffset::At(_));
        let fits = !overlaps
            && base_info.is_some_and(|info| info.shape == spec.builtin_shape)
            && base_size <= basic_size;
        if (overlaps || base_size > begins) && !fits {
            return mistake(
                Kind::Type,
                format!(
                    "type {name} can't have data of its own ({size} bytes, at {begins}): instances of its base have \
                     {base_size} bytes; the shape must be the base's, and the data must begin with the base's data"
                ),
            );
        }
    }

    let mut call_offset = parts.call_offset.unwrap_or(0);
    if parts.call.is_some() {
        if has_items || !matches!(place, PayloadOffset::At(_)) {
            return mistake(
                Kind::Type,
                format!("Cannot use HPy call protocol with var objects (type {name})"),
            );
        }
        if call_offset != 0 {
            let text = "Cannot have HPy_tp_call and explicit member '__vectorcalloffset__'. Specify just one of them.";
            return mistake(Kind::Type, text);
        }
        call_offset = basic_size.max(base_size).next_multiple_of(size_of::<usize>());
        basic_size = call_offset + size_of::<usize>();
    }
    if spec.flags & HPy_TPFLAGS_HAVE_VECTORCALL != 0 && call_offset == 0 && base_info.is_none() {
        let text =
            "has HPy_TPFLAGS_HAVE_VECTORCALL, but neither HPy_tp_call nor a member '__vectorcalloffset__'";
        return mistake(Kind::Type, format!("type {name} {text}"));
    }

    let dict_offsets = match extra_flags {
        0 => DictOffsets::default(),
        _ if !matches!(place, PayloadOffset::At(_)) || has_items => {
            let text = "can't have a __dict__ or weak references: its instances have no fixed size";
            return mistake(Kind::Type, format!("type {name} {text}"));
        }
        _ => {
            basic_size = basic_size.max(base_size);
            {
                let offsets = DictOffsets::place(known, extra_flags, &mut basic_size);
                parts.getsets.extend(offsets.getset());
                offsets.members(known).for_each(|(name, offset)| parts.announce(name, offset));
                offsets
            }
        }
    };

    let mut flags = Py_TPFLAGS_DEFAULT;
    if spec.flags & HPy_TPFLAGS_BASETYPE != 0 {
        flags |= Py_TPFLAGS_BASETYPE;
    }
    if call_offset != 0 {
        if known.implementation == Implementation::CPython && known.version >= (3, 9) {
            flags |= Py_TPFLAGS_HAVE_VECTORCALL;
            parts.announce(slots::CALL_OFFSET, call_offset);
        }
        parts.push(Py_tp_call, creation::call as *mut c_void);
    }
    let has_objects = parts.objects.is_some() || base_info.is_some_and(|info| info.has_objects);
    let collected = spec.flags & HPy_TPFLAGS_HAVE_GC != 0 || extra_flags & HAS_DICT != 0 || has_objects;
    if collected && fields::are_traversed() {
        flags |= Py_TPFLAGS_HAVE_GC;
        parts.push(Py_tp_traverse, dealloc::traverse as *mut c_void);
        parts.push(Py_tp_clear, dealloc::clear as *mut c_void);
    }
    let is_root = base_info.is_none() && spec.builtin_shape != HPyType_BuiltinShape_Type;
    if known.implementation == Implementation::GraalPy && is_root {
        parts.getsets.push(class_attribute::ATTRIBUTE);
    }
    if let Some(finalize) = parts.finalize {
        add_finalizer(&mut parts, finalize);
    }
    let field_slots = if parts.traverse.is_some() {
        // SAFETY: the caller's word: a live type.
        unsafe { pypy_field_slots::slots_below(base, base_info.and_then(|info| info.field_slots)) }?
    } else {
        base_info.and_then(|info| info.field_slots)
    };
    // SAFETY: the caller's word: HPy's rules for slots.
    let (wrapped, late_methods) =
        unsafe { WrappedSlots::of(known, &parts.slots, base_info.map(|info| info.wrapped)) };
    let mut info = TypeInfo {
        wrapped,
        shape: spec.builtin_shape,
        size: if size == 0 { base_info.map_or(0, |info| info.size) } else { size },
        traverse: parts.traverse.filter(|_| fields::are_traversed()),
        objects: parts.objects.filter(|_| fields::are_traversed()),
        has_objects: has_objects && fields::are_traversed(),
        dict_offsets: dict_offsets.or(base_info),
        has_fields: fields::are_traversed()
            && (parts.traverse.is_some() || base_info.is_some_and(|info| info.has_fields)),
        field_slots,
        has_destroy: parts.destroy.is_some() || base_info.is_some_and(|info| info.has_destroy),
        // SAFETY: the caller's word.
        base_dealloc: unsafe { dealloc::base_dealloc(base) },
        simple: false,
        destroy: parts.destroy,
        call: parts.call.or(base_info.and_then(|info| info.call)),
        call_offset: if call_offset != 0 {
            call_offset
        } else {
            base_info.map_or(0, |info| info.call_offset)
        },
        finalize: parts.finalize.or(base_info.and_then(|info| info.finalize)),
        says_type: base_info.is_some_and(|info| info.says_type),
        collected: AtomicBool::new(false),
        instance_size: AtomicUsize::new(0),
        base: base_info,
    };
    info.simple = base_info.is_none()
        && info.base_dealloc.is_none()
        && info.finalize.is_none()
        && info.dict_offsets.is_none()
        && !info.has_fields
        && known.implementation == Implementation::CPython // elsewhere they are tagged
        && flags & Py_TPFLAGS_HAVE_GC == 0;
    // SAFETY: the caller's word.
    let plain = unsafe { type_layout::is_of_python(base) };
    Ok(Plan { parts, info, basic_size, flags, plain, late_methods, repeatable: false })
}

/// Gives a type its finalizer. PyPy does not ask for `tp_finalize`, and its dying objects must not be used: there the
/// finalizer is the method `__del__`, which PyPy calls while the object is alive.
fn add_finalizer(parts: &mut Parts, finalize: Finalize) {
    if dealloc::has_finalizers() {
        return parts.push(hpy_sys::HPy_tp_finalize, finalize as *mut c_void);
    }
    parts.methods.push(PyMethodDef {
        ml_name: c"__del__".as_ptr(),
        ml_meth: dealloc::del as *const c_void,
        ml_flags: METH_NOARGS,
        ml_doc: core::ptr::null(),
    });
}

/// What the host knows of the type, alive for ever. A type that is made again from the same spec gets what was made the first
/// time, as it is the same in all that matters to instances: what they have, and the functions that are called with them.
fn keep(info: TypeInfo, words: Option<Vec<usize>>) -> &'static TypeInfo {
    let Some(words) = words else { return Box::leak(Box::new(info)) };
    let mut info = Some(info);
    let made = interned::once(words, &mut || {
        info.take().map_or(0, |info| (&raw const *Box::leak(Box::new(info))).expose_provenance())
    });
    // SAFETY: made above, now or before, as it is asked for once only; never freed.
    unsafe { &*core::ptr::with_exposed_provenance(made) }
}

/// A list that lives for ever. One that leads to a type that is not made again can't have been made before.
fn list<T: interned::Words>(repeatable: bool, list: Vec<T>) -> *mut T {
    if repeatable { interned::list(list) } else { list.leak().as_mut_ptr() }
}

/// All that the [`TypeInfo`] of a repeatable type follows from, and the spec itself: two specs are two types, whatever they say.
fn words(spec: &HPyType_Spec, plan: &Plan) -> Vec<usize> {
    let Plan { parts, info, basic_size, flags, plain, late_methods, repeatable: _ } = plan;
    let mut words = vec![
        interned::kind::OWN,
        (&raw const *spec).addr(),
        spec.name.addr(),
        spec.doc.addr(),
        key(spec.basicsize),
        key(spec.itemsize),
        // A `long`: 32 bits on Windows, never more than a word.
        usize::try_from(spec.flags).unwrap_or(usize::MAX),
        *basic_size,
        *flags as usize,
        usize::from(*plain),
        info.base.map_or(0, |base| (&raw const *base).addr()),
    ];
    parts.add(&mut words);
    info.add(&mut words);
    interned::add_all(late_methods, &mut words);
    words
}

/// Has the interpreter make the type. What it is made of lives for ever.
unsafe fn build(
    spec: &HPyType_Spec,
    known: &Interpreter,
    plan: Plan,
    bases: Option<&Owned>,
    metaclass: Option<*mut PyTypeObject>,
) -> Result<*mut PyTypeObject, Fault> {
    let words = if plan.repeatable { Some(words(spec, &plan)) } else { None };
    let Plan { mut parts, info, basic_size, flags, plain, late_methods, repeatable } = plan;
    let info = keep(info, words);
    let mut method_list = vec![type_info::leading_entry(info)];
    method_list.append(&mut parts.methods);
    method_list.push(PyMethodDef::END);
    // SAFETY: the caller's word: names and texts are alive; the lists are, as they are leaked.
    unsafe {
        parts.push(Py_tp_methods, list(repeatable, method_list).add(1).cast());
        if !plain {
            parts.push(Py_tp_dealloc, dealloc::dealloc_of(info));
        }
        let doc = docstring(spec.name, spec.doc);
        if !doc.is_null() {
            parts.push(Py_tp_doc, doc.cast_mut().cast());
        }
        if !parts.members.is_empty() {
            let members = slots::members(core::mem::take(&mut parts.members));
            parts.push(Py_tp_members, members);
        }
        if !parts.getsets.is_empty() {
            let getsets = slots::getsets(core::mem::take(&mut parts.getsets));
            parts.push(Py_tp_getset, getsets);
        }
        let late_buffer = !buffer_slots::are_slots(known);
        if !late_buffer {
            buffer_slots::push(&mut parts);
        }
        let buffer = parts.buffer;
        parts.slots.push(PyType_Slot { slot: 0, pfunc: null_mut() });
        let Ok(basicsize) = c_int::try_from(basic_size) else {
            return mistake(Kind::System, format!("instances of {basic_size} bytes are too large"));
        };
        // PyPy does not inherit it through a class of Python's own, which the one with the slots is.
        let itemsize = match (spec.itemsize, info.field_slots, spec.builtin_shape) {
            (0, Some(_), HPyType_BuiltinShape_Tuple) => const { if size_of::<usize>() == 8 { 8 } else { 4 } },
            (itemsize, ..) => itemsize,
        };
        let mut made_of = PyType_Spec {
            name: interned::name(CStr::from_ptr(spec.name)),
            basicsize,
            itemsize,
            flags,
            slots: list(repeatable, parts.slots),
        };
        let bases = bases.map_or(null_mut(), |bases| bases.0);
        let ty: *mut PyObject = match metaclass {
            Some(metaclass) => {
                metaclass::make(&mut made_of, without_signature(spec.name, spec.doc), bases, metaclass)
            }
            None if bases.is_null() => (api().PyType_FromSpec)(&mut made_of),
            None => (api().PyType_FromSpecWithBases)(&mut made_of, bases),
        };
        if ty.is_null() {
            return Err(Fault::Raised);
        }
        if !plain && type_info::nearest(ty).is_none_or(|(found, _)| !core::ptr::eq(found, info)) {
            (api().Py_DecRef)(ty);
            return mistake(Kind::System, "a type that was just made can't be found in memory again");
        }
        if late_buffer {
            buffer_slots::set(ty, buffer);
        }
        let cuts_signatures = known.implementation == Implementation::CPython && known.version < (3, 10);
        if cuts_signatures && without_signature(spec.name, doc) != doc && !type_layout::set_doc(ty, doc) {
            (api().Py_DecRef)(ty);
            return Err(Fault::Raised);
        }
        if !slot_methods::assign(ty, late_methods) {
            (api().Py_DecRef)(ty);
            return Err(Fault::Raised);
        }
        type_tag::add(info, ty);
        info.dict_offsets.set_late(known, ty);
        let collected = type_layout::flags(ty) & Py_TPFLAGS_HAVE_GC != 0;
        info.collected.store(collected && fields::are_traversed(), Ordering::Relaxed);
        Ok(ty)
    }
}
