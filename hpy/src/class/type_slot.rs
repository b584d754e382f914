//! [`TypeSlot`]: the type object of a Rust class in the running interpreter.

use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

use hpy_sys::{HPy, HPyContext, cpy_PyObject};

use super::payload::Payload;
use super::{Base, Class};
use crate::class::payload::locate::data_of;
use crate::core::exceptions::SystemError;
use crate::core::global::GlobalSlot;
use crate::core::host_checks::checks_self;
use crate::core::markers::{PythonType, Type};
use crate::core::{Context, Error, Global, Handle, Ref, Result, ffi};

/// The class object of `T`.
pub struct TypeSlot<T> {
    slot: ClassSlot,
    class: PhantomData<fn() -> T>,
}

impl<T> core::ops::Deref for TypeSlot<T> {
    type Target = ClassSlot;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &ClassSlot {
        &self.slot
    }
}

/// A class object: a pointer for the embedded host, a global for others.
#[doc(hidden)]
pub struct ClassSlot {
    object: AtomicPtr<cpy_PyObject>,
    /// The same, if an instance needs memory only.
    simple: AtomicPtr<cpy_PyObject>,
    global: Global<Type>,
    kept: Kept,
}

/// A handle on the class that is never closed, and the context that it belongs to.
///
/// HPy's rules let nobody use a handle in a later call. But those of PyPy's plain context are places in a table, where an
/// object stays until its handle is closed; and asking for a global three times makes `a + b` twice as slow there. Other
/// contexts, those of debug mode among them, have none.
struct Kept {
    ctx: AtomicPtr<HPyContext>,
    handle: AtomicIsize,
}

impl Kept {
    const fn new() -> Self {
        Kept { ctx: AtomicPtr::new(core::ptr::null_mut()), handle: AtomicIsize::new(0) }
    }

    fn set<'ctx>(&self, ctx: Context<'ctx>, class: &Handle<'ctx, Type>) {
        if ctx.name() == "HPy Universal ABI (PyPy backend)" {
            self.handle.store(class.clone().into_raw()._i, Ordering::Relaxed);
            self.ctx.store(ctx.raw(), Ordering::Release);
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn get(&self, ctx: Context<'_>) -> Option<HPy> {
        let kept = self.ctx.load(Ordering::Acquire) == ctx.raw();
        kept.then(|| HPy { _i: self.handle.load(Ordering::Relaxed) })
    }
}

impl<T> fmt::Debug for TypeSlot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypeSlot").finish_non_exhaustive()
    }
}

impl fmt::Debug for ClassSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClassSlot").finish_non_exhaustive()
    }
}

impl<T> TypeSlot<T> {
    /// Of a class that was not made yet.
    #[allow(clippy::new_without_default)] // one that is not a `static` is of no use
    pub const fn new() -> Self {
        let slot = ClassSlot {
            object: AtomicPtr::new(core::ptr::null_mut()),
            simple: AtomicPtr::new(core::ptr::null_mut()),
            global: Global::new(),
            kept: Kept::new(),
        };
        TypeSlot { slot, class: PhantomData }
    }

    /// For the table of the module.
    pub const fn global(&'static self) -> &'static GlobalSlot {
        self.slot.global.slot()
    }
}

impl ClassSlot {
    /// Keeps the class for the rest of the process (embedded host), or of the module's life. If there is one already, as two
    /// threads made it at the same time, that one stays and is given.
    ///
    /// # Errors
    ///
    /// The class that stays.
    pub(crate) fn set<'ctx>(
        &'static self,
        ctx: Context<'ctx>,
        class: &Handle<'ctx, Type>,
    ) -> core::result::Result<(), Handle<'ctx, Type>> {
        let lost = if ctx.is_embedded() {
            let object = ffi::object(class.clone().into_raw());
            let none = core::ptr::null_mut();
            // `Release`: who finds the pointer, by an `Acquire`, and reads the class sees what made it.
            match self.object.compare_exchange(none, object, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => {
                    // SAFETY: invariant 5: a live type.
                    if unsafe { hpy_host::are_simple(object) } {
                        self.simple.store(object, Ordering::Release);
                    }
                    false
                }
                Err(_) => {
                    // SAFETY: invariant 3: the handle that was just made, and that nobody else has.
                    drop(unsafe { Handle::<Type>::from_raw(ctx, HPy { _i: object as isize }) });
                    true
                }
            }
        } else {
            let kept = self.global.slot().store_first(ctx, class.as_any());
            let lost = !kept.is(class);
            if !lost {
                self.kept.set(ctx, class);
            }
            lost
        };
        match self.get(ctx) {
            Some(kept) if lost => Err(kept),
            _ => Ok(()),
        }
    }

    /// The class, borrowed, if it was made and the host has it at hand.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn at_hand<'ctx>(&'static self, ctx: Context<'ctx>) -> Option<Ref<'ctx, 'ctx, Type>> {
        let raw = if ctx.is_embedded() {
            HPy { _i: self.object.load(Ordering::Acquire) as isize }
        } else {
            self.kept.get(ctx)?
        };
        // SAFETY: invariant 11.
        if raw.is_null() { None } else { Some(unsafe { Ref::from_raw(ctx, raw) }) }
    }

    /// The class, if it was made.
    #[inline]
    pub(crate) fn get<'ctx>(&'static self, ctx: Context<'ctx>) -> Option<Handle<'ctx, Type>> {
        if !ctx.is_embedded() {
            return self.global.load(ctx);
        }
        let object = self.object.load(Ordering::Acquire);
        if object.is_null() {
            return None;
        }
        let raw = HPy { _i: object as isize };
        // SAFETY: invariants 3 and 5: the slot holds a reference on the class for ever, to which one is added.
        Some(unsafe { Handle::from_raw(ctx, ffi::dup(ctx, raw)) })
    }

    /// A new instance of exactly the class, where the embedded host makes it without further ado: NULL and an exception
    /// if there is no memory.
    ///
    /// # Safety
    ///
    /// The context is the embedded one: this thread runs Python.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn allocate(&self) -> Option<HPy> {
        // `Acquire`, as the class is read through the pointer: without a GIL no lock orders that after what made the class.
        let class = self.simple.load(Ordering::Acquire);
        if class.is_null() {
            return None;
        }
        // SAFETY: invariant 8: the slot holds the class; the caller's word.
        Some(HPy { _i: unsafe { hpy_host::allocate(class) } as isize })
    }

    /// Is it the class whose instances [`TypeSlot::allocate`] makes?
    ///
    /// The pointer is only compared with that of a live class, so a relaxed read will do; here as below.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn allocates(&self, class: &Handle<'_, Type>) -> bool {
        class.ctx().is_embedded() && ffi::object(class.as_raw()) == self.simple.load(Ordering::Relaxed)
    }

    /// The class in the embedded host; null if it was not made.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn object(&self) -> *mut cpy_PyObject {
        self.object.load(Ordering::Relaxed)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn is_exactly(&self, value: &Handle<'_>) -> bool {
        // SAFETY: invariant 5: the handle is a pointer to a live object.
        value.ctx().is_embedded()
            && unsafe { hpy_host::interp::type_of(ffi::object(value.as_raw())) }
                .is_some_and(|ty| ty == self.object())
    }
}

impl ClassSlot {
    /// The class.
    ///
    /// # Errors
    ///
    /// `SystemError` if it was not made.
    pub(crate) fn made<'ctx>(&'static self, ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx, Type>> {
        match self.get(ctx) {
            Some(class) => Ok(class),
            None => Err(not_made(name)),
        }
    }

    /// Is it an instance of the class or of a subclass?
    #[inline(never)]
    fn has_instance(&'static self, value: &Handle<'_>) -> bool {
        match self.at_hand(value.ctx()) {
            Some(class) => value.is_instance(&class),
            None => self.get(value.ctx()).is_some_and(|class| value.is_instance(&class)),
        }
    }

    /// `T::check`, for a class whose instances begin with that: compiled once.
    #[inline(never)]
    pub(crate) fn holds(&'static self, value: &Handle<'_>, shape: hpy_sys::HPyType_BuiltinShape) -> bool {
        let by_type = shape != hpy_sys::HPyType_BuiltinShape_Type || checks_self();
        by_type && self.is_exactly(value) || self.has_instance(value)
    }
}

impl<T: Class> PythonType for T {
    const NAME: &'static str = <T as Class>::NAME;
    const HAS_DATA: bool = true;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn check(value: &Handle<'_>) -> Result<bool> {
        let slot: &'static ClassSlot = T::slot();
        // A class's own type says little where Python code can change it: see `Instances` in `docs/unsafe.md`.
        let by_type = <T::Base as Base>::SHAPE != hpy_sys::HPyType_BuiltinShape_Type || checks_self();
        Ok(by_type && slot.is_exactly(value) || slot.has_instance(value))
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_self(value: &Handle<'_>) -> Result<bool> {
        Ok(T::slot().holds(value, <T::Base as Base>::SHAPE))
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        T::slot().made(ctx, <T as Class>::NAME)
    }
}

#[cold]
pub(crate) fn not_made(name: &str) -> Error {
    Error::new::<SystemError>(format!(
        "the class {name} is in no module that was imported, or this host can't make it: its module must have it, or `#[class] use` it"
    ))
}

/// The payload of an instance; `None` if the host gave the object no memory, as some do if `__new__` is skipped.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn payload_of<'a, T: Class>(object: &'a Handle<'_, T>) -> Option<&'a Payload<T>> {
    let data = own_data_of(object);
    // SAFETY: invariant 8: a live instance of the class or of a subclass.
    if data.is_null() { None } else { Some(unsafe { Payload::at(data) }) }
}

/// Returns the data of an instance, which contains the payloads of all its classes; NULL where [`payload_of`] is `None`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn own_data_of<T: Class>(object: &Handle<'_, T>) -> *mut core::ffi::c_void {
    hpy_host::interp::detach_check::check();
    // SAFETY: invariants 2, 5 and 8: a live instance of the class or of a subclass.
    unsafe { data_of(object.as_any(), <T::Base as Base>::SHAPE) }
}
