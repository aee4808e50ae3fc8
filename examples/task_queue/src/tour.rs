use crate::Result;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;
use std::{env, fs, process, thread};
use tablature::plan::Hints;
use tablature::{Connection, Row, Table};
use task_queue::{NewTask, QUEUE, Queue, Task};

const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// Shows everything, in a folder that it takes away again.
pub(crate) fn run() -> Result {
    let folder = env::temp_dir().join(format!("task_queue-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let shown = upgrade(&folder.join("old.db"))
        .and_then(|()| order(&mut Queue::over(QUEUE.open_in_memory()?)))
        .and_then(|()| attempts(&mut Queue::over(QUEUE.open_in_memory()?)))
        .and_then(|()| processes(&folder.join("queue.db")));
    fs::remove_dir_all(&folder)?;
    shown
}

fn upgrade(file: &Path) -> Result {
    println!("-- A database of the first version becomes one of today");
    let mut db = Connection::open(file)?;
    QUEUE.migrate_to(&mut db, 1)?;
    // The structs are those of today; of old tables, SQL speaks.
    db.execute_batch(
        "INSERT INTO tasks (kind, payload) VALUES ('mail', '{\"to\": \"ann@example.org\"}')",
    )?;
    let report = QUEUE.migrate(&mut db)?;
    println!(
        "{} migrations, {} columns",
        report.len(),
        Task::TABLE.columns.len()
    );
    println!("{}", serde_json::to_string(&QUEUE.status(&db)?[1])?);
    for Task {
        id,
        kind,
        max_attempts,
        tags,
        ..
    } in Task::all(&db)?
    {
        println!("task {id}: {kind}, {max_attempts} attempts, tags {tags:?}");
    }
    println!("push: {}\n", QUEUE.push(&mut db, &Hints::default())?);
    Ok(())
}

fn order(queue: &mut Queue) -> Result {
    println!("-- The most urgent task that is ready comes first");
    let task = |kind, priority| NewTask {
        kind,
        priority,
        ..NewTask::default()
    };
    let fetch = queue.enqueue(&task("fetch", 0), &[])?;
    let parse = queue.enqueue(&task("parse", 9), &[fetch])?;
    let report = queue.enqueue(&task("report", 9), &[parse])?;
    queue.enqueue(&task("mail", 5), &[])?;
    let waits: Vec<String> = queue
        .blockers(report)?
        .into_iter()
        .map(|it| it.kind)
        .collect();
    println!("`report` waits for {}", waits.join(" and "));
    if let Err(error) = queue.depend(fetch, report) {
        println!("refused: {error}");
    }
    let now = Timestamp::now();
    while let Some(claim) = queue.claim("default", "tour", LEASE, now)? {
        println!("{}", claim.kind);
        queue.complete(&claim, &Value::Null, now)?;
    }
    println!();
    Ok(())
}

fn attempts(queue: &mut Queue) -> Result {
    println!("-- A task that fails comes back later, one whose worker is lost where it was");
    let task = NewTask {
        kind: "import",
        max_attempts: Some(3),
        ..NewTask::default()
    };
    let id = queue.enqueue(&task, &[])?;
    let mut now = Timestamp::now();
    let mut claim = queue
        .claim("default", "tour", LEASE, now)?
        .ok_or("nothing to claim")?;
    queue.checkpoint(&mut claim, 40, &json!({ "line": 400 }), LEASE, now)?;
    let state = queue.fail(&claim, "no network", now)?;
    let task = Task::get(queue.db(), id)?.ok_or("no such task")?;
    println!(
        "attempt 1 failed, {state:?} again in {:#}",
        now.duration_until(task.ready_at)
    );

    now += SignedDuration::from_secs(1);
    let lost = queue
        .claim("default", "silent", LEASE, now)?
        .ok_or("nothing to claim")?;
    println!(
        "attempt 2 goes on at {}",
        lost.checkpoint.clone().unwrap_or_default()
    );
    now += LEASE;
    let claim = queue
        .claim("default", "tour", LEASE, now)?
        .ok_or("nothing to claim")?;
    queue.complete(&claim, &json!("imported"), now)?;
    println!("attempt {} is done", claim.attempt);
    if let Err(error) = queue.complete(&lost, &json!("imported twice"), now) {
        println!("refused: {error}");
    }
    println!();
    Ok(())
}

#[derive(Row)]
struct Total {
    done: u64,
    runs_done: u64,
    lost: u64,
}

fn processes(file: &Path) -> Result {
    println!("-- Sixteen processes, three of them killed with a task in hand");
    let mut queue = Queue::open(file)?;
    for upto in 1..=200 {
        queue.enqueue(
            &NewTask {
                kind: "sum",
                payload: json!({ "upto": upto }),
                ..NewTask::default()
            },
            &[],
        )?;
    }
    let mut silent = (1..=3)
        .map(|number| spawn("stall", file, &format!("silent {number}")))
        .collect::<Result<Vec<Child>>>()?;
    while Task::query(queue.db(), "WHERE state = 'running'", ())?.len() < silent.len() {
        thread::sleep(Duration::from_millis(5));
    }
    let workers = (4..=16)
        .map(|number| spawn("worker", file, &format!("worker {number}")))
        .collect::<Result<Vec<Child>>>()?;
    for child in &mut silent {
        child.kill()?;
        child.wait()?;
    }
    for mut child in workers {
        child.wait()?;
    }
    let total = "SELECT (SELECT count(*) FROM tasks WHERE state = 'done') AS done,
        (SELECT count(*) FROM runs WHERE outcome = 'done') AS runs_done,
        (SELECT count(DISTINCT worker) FROM runs WHERE outcome = 'lost' AND worker LIKE 'silent%') AS lost";
    let Total {
        done,
        runs_done,
        lost,
    } = Total::query_one(queue.db(), total, ())?.ok_or("no row")?;
    println!(
        "{done} tasks are done, by {runs_done} runs that ended well; {lost} workers lost theirs"
    );
    Ok(())
}

fn spawn(role: &str, file: &Path, name: &str) -> Result<Child> {
    Ok(Command::new(env::current_exe()?)
        .arg(role)
        .arg(file)
        .arg(name)
        .spawn()?)
}
