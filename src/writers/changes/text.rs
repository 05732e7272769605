//! What changed, as plain text.

use super::{Compared, ComparedProject, Standing};
use crate::document::change_report;

/// Entries of one group that are printed; the rest is counted.
const MOST: usize = 100;

/// What changed in all projects; those without a change are counted.
pub fn text(compared: &Compared) -> String {
    let mut text = String::new();
    let same = compared.projects.iter().filter(|project| project.is_same()).count();
    for project in compared.projects.iter().filter(|project| !project.is_same()) {
        if !text.is_empty() {
            text.push('\n');
        }
        tell(project, &mut text);
    }
    match (same, compared.projects.len()) {
        (same, all) if same == all => text.push_str("Nothing changed.\n"),
        (0, _) => {}
        (same, _) => text.push_str(&format!("\nUnchanged: {}\n", crate::document::count(same, "project"))),
    }
    text
}

fn tell(project: &ComparedProject, text: &mut String) {
    let name = project.name();
    match project.standing {
        Standing::Both => {}
        Standing::Added => return text.push_str(&format!("{name}: a new project\n")),
        Standing::Removed => return text.push_str(&format!("{name}: the project is gone\n")),
    }
    let report = change_report(&project.changes);
    text.push_str(&format!(
        "{name}: {}\n",
        report.title.to_lowercase().replacen("since", "changes since", 1)
    ));
    if !report.counts.is_empty() {
        text.push_str(&format!("{}\n", report.counts.words()));
    }
    for group in &report.groups {
        text.push_str(&format!("\n{}\n", group.title));
        for entry in group.entries.iter().take(MOST) {
            text.push_str(&format!("  {}\n", entry.words()));
        }
        if let Some(more) = group.entries.len().checked_sub(MOST).filter(|more| *more > 0) {
            text.push_str(&format!("  and {more} more; --format json lists all\n"));
        }
    }
}
