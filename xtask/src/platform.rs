//! The platforms that this machine builds for, and how programs for each of them run here.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where an interpreter, and an extension that it loads, belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    /// This machine's own.
    This,
    /// Windows on x86-64: under wine.
    Windows,
    /// Linux on 64-bit Arm: under qemu.
    LinuxArm,
}

impl Platform {
    pub(crate) const ALL: [Platform; 3] = [Self::This, Self::Windows, Self::LinuxArm];

    /// Of folders.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::This => "this",
            Self::Windows => "windows",
            Self::LinuxArm => "linux-arm",
        }
    }

    /// As Rust names it; `None` for the default.
    pub(crate) fn target(self) -> Option<&'static str> {
        match self {
            Self::This => None,
            Self::Windows => Some("x86_64-pc-windows-gnu"),
            Self::LinuxArm => Some("aarch64-unknown-linux-gnu"),
        }
    }

    /// As uv names it.
    pub(crate) fn uv(self) -> Option<&'static str> {
        match self {
            Self::This => None,
            Self::Windows => Some("x86_64-pc-windows-msvc"),
            // What this machine's C library is at most.
            Self::LinuxArm => Some("aarch64-manylinux_2_40"),
        }
    }

    /// What has to be installed for builds: a program of each Debian package.
    pub(crate) fn needs(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::This => &[],
            Self::Windows => {
                &[("wine", "wine"), ("wine", "wine64"), ("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64")]
            }
            Self::LinuxArm => &[
                ("qemu-aarch64-static", "qemu-user-static"),
                ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
                ("aarch64-linux-gnu-gcc", "libc6-dev-arm64-cross"),
            ],
        }
    }

    /// Tells Cargo, and what calls it, how to build for it.
    pub(crate) fn build_with(self, cargo: &mut Command) {
        if let Some(target) = self.target() {
            cargo.args(["--target", target]);
        }
        if self == Self::LinuxArm {
            cargo.env("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER", "aarch64-linux-gnu-gcc");
        }
    }

    /// Its C compiler.
    pub(crate) fn cc(self) -> OsString {
        match self {
            Self::This => std::env::var_os("CC").unwrap_or("cc".into()),
            Self::Windows => "x86_64-w64-mingw32-gcc".into(),
            Self::LinuxArm => "aarch64-linux-gnu-gcc".into(),
        }
    }

    /// Its C++ compiler.
    pub(crate) fn cxx(self) -> OsString {
        match self {
            Self::This => std::env::var_os("CXX").unwrap_or("c++".into()),
            Self::Windows => "x86_64-w64-mingw32-g++".into(),
            Self::LinuxArm => "aarch64-linux-gnu-g++".into(),
        }
    }

    /// The end of a built library's name.
    pub(crate) fn built(self) -> &'static str {
        match self {
            Self::Windows => "dll",
            Self::This if cfg!(target_vendor = "apple") => "dylib",
            Self::This | Self::LinuxArm => "so",
        }
    }

    /// The end of an extension's name.
    pub(crate) fn extension(self) -> &'static str {
        if self == Self::Windows { "pyd" } else { "so" }
    }

    /// The name of an interpreter that would be `name` if it were this machine's: `win311` for `cp311`.
    pub(crate) fn interpreter(self, name: String) -> String {
        let prefix = match self {
            Self::This => return name,
            Self::Windows => "win",
            Self::LinuxArm => "arm",
        };
        match name.strip_prefix("cp") {
            Some(version) => format!("{prefix}{version}"),
            None => format!("{prefix}-{name}"),
        }
    }

    /// A path of this machine as programs there see it.
    pub(crate) fn path(self, path: &Path) -> OsString {
        match self {
            Self::Windows if path.is_absolute() => format!("Z:{}", path.display()).replace('/', "\\").into(),
            _ => path.into(),
        }
    }

    /// A path as such programs say it, on this machine.
    pub(crate) fn host_path(self, path: &Path) -> PathBuf {
        let text = path.to_string_lossy();
        match text.strip_prefix("Z:").filter(|_| self == Self::Windows) {
            Some(rest) => rest.replace('\\', "/").into(),
            None => path.to_owned(),
        }
    }

    /// Paths of this machine as a variable such as PYTHONPATH has them there.
    pub(crate) fn paths(self, paths: impl IntoIterator<Item = PathBuf>) -> Result<OsString, String> {
        if self == Self::Windows {
            let paths: Vec<OsString> = paths.into_iter().map(|path| self.path(&path)).collect();
            return Ok(paths.join(OsStr::new(";")));
        }
        std::env::join_paths(paths).map_err(|error| format!("a list of paths: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Platform::{LinuxArm, This, Windows};

    #[test]
    fn paths_and_back() {
        let path = Path::new("/a/b c.py");
        assert_eq!(Windows.path(path), "Z:\\a\\b c.py");
        assert_eq!(Windows.host_path(Path::new("Z:\\a\\b c.py")), path);
        assert_eq!(Windows.path(Path::new("a")), "a");
        assert_eq!(LinuxArm.path(path), "/a/b c.py");
        assert_eq!(Windows.paths(["/a".into(), "/b".into()]).unwrap(), "Z:\\a;Z:\\b");
        assert_eq!(This.paths(["/a".into(), "/b".into()]).unwrap(), "/a:/b");
    }

    #[test]
    fn names() {
        assert_eq!(Windows.interpreter("cp311".to_owned()), "win311");
        assert_eq!(LinuxArm.interpreter("cp313t".to_owned()), "arm313t");
        assert_eq!(This.interpreter("pypy8".to_owned()), "pypy8");
    }
}
