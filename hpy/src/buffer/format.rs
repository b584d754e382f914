//! Formats of buffers, as the module `struct` writes them.

use core::ffi::{CStr, c_long};

/// A kind of numbers, whose size is known otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Signed,
    Unsigned,
    Float,
    Bool,
}

impl Kind {
    /// The kind of items of a format, if they are single numbers of `size` bytes in this machine's byte order.
    pub(super) fn of(format: &CStr, size: usize) -> Option<Self> {
        let format = format.to_bytes();
        let (prefix, code) = match format {
            [code] => (b'@', *code),
            [prefix @ (b'@' | b'=' | b'<' | b'>' | b'!'), code] => (*prefix, *code),
            _ => return None,
        };
        let native = prefix == b'@';
        let swapped = match prefix {
            b'<' => cfg!(target_endian = "big"),
            b'>' | b'!' => cfg!(target_endian = "little"),
            _ => false,
        };
        let (kind, expected) = match code {
            b'b' => (Kind::Signed, 1),
            b'B' | b'c' => (Kind::Unsigned, 1),
            b'?' => (Kind::Bool, 1),
            b'h' => (Kind::Signed, 2),
            b'H' => (Kind::Unsigned, 2),
            b'i' => (Kind::Signed, 4),
            b'I' => (Kind::Unsigned, 4),
            b'l' => (Kind::Signed, if native { size_of::<c_long>() } else { 4 }),
            b'L' => (Kind::Unsigned, if native { size_of::<c_long>() } else { 4 }),
            b'q' => (Kind::Signed, 8),
            b'Q' => (Kind::Unsigned, 8),
            b'n' if native => (Kind::Signed, size_of::<isize>()),
            b'N' if native => (Kind::Unsigned, size_of::<usize>()),
            b'f' => (Kind::Float, 4),
            b'd' => (Kind::Float, 8),
            _ => return None,
        };
        (expected == size && !(swapped && size > 1)).then_some(kind)
    }

    /// As NumPy calls it, for messages.
    pub(super) fn name(self, size: usize) -> String {
        let name = match self {
            Kind::Signed => "int",
            Kind::Unsigned => "uint",
            Kind::Float => "float",
            Kind::Bool => return "bool".to_owned(),
        };
        format!("{name}{}", size * 8)
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn formats() {
        let (little, big) = if cfg!(target_endian = "little") { (c"<d", c">d") } else { (c">d", c"<d") };
        for (format, size, kind) in [
            (c"B", 1, Some(Kind::Unsigned)),
            (c"c", 1, Some(Kind::Unsigned)),
            (c">b", 1, Some(Kind::Signed)),
            (c"l", size_of::<core::ffi::c_long>(), Some(Kind::Signed)),
            (c"=l", 4, Some(Kind::Signed)),
            (c"=l", 8, None),
            (c"n", size_of::<isize>(), Some(Kind::Signed)),
            (c"=n", size_of::<isize>(), None),
            (c"@d", 8, Some(Kind::Float)),
            (little, 8, Some(Kind::Float)),
            (big, 8, None),
            (c"d", 4, None),
            (c"dd", 16, None),
            (c"T{d:x:}", 8, None),
            (c"e", 2, None),
            (c"", 1, None),
            (c"?", 1, Some(Kind::Bool)),
        ] {
            assert_eq!(Kind::of(format, size), kind, "{format:?}");
        }
        assert_eq!(Kind::Float.name(8), "float64");
    }
}
