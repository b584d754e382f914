//! Converts `std::io::Error` to the subclass of `OSError` for its kind.

use std::io;
use std::path::Path;

use super::arguments::Plain;
use super::{Error, TypeOf};
use crate::core::exceptions as e;
use crate::core::exceptions::ExceptionType;

impl From<io::Error> for Error {
    /// Converts to the subclass of `OSError` that Python uses for the failure, with `errno` and `strerror`. [`Error::from_io`]
    /// adds the file's name. An error that does not come from the operating system has only its text.
    fn from(error: io::Error) -> Self {
        from_io(error, None)
    }
}

impl Error {
    /// Creates the exception for a failed file operation: like `Error::from(error)`, with `filename` set.
    ///
    /// ```
    /// use hpy::{Error, Result};
    ///
    /// fn read(path: &str) -> Result<String> {
    ///     std::fs::read_to_string(path).map_err(|error| Error::from_io(error, path))
    /// }
    /// ```
    #[cold]
    pub fn from_io(error: io::Error, filename: impl AsRef<Path>) -> Self {
        from_io(error, Some(file_name(filename.as_ref())))
    }
}

/// Converts a path like `os.fsdecode` if it is text, and to `bytes` otherwise.
fn file_name(path: &Path) -> Plain {
    match path.to_str() {
        Some(text) => Plain::Text(text.to_owned().into()),
        #[cfg(unix)]
        None => Plain::Bytes(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()),
        #[cfg(not(unix))]
        None => Plain::Text(path.to_string_lossy().into_owned().into()),
    }
}

#[cold]
#[inline(never)]
fn from_io(error: io::Error, filename: Option<Plain>) -> Error {
    let message = error.to_string();
    let ty = match error.kind() {
        io::ErrorKind::UnexpectedEof => return Error::new::<e::EOFError>(message),
        io::ErrorKind::OutOfMemory => return Error::new::<e::MemoryError>(message),
        kind => type_of(kind),
    };
    let Some(code) = error.raw_os_error() else {
        return match filename {
            None => Error::with_message(ty, message.into()),
            Some(filename) => Error::with_args(ty, vec![Plain::None, Plain::Text(message.into()), filename]),
        };
    };
    let message = message.strip_suffix(&format!(" (os error {code})")).unwrap_or(&message);
    // The sentences of Windows lose their stop in Python.
    let message = if cfg!(windows) { message.trim_end_matches('.') } else { message }.to_owned();
    // Python finds `errno` of Windows' own code by itself.
    let (errno, winerror) = if cfg!(windows) { (0, Some(code)) } else { (code, None) };
    let mut args = vec![Plain::Int(errno.into()), Plain::Text(message.into())];
    match (filename, winerror) {
        (None, None) => {}
        (Some(filename), None) => args.push(filename),
        (filename, Some(code)) => args.extend([filename.unwrap_or(Plain::None), Plain::Int(code.into())]),
    }
    Error::with_args(ty, args)
}

fn type_of(kind: io::ErrorKind) -> TypeOf {
    use io::ErrorKind as K;
    match kind {
        K::NotFound => e::FileNotFoundError::type_object,
        K::PermissionDenied => e::PermissionError::type_object,
        K::AlreadyExists => e::FileExistsError::type_object,
        K::IsADirectory => e::IsADirectoryError::type_object,
        K::NotADirectory => e::NotADirectoryError::type_object,
        K::ConnectionRefused => e::ConnectionRefusedError::type_object,
        K::ConnectionReset => e::ConnectionResetError::type_object,
        K::ConnectionAborted => e::ConnectionAbortedError::type_object,
        K::BrokenPipe => e::BrokenPipeError::type_object,
        K::WouldBlock => e::BlockingIOError::type_object,
        K::Interrupted => e::InterruptedError::type_object,
        K::TimedOut => e::TimeoutError::type_object,
        _ => e::OSError::type_object, // and of that Python itself makes the subclass for `errno`
    }
}
