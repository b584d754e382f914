//! apt for one suite as an ordinary user would drive it: its own lists and archives, the machine's
//! mirror, keyring and network settings, no dpkg state. Nothing is installed.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::cache::{self, Cache};
use crate::process;

const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Settings of the machine that a download needs.
const NETWORK: &[&str] = &["Acquire::http", "Acquire::https", "Acquire::Retries"];

/// A suite's packages, or its sources.
pub(super) struct Apt {
    folder: PathBuf,
}

impl Apt {
    /// Fetches the lists of `suite`; `kind` is `deb` or `deb-src`.
    pub(super) fn update(cache: &Cache, suite: &str, kind: &str, architecture: &str) -> Result<Self, String> {
        let apt = Self { folder: cache.path().join("apt").join(format!("{suite}-{kind}-{architecture}")) };
        if apt.folder.join("complete").exists() {
            return Ok(apt);
        }
        if std::env::consts::ARCH != "x86_64" {
            return Err("Debian's packages are fetched for x86-64 only".to_owned());
        }
        if !fs::exists(KEYRING).unwrap_or(false) {
            return Err(format!("no keyring at {KEYRING}: `apt-get install debian-archive-keyring`"));
        }
        cache::fresh(&apt.folder)?;
        for folder in ["lists/partial", "archives/partial", "none/partial", "etc"] {
            cache::fresh(&apt.folder.join(folder))?;
        }
        let source = format!("{kind} [signed-by={KEYRING}] {} {suite} main\n", mirror()?);
        apt.write("etc/sources.list", &source)?;
        apt.write("status", "")?;
        apt.write("apt.conf", &apt.configuration(architecture)?)?;
        process::run(apt.get().args(["update", "-o", "APT::Update::Error-Mode=any"]))?;
        apt.write("complete", "")?;
        Ok(apt)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| format!("can't write {}: {error}", path.display()))
    }

    fn configuration(&self, architecture: &str) -> Result<String, String> {
        let machine = process::output(process::command("apt-config").arg("dump"))?;
        let mut text = String::new();
        for line in machine.lines() {
            if NETWORK.iter().any(|name| line.starts_with(name)) {
                text += line;
                text.push('\n');
            }
        }
        let folder = self.folder.display();
        // Testing and unstable on a mirror that lags behind: their signature is checked all the same.
        text += "Acquire::Check-Valid-Until \"false\";\nAcquire::Languages \"none\";\n";
        let _ = writeln!(
            text,
            "APT::Architecture \"{architecture}\";\nAPT::Architectures {{ \"{architecture}\"; }};"
        );
        text += "APT::Install-Recommends \"false\";\nAPT::Sandbox::User \"\";\nDebug::NoLocking \"true\";\n";
        for (name, path) in [
            ("Dir", ""),
            ("Dir::Etc", "/etc"),
            ("Dir::Etc::sourcelist", "/etc/sources.list"),
            ("Dir::State", ""),
            ("Dir::State::lists", "/lists"),
            ("Dir::State::status", "/status"),
            ("Dir::Cache", ""),
            ("Dir::Cache::archives", "/archives"),
        ] {
            let _ = writeln!(text, "{name} \"{folder}{path}\";");
        }
        for name in ["sourceparts", "parts", "main", "preferences", "preferencesparts"] {
            let _ = writeln!(text, "Dir::Etc::{name} \"/dev/null\";");
        }
        text += "Dir::Cache::pkgcache \"\";\nDir::Bin::methods \"/usr/lib/apt/methods\";\n";
        Ok(text)
    }

    /// `apt-get` under this configuration.
    pub(super) fn get(&self) -> Command {
        let mut command = process::command("apt-get");
        command.arg("-qq").env("APT_CONFIG", self.folder.join("apt.conf")).current_dir(&self.folder);
        command
    }

    /// Downloads a package with all that it depends on; returns the archives.
    pub(super) fn download(&self, package: &str) -> Result<Vec<PathBuf>, String> {
        // With an empty folder of archives apt names them all, also those that are there already.
        let none = format!("Dir::Cache::archives={}", self.folder.join("none").display());
        let list = process::output(self.get().args(["install", "-y", "--print-uris", "-o", &none, package]))?;
        process::run(self.get().args(["install", "-y", "--download-only", package]))?;
        let names = list.lines().filter_map(|line| line.split_whitespace().nth(1));
        Ok(names.map(|name| self.folder.join("archives").join(name)).collect())
    }
}

/// The mirror of this machine's own sources, or `$DEBIAN_MIRROR`.
fn mirror() -> Result<String, String> {
    static MIRROR: OnceLock<Result<String, String>> = OnceLock::new();
    MIRROR
        .get_or_init(|| {
            if let Ok(mirror) = std::env::var("DEBIAN_MIRROR") {
                return Ok(mirror);
            }
            let uris = process::output(process::command("apt-get").args(["update", "--print-uris"]))?;
            first_mirror(&uris).ok_or_else(|| {
                "this machine's apt sources name no Debian mirror: set DEBIAN_MIRROR".to_owned()
            })
        })
        .clone()
}

/// From lines such as `'http://…/debian/dists/bookworm/InRelease' …`.
fn first_mirror(uris: &str) -> Option<String> {
    uris.lines().find_map(|line| {
        let uri = line.strip_prefix('\'')?.split('\'').next()?;
        let mirror = uri.split_once("/dists/")?.0;
        mirror.ends_with("/debian").then(|| mirror.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::first_mirror;

    #[test]
    fn mirror_of_the_machine() {
        let uris =
            "'http://a/debian-security/dists/x/InRelease' b 0\n'http://a/debian/dists/x/InRelease' c 0\n";
        assert_eq!(first_mirror(uris).as_deref(), Some("http://a/debian"));
        assert_eq!(first_mirror("nothing"), None);
    }
}
