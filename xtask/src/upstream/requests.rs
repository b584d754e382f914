//! Compiles here what tests on another platform ask for: a Python under wine can't wait for a compiler of this machine.
//!
//! `assets/upstream/hpy_compiler.py` writes `NAME.request` into a folder, JSON with the command and where to run it. The answer
//! is `NAME.answer`, JSON with the exit status and what the compiler said.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cache;
use crate::platform::Platform;
use crate::process;

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_millis(10);

/// The folder of requests, empty at first.
pub(super) struct Requests {
    folder: PathBuf,
    over: AtomicBool,
}

impl Requests {
    pub(super) fn new(folder: PathBuf) -> Result<Self, String> {
        cache::fresh(&folder)?;
        Ok(Self { folder, over: AtomicBool::new(false) })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs `work` while requests are answered.
    pub(super) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        thread::scope(|scope| {
            scope.spawn(|| {
                while !self.over.load(Ordering::Relaxed) {
                    self.answer_all();
                    thread::sleep(EVERY);
                }
            });
            let done = work();
            self.over.store(true, Ordering::Relaxed);
            done
        })
    }

    fn answer_all(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.extension().is_some_and(|end| end == "request") {
                let answer = answer(&path).unwrap_or_else(|error| json!({"status": 1, "said": error}));
                cache::remove(&path);
                let unfinished = path.with_extension("tmp");
                // A test that gets no answer fails by itself.
                let _ = fs::write(&unfinished, answer.to_string());
                let _ = fs::rename(&unfinished, path.with_extension("answer"));
            }
        }
    }
}

fn answer(request: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(request).map_err(|error| error.to_string())?;
    let request: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let words: Option<Vec<PathBuf>> = request["command"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|word| Some(Platform::Windows.host_path(Path::new(word.as_str()?))))
        .collect();
    let words = words.filter(|words| !words.is_empty()).ok_or("no command")?;
    let folder = request["folder"].as_str().ok_or("no folder")?;
    let mut command = process::command(&words[0]);
    command.args(&words[1..]).current_dir(Platform::Windows.host_path(Path::new(folder)));
    let output = command.output().map_err(|error| error.to_string())?;
    Ok(json!({"status": output.status.code(), "said": String::from_utf8_lossy(&output.stderr)}))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, Instant};

    use super::Requests;

    #[test]
    fn answers_what_is_asked() {
        let folder = std::env::temp_dir().join(format!("hpy-requests-{}", std::process::id()));
        let requests = Requests::new(folder.clone()).unwrap();
        let ask = |name: &str, text: &str| {
            fs::write(folder.join("new"), text).unwrap();
            fs::rename(folder.join("new"), folder.join(name).with_extension("request")).unwrap();
            let answer = folder.join(name).with_extension("answer");
            let start = Instant::now();
            while !answer.exists() && start.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(5));
            }
            fs::read_to_string(answer).unwrap()
        };
        requests.during(|| {
            let place = folder.display().to_string().replace('/', "\\\\");
            let good = format!(r#"{{"command": ["cp", "Z:{place}\\a", "b"], "folder": "Z:{place}"}}"#);
            fs::write(folder.join("a"), "text").unwrap();
            assert_eq!(ask("1", &good), r#"{"said":"","status":0}"#);
            assert_eq!(fs::read_to_string(folder.join("b")).unwrap(), "text");
            assert!(ask("2", "{}").contains("no command"));
        });
        fs::remove_dir_all(folder).unwrap();
    }
}
