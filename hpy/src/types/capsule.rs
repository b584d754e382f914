//! Capsules: Rust values that Python code passes around and never looks into.

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
    /// A new capsule around a value that lives for ever (`HPyCapsule_New`).
    ///
    /// Whoever knows the name can get at it: other extensions, too. By CPython's convention, the name is that of the attribute
    /// that holds the capsule, `package.module.attribute`.
    ///
    /// # Safety
    ///
    /// A capsule's name is all that tells a reader the type of what the pointer points at. So `name` must be one that this
    /// crate has defined, and never that of another extension's capsule (`datetime.datetime_CAPI`, say), unless the value
    /// has the type which that name stands for. What readers do with the value must be allowed by its documentation.
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
    /// `MemoryError`.
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
    /// Returns whether this is a capsule of that name with a pointer (`HPyCapsule_IsValid`).
    pub fn is_valid(&self, name: &CStr) -> bool {
        // SAFETY: invariant 2; the name is NUL-terminated.
        unsafe { hpy_host::calls::HPyCapsule_IsValid(self.ctx().raw(), self.as_raw(), name.as_ptr()) != 0 }
    }

    /// The pointer (`HPyCapsule_GetPointer`). What it points at is for the two parties to agree on; the name alone says it, so
    /// read through it only what the crate that defined the name documents.
    ///
    /// # Errors
    ///
    /// `ValueError` if the capsule has another name.
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
