//! Attributes of plain fields. Their functions are compiled once for each type that a field can have; which field of which class
//! is meant says the closure that a host passes to a getter and a setter.

mod property_functions;

use core::ffi::{CStr, c_void};
use core::marker::PhantomData;

use hpy_sys::{HPy, HPyContext, HPyDef, cpy_PyObject};

use crate::call::definition::{Functions, Text, getset_def};
use crate::call::slot::{Outcome, getter, maybe, setter};
use crate::call::trampoline::{Body, Frame, Mode, NO_OBJECT, direct, failed, handle_of};
use crate::class::payload::Payload;
use crate::class::payload::borrow_flag::free_threaded;
use crate::class::payload::layout::{Layout, Shared, borrow_plain, value_offset, word};
use crate::class::{Class, ClassSlot};
use crate::core::exceptions::AttributeError;
use crate::core::markers::Any;
use crate::core::{Context, Error, FromPython, Handle, IntoPython, Ref, Result};

pub(in crate::class) use property_functions::{GetField, SetField};

/// The error of an attribute that can't be set or deleted.
#[cold]
pub(in crate::class) fn refuse(name: &CStr, verb: &str) -> Error {
    let name = name.to_string_lossy();
    Error::new::<AttributeError>(format!("can't {verb} attribute '{name}'"))
}

/// The attribute of a field of the class `C`, as the macro hands it over.
#[derive(Debug)]
#[repr(C)]
pub struct FieldAttribute<C = Any> {
    name: Text,
    doc: Text,
    pub(in crate::class) place: &'static FieldPlace,
    class: PhantomData<fn(&C)>,
}

/// A field: where it is, and what reads and writes it. Fields of one type that stand in one place of their classes share it.
#[derive(Debug)]
pub(in crate::class) struct FieldPlace {
    /// Where it is in the payload.
    offset: usize,
    pub(in crate::class) get: Option<FieldGetter>,
    pub(in crate::class) set: Option<Body>,
}

// SAFETY: constant data; its pointers are to functions.
unsafe impl Sync for FieldPlace {}

/// What reads a field.
#[derive(Debug)]
pub(in crate::class) struct FieldGetter {
    /// For a host of any kind.
    body: Body,
    /// For CPython itself, in the embedded host.
    direct: *const c_void,
    /// The same as a method: for PyPy's own host.
    pub(in crate::class) method: *const c_void,
}

/// The place of a field `offset` bytes into the value of `C`, as one number.
pub const fn field_place<C: Class>(offset: usize) -> u64 {
    ((align_of::<Payload<C>>() as u64) << 32) | (value_offset::<C>() + offset) as u64
}

impl<C: Class> FieldAttribute<C> {
    /// The table of a class for code that is compiled once.
    pub(in crate::class) const fn erased(attributes: &'static [Self]) -> &'static [FieldAttribute] {
        // SAFETY: `repr(C)`, and the class is no part of the layout.
        unsafe { core::slice::from_raw_parts(attributes.as_ptr().cast(), attributes.len()) }
    }

    const fn new(name: &'static CStr, doc: &'static CStr, place: &'static FieldPlace) -> Self {
        FieldAttribute { name: Text::new(name), doc: Text::new(doc), place, class: PhantomData }
    }

    /// One that can only be read.
    ///
    /// The last parameter is never called: it has the compiler compare `V` with the type of the field at that place. A pointer that
    /// can be written through coerces to no other type.
    pub const fn read_only<V, const PLACE: u64>(
        name: &'static CStr,
        doc: &'static CStr,
        _: fn(&mut C) -> *mut V,
    ) -> Self
    where
        V: for<'ctx> IntoPython<'ctx> + Clone + 'static,
    {
        Self::new(name, doc, const { &Place::<V, PLACE>::of(Some(Place::<V, PLACE>::GETTER), None) })
    }

    /// One that can be read and set.
    pub const fn read_write<V, const PLACE: u64>(
        name: &'static CStr,
        doc: &'static CStr,
        _: fn(&mut C) -> *mut V,
    ) -> Self
    where
        V: for<'ctx> IntoPython<'ctx> + for<'a, 'ctx> FromPython<'a, 'ctx> + Clone + 'static,
    {
        const { assert!(!<C::Mutability as crate::class::Mutability>::FROZEN, "a frozen class has no setters") };
        let place = const { &Place::<V, PLACE>::of(Some(Place::<V, PLACE>::GETTER), Some(set::<V>)) };
        Self::new(name, doc, place)
    }

    /// One that can only be set.
    pub const fn write_only<V, const PLACE: u64>(
        name: &'static CStr,
        doc: &'static CStr,
        _: fn(&mut C) -> *mut V,
    ) -> Self
    where
        V: for<'a, 'ctx> FromPython<'a, 'ctx> + 'static,
    {
        const { assert!(!<C::Mutability as crate::class::Mutability>::FROZEN, "a frozen class has no setters") };
        Self::new(name, doc, const { &Place::<V, PLACE>::of(None, Some(set::<V>)) })
    }
}

// SAFETY: constant data; its pointers are to constant data and to functions.
unsafe impl<C> Sync for FieldAttribute<C> {}

impl FieldAttribute {
    pub(in crate::class) fn name(&self) -> &'static CStr {
        self.name.get().unwrap_or_default()
    }

    pub(in crate::class) fn doc(&self) -> &'static CStr {
        self.doc.get().unwrap_or_default()
    }
}

/// A place with the type of the field.
struct Place<V, const PLACE: u64>(PhantomData<V>);

impl<V: 'static, const PLACE: u64> Place<V, PLACE> {
    #[allow(clippy::cast_possible_truncation, reason = "32 bits")]
    const OFFSET: usize = (PLACE & u32::MAX as u64) as usize;
    #[allow(clippy::cast_possible_truncation, reason = "32 bits")]
    const ALIGN: usize = (PLACE >> 32) as usize;

    const fn of(get: Option<FieldGetter>, set: Option<Body>) -> FieldPlace {
        assert!(
            Self::OFFSET % align_of::<V>() == 0 && Self::ALIGN >= align_of::<V>(),
            "a field of a packed struct can't be borrowed, so it can't be an attribute"
        );
        FieldPlace { offset: Self::OFFSET, get, set }
    }
}

impl<V: for<'ctx> IntoPython<'ctx> + Clone + 'static, const PLACE: u64> Place<V, PLACE> {
    const GETTER: FieldGetter = FieldGetter {
        body: get::<V>,
        direct: direct_get::<V> as *const c_void,
        method: Self::method as *const c_void,
    };

    /// The getter as a method.
    ///
    /// # Safety
    ///
    /// Only for PyPy's own host to call, by the rules of a method without arguments.
    unsafe extern "C" fn method(ctx: *mut HPyContext, this: HPy) -> HPy {
        let place: &'static [usize; 2] = const { &[Self::OFFSET, Self::ALIGN] };
        // SAFETY: the host's word.
        unsafe { getter::given_body(ctx, this, core::ptr::from_ref(place).cast_mut().cast(), get_plain::<V>) }
    }
}

/// What the closure of such an attribute points at: made with the class, and there for ever.
pub(in crate::class) struct FieldAccess {
    /// Where in an instance the payload begins, if it is a short way there: CPython, in the embedded host. Else 0.
    short: usize,
    /// Where in an instance the field is then.
    field: usize,
    attribute: &'static FieldAttribute,
    layout: &'static Layout,
    slot: &'static ClassSlot,
}

// SAFETY: constant data; its pointers are to functions.
unsafe impl Sync for FieldAccess {}

impl FieldAccess {
    /// `direct`: for functions that CPython calls, in the embedded host.
    pub(in crate::class) fn new(
        attribute: &'static FieldAttribute,
        layout: &'static Layout,
        slot: &'static ClassSlot,
        direct: bool,
    ) -> &'static Self {
        // Without a GIL, to count the borrows of a frozen value would have the threads wait for each other.
        let short = if direct && layout.is_plain() && !(layout.frozen && free_threaded()) {
            hpy_host::interp::header() + layout.start as usize
        } else {
            0
        };
        Box::leak(Box::new(FieldAccess {
            short,
            field: short + attribute.place.offset,
            attribute,
            layout,
            slot,
        }))
    }

    /// The definition for a host.
    pub(in crate::class) fn definition(&'static self, direct: bool) -> HPyDef {
        let FieldAttribute { doc, place, .. } = self.attribute;
        let get = place.get.as_ref().map_or(Functions::NONE, |get| Functions {
            hpy: hpy_get as *const c_void,
            portable: cpy_get as *const c_void,
            direct: get.direct,
        });
        let set = place.set.map_or(Functions::NONE, |_| Functions {
            hpy: hpy_set as *const c_void,
            portable: cpy_set as *const c_void,
            direct: direct_set as *const c_void,
        });
        let closure = core::ptr::from_ref(self).cast_mut().cast();
        getset_def(self.attribute.name(), *doc, &get, &set, closure, direct)
    }

    /// Sees to it that `this` is an instance.
    fn check(&self, mode: Mode, this: &Handle<'_>) -> Result<()> {
        if mode.checks_self() { Ok(()) } else { self.layout.check(self.slot, this) }
    }
}

/// The access of a closure.
///
/// # Safety
///
/// The closure that [`FieldAccess::definition`] gave.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn access_of(closure: *mut c_void) -> &'static FieldAccess {
    // SAFETY: the caller's word.
    unsafe { &*closure.cast() }
}

/// A copy of a field whose value is borrowed.
///
/// # Safety
///
/// It is a `V`.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn copy<V: Clone>(field: *const u8, borrowed: Shared<'_>) -> V {
    // SAFETY: the caller's word.
    let value = unsafe { (*field.cast::<V>()).clone() };
    drop(borrowed);
    value
}

/// The body of a getter; its words are the instance and the closure.
///
/// # Safety
///
/// The host's word for a call of a getter.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn get<V: for<'ctx> IntoPython<'ctx> + Clone>(ctx: *mut HPyContext, mode: Mode, frame: &mut Frame) {
    let [this, closure, ..] = frame.words;
    // SAFETY: the host's word; nothing of `'ctx` outlives this function.
    unsafe {
        let ctx = Context::from_raw(ctx);
        let access = access_of(closure);
        if mode == Mode::Direct && access.short != 0 {
            let object: *mut u8 = this.cast();
            let payload = object.add(access.short);
            let word = word(payload);
            let value: V = match word.borrow() {
                Ok(((), atomic)) => copy(object.add(access.field), Shared::counted(payload, word, atomic)),
                Err(why) => return failed(ctx, access.layout.refused(why, payload)),
            };
            return give(ctx, frame, value);
        }
        let this = Ref::from_raw(ctx, handle_of(this));
        match get_by_layout::<V>(mode, &this, access) {
            Ok(value) => give(ctx, frame, value),
            Err(error) => failed(ctx, error),
        }
    }
}

/// # Safety
///
/// As for [`get`].
#[inline(never)]
unsafe fn get_by_layout<V: Clone>(mode: Mode, this: &Handle<'_>, access: &FieldAccess) -> Result<V> {
    // SAFETY: the caller's word; just seen to be an instance.
    unsafe {
        access.check(mode, this)?;
        let borrowed = access.layout.borrow(this)?;
        Ok(copy(borrowed.payload.add(access.attribute.place.offset), borrowed))
    }
}

/// [`get`] as a method of PyPy's own host, for classes that are plain there: the closure has offset and alignment.
///
/// # Safety
///
/// As there.
unsafe fn get_plain<V: for<'ctx> IntoPython<'ctx> + Clone>(ctx: *mut HPyContext, _: Mode, frame: &mut Frame) {
    let [this, place, ..] = frame.words;
    // SAFETY: the host's word: it calls a method with an instance of its class; nothing of `'ctx` outlives this function.
    unsafe {
        let ctx = Context::from_raw(ctx);
        let [offset, align] = *place.cast::<[usize; 2]>();
        match borrow_plain(&Ref::from_raw(ctx, handle_of(this)), align) {
            Ok(borrowed) => give::<V>(ctx, frame, copy(borrowed.payload.add(offset), borrowed)),
            Err(error) => failed(ctx, error),
        }
    }
}

/// Converts the value of a field.
#[cfg_attr(not(debug_assertions), inline(always))]
fn give<'ctx, V: IntoPython<'ctx>>(ctx: Context<'ctx>, frame: &mut Frame, value: V) {
    match value.into_python(ctx) {
        Ok(object) => frame.result = object.into_any().word(),
        Err(error) => failed(ctx, error.into()),
    }
}

/// The body of a setter; its words are the instance, the value or NULL, and the closure.
///
/// # Safety
///
/// The host's word for a call of a setter.
unsafe fn set<V: for<'a, 'ctx> FromPython<'a, 'ctx>>(ctx: *mut HPyContext, mode: Mode, frame: &mut Frame) {
    let [this, value, closure, _] = frame.words;
    // SAFETY: the host's word; nothing of `'ctx` outlives this function.
    unsafe {
        let ctx = Context::from_raw(ctx);
        let this = Ref::from_raw(ctx, handle_of(this));
        match assign::<V>(mode, &this, maybe(ctx, handle_of(value)), access_of(closure)) {
            Ok(()) => frame.result = ().word(),
            Err(error) => failed(ctx, error),
        }
    }
}

/// # Safety
///
/// As for [`set`].
unsafe fn assign<V: for<'a, 'ctx> FromPython<'a, 'ctx>>(
    mode: Mode,
    this: &Handle<'_>,
    value: Option<Ref<'_, '_>>,
    access: &FieldAccess,
) -> Result<()> {
    access.check(mode, this)?;
    let (name, place) = (access.attribute.name(), access.attribute.place);
    let Some(value) = value else { return Err(refuse(name, "delete")) };
    let value = match V::from_python(&value) {
        Ok(new) => new,
        Err(error) => {
            let error: Error = error.into();
            return Err(error.for_attribute(&name.to_string_lossy(), value.as_raw()));
        }
    };
    // SAFETY: the caller's word; an instance, as just seen; the macro gives frozen classes no setters.
    let old = unsafe {
        let borrowed = access.layout.borrow_mut(this)?;
        borrowed.payload.add(place.offset).cast::<V>().replace(value)
    };
    drop(old); // what that runs may use the instance
    Ok(())
}

/// A getter that CPython calls in the embedded host.
///
/// # Safety
///
/// Only for a host to call, by the rules of a getter.
unsafe extern "C" fn direct_get<V: for<'ctx> IntoPython<'ctx> + Clone>(
    this: *mut cpy_PyObject,
    closure: *mut c_void,
) -> *mut cpy_PyObject {
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe { direct(get::<V>, [this.cast(), closure, NO_OBJECT, NO_OBJECT], NO_OBJECT).cast() }
}

/// A setter that CPython calls in the embedded host.
///
/// # Safety
///
/// Only for a host to call, by the rules of a setter.
unsafe extern "C" fn direct_set(
    this: *mut cpy_PyObject,
    value: *mut cpy_PyObject,
    closure: *mut c_void,
) -> core::ffi::c_int {
    // SAFETY: the host's word.
    unsafe { setter::direct_body(this, value, closure, setter_of(closure)) }
}

/// # Safety
///
/// Only for a host to call, by the rules of a getter.
unsafe extern "C" fn hpy_get(ctx: *mut HPyContext, this: HPy, closure: *mut c_void) -> HPy {
    // SAFETY: the host's word.
    unsafe {
        let body = access_of(closure).attribute.place.get.as_ref().map_or(nothing as Body, |get| get.body);
        getter::given_body(ctx, this, closure, body)
    }
}

/// # Safety
///
/// Only for a host to call, by the rules of a setter.
unsafe extern "C" fn hpy_set(
    ctx: *mut HPyContext,
    this: HPy,
    value: HPy,
    closure: *mut c_void,
) -> core::ffi::c_int {
    // SAFETY: the host's word.
    unsafe { setter::given_body(ctx, this, value, closure, setter_of(closure)) }
}

/// # Safety
///
/// As for [`access_of`].
unsafe fn setter_of(closure: *mut c_void) -> Body {
    // SAFETY: the caller's word.
    unsafe { access_of(closure) }.attribute.place.set.unwrap_or(nothing)
}

/// In the place of a function that an attribute lacks: none calls it.
unsafe fn nothing(_: *mut HPyContext, _: Mode, _: &mut Frame) {}

/// # Safety
///
/// Only for a host to call, by the rules of a getter.
unsafe extern "C" fn cpy_get(this: *mut cpy_PyObject, closure: *mut c_void) -> *mut cpy_PyObject {
    // SAFETY: a function of this signature.
    unsafe { getter::through(this, closure, hpy_get as *const c_void) }
}

/// # Safety
///
/// Only for a host to call, by the rules of a setter.
unsafe extern "C" fn cpy_set(
    this: *mut cpy_PyObject,
    value: *mut cpy_PyObject,
    closure: *mut c_void,
) -> core::ffi::c_int {
    // SAFETY: a function of this signature.
    unsafe { setter::through(this, value, closure, hpy_set as *const c_void) }
}
