//! Goals for the benchmarks, and whether they are met.

use serde_json::{Value, json};

use super::Set;
use super::rows::{Row, Unit, geometric_mean};

/// A goal, the worst number that was measured for it, and where.
pub(super) struct Goal {
    pub(super) text: String,
    pub(super) value: f64,
    pub(super) place: String,
    pub(super) met: bool,
}

impl Goal {
    pub(super) fn to_json(&self) -> Value {
        json!({ "goal": self.text, "value": self.value, "where": self.place, "met": self.met })
    }
}

/// The goals that something was measured for.
pub(super) fn all(set: &Set, rows: &[Row]) -> Vec<Goal> {
    let counted: Vec<&Row> = rows.iter().filter(|row| row.unit == Unit::Instructions).collect();
    let of = |unit| rows.iter().filter(move |row| row.unit == unit);
    let native = of(Unit::Nanoseconds).filter(|row| row.interpreter == "pypy7319" && row.case != "f");
    let calls = set.feature.is_none();
    let timed: Vec<&Row> = of(Unit::Nanoseconds).filter(|row| row.abi3.is_some()).collect();
    let goals = [
        at_most(
            &format!("CPython, instructions: no case above {} x C", set.to_c),
            set.to_c,
            worst(counted.iter().copied(), Row::to_c),
        ),
        below(
            "CPython, instructions: every case below PyO3",
            1.0,
            worst(counted.iter().copied(), Row::to_pyo3),
        ),
        at_most(
            "CPython, instructions: kw by keyword at most 0.5 x C",
            0.5,
            worst(counted.iter().copied().filter(|row| row.case == "kw"), Row::to_c),
        ),
        at_most("CPython, instructions: geometric mean at most 0.9 x C", 0.9, mean(&counted))
            .filter(|_| calls),
        at_most(
            &format!(
                "pypy7319, native: at least {:.0} x faster than PyO3 in every case but f",
                1.0 / set.to_pyo3
            ),
            set.to_pyo3,
            worst(native, Row::to_pyo3),
        ),
        at_most(
            "CPython, time: no case above 0.8 x PyO3 abi3",
            0.8,
            worst(timed.iter().copied(), Row::to_abi3),
        ),
        at_most(
            &format!("CPython, time: no case above {} x C", set.to_c),
            set.to_c,
            worst(timed.iter().copied(), Row::to_c),
        ),
        below("size: below PyO3's", 1.0, worst(of(Unit::Bytes), Row::to_pyo3)),
    ];
    goals.into_iter().flatten().collect()
}

fn at_most(text: &str, limit: f64, worst: Option<(f64, String)>) -> Option<Goal> {
    worst.map(|(value, place)| Goal { text: text.to_owned(), value, place, met: value <= limit })
}

fn below(text: &str, limit: f64, worst: Option<(f64, String)>) -> Option<Goal> {
    worst.map(|(value, place)| Goal { text: text.to_owned(), value, place, met: value < limit })
}

/// The highest ratio, and the row that has it.
fn worst<'a>(
    rows: impl Iterator<Item = &'a Row>,
    ratio: impl Fn(&Row) -> Option<f64>,
) -> Option<(f64, String)> {
    let ratios = rows.filter_map(|row| Some((ratio(row)?, format!("{} {}", row.interpreter, row.case))));
    ratios.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// The geometric mean of the ratios to C.
fn mean(rows: &[&Row]) -> Option<(f64, String)> {
    let ratios: Vec<f64> = rows.iter().filter_map(|row| row.to_c()).collect();
    if ratios.is_empty() {
        return None;
    }
    Some((geometric_mean(&ratios), format!("{} cases", ratios.len())))
}

#[cfg(test)]
mod tests {
    use super::super::CALLS;
    use super::*;

    fn row(case: &str, interpreter: &str, unit: Unit, numbers: [f64; 3]) -> Row {
        let [c, pyo3, ours] = numbers.map(Some);
        let (case, interpreter) = (case.to_owned(), interpreter.to_owned());
        Row { case, interpreter, unit, c, pyo3, abi3: None, ours }
    }

    #[test]
    fn met_and_missed() {
        let rows = [
            row("f", "cp311", Unit::Instructions, [100.0, 120.0, 103.0]),
            row("kw", "cp311", Unit::Instructions, [200.0, 90.0, 80.0]),
            row("f", "pypy7319", Unit::Nanoseconds, [1.0, 1.0, 1.0]),
            row("kw", "pypy7319", Unit::Nanoseconds, [1.0, 6.0, 2.1]),
            row("size", "cp311", Unit::Bytes, [1.0, 10.0, 10.0]),
        ];
        let goals: Vec<(bool, String)> =
            all(&CALLS, &rows).into_iter().map(|goal| (goal.met, goal.place)).collect();
        let expected = [
            (true, "cp311 f"),
            (true, "cp311 kw"),
            (true, "cp311 kw"),
            (true, "2 cases"),
            (false, "pypy7319 kw"),
            (false, "cp311 size"),
        ];
        assert_eq!(goals, expected.map(|(met, place)| (met, place.to_owned())));
    }

    #[test]
    fn nothing_measured_is_no_goal_met() {
        assert!(all(&CALLS, &[]).is_empty());
    }
}
