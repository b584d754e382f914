//! Capsules: opaque pointers to Rust values that Python code passes around.

use core::ffi::{CStr, c_void};

use crate::core::markers::{PythonType, Type, new_handle};
use crate::core::{Context, Error, Handle, Result};

/// A capsule: a pointer with a name (`HPyCapsule`).
#[derive(Debug)]
pub enum Capsule {}

impl PythonType for Capsule {
    const NAME: &'static str = "PyCapsule";

    fn check(value: &Handle<'_>) -> Result<bool> {
        let ctx = value.ctx();
        // SAFETY: invariants 2 and 4.
        Ok(unsafe {
            hpy_host::calls::HPy_TypeCheck(ctx.raw(), value.as_raw(), (*ctx.raw()).h_CapsuleType) != 0
        })
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        // SAFETY: invariant 4: the constant is a type.
        Ok(ctx.constant::<Type>(unsafe { (*ctx.raw()).h_CapsuleType }).to_owned())
    }
}

impl Capsule {
    /// Creates a capsule around a `'static` value (`HPyCapsule_New`).
    ///
    /// Any code that knows the name can read the pointer, including other extensions. By CPython's convention, the name is that
    /// of the attribute that holds the capsule: `package.module.attribute`.
    ///
    /// # Safety
    ///
    /// The name of a capsule alone tells a reader the type of the value. `name` must therefore be defined by the calling crate. It
    /// must not be the name of another extension's capsule, such as `datetime.datetime_CAPI`, unless the value has the type that
    /// this name stands for. The documentation of the value must permit everything that readers do with it.
    ///
    /// ```
    /// # use hpy::{Context, Handle, Result, types::Capsule};
    /// static LIMITS: [u32; 2] = [10, 20];
    ///
    /// fn limits(ctx: Context<'_>) -> Result<Handle<'_, Capsule>> {
    ///     // SAFETY: the name is this module's own; it stands for two `u32`, to be read.
    ///     unsafe { Capsule::new(ctx, c"my_package.limits", &LIMITS) }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub unsafe fn new<'ctx, T: Sync>(
        ctx: Context<'ctx>,
        name: &'static CStr,
        value: &'static T,
    ) -> Result<Handle<'ctx, Capsule>> {
        let pointer: *const T = value;
        let pointer = pointer.cast_mut().cast::<c_void>();
        // SAFETY: invariant 2; pointer and name live for ever; there is no destructor.
        let h = unsafe {
            hpy_host::calls::HPyCapsule_New(ctx.raw(), pointer, name.as_ptr(), core::ptr::null_mut())
        };
        // SAFETY: a new capsule, or NULL with an exception.
        unsafe { new_handle(ctx, h) }
    }
}

impl Handle<'_, Capsule> {
    /// Returns whether this is a capsule with that name and a non-NULL pointer (`HPyCapsule_IsValid`).
    pub fn is_valid(&self, name: &CStr) -> bool {
        // SAFETY: invariant 2; the name is NUL-terminated.
        unsafe { hpy_host::calls::HPyCapsule_IsValid(self.ctx().raw(), self.as_raw(), name.as_ptr()) != 0 }
    }

    /// Returns the pointer (`HPyCapsule_GetPointer`). The name alone determines its type: access the value only as the crate that
    /// defined the name documents.
    ///
    /// # Errors
    ///
    /// Returns a `ValueError` if the capsule has another name.
    pub fn pointer(&self, name: &CStr) -> Result<*mut c_void> {
        let ctx = self.ctx();
        // SAFETY: invariant 2; the name is NUL-terminated.
        let pointer = unsafe {
            hpy_host::calls::HPyCapsule_Get(
                ctx.raw(),
                self.as_raw(),
                hpy_sys::HPyCapsule_key_Pointer,
                name.as_ptr(),
            )
        };
        if pointer.is_null() { Err(Error::fetch(ctx)) } else { Ok(pointer) }
    }
}
