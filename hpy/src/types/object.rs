//! Methods of all Python objects: `Handle<'ctx, T>` for every `T`.

use hpy_sys::HPy;

use crate::core::exceptions::IndexError;
use crate::core::markers::{PythonType, Str, Tuple, Type};
use crate::core::{AttrName, Error, FromPython, Handle, IntoPython, Result};

/// A comparison operator for [`Handle::compare`].
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

    /// Returns whether both handles refer to the same object (`is`, `HPy_Is`).
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

    /// Returns `type(self)` (`HPy_Type`).
    ///
    /// # Errors
    ///
    /// HPy documents no errors.
    pub fn type_(&self) -> Result<Handle<'ctx, Type>> {
        // SAFETY: invariants 2 and 3: a new handle on a type.
        unsafe { Handle::from_result(self.ctx(), hpy_host::calls::HPy_Type(self.ctx().raw(), self.as_raw())) }
    }

    /// Returns whether `type(self)` is the class or a subclass of it (`HPy_TypeCheck`). This does not call `__instancecheck__`.
    pub fn is_instance(&self, class: &Handle<'ctx, Type>) -> bool {
        // SAFETY: invariant 2.
        unsafe { hpy_host::calls::HPy_TypeCheck(self.ctx().raw(), self.as_raw(), class.as_raw()) != 0 }
    }

    /// Returns `isinstance(self, class)`. This calls `__instancecheck__`, so abstract classes recognize registered classes.
    /// `class` may be a tuple of classes. [`Handle::is_instance`] checks only the type.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` if `class` is not a class, or the exception raised by `__instancecheck__`.
    pub fn isinstance<U>(&self, class: &Handle<'ctx, U>) -> Result<bool> {
        let args = Tuple::from_handles(self.ctx(), &[self.as_any().clone(), class.as_any().clone()])?;
        self.ctx().builtins().getitem("isinstance")?.call_tuple(&args, None)?.is_true()
    }

    /// Returns whether the object is an instance of the marker type or of a subclass.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by looking up the type. For an object of another type, the result is `Ok(false)`.
    #[inline]
    pub fn is_a<U: PythonType>(&self) -> Result<bool> {
        U::check(self.as_any())
    }

    /// Returns the same handle, typed as a `U`.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` if the object is not a `U`, or the exception raised by looking up the type.
    pub fn downcast<U: PythonType>(&self) -> Result<&Handle<'ctx, U>> {
        if U::check(self.as_any())? {
            // SAFETY: just checked.
            Ok(unsafe { self.cast_unchecked() })
        } else {
            Err(Error::type_mismatch(U::NAME, self))
        }
    }

    /// Converts into a handle to a `U`.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` if the object is not a `U`, or the exception raised by looking up the type.
    pub fn downcast_into<U: PythonType>(self) -> Result<Handle<'ctx, U>> {
        if U::check(self.as_any())? {
            // SAFETY: just checked.
            Ok(unsafe { self.cast_into_unchecked() })
        } else {
            Err(Error::type_mismatch(U::NAME, &self))
        }
    }

    /// Converts the object to a Rust value: `handle.extract::<i64>()?`.
    ///
    /// # Errors
    ///
    /// Returns the error of the type's [`FromPython`].
    pub fn extract<'a, V: FromPython<'a, 'ctx>>(&'a self) -> Result<V> {
        V::from_python(self.as_any()).map_err(Into::into)
    }

    /// Returns `self.name` (`HPy_GetAttr`). A name that the code knows costs least as [`intern!("name")`](crate::intern).
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError`, or the exception raised by the attribute's getter.
    pub fn getattr(&self, name: impl AttrName<'ctx>) -> Result<Handle<'ctx>> {
        getattr(self.as_any(), name)
    }

    /// Returns whether the object has an attribute with that name, like Python's `hasattr`.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the lookup, unless that is an `AttributeError`. A `KeyboardInterrupt`, a `MemoryError` or a
    /// failing property does not count as `false`.
    pub fn hasattr(&self, name: impl AttrName<'ctx>) -> Result<bool> {
        hasattr(self.as_any(), name)
    }

    /// Sets `self.name = value` (`HPy_SetAttr`).
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError`, the exception raised by a setter, or the error of the value's conversion.
    pub fn setattr(&self, name: impl AttrName<'ctx>, value: impl IntoPython<'ctx>) -> Result<()> {
        let value = value.into_python(self.ctx()).map_err(Into::into)?;
        setattr(self.as_any(), name, value.as_raw())
    }

    /// Deletes `self.name` (`HPy_SetAttr` with NULL).
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError`, or the exception raised by the deleter.
    pub fn delattr(&self, name: impl AttrName<'ctx>) -> Result<()> {
        setattr(self.as_any(), name, HPy::NULL)
    }

    /// Returns `self[key]` (`HPy_GetItem`).
    ///
    /// # Errors
    ///
    /// Returns a `KeyError`, an `IndexError`, a `TypeError` for an object without items, or the exception raised by `__getitem__`.
    pub fn getitem(&self, key: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let key = key.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_GetItem(ctx.raw(), self.as_raw(), key.as_raw()) })
    }

    /// Returns `self[index]` of a sequence, without creating an `int` object (`HPy_GetItem_i`).
    ///
    /// # Errors
    ///
    /// Returns an `IndexError`, a `TypeError` for an object without items, or the exception raised by `__getitem__`.
    pub fn item(&self, index: usize) -> Result<Handle<'ctx>> {
        let Ok(index) = isize::try_from(index) else {
            return Err(Error::new::<IndexError>(format!("no sequence has an item {index}")));
        };
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_GetItem_i(self.ctx().raw(), self.as_raw(), index) })
    }

    /// Sets `self[key] = value` (`HPy_SetItem`).
    ///
    /// # Errors
    ///
    /// Returns an `IndexError`, a `TypeError` for an object without item assignment, or the exception raised by `__setitem__`.
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

    /// Deletes `self[key]` (`HPy_DelItem`).
    ///
    /// # Errors
    ///
    /// Returns a `KeyError`, an `IndexError`, a `TypeError`, or the exception raised by `__delitem__`.
    pub fn delitem(&self, key: impl IntoPython<'ctx>) -> Result<()> {
        let ctx = self.ctx();
        let key = key.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2.
        self.status(unsafe { hpy_host::calls::HPy_DelItem(ctx.raw(), self.as_raw(), key.as_raw()) }).map(drop)
    }

    /// Returns `value in self` (`HPy_Contains`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an object that is not a container, or the exception raised by `__contains__`.
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

    /// Returns `len(self)` (`HPy_Length`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an object without a length, or the exception raised by `__len__`.
    pub fn len(&self) -> Result<usize> {
        // SAFETY: invariant 2.
        let len = unsafe { hpy_host::calls::HPy_Length(self.ctx().raw(), self.as_raw()) };
        usize::try_from(len).map_err(|_| Error::fetch(self.ctx()))
    }

    /// Returns `len(self) == 0`.
    ///
    /// # Errors
    ///
    /// Same as [`Handle::len`].
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Returns `bool(self)` (`HPy_IsTrue`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by `__bool__` or `__len__`.
    pub fn is_true(&self) -> Result<bool> {
        // SAFETY: invariant 2.
        self.status(unsafe { hpy_host::calls::HPy_IsTrue(self.ctx().raw(), self.as_raw()) })
    }

    /// Returns `hash(self)` (`HPy_Hash`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an unhashable object, or the exception raised by `__hash__`.
    pub fn hash(&self) -> Result<isize> {
        // SAFETY: invariant 2.
        let hash = unsafe { hpy_host::calls::HPy_Hash(self.ctx().raw(), self.as_raw()) };
        if hash == -1 { Err(Error::fetch(self.ctx())) } else { Ok(hash) }
    }

    /// Returns `str(self)` (`HPy_Str`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by `__str__`.
    pub fn str(&self) -> Result<Handle<'ctx, Str>> {
        // SAFETY: invariants 2 and 3; Python checks that it is a `str`.
        unsafe { Handle::from_result(self.ctx(), hpy_host::calls::HPy_Str(self.ctx().raw(), self.as_raw())) }
    }

    /// Returns `repr(self)` (`HPy_Repr`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by `__repr__`.
    pub fn repr(&self) -> Result<Handle<'ctx, Str>> {
        // SAFETY: invariants 2 and 3; Python checks that it is a `str`.
        unsafe { Handle::from_result(self.ctx(), hpy_host::calls::HPy_Repr(self.ctx().raw(), self.as_raw())) }
    }

    /// Compares the objects with an operator and returns its result, which may be any object (`HPy_RichCompare`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for objects without an order, or the exception raised by the comparison.
    pub fn compare(&self, op: CompareOp, other: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let other = other.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2; the operator has the number that HPy gives it.
        self.object(unsafe {
            hpy_host::calls::HPy_RichCompare(ctx.raw(), self.as_raw(), other.as_raw(), op as i32)
        })
    }

    /// Returns `bool(self == other)`, or `true` immediately for the same object (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the comparison.
    pub fn eq(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Eq, other)
    }

    /// Returns `bool(self < other)` (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// Same as [`Handle::compare`].
    pub fn lt(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Lt, other)
    }

    /// Returns `bool(self != other)`, or `false` immediately for the same object (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the comparison.
    pub fn ne(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Ne, other)
    }

    /// Returns `bool(self <= other)` (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for objects without an order, or the exception raised by the comparison.
    pub fn le(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Le, other)
    }

    /// Returns `bool(self > other)` (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for objects without an order, or the exception raised by the comparison.
    pub fn gt(&self, other: impl IntoPython<'ctx>) -> Result<bool> {
        self.compare_bool(CompareOp::Gt, other)
    }

    /// Returns `bool(self >= other)` (`HPy_RichCompareBool`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for objects without an order, or the exception raised by the comparison.
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

// What does not depend on the handle's type is compiled once for each kind of name, here.

#[inline(never)]
fn getattr<'ctx, N: AttrName<'ctx>>(object: &Handle<'ctx>, name: N) -> Result<Handle<'ctx>> {
    let ctx = object.ctx();
    let name = name.hold(ctx)?;
    // SAFETY: invariant 2.
    object.object(unsafe { hpy_host::calls::HPy_GetAttr(ctx.raw(), object.as_raw(), name.as_raw()) })
}

/// Calls `HPy_GetAttr`, because `HPy_HasAttr` swallows every exception.
#[inline(never)]
fn hasattr<'ctx, N: AttrName<'ctx>>(object: &Handle<'ctx>, name: N) -> Result<bool> {
    match getattr(object, name) {
        Ok(_) => Ok(true),
        Err(error) if error.is_instance_of::<crate::core::exceptions::AttributeError>(object.ctx()) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Sets to an open handle's object, or deletes if it is null.
#[inline(never)]
fn setattr<'ctx, N: AttrName<'ctx>>(object: &Handle<'ctx>, name: N, value: HPy) -> Result<()> {
    let ctx = object.ctx();
    let name = name.hold(ctx)?;
    // SAFETY: invariant 2; a null value means "delete" to HPy_SetAttr.
    let rc = unsafe { hpy_host::calls::HPy_SetAttr(ctx.raw(), object.as_raw(), name.as_raw(), value) };
    object.status(rc).map(drop)
}
