//! `digest done`: a person has looked at a letter whose minutes were corrected later.

use std::io::Write;

use clap::Args;

use super::state::Decider;
use super::{Exit, state, workspace};
use crate::clock::danish_time;
use crate::store::{Edition, Store, StoreError, Task, TaskId};

/// Arguments of `digest done`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tasks, by number; without any, those that are open are listed.
    #[arg(value_name = "TASK")]
    tasks: Vec<i64>,
    #[command(flatten)]
    decider: Decider,
    /// What they found, for the log of decisions.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let mut store = state::open(&workspace::config(arguments)?, now)?;
    if command.tasks.is_empty() {
        return list(&mut store, out);
    }
    let by = command.decider.name()?;
    let mut exit = Exit::Fine;
    for task in &command.tasks {
        match store.finish_task(TaskId(*task), command.note.as_deref(), &by, now) {
            Ok(Task { done: Some(done), .. }) if done.by != by || done.at.timestamp() != now.timestamp() => {
                writeln!(out, "task {task} was done {} by {}; nothing changed", danish_time(done.at), done.by)?;
            }
            Ok(_) => writeln!(out, "task {task} is done, by {by}")?,
            Err(error @ StoreError::NoTask(_)) => {
                eprintln!("digest: {error}; \"digest done\" lists those that are open");
                exit = Exit::Argument;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(exit)
}

/// The open tasks, each with the editions whose letters are in question.
pub(super) fn open(store: &mut dyn Store) -> Result<Vec<(Task, Vec<Edition>)>, StoreError> {
    let editions = store.editions()?;
    let concerned = |task: &Task| {
        let mut found: Vec<Edition> = editions
            .iter()
            .filter(|edition| edition.key.committee == task.task.committee)
            .filter(|edition| Some(edition.key.meeting_date) == task.task.about)
            .cloned()
            .collect();
        found.sort_by_key(|edition| edition.id);
        found
    };
    let tasks = store.tasks()?.into_iter().filter(|task| task.done.is_none());
    Ok(tasks.map(|task| (concerned(&task), task)).map(|(editions, task)| (task, editions)).collect())
}

/// One task, for people.
pub(super) fn tell(task: &Task, editions: &[Edition], out: &mut dyn Write) -> std::io::Result<()> {
    let told = &task.task;
    let about = told.about.map_or_else(|| "an earlier meeting".to_owned(), |day| day.to_string());
    writeln!(out, "  {:>3}  {} {} says of the minutes of {about}:", task.id.0, told.committee, told.told_on)?;
    writeln!(out, "       »{}«", told.said)?;
    match editions {
        [] => writeln!(out, "       no letter about that meeting is known here"),
        editions => {
            let named = editions.iter().map(|edition| format!("{} {} ({})", edition.id, edition.key, edition.state));
            writeln!(out, "       is the letter still right? edition {}", named.collect::<Vec<_>>().join(", "))
        }
    }
}

fn list(store: &mut dyn Store, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let found = open(store)?;
    if found.is_empty() {
        writeln!(out, "nothing is left to look at")?;
    }
    for (task, editions) in &found {
        tell(task, editions, out)?;
    }
    if !found.is_empty() {
        writeln!(out, "\nlook at the letter and at the minutes, then: digest done TASK --by NAME --note TEXT")?;
    }
    Ok(Exit::Fine)
}
