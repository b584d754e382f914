//! [`Buffer`] and [`BufferMut`]: memory of Python objects, read and written where it is.

use core::ffi::CStr;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use hpy_host::interp::imported_buffer::{ImportedBuffer, RECORDS, RECORDS_RO};
use hpy_sys::cast::extent;

use super::format::Kind;
use super::{ElementMut, MOST_DIMENSIONS};
use crate::core::exceptions::{
    BufferError, IndexError, MemoryError, NotImplementedError, TypeError, ValueError,
};
use crate::core::markers::MemoryView;
use crate::core::{Context, Error, FromPython, Handle, Hint, Result, ffi};

/// The memory of a Python object that has a buffer (`bytes`, `bytearray`, `memoryview`, `array.array`, `mmap`, a NumPy array, …),
/// without a copy: numbers in any number of dimensions, with strides.
///
/// ```
/// #[hpy::module]
/// mod sums {
///     use hpy::{Buffer, BufferMut, Result};
///
///     #[function]
///     fn total(values: Buffer<'_, f64>) -> Result<f64> {
///         Ok(values.to_vec()?.iter().sum())
///     }
///
///     #[function]
///     fn clear_first_row(image: BufferMut<'_, u8>) -> Result<()> {
///         for column in 0..image.shape()[1] {
///             image.set(&[0, column], 0)?;
///         }
///         Ok(())
///     }
/// }
/// # fn main() {}
/// ```
///
/// The object keeps its memory, and can't be resized, until the `Buffer` is dropped. But other code can write to the memory at any
/// time Python runs, and without a GIL or from C even in parallel. So a buffer gives items by value and copies of all of them, no
/// slice; [`as_slice`](Buffer::as_slice) is `unsafe`. Use `&[u8]` for the contents of `bytes`, which never change.
///
/// HPy 0.9 has no function for this, and on PyPy and GraalPy an object can be resized while others use its memory. So it is borrowed in
/// the embedded host on CPython only; elsewhere, a `Buffer` is a copy, and the conversion to [`BufferMut`] raises
/// `NotImplementedError`.
pub struct Buffer<'ctx, T> {
    ctx: Context<'ctx>,
    held: Held,
    shape: Box<[usize]>,
    /// In bytes.
    strides: Box<[isize]>,
    len: usize,
    writable: bool,
    items: PhantomData<T>,
}

/// A [`Buffer`] whose memory can be written.
pub struct BufferMut<'ctx, T>(Buffer<'ctx, T>);

impl<T> fmt::Debug for Buffer<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("shape", &self.shape).field("strides", &self.strides).finish()
    }
}

impl<T> fmt::Debug for BufferMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What keeps the memory.
enum Held {
    Export(ImportedBuffer),
    /// What the memory was.
    Copy(Vec<u8>),
}

/// What was found to be sound in an export.
struct Checked {
    held: Held,
    shape: Box<[usize]>,
    strides: Box<[isize]>,
    len: usize,
    writable: bool,
}

/// Asks for the memory of an object, whose items have this format and size.
fn import(value: &Handle<'_>, writable: bool, wanted: &CStr, size: usize) -> Result<Checked> {
    let ctx = value.ctx();
    let wanted = Wanted { kind: Kind::of(wanted, size), size };
    if !ctx.is_embedded() || !hpy_host::interp::refuses_surrogates() {
        if writable {
            return Err(Error::new::<NotImplementedError>(format!(
                "{} has no function to write to the memory of an object: a BufferMut needs CPython, and there \
                 `#[hpy::module(host = \"embedded\")]` or HPY_HOST=embedded",
                ctx.name()
            )));
        }
        return copy(value, wanted);
    }
    let flags = if writable { RECORDS } else { RECORDS_RO };
    // SAFETY: invariants 2 and 5; the result is dropped before the context ends.
    let Some(held) = (unsafe { ImportedBuffer::get(ffi::object(value.as_raw()), flags) }) else {
        return Err(wanted.refused(Error::fetch(ctx), value));
    };
    wanted.check(&held.format().to_string_lossy(), held.view().itemsize)?;
    check(held, writable, size).ok_or_else(contradiction)
}

#[cold]
fn contradiction() -> Error {
    Error::new::<BufferError>(
        "the exporter contradicts itself: shape, strides, length and access do not fit together",
    )
}

/// The items that are asked for.
#[derive(Clone, Copy)]
struct Wanted {
    kind: Option<Kind>,
    size: usize,
}

impl Wanted {
    fn name(self) -> String {
        self.kind.map_or_else(String::new, |kind| kind.name(self.size))
    }

    /// A `TypeError` that tells what was expected, for an object that has no buffer.
    #[cold]
    fn refused(self, error: Error, value: &Handle<'_>) -> Error {
        if error.is_instance_of::<TypeError>(value.ctx()) {
            drop(error);
            return Error::type_mismatch(format!("a buffer of {}", self.name()), value);
        }
        error
    }

    /// Returns an error unless these are the items that there are.
    fn check(self, format: &str, size: isize) -> Result<()> {
        let found = std::ffi::CString::new(format).ok().and_then(|format| Kind::of(&format, self.size));
        if found.is_some() && found == self.kind && size == extent(self.size) {
            return Ok(());
        }
        let name = self.name();
        let text = format!("expected a buffer of {name}, not of items with the format '{format}'");
        Err(Error::new::<TypeError>(text))
    }
}

/// The memory as it is now, by a `memoryview`: for hosts without a function to borrow it, and for PyPy and GraalPy, where an exporter
/// can be resized.
fn copy(value: &Handle<'_>, wanted: Wanted) -> Result<Checked> {
    let ctx = value.ctx();
    let view = match ctx.type_of::<MemoryView>()?.call((value,)) {
        Ok(view) => view,
        Err(error) => return Err(wanted.refused(error, value)),
    };
    let format = view.getattr("format")?;
    let format: String = if format.is_none() { "B".to_owned() } else { format.extract()? };
    wanted.check(&format, view.getattr("itemsize")?.extract()?)?;
    let shape: Box<[usize]> = view.getattr("shape")?.extract::<Vec<usize>>()?.into();
    // PyPy's `tobytes` ignores strides, but for slices of one dimension.
    if shape.len() > 1 && !view.getattr("c_contiguous")?.is_true()? {
        return Err(Error::new::<BufferError>(
            "this interpreter can't read memory with strides in several dimensions",
        ));
    }
    let writable = !view.getattr("readonly")?.is_true()?;
    let bytes = view.call_method("tobytes", ())?.extract::<Vec<u8>>()?;
    let len = shape.iter().try_fold(1_usize, |len, n| len.checked_mul(*n));
    let len =
        len.filter(|len| len.checked_mul(wanted.size) == Some(bytes.len())).ok_or_else(contradiction)?;
    let strides = c_strides(&shape, wanted.size);
    Ok(Checked { held: Held::Copy(bytes), shape, strides, len, writable })
}

/// The strides of items that follow each other in C's order.
fn c_strides(shape: &[usize], size: usize) -> Box<[isize]> {
    let mut bytes = extent(size);
    let mut strides: Vec<isize> = Vec::with_capacity(shape.len());
    for n in shape.iter().rev() {
        strides.push(bytes);
        bytes = bytes.saturating_mul(extent((*n).max(1)));
    }
    strides.reverse();
    strides.into()
}

/// Looks at shape, strides and length; `None` if they contradict each other, or if items are behind pointers.
fn check(held: ImportedBuffer, writable: bool, size: usize) -> Option<Checked> {
    let view = held.view();
    let dimensions = usize::try_from(view.ndim).ok().filter(|ndim| *ndim <= MOST_DIMENSIONS)?;
    if writable && view.readonly != 0 || dimensions > 0 && view.shape.is_null() {
        return None;
    }
    let numbers = |start: *const isize| -> Box<[isize]> {
        if dimensions == 0 || start.is_null() {
            return Box::new([]);
        }
        // SAFETY: an exporter has a number for each dimension, for as long as the export lives.
        unsafe { core::slice::from_raw_parts(start, dimensions) }.into()
    };
    if numbers(view.suboffsets).iter().any(|offset| *offset >= 0) {
        return None;
    }
    let shape: Box<[usize]> =
        numbers(view.shape).iter().map(|n| usize::try_from(*n).ok()).collect::<Option<_>>()?;
    let len = shape.iter().try_fold(1_usize, |len, n| len.checked_mul(*n))?;
    if len.checked_mul(size)? != usize::try_from(view.len).ok()? || len > 0 && view.buf.is_null() {
        return None;
    }
    let mut strides = numbers(view.strides);
    if strides.len() != dimensions {
        strides = c_strides(&shape, size);
    }
    let writable = view.readonly == 0;
    Some(Checked { held: Held::Export(held), shape, strides, len, writable })
}

impl<'ctx, T: ElementMut> Buffer<'ctx, T> {
    fn import(value: &Handle<'ctx>, writable: bool) -> Result<Self> {
        let Checked { held, shape, strides, len, writable } =
            import(value, writable, T::FORMAT, size_of::<T>())?;
        Ok(Buffer { ctx: value.ctx(), held, shape, strides, len, writable, items: PhantomData })
    }

    /// Returns the context of the call that the buffer belongs to.
    pub fn ctx(&self) -> Context<'ctx> {
        self.ctx
    }

    /// Returns the number of items in each dimension; none for a single item.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Returns the bytes from an item to the next in each dimension. They may be negative, or 0.
    pub fn strides(&self) -> &[isize] {
        &self.strides
    }

    /// Returns the number of items in all dimensions.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns whether the exporter lets the memory be written.
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// Returns whether the items follow each other in C's order, the last dimension first.
    pub fn is_contiguous(&self) -> bool {
        let mut expected = extent(size_of::<T>());
        self.len == 0
            || self.shape.iter().zip(&self.strides).rev().all(|(n, stride)| {
                // Where nothing is behind the item, the stride says nothing.
                let fits = *n == 1 || *stride == expected;
                expected *= extent(*n);
                fits
            })
    }

    fn start(&self) -> *mut T {
        match &self.held {
            Held::Export(held) => held.view().buf.cast(),
            Held::Copy(bytes) => bytes.as_ptr().cast_mut().cast(),
        }
    }

    /// The address of an item; `None` outside of the shape.
    fn place(&self, index: &[usize]) -> Option<*mut T> {
        if index.len() != self.shape.len() || index.iter().zip(&self.shape).any(|(i, n)| i >= n) {
            return None;
        }
        let offset: isize = index.iter().zip(&self.strides).map(|(i, stride)| extent(*i) * stride).sum();
        Some(self.start().wrapping_byte_offset(offset))
    }

    /// Returns the item at an index, which has a number for each dimension; `None` if there is none.
    pub fn get(&self, index: &[usize]) -> Option<T> {
        // SAFETY: an item of the export, which lives as long as `self`. It may be unaligned, and any bytes are a `T`.
        self.place(index).map(|place| unsafe { place.read_unaligned() })
    }

    /// Calls `f` with the address of each item, in C's order.
    fn for_each(&self, mut f: impl FnMut(*mut T)) {
        let Some((&last, outer)) = self.shape.split_last() else { return f(self.start()) };
        if self.len == 0 {
            return;
        }
        let stride = self.strides[outer.len()];
        let mut index = vec![0_usize; outer.len()];
        let mut row = self.start();
        loop {
            for i in 0..last {
                f(row.wrapping_byte_offset(extent(i) * stride));
            }
            // The next row, as an odometer counts.
            let mut dimension = outer.len();
            loop {
                let Some(inner) = dimension.checked_sub(1) else { return };
                dimension = inner;
                index[dimension] += 1;
                row = row.wrapping_byte_offset(self.strides[dimension]);
                if index[dimension] < outer[dimension] {
                    break;
                }
                row = row.wrapping_byte_offset(-self.strides[dimension] * extent(outer[dimension]));
                index[dimension] = 0;
            }
        }
    }

    /// Copies all items, in C's order.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn to_vec(&self) -> Result<Vec<T>> {
        let mut items: Vec<T> = Vec::new();
        items
            .try_reserve_exact(self.len)
            .map_err(|_| Error::new::<MemoryError>(format!("no memory for {} items", self.len)))?;
        if self.is_contiguous() {
            // SAFETY: as many items as the export has in a row, and as the vector has room for; any bytes are a `T`.
            unsafe {
                core::ptr::copy_nonoverlapping(
                    self.start().cast::<u8>(),
                    items.as_mut_ptr().cast(),
                    self.len * size_of::<T>(),
                );
                items.set_len(self.len);
            }
        } else {
            // SAFETY: as in `get`.
            self.for_each(|place| items.push(unsafe { place.read_unaligned() }));
        }
        Ok(items)
    }

    /// Borrows the items as a slice, if they are contiguous and aligned.
    ///
    /// # Safety
    ///
    /// Nobody writes to the memory while the slice exists. Python code can, whenever it runs: in a call of this function, in other
    /// threads that get the GIL, and without a GIL at any time. So can C code that has a buffer of the same object, without the GIL.
    pub unsafe fn as_slice(&self) -> Option<&[T]> {
        if self.len == 0 {
            return Some(&[]);
        }
        if !self.is_contiguous() || !self.start().is_aligned() {
            return None;
        }
        // SAFETY: the caller's word; contiguous and aligned items of an export that lives as long as `self`.
        Some(unsafe { core::slice::from_raw_parts(self.start(), self.len) })
    }
}

impl<'ctx, T: ElementMut> BufferMut<'ctx, T> {
    /// Sets the item at an index, which has a number for each dimension.
    ///
    /// # Errors
    ///
    /// Returns an `IndexError` if there is no such item.
    pub fn set(&self, index: &[usize], value: T) -> Result<()> {
        let Some(place) = self.place(index) else {
            let text = format!("no item {index:?} in a buffer of shape {:?}", self.shape);
            return Err(Error::new::<IndexError>(text));
        };
        // SAFETY: an item of a writable export, which lives as long as `self`. No reference to it exists.
        unsafe { place.write_unaligned(value) };
        Ok(())
    }

    /// Sets all items, in C's order.
    ///
    /// # Errors
    ///
    /// Returns a `ValueError` if there are not as many values as items.
    pub fn copy_from_slice(&self, values: &[T]) -> Result<()> {
        if values.len() != self.len {
            let text = format!("{} values for a buffer of {} items", values.len(), self.len);
            return Err(Error::new::<ValueError>(text));
        }
        if self.is_contiguous() {
            // SAFETY: as many items as the writable export has in a row.
            unsafe {
                let bytes = self.len * size_of::<T>();
                core::ptr::copy(values.as_ptr().cast::<u8>(), self.start().cast(), bytes);
            }
        } else {
            let mut values = values.iter();
            self.for_each(|place| {
                if let Some(value) = values.next() {
                    // SAFETY: as in `set`.
                    unsafe { place.write_unaligned(*value) }
                }
            });
        }
        Ok(())
    }

    /// Borrows the items as a mutable slice, if they are contiguous and aligned.
    ///
    /// # Safety
    ///
    /// As for [`Buffer::as_slice`]; and nobody reads the memory either, or has another slice of it.
    #[allow(
        clippy::mut_from_ref,
        reason = "the memory is Python's; the caller says that nobody else uses it"
    )]
    pub unsafe fn as_mut_slice(&self) -> Option<&mut [T]> {
        // SAFETY: the caller's word.
        let items = unsafe { self.as_slice() }?;
        if items.is_empty() {
            return Some(&mut []);
        }
        // SAFETY: the caller's word; the export is writable.
        Some(unsafe { core::slice::from_raw_parts_mut(self.start(), self.len) })
    }
}

impl<'ctx, T> Deref for BufferMut<'ctx, T> {
    type Target = Buffer<'ctx, T>;

    fn deref(&self) -> &Buffer<'ctx, T> {
        &self.0
    }
}

/// Accepts an object with a buffer of items of this type, whatever its shape.
impl<'ctx, T: ElementMut> FromPython<'_, 'ctx> for Buffer<'ctx, T> {
    type Error = Error;
    const HINT: Hint = Hint::Name("Buffer");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        Buffer::import(value, false)
    }
}

/// Accepts an object with a writable buffer of items of this type, whatever its shape.
impl<'ctx, T: ElementMut> FromPython<'_, 'ctx> for BufferMut<'ctx, T> {
    type Error = Error;
    const HINT: Hint = Hint::Name("Buffer");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        Buffer::import(value, true).map(BufferMut)
    }
}
