//! User code that panics, in each place where the crate calls it.

use hpy::exceptions::ExceptionType;
use hpy::types::Type;
use hpy::{Context, Error, FromPython, Handle, Hint, IntoPython, Ref, Result};

/// An exception type that panics when it is asked for.
pub(crate) struct Panicking;

impl ExceptionType for Panicking {
    const NAME: &'static str = "Panicking";

    fn type_object<'ctx>(_: Context<'ctx>) -> Ref<'ctx, 'ctx, Type> {
        panic!("in type_object")
    }
}

/// One that is no exception type.
struct NotOne;

impl ExceptionType for NotOne {
    const NAME: &'static str = "NotOne";

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Ref<'ctx, 'ctx, Type> {
        let int = ctx.builtins().getitem("int").and_then(Handle::downcast_into::<Type>).expect("a type");
        Box::leak(Box::new(int)).as_ref()
    }
}

struct InFrom;

impl From<InFrom> for Error {
    fn from(_: InFrom) -> Error {
        panic!("in From")
    }
}

/// Panics when it is converted, either way.
struct Value;

impl FromPython<'_, '_> for Value {
    type Error = Error;
    const HINT: Hint = Hint::Name("Value");

    fn from_python(_: &Handle<'_>) -> Result<Self> {
        panic!("in from_python")
    }
}

impl<'ctx> IntoPython<'ctx> for Value {
    type Target = hpy::types::Any;
    type Error = Error;

    fn into_python(self, _: Context<'ctx>) -> Result<Handle<'ctx>> {
        panic!("in into_python")
    }
}

struct Numbers;

impl Iterator for Numbers {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        panic!("in next")
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        panic!("in size_hint")
    }
}

/// Panics when it is dropped.
struct Dropped;

impl Drop for Dropped {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("in drop")
        }
    }
}

impl From<()> for Dropped {
    fn from((): ()) -> Self {
        Dropped
    }
}

#[hpy::module]
mod panics {
    use super::{Dropped, InFrom, NotOne, Numbers, Panicking, Value};
    use hpy::exceptions::ValueError;
    use hpy::types::Type;
    use hpy::{Context, Error, Handle, Init, Iter, Result};
    use std::cmp::Ordering;
    use std::fmt;
    use std::hash::{Hash, Hasher};

    /// All its traits panic.
    #[class(frozen, eq, ord, hash, str, copy)]
    struct Traits;

    impl PartialEq for Traits {
        fn eq(&self, _: &Self) -> bool {
            panic!("in eq")
        }
    }
    impl PartialOrd for Traits {
        fn partial_cmp(&self, _: &Self) -> Option<Ordering> {
            panic!("in partial_cmp")
        }
    }
    impl Eq for Traits {}
    impl Hash for Traits {
        fn hash<H: Hasher>(&self, _: &mut H) {
            panic!("in hash")
        }
    }
    impl fmt::Display for Traits {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("in fmt")
        }
    }
    impl Clone for Traits {
        fn clone(&self) -> Self {
            panic!("in clone")
        }
    }

    #[methods]
    impl Traits {
        #[new]
        fn new() -> Self {
            Traits
        }
    }

    /// Each kind of slot ends in an error whose type panics.
    #[class(subclass)]
    struct Slots;

    #[methods]
    impl Slots {
        #[new]
        fn new(fail: bool) -> Result<Self> {
            if fail { Err(Error::new::<Panicking>("no")) } else { Ok(Slots) }
        }

        fn method(&self) -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        #[staticmethod]
        fn of_nobody() -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        #[classmethod]
        fn of_class(_cls: &Handle<'_, Type>) -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        #[getter]
        fn got(&self) -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        #[setter]
        fn set_got(&mut self, _value: i64) -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __call__(&self) -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __repr__(&self) -> Result<String> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __hash__(&self) -> Result<isize> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __len__(&self) -> Result<usize> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __bool__(&self) -> Result<bool> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __add__(&self, _other: i64) -> Result<i64> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __eq__(&self, _other: i64) -> Result<bool> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __contains__(&self, _value: i64) -> Result<bool> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __iter__(&self) -> Result<i64> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __setitem__(&mut self, _key: i64, _value: i64) -> Result<()> {
            Err(Error::new::<Panicking>("no"))
        }

        fn __buffer__(&self) -> Result<&[u8]> {
            Err(Error::new::<Panicking>("no"))
        }
    }

    #[class]
    struct Ending {
        #[allow(dead_code)]
        value: Dropped,
    }

    #[methods]
    impl Ending {
        #[new]
        fn new() -> Self {
            Ending { value: Dropped }
        }
    }

    #[class]
    struct Replaced {
        value: Option<Dropped>,
    }

    #[methods]
    impl Replaced {
        #[new]
        fn new() -> Self {
            Replaced { value: Some(Dropped) }
        }

        fn replace(&mut self) {
            self.value = None;
        }
    }

    /// What makes the base's part panics when the exception is made, after the call.
    #[class(extends = ValueError)]
    struct Raised;

    #[function]
    fn panicking_type() -> Result<()> {
        Err(Error::new::<Panicking>("no"))
    }

    #[function]
    fn not_a_type() -> Result<()> {
        Err(Error::new::<NotOne>("no"))
    }

    #[function]
    fn asked_for(ctx: Context<'_>) -> Result<bool> {
        Ok(Error::new::<ValueError>("no").is_instance_of::<Panicking>(ctx))
    }

    #[function]
    fn deferred() -> Result<()> {
        Err(Init::<Raised>::from((Raised, (Value,))).into())
    }

    #[function]
    fn from_error() -> Result<(), InFrom> {
        Err(InFrom)
    }

    #[function]
    fn argument(value: Value) {
        let _ = value;
    }

    #[function]
    fn arguments(values: Vec<Value>, value: Option<Value>) {
        let _ = (values, value);
    }

    #[function]
    fn returned() -> Value {
        Value
    }

    #[function]
    fn passed(function: &Handle<'_>) -> Result<()> {
        function.call((Value,)).map(drop)
    }

    #[function]
    fn items() -> Iter<i64> {
        Iter::new(Numbers)
    }

    #[function]
    fn dropped_on_return() {
        let _value = Dropped::from(());
    }

    #[function]
    fn dropped_payload() {
        std::panic::panic_any(Dropped);
    }
}
