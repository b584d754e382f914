//! What the members of an enum of Python's own kind can't be.

#[hpy::module]
mod m {
    #[enumeration(base = "IntEnum")]
    enum Number {
        #[hpy(value = 1)] //~ the value of this member is its number in Rust: write `One = …`
        One,
        Two(i64), //~ a member of Python's `enum` has no data beside its value
        #[hpy(name = "One")] //~ there is a `One` already
        Three,
        #[hpy(alias = "Four")] //~ unknown option `alias`: the options here are `name` and `value`
        Four,
    }

    #[enumeration(base = "StrEnum")]
    enum Text {
        #[hpy(value = 1)] //~ the value of a `StrEnum`'s member is a text
        One,
        #[hpy(value = "two")]
        Two,
        #[hpy(value = "two")] //~ `Zwei` has the value of `Two`, so Python would take it for the same member
        Zwei,
    }

    #[enumeration(base = "Flag")]
    enum Mode {
        Read, //~ a flag is a bit, or several: write `Read = 1`
        Write = 2,
    }

    #[enumeration(base = "EnumMeta")] //~ the classes of Python's module `enum` are `"Enum"`, `"IntEnum"`
    enum Other {
        A,
    }

    #[enumeration]
    enum Never {} //~ Python could have no instance of an enum without variants

    #[enumeration]
    enum Plain {
        A,
    }

    #[methods]
    impl Plain { //~ this is an `enum` of Python's own, which has no methods in Rust
        fn f(&self) {}
    }
}

fn main() {}
