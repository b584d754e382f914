//! GraalPy from Maven Central: its jars, and a script that starts them.

use std::fs;

use crate::cache::{self, Cache};
use crate::interpreters::ready;
use crate::platform::Platform;
use crate::process;
use crate::progress::Progress;

use super::system;

/// Fetches the jars and pytest and writes the wrapper.
pub(super) fn fetch(
    cache: &Cache,
    name: &str,
    version: &str,
    llvm: bool,
    progress: Progress,
) -> Result<(), String> {
    let log = cache.log(name);
    cache::remove(&log);
    system::need(name, &[("mvn", "maven"), ("java", "default-jdk-headless")], &log, progress)?;
    progress.step(name, format!("fetching the jars of GraalPy {version}"));
    let root = cache.root(name);
    // The resource cache must exist when GraalPy starts.
    cache::fresh(&root.join("resources"))?;
    cache::remove(&root.join("lib"));
    let pom = root.join("pom.xml");
    fs::write(&pom, project(name, version, llvm)).map_err(|error| format!("{}: {error}", pom.display()))?;
    let mut maven = process::command("mvn");
    maven.args(["-q", "-B", "dependency:copy-dependencies", "-DincludeTypes=jar", "-DoutputDirectory=lib"]);
    process::run_logged(maven.current_dir(&root), &log)?;
    let wrapper = cache.wrapper(name);
    ready::wrapper(&wrapper, &script(cache, name))?;
    progress.step(name, "first start, which unpacks its library");
    let asked = "import sys; print(*sys.version_info[:2])";
    let python = process::output(process::command(&wrapper).args(["-c", asked]))?;
    let python = ready::version(&python).ok_or("GraalPy doesn't tell its version")?;
    progress.step(name, "unpacking pytest");
    let site = root.join("site");
    ready::unpacked(cache, python, Platform::This, &site)?;
    process::run(process::command(&wrapper).args(["-m", "compileall", "-q"]).arg(&site))
}

fn project(name: &str, version: &str, llvm: bool) -> String {
    let dependency = |group: &str, artifact: &str, more: &str| {
        format!(
            "    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>\
             <version>{version}</version>{more}</dependency>\n"
        )
    };
    let mut dependencies = dependency("org.graalvm.polyglot", "python-community", "<type>pom</type>");
    if llvm {
        dependencies += &dependency("org.graalvm.polyglot", "llvm-community", "<type>pom</type>");
    }
    dependencies += &dependency("org.graalvm.python", "python-launcher", "");
    format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  \
         <groupId>hpy</groupId><artifactId>{name}</artifactId><version>1</version><packaging>pom</packaging>\n  \
         <dependencies>\n{dependencies}  </dependencies>\n</project>\n"
    )
}

/// Starts quickly rather than ending up fast; `GRAALPY_JVM` replaces those flags for measurements.
fn script(cache: &Cache, name: &str) -> String {
    let root = cache.root(name);
    let (root, wrapper) = (root.display(), cache.wrapper(name));
    format!(
        r#"PYTHONPATH="{root}/site${{PYTHONPATH:+:$PYTHONPATH}}"
export PYTHONPATH
exec "${{GRAALPY_JAVA:-java}}" --enable-native-access=ALL-UNNAMED -Dpolyglot.engine.WarnInterpreterOnly=false \
  "-Dpolyglot.engine.userResourceCache={root}/resources" ${{GRAALPY_JVM--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}} \
  -cp "{root}/lib/*" com.oracle.graal.python.shell.GraalPythonMain "--python.Executable={}" "$@""#,
        wrapper.display()
    )
}
