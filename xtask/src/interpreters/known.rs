//! The known interpreters by name, and the source of each.

use crate::platform::Platform;

/// One of the interpreters that tests and tables name.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// Whether `--require all` insists on it.
    pub(crate) required: bool,
    /// Where it belongs.
    pub(crate) platform: Platform,
    /// Tried in this order.
    pub(super) sources: &'static [Source],
}

/// A way to get an interpreter.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// It is on the machine: pyenv, uv or PATH.
    Machine,
    /// A package of a Debian suite, unpacked beside the system; `program` is its path in there.
    Package { suite: &'static str, package: &'static str, program: &'static str },
    /// A source package of a Debian suite, built; `program` is its path after installation.
    Build { suite: &'static str, package: &'static str, program: &'static str, configure: &'static str },
    /// GraalPy's jars from Maven Central. Its native HPy needs those of LLVM too.
    Maven { version: &'static str, llvm: bool },
    /// CPython for Windows from Maven Central: of `org.bytedeco:cpython`.
    Windows { version: &'static str },
    /// A second environment of the interpreter `of`, with PyPI's `hpy`: its native HPy host.
    NativeHost { of: &'static str },
}

use Source::{Build, Machine, Maven, NativeHost, Package, Windows};

const fn package(suite: &'static str, package: &'static str, program: &'static str) -> Source {
    Package { suite, package, program }
}

const fn free_threaded(suite: &'static str) -> Source {
    Build { suite, package: "python3.13", program: "bin/python3.13t", configure: "--disable-gil" }
}

const fn known(name: &'static str, sources: &'static [Source]) -> Known {
    Known { name, required: true, platform: Platform::This, sources }
}

const fn optional(name: &'static str, sources: &'static [Source]) -> Known {
    Known { name, required: false, platform: Platform::This, sources }
}

/// Of another platform: it takes part where it is named.
const fn foreign(name: &'static str, platform: Platform, sources: &'static [Source]) -> Known {
    Known { name, required: false, platform, sources }
}

/// In the order in which they are listed.
pub(crate) const KNOWN: &[Known] = &[
    known("cp38", &[Machine]),
    known("cp39", &[Machine]),
    known("cp310", &[Machine]),
    known("cp311", &[Machine, package("bookworm", "python3.11", "usr/bin/python3.11")]),
    known("cp312", &[Machine]),
    known("cp313", &[Machine, package("trixie", "python3.13", "usr/bin/python3.13")]),
    known(
        "cp314",
        &[
            Machine,
            package("forky", "python3.14", "usr/bin/python3.14"),
            package("sid", "python3.14", "usr/bin/python3.14"),
        ],
    ),
    known(
        "cp315",
        &[
            Machine,
            package("forky", "python3.15", "usr/bin/python3.15"),
            package("sid", "python3.15", "usr/bin/python3.15"),
        ],
    ),
    known("cp313t", &[Machine, free_threaded("forky"), free_threaded("trixie"), free_threaded("sid")]),
    optional(
        "cp314d",
        &[
            Machine,
            package("forky", "python3.14-dbg", "usr/bin/python3.14d"),
            package("sid", "python3.14-dbg", "usr/bin/python3.14d"),
        ],
    ),
    optional(
        "cp315d",
        &[
            Machine,
            package("forky", "python3.15-dbg", "usr/bin/python3.15d"),
            package("sid", "python3.15-dbg", "usr/bin/python3.15d"),
        ],
    ),
    known("pypy7311", &[Machine, package("bookworm", "pypy3", "usr/bin/pypy3")]),
    known("pypy7319", &[Machine, package("trixie", "pypy3", "usr/bin/pypy3")]),
    known(
        "pypy8",
        &[Machine, package("forky", "pypy3", "usr/bin/pypy3"), package("sid", "pypy3", "usr/bin/pypy3")],
    ),
    known("graalpy24", &[Maven { version: "24.2.2", llvm: true }]),
    known("graalpy25", &[Maven { version: "25.0.3", llvm: false }]),
    optional("cp311-hpy", &[NativeHost { of: "cp311" }]),
    foreign("win39", Platform::Windows, &[Windows { version: "3.9.6-1.5.6" }]),
    foreign("win310", Platform::Windows, &[Windows { version: "3.10.8-1.5.8" }]),
    foreign("win311", Platform::Windows, &[Windows { version: "3.11.3-1.5.9" }]),
    foreign("win312", Platform::Windows, &[Windows { version: "3.12.1-1.5.10" }]),
    foreign("win313", Platform::Windows, &[Windows { version: "3.13.5-1.5.12" }]),
    foreign("win314", Platform::Windows, &[Windows { version: "3.14.3-1.5.13" }]),
    foreign("arm313", Platform::LinuxArm, &[package("trixie", "python3.13", "usr/bin/python3.13")]),
];

/// The end of the name of an environment that holds an interpreter's native HPy host.
pub(super) const NATIVE_SUFFIX: &str = "-hpy";

/// PyPI's native HPy host for CPython.
pub(super) const NATIVE_HPY: &str = "hpy==0.9.0";

pub(crate) fn find(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// Where a name stands in the listing; unknown ones come last.
pub(crate) fn position(name: &str) -> usize {
    KNOWN.iter().position(|known| known.name == name).unwrap_or(KNOWN.len())
}

impl Known {
    /// What a user can do when nothing here can get it.
    pub(super) fn advice(&self) -> Option<String> {
        if !self.sources.iter().any(|source| matches!(source, Machine)) {
            return None;
        }
        let Some(version) = self.name.strip_prefix("cp3").map(|rest| rest.trim_end_matches(['t', 'd']))
        else {
            return Some("or put it on PATH".to_owned());
        };
        let version = format!("3.{version}{}", if self.name.ends_with('t') { "t" } else { "" });
        let commands = format!("`pyenv install {version}` or `uv python install {version}`");
        Some(format!("{commands}, or put it on PATH; then run this again"))
    }
}

/// The pytest for a version of Python.
pub(super) fn pytest(python: (u64, u64)) -> &'static str {
    match python {
        (3, ..=8) => "pytest==8.3.5",
        (3, 9) => "pytest==8.4.2",
        _ => "pytest==9.2.0",
    }
}

/// The NumPy for an interpreter whose tests of buffers use one; `None` for most.
pub(super) fn numpy(name: &str) -> Option<&'static str> {
    match name {
        "cp311" => Some("numpy==2.4.6"),
        "cp313" => Some("numpy==2.5.5"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, find};

    #[test]
    fn fourteen_are_required() {
        assert_eq!(KNOWN.iter().filter(|known| known.required).count(), 14);
    }

    #[test]
    fn advice_names_the_version() {
        assert_eq!(find("graalpy24").unwrap().advice(), None);
        assert!(find("cp38").unwrap().advice().unwrap().starts_with("`pyenv install 3.8` or"));
        assert!(find("cp313t").unwrap().advice().unwrap().starts_with("`pyenv install 3.13t` or"));
    }
}
