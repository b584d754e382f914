//! Buffers of Python objects, and `bytes` that are filled in place.

#[hpy::module(gil = false)]
mod buffers_in {
    use hpy::exceptions::{IndexError, ValueError};
    use hpy::types::Bytes;
    use hpy::{Buffer, BufferMut, Context, Handle, Result};

    /// What is said of the memory, and all items.
    type Facts<T> = (Vec<usize>, Vec<isize>, bool, bool, Vec<T>);

    fn facts<T: hpy::buffer::ElementMut>(x: &Buffer<'_, T>) -> Result<Facts<T>> {
        let items = x.to_vec()?;
        assert_eq!((items.len(), items.is_empty()), (x.len(), x.is_empty()));
        Ok((x.shape().to_vec(), x.strides().to_vec(), x.is_contiguous(), x.is_writable(), items))
    }

    #[function]
    fn i8s(x: Buffer<'_, i8>) -> Result<Facts<i8>> {
        facts(&x)
    }
    #[function]
    fn u8s(x: Buffer<'_, u8>) -> Result<Facts<u8>> {
        facts(&x)
    }
    #[function]
    fn i16s(x: Buffer<'_, i16>) -> Result<Facts<i16>> {
        facts(&x)
    }
    #[function]
    fn u16s(x: Buffer<'_, u16>) -> Result<Facts<u16>> {
        facts(&x)
    }
    #[function]
    fn i32s(x: Buffer<'_, i32>) -> Result<Facts<i32>> {
        facts(&x)
    }
    #[function]
    fn u32s(x: Buffer<'_, u32>) -> Result<Facts<u32>> {
        facts(&x)
    }
    #[function]
    fn i64s(x: Buffer<'_, i64>) -> Result<Facts<i64>> {
        facts(&x)
    }
    #[function]
    fn u64s(x: Buffer<'_, u64>) -> Result<Facts<u64>> {
        facts(&x)
    }
    #[function]
    fn sizes(x: Buffer<'_, usize>) -> Result<Facts<usize>> {
        facts(&x)
    }
    #[function]
    fn f32s(x: Buffer<'_, f32>) -> Result<Facts<f32>> {
        facts(&x)
    }
    #[function]
    fn f64s(x: Buffer<'_, f64>) -> Result<Facts<f64>> {
        facts(&x)
    }

    #[function]
    fn item(x: Buffer<'_, f64>, index: Vec<usize>) -> Result<f64> {
        x.get(&index).ok_or_else(|| IndexError::new_err("no such item"))
    }

    #[function]
    fn set_item(x: BufferMut<'_, f64>, index: Vec<usize>, value: f64) -> Result<()> {
        x.set(&index, value)
    }

    #[function]
    fn set_all(x: BufferMut<'_, u8>, values: Vec<u8>) -> Result<()> {
        x.copy_from_slice(&values)
    }

    /// Calls `f` while the buffer is held.
    #[function]
    fn held<'ctx>(x: Buffer<'ctx, u8>, f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        let before = x.to_vec()?;
        let result = f.call(())?;
        assert_eq!(before.len(), x.len());
        Ok(result)
    }

    #[function]
    fn sum(x: Buffer<'_, u8>) -> Option<u64> {
        // SAFETY: Python code does not run meanwhile, and the test has no other thread.
        unsafe { x.as_slice() }.map(|bytes| bytes.iter().map(|byte| u64::from(*byte)).sum())
    }

    #[function]
    fn invert(x: BufferMut<'_, u8>) -> bool {
        // SAFETY: as above.
        let bytes = unsafe { x.as_mut_slice() };
        bytes.map(|bytes| bytes.iter_mut().for_each(|byte| *byte = !*byte)).is_some()
    }

    #[function]
    fn copy(x: Vec<u8>) -> Vec<u8> {
        x
    }

    /// `len` bytes, with `first` at their beginning; a negative one is an error, a large one a panic.
    #[function]
    fn filled<'ctx>(ctx: Context<'ctx>, len: usize, first: i64) -> Result<Handle<'ctx, Bytes>> {
        Bytes::new_with(ctx, len, |bytes| {
            assert!(bytes.iter().all(|byte| *byte == 0) && bytes.len() == len);
            if first < 0 {
                return Err(ValueError::new_err("not filled"));
            }
            if let Some(byte) = bytes.first_mut() {
                *byte = u8::try_from(first).expect("a byte");
            }
            Ok(())
        })
    }
}
