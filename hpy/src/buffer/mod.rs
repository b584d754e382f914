//! Buffers: [`View`], the memory that an instance exports to `memoryview` or NumPy, [`Buffer`] and [`BufferMut`], the memory of
//! Python objects, and the elements that they can have.

pub(crate) mod exports;
mod format;
mod import;

use core::ffi::CStr;
use core::fmt;
use core::marker::PhantomData;

use hpy_sys::cast::extent;

use crate::core::exceptions::ValueError;
use crate::core::{Error, Result};

pub use import::{Buffer, BufferMut};

/// An element type of buffers: an integer, a float or a `bool`.
#[diagnostic::on_unimplemented(
    message = "Python does not know memory that consists of `{Self}`",
    label = "expected integers up to 64 bits, `f32`, `f64` or `bool`"
)]
pub trait Element: sealed::Sealed + Copy + 'static {
    /// The format code, as in the module `struct`.
    #[doc(hidden)]
    const FORMAT: &'static CStr;
}

/// An [`Element`] that is valid for any bytes, so Python may write it: all but `bool`.
#[diagnostic::on_unimplemented(
    message = "Python can't be let write `{Self}`s",
    label = "Python writes any bytes, which must be a value: expected integers up to 64 bits, `f32` or `f64`"
)]
pub trait ElementMut: Element {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! elements {
    ($($ty:ty: $format:expr),*) => {$(
        impl sealed::Sealed for $ty {}
        impl Element for $ty {
            const FORMAT: &'static CStr = $format;
        }
        impl ElementMut for $ty {}
    )*};
}
const WORD: [&CStr; 2] = if size_of::<usize>() == 8 { [c"q", c"Q"] } else { [c"i", c"I"] };
elements!(
    i8: c"b", u8: c"B", i16: c"h", u16: c"H", i32: c"i", u32: c"I", i64: c"q", u64: c"Q",
    isize: WORD[0], usize: WORD[1], f32: c"f", f64: c"d"
);

impl sealed::Sealed for bool {}
impl Element for bool {
    const FORMAT: &'static CStr = c"?";
}

/// Memory exported by a `__buffer__` method: items in one or more dimensions.
///
/// ```
/// #[hpy::module]
/// mod images {
///     use hpy::{Result, View};
///
///     /// Grey values, row by row.
///     #[class]
///     struct Image {
///         width: usize,
///         pixels: Vec<u8>,
///     }
///
///     #[methods]
///     impl Image {
///         #[new]
///         fn new(width: usize, height: usize) -> Self {
///             Image { width, pixels: vec![0; width * height] }
///         }
///
///         // By `&mut self`, so that Python may write.
///         fn __buffer__(&mut self) -> Result<View<'_, u8>> {
///             let rows = self.pixels.len() / self.width;
///             View::new_mut(&mut self.pixels).shaped(&[rows, self.width])
///         }
///     }
/// }
/// # fn main() {}
/// ```
///
/// `__buffer__` can also return a plain slice.
pub struct View<'a, T> {
    pub(crate) raw: RawView,
    items: PhantomData<&'a [T]>,
}

/// A [`View`] whatever it consists of; valid for `'a`, if it is one of a `BufferSlot`.
pub(crate) struct RawView {
    /// The slice's first item. All offsets count from here.
    origin: *mut u8,
    /// The number of items in the slice.
    len: usize,
    /// The view's first item, counted from the slice's first.
    first: usize,
    /// Bytes of an item.
    pub(crate) item_size: isize,
    pub(crate) format: &'static CStr,
    pub(crate) writable: bool,
    /// Items in each dimension; at least one.
    pub(crate) shape: Box<[isize]>,
    /// Bytes from one item to the next in each dimension.
    pub(crate) strides: Box<[isize]>,
}

impl<T> fmt::Debug for View<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("shape", &self.raw.shape).finish_non_exhaustive()
    }
}

/// The C API's limit.
const MOST_DIMENSIONS: usize = 64;

impl<'a, T: Element> View<'a, T> {
    /// Creates a read-only, one-dimensional view of a slice.
    pub fn new(items: &'a [T]) -> Self {
        Self::of(items.as_ptr().cast_mut(), items.len(), false)
    }

    /// Creates a writable, one-dimensional view of a slice.
    pub fn new_mut(items: &'a mut [T]) -> Self
    where
        T: ElementMut,
    {
        Self::of(items.as_mut_ptr(), items.len(), true)
    }

    fn of(origin: *mut T, len: usize, writable: bool) -> Self {
        // A slice has at most `isize::MAX` bytes.
        let (count, item_size) = (extent(len), extent(size_of::<T>()));
        let raw = RawView {
            origin: origin.cast(),
            len,
            first: 0,
            item_size,
            format: T::FORMAT,
            writable,
            shape: Box::new([count]),
            strides: Box::new([item_size]),
        };
        View { raw, items: PhantomData }
    }

    /// Gives the items a shape, in C order (the last dimension is contiguous). If the view was [`strided`](View::strided) before, the
    /// result nevertheless contains all items of the slice.
    ///
    /// # Errors
    ///
    /// Returns a `ValueError` if the number of items differs from that of the slice, or if there are no or too many dimensions.
    pub fn shaped(mut self, shape: &[usize]) -> Result<Self> {
        let count = shape.iter().try_fold(1_usize, |count, n| count.checked_mul(*n));
        if count != Some(self.raw.len) {
            let len = self.raw.len;
            return Err(wrong(format!("{len} items can't be shown in shape {shape:?}")));
        }
        let checked = self.raw.check_shape(shape)?;
        (self.raw.strides, self.raw.shape, self.raw.first) = (self.raw.c_strides(&checked), checked, 0);
        Ok(self)
    }

    /// Selects items: starts at the item `first`, and advances by `stride` items for each step in a dimension. Strides may be
    /// negative, or 0.
    ///
    /// `first` and the strides count items of the slice, even if the view was [`strided`](View::strided) before.
    ///
    /// # Errors
    ///
    /// Returns a `ValueError` if an item is outside of the slice, if `shape` and `strides` differ in length, or if there are no or
    /// too many dimensions.
    pub fn strided(mut self, first: usize, shape: &[usize], strides: &[isize]) -> Result<Self> {
        let raw = &mut self.raw;
        if shape.len() != strides.len() {
            return Err(wrong(format!("shape {shape:?} has {} strides", strides.len())));
        }
        let checked = raw.check_shape(shape)?;
        if checked.contains(&0) {
            // No item is looked at; the strides are those that memory without gaps has.
            (raw.strides, raw.shape, raw.first) = (raw.c_strides(&checked), checked, 0);
            return Ok(self);
        }
        // Each product of two 64-bit numbers fits, and so does a sum of 64 of them.
        let (mut lowest, mut highest) = (first as i128, first as i128);
        for (n, stride) in checked.iter().zip(strides) {
            let reach = (*n as i128 - 1) * *stride as i128;
            lowest = lowest.saturating_add(reach.min(0));
            highest = highest.saturating_add(reach.max(0));
        }
        if lowest < 0 || highest >= raw.len as i128 {
            return Err(wrong(format!(
                "shape {shape:?} has items outside of the {} that there are",
                raw.len
            )));
        }
        let bytes: Option<Box<[isize]>> =
            strides.iter().map(|stride| stride.checked_mul(raw.item_size)).collect();
        let Some(bytes) = bytes else {
            return Err(wrong(format!("strides {strides:?} are too large")));
        };
        (raw.strides, raw.shape, raw.first) = (bytes, checked, first);
        Ok(self)
    }
}

#[cold]
fn wrong(text: String) -> Error {
    Error::new::<ValueError>(text)
}

impl RawView {
    /// The view's first item.
    pub(crate) fn start(&self) -> *mut u8 {
        // An offset of the slice, which has at most `isize::MAX` bytes.
        self.origin.wrapping_byte_offset(extent(self.first) * self.item_size)
    }

    /// The shape as Python has it. As in NumPy, the lengths other than 0 multiply to no more bytes than memory can have:
    /// Python multiplies them.
    fn check_shape(&self, shape: &[usize]) -> Result<Box<[isize]>> {
        if shape.is_empty() || shape.len() > MOST_DIMENSIONS {
            return Err(wrong(format!("shape {shape:?} has not 1 to {MOST_DIMENSIONS} dimensions")));
        }
        let checked: Option<Box<[isize]>> = shape.iter().map(|n| isize::try_from(*n).ok()).collect();
        let bytes = |shape: &[isize]| {
            shape.iter().filter(|n| **n != 0).try_fold(self.item_size, |bytes, n| bytes.checked_mul(*n))
        };
        match checked {
            Some(checked) if bytes(&checked).is_some() => Ok(checked),
            _ => Err(wrong(format!("shape {shape:?} has too many items"))),
        }
    }

    /// The strides of memory without gaps in C's order, for a shape that was checked.
    fn c_strides(&self, shape: &[isize]) -> Box<[isize]> {
        let mut strides: Box<[isize]> = shape.into();
        let mut bytes = self.item_size;
        for (stride, n) in strides.iter_mut().zip(shape).rev() {
            *stride = bytes;
            bytes *= n.max(&1);
        }
        strides
    }

    /// Bytes of all items.
    pub(crate) fn size(&self) -> isize {
        self.shape.iter().product::<isize>() * self.item_size
    }

    /// Returns whether a reader that ignores the strides finds all items.
    pub(crate) fn is_one_block(&self) -> bool {
        let count = self.size() / self.item_size;
        count == 0 || self.first + hpy_sys::cast::count(count) <= self.len
    }

    /// Returns whether the items are contiguous in C's order, the last dimension first.
    pub(crate) fn is_c_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides).rev())
    }

    /// Returns whether the items are contiguous in Fortran's order, the first dimension first.
    pub(crate) fn is_fortran_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides))
    }

    fn is_contiguous<'r>(&self, dimensions: impl Iterator<Item = (&'r isize, &'r isize)>) -> bool {
        let mut expected = self.item_size;
        self.size() == 0
            || dimensions.into_iter().all(|(n, stride)| {
                // Where nothing is behind the item, the stride says nothing.
                let fits = *n == 1 || *stride == expected;
                expected *= n;
                fits
            })
    }
}

/// A result of `__buffer__`: a [`View`], a slice, a `Vec` by reference, or a `Result` of one of them.
#[diagnostic::on_unimplemented(
    message = "`__buffer__` can't return `{Self}`",
    label = "expected `&[T]`, `&mut [T]` or `hpy::View<'_, T>` of numbers, or a `Result` of one of them"
)]
pub trait BufferOutput<'a> {
    /// The type of the elements.
    type Element: Element;

    /// As a view.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn view(self) -> Result<View<'a, Self::Element>>;
}

impl<'a, T: Element> BufferOutput<'a> for View<'a, T> {
    type Element = T;
    fn view(self) -> Result<View<'a, T>> {
        Ok(self)
    }
}

impl<'a, T: Element> BufferOutput<'a> for &'a [T] {
    type Element = T;
    fn view(self) -> Result<View<'a, T>> {
        Ok(View::new(self))
    }
}

impl<'a, T: ElementMut> BufferOutput<'a> for &'a mut [T] {
    type Element = T;
    fn view(self) -> Result<View<'a, T>> {
        Ok(View::new_mut(self))
    }
}

impl<'a, T: Element> BufferOutput<'a> for &'a Vec<T> {
    type Element = T;
    fn view(self) -> Result<View<'a, T>> {
        Ok(View::new(self))
    }
}

impl<'a, T: ElementMut> BufferOutput<'a> for &'a mut Vec<T> {
    type Element = T;
    fn view(self) -> Result<View<'a, T>> {
        Ok(View::new_mut(self))
    }
}

impl<'a, V: BufferOutput<'a>, E: Into<Error>> BufferOutput<'a> for core::result::Result<V, E> {
    type Element = V::Element;
    fn view(self) -> Result<View<'a, V::Element>> {
        self.map_err(Into::into)?.view()
    }
}

/// A view, whatever it consists of.
#[doc(hidden)]
pub struct AnyView<'a> {
    pub(crate) raw: RawView,
    items: PhantomData<&'a [u8]>,
}

impl fmt::Debug for AnyView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyView").finish_non_exhaustive()
    }
}

impl<'a> AnyView<'a> {
    /// Of what a `__buffer__` returned.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    #[doc(hidden)]
    pub fn new<V: BufferOutput<'a>>(output: V) -> Result<Self> {
        Ok(AnyView { raw: output.view()?.raw, items: PhantomData })
    }

    pub(crate) fn of_raw(raw: RawView) -> Self {
        AnyView { raw, items: PhantomData }
    }
}

#[cfg(test)]
mod tests;
