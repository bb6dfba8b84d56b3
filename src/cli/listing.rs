//! What there is: exhibits, methods, problems, schemas.

use crate::contract::Problem;
use crate::labs::{catalogue, registry};
use serde::Serialize;
use serde_json::{Value, json};

/// How a list is printed.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// All exhibits.
pub fn exhibits(arguments: &Arguments) -> String {
    let exhibits = catalogue::exhibits(registry());
    print(arguments, &exhibits, &["N", "ID", "LAB", "BUILT", "TITLE"], |exhibit| {
        vec![
            exhibit.n.map_or("-".to_owned(), |n| n.to_string()),
            exhibit.id.to_owned(),
            exhibit.lab.to_owned(),
            if exhibit.built { "yes" } else { "no" }.to_owned(),
            exhibit.title.to_owned(),
        ]
    })
}

/// All methods.
pub fn methods(arguments: &Arguments) -> String {
    let described = |method: &dyn crate::contract::Method| {
        let card = method.card();
        json!({
            "id": card.id, "lab": card.lab, "title": card.title, "problem": card.problem, "params": method.schema(),
        })
    };
    let methods: Vec<Value> = registry().methods.iter().map(|method| described(method.as_ref())).collect();
    print(arguments, &methods, &["ID", "LAB", "PROBLEM", "TITLE"], |method| {
        texts(method, &["id", "lab", "problem", "title"])
    })
}

/// All problems.
pub fn problems(arguments: &Arguments) -> String {
    let described = |problem: &dyn Problem| {
        let card = problem.card();
        json!({"id": card.id, "lab": card.lab, "title": card.title, "params": problem.schema()})
    };
    let problems: Vec<Value> = registry().problems.iter().map(|problem| described(problem.as_ref())).collect();
    print(arguments, &problems, &["ID", "LAB", "TITLE"], |problem| texts(problem, &["id", "lab", "title"]))
}

/// All schemas, for programs that write Specs.
pub fn schemas() -> String {
    format!("{:#}\n", registry().schemas())
}

fn texts(value: &Value, fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| value[field].as_str().unwrap_or_default().to_owned()).collect()
}

fn print<T: Serialize>(arguments: &Arguments, list: &[T], head: &[&str], row: impl Fn(&T) -> Vec<String>) -> String {
    if arguments.json {
        return format!("{:#}\n", json!(list));
    }
    let head = head.iter().map(|&name| name.to_owned()).collect();
    aligned(std::iter::once(head).chain(list.iter().map(row)).collect())
}

/// Rows of a table under each other, each column as wide as its widest cell.
pub fn aligned(rows: Vec<Vec<String>>) -> String {
    let cols = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |col: usize| rows.iter().filter_map(|row| row.get(col)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..cols).map(|col| width(col).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
