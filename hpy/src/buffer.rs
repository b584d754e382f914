//! [`View`]: memory of an instance that Python may look at, by `memoryview` or NumPy; and what it can consist of.

use core::ffi::CStr;
use core::fmt;
use core::marker::PhantomData;

use crate::error::{Error, Result};
use crate::exceptions::ValueError;

/// A number that buffers can consist of: an integer, a float or a `bool`.
#[diagnostic::on_unimplemented(
    message = "Python does not know memory that consists of `{Self}`",
    label = "expected integers up to 64 bits, `f32`, `f64` or `bool`"
)]
pub trait Element: sealed::Sealed + Copy + 'static {
    /// How the module `struct` writes it.
    #[doc(hidden)]
    const FORMAT: &'static CStr;
}

/// An [`Element`] that may be any bytes, so that Python may write it: all but `bool`.
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

/// What a `__buffer__` method shows of its instance: items in one or more dimensions.
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
/// Plain slices can be returned, too.
pub struct View<'a, T> {
    raw: RawView,
    items: PhantomData<&'a [T]>,
}

/// A [`View`] whatever it consists of; valid for `'a`, if it is one of a `BufferSlot`.
pub(crate) struct RawView {
    /// The first item.
    pub(crate) start: *mut u8,
    /// How many items there are in the slice.
    len: usize,
    pub(crate) item_size: usize,
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
    /// A slice, to be read: one dimension.
    pub fn new(items: &'a [T]) -> Self {
        Self::of(items.as_ptr().cast_mut(), items.len(), false)
    }

    /// A slice that Python may write to: one dimension.
    pub fn new_mut(items: &'a mut [T]) -> Self
    where
        T: ElementMut,
    {
        Self::of(items.as_mut_ptr(), items.len(), true)
    }

    fn of(start: *mut T, len: usize, writable: bool) -> Self {
        let raw = RawView {
            start: start.cast(),
            len,
            item_size: size_of::<T>(),
            format: T::FORMAT,
            writable,
            // A slice has at most `isize::MAX` bytes.
            shape: Box::new([len as isize]),
            strides: Box::new([size_of::<T>() as isize]),
        };
        View { raw, items: PhantomData }
    }

    /// The same items in rows, the last dimension's one beside the other (C's order).
    ///
    /// # Errors
    ///
    /// `ValueError` if the shape does not have exactly as many items as there are, or has no or too many dimensions.
    pub fn shaped(self, shape: &[usize]) -> Result<Self> {
        let mut strides = vec![1_isize; shape.len()];
        for i in (1..shape.len()).rev() {
            strides[i - 1] = strides[i].saturating_mul(shape[i].max(1) as isize);
        }
        let count = shape.iter().try_fold(1_usize, |count, n| count.checked_mul(*n));
        if count != Some(self.raw.len) {
            let len = self.raw.len;
            return Err(Error::new::<ValueError>(format!("{len} items can't be shown in shape {shape:?}")));
        }
        self.strided(0, shape, &strides)
    }

    /// Some of the items: the one at `first`, and in each dimension those that are `stride` items away from it, one after the
    /// other. Strides may be negative, or 0.
    ///
    /// # Errors
    ///
    /// `ValueError` if an item is not one of the slice's; if `shape` and `strides` differ in length, or there are no or too
    /// many.
    pub fn strided(mut self, first: usize, shape: &[usize], strides: &[isize]) -> Result<Self> {
        let raw = &mut self.raw;
        let wrong = |what: &str| Err(Error::new::<ValueError>(format!("shape {shape:?} has {what}")));
        if shape.len() != strides.len() {
            return wrong(&format!("{} strides", strides.len()));
        }
        if shape.is_empty() || shape.len() > MOST_DIMENSIONS {
            return wrong(&format!("not 1 to {MOST_DIMENSIONS} dimensions"));
        }
        let size = raw.item_size as i128;
        let mut bytes = Vec::with_capacity(shape.len());
        let (mut lowest, mut highest, mut count) = (first as i128, first as i128, 1_i128);
        for (n, stride) in shape.iter().zip(strides) {
            let (n, stride) = (*n as i128, *stride as i128);
            let reach = (n - 1).saturating_mul(stride);
            lowest = lowest.saturating_add(reach.min(0));
            highest = highest.saturating_add(reach.max(0));
            count = count.saturating_mul(n);
            bytes.push(isize::try_from(stride.saturating_mul(size)).unwrap_or(isize::MAX));
        }
        let empty = count == 0;
        if empty {
            // No item is looked at, but Python multiplies.
            bytes.fill(raw.item_size as isize);
        } else if lowest < 0 || highest >= raw.len as i128 {
            return wrong(&format!("items outside of the {} that there are", raw.len));
        }
        let shape: Result<Vec<isize>, _> = shape.iter().map(|n| isize::try_from(*n)).collect();
        let (Ok(shape), true) = (shape, count.saturating_mul(size) <= isize::MAX as i128) else {
            return wrong("too many items");
        };
        if !empty {
            raw.start = raw.start.wrapping_add(first * raw.item_size);
        }
        (raw.shape, raw.strides) = (shape.into(), bytes.into());
        Ok(self)
    }
}

impl RawView {
    /// Bytes of all items.
    pub(crate) fn size(&self) -> isize {
        // The product of what stands beside a 0 may be no number.
        if self.shape.contains(&0) {
            0
        } else {
            self.shape.iter().product::<isize>() * self.item_size as isize
        }
    }

    /// Does one item stand behind the other, from the last dimension on?
    pub(crate) fn is_c_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides).rev())
    }

    /// The same from the first dimension on.
    pub(crate) fn is_fortran_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides))
    }

    fn is_contiguous<'r>(&self, dimensions: impl Iterator<Item = (&'r isize, &'r isize)>) -> bool {
        let mut expected = self.item_size as isize;
        self.size() == 0
            || dimensions.into_iter().all(|(n, stride)| {
                let fits = *n == 1 || *stride == expected;
                expected *= n;
                fits
            })
    }
}

/// What a `__buffer__` may return: a [`View`], a slice, a `Vec` by reference, or a `Result` of one of them.
#[diagnostic::on_unimplemented(
    message = "`__buffer__` can't return `{Self}`",
    label = "expected `&[T]`, `&mut [T]` or `hpy::View<'_, T>` of numbers, or a `Result` of one of them"
)]
pub trait BufferOutput<'a> {
    /// What it consists of.
    type Element: Element;

    /// As a view.
    ///
    /// # Errors
    ///
    /// The method's own.
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
    /// The method's own.
    #[doc(hidden)]
    pub fn new<V: BufferOutput<'a>>(output: V) -> Result<Self> {
        Ok(AnyView { raw: output.view()?.raw, items: PhantomData })
    }

    pub(crate) fn of_raw(raw: RawView) -> Self {
        AnyView { raw, items: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strided(len: usize, first: usize, shape: &[usize], strides: &[isize]) -> Option<RawView> {
        let items: &[u32] = Box::leak(vec![0; len].into_boxed_slice());
        View::new(items).strided(first, shape, strides).ok().map(|view| view.raw)
    }

    #[test]
    fn items_are_those_of_the_slice() {
        assert!(strided(6, 0, &[2, 3], &[3, 1]).is_some());
        assert!(strided(5, 0, &[2, 3], &[3, 1]).is_none());
        assert!(strided(6, 5, &[6], &[-1]).is_some());
        assert!(strided(6, 4, &[6], &[-1]).is_none());
        assert!(strided(6, 1, &[2, 3], &[3, 1]).is_none());
        assert!(strided(1, 0, &[1000], &[0]).is_some());
        assert!(strided(6, 0, &[3], &[2]).is_some());
        assert!(strided(6, 1, &[3], &[2]).is_some());
        assert!(strided(6, 2, &[3], &[2]).is_none());
        assert!(strided(0, 0, &[0], &[1]).is_some());
        assert!(strided(0, 9, &[0, 5], &[1, 1]).is_some());
        assert!(strided(0, 0, &[1], &[1]).is_none());
        assert!(strided(0, usize::MAX, &[1], &[1]).is_none());
    }

    #[test]
    fn numbers_that_overflow_are_refused() {
        assert!(strided(6, 0, &[usize::MAX], &[1]).is_none());
        assert!(strided(6, 0, &[usize::MAX, usize::MAX], &[isize::MIN, isize::MAX]).is_none());
        assert!(strided(6, 0, &[2], &[isize::MAX]).is_none());
        assert!(strided(6, 0, &[2], &[isize::MIN]).is_none());
        assert!(strided(1, 0, &[1 << 40, 1 << 40], &[0, 0]).is_none());
        assert!(strided(6, 0, &[0, usize::MAX], &[1, 1]).is_none());
        assert!(strided(1, 0, &[1], &[isize::MAX]).is_some());
    }

    #[test]
    fn dimensions() {
        assert!(strided(1, 0, &[], &[]).is_none());
        assert!(strided(1, 0, &[1], &[]).is_none());
        assert!(strided(1, 0, &[1; 64], &[1; 64]).is_some());
        assert!(strided(1, 0, &[1; 65], &[1; 65]).is_none());
    }

    #[test]
    fn shapes_have_all_items() {
        let items = [0_u16; 6];
        let shaped = |shape: &[usize]| View::new(&items).shaped(shape).ok().map(|view| view.raw.strides);
        assert_eq!(shaped(&[6]).unwrap().as_ref(), &[2]);
        assert_eq!(shaped(&[2, 3]).unwrap().as_ref(), &[6, 2]);
        assert_eq!(shaped(&[1, 3, 2]).unwrap().as_ref(), &[12, 4, 2]);
        assert!(shaped(&[5]).is_none() && shaped(&[7]).is_none() && shaped(&[]).is_none());
        assert!(shaped(&[usize::MAX, 2]).is_none());
        let none: [f64; 0] = [];
        assert!(View::new(&none).shaped(&[0, 7]).is_ok());
    }

    #[test]
    fn contiguity() {
        let c = strided(6, 0, &[2, 3], &[3, 1]).unwrap();
        assert!(c.is_c_contiguous() && !c.is_fortran_contiguous());
        let fortran = strided(6, 0, &[2, 3], &[1, 2]).unwrap();
        assert!(!fortran.is_c_contiguous() && fortran.is_fortran_contiguous());
        let both = strided(6, 0, &[6], &[1]).unwrap();
        assert!(both.is_c_contiguous() && both.is_fortran_contiguous());
        let neither = strided(6, 0, &[3], &[2]).unwrap();
        assert!(!neither.is_c_contiguous() && !neither.is_fortran_contiguous());
        assert!(strided(6, 0, &[1], &[5]).unwrap().is_c_contiguous());
        assert!(strided(6, 0, &[0, 3], &[5, 5]).unwrap().is_c_contiguous());
    }
}
