//! Enums as classes.

#[hpy::module]
mod enums {
    use std::fmt;

    use hpy::types::Type;
    use hpy::{Context, Handle, Result};

    /// Plain: `==` asks for identity, as nothing else was wanted.
    #[class]
    #[derive(Clone, Copy)]
    enum Color {
        /// Like blood.
        Red,
        Green = 5,
        #[hpy(name = "BLUE")]
        Blue,
    }

    #[methods]
    impl Color {
        #[classattr]
        const DEFAULT: Color = Color::Green;

        fn mixed(&self, other: Color) -> Color {
            match (self, other) {
                (Color::Red, Color::Green) | (Color::Green, Color::Red) => Color::Blue,
                _ => other,
            }
        }

        #[getter]
        fn number(&self) -> i32 {
            *self as i32
        }

        #[staticmethod]
        fn all() -> Vec<Color> {
            vec![Color::Red, Color::Green, Color::Blue]
        }

        #[classmethod]
        fn made<'ctx>(cls: &Handle<'ctx, Type>) -> Result<Handle<'ctx, Self>> {
            Handle::new_of(cls, Color::Red)
        }

        fn itself<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }
    }

    #[function]
    fn numbers(colors: Vec<Color>) -> Vec<i64> {
        colors.into_iter().map(|color| color as i64).collect()
    }

    #[function]
    fn borrowed(color: &Color) -> i64 {
        *color as i64
    }

    #[function(signature = (color = None))]
    fn maybe(color: Option<Color>) -> Option<Color> {
        color
    }

    #[function]
    fn by_handle(ctx: Context<'_>) -> Result<Handle<'_, Color>> {
        Handle::new(ctx, Color::Blue)
    }

    /// Equal to its numbers, and made from one.
    #[class(eq, eq_int, ord, hash, rename_all = "SCREAMING_SNAKE_CASE", name = "Level", str, frozen)]
    #[derive(PartialEq, PartialOrd)]
    #[repr(u64)]
    enum Loudness {
        VeryLow = 1,
        High = u64::MAX,
    }

    impl fmt::Display for Loudness {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                Loudness::VeryLow => "hush",
                Loudness::High => "boom",
            })
        }
    }

    #[methods]
    impl Loudness {
        #[new]
        fn new(number: u64) -> Result<Self> {
            match number {
                1 => Ok(Loudness::VeryLow),
                u64::MAX => Ok(Loudness::High),
                _ => Err(hpy::exceptions::ValueError::new_err(format!("no level has {number}"))),
            }
        }
    }

    /// Equal by its numbers alone, with negative ones; its texts are its own.
    #[class(eq_int)]
    enum Step {
        Back = -1,
        Stay = 0,
    }

    #[methods]
    impl Step {
        fn __repr__(&self) -> &'static str {
            match self {
                Step::Back => "<back",
                Step::Stay => "<stay",
            }
        }

        fn __int__(&self) -> i64 {
            7
        }

        fn __index__(&self) -> i64 {
            8
        }
    }

    /// Equal by Rust's traits, with an order and a hash.
    #[class(eq, ord, hash)]
    #[derive(PartialEq, PartialOrd, Hash)]
    enum Size {
        Small,
        #[cfg(any())]
        Never,
        Large,
    }
}
