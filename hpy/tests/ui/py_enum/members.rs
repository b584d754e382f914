//! What the members of an enum of Python's own kind can't be.

#[hpy::module]
mod m {
    #[enumeration(base = "IntEnum")]
    enum Number {
        #[hpy(value = 1)] //~ the value of this member is its discriminant: write `One = …`
        One,
        Two(i64), //~ a member of a Python `enum` can't have data
        #[hpy(name = "One")] //~ there is a `One` already
        Three,
        #[hpy(alias = "Four")] //~ unknown option `alias`: the options here are `name` and `value`
        Four,
    }

    #[enumeration(base = "StrEnum")]
    enum Text {
        #[hpy(value = 1)] //~ the value of a `StrEnum` member must be a string
        One,
        #[hpy(value = "two")]
        Two,
        #[hpy(value = "two")] //~ `Zwei` has the same value as `Two`, so Python would treat it as an alias
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
    enum Never {} //~ an enum without variants can't have instances

    #[enumeration]
    enum Plain {
        A,
    }

    #[methods]
    impl Plain { //~ an `#[enumeration]` can't have methods in Rust
        fn f(&self) {}
    }
}

fn main() {}
