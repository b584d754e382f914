//! The closing tables, and the JSON.

use serde_json::{Value, json};

use super::Set;
use super::goals::{self, Goal};
use super::rows::{Row, Unit};
use crate::table::{self, Align, Table};

/// Prints the rows, the goals and what could not be measured; `json` is a file that keeps them.
pub(super) fn close(set: &Set, rows: &[Row], notes: &[String], json: Option<&str>) -> Result<(), String> {
    let goals = goals::all(set, rows);
    if let Some(path) = json {
        let rows: Vec<Value> = rows.iter().map(Row::to_json).collect();
        let goals: Vec<Value> = goals.iter().map(Goal::to_json).collect();
        table::write_json(path, &json!({ "rows": rows, "goals": goals, "notes": notes }))?;
    }
    print_rows(rows);
    print_goals(&goals);
    for note in notes {
        println!("\n{note}");
    }
    Ok(())
}

fn print_rows(rows: &[Row]) {
    let mut table = Table::new([
        ("interpreter", Align::Left),
        ("case", Align::Left),
        ("unit", Align::Left),
        ("C", Align::Right),
        ("PyO3", Align::Right),
        ("abi3", Align::Right),
        ("ours", Align::Right),
        ("ours/C", Align::Right),
        ("ours/PyO3", Align::Right),
        ("ours/abi3", Align::Right),
    ]);
    for row in rows {
        let digits = match row.unit {
            Unit::Instructions | Unit::Bytes => 0,
            Unit::Nanoseconds | Unit::Seconds => 1,
        };
        let number = |number: Option<f64>, digits| number.map_or("-".to_owned(), |n| format!("{n:.digits$}"));
        table.row([
            row.interpreter.clone(),
            row.case.clone(),
            row.unit.name().to_owned(),
            number(row.c, digits),
            number(row.pyo3, digits),
            number(row.abi3, digits),
            number(row.ours, digits),
            number(row.to_c(), 3),
            number(row.to_pyo3(), 3),
            number(row.to_abi3(), 3),
        ]);
    }
    println!();
    table.print();
}

fn print_goals(goals: &[Goal]) {
    let mut table = Table::new([
        ("goal", Align::Left),
        ("measured", Align::Right),
        ("where", Align::Left),
        ("", Align::Left),
    ]);
    for goal in goals {
        table.row([
            goal.text.clone(),
            format!("{:.3}", goal.value),
            goal.place.clone(),
            if goal.met { "met" } else { "MISSED" }.to_owned(),
        ]);
    }
    println!();
    table.print();
}
