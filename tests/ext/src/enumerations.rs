//! Enums created by Python's `enum` module.

/// Made outside of the module that has it.
mod elsewhere {
    /// Where to go.
    #[hpy::enumeration]
    #[derive(Clone, Copy, PartialEq, Debug)]
    pub(super) enum Direction {
        Up,
        Down,
    }
}

#[hpy::module]
mod enumerations {
    use hpy::exceptions::ValueError;
    use hpy::{Context, Flags, Handle, Result};

    /// What there is.
    #[enumeration(rename_all = "SCREAMING_SNAKE_CASE")]
    #[derive(Clone, Copy, PartialEq, Debug)]
    enum Color {
        Red = 1,
        #[hpy(value = "leaf")]
        Green,
        #[hpy(name = "NAVY", value = (0, 0, 128))]
        DarkBlue = 10,
        #[cfg(any())]
        Never,
    }

    /// No `Clone`, and a number of every size.
    #[enumeration(base = "IntEnum", module = "some.where")]
    #[repr(u64)]
    enum Number {
        Zero,
        One,
        Large = u64::MAX,
    }

    #[enumeration(base = "StrEnum", rename_all = "SCREAMING_SNAKE_CASE")]
    #[derive(Debug)]
    enum Sky {
        Rain,
        LightSnow,
        #[hpy(value = "☀")]
        Sun,
    }

    #[enumeration(base = "IntFlag", rename_all = "UPPERCASE")]
    #[derive(Clone, Copy)]
    enum Mode {
        Execute = 1,
        Write = 2,
        Read = 4,
        All = 7,
    }

    #[enumeration(base = "Flag", name = "Right")]
    #[repr(u64)]
    enum Permission {
        Look = 1,
        Touch = 1 << 40,
    }

    #[enumeration]
    use super::elsewhere::Direction;

    #[function]
    fn debug(color: Color) -> String {
        format!("{color:?}")
    }

    #[function]
    fn borrowed(color: &Color) -> i64 {
        *color as i64
    }

    #[function]
    fn colors() -> Vec<Color> {
        vec![Color::Red, Color::Green, Color::DarkBlue]
    }

    #[function(signature = (color = None))]
    fn maybe(color: Option<Color>) -> Option<Color> {
        color
    }

    #[function]
    fn by_handle<'ctx>(ctx: Context<'ctx>, number: &Handle<'ctx, Number>) -> Result<(bool, Handle<'ctx>)> {
        let value = number.getattr("value")?;
        Ok((number.is_a::<Number>()? && ctx.type_of::<Number>()?.is(&number.type_()?), value))
    }

    #[function]
    fn number(value: u64) -> Result<Number> {
        match value {
            0 => Ok(Number::Zero),
            1 => Ok(Number::One),
            u64::MAX => Ok(Number::Large),
            _ => Err(ValueError::new_err("no such number")),
        }
    }

    #[function]
    fn sky(sky: Vec<Sky>) -> Vec<Sky> {
        sky.into_iter().rev().collect()
    }

    #[function]
    fn turned(direction: Direction) -> Direction {
        match direction {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
        }
    }

    #[function]
    fn bits(mode: Flags<Mode>) -> (u64, Vec<Mode>, String) {
        (mode.bits(), mode.iter().collect(), format!("{mode:?}"))
    }

    #[function]
    fn mode(bits: u64) -> Option<Flags<Mode>> {
        Flags::from_bits(bits)
    }

    #[function]
    fn single(mode: Mode) -> u32 {
        mode as u32
    }

    #[function(signature = (mode, add = Mode::Read.into(), *, remove = Flags::empty()))]
    fn changed(mut mode: Flags<Mode>, add: Flags<Mode>, remove: Flags<Mode>) -> Flags<Mode> {
        mode.insert(add);
        mode.remove(remove);
        mode
    }

    #[function]
    fn rights(right: Flags<Permission>) -> (Flags<Permission>, bool) {
        (right | Permission::Touch, right.contains(Permission::Look | Permission::Touch))
    }

    #[function]
    fn all_rights() -> Flags<Permission> {
        Flags::all()
    }
}

/// Two members with one value: the import fails.
#[hpy::module]
mod aliases {
    #[enumeration]
    enum Twice {
        #[hpy(value = 1)]
        One,
        Eins,
    }

    #[function]
    fn never(twice: Twice) -> Twice {
        twice
    }
}
