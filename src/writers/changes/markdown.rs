//! What changed, as Markdown for a merge request: a short summary, then everything in folds.
//!
//! The text is bounded: code hosts refuse comments of more than 65,536 characters. Names come from drawings
//! and are data: no markup, mention, reference or address in them is live.

use super::{Compared, ComparedProject, Standing};
use crate::document::{Inline, Prose, change_report, count};

/// Most bytes of the whole.
const MOST: usize = 60_000;

/// Entries of one fold that are shown; the rest is counted.
const MOST_ENTRIES: usize = 50;

/// What changed in all projects.
pub fn markdown(compared: &Compared) -> String {
    let mut text = String::from("## Architecture review: what changed\n\n");
    let changed: Vec<&ComparedProject> =
        compared.projects.iter().filter(|project| !project.is_same()).collect();
    if changed.is_empty() {
        text.push_str("Nothing changed.\n");
        return text;
    }
    let same = compared.projects.len() - changed.len();
    if same > 0 {
        text.push_str(&format!("{} unchanged.\n\n", count(same, "project")));
    }
    let mut left = changed.len();
    for project in changed {
        let mut own = String::new();
        tell(project, compared.projects.len() > 1, &mut own, MOST.saturating_sub(text.len() + 200));
        if text.len() + own.len() > MOST {
            text.push_str(&format!(
                "…and {} more; `planroom diff` lists all.\n",
                count(left, "changed project")
            ));
            break;
        }
        text.push_str(&own);
        left -= 1;
    }
    text
}

fn tell(project: &ComparedProject, several: bool, text: &mut String, most: usize) {
    let name = escape(&project.name());
    if several || project.standing != Standing::Both {
        text.push_str(&format!("### {name}\n\n"));
    }
    match project.standing {
        Standing::Both => {}
        Standing::Added => return text.push_str("A new project.\n\n"),
        Standing::Removed => return text.push_str("The project is gone.\n\n"),
    }
    let report = change_report(&project.changes);
    text.push_str(&format!("{}:\n\n", escape(&report.title)));
    for line in &report.summary {
        text.push_str(&format!("- {}\n", spell(line)));
    }
    if !report.counts.is_empty() {
        text.push_str(&format!("\n{}\n", spell(&report.counts)));
    }
    text.push('\n');
    for (at, group) in report.groups.iter().enumerate() {
        let mut fold =
            format!("<details><summary>{} ({})</summary>\n\n", escape(group.title), group.entries.len());
        for entry in group.entries.iter().take(MOST_ENTRIES) {
            fold.push_str(&format!("- {}\n", spell(entry)));
        }
        if let Some(more) = group.entries.len().checked_sub(MOST_ENTRIES).filter(|more| *more > 0) {
            fold.push_str(&format!("- and {more} more\n"));
        }
        fold.push_str("\n</details>\n\n");
        if text.len() + fold.len() > most {
            let rest = report.groups.len() - at;
            text.push_str(&format!(
                "…and {} of changes; `planroom diff` lists all.\n\n",
                count(rest, "more kind/more kinds")
            ));
            return;
        }
        text.push_str(&fold);
    }
}

fn spell(prose: &Prose) -> String {
    prose
        .0
        .iter()
        .map(|run| match run {
            Inline::Text(text) | Inline::Quiet(text) | Inline::Link { text, .. } => escape(text),
            Inline::Strong(text) => format!("**{}**", escape(text)),
            Inline::Code(text) => code(text),
            Inline::Mark(mark) => format!("**{}**", escape(&mark.number)),
        })
        .collect()
}

/// Text that Markdown takes for text: markup, HTML, mentions (`@`), references (`#1`, `!1`, `~label`) and
/// addresses are spelled so that they stay dead.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '$' | '^' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' | '#' | '!' | '~' | '%' => escaped.push_str(&format!("&#{};", u32::from(character))),
            '\n' | '\r' | '\t' => escaped.push(' '),
            character if character.is_control() || is_hidden(character) => {}
            character => escaped.push(character),
        }
    }
    escaped.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// Marks that turn the direction of text or have no width.
fn is_hidden(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Text in a code span: fenced by more backticks than it holds.
fn code(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::{code, escape};

    #[test]
    fn text_stays_text() {
        let evil = "<img src=x> @all #1 !2 [a](http://x) *b* `c` www.example.org\n# d";
        assert_eq!(
            escape(evil),
            "&lt;img src=x&gt; &#64;all &#35;1 &#33;2 \\[a\\](http&#58;//x) \\*b\\* \\`c\\` www&#46;example.org &#35; d"
        );
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
    }
}
