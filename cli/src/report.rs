use crate::next::Next;
use serde::Serialize;
use std::fmt::Write as _;
use tablature::diff::Change;
use tablature::plan::{Plan, Proof, Severity};
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
    pub(crate) fn refused(hazards: &[tablature::plan::Hazard]) -> Self {
        Self {
            status: "refused",
            hazards: hazards.iter().map(hazard).collect(),
            safe_to_deploy: false,
            next_action: "answer the hazards with the flags that they name".to_owned(),
            ..Self::nothing()
        }
    }
}

fn hazard(it: &tablature::plan::Hazard) -> HazardReport {
    HazardReport {
        code: it.code.code(),
        reason: it.reason.clone(),
        fix: it.fix.clone(),
    }
}

fn change(change: &Change, to: &Schema) -> ChangeReport {
    let table = change.subject();
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
pub(crate) fn text(next: &Next) -> String {
    let mut text = String::new();
    plan(&mut text, &next.proved.up, &next.proved.proof);
    if let Err(reason) = &next.proved.down {
        let _ = writeln!(text, "no way back: {reason}");
    }
    text
}

pub(crate) fn plan(text: &mut String, plan: &Plan, proof: &Proof) {
    let _ = writeln!(text, "changes");
    for change in &plan.changes {
        let _ = writeln!(text, "  {change}");
    }
    let _ = writeln!(text, "steps");
    for step in &plan.steps {
        let mut lines = step.sql.lines();
        let first = lines.next().unwrap_or_default();
        let more = if lines.next().is_some() { " …" } else { "" };
        let _ = writeln!(text, "  {:<8} {first}{more}", step.cost.to_string());
    }
    if !plan.hazards.is_empty() {
        let _ = writeln!(text, "hazards");
        for hazard in &plan.hazards {
            let _ = writeln!(text, "  {hazard}");
        }
    }
    let _ = writeln!(text, "proved on {} witness rows", proof.rows);
    for unfilled in &proof.unfilled {
        let _ = writeln!(text, "  without rows: {unfilled}");
    }
}
