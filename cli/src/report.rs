use crate::answer;
use crate::terminal::{CAREFUL, HEADING};
use serde::Serialize;
use std::fmt::Write as _;
use tablature::diff::Change;
use tablature::plan::{Plan, Proof, Proved, Severity};
use tablature::schema::Schema;

/// What a program that calls us needs to know.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) migration: Option<MigrationReport>,
    pub(crate) changes: Vec<ChangeReport>,
    pub(crate) steps: Vec<StepReport>,
    pub(crate) hazards: Vec<HazardReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) validation: Option<Validation>,
    pub(crate) safe_to_deploy: bool,
    pub(crate) next_action: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct MigrationReport {
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) up: String,
    pub(crate) down: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ChangeReport {
    what: String,
    table: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    declared_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nullable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    /// No migration can run twice: what it makes is there after the first time.
    idempotent: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct StepReport {
    sql: String,
    reason: String,
    cost: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct HazardReport {
    pub(crate) code: &'static str,
    pub(crate) reason: String,
    pub(crate) fix: String,
    /// The flags that the advice names, each an answer.
    pub(crate) flags: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Validation {
    proved: bool,
    rows: usize,
    unfilled: Vec<String>,
    down: Option<String>,
}

impl Report {
    /// Nothing has changed.
    pub(crate) fn nothing() -> Self {
        Self {
            status: "up_to_date",
            migration: None,
            changes: Vec::new(),
            steps: Vec::new(),
            hazards: Vec::new(),
            validation: None,
            safe_to_deploy: true,
            next_action: "none".to_owned(),
        }
    }

    pub(crate) fn of(plan: &Plan, to: &Schema, proof: &Proof, down: Result<(), &String>) -> Self {
        let loses = plan
            .hazards
            .iter()
            .any(|it| it.code.severity() != Severity::Refuses);
        Self {
            status: "planned",
            migration: None,
            changes: plan.changes.iter().map(|it| change(it, to)).collect(),
            steps: plan
                .steps
                .iter()
                .map(|it| StepReport {
                    sql: it.sql.clone(),
                    reason: it.reason.clone(),
                    cost: it.cost.to_string(),
                })
                .collect(),
            hazards: plan.hazards.iter().map(hazard).collect(),
            validation: Some(Validation {
                proved: true,
                rows: proof.rows,
                unfilled: proof.unfilled.clone(),
                down: down.err().cloned(),
            }),
            safe_to_deploy: !loses && plan.hazards.is_empty(),
            next_action: "review the migration".to_owned(),
        }
    }

    /// What has to be answered before anything is written.
    pub(crate) fn refused(hazards: &[tablature::plan::Hazard], answer: Option<&str>) -> Self {
        Self {
            status: "refused",
            hazards: hazards.iter().map(hazard).collect(),
            safe_to_deploy: false,
            next_action: answer.map_or_else(
                || "change what the hazards name".to_owned(),
                |answer| format!("answer, for example: {answer}"),
            ),
            ..Self::nothing()
        }
    }
}

fn hazard(it: &tablature::plan::Hazard) -> HazardReport {
    HazardReport {
        code: it.code.code(),
        reason: it.reason.clone(),
        fix: it.fix.clone(),
        flags: answer::flags(&it.fix),
    }
}

fn change(change: &Change, to: &Schema) -> ChangeReport {
    let subject = change.subject();
    let table = to.index(subject).map_or(subject, |it| &it.table);
    let column = change
        .column()
        .and_then(|column| to.table(table)?.column(column));
    ChangeReport {
        what: change.to_string(),
        table: table.to_owned(),
        column: change.column().map(str::to_owned),
        declared_type: column.map(|it| it.declared_type.clone()),
        nullable: column
            .zip(to.table(table))
            .map(|(column, table)| !table.refuses_null(column)),
        default: column
            .and_then(|it| it.default.as_ref())
            .map(ToString::to_string),
        idempotent: false,
    }
}

/// The same for people: each change, each step and what it costs, each hazard, and the proof.
pub(crate) fn text(told: &[Change], proved: &Proved) -> String {
    let mut text = format!("{HEADING}changes{HEADING:#}\n");
    for change in told {
        let _ = writeln!(text, "  {}", line(&change.to_string()));
    }
    let _ = writeln!(text, "{HEADING}steps{HEADING:#}");
    for step in &proved.up.steps {
        let _ = writeln!(text, "  {:<8} {}", step.cost.to_string(), line(&step.sql));
    }
    if !proved.up.hazards.is_empty() {
        let _ = writeln!(text, "{HEADING}hazards{HEADING:#}");
    }
    for hazard in &proved.up.hazards {
        let (code, reason) = (hazard.code.code(), line(&hazard.reason));
        let _ = write!(text, "  {CAREFUL}{code}{CAREFUL:#}: {reason}");
        // What has been agreed to needs no advice.
        if hazard.code.severity() == Severity::Refuses && !hazard.fix.is_empty() {
            let _ = write!(text, "; {}", line(&hazard.fix));
        }
        text.push('\n');
    }
    let ways = match &proved.down {
        Ok(_) => "up, down and up again",
        Err(_) => "up",
    };
    let _ = writeln!(text, "proved {ways}, {}", on_rows(proved.proof.rows));
    for unfilled in &proved.proof.unfilled {
        let _ = writeln!(text, "  without rows: {}", line(unfilled));
    }
    if let Err(reason) = &proved.down {
        // Whole: the cause stands behind the statement. Whoever reads it has to write the file.
        let words: Vec<&str> = reason.split_whitespace().collect();
        let _ = writeln!(
            text,
            "{CAREFUL}no way back:{CAREFUL:#} {}\n  to have one, write its down file by hand; `cargo tablature check` proves it",
            words.join(" ")
        );
    }
    text
}

/// On how much something was proved.
pub(crate) fn on_rows(rows: usize) -> String {
    match rows {
        0 => "on an empty database".to_owned(),
        1 => "on 1 witness row".to_owned(),
        rows => format!("on {rows} witness rows"),
    }
}

/// The first line of a text, cut where it is too long to read.
fn line(text: &str) -> String {
    const WIDEST: usize = 160;
    let first = text.lines().next().unwrap_or_default().trim_end();
    let short: String = first.chars().take(WIDEST).collect();
    if short.len() < text.trim_end().len() {
        format!("{} …", short.trim_end())
    } else {
        short
    }
}
