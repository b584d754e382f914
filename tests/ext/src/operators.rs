//! Dunder methods of numbers: operators, comparisons, conversions, texts.

#[hpy::module]
mod operators {
    use hpy::exceptions::{ValueError, ZeroDivisionError};
    use hpy::types::Type;
    use hpy::{CompareOp, Context, Handle, Result};

    /// A number that says what was asked of it.
    #[class(frozen)]
    struct Number {
        #[hpy(get)]
        value: i64,
    }

    #[methods]
    impl Number {
        #[new]
        fn new(value: i64) -> Self {
            Number { value }
        }
        fn __repr__(&self) -> String {
            format!("Number({})", self.value)
        }
        fn __str__(&self) -> String {
            self.value.to_string()
        }
        fn __hash__(&self) -> i64 {
            self.value
        }
        fn __bool__(&self) -> Result<bool> {
            if self.value == 13 { Err(ValueError::new_err("unlucky")) } else { Ok(self.value != 0) }
        }
        fn __int__(&self) -> i64 {
            self.value
        }
        fn __float__(&self) -> f64 {
            self.value as f64
        }
        fn __index__(&self) -> i64 {
            self.value
        }
        fn __complex__<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
            ctx.builtins().getitem("complex")?.call((self.value, 1))
        }
        fn __neg__(&self) -> Number {
            Number { value: -self.value }
        }
        fn __pos__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }
        fn __abs__(&self) -> Number {
            Number { value: self.value.abs() }
        }
        fn __invert__(&self) -> Number {
            Number { value: !self.value }
        }
        fn __add__(&self, other: &Number) -> Number {
            Number { value: self.value + other.value }
        }
        fn __radd__(&self, other: i64) -> String {
            format!("{other} + {}", self.value)
        }
        fn __sub__(&self, other: i64) -> Number {
            Number { value: self.value - other }
        }
        fn __rsub__(&self, other: i64) -> Number {
            Number { value: other - self.value }
        }
        fn __mul__(&self, other: i64) -> i64 {
            self.value * other
        }
        fn __rmul__(&self, other: i64) -> i64 {
            other * self.value
        }
        fn __matmul__(&self, other: &str) -> String {
            format!("{} @ {other}", self.value)
        }
        fn __rmatmul__(&self, other: &str) -> String {
            format!("{other} @ {}", self.value)
        }
        fn __truediv__(&self, other: i64) -> Result<f64> {
            if other == 0 {
                Err(ZeroDivisionError::new_err("by zero"))
            } else {
                Ok(self.value as f64 / other as f64)
            }
        }
        fn __rtruediv__(&self, other: f64) -> f64 {
            other / self.value as f64
        }
        fn __floordiv__(&self, other: i64) -> i64 {
            self.value.div_euclid(other)
        }
        fn __rfloordiv__(&self, other: i64) -> i64 {
            other.div_euclid(self.value)
        }
        fn __mod__(&self, other: i64) -> i64 {
            self.value.rem_euclid(other)
        }
        fn __rmod__(&self, other: i64) -> i64 {
            other.rem_euclid(self.value)
        }
        fn __divmod__(&self, other: i64) -> (i64, i64) {
            (self.value.div_euclid(other), self.value.rem_euclid(other))
        }
        fn __rdivmod__(&self, other: i64) -> (i64, i64) {
            (other.div_euclid(self.value), other.rem_euclid(self.value))
        }
        fn __lshift__(&self, other: u32) -> i64 {
            self.value << other
        }
        fn __rlshift__(&self, other: i64) -> i64 {
            other << self.value
        }
        fn __rshift__(&self, other: u32) -> i64 {
            self.value >> other
        }
        fn __rrshift__(&self, other: i64) -> i64 {
            other >> self.value
        }
        fn __and__(&self, other: i64) -> i64 {
            self.value & other
        }
        fn __rand__(&self, other: i64) -> i64 {
            other & self.value
        }
        fn __xor__(&self, other: i64) -> i64 {
            self.value ^ other
        }
        fn __rxor__(&self, other: i64) -> i64 {
            other ^ self.value
        }
        fn __or__(&self, other: i64) -> i64 {
            self.value | other
        }
        fn __ror__(&self, other: i64) -> i64 {
            other | self.value
        }
        fn __pow__(&self, other: u32, modulo: Option<i64>) -> i64 {
            let power = self.value.pow(other);
            modulo.map_or(power, |modulo| power % modulo)
        }
        fn __rpow__(&self, other: i64, _modulo: Option<i64>) -> i64 {
            other.pow(self.value as u32)
        }
        fn __eq__(&self, other: &Number) -> bool {
            self.value == other.value
        }
        fn __lt__(&self, other: &Number) -> bool {
            self.value < other.value
        }
        fn __le__(&self, other: &Number) -> Result<bool> {
            if other.value == 13 {
                Err(ValueError::new_err("unlucky"))
            } else {
                Ok(self.value <= other.value)
            }
        }
        fn __gt__(&self, other: i64) -> bool {
            self.value > other
        }
        fn __format__(&self, format: &str) -> String {
            format!("<{}:{format}>", self.value)
        }
        #[hpy(signature = (digits = None, /))]
        fn __round__(&self, digits: Option<i64>) -> (i64, Option<i64>) {
            (self.value, digits)
        }
        fn __trunc__(&self) -> i64 {
            self.value
        }
        fn __floor__(&self) -> i64 {
            self.value - 1
        }
        fn __ceil__(&self) -> i64 {
            self.value + 1
        }
        fn __bytes__(&self) -> Vec<u8> {
            vec![self.value as u8]
        }
        fn __fspath__(&self) -> String {
            format!("/{}", self.value)
        }
        fn __sizeof__(&self) -> usize {
            size_of::<Self>()
        }
        fn __dir__(&self) -> Vec<&'static str> {
            vec!["value"]
        }
        fn __reduce__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<(Handle<'ctx, Type>, (i64,))> {
            Ok((slf.type_()?, (slf.get()?.value,)))
        }
        fn __copy__(&self) -> Number {
            Number { value: self.value }
        }
        fn __deepcopy__(&self, _memo: &Handle<'_>) -> Number {
            Number { value: self.value + 1000 }
        }
    }

    /// One method for all comparisons, and in-place operators.
    #[class]
    struct Total {
        value: i64,
    }

    #[methods]
    impl Total {
        #[new]
        fn new(value: i64) -> Self {
            Total { value }
        }
        #[getter]
        fn value(&self) -> i64 {
            self.value
        }
        fn __richcmp__(&self, other: &Handle<'_, Total>, op: CompareOp) -> Result<bool> {
            let other = other.borrow()?.value;
            Ok(match op {
                CompareOp::Lt => self.value < other,
                CompareOp::Le => self.value <= other,
                CompareOp::Eq => self.value == other,
                CompareOp::Ne => self.value != other,
                CompareOp::Gt => self.value > other,
                CompareOp::Ge => self.value >= other,
            })
        }
        fn __iadd__(&mut self, other: i64) {
            self.value += other;
        }
        fn __isub__(&mut self, other: i64) -> Result<()> {
            if other > self.value {
                return Err(ValueError::new_err("too little"));
            }
            self.value -= other;
            Ok(())
        }
        fn __imul__(&mut self, other: i64) {
            self.value *= other;
        }
        fn __imatmul__(&mut self, other: i64) {
            self.value = self.value * 100 + other;
        }
        fn __itruediv__(&mut self, other: i64) {
            self.value /= other;
        }
        fn __ifloordiv__(&mut self, other: i64) {
            self.value = self.value.div_euclid(other);
        }
        fn __imod__(&mut self, other: i64) {
            self.value %= other;
        }
        fn __ilshift__(&mut self, other: u32) {
            self.value <<= other;
        }
        fn __irshift__(&mut self, other: u32) {
            self.value >>= other;
        }
        fn __iand__(&mut self, other: i64) {
            self.value &= other;
        }
        fn __ixor__(&mut self, other: i64) {
            self.value ^= other;
        }
        fn __ior__(&mut self, other: i64) {
            self.value |= other;
        }
        fn __ipow__(&mut self, other: u32) {
            self.value = self.value.pow(other);
        }
    }

    /// Too long, and hashes to what means an error.
    #[class(frozen)]
    struct Extreme;

    #[methods]
    impl Extreme {
        #[new]
        fn new() -> Self {
            Extreme
        }
        fn __len__(&self) -> usize {
            usize::MAX
        }
        fn __hash__(&self) -> isize {
            -1
        }
    }
}
