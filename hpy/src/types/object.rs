//! Methods of all Python objects: `Handle<'ctx, T>` for every `T`.

use hpy_sys::HPy;

use crate::core::exceptions::IndexError;
use crate::core::markers::{PythonType, Str, Tuple, Type};
use crate::core::{Error, FromPython, Handle, IntoPython, Result};

/// The comparison that [`Handle::compare`] makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum CompareOp {
    /// `<`
    Lt = 0,
    /// `<=`
    Le = 1,
    /// `==`
    Eq = 2,
    /// `!=`
    Ne = 3,
    /// `>`
    Gt = 4,
    /// `>=`
    Ge = 5,
}

impl<'ctx, T> Handle<'ctx, T> {
    /// Takes the result of a call of the context.
    pub(super) fn object(&self, raw: HPy) -> Result<Handle<'ctx>> {
        // SAFETY: invariant 3: every caller passes what a function of the context just returned.
        unsafe { Handle::from_result(self.ctx(), raw) }
    }

    /// Takes a result that is negative on failure.
    fn status(&self, rc: core::ffi::c_int) -> Result<bool> {
        if rc < 0 { Err(Error::fetch(self.ctx())) } else { Ok(rc != 0) }
    }

    /// Returns whether both handles are on the same object (`is`, `HPy_Is`).
    pub fn is<U>(&self, other: &Handle<'ctx, U>) -> bool {
        if self.ctx().is_embedded() {
            return self.as_raw()._i == other.as_raw()._i;
        }
        // SAFETY: invariant 2.
        unsafe { hpy_host::calls::HPy_Is(self.ctx().raw(), self.as_raw(), other.as_raw()) != 0 }
    }

    /// Returns whether the object is `None`.
    pub fn is_none(&self) -> bool {
        self.is(&self.ctx().none())
    }

    /// `type(self)` (`HPy_Type`).
    ///
    /// # Errors
    ///
    /// None that HPy documents.
    pub fn type_(&self) -> Result<Handle<'ctx, Type>> {
        // SAFETY: invariants 2 and 3: a new handle on a type.
        unsafe { Handle::from_result(self.ctx(), hpy_host::calls::HPy_Type(self.ctx().raw(), self.as_raw())) }
    }

    /// Returns whether `type(self)` is the class or a subclass of it (`HPy_TypeCheck`). `__instancecheck__` is not asked.
    pub fn is_instance(&self, class: &Handle<'ctx, Type>) -> bool {
        // SAFETY: invariant 2.
        unsafe { hpy_host::calls::HPy_TypeCheck(self.ctx().raw(), self.as_raw(), class.as_raw()) != 0 }
    }

    /// `isinstance(self, class)`: asks `__instancecheck__`, so that abstract classes answer for what is registered with them.
    /// `class` may be a tuple of classes. [`Handle::is_instance`] goes by the type alone.
    ///
    /// # Errors
    ///
    /// `TypeError` if it is no class, or what `__instancecheck__` raised.
    pub fn isinstance<U>(&self, class: &Handle<'ctx, U>) -> Result<bool> {
        let args = Tuple::from_handles(self.ctx(), &[self.as_any().clone(), class.as_any().clone()])?;
        self.ctx().builtins().getitem("isinstance")?.call_tuple(&args, None)?.is_true()
    }

    /// Returns whether the object is an instance of the marker type or of a subclass.
    ///
    /// # Errors
    ///
    /// What looking up the type raised; an object of another type is `Ok(false)`.
    #[inline]
    pub fn is_a<U: PythonType>(&self) -> Result<bool> {
        U::check(self.as_any())
    }

    /// Returns the same handle, typed as a `U`.
    ///
    /// # Errors
    ///
    /// `TypeError` if it is none; or what looking up the type raised.
    pub fn downcast<U: PythonType>(&self) -> Result<&Handle<'ctx, U>> {
        if U::check(self.as_any())? {
            // SAFETY: just checked.
            Ok(unsafe { self.cast_unchecked() })
        } else {
            Err(Error::type_mismatch(U::NAME, self))
        }
    }

    /// Turns into a handle on a `U`.
    ///
    /// # Errors
    ///
    /// `TypeError` if it is none; or what looking up the type raised.
    pub fn downcast_into<U: PythonType>(self) -> Result<Handle<'ctx, U>> {
        if U::check(self.as_any())? {
            // SAFETY: just checked.
            Ok(unsafe { self.cast_into_unchecked() })
        } else {
            Err(Error::type_mismatch(U::NAME, &self))
        }
    }

    /// Converts to a Rust value: `handle.extract::<i64>()?`.
    ///
    /// # Errors
    ///
    /// What [`FromPython`] says for the type.
    pub fn extract<'a, V: FromPython<'a, 'ctx>>(&'a self) -> Result<V> {
        V::from_python(self.as_any()).map_err(Into::into)
    }

    /// `self.name` (`HPy_GetAttr`).
    ///
    /// # Errors
    ///
    /// `AttributeError`, or what the attribute's getter raised.
    pub fn getattr(&self, name: &str) -> Result<Handle<'ctx>> {
        getattr(self.as_any(), name)
    }

    /// Returns whether there is an attribute of that name, as Python's `hasattr`.
    ///
    /// # Errors
    ///
    /// What the lookup raised, unless that is an `AttributeError`: a `KeyboardInterrupt`, a `MemoryError` or a failing
    /// property does not count as "no".
    pub fn hasattr(&self, name: &str) -> Result<bool> {
        hasattr(self.as_any(), name)
    }

    /// `self.name = value` (`HPy_SetAttr`).
    ///
    /// # Errors
    ///
    /// `AttributeError`, what a setter or the conversion of the value raised.
    pub fn setattr(&self, name: &str, value: impl IntoPython<'ctx>) -> Result<()> {
        let value = value.into_python(self.ctx()).map_err(Into::into)?;
        setattr(self.as_any(), name, value.as_raw())
    }

    /// `del self.name`.
    ///
    /// # Errors
    ///
    /// `AttributeError`, or what the deleter raised.
    pub fn delattr(&self, name: &str) -> Result<()> {
        setattr(self.as_any(), name, HPy::NULL)
    }

    /// `self[key]` (`HPy_GetItem`).
    ///
    /// # Errors
    ///
    /// `KeyError`, `IndexError`, `TypeError` for an object without items, or what `__getitem__` raised.
    pub fn getitem(&self, key: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let key = key.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_GetItem(ctx.raw(), self.as_raw(), key.as_raw()) })
    }

    /// `self[index]` of a sequence, without an `int` object (`HPy_GetItem_i`).
    ///
    /// # Errors
    ///
    /// `IndexError`, `TypeError` for an object without items, or what `__getitem__` raised.
    pub fn item(&self, index: usize) -> Result<Handle<'ctx>> {
        let Ok(index) = isize::try_from(index) else {
            return Err(Error::new::<IndexError>(format!("no sequence has an item {index}")));
        };
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_GetItem_i(self.ctx().raw(), self.as_raw(), index) })
    }

    /// `self[key] = value` (`HPy_SetItem`).
    ///
    /// # Errors
    ///
    /// `IndexError`, `TypeError` for an object that takes no items, or what `__setitem__` raised.
    pub fn setitem(&self, key: impl IntoPython<'ctx>, value: impl IntoPython<'ctx>) -> Result<()> {
        let ctx = self.ctx();
        let key = key.into_python(ctx).map_err(Into::into)?;
        let value = value.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2.
        self.status(unsafe {
            hpy_host::calls::HPy_SetItem(ctx.raw(), self.as_raw(), key.as_raw(), value.as_raw())
        })
        .map(drop)
    }

    /// `del self[key]` (`HPy_DelItem`).
    ///
    /// # Errors
    ///
    /// `KeyError`, `IndexError`, `TypeError`, or what `__delitem__` raised.
    pub fn delitem(&self, key: impl IntoPython<'ctx>) -> Result<()> {
        let ctx = self.ctx();
        let key = key.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2.
        self.status(unsafe { hpy_host::calls::HPy_DelItem(ctx.raw(), self.as_raw(), key.as_raw()) }).map(drop)
    }

    /// `value in self` (`HPy_Contains`).
    ///
    /// # Errors
    ///
    /// `TypeError` for an object that is no container, or what `__contains__` raised.
    pub fn contains(&self, value: impl IntoPython<'ctx>) -> Result<bool> {
        let ctx = self.ctx();
        let value = value.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2.
        self.status(unsafe { hpy_host::calls::HPy_Contains(ctx.raw(), self.as_raw(), value.as_raw()) })
    }

    /// Returns whether the object's type is exactly that constant of its context, and no subclass.
    pub(crate) fn has_type(&self, constant: HPy) -> bool {
        let (ctx, raw) = (self.ctx(), self.as_raw());
        // SAFETY: invariants 2, 4 and 5; the new handle is closed.
        unsafe {
            if crate::core::ffi::is_exactly(ctx, raw, constant) {
                return true;
            }
            let own = hpy_host::calls::HPy_Type(ctx.raw(), raw);
            let same = !own.is_null() && hpy_host::calls::HPy_Is(ctx.raw(), own, constant) != 0;
            crate::core::ffi::close(ctx, own);
            same
        }
    }

    /// `len(self)` (`HPy_Length`).
    ///
    /// # Errors
    ///
    /// `TypeError` for an object without a length, or what `__len__` raised.
    pub fn len(&self) -> Result<usize> {
        // SAFETY: invariant 2.
        let len = unsafe { hpy_host::calls::HPy_Length(self.ctx().raw(), self.as_raw()) };
        usize::try_from(len).map_err(|_| Error::fetch(self.ctx()))
    }

    /// `len(self) == 0`.
    ///
    /// # Errors
    ///
    /// As [`Handle::len`].
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// `bool(self)` (`HPy_IsTrue`).
    ///
    /// # Errors
    ///
    /// What `__bool__` or `__len__` raised.
    pub fn is_true(&self) -> Result<bool> {
        // SAFETY: invariant 2.
        self.status(unsafe { hpy_host::calls::HPy_IsTrue(self.ctx().raw(), self.as_raw()) })
    }

    /// `hash(self)` (`HPy_Hash`).
    ///
    /// # Errors
    ///
    /// `TypeError` for an object without a hash, or what `__hash__` raised.
    pub fn hash(&self) -> Result<isize> {
        // SAFETY: invariant 2.
        let hash = unsafe { hpy_host::calls::HPy_Hash(self.ctx().raw(), self.as_raw()) };
        if hash == -1 { Err(Error::fetch(self.ctx())) } else { Ok(hash) }
    }

    /// `str(self)` (`HPy_Str`).
    ///
    /// # Errors
    ///
    /// What `__str__` raised.
    pub fn str(&self) -> Result<Handle<'ctx, Str>> {
        // SAFETY: invariants 2 and 3; Python checks that it is a `str`.
        unsafe { Handle::from_result(self.ctx(), hpy_host::calls::HPy_Str(self.ctx().raw(), self.as_raw())) }
    }

    /// `repr(self)` (`HPy_Repr`).
    ///
    /// # Errors
    ///
    /// What `__repr__` raised.
    pub fn repr(&self) -> Result<Handle<'ctx, Str>> {
        // SAFETY: invariants 2 and 3; Python checks that it is a `str`.
        unsafe { Handle::from_result(self.ctx(), hpy_host::calls::HPy_Repr(self.ctx().raw(), self.as_raw())) }
    }

    /// Compares by one operator and gives what that returned (`HPy_RichCompare`).
    ///
    /// # Errors
    ///
    /// `TypeError` for objects without an order, or what the comparison raised.
    pub fn compare(&self, op: CompareOp, other: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let other = other.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2; the operator has the number that HPy gives it.
        self.object(unsafe {
            hpy_host::calls::HPy_RichCompare(ctx.raw(), self.as_raw(), other.as_raw(), op as i32)
        })
    }

    /// `bool(self == other)`, true at once for the same object (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// What the comparison raised.
    pub fn eq(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Eq, other)
    }

    /// `bool(self < other)`.
    ///
    /// # Errors
    ///
    /// As [`Handle::compare`].
    pub fn lt(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Lt, other)
    }

    /// `bool(self != other)`, false at once for the same object.
    ///
    /// # Errors
    ///
    /// What the comparison raised.
    pub fn ne(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Ne, other)
    }

    /// `bool(self <= other)`.
    ///
    /// # Errors
    ///
    /// `TypeError` for objects without an order, or what the comparison raised.
    pub fn le(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Le, other)
    }

    /// `bool(self > other)`.
    ///
    /// # Errors
    ///
    /// `TypeError` for objects without an order, or what the comparison raised.
    pub fn gt(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Gt, other)
    }

    /// `bool(self >= other)`.
    ///
    /// # Errors
    ///
    /// `TypeError` for objects without an order, or what the comparison raised.
    pub fn ge(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Ge, other)
    }

    fn compare_bool(&self, op: CompareOp, other: impl IntoPython<'ctx>) -> Result<bool> {
        let ctx = self.ctx();
        let other = other.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2; the operator has the number that HPy gives it.
        self.status(unsafe {
            hpy_host::calls::HPy_RichCompareBool(ctx.raw(), self.as_raw(), other.as_raw(), op as i32)
        })
    }
}

// What does not depend on the handle's type is compiled once, here.

fn getattr<'ctx>(object: &Handle<'ctx>, name: &str) -> Result<Handle<'ctx>> {
    let name = Str::new(object.ctx(), name)?;
    // SAFETY: invariant 2.
    object.object(unsafe { hpy_host::calls::HPy_GetAttr(object.ctx().raw(), object.as_raw(), name.as_raw()) })
}

/// Calls `HPy_GetAttr`, as `HPy_HasAttr` swallows every exception.
fn hasattr(object: &Handle<'_>, name: &str) -> Result<bool> {
    match getattr(object, name) {
        Ok(_) => Ok(true),
        Err(error) if error.is_instance_of::<crate::core::exceptions::AttributeError>(object.ctx()) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Sets to an open handle's object, or deletes if it is null.
fn setattr(object: &Handle<'_>, name: &str, value: HPy) -> Result<()> {
    let ctx = object.ctx();
    let name = Str::new(ctx, name)?;
    // SAFETY: invariant 2; a null value means "delete" to HPy_SetAttr.
    let rc = unsafe { hpy_host::calls::HPy_SetAttr(ctx.raw(), object.as_raw(), name.as_raw(), value) };
    object.status(rc).map(drop)
}
