//! The C compiler, and the parts of HPy that every module links.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::platform::Platform;
use crate::process;
use crate::progress::Progress;
use crate::test::pytest::Variable;

/// HPy's helpers, which its build links into each module.
const HELPERS: &[&str] = &["argparse", "buildvalue", "format", "helpers", "structseq"];

/// How modules are compiled; the work itself is done by `assets/upstream/hpy_compiler.py`.
pub(crate) struct Compiler {
    platform: Platform,
    cc: OsString,
    cxx: OsString,
    /// Name and version.
    version: String,
    /// The static library of HPy's helpers.
    helpers: PathBuf,
    /// Where compiled modules are kept.
    kept: PathBuf,
}

impl Compiler {
    /// Compiles the helpers.
    pub(crate) fn prepare(
        cache: &Cache,
        sdist: &Path,
        platform: Platform,
        progress: Progress,
    ) -> Result<Self, String> {
        let (cc, cxx) = (platform.cc(), platform.cxx());
        let version = process::output(process::command(&cc).arg("--version"))?;
        let version = version.lines().next().unwrap_or_default().to_owned();
        let kept = cache.path().with_file_name("compiled");
        fs::create_dir_all(&kept).map_err(|error| format!("can't make {}: {error}", kept.display()))?;
        let end = platform.target().map_or(String::new(), |target| format!("-{target}"));
        let helpers = kept.join(format!("libhpy-extra-universal{end}.a"));
        if !helpers.exists() {
            progress.step("hpy", "compiling its helpers");
            archive(&cc, &sdist.join("hpy/devel"), &kept, &helpers)?;
        }
        Ok(Self { platform, cc, cxx, version, helpers, kept })
    }

    /// Compiles a universal module of one file, as fast as the compiler makes it.
    pub(crate) fn module(&self, sdist: &Path, source: &Path, library: &Path) -> Result<(), String> {
        let mut cc = process::command(&self.cc);
        cc.args(["-O3", "-DNDEBUG", "-fPIC", "-shared", "-DHPY_ABI_UNIVERSAL", "-I"]);
        cc.arg(sdist.join("hpy/devel/include")).arg("-o").arg(library).arg(source).arg(&self.helpers);
        process::run(&mut cc)
    }

    /// What `hpy_compiler.py` reads.
    pub(super) fn variables(&self) -> Vec<Variable> {
        vec![
            ("CC", self.cc.clone()),
            ("CXX", self.cxx.clone()),
            ("HPY_COMPILER", self.version.clone().into()),
            ("HPY_HELPERS", self.platform.path(&self.helpers)),
            ("HPY_COMPILED", self.platform.path(&self.kept)),
        ]
    }
}

fn archive(cc: &OsString, devel: &Path, folder: &Path, to: &Path) -> Result<(), String> {
    let work = folder.join(format!("helpers-{}", std::process::id()));
    crate::cache::fresh(&work)?;
    let mut compile = process::command(cc);
    compile.args(["-c", "-O2", "-fPIC", "-DHPY_ABI_UNIVERSAL", "-I"]).arg(devel.join("include"));
    compile.args(HELPERS.iter().map(|name| devel.join(format!("src/runtime/{name}.c")))).current_dir(&work);
    process::run(&mut compile)?;
    let made = work.join("helpers.a");
    let mut ar = process::command("ar");
    ar.arg("rcs").arg(&made).args(HELPERS.iter().map(|name| work.join(format!("{name}.o"))));
    process::run(&mut ar)?;
    fs::rename(&made, to).map_err(|error| format!("{}: {error}", to.display()))?;
    crate::cache::remove(&work);
    Ok(())
}
