/// A colour.
#[hpy::class(eq, eq_int, hash)]
#[derive(PartialEq)]
#[repr(u8)]
enum Color {
    Red,
    #[hpy(name = "GREEN")]
    Green = 5,
}
