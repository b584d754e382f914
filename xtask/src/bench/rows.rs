//! One row of the result: a case, and its cost in C, with PyO3 and with hpy-rs.

use serde_json::{Value, json};

/// What the numbers of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Of the processor, for one turn of the whole loop.
    Instructions,
    /// For one turn of the whole loop.
    Nanoseconds,
    Bytes,
    Seconds,
}

impl Unit {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
            Self::Nanoseconds => "ns",
            Self::Bytes => "bytes",
            Self::Seconds => "s",
        }
    }
}

/// `None` is what could not be measured.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) case: String,
    /// Its name; with `-embedded` where the interpreter has an HPy host and the file's own one served instead.
    pub(super) interpreter: String,
    pub(super) unit: Unit,
    pub(super) c: Option<f64>,
    pub(super) pyo3: Option<f64>,
    /// PyO3's file for all versions of CPython.
    pub(super) abi3: Option<f64>,
    pub(super) ours: Option<f64>,
}

impl Row {
    /// Ours divided by C.
    pub(super) fn to_c(&self) -> Option<f64> {
        Some(self.ours? / self.c?)
    }

    /// Ours divided by PyO3.
    pub(super) fn to_pyo3(&self) -> Option<f64> {
        Some(self.ours? / self.pyo3?)
    }

    /// Ours divided by PyO3's file for all versions of CPython.
    pub(super) fn to_abi3(&self) -> Option<f64> {
        Some(self.ours? / self.abi3?)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "case": self.case,
            "interpreter": self.interpreter,
            "unit": self.unit.name(),
            "c": self.c,
            "pyo3": self.pyo3,
            "pyo3_abi3": self.abi3,
            "ours": self.ours,
        })
    }
}

/// Of ratios, of which there is one at least.
pub(crate) fn geometric_mean(ratios: &[f64]) -> f64 {
    let logarithms: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    (logarithms / ratios.len() as f64).exp()
}

/// Writes what `--json FILE` asks for where no goals are checked.
pub(super) fn write(path: &str, rows: &[Row]) -> Result<(), String> {
    let rows: Vec<Value> = rows.iter().map(Row::to_json).collect();
    crate::table::write_json(path, &json!({ "rows": rows }))
}
