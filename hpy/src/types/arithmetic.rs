//! Arithmetic operators on Python objects.

use crate::core::markers::{Any, Float, Int};
use crate::core::{Handle, IntoPython, Result};

macro_rules! operators {
    ($ty:ident; $($(#[$doc:meta])* $name:ident = $hpy:ident;)*) => {
        impl<'ctx> Handle<'ctx, $ty> {$(
            $(#[$doc])*
            ///
            /// # Errors
            ///
            /// `TypeError` for operands that don't fit, or what the operator raised.
            pub fn $name(&self, other: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
                let ctx = self.ctx();
                let other = other.into_python(ctx).map_err(Into::into)?;
                // SAFETY: invariant 2.
                self.object(unsafe { hpy_host::calls::$hpy(ctx.raw(), self.as_raw(), other.as_raw()) })
            }
        )*}
    };
}

macro_rules! operators_of {
    ($ty:ident) => {
        operators! { $ty;
        /// `self + other`.
        add = HPy_Add;
        /// `self - other`.
        sub = HPy_Subtract;
        /// `self * other`.
        mul = HPy_Multiply;
        /// `self @ other`.
        matmul = HPy_MatrixMultiply;
        /// `self / other`.
        truediv = HPy_TrueDivide;
        /// `self // other`.
        floordiv = HPy_FloorDivide;
        /// `self % other`.
        rem = HPy_Remainder;
        /// `divmod(self, other)`.
        divmod = HPy_Divmod;
        /// `self << other`.
        lshift = HPy_Lshift;
        /// `self >> other`.
        rshift = HPy_Rshift;
        /// `self & other`.
        bitand = HPy_And;
        /// `self | other`.
        bitor = HPy_Or;
        /// `self ^ other`.
        bitxor = HPy_Xor;
        }
    };
}

// Only for these: `add` of a set and of a module are something else.
operators_of!(Any);
operators_of!(Int);
operators_of!(Float);

impl<'ctx, T> Handle<'ctx, T> {
    /// `self ** other`.
    ///
    /// # Errors
    ///
    /// `TypeError` for operands that don't fit, or what the operator raised.
    pub fn pow(&self, other: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let other = other.into_python(ctx).map_err(Into::into)?;
        let modulus = ctx.none();
        // SAFETY: invariant 2.
        self.object(unsafe {
            hpy_host::calls::HPy_Power(ctx.raw(), self.as_raw(), other.as_raw(), modulus.as_raw())
        })
    }

    /// `-self`.
    ///
    /// # Errors
    ///
    /// `TypeError` for an object that has none, or what the operator raised.
    pub fn neg(&self) -> Result<Handle<'ctx>> {
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_Negative(self.ctx().raw(), self.as_raw()) })
    }

    /// `abs(self)`.
    ///
    /// # Errors
    ///
    /// `TypeError` for an object that has none, or what the operator raised.
    pub fn abs(&self) -> Result<Handle<'ctx>> {
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_Absolute(self.ctx().raw(), self.as_raw()) })
    }
}

impl<'ctx> Handle<'ctx, Any> {
    /// `operator.index(self)`: a lossless `int` (`HPy_Index`).
    ///
    /// # Errors
    ///
    /// `TypeError` for an object that is no integer, or what `__index__` raised.
    pub fn index(&self) -> Result<Handle<'ctx, Int>> {
        let h = {
            // SAFETY: invariant 2.
            unsafe { hpy_host::calls::HPy_Index(self.ctx().raw(), self.as_raw()) }
        };
        // SAFETY: invariant 3; Python checks that it is an `int`.
        unsafe { Handle::from_result(self.ctx(), h) }
    }
}
