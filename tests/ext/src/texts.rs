//! Conversions of texts and bytes.

#[hpy::module]
mod texts {
    use std::borrow::Cow;

    use hpy::exceptions::ValueError;
    use hpy::types::{Bytes, Str};
    use hpy::{Context, Error, Handle, Result};

    /// `bytes` and then `str` of so many zeros.
    #[function]
    fn zeros<'ctx>(ctx: Context<'ctx>, len: usize, text: bool) -> Result<Handle<'ctx>> {
        let zeros = vec![0; len];
        if !text {
            return Ok(Bytes::new(ctx, &zeros)?.into_any());
        }
        let zeros = String::from_utf8(zeros).map_err(|_| Error::new::<ValueError>("no text"))?;
        Ok(Str::new(ctx, &zeros)?.into_any())
    }

    #[function]
    fn to_str(x: &str) -> &str {
        x
    }
    #[function]
    fn to_string(x: String) -> String {
        x
    }
    #[function]
    fn to_cow(x: Cow<'_, str>) -> Cow<'_, str> {
        x
    }
    #[function]
    fn to_char(x: char) -> char {
        x
    }
    #[function]
    fn length(x: &str) -> usize {
        x.len()
    }
    #[function]
    fn to_bytes(x: &[u8]) -> &[u8] {
        x
    }
    #[function]
    fn to_vec(x: Vec<u8>) -> Vec<u8> {
        x
    }
    #[function]
    fn to_cow_bytes(x: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
        x
    }
    #[function]
    fn encode(text: &Handle<'_, Str>, encoding: &str) -> Result<Vec<u8>> {
        text.encode(encoding)
    }
    #[function]
    fn decode<'ctx>(bytes: &Handle<'ctx, Bytes>, encoding: &str) -> Result<Handle<'ctx, Str>> {
        bytes.as_any().decode(encoding)
    }
    #[function]
    fn substring<'ctx>(text: &Handle<'ctx, Str>, start: usize, end: usize) -> Result<Handle<'ctx, Str>> {
        text.substring(start, end)
    }
}
