//! Exceptions, both ways, and panics.

#[hpy::module]
mod errors {
    use hpy::exceptions::{self, ExceptionType, KeyError, UserWarning, ValueError};
    use hpy::types::Type;
    use hpy::{Context, Error, Global, Handle, Result};

    static CUSTOM: Global<Type> = Global::new();

    #[init]
    fn init<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, hpy::types::Module>) -> Result<()> {
        let base = ValueError::type_object(ctx);
        let ty = exceptions::new_type(ctx, "errors.Custom", "A custom error.", Some(base.as_any()), None)?;
        CUSTOM.store(ctx, &ty);
        module.add("Custom", ty)
    }

    #[function]
    fn throw(name: &str, message: &str) -> Result<()> {
        macro_rules! by_name {
            ($($ty:ident)*) => { match name { $(stringify!($ty) => Error::new::<exceptions::$ty>(message.to_owned()),)* _ => KeyError::new_err(name.to_owned()) } };
        }
        Err(by_name!(
            BaseException Exception StopAsyncIteration StopIteration GeneratorExit ArithmeticError LookupError AssertionError
            AttributeError BufferError EOFError FloatingPointError OSError ImportError ModuleNotFoundError IndexError KeyError
            KeyboardInterrupt MemoryError NameError OverflowError RuntimeError RecursionError NotImplementedError SyntaxError
            IndentationError TabError ReferenceError SystemError SystemExit TypeError UnboundLocalError UnicodeError
            ValueError ZeroDivisionError BlockingIOError BrokenPipeError ChildProcessError ConnectionError
            ConnectionAbortedError ConnectionRefusedError ConnectionResetError FileExistsError FileNotFoundError
            InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError
            Warning UserWarning DeprecationWarning PendingDeprecationWarning SyntaxWarning RuntimeWarning FutureWarning
            ImportWarning UnicodeWarning BytesWarning ResourceWarning
        ))
    }

    #[function]
    fn raise_custom(ctx: Context<'_>, message: &str) -> Result<()> {
        Err(Error::from_type(&CUSTOM.load(ctx).expect("filled by init"), message))
    }

    #[function]
    fn raise_value(value: &Handle<'_>) -> Result<()> {
        Err(Error::from_value(value))
    }

    #[function]
    fn io_error(kind: &str) -> std::io::Result<()> {
        use std::io::ErrorKind as K;
        let kind = match kind {
            "not_found" => K::NotFound,
            "denied" => K::PermissionDenied,
            "exists" => K::AlreadyExists,
            "timeout" => K::TimedOut,
            _ => K::Other,
        };
        Err(std::io::Error::new(kind, "io said no"))
    }

    #[function]
    fn key_error(key: &Handle<'_>) -> Result<()> {
        Err(KeyError::new_err(key))
    }

    /// Exceptions with arguments of all kinds.
    #[function]
    fn with_args(which: &str, object: &Handle<'_>) -> Result<()> {
        Err(match which {
            "none" => ValueError::new_err(()),
            "number" => ValueError::new_err(u64::MAX),
            "pair" => ValueError::new_err(("text", 1.5)),
            "single" => ValueError::new_err((object,)),
            "mixed" => ValueError::new_err((object, "text".to_owned(), true, None::<i64>)),
            "os" => exceptions::OSError::new_err((2, "No such file or directory", "a.txt")),
            "wrong" => exceptions::UnicodeDecodeError::new_err((1, 2)),
            _ => ValueError::new_err("one"),
        })
    }

    #[function]
    fn read(path: &str) -> std::io::Result<String> {
        std::fs::read_to_string(path)
    }

    #[function]
    fn read_named(path: &str) -> Result<String> {
        std::fs::read_to_string(path).map_err(|error| Error::from_io(error, path))
    }

    /// The same, with what Rust itself says.
    #[function]
    fn io_error_named(path: &str) -> Result<()> {
        Err(Error::from_io(std::io::Error::new(std::io::ErrorKind::NotFound, "io said no"), path))
    }

    /// Is it known before it is raised which exception it will be?
    #[function]
    fn is_not_found(ctx: Context<'_>, path: &str) -> bool {
        let error = std::fs::read(path).map_err(Error::from).err();
        error.is_some_and(|error| error.is_instance_of::<exceptions::FileNotFoundError>(ctx))
    }

    /// Calls; says which exception came.
    #[function]
    fn catch(ctx: Context<'_>, f: &Handle<'_>) -> Result<String> {
        match f.call(()) {
            Ok(value) => Ok(format!("value {value:?}")),
            Err(error) if error.is_instance_of::<KeyError>(ctx) => Ok("KeyError".to_owned()),
            Err(error) if error.is_instance_of::<exceptions::LookupError>(ctx) => {
                Ok("LookupError".to_owned())
            }
            Err(error) => Err(error),
        }
    }

    /// Calls, drops the error, and goes on.
    #[function]
    fn ignore(f: &Handle<'_>) -> Result<usize> {
        let mut failures = 0;
        for _ in 0..3 {
            if f.call(()).is_err() {
                failures += 1;
            }
        }
        Ok(failures)
    }

    #[function]
    fn caught_value<'ctx>(ctx: Context<'ctx>, f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        match f.call(()) {
            Ok(value) => Ok(value),
            Err(error) => error.value(ctx),
        }
    }

    #[function]
    fn unraisable(f: &Handle<'_>) {
        if let Err(error) = f.call(()) {
            error.write_unraisable(f);
        }
    }

    #[function]
    fn warn(ctx: Context<'_>, message: &str) -> Result<()> {
        ctx.warn::<UserWarning>(message, 1)
    }

    #[function]
    fn panic(message: &str) {
        panic!("{message}");
    }

    #[function]
    fn panic_static() {
        panic!("static text");
    }

    #[function]
    fn panic_any() {
        std::panic::panic_any(7);
    }

    #[function]
    fn index_out_of_bounds(items: Vec<i64>, index: usize) -> i64 {
        items[index]
    }
}
