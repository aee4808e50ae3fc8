use serde_json::{Value, json};
use task_queue::{Job, Stop};

/// What the workers of this program can do.
pub(crate) fn handle(job: &mut Job<'_>) -> Result<Value, Stop> {
    match job.claim().kind.as_str() {
        "sum" => sum(job),
        "flaky" => flaky(job),
        kind => Err(Stop::Failed(format!("no handler for `{kind}`"))),
    }
}

/// Adds the numbers up to `upto`, a quarter at a time. An attempt goes on where the one before was last heard of.
fn sum(job: &mut Job<'_>) -> Result<Value, Stop> {
    let upto = number(&job.claim().payload, "upto")?;
    let (mut next, mut sum) = match &job.claim().checkpoint {
        Some(kept) => (number(kept, "next")?, number(kept, "sum")?),
        None => (1, 0),
    };
    for quarter in 1..=4_u8 {
        let end = upto * u64::from(quarter) / 4;
        if next > end {
            continue;
        }
        sum += (next..=end).sum::<u64>();
        next = end + 1;
        job.checkpoint(quarter * 25, &json!({ "next": next, "sum": sum }))?;
    }
    Ok(json!({ "sum": sum }))
}

/// Succeeds at the attempt that it is told.
fn flaky(job: &mut Job<'_>) -> Result<Value, Stop> {
    let attempt = u64::from(job.claim().attempt);
    if attempt < number(&job.claim().payload, "succeeds_at")? {
        return Err(Stop::Failed(format!("attempt {attempt} was not the one")));
    }
    Ok(json!({ "attempt": attempt }))
}

fn number(object: &Value, key: &str) -> Result<u64, Stop> {
    object[key]
        .as_u64()
        .ok_or_else(|| Stop::Failed(format!("`{key}` is no number")))
}
