//! The options of a command, `--name VALUE` or `--name=VALUE`, and what is left over.

/// The arguments that no option has taken yet.
pub(crate) struct Args(Vec<String>);

impl Args {
    pub(crate) fn new(args: &[String]) -> Self {
        Self(args.to_vec())
    }

    /// Takes every `name VALUE` out.
    pub(crate) fn values(&mut self, name: &str) -> Result<Vec<String>, String> {
        let mut values = Vec::new();
        let mut index = 0;
        while index < self.0.len() {
            if self.0[index] == name {
                if index + 1 == self.0.len() {
                    return Err(format!("{name} needs a value"));
                }
                self.0.remove(index);
                values.push(self.0.remove(index));
            } else if let Some(value) = self.0[index].strip_prefix(name).and_then(|v| v.strip_prefix('=')) {
                values.push(value.to_owned());
                self.0.remove(index);
            } else {
                index += 1;
            }
        }
        Ok(values)
    }

    /// Takes `name VALUE` out, which may be given once.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>, String> {
        let mut values = self.values(name)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(format!("{name} is given twice")),
        }
    }

    /// The arguments that are no options; an unknown option is an error.
    pub(crate) fn rest(self) -> Result<Vec<String>, String> {
        match self.0.iter().find(|arg| arg.starts_with('-')) {
            Some(option) => Err(format!("unknown option {option}")),
            None => Ok(self.0),
        }
    }

    /// Nothing may be left.
    pub(crate) fn finish(self) -> Result<(), String> {
        match self.rest()?.first() {
            Some(arg) => Err(format!("unexpected argument {arg}")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(line: &str) -> Args {
        Args(line.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn takes_options_in_both_spellings() {
        let mut args = args("a --python cp311 --python=pypy8 b");
        assert_eq!(args.values("--python").unwrap(), ["cp311", "pypy8"]);
        assert_eq!(args.rest().unwrap(), ["a", "b"]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert_eq!(args("--json").values("--json").unwrap_err(), "--json needs a value");
        assert_eq!(args("--json a --json b").value("--json").unwrap_err(), "--json is given twice");
        assert_eq!(args("--oops").finish().unwrap_err(), "unknown option --oops");
        assert_eq!(args("oops").finish().unwrap_err(), "unexpected argument oops");
    }
}
