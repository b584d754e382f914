//! Conversions of numbers.

#[hpy::module]
mod numbers {
    #[function]
    fn to_bool(x: bool) -> bool {
        x
    }
    #[function]
    fn to_i8(x: i8) -> i8 {
        x
    }
    #[function]
    fn to_i16(x: i16) -> i16 {
        x
    }
    #[function]
    fn to_i32(x: i32) -> i32 {
        x
    }
    #[function]
    fn to_i64(x: i64) -> i64 {
        x
    }
    #[function]
    fn to_i128(x: i128) -> i128 {
        x
    }
    #[function]
    fn to_isize(x: isize) -> isize {
        x
    }
    #[function]
    fn to_u8(x: u8) -> u8 {
        x
    }
    #[function]
    fn to_u16(x: u16) -> u16 {
        x
    }
    #[function]
    fn to_u32(x: u32) -> u32 {
        x
    }
    #[function]
    fn to_u64(x: u64) -> u64 {
        x
    }
    #[function]
    fn to_u128(x: u128) -> u128 {
        x
    }
    #[function]
    fn to_usize(x: usize) -> usize {
        x
    }
    #[function]
    fn to_f32(x: f32) -> f32 {
        x
    }
    #[function]
    fn to_f64(x: f64) -> f64 {
        x
    }
    #[function]
    fn to_option(x: Option<i64>) -> Option<i64> {
        x
    }
    #[function]
    fn to_unit(x: ()) {
        x
    }
}
