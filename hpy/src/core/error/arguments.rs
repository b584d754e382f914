//! [`ErrorArgs`]: the arguments of an exception.

use std::borrow::Cow;

use super::{Error, Result, TypeOf};
use crate::core::context::Context;
use crate::core::conversion::IntoPython;
use crate::core::handle::{Handle, Ref};
use crate::core::markers::{Bytes, Tuple};

/// The arguments of an exception: one value, a tuple of up to 8 values, or `()` for none. See [`ErrorArg`] for the values.
///
/// ```
/// use hpy::exceptions::{KeyError, OSError, ValueError};
/// use hpy::{Error, Handle};
///
/// fn missing(key: &Handle<'_>) -> Error {
///     KeyError::new_err(key) // whatever the key is: `e.args == (key,)`
/// }
///
/// fn empty() -> Error {
///     ValueError::new_err(("expected items", 0))
/// }
///
/// fn not_there() -> Error {
///     OSError::new_err((2, "No such file or directory", "config.toml")) // a FileNotFoundError
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "an exception can't be made of `{Self}`",
    label = "expected a text, a number, a handle, or a tuple of these",
    note = "turn other values into a handle first: `new_err(value.into_python(ctx)?)`"
)]
pub trait ErrorArgs<'ctx>: sealed::Args<'ctx> {}

/// An argument of an exception: `&'static str`, `String`, `Cow<'static, str>`, a number, `bool`, a handle to any object, or
/// an `Option` of one of them.
///
/// This trait is sealed. An [`Error`] is usually created without a context; it stores its arguments until the exception is
/// raised.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument of an exception",
    label = "expected a text, a number, or a handle",
    note = "turn other values into a handle first: `value.into_python(ctx)?`"
)]
pub trait ErrorArg<'ctx>: sealed::Arg<'ctx> {}

mod sealed {
    use super::Argument;
    use crate::core::error::{Error, TypeOf};

    pub trait Arg<'ctx> {
        fn arg(self) -> Argument<'ctx>;
    }

    pub trait Args<'ctx> {
        fn error(self, ty: TypeOf) -> Error;
    }
}

/// An argument that needs no context.
#[derive(Debug, Clone)]
pub(crate) enum Plain {
    Text(Cow<'static, str>),
    Int(i128),
    Float(f64),
    Bool(bool),
    #[cfg_attr(not(unix), allow(dead_code))]
    Bytes(Vec<u8>),
    None,
}

impl Plain {
    fn object<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        Ok(match self {
            Plain::Text(text) => (&**text).into_python(ctx)?.into_any(),
            Plain::Int(number) => number.into_python(ctx)?.into_any(),
            Plain::Float(number) => number.into_python(ctx)?.into_any(),
            Plain::Bool(truth) => truth.into_python(ctx)?.into_any(),
            Plain::Bytes(bytes) => Bytes::new(ctx, bytes)?.into_any(),
            Plain::None => ctx.new_none().into_any(),
        })
    }
}

#[doc(hidden)]
#[derive(Debug)]
pub struct Argument<'ctx>(Value<'ctx>);

#[derive(Debug)]
enum Value<'ctx> {
    Plain(Plain),
    Object(Handle<'ctx>),
}

impl Argument<'_> {
    fn plain(value: Plain) -> Self {
        Argument(Value::Plain(value))
    }
}

/// Creates an exception with these arguments. If one of them is a handle, the exception object is created immediately,
/// because a handle does not outlive its call.
fn error(ty: TypeOf, arguments: Vec<Argument<'_>>) -> Error {
    let ctx = arguments.iter().find_map(|argument| match &argument.0 {
        Value::Object(object) => Some(object.ctx()),
        Value::Plain(_) => None,
    });
    let Some(ctx) = ctx else {
        let plain = arguments.into_iter().map(|argument| match argument.0 {
            Value::Plain(plain) => plain,
            Value::Object(_) => Plain::None, // there is none
        });
        return Error::with_args(ty, plain.collect());
    };
    let objects = arguments.into_iter().map(|argument| match argument.0 {
        Value::Object(object) => Ok(object),
        Value::Plain(plain) => plain.object(ctx),
    });
    match objects.collect::<Result<Vec<_>>>().and_then(|objects| made(ctx, ty, &objects)) {
        Ok(exception) => Error::from_value(&exception),
        Err(error) => error,
    }
}

/// `ty(*args)`
pub(crate) fn exception<'ctx>(ctx: Context<'ctx>, ty: TypeOf, args: &[Plain]) -> Result<Handle<'ctx>> {
    let objects = args.iter().map(|plain| plain.object(ctx)).collect::<Result<Vec<_>>>()?;
    made(ctx, ty, &objects)
}

fn made<'ctx>(ctx: Context<'ctx>, ty: TypeOf, args: &[Handle<'ctx>]) -> Result<Handle<'ctx>> {
    ty(ctx).call_tuple(&Tuple::from_handles(ctx, args)?, None)
}

macro_rules! plain {
    ($($ty:ty, $value:ident => $plain:expr;)*) => {$(
        impl<'ctx> sealed::Arg<'ctx> for $ty {
            fn arg(self) -> Argument<'ctx> {
                let $value = self;
                Argument::plain($plain)
            }
        }

        impl<'ctx> ErrorArg<'ctx> for $ty {}
    )*};
}

plain! {
    &'static str, text => Plain::Text(text.into());
    String, text => Plain::Text(text.into());
    Cow<'static, str>, text => Plain::Text(text);
    bool, truth => Plain::Bool(truth);
    f32, number => Plain::Float(number.into());
    f64, number => Plain::Float(number);
    i8, number => Plain::Int(number.into());
    i16, number => Plain::Int(number.into());
    i32, number => Plain::Int(number.into());
    i64, number => Plain::Int(number.into());
    i128, number => Plain::Int(number);
    isize, number => Plain::Int(number as i128);
    u8, number => Plain::Int(number.into());
    u16, number => Plain::Int(number.into());
    u32, number => Plain::Int(number.into());
    u64, number => Plain::Int(number.into());
    usize, number => Plain::Int(number as i128);
}

macro_rules! handles {
    ($(impl[$($generics:tt)*] $ty:ty, $value:ident => $object:expr;)*) => {$(
        impl<$($generics)*> sealed::Arg<'ctx> for $ty {
            fn arg(self) -> Argument<'ctx> {
                let $value = self;
                Argument(Value::Object($object))
            }
        }

        impl<$($generics)*> ErrorArg<'ctx> for $ty {}
    )*};
}

handles! {
    impl['ctx, T] Handle<'ctx, T>, object => object.into_any();
    impl['ctx, T] &Handle<'ctx, T>, object => object.as_any().clone();
    impl['ctx, T] Ref<'_, 'ctx, T>, object => object.as_any().clone();
}

impl<'ctx, A: ErrorArg<'ctx>> sealed::Arg<'ctx> for Option<A> {
    fn arg(self) -> Argument<'ctx> {
        self.map_or(Argument::plain(Plain::None), sealed::Arg::arg)
    }
}

impl<'ctx, A: ErrorArg<'ctx>> ErrorArg<'ctx> for Option<A> {}

impl<'ctx, A: ErrorArg<'ctx>> sealed::Args<'ctx> for A {
    fn error(self, ty: TypeOf) -> Error {
        match self.arg() {
            Argument(Value::Plain(Plain::Text(message))) => Error::with_message(ty, message),
            argument => error(ty, vec![argument]),
        }
    }
}

impl<'ctx, A: ErrorArg<'ctx>> ErrorArgs<'ctx> for A {}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<'ctx, $($name: ErrorArg<'ctx>),*> sealed::Args<'ctx> for ($($name,)*) {
            #[allow(non_snake_case)]
            fn error(self, ty: TypeOf) -> Error {
                let ($($name,)*) = self;
                error(ty, vec![$($name.arg()),*])
            }
        }

        impl<'ctx, $($name: ErrorArg<'ctx>),*> ErrorArgs<'ctx> for ($($name,)*) {}
    };
}
tuples!();
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
