//! Interpreters from Debian's archive: packages unpacked beside the system, or a source built.
//!
//! An unpacked interpreter gets the loader and the libraries of its own suite by absolute path. So it is
//! an ordinary process that sees the machine's files, and `sys.executable`, `venv` and `subprocess` work.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use super::apt::Apt;
use super::system;
use crate::cache::{self, Cache};
use crate::interpreters::tools;
use crate::process;
use crate::progress::Progress;

/// Packages that an interpreter depends on and never reads.
const NOT_UNPACKED: &[&str] = &[
    "ca-certificates_",
    "debconf_",
    "fontconfig",
    "fonts-",
    "gcc-",
    "libx11-data_",
    "lsb-base_",
    "openssl_",
    "sysvinit",
    "tzdata_",
    "x11-common_",
];

/// What Debian's packages of an architecture have in their paths.
pub(super) struct Architecture {
    /// As Debian names it.
    pub(super) name: &'static str,
    /// The folder of libraries.
    libraries: &'static str,
    loader: &'static str,
}

pub(super) const AMD64: Architecture =
    Architecture { name: "amd64", libraries: "usr/lib/x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" };

pub(super) const ARM64: Architecture =
    Architecture { name: "arm64", libraries: "usr/lib/aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" };

/// Unpacks `package` of `suite` with all its libraries; returns the interpreter, ready to run.
pub(super) fn unpack(
    cache: &Cache,
    name: &str,
    (suite, package, program): (&str, &str, &str),
    architecture: &Architecture,
    progress: Progress,
) -> Result<PathBuf, String> {
    progress.step(name, format!("fetching {package} of {suite}"));
    let apt = Apt::update(cache, suite, "deb", architecture.name)?;
    let archives = apt.download(package)?;
    progress.step(name, format!("unpacking {} packages", archives.len()));
    let root = cache.root(name);
    cache::fresh(&root)?;
    cache::fresh(&root.join("usr/lib64"))?;
    for (link, target) in [("lib", "usr/lib"), ("lib64", "usr/lib64")] {
        // Older packages still have files in there.
        symlink(target, root.join(link)).map_err(|error| format!("{}: {error}", root.display()))?;
    }
    for archive in archives {
        let file = archive.file_name().unwrap_or_default().to_string_lossy();
        if !NOT_UNPACKED.iter().any(|prefix| file.starts_with(prefix)) {
            unpack_archive(&archive, &root)?;
        }
    }
    let program = relocate(cache, &root, program, architecture)?;
    if architecture.name == AMD64.name {
        progress.step(name, "compiling the standard library");
        compile_library(&program)?;
    }
    Ok(program)
}

fn unpack_archive(archive: &Path, root: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("can't unpack {}: {error}", archive.display());
    let mut source = process::command("dpkg-deb");
    let mut source =
        source.arg("--fsys-tarfile").arg(archive).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut tar = process::command("tar");
    tar.args(["-x", "--no-same-owner", "--keep-directory-symlink", "-C"]).arg(root);
    for folder in ["lib/debug", "share/doc", "share/man", "share/locale", "share/lintian", "include"] {
        tar.arg(format!("--exclude=./usr/{folder}"));
    }
    tar.stdin(source.stdout.take().expect("it is piped"));
    let unpacked = process::run(&mut tar);
    if !source.wait().map_err(failed)?.success() {
        return Err(format!("can't unpack {}: dpkg-deb failed", archive.display()));
    }
    unpacked
}

/// Makes the interpreter use the loader and libraries that were unpacked with it.
fn relocate(
    cache: &Cache,
    root: &Path,
    program: &str,
    architecture: &Architecture,
) -> Result<PathBuf, String> {
    let libraries = root.join(architecture.libraries);
    let loaders = [libraries.clone(), root.join("usr/lib64"), root.join("usr/lib")]
        .map(|folder| folder.join(architecture.loader));
    let loader = loaders.iter().find(|path| path.exists());
    let loader = loader.ok_or_else(|| format!("no loader in {}", root.display()))?;
    let link = root.join(program);
    let program = link.canonicalize().map_err(|error| format!("{}: {error}", link.display()))?;
    // DT_RPATH and not RUNPATH: it holds for extension modules too, and before LD_LIBRARY_PATH.
    let mut patchelf = tools::patchelf(cache);
    patchelf.arg("--set-interpreter").arg(loader).arg("--force-rpath");
    process::run(patchelf.arg("--set-rpath").arg(libraries).arg(&program))?;
    Ok(link)
}

/// Debian compiles it on installation; without, each start would take seconds.
pub(super) fn compile_library(program: &Path) -> Result<(), String> {
    let mut python = process::command(program);
    let library =
        process::output(python.args(["-c", "import os; print(os.path.dirname(os.__file__), end='')"]))?;
    let skipped = "/(tests?|idlelib|idle_test|tkinter|turtledemo|lib2to3|pydoc_data|msilib)/";
    let mut python = process::command(program);
    python.args(["-m", "compileall", "-q", "-j", &jobs(), "-x", skipped, &library]);
    // Some files are there to be rejected; whether the rest is in order is verified later.
    let _ = python.output();
    Ok(())
}

/// Builds the source package of `suite`; returns the interpreter.
pub(super) fn build(
    cache: &Cache,
    name: &str,
    (suite, package, program): (&str, &str, &str),
    configure: &str,
    progress: Progress,
) -> Result<PathBuf, String> {
    let log = cache.log(name);
    cache::remove(&log);
    install_headers(name, &log, progress)?;
    progress.step(name, format!("fetching the source of {package} of {suite}"));
    let apt = Apt::update(cache, suite, "deb-src", AMD64.name)?;
    let folder = cache.path().join("build").join(name);
    let root = cache.root(name);
    cache::fresh(&folder)?;
    cache::remove(&root);
    // Checks the hashes of the signed index.
    process::run_logged(apt.get().args(["source", "--download-only", package]).current_dir(&folder), &log)?;
    let archive = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let archive = archive.into_iter().find(|path| path.to_string_lossy().ends_with(".orig.tar.xz"));
    let archive = archive.ok_or_else(|| format!("{package} of {suite} has no .orig.tar.xz"))?;
    let run = |program: &str, args: &[&str]| {
        process::run_logged(process::command(program).args(args).current_dir(&folder), &log)
    };
    run("tar", &["-xf", &archive.to_string_lossy(), "--strip-components=1"])?;
    progress.step(name, "configuring");
    let prefix = format!("--prefix={}", root.display());
    let options = ["--with-ensurepip=no", "--disable-test-modules", "--without-static-libpython"];
    run("./configure", &[&["-q", configure, &prefix, "OPT=-DNDEBUG -O2"], &options[..]].concat())?;
    progress.step(name, "building, which takes some minutes");
    run("make", &["-s", "-j", &jobs()])?;
    run("make", &["-s", "altinstall"])?;
    cache::remove(&folder);
    Ok(root.join(program))
}

/// The headers for the modules of the standard library that tests use.
fn install_headers(name: &str, log: &Path, progress: Progress) -> Result<(), String> {
    const HEADERS: &[(&str, &str)] = &[
        ("openssl/ssl.h", "libssl-dev"),
        ("ffi.h", "libffi-dev"),
        ("zlib.h", "zlib1g-dev"),
        ("bzlib.h", "libbz2-dev"),
        ("lzma.h", "liblzma-dev"),
        ("sqlite3.h", "libsqlite3-dev"),
    ];
    let places = ["/usr/include", "/usr/include/x86_64-linux-gnu", "/usr/local/include"].map(Path::new);
    let missing =
        HEADERS.iter().filter(|(header, _)| !places.iter().any(|place| place.join(header).exists()));
    let mut packages: Vec<&str> = missing.map(|(_, package)| *package).collect();
    if !process::exists("make") || !process::exists("gcc") {
        packages.push("build-essential");
    }
    system::install(name, &packages, log, progress)
}

fn jobs() -> String {
    thread::available_parallelism().map_or(2, usize::from).to_string()
}
