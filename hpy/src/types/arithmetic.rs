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
            /// Returns a `TypeError` for unsupported operands, or the exception raised by the operator.
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
        /// Returns `self + other` (`HPy_Add`).
        add = HPy_Add;
        /// Returns `self - other` (`HPy_Subtract`).
        sub = HPy_Subtract;
        /// Returns `self * other` (`HPy_Multiply`).
        mul = HPy_Multiply;
        /// Returns `self @ other` (`HPy_MatrixMultiply`).
        matmul = HPy_MatrixMultiply;
        /// Returns `self / other` (`HPy_TrueDivide`).
        truediv = HPy_TrueDivide;
        /// Returns `self // other` (`HPy_FloorDivide`).
        floordiv = HPy_FloorDivide;
        /// Returns `self % other` (`HPy_Remainder`).
        rem = HPy_Remainder;
        /// Returns `divmod(self, other)` (`HPy_Divmod`).
        divmod = HPy_Divmod;
        /// Returns `self << other` (`HPy_Lshift`).
        lshift = HPy_Lshift;
        /// Returns `self >> other` (`HPy_Rshift`).
        rshift = HPy_Rshift;
        /// Returns `self & other` (`HPy_And`).
        bitand = HPy_And;
        /// Returns `self | other` (`HPy_Or`).
        bitor = HPy_Or;
        /// Returns `self ^ other` (`HPy_Xor`).
        bitxor = HPy_Xor;
        }
    };
}

// Only for these: `add` of a set and of a module are something else.
operators_of!(Any);
operators_of!(Int);
operators_of!(Float);

impl<'ctx, T> Handle<'ctx, T> {
    /// Returns `self ** other` (`HPy_Power`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for unsupported operands, or the exception raised by the operator.
    pub fn pow(&self, other: impl IntoPython<'ctx>) -> Result<Handle<'ctx>> {
        let ctx = self.ctx();
        let other = other.into_python(ctx).map_err(Into::into)?;
        let modulus = ctx.none();
        // SAFETY: invariant 2.
        self.object(unsafe {
            hpy_host::calls::HPy_Power(ctx.raw(), self.as_raw(), other.as_raw(), modulus.as_raw())
        })
    }

    /// Returns `-self` (`HPy_Negative`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an object without this operator, or the exception raised by the operator.
    pub fn neg(&self) -> Result<Handle<'ctx>> {
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_Negative(self.ctx().raw(), self.as_raw()) })
    }

    /// Returns `abs(self)` (`HPy_Absolute`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an object without this operator, or the exception raised by the operator.
    pub fn abs(&self) -> Result<Handle<'ctx>> {
        // SAFETY: invariant 2.
        self.object(unsafe { hpy_host::calls::HPy_Absolute(self.ctx().raw(), self.as_raw()) })
    }
}

impl<'ctx> Handle<'ctx, Any> {
    /// Returns `operator.index(self)`: a lossless conversion to `int` (`HPy_Index`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an object that is not an integer, or the exception raised by `__index__`.
    pub fn index(&self) -> Result<Handle<'ctx, Int>> {
        let h = {
            // SAFETY: invariant 2.
            unsafe { hpy_host::calls::HPy_Index(self.ctx().raw(), self.as_raw()) }
        };
        // SAFETY: invariant 3; Python checks that it is an `int`.
        unsafe { Handle::from_result(self.ctx(), h) }
    }
}
